"""Leaves of strings with a grammar: the text of the schema's type, as the grammar reads it.

What the type says about white space comes first, so that a value has the text without it; the
facets of the type are asked of the text that the grammar writes. A text that is of no form of the
grammar costs only itself: it is a `Malformed` in its place, and the document is read. A list has
its malformed pieces in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from typing import TypeVar, cast

from ..errors.exceptions import MalformedResponse, Unwritable
from ..text.matcher import Machine
from ..text.parsed import Malformed, Parsed, Span
from .grammar_texts import Grammar
from .leaves import Leaf

T = TypeVar("T")


def list_leaf(
    base: Leaf[str],
    parse: Callable[[str], T],
    write: Callable[[T], str],
    machine: Machine,
    samples: tuple[str, ...],
) -> Leaf[T]:
    """Return the leaf of a grammar that reads every text, since it may be a list.

    `base` is the leaf of the text itself. A list that was read from a text is written as that text.
    """

    def read(text: str) -> T:
        return parse(base.read(text))

    def written(value: object) -> str:
        if _is_bare(value):
            why = "is no Parsed, which the function `as_…` makes of records"
            raise Unwritable("", type(value).__name__, why)
        text = _written(write, value)
        if isinstance(value, Parsed) and text != value.raw and parse(value.raw) == value:
            text = value.raw
        return base.write(text)

    return Leaf(base.name, read, written, Grammar(machine, samples))


def value_leaf(
    base: Leaf[str],
    parse: Callable[[str], T],
    write: Callable[[T], str],
    machine: Machine,
    samples: tuple[str, ...],
) -> Leaf[T | Malformed]:
    """Return the leaf of a grammar that is no list: a text that it does not read is a Malformed."""

    def read(text: str) -> T | Malformed:
        content = base.read(text)
        try:
            return parse(content)
        except MalformedResponse as problem:
            return Malformed(content, Span(0, len(content)), problem.reason)

    def written(value: object) -> str:
        if isinstance(value, Malformed):
            raise Unwritable("", value.raw, "is a malformed piece, which is not written")
        return base.write(_written(write, value))

    return Leaf(base.name, read, written, Grammar(machine, samples))


def _written(write: Callable[[T], str], value: object) -> str:
    """Return the text of a value. Raises Unwritable, with the place in the value.

    A formatter calls a value that is no record and no list by its type, which is no place here.
    """
    try:
        return write(cast("T", value))  # it refuses what is no such value
    except Unwritable as problem:
        first = problem.field.partition(".")[0].partition("[")[0]
        is_place = not first or isinstance(value, Parsed) or first in _fields(value)
        if is_place:
            raise
        raise Unwritable("", problem.part, problem.why) from None


def _is_bare(value: object) -> bool:
    """Say whether a value is records that a formatter takes, and no reading gives."""
    return isinstance(value, Iterable) and not isinstance(value, Parsed | str)


def _fields(value: object) -> Iterable[str]:
    return (own.name for own in fields(value)) if is_dataclass(value) else ()
