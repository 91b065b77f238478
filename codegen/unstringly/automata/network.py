"""Thompson's network: the scaffold from which a marked automaton is made.

Nodes are joined by moves, which read a character, and by empty moves, which may write a
mark. `automaton_of` then removes the empty moves: each path of them between two characters
becomes the marks of one label, and nodes that go on in the same way become one state.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum

from unstringly.automata.dfa import DEAD, Dfa
from unstringly.automata.marked import Edge, Element, Final, Kind, Label, Mark, MarkedAutomaton


@dataclass(frozen=True, slots=True)
class _Move:
    classes: frozenset[int]
    kind: Kind
    target: int


@dataclass(frozen=True, slots=True)
class _EmptyMove:
    target: int
    mark: Mark | None
    irregular: bool


class _Phase(Enum):
    """What a run through a part has read last: nothing, a character that is no padding, padding."""

    START = "start"
    INK = "ink"
    BLANK = "blank"


class Part:
    """Nodes of a network that are entered at `start` and left at `end` only."""

    def __init__(self, network: "Network", first: int, start: int, end: int) -> None:
        self._network = network
        self.start = start
        self.end = end
        self.nodes = range(first, first)

    def trimmed(self, padding: Iterable[int]) -> tuple[int, int, int]:
        """A copy that reads no padding at its beginning and end: its start, and two ends.

        The first end is behind a text, the second behind the empty one.
        """
        copies = self._network.copy_trimmed(self.nodes, frozenset(padding))
        return (
            copies[self.start, _Phase.START],
            copies[self.end, _Phase.INK],
            copies[self.end, _Phase.START],
        )


class Network:
    """Grows by nodes and moves; node 0 is the start, and `end` the one node to arrive at."""

    def __init__(self) -> None:
        self._moves: list[list[_Move]] = []
        self._empty: list[list[_EmptyMove]] = []
        self._places: list[str] = []
        self.elements: list[Element] = []
        self.place = ""
        self.start = self.node()
        self.end = self.node()

    def node(self) -> int:
        """A new node, at the current place."""
        self._moves.append([])
        self._empty.append([])
        self._places.append(self.place)
        return len(self._moves) - 1

    def element(self, name: str, *, is_item: bool) -> int:
        """The number of an element, the same for the same name."""
        element = Element(name, is_item)
        if element not in self.elements:
            self.elements.append(element)
        return self.elements.index(element)

    def join(self, source: int, target: int, *, irregular: bool = False) -> None:
        """Go from one node to the other without reading."""
        self._empty[source].append(_EmptyMove(target, None, irregular))

    def mark(self, source: int, element: int, *, closes: bool, irregular: bool = False) -> int:
        """A new node behind the mark of an element."""
        target = self.node()
        self._empty[source].append(_EmptyMove(target, Mark(element, closes), irregular))
        return target

    def read(self, source: int, classes: Iterable[int], kind: Kind, target: int) -> None:
        """Go from one node to the other over one character."""
        self._moves[source].append(_Move(frozenset(classes), kind, target))

    def text(self, source: int, classes: Iterable[int], kind: Kind) -> int:
        """A new node behind a text given by the classes of its characters."""
        here = source
        for number in classes:
            there = self.node()
            self.read(here, (number,), kind, there)
            here = there
        return here

    def content(self, source: int, language: Dfa, kind: Kind, *, empty: bool) -> int:
        """A new node behind a text of the language; `empty` says whether it may be empty.

        The start state has two nodes: the one to come from, which is left by reading only, and
        the one that a longer text may come back to.
        """
        end = self.node()
        start = self.node()
        nodes = [self.node() for _ in language.rows]
        self.join(source, start)
        if empty and language.accepting[0]:
            self.join(start, end)
        for state, row in enumerate(language.rows):
            targets: dict[int, list[int]] = {}
            for number, target in enumerate(row):
                if target != DEAD:
                    targets.setdefault(target, []).append(number)
            for target, classes in targets.items():
                self.read(nodes[state], classes, kind, nodes[target])
                if state == 0:
                    self.read(start, classes, kind, nodes[target])
            if language.accepting[state]:
                self.join(nodes[state], end)
        return end

    def loop(self, node: int, classes: Iterable[int], kind: Kind) -> None:
        """Stay at a node for any number of characters."""
        self.read(node, classes, kind, node)

    @contextmanager
    def part(self) -> Generator["Part", None, None]:
        """The nodes that are made inside, as a part with a start and an end of its own."""
        first = len(self._moves)
        part = Part(self, first, self.node(), self.node())
        yield part
        part.nodes = range(first, len(self._moves))

    def copy_trimmed(
        self, nodes: range, padding: frozenset[int]
    ) -> dict[tuple[int, "_Phase"], int]:
        """Copies of some nodes, one for each phase; the moves of the copies keep the phases.

        A run through the copies begins and ends with no padding.
        """
        copies = {(node, phase): self.node() for node in nodes for phase in _Phase}
        for (node, phase), copy in copies.items():
            for move in self._moves[node]:
                ink = move.classes - padding
                if ink:
                    self.read(copy, ink, move.kind, copies[move.target, _Phase.INK])
                blank = move.classes & padding
                if blank and phase is not _Phase.START:
                    self.read(copy, blank, move.kind, copies[move.target, _Phase.BLANK])
            for empty in self._empty[node]:
                self._empty[copy].append(replace(empty, target=copies[empty.target, phase]))
        return copies

    def automaton(self) -> MarkedAutomaton:
        """The automaton without empty moves."""
        return _Elimination(self._moves, self._empty, self._places, self.elements, self.end).run(
            self.start
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One way out of a node: marks, then a move or the end."""

    marks: tuple[Mark, ...]
    irregular: bool
    move: _Move | None


