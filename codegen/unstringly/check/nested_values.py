"""Values that are read in a padded field and cannot be written there.

There are two automata of what is in the field, of texts that neither begin nor end with padding: as
it is read, and as it is written. Their runs are compared by what they mean. A *value* is the run's
marks and the characters inside of leaves; separators, tags and padding are no part of it. So runs
over different texts can have one value, and the question is whether the values of the one automaton
are all values of the other. It is decided as for languages: a run that reads, with all runs that
write the same so far.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from unstringly.automata.marked import Element, Mark, MarkedAutomaton
from unstringly.automata.work import Tally, Work
from unstringly.check.search import Ways, regular_ways, shortest_way
from unstringly.model.charset import Alphabet

_Token = tuple[Element, bool] | int
"""An element that opens or closes; or a character of a leaf, by its class."""

_END = -1


class _Node(Struct, frozen=True):
    """Where a run is: `waiting` is what it has still to write, `inside` says of a leaf."""

    state: int
    inside: bool
    waiting: tuple[_Token, ...] = ()

    @property
    def is_end(self) -> bool:
        """Say whether the run is over."""
        return self.state == _END and not self.waiting


class _Step(Struct, frozen=True):
    """To a node, with a part of the value or none, and the class of the character read or none."""

    node: _Node
    token: _Token | None
    read: int | None


def unwritten_text(
    alphabet: Alphabet, read: MarkedAutomaton, written: MarkedAutomaton, leaves: frozenset[str]
) -> str | None:
    """A shortest text that is read and whose value is not written; None if there is none.

    Both automata are over the alphabet; `leaves` are the names of the elements that are leaves.
    Raises TooLarge.
    """
    reading, writing = _Values(alphabet, read, leaves), _Values(alphabet, written, leaves)

    def steps(
        pair: tuple[_Node, frozenset[_Node]],
    ) -> Iterator[tuple[tuple[_Node, frozenset[_Node]], int | None]]:
        node, others = pair
        for step in reading.steps(node):
            same = others if step.token is None else writing.after(others, step.token)
            yield (step.node, same), step.read

    def goal(pair: tuple[_Node, frozenset[_Node]]) -> bool | None:
        node, others = pair
        return True if node.is_end and not any(other.is_end for other in others) else None

    start = _Node(0, inside=False)
    found = shortest_way((start, writing.silent((start,))), steps, goal, Tally(Work.READINGS))
    if found is None:
        return None
    return "".join(alphabet.sample(number) for number in found[0] if number is not None)


class _Values:
    """The runs of an automaton, and what they write."""

    def __init__(
        self, alphabet: Alphabet, automaton: MarkedAutomaton, leaves: frozenset[str]
    ) -> None:
        self._automaton = automaton
        self._leaves = leaves
        self._ways: Ways = regular_ways(automaton)
        self._classes = range(alphabet.size)
        self._ends = [final for final in automaton.finals if not final.irregular]
        self._known: dict[_Node, tuple[_Step, ...]] = {}

    def steps(self, node: _Node) -> tuple[_Step, ...]:
        """The steps from a node."""
        if node not in self._known:
            self._known[node] = tuple(self._steps(node))
        return self._known[node]

    def after(self, nodes: Iterable[_Node], token: _Token) -> frozenset[_Node]:
        """Where runs can be that write something next."""
        there = (step.node for node in nodes for step in self.steps(node) if step.token == token)
        return self.silent(there)

    def silent(self, nodes: Iterable[_Node]) -> frozenset[_Node]:
        """Where runs can be from these nodes on without writing anything."""
        found = set(nodes)
        todo = list(found)
        while todo:
            for step in self.steps(todo.pop()):
                if step.token is None and step.node not in found:
                    found.add(step.node)
                    todo.append(step.node)
        return frozenset(found)

    def _steps(self, node: _Node) -> Iterator[_Step]:
        if node.waiting:
            token, *rest = node.waiting
            yield _Step(_Node(node.state, node.inside, tuple(rest)), token, None)
            return
        for final in self._ends:
            if final.state == node.state:
                marks = self._automaton.labels[final.label].marks
                yield _Step(_Node(_END, False, self._tokens(marks)), None, None)
        for way in self._ways.get(node.state, ()):
            marks = self._automaton.labels[way.label].marks
            inside = self._inside(marks, node.inside)
            # Outside of leaves, it is all the same which character is read.
            classes = [number for number in self._classes if way.classes >> number & 1]
            for number in classes if inside else classes[:1]:
                waiting = (*self._tokens(marks), *((number,) if inside else ()))
                yield _Step(_Node(way.target, inside, waiting), None, number)

    def _inside(self, marks: tuple[Mark, ...], inside: bool) -> bool:
        for mark in marks:
            if self._automaton.elements[mark.element].name in self._leaves:
                inside = not mark.closes
        return inside

    def _tokens(self, marks: tuple[Mark, ...]) -> tuple[_Token, ...]:
        elements = self._automaton.elements
        return tuple((elements[mark.element], mark.closes) for mark in marks)
