"""States of a deterministic machine that accept the same texts, and their distances to the end.

`refined` is the refinement of blocks that marked automata (`elimination.py`) and languages
(`dfa.py`) share. It looks at a state again when one that it leads to has been set apart, and of
a block that falls apart the largest part stays what it was (Hopcroft): so a long text or form
takes little more than its length.
"""

from collections.abc import Callable, Hashable, Sequence
from itertools import chain, count

from unstringly.automata.work import Tally


def merged(rows: list[list[int]], distances: list[int], tally: Tally) -> list[int]:
    """Return a number for each state, the same for states that accept the same texts.

    States at different distances from acceptance are different; the refinement begins with
    these. Raises TooLarge.
    """
    sources: list[list[int]] = [[] for _ in rows]
    for state, row in enumerate(rows):
        for target in set(row):
            sources[target].append(state)

    def signature(state: int, blocks: list[int]) -> Hashable:
        return tuple([blocks[target] for target in rows[state]])

    def size(_state: int) -> int:
        return len(rows[0])

    return refined(distances, sources, signature, size, tally)


def refined(
    blocks: Sequence[int],
    sources: Sequence[Sequence[int]],
    signature: Callable[[int, list[int]], Hashable],
    size: Callable[[int], int],
    tally: Tally,
) -> list[int]:
    """Return the coarsest blocks, finer than the given ones, whose states have equal signatures.

    `blocks` has a number for each state, and so has the result. `sources` are the states that
    lead to each; `signature` says how a state goes on, given the blocks of all; `size` is the
    number of steps that its signature takes. Raises TooLarge.
    """
    block_of = list(blocks)
    members = _members(block_of)
    unsure = {block: set(states) for block, states in members.items() if len(states) > 1}
    fresh = count(max(members, default=0) + 1)
    while unsure:
        block, looked_at = unsure.popitem()
        tally.add(sum(map(size, looked_at)))
        largest, *others = _groups(looked_at, members[block] - looked_at, block_of, signature)
        members[block] = largest
        for group in others:
            apart = next(fresh)
            members[apart] = group
            for state in group:
                block_of[state] = apart
        for state in chain.from_iterable(others):
            for source in sources[state]:
                if len(members[block_of[source]]) > 1:
                    unsure.setdefault(block_of[source], set()).add(source)
    return block_of


def _members(block_of: list[int]) -> dict[int, set[int]]:
    """Return the states of each block."""
    members: dict[int, set[int]] = {}
    for state, block in enumerate(block_of):
        members.setdefault(block, set()).add(state)
    return members


def _groups(
    unsure: set[int],
    sure: set[int],
    block_of: list[int],
    signature: Callable[[int, list[int]], Hashable],
) -> list[set[int]]:
    """Return the states of a block by signature, the largest group first.

    The `sure` ones have one signature, which any one of them tells.
    """
    groups: dict[Hashable, set[int]] = {}
    if sure:
        groups[signature(next(iter(sure)), block_of)] = sure
    for state in unsure:
        groups.setdefault(signature(state, block_of), set()).add(state)
    return sorted(groups.values(), key=len, reverse=True)


def distances_of(rows: list[list[int]], accepting: list[bool]) -> list[int]:
    """Return for each state the least number of characters to an accepting one, -1 for none."""
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
