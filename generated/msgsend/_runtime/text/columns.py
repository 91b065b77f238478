# Copied by unstringly 0.1.0. Do not edit.
"""Columns: the contents of one field in many records, checked and made into values at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from .forms import PADDING, Form

V = TypeVar("V")

Column = Callable[[Sequence[str], bool], Iterable[object] | None]
"""A function that returns the values of a field's contents, in order.

It returns None if a content is not of the field's form. The second argument says whether padding
may stand around contents, which is not part of them.
"""


def trimmed(contents: Sequence[str]) -> Sequence[str]:
    """Return the contents without the padding around them."""
    joined = "".join(contents)
    if not any(character in joined for character in PADDING):
        return contents
    return [content.strip(PADDING) for content in contents]


def texts(form: Form) -> Column:
    """Make a column of texts, which are the contents as they are."""

    def read(contents: Sequence[str], padded: bool) -> Iterable[str] | None:
        contents = trimmed(contents) if padded else contents
        return contents if form.fits_all(contents) else None

    return read


def numbers(form: Form, make: Callable[[str], object]) -> Column:
    """Make a column of whole or decimal numbers, or of others that `make` makes of contents."""

    def read(contents: Sequence[str], padded: bool) -> Iterable[object] | None:
        contents = trimmed(contents) if padded else contents
        return map(make, contents) if form.fits_all(contents) else None

    return read


def codes(known: Mapping[str, V], form: Form | None, other: Callable[[str], object]) -> Column:
    """Make a column of an enum's members by their spelling, and of other texts, if it is open."""

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


def spellings(known: Mapping[str, V]) -> Column:
    """Make a column of values by their spellings, which are all that there are."""

    def read(contents: Sequence[str], padded: bool) -> Iterable[object] | None:
        contents = trimmed(contents) if padded else contents
        try:
            return list(map(known.__getitem__, contents))
        except KeyError:
            return None

    return read


def none_among(nils: Sequence[str], column: Column) -> Column:
    """Make a column in which each of several texts stands for None."""
    texts = frozenset(nils)

    def read(contents: Sequence[str], padded: bool) -> Iterable[object] | None:
        contents = trimmed(contents) if padded else contents
        values = column([content for content in contents if content not in texts], False)
        if values is None:
            return None
        following = iter(values)
        return [None if content in texts else next(following) for content in contents]

    return read


def or_none(nil: str, column: Column) -> Column:
    """Make a column in which the text `nil` stands for None."""

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
