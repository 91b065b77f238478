"""Thompson's network: the scaffold from which a marked automaton is made.

Nodes are joined by moves, which read a character, and by empty moves, which may write a mark;
`elimination.py` then makes the automaton of it.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import NamedTuple

from msgspec.structs import replace

from unstringly.automata.dfa import DEAD, Dfa
from unstringly.automata.elimination import Elimination, EmptyMove, Move
from unstringly.automata.marked import Element, Kind, Mark, MarkedAutomaton
from unstringly.automata.work import Tally, Work, counted
from unstringly.model import charset
from unstringly.model.charset import Alphabet


class Ends(NamedTuple):
    """The nodes behind an item or a field.

    Behind `bare` no padding may follow: what ends there is an empty padded content, and all the
    padding around that stands before it.
    """

    full: int
    bare: int | None = None


class Part:
    """Nodes of a network that are entered at `start` and left at `end` only."""

    def __init__(self, network: "Network", first: int, start: int, end: int) -> None:
        self._network = network
        self.start = start
        self.end = end
        self.nodes = range(first, first)

    def within(self, language: Dfa) -> tuple[int, dict[int, int]]:
        """Add the product with a language; return its start, and its end for each accepting state.

        A run through it reads a text of both. The ends tell texts apart by the state of the
        language in which they arrive. Raises TooLarge.
        """
        copies = self._network.copy_within(self.nodes, language)
        ends = (state for state, accepts in enumerate(language.accepting) if accepts)
        return copies[self.start, 0], {state: copies[self.end, state] for state in ends}


class Network:
    """A network that grows by nodes and moves; each method raises TooLarge.

    Node 0 is the start, and `end` is the one node to arrive at.
    """

    def __init__(self, alphabet: Alphabet, tally: Tally) -> None:
        self._tally = tally
        self.alphabet = alphabet
        self.padding = alphabet.classes_in(charset.PADDING)
        self._moves: list[list[Move]] = []
        self._empty: list[list[EmptyMove]] = []
        self._places: list[str] = []
        self._elements: dict[Element, int] = {}
        self.place = ""
        self.start = self.node()
        self.end = self.node()

    def node(self) -> int:
        """Return a new node, at the current place."""
        self._tally.place = self.place
        self._tally.add(1)
        self._moves.append([])
        self._empty.append([])
        self._places.append(self.place)
        return len(self._moves) - 1

    def element(self, element: Element) -> int:
        """Return the number of an element; the same element always has the same number."""
        return self._elements.setdefault(element, len(self._elements))

    def join(self, source: int, target: int, *, irregular: bool = False) -> None:
        """Go from one node to the other without reading."""
        self._tally.add(1)
        self._empty[source].append(EmptyMove(target, None, irregular))

    def mark(self, source: int, element: int, *, closes: bool, irregular: bool = False) -> int:
        """Return a new node behind the mark of an element."""
        target = self.node()
        self._empty[source].append(EmptyMove(target, Mark(element, closes), irregular))
        return target

    def read(self, source: int, classes: Iterable[int], kind: Kind, target: int) -> None:
        """Go from one node to the other over one character."""
        read = frozenset(classes)
        self._tally.add(1 + len(read))
        self._moves[source].append(Move(read, kind, target))

    def text(self, source: int, text: str, kind: Kind) -> int:
        """Return a new node behind a text; for the empty text, the node itself."""
        node = source
        for number in map(self.alphabet.class_of, text):
            behind = self.node()
            self.read(node, (number,), kind, behind)
            node = behind
        return node

    def texts(self, source: int, texts: tuple[str, ...], kind: Kind) -> int:
        """Return a new node behind any one of some texts."""
        end = self.node()
        for text in texts:
            self.join(self.text(source, text, kind), end)
        return end

    def pad(self, source: int, kind: Kind) -> int:
        """Return a new node behind any padding, also none."""
        node = self.node()
        self.join(source, node)
        self.loop(node, self.padding, kind)
        return node

    def content(self, source: int, language: Dfa, kind: Kind, *, empty: bool) -> int:
        """Return a new node behind a text of the language; `empty` says that it may be empty.

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
            self._tally.add(len(row))
            for target, classes in _classes_to(row, range(len(row))).items():
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
        """Make a part, with a start and an end of its own, of the nodes that are made inside."""
        first = len(self._moves)
        part = Part(self, first, self.node(), self.node())
        yield part
        part.nodes = range(first, len(self._moves))

    def copy_within(self, nodes: range, language: Dfa) -> dict[tuple[int, int], int]:
        """Copy some nodes for each state of a language; return the copies by node and state.

        The moves of the copies go where those of the nodes and of the language go together.
        """
        states = range(len(language.rows))
        copies = {(node, state): self.node() for node in nodes for state in states}
        for (node, state), copy in copies.items():
            row = language.rows[state]
            for move in self._moves[node]:
                for target, classes in _classes_to(row, sorted(move.classes)).items():
                    self.read(copy, classes, move.kind, copies[move.target, target])
            self._tally.add(len(self._empty[node]))
            for empty in self._empty[node]:
                self._empty[copy].append(replace(empty, target=copies[empty.target, state]))
        return copies

    def automaton(self) -> MarkedAutomaton:
        """Return the automaton of the network, which has no empty moves; raises TooLarge."""
        with counted(Work.STATES) as tally:
            return Elimination(
                self._moves, self._empty, self._places, list(self._elements), self.end, tally
            ).run(self.start)


def _classes_to(row: tuple[int, ...], classes: Iterable[int]) -> dict[int, list[int]]:
    """Return the classes that lead to each state, of a row of a language's states."""
    classes_to: dict[int, list[int]] = {}
    for number in classes:
        if row[number] != DEAD:
            classes_to.setdefault(row[number], []).append(number)
    return classes_to
