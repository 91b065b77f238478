"""Many records of one class, written by columns: all values of an element at once.

Columns of texts are laid between the tags, which are the same in all records; then all is joined.
An element that holds a record has the columns of that record. Where elements are not in all
records, or are lists, each record gets one text for them.

What is wrong is not told here: whoever gets None writes record by record.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Final, TypeAlias, cast

from .escaping import all_escaped
from .tables import Attribute, Element, Leaf, ScopedLeaf
from .writing_plans import Row, Step, WritingPlan

Piece: TypeAlias = str | list[str]
"""A text that all records have, or one for each of them."""

FEWEST: Final = 16
"""Fewer records are written faster one by one."""
_MOST: Final = 1_000
"""So many are written at once, however many there are: more of them take more memory."""

_NONE: Final = type(None)


class ColumnWriting:
    """What writes columns; `none` returns what stands for a None, and raises ValueError."""

    def __init__(self, none: Callable[[Step], str]) -> None:
        self._none = none

    def elements(self, step: Step, plan: WritingPlan, records: tuple[object, ...]) -> str | None:
        """Return an element for each record of a plan; None if they are to be written otherwise."""
        try:
            return "".join(self._parts(step, plan, records))
        except ValueError:
            return None

    def _parts(self, step: Step, plan: WritingPlan, records: tuple[object, ...]) -> Iterator[str]:
        for start in range(0, len(records), _MOST):
            some = records[start : start + _MOST]
            yield "".join(_laid(self._records(step, plan, some), len(some)))

    def _records(self, step: Step, plan: WritingPlan, records: Sequence[object]) -> list[Piece]:
        """Return the pieces of an element for each record."""
        if plan.cls is not None and {*map(type, records)} != {plan.cls}:
            raise ValueError
        if plan.cls is None and plan.attributes:
            raise ValueError
        inside = self._inside(plan, records)
        if not plan.attributes:
            return [step.opening, *inside, step.closing]
        attributes = [_attribute(tag, own, records) for tag, own in plan.attributes]
        return [f"<{step.tag}", *chain(*attributes), ">", *inside, step.closing]

    def _inside(self, plan: WritingPlan, records: Sequence[object]) -> Iterator[Piece]:
        """Yield the pieces of what is in an element."""
        if plan.text is not None:
            values = records if plan.cls is None else _values(plan.text.slot, records)
            assert not isinstance(plan.text.type, ScopedLeaf)
            yield _texts(plan.text.type, values)
            return
        assert plan.inside is not None
        columns = zip(*map(plan.values, records), strict=True)
        for row, column in zip(plan.inside.rows, columns, strict=False):
            yield from self._many(row, column) if row.is_many else self._one(row, column)

    def _one(self, row: Row, column: Sequence[object]) -> list[Piece]:
        """Return the pieces of an element of which each record has one or none."""
        if _NONE not in {*map(type, column)}:
            return self._elements(row, column)
        none = self._none(row.step)
        there = [value for value in column if value is not None]
        if not there:
            return [none]
        texts = iter(_each(self._elements(row, there), len(there)))
        return [[none if value is None else next(texts) for value in column]]

    def _many(self, row: Row, column: Sequence[object]) -> list[Piece]:
        """Return the pieces of an element of which each record has a list."""
        if {*map(type, column)} != {tuple}:
            raise ValueError
        lists = cast("Sequence[tuple[object, ...]]", column)
        counts = [*map(len, lists)]
        element = cast("Element", row.step.particle)
        if min(counts) < element.least:
            raise ValueError
        if element.most is not None and element.most < max(counts):
            raise ValueError
        items = [*chain.from_iterable(lists)]
        if not items:
            return []
        texts = self._items(row, items)
        ends = accumulate(counts)
        return [["".join(texts[end - n : end]) for n, end in zip(counts, ends, strict=True)]]

    def _items(self, row: Row, items: Sequence[object]) -> list[str]:
        """Return the element of each item: there may be far more of them than of records."""
        texts: list[str] = []
        for start in range(0, len(items), _MOST):
            some = items[start : start + _MOST]
            texts += _each(self._elements(row, some), len(some))
        return texts

    def _elements(self, row: Row, values: Sequence[object]) -> list[Piece]:
        """Return the pieces of an element for each value."""
        if row.leaf is not None:
            return [row.step.opening, _texts(row.leaf, values), row.step.closing]
        assert row.inner is not None
        return self._records(row.step, row.inner, values)


def _values(slot: str, records: Sequence[object]) -> list[object]:
    return [*map(attrgetter(slot), records)]


def _attribute(tag: str, own: Attribute, records: Sequence[object]) -> list[Piece]:
    """Return the pieces of an attribute."""
    values = _values(own.slot, records)
    assert not isinstance(own.type, ScopedLeaf)
    if own.missing is not None or own.is_required or _NONE not in {*map(type, values)}:
        return [f' {tag}="', _texts(own.type, values, is_attribute=True), '"']
    there = [value for value in values if value is not None]
    if not there:
        return []
    texts = iter(_texts(own.type, there, is_attribute=True))
    return [["" if value is None else f' {tag}="{next(texts)}"' for value in values]]


def _texts(leaf: Leaf, values: Sequence[object], *, is_attribute: bool = False) -> list[str]:
    """Return values of a simple type as XML has them. Raises ValueError."""
    column = leaf.column
    if column is not None and {*map(type, values)} == {column.of}:
        texts = column.write(values)
        if texts is not None:
            return texts if column.is_plain else all_escaped(texts, is_attribute=is_attribute)
    return all_escaped([*map(leaf.write, values)], is_attribute=is_attribute)


def _laid(pieces: Sequence[Piece], count: int) -> list[str]:
    """Return the texts of so many records in their order."""
    joined = _joined(pieces)
    parts = [piece if isinstance(piece, str) else "" for piece in joined] * count
    for place, piece in enumerate(joined):
        if not isinstance(piece, str):
            parts[place :: len(joined)] = piece
    return parts


def _each(pieces: Sequence[Piece], count: int) -> list[str]:
    """Return one text for each of so many records."""
    joined = _joined(pieces)
    match joined:
        case [str() as before, list() as texts, str() as behind]:
            return [f"{before}{text}{behind}" for text in texts]
        case _:
            pass
    parts, size = _laid(joined, count), len(joined)
    return ["".join(parts[start : start + size]) for start in range(0, len(parts), size)]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with no two neighbours that all records have."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
