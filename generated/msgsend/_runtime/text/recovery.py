# Copied by unstringly 0.1.0. Do not edit.
"""Recovery of a text that has no reading, stretch by stretch, within a budget.

A text is cut where all of its runs meet: at a place where an item may begin, in one state. Each
run goes through that state, so the cheapest run of the text is made of the cheapest runs of its
stretches, and there is no need to hold the whole of a long text at once. The place where runs meet
is found by going back from some place ahead, with the states that are still possible there.

A stretch that the grammar reads is read. Others are recovered, which takes ten times as long, up
to `BUDGET` characters of a text. Each stretch behind these that does not fit is kept as one
malformed piece, without a search for records in it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .cheapest import Cheapest
from .graph import MALFORMED, Chosen, Graph, Label, States

STRETCH = 400
"""The number of characters that are read before the search for a place to cut at."""

BUDGET = 200_000
"""The most characters of a text that are recovered."""


class Kept(NamedTuple):
    """A part of a text that is not taken apart."""

    start: int
    end: int


class _Stretch(NamedTuple):
    """A part of a text between two states that all its runs go through; None is the end."""

    at: int
    start: int
    sets: list[States]
    end: int | None


class Recovery:
    """The graphs of a grammar: one of its own edges, one of all edges, in which every text fits."""

    def __init__(self, regular: Graph, all_edges: Graph, labels: Sequence[Label]) -> None:
        self._regular = regular
        self._all = all_edges
        self._cheapest = Cheapest(all_edges)
        numbered = tuple(enumerate(labels))
        self._opens = frozenset(at for at, (marks, _) in numbered if (MALFORMED, False) in marks)
        self._closes = frozenset(at for at, (marks, _) in numbered if (MALFORMED, True) in marks)
        self._gaps = frozenset(at for at, (marks, bad) in numbered if not marks and not bad)
        self._begins = regular.reachable() & frozenset(
            state
            for state, ways in enumerate(all_edges.edges)
            if any(way.label in self._opens for way in ways)
        )

    def chosen(self, classes: str) -> Iterator[tuple[int, Sequence[Chosen]] | Kept]:
        """Yield the marked labels of the cheapest run, a stretch at a time, with its place.

        A part that the budget does not reach is a `Kept`.
        """
        budget = BUDGET
        for stretch in self._stretches(classes):
            text = classes[stretch.at : stretch.at + len(stretch.sets) - 1]
            chosen = self._read(text, stretch)
            if chosen is None and len(text) <= budget:
                budget -= len(text)
                chosen = self._cheapest.run(text, stretch.sets, stretch.start, stretch.end)
            if chosen is not None:
                yield stretch.at, chosen
                continue
            start, end = self._kept(text, stretch)
            if start < end:
                yield Kept(stretch.at + start, stretch.at + end)

    def _stretches(self, classes: str) -> Iterator[_Stretch]:
        graph = self._all
        at = start = ahead = 0
        sets = [graph.states(frozenset((0,)))]
        while True:
            # Each walk is as long as all walks before it: so the time of all is linear.
            more = classes[ahead : ahead + max(STRETCH, ahead - at)]
            ahead += len(more)
            last = sets.pop()
            sets += graph.forward(more, last)
            if ahead == len(classes):
                yield _Stretch(at, start, sets, None)
                return
            met = self._meeting(classes[at:ahead], sets)
            if met is None:
                continue
            length, end = met
            yield _Stretch(at, start, sets[: length + 1], end)
            at, start = at + length, end
            sets = graph.forward(classes[at:ahead], graph.states(frozenset((end,))))

    def _meeting(self, classes: str, sets: list[States]) -> tuple[int, int] | None:
        """Return the last place where all runs are in one state and an item may begin, or None."""
        alive = sets[-1].members
        for at in range(len(classes) - 1, 0, -1):
            alive = sets[at].sources(classes[at], alive)
            if len(alive) == 1:
                (state,) = alive
                if state in self._begins:
                    return at, state
        return None

    def _read(self, text: str, stretch: _Stretch) -> list[Chosen] | None:
        """Return the labels of a stretch that the grammar reads, or None."""
        regular = self._regular
        sets = regular.forward(text, regular.states(frozenset((stretch.start,))))
        if len(sets) <= len(text):
            return None
        if stretch.end is None:
            state = regular.final_in(sets[-1])
        else:
            state = stretch.end if stretch.end in sets[-1].members else None
        if state is None:
            return None
        return regular.backward(text, sets, state, is_end=stretch.end is None)

    def _kept(self, text: str, stretch: _Stretch) -> tuple[int, int]:
        """Return the part of a stretch between separators and padding at its ends; may be empty."""
        start = self._begin(text, stretch)
        if start is None:
            return 0, 0
        alive = frozenset((stretch.end,)) if stretch.end is not None else self._ends(stretch)
        if not alive:
            return start, len(text)
        for at in range(len(text) - 1, start, -1):
            into = [
                (source, label)
                for source, ways in stretch.sets[at].ways(text[at])
                for _, label, target in ways
                if target in alive
            ]
            if any(label in self._closes for _, label in into):
                return start, at
            alive = frozenset(source for source, label in into if label in self._gaps)
        return start, len(text)

    def _begin(self, text: str, stretch: _Stretch) -> int | None:
        """Return the place behind leading separators and padding; None if nothing else is there."""
        start = 0
        alive = frozenset((stretch.start,))
        for at, character in enumerate(text):
            ways = [way for _, edges in self._all.states(alive).ways(character) for way in edges]
            if any(label in self._opens for _, label, _ in ways):
                start = at
            alive = frozenset(target for _, label, target in ways if label in self._gaps)
            if not alive:
                return start
        ends = self._all.finals.keys() if stretch.end is None else {stretch.end}
        return start if alive.isdisjoint(ends) else None

    def _ends(self, stretch: _Stretch) -> frozenset[int]:
        """Return the final states behind a gap; none if a malformed piece may end the text."""
        ends = {
            state: label
            for state, label in self._all.finals.items()
            if state in stretch.sets[-1].members
        }
        if any(label in self._closes for label in ends.values()):
            return frozenset()
        return frozenset(state for state, label in ends.items() if label in self._gaps)
