"""Columns: the contents of one field in many records, checked and made into values at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from .forms import PADDING, Form

V = TypeVar("V")

Column = Callable[[Sequence[str], bool], Iterable[object] | None]
"""The values of a field's contents, in order; None if a content is not of the field's form.

The second argument says whether there may be padding around contents that is no part of them.
"""


def trimmed(contents: Sequence[str]) -> Sequence[str]:
    """The contents without the padding around them."""
    joined = "".join(contents)
    if not any(character in joined for character in PADDING):
        return contents
    return [content.strip(PADDING) for content in contents]


def texts(form: Form) -> Column:
    """The contents as they are."""

    def read(contents: Sequence[str], padded: bool) -> Iterable[str] | None:
        contents = trimmed(contents) if padded else contents
        return contents if form.fits_all(contents) else None

    return read


def numbers(form: Form, make: type[int] | type[Decimal]) -> Column:
    """Whole or decimal numbers."""

    def read(contents: Sequence[str], padded: bool) -> Iterable[object] | None:
        contents = trimmed(contents) if padded else contents
        return map(make, contents) if form.fits_all(contents) else None

    return read


def codes(known: Mapping[str, V], form: Form | None, other: Callable[[str], object]) -> Column:
    """The members of an enum by their spelling, and where it is open, other texts of its form."""

    def read(contents: Sequence[str], padded: bool) -> Iterable[object] | None:
        contents = trimmed(contents) if padded else contents
        try:
            return list(map(known.__getitem__, contents))
        except KeyError:
            different = set(contents)
        if form is None or not form.fits_all([text for text in different if text not in known]):
            return None
        values = {text: other(text) for text in different}
        return [values[text] for text in contents]

    return read


def or_none(nil: str, column: Column) -> Column:
    """The values of a column in which a text stands for None."""

    def read(contents: Sequence[str], padded: bool) -> Iterable[object] | None:
        contents = trimmed(contents) if padded else contents
        if nil not in contents:
            return column(contents, False)
        values = column([content for content in contents if content != nil], False)
        if values is None:
            return None
        following = iter(values)
        return [None if content == nil else next(following) for content in contents]

    return read
