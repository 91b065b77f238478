"""The proof that a grammar has one reading, or the shortest text that has two.

A grammar is a regular language with marks: its marked automaton (`automata/marked.py`) reads a
text character by character, and writes marks in the gaps between them where an item or a
field opens or closes. The marks of a run are a reading of the text. The automaton may be
nondeterministic as much as it likes; what must not be is two runs over the same text, both
accepting, that write different marks.

That is a question about pairs of runs, and pairs of runs are runs of a product: a state of the
product is two states of the automaton and whether the marks have differed so far. The start is
the start twice, with equal marks. A step takes an edge from each of the two states, over a
character that both edges allow. A pair is bad if both states may end there and the marks have
differed, in the last gap at the latest. The grammar is ambiguous exactly if a bad pair can be
reached; breadth-first search over the pairs reaches it on a shortest way, and the characters
on the way are the witness. There are at most 2n² pairs of n states, so the search ends.

Comparing marks, not states, is what makes the answer exact: two runs through different states
that write the same marks are the same reading.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from unstringly.automata.marked import Mark, MarkedAutomaton
from unstringly.automata.work import Tally, Work, counted
from unstringly.check.search import lowest, regular_ways, shortest_way
from unstringly.model.charset import Alphabet

Reading = tuple[tuple[int, Mark], ...]
"""The marks of a run with the gap that each is written in: gap n is before character n."""


class Ambiguity(Struct, frozen=True):
    """A shortest text with two readings."""

    text: str
    first: Reading
    second: Reading


class _Pair(NamedTuple):
    """Two states, and whether the runs that lead to them have written different marks."""

    left: int
    right: int
    differ: bool


class _Step(NamedTuple):
    """A character of any of some classes, and the labels that both runs write before it."""

    common: int
    left: int
    right: int


def find_ambiguity(alphabet: Alphabet, automaton: MarkedAutomaton) -> Ambiguity | None:
    """Return a shortest text with two readings, or None if there is none; raises TooLarge."""
    with counted(Work.READINGS) as tally:
        return _Square(alphabet, automaton, tally).search()


class _Square:
    """The product of the automaton's regular part with itself."""

    def __init__(self, alphabet: Alphabet, automaton: MarkedAutomaton, tally: Tally) -> None:
        self._alphabet = alphabet
        self._tally = tally
        self._marks = tuple(label.marks for label in automaton.labels)
        self._ways = regular_ways(automaton)
        self._finals: dict[int, list[int]] = {}
        for final in automaton.finals:
            if not final.irregular:
                self._finals.setdefault(final.state, []).append(final.label)

    def search(self) -> Ambiguity | None:
        """Return a shortest text with two readings, or None if there is none; raises TooLarge."""
        way = shortest_way(_Pair(0, 0, False), self._steps, self._bad_ends, self._tally)
        if way is None:
            return None
        steps, ends = way
        labels = [*((step.left, step.right) for step in steps), ends]
        return Ambiguity(
            "".join(self._alphabet.sample(lowest(step.common)) for step in steps),
            self._reading([left for left, _ in labels]),
            self._reading([right for _, right in labels]),
        )

    def _bad_ends(self, pair: _Pair) -> tuple[int, int] | None:
        """Return labels with which both runs may end here as different readings, or None."""
        lefts = self._finals.get(pair.left, ())
        rights = self._finals.get(pair.right, ())
        self._tally.add(len(lefts) * len(rights))
        for left in lefts:
            for right in rights:
                if pair.differ or self._marks[left] != self._marks[right]:
                    return left, right
        return None

    def _steps(self, pair: _Pair) -> Iterator[tuple[_Pair, _Step]]:
        """Yield the pairs one character further, each with its step."""
        lefts = self._ways.get(pair.left, ())
        rights = self._ways.get(pair.right, ())
        self._tally.add(len(lefts) * len(rights))
        for left in lefts:
            for right in rights:
                common = left.classes & right.classes
                if not common:
                    continue
                differ = pair.differ or self._marks[left.label] != self._marks[right.label]
                target = _Pair(left.target, right.target, differ)
                yield target, _Step(common, left.label, right.label)

    def _reading(self, labels: list[int]) -> Reading:
        """Return the marks of some labels, of which there is one for each gap."""
        return tuple((gap, mark) for gap, label in enumerate(labels) for mark in self._marks[label])
