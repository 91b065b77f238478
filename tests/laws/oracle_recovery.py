"""The judge of recovery: every decomposition of a short text as a list, by trying everything.

A *decomposition* is items, malformed pieces and separators (with padding); two pieces always have a
separator between them; a malformed piece is not empty and contains no separator. The best one has
the fewest malformed characters and, of those, the fewest irregularities: separators and ends that
the list forbids where they stand.
"""

from collections.abc import Iterator
from functools import cache
from math import inf
from typing import NamedTuple, TypeAlias

from tests.laws.oracle import After, Judge, ListOf, may_begin, may_end, separated


class Recovery(NamedTuple):
    """The best decomposition: how much in it is malformed and irregular, and where its items are.

    Of equally cheap ones that is the one with the earlier records: at the first record in
    which two of them differ, the one whose record begins earlier (or, from the same place,
    ends earlier, or is there at all).
    """

    malformed: int
    irregular: int
    items: tuple[tuple[int, int], ...]


class Piece(NamedTuple):
    """An item or a malformed piece of a decomposition; what is between them are separators."""

    start: int
    end: int
    is_item: bool


_Cost: TypeAlias = tuple[float, float, tuple[tuple[float, float], ...]]
"""Malformed characters, irregularities, and the items with one that is later than all others."""

_Places: TypeAlias = dict[tuple[int, After], int]
"""Where one can be in a list, behind what, and with how few irregularities on the way there."""


def recovery(form: ListOf, text: str) -> Recovery:
    """The best decomposition of a text as a list, whatever it is."""
    return _Recovering(text).recovery(form)


def cost_of(form: ListOf, text: str, pieces: tuple[Piece, ...]) -> tuple[int, int] | None:
    """Malformed characters and irregularities of the decomposition into these pieces, the rest
    being separators; None if it is none.
    """
    return _Recovering(text).cost_of(form, pieces)


def earlier_record(form: ListOf, text: str, pieces: tuple[Piece, ...]) -> int | None:
    """A place that decides a tie against a decomposition: the first at which another one, equally
    cheap and the same up to there, begins an item, and this one does not.
    """
    return _Recovering(text).earlier_record(form, pieces)


class _Recovering(Judge):
    """A judge of one text who also tells its decompositions."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.best = cache(self._best)

    def recovery(self, form: ListOf) -> Recovery:
        malformed, irregular, items = self.best(form, 0, "nothing")
        spans = tuple((int(start), int(end)) for start, end in items[:-1])
        return Recovery(int(malformed), int(irregular), spans)

    def _best(self, form: ListOf, here: int, after: After) -> _Cost:
        """The best decomposition from a place on."""
        n = len(self.text)
        found: list[_Cost] = [
            (0, irregular, ((inf, inf),)) for irregular in self.ends(form, here, after)
        ]
        if self.may_pad(form, after, here):
            found.append(self.best(form, here + 1, after))
        then, allowed = separated(form, after)
        for at in self.spelled(form.separators, here):
            malformed, irregular, items = self.best(form, at, then)
            found.append((malformed, irregular + (not allowed), items))
        for way, then in self.items(form, after, here):
            malformed, irregular, items = self.best(form, way.next, then)
            found.append((malformed, irregular, ((way.element.start, way.element.end), *items)))
        if may_begin(after):
            for end in range(here + 1, n + 1):
                if any(each in self.text[here:end] for each in form.separators):
                    break
                malformed, irregular, items = self.best(form, end, "item")
                found.append((malformed + end - here, irregular, items))
        return min(found, default=(inf, inf, ()))

    def ends(self, form: ListOf, here: int, after: After) -> Iterator[int]:
        """For each way to end here, without a further separator or with a final one, whether the
        list forbids it (1) or not (0).
        """
        n = len(self.text)
        if here == n:
            yield int(not may_end(form, after))
        for behind in self.spelled(form.finals, here):
            if behind == n or (form.padded and n in self.padding(behind)):
                yield int(not separated(form, after)[1])

    def cost_of(self, form: ListOf, pieces: tuple[Piece, ...]) -> tuple[int, int] | None:
        *_, reached = self.walked(form, pieces)
        ends = [
            irregular + more
            for (here, after), irregular in reached.items()
            for more in self.ends(form, here, after)
        ]
        return (_malformed(pieces), min(ends)) if ends else None

    def earlier_record(self, form: ListOf, pieces: tuple[Piece, ...]) -> int | None:
        n = len(self.text)
        total = self.best(form, 0, "nothing")[:2]
        ways = zip((*pieces, Piece(n, n, False)), self.walked(form, pieces), strict=True)
        for number, (piece, reached) in enumerate(ways):
            limit = piece.start - 1 if piece.is_item else piece.start
            before = _malformed(pieces[:number])
            for (place, after), irregular in reached.items():
                for way, then in self.items(form, after, place):
                    malformed, more, _ = self.best(form, way.next, then)
                    cost = (before + malformed, irregular + more)
                    if way.element.start <= limit and cost == total:
                        return way.element.start
        return None

    def walked(self, form: ListOf, pieces: tuple[Piece, ...]) -> Iterator[_Places]:
        """Before each piece, and before the end: where one can be when all up to there is what the
        pieces say.
        """
        n = len(self.text)
        reached: _Places = {(0, "nothing"): 0}
        for piece in (*pieces, Piece(n, n, False)):
            reached = self.through_separators(form, reached, piece.start)
            yield reached
            behind: _Places = {}
            for (here, after), irregular in reached.items():
                nexts: list[tuple[int, After]] = [
                    (way.next, then)
                    for way, then in self.items(form, after, here)
                    if piece.is_item and way.element[1:3] == (piece.start, piece.end)
                ]
                if not piece.is_item and here == piece.start and may_begin(after):
                    nexts.append((piece.end, "item"))
                for place in nexts:
                    behind[place] = min(irregular, behind.get(place, irregular))
            reached = behind

    def through_separators(self, form: ListOf, start: _Places, most: int) -> _Places:
        """Where one can be, up to a place, if all that follows is separators and padding."""
        found = dict(start)
        todo = list(start)
        for here, after in todo:
            irregular = found[here, after]
            then, allowed = separated(form, after)
            ways: list[tuple[int, After, int]] = [
                (at, then, irregular + (not allowed)) for at in self.spelled(form.separators, here)
            ]
            if self.may_pad(form, after, here):
                ways.append((here + 1, after, irregular))
            for at, state, cost in ways:
                if at <= most and cost < found.get((at, state), inf):
                    found[at, state] = cost
                    todo.append((at, state))
        return found


def _malformed(pieces: tuple[Piece, ...]) -> int:
    return sum(piece.end - piece.start for piece in pieces if not piece.is_item)
