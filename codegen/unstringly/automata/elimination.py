"""From a network to a marked automaton: empty moves removed, equal states merged.

Each path of empty moves between two characters becomes the marks of one label. Nodes from which
no run can end are left out, and nodes that go on in the same way become one state.
"""

from dataclasses import dataclass
from itertools import count

from unstringly.automata.marked import (
    Edge,
    Element,
    ElementKind,
    Final,
    Kind,
    Label,
    Mark,
    MarkedAutomaton,
)
from unstringly.automata.work import Tally


@dataclass(frozen=True, slots=True)
class Move:
    """Reads one character of some classes."""

    classes: frozenset[int]
    kind: Kind
    target: int


@dataclass(frozen=True, slots=True)
class EmptyMove:
    """Reads nothing; may write a mark."""

    target: int
    mark: Mark | None
    irregular: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """One way out of a node: marks, then a move or the end."""

    marks: tuple[Mark, ...]
    irregular: bool
    move: Move | None


def _preference(label: Label, elements: list[Element]) -> tuple[object, ...]:
    """The order of labels in one gap, best first.

    An item that begins comes before everything, then an item that ends before one that goes
    on, then separators, then malformed characters; among equals, the earlier declared.
    """
    items = [m for m in label.marks if elements[m.element].kind is ElementKind.ITEM]
    opens = any(not mark.closes for mark in items)
    closes = any(mark.closes for mark in items)
    kind = Kind.SEPARATOR if label.kind is None else label.kind
    rank = 0 if opens else 1 if closes else 2 + kind.value
    return (rank, kind.value, label.kind is None, label.marks)


@dataclass
class Elimination:
    """A network on its way to an automaton."""

    moves: list[list[Move]]
    empty: list[list[EmptyMove]]
    places: list[str]
    elements: list[Element]
    end: int
    tally: Tally

    def run(self, start: int) -> MarkedAutomaton:
        """The automaton of the network's runs from `start` to its end."""
        order = {start: 0}
        todo = [start]
        steps: list[list[_Step]] = []
        for node in todo:
            self.tally.place = self.places[node]
            found = self._steps(node)
            steps.append(found)
            for step in found:
                if step.move is not None and step.move.target not in order:
                    order[step.move.target] = len(todo)
                    todo.append(step.move.target)
        alive = _alive(steps, order)
        steps = [
            [step for step in found if step.move is None or alive[order[step.move.target]]]
            for found in steps
        ]
        states = _merged(steps, order, self.tally)
        return self._assemble(todo, steps, order, states)

    def _steps(self, node: int) -> list[_Step]:
        """Every way out of a node; the regular way where there is one with the same marks."""
        found: dict[tuple[tuple[Mark, ...], Move | None], bool] = {}
        stack: list[tuple[int, tuple[Mark, ...], bool]] = [(node, (), False)]
        seen: set[tuple[int, tuple[Mark, ...], bool]] = set()
        while stack:
            entry = stack.pop()
            if entry in seen:
                continue
            seen.add(entry)
            here, marks, irregular = entry
            self.tally.add(2 + len(marks) + 2 * len(self.moves[here]) + len(self.empty[here]))
            ways: list[Move | None] = list(self.moves[here])
            if here == self.end:
                ways.append(None)
            for way in ways:
                found[marks, way] = found.get((marks, way), True) and irregular
            for move in reversed(self.empty[here]):
                more = marks if move.mark is None else (*marks, move.mark)
                stack.append((move.target, more, irregular or move.irregular))
        return [_Step(marks, irregular, way) for (marks, way), irregular in found.items()]

    def _assemble(
        self,
        nodes: list[int],
        steps: list[list[_Step]],
        order: dict[int, int],
        states: list[int],
    ) -> MarkedAutomaton:
        grouped: dict[tuple[int, int, Label, bool], set[int]] = {}
        finals: dict[tuple[int, Label], bool] = {}
        done: set[int] = set()
        for number, found in enumerate(steps):
            source = states[number]
            if source in done:
                continue
            done.add(source)
            for step in found:
                if step.move is None:
                    label = Label(step.marks, None)
                    finals[source, label] = finals.get((source, label), True) and step.irregular
                    continue
                target = states[order[step.move.target]]
                label = Label(step.marks, step.move.kind)
                key = (source, target, label, step.irregular)
                self.tally.add(4 + len(step.move.classes))
                grouped.setdefault(key, set()).update(step.move.classes)
        for source, target, label, irregular in list(grouped):
            if irregular:
                regular = grouped.get((source, target, label, False), set())
                grouped[source, target, label, True] -= regular
        used = {label for _, _, label, _ in grouped} | {label for _, label in finals}
        labels = sorted(used, key=lambda label: _preference(label, self.elements))
        numbers = {label: index for index, label in enumerate(labels)}
        edges = sorted(
            (source, numbers[label], target, irregular, tuple(sorted(classes)))
            for (source, target, label, irregular), classes in grouped.items()
            if classes
        )
        places: dict[int, str] = {}
        for number, node in enumerate(nodes):
            places.setdefault(states[number], self.places[node])
        return MarkedAutomaton(
            elements=tuple(self.elements),
            labels=tuple(labels),
            places=tuple(places[state] for state in sorted(places)),
            edges=tuple(
                Edge(source, target, label, classes, irregular)
                for source, label, target, irregular, classes in edges
            ),
            finals=tuple(
                Final(source, numbers[label], irregular)
                for (source, label), irregular in sorted(
                    finals.items(), key=lambda item: (item[0][0], numbers[item[0][1]])
                )
            ),
        )