def _preference(label: Label, elements: list[Element]) -> tuple[object, ...]:
    """The order of labels in one gap, best first.

    An item that begins comes before everything, then an item that ends before one that goes
    on, then separators, then malformed characters; among equals, the earlier declared.
    """
    opens = any(elements[m.element].is_item and not m.closes and m.element for m in label.marks)
    closes = any(elements[m.element].is_item and m.closes and m.element for m in label.marks)
    kind = Kind.SEPARATOR if label.kind is None else label.kind
    rank = 0 if opens else 1 if closes else 2 + kind.value
    return (rank, kind.value, label.kind is None, label.marks)


@dataclass
class _Elimination:
    moves: list[list[_Move]]
    empty: list[list[_EmptyMove]]
    places: list[str]
    elements: list[Element]
    end: int

    def run(self, start: int) -> MarkedAutomaton:
        order = {start: 0}
        todo = [start]
        steps: list[list[_Step]] = []
        for node in todo:
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
        states = _merged(steps, order)
        return self._assemble(todo, steps, order, states)

    def _steps(self, node: int) -> list[_Step]:
        """Every way out of a node; the regular way where there is one with the same marks."""
        found: dict[tuple[tuple[Mark, ...], _Move | None], bool] = {}
        stack: list[tuple[int, tuple[Mark, ...], bool]] = [(node, (), False)]
        seen: set[tuple[int, tuple[Mark, ...], bool]] = set()
        while stack:
            entry = stack.pop()
            if entry in seen:
                continue
            seen.add(entry)
            here, marks, irregular = entry
            ways: list[_Move | None] = list(self.moves[here])
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


def _merged(steps: list[list[_Step]], order: dict[int, int]) -> list[int]:
    """States that go on in the same way are one: numbers by first appearance, the start is 0."""
    blocks = [0] * len(steps)
    count = 1
    while True:
        signatures: dict[object, int] = {}
        refined: list[int] = []
        for number, found in enumerate(steps):
            ways: dict[tuple[object, ...], set[int]] = {}
            for step in found:
                if step.move is None:
                    ways.setdefault((step.marks, step.irregular), set())
                    continue
                target = blocks[order[step.move.target]]
                key = (step.marks, step.irregular, step.move.kind, target)
                ways.setdefault(key, set()).update(step.move.classes)
            signature = (
                blocks[number],
                frozenset((key, frozenset(classes)) for key, classes in ways.items()),
            )
            refined.append(signatures.setdefault(signature, len(signatures)))
        if len(signatures) == count:
            return refined
        blocks, count = refined, len(signatures)


def _alive(steps: list[list[_Step]], order: dict[int, int]) -> list[bool]:
    """For each node, in order, whether a run from it can end."""
    sources: list[list[int]] = [[] for _ in steps]
    for number, found in enumerate(steps):
        for step in found:
            if step.move is not None:
                sources[order[step.move.target]].append(number)
    alive = [any(step.move is None for step in found) for found in steps]
    todo = [number for number, ends in enumerate(alive) if ends]
    while todo:
        for source in sources[todo.pop()]:
            if not alive[source]:
                alive[source] = True
                todo.append(source)
    return alive
