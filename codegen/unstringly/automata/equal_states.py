"""Which states of a deterministic machine accept the same texts, and how far it is to the end."""

from itertools import chain, count

from unstringly.automata.work import Tally


def merged(rows: list[list[int]], distances: list[int], tally: Tally) -> list[int]:
    """A number for each state, the same for states that accept the same texts.

    States at different distances from acceptance are different; that is where it begins. A state
    is looked at again when one that it leads to has been set apart, and of a block that falls
    apart the largest part stays what it was: so a long form takes little more than its length.
    """
    sources: list[list[int]] = [[] for _ in rows]
    for state, row in enumerate(rows):
        for target in set(row):
            sources[target].append(state)
    blocks = list(distances)
    members: dict[int, set[int]] = {}
    for state, block in enumerate(blocks):
        members.setdefault(block, set()).add(state)
    unsure = {block: set(found) for block, found in members.items() if len(found) > 1}
    fresh = count(max(members) + 1)
    while unsure:
        block, looked_at = unsure.popitem()
        sure = members[block] - looked_at
        asked = [*looked_at, *([next(iter(sure))] if sure else [])]
        tally.add(len(rows[0]) * len(asked))
        groups: dict[tuple[int, ...], set[int]] = {}
        for state in asked:
            groups.setdefault(tuple([blocks[t] for t in rows[state]]), set()).add(state)
        if sure:
            groups[tuple([blocks[t] for t in rows[asked[-1]]])] |= sure
        largest, *others = sorted(groups.values(), key=len, reverse=True)
        members[block] = largest
        for group in others:
            apart = next(fresh)
            members[apart] = group
            for state in group:
                blocks[state] = apart
        for state in chain.from_iterable(others):
            for source in sources[state]:
                if len(members[blocks[source]]) > 1:
                    unsure.setdefault(blocks[source], set()).add(source)
    return blocks


def distances_of(rows: list[list[int]], accepting: list[bool]) -> list[int]:
    """For each state, the least number of characters to an accepting one; -1 if there is none."""
    sources: list[set[int]] = [set() for _ in rows]
    for state, row in enumerate(rows):
        for target in row:
            sources[target].add(state)
    distances = [0 if accepted else -1 for accepted in accepting]
    todo = [state for state, accepted in enumerate(accepting) if accepted]
    for state in todo:
        for source in sources[state]:
            if distances[source] < 0:
                distances[source] = distances[state] + 1
                todo.append(source)
    return distances