def _merged(steps: list[list[_Step]], order: dict[int, int], tally: Tally) -> list[int]:
    """States that go on in the same way are one: numbers by first appearance, the start is 0.

    States at different distances from an end are different; that is where it begins. A state is
    looked at again when one that it leads to has been set apart, and of a block that falls apart
    the largest part stays what it was: so a long text takes no longer than its length.
    """
    sources = _sources(steps, order)
    blocks = _distances(steps, sources)
    members: dict[int, set[int]] = {}
    for number, block in enumerate(blocks):
        members.setdefault(block, set()).add(number)
    unsure = {block: set(found) for block, found in members.items()}
    fresh = count(max(members, default=0) + 1)
    while unsure:
        block, looked_at = unsure.popitem()
        sure = members[block] - looked_at
        groups: dict[object, set[int]] = {}
        tally.add(sum(_size(steps[number]) for number in looked_at))
        if sure:
            groups[_signature(steps[next(iter(sure))], order, blocks)] = sure
        for number in looked_at:
            groups.setdefault(_signature(steps[number], order, blocks), set()).add(number)
        largest, *others = sorted(groups.values(), key=len, reverse=True)
        members[block] = largest
        for group in others:
            apart = next(fresh)
            members[apart] = group
            for number in group:
                blocks[number] = apart
        for number in (each for group in others for each in group):
            for source in sources[number]:
                if len(members[blocks[source]]) > 1:
                    unsure.setdefault(blocks[source], set()).add(source)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(block, len(numbers)) for block in blocks]


def _signature(found: list[_Step], order: dict[int, int], blocks: list[int]) -> object:
    """How a state goes on, as far as it is known which states are the same."""
    ways: dict[tuple[object, ...], set[int]] = {}
    for step in found:
        if step.move is None:
            ways.setdefault((step.marks, step.irregular), set())
            continue
        target = blocks[order[step.move.target]]
        key = (step.marks, step.irregular, step.move.kind, target)
        ways.setdefault(key, set()).update(step.move.classes)
    return frozenset((key, frozenset(classes)) for key, classes in ways.items())


def _size(found: list[_Step]) -> int:
    """How much there is to look at in the ways out of a node."""
    return 3 + sum(2 + len(step.move.classes) for step in found if step.move is not None)


def _sources(steps: list[list[_Step]], order: dict[int, int]) -> list[list[int]]:
    """For each node, in order, those that have a step to it."""
    sources: list[list[int]] = [[] for _ in steps]
    for number, found in enumerate(steps):
        for step in found:
            if step.move is not None:
                sources[order[step.move.target]].append(number)
    return sources


def _distances(steps: list[list[_Step]], sources: list[list[int]]) -> list[int]:
    """For each node, in order, the least number of characters to an end; all can reach one."""
    distances = {
        number: 0 for number, found in enumerate(steps) if any(step.move is None for step in found)
    }
    todo = list(distances)
    for number in todo:
        for source in sources[number]:
            if source not in distances:
                distances[source] = distances[number] + 1
                todo.append(source)
    return [distances.get(number, -1) for number in range(len(steps))]


def _alive(steps: list[list[_Step]], order: dict[int, int]) -> list[bool]:
    """For each node, in order, whether a run from it can end."""
    sources = _sources(steps, order)
    alive = [any(step.move is None for step in found) for found in steps]
    todo = [number for number, ends in enumerate(alive) if ends]
    while todo:
        for source in sources[todo.pop()]:
            if not alive[source]:
                alive[source] = True
                todo.append(source)
    return alive
