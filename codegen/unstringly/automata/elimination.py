"""From a network to a marked automaton: empty moves removed, equal states merged.

Each path of empty moves between two characters becomes the marks of one label. Nodes from which
no run can end are left out, and nodes that go on in the same way become one state.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import Struct

from unstringly.automata.equal_states import refined
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


class Move(Struct, frozen=True):
    """Reads one character of some classes."""

    classes: frozenset[int]
    kind: Kind
    target: int


class EmptyMove(Struct, frozen=True):
    """Reads nothing; may write a mark."""

    target: int
    mark: Mark | None
    irregular: bool


class _Step(Struct, frozen=True):
    """One way out of a node: marks, then a move or the end."""

    marks: tuple[Mark, ...]
    irregular: bool
    move: Move | None


class _Way(NamedTuple):
    """An edge without its classes."""

    source: int
    target: int
    label: Label
    irregular: bool


def _preference(label: Label, elements: list[Element]) -> tuple[object, ...]:
    """Return the key that sorts the labels of one gap, best first.

    An item that begins comes before everything, then an item that ends before one that goes
    on, then separators, then malformed characters; among equals, the earlier declared.
    """
    items = [mark for mark in label.marks if elements[mark.element].kind is ElementKind.ITEM]
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
        """Return the automaton of the network's runs from `start` to its end; raises TooLarge."""
        order = {start: 0}
        todo = [start]
        steps: list[list[_Step]] = []
        for node in todo:
            self.tally.place = self.places[node]
            ways_out = self._steps(node)
            steps.append(ways_out)
            for step in ways_out:
                if step.move is not None and step.move.target not in order:
                    order[step.move.target] = len(todo)
                    todo.append(step.move.target)
        alive = _alive(steps, order)
        steps = [
            [step for step in ways_out if step.move is None or alive[order[step.move.target]]]
            for ways_out in steps
        ]
        states = _merged(steps, order, self.tally)
        return self._assemble(todo, steps, order, states)

    def _steps(self, node: int) -> list[_Step]:
        """Return every way out of a node; of two with the same marks, the regular one."""
        ways_out: dict[tuple[tuple[Mark, ...], Move | None], bool] = {}
        stack: list[tuple[int, tuple[Mark, ...], bool]] = [(node, (), False)]
        seen: set[tuple[int, tuple[Mark, ...], bool]] = set()
        while stack:
            entry = stack.pop()
            if entry in seen:
                continue
            seen.add(entry)
            at, marks, irregular = entry
            self.tally.add(2 + len(marks) + 2 * len(self.moves[at]) + len(self.empty[at]))
            moves: list[Move | None] = list(self.moves[at])
            if at == self.end:
                moves.append(None)
            for move in moves:
                ways_out[marks, move] = ways_out.get((marks, move), True) and irregular
            for empty in reversed(self.empty[at]):
                more = marks if empty.mark is None else (*marks, empty.mark)
                stack.append((empty.target, more, irregular or empty.irregular))
        return [_Step(marks, irregular, move) for (marks, move), irregular in ways_out.items()]

    def _assemble(
        self,
        nodes: list[int],
        steps: list[list[_Step]],
        order: dict[int, int],
        states: list[int],
    ) -> MarkedAutomaton:
        """Return the automaton of states that stand for nodes, its edges and labels in order.

        `order` has the number of each node, and `states` the state for each number.
        """
        first_of: dict[int, int] = {}
        for number, state in enumerate(states):
            first_of.setdefault(state, number)
        merged = {state: steps[number] for state, number in first_of.items()}
        classes_of = self._classes_of(merged, order, states)
        finals = _finals(merged)
        used = {way.label for way in classes_of} | {label for _, label in finals}
        labels = sorted(used, key=lambda label: _preference(label, self.elements))
        numbers = {label: index for index, label in enumerate(labels)}
        edges = sorted(
            (way.source, numbers[way.label], way.target, way.irregular, tuple(sorted(classes)))
            for way, classes in classes_of.items()
            if classes
        )
        return MarkedAutomaton(
            elements=tuple(self.elements),
            labels=tuple(labels),
            places=tuple(self.places[nodes[first_of[state]]] for state in sorted(first_of)),
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

    def _classes_of(
        self, merged: dict[int, list[_Step]], order: dict[int, int], states: list[int]
    ) -> dict[_Way, set[int]]:
        """Return the classes of each edge, those out of an irregular one that a regular one has."""
        classes_of: dict[_Way, set[int]] = {}
        for source, ways_out in merged.items():
            for step in ways_out:
                if step.move is not None:
                    target = states[order[step.move.target]]
                    way = _Way(source, target, Label(step.marks, step.move.kind), step.irregular)
                    self.tally.add(4 + len(step.move.classes))
                    classes_of.setdefault(way, set()).update(step.move.classes)
        for way in [way for way in classes_of if way.irregular]:
            classes_of[way] -= classes_of.get(way._replace(irregular=False), set())
        return classes_of


def _finals(merged: dict[int, list[_Step]]) -> dict[tuple[int, Label], bool]:
    """Return the states with the labels that they may end with, and whether this is irregular."""
    finals: dict[tuple[int, Label], bool] = {}
    for source, ways_out in merged.items():
        for step in ways_out:
            if step.move is None:
                label = Label(step.marks, None)
                finals[source, label] = finals.get((source, label), True) and step.irregular
    return finals


def _merged(steps: list[list[_Step]], order: dict[int, int], tally: Tally) -> list[int]:
    """Return a state for each node: the same for nodes from which runs go on in the same way.

    States are numbered by first appearance, so that the start is 0. Nodes at different distances
    from an end are different; the refinement begins with these.
    """
    sources = _sources(steps, order)

    def signature(number: int, blocks: list[int]) -> Hashable:
        return _signature(steps[number], order, blocks)

    def size(number: int) -> int:
        return _size(steps[number])

    blocks = refined(_distances(steps, sources), sources, signature, size, tally)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(block, len(numbers)) for block in blocks]


def _signature(ways_out: list[_Step], order: dict[int, int], blocks: list[int]) -> Hashable:
    """Return how runs go on from a node, as far as the blocks tell which nodes are the same."""
    ways: dict[tuple[object, ...], set[int]] = {}
    for step in ways_out:
        if step.move is None:
            ways.setdefault((step.marks, step.irregular), set())
            continue
        target = blocks[order[step.move.target]]
        key = (step.marks, step.irregular, step.move.kind, target)
        ways.setdefault(key, set()).update(step.move.classes)
    return frozenset((key, frozenset(classes)) for key, classes in ways.items())


def _size(ways_out: list[_Step]) -> int:
    """Return the steps that the signature of a node with these ways out takes."""
    return 3 + sum(2 + len(step.move.classes) for step in ways_out if step.move is not None)


def _may_end(ways_out: list[_Step]) -> bool:
    return any(step.move is None for step in ways_out)


def _sources(steps: list[list[_Step]], order: dict[int, int]) -> list[list[int]]:
    """Return for each node, in order, those that have a step to it."""
    sources: list[list[int]] = [[] for _ in steps]
    for number, ways_out in enumerate(steps):
        for step in ways_out:
            if step.move is not None:
                sources[order[step.move.target]].append(number)
    return sources


def _distances(steps: list[list[_Step]], sources: list[list[int]]) -> list[int]:
    """Return for each node, in order, the least number of characters to an end.

    Each node can reach one; only the start of a network without any run cannot, and gets -1.
    """
    distances = {number: 0 for number, ways_out in enumerate(steps) if _may_end(ways_out)}
    todo = list(distances)
    for number in todo:
        for source in sources[number]:
            if source not in distances:
                distances[source] = distances[number] + 1
                todo.append(source)
    return [distances.get(number, -1) for number in range(len(steps))]


def _alive(steps: list[list[_Step]], order: dict[int, int]) -> list[bool]:
    """Say for each node, in order, whether a run from it can end."""
    sources = _sources(steps, order)
    alive = [_may_end(ways_out) for ways_out in steps]
    todo = [number for number, ends in enumerate(alive) if ends]
    while todo:
        for source in sources[todo.pop()]:
            if not alive[source]:
                alive[source] = True
                todo.append(source)
    return alive
