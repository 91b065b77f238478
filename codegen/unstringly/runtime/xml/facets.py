"""Facets: what a restriction asks of the values of a type (section 4.3).

They are asked of what is written, before anything is sent. What a server sends is read without
them: it knows its own values best, and a text that breaks a facet is still a value of the type.
"""

from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass
from decimal import Decimal
from operator import ne
from typing import TYPE_CHECKING, Final, Literal, TypeVar, cast

from .columns import AnyColumn, Column
from .leaves import Leaf, unchanged
from .lexical import collapsed, compiled, replaced, unwritable
from .ordering import order

if TYPE_CHECKING:
    import re

T_co = TypeVar("T_co", covariant=True)

MOST_LISTED: Final = 10
"""Values of an enumeration that a rule lists."""


@dataclass(frozen=True, slots=True)
class PatternFacet:
    """A pattern as the schema has it, and the same for Python's `re`, which the generator made."""

    source: str
    regex: str

    def matches(self, text: str) -> bool:
        """Say whether a whole text is of the pattern."""
        return self.match(text) is not None

    @property
    def match(self) -> "Callable[[str], re.Match[str] | None]":
        """What finds the pattern in a text that is of it as a whole."""
        return compiled(self.regex).fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The facets of a type, those of the types that it restricts included; None is no facet.

    Lengths are characters of a text, bytes, or items of a list. Bounds and the members of the
    enumeration are values. A text has to match each of the patterns.
    """

    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_inclusive: object = None
    max_inclusive: object = None
    min_exclusive: object = None
    max_exclusive: object = None
    total_digits: int | None = None
    fraction_digits: int | None = None
    enumeration: tuple[object, ...] | None = None
    patterns: tuple[PatternFacet, ...] = ()
    white_space: Literal["preserve", "replace", "collapse"] = "preserve"

    @property
    def has_digits(self) -> bool:
        """Whether the digits of numbers are counted."""
        return self.total_digits is not None or self.fraction_digits is not None

    @property
    def has_lengths(self) -> bool:
        """Whether there is a rule about lengths."""
        return not (self.length is self.min_length is self.max_length is None)

    @property
    def has_bounds(self) -> bool:
        """Whether there is a least or a greatest value."""
        inclusive = self.min_inclusive, self.max_inclusive
        bounds = (*inclusive, self.min_exclusive, self.max_exclusive)
        return any(bound is not None for bound in bounds)


@dataclass(frozen=True, slots=True)
class Restriction:
    """The origin of a restriction: the leaf that it restricts, and its facets."""

    base: Leaf[object]
    facets: Facets


def restricted(name: str, base: Leaf[T_co], facets: Facets) -> Leaf[T_co]:
    """Return the leaf of a restriction: it reads what `base` reads, and writes less."""
    normal = _WHITE_SPACE[facets.white_space]
    read = base.read

    def write(value: object) -> str:
        text = base.write(value)
        rule = _broken(facets, base, value, text)
        if rule is not None:
            raise unwritable(text, rule)
        return text

    origin, column = Restriction(base, facets), _column(facets, base)
    if facets.white_space == "preserve":
        return Leaf(name, read, write, origin, column, base.read_all)
    read_all = None if base.read_all is unchanged else base.read_all
    return Leaf(name, lambda text: read(normal(text)), write, origin, column, read_all)


def _column(facets: Facets, base: Leaf[object]) -> AnyColumn | None:
    """Return how many values of a restriction are written at once, if those of its base are."""
    below = base.column
    if below is None:
        return None

    def write(values: Sequence[object]) -> list[str] | None:
        texts = below.write(values)
        if texts is None or not _are_as_asked(facets, base, below.of, values, texts):
            return None
        return texts

    return Column(below.of, write, below.is_plain)


def _are_as_asked(
    facets: Facets,
    base: Leaf[object],
    of: type[object],
    values: Sequence[object],
    texts: Sequence[str],
) -> bool:
    """Say whether values of one Python type break no rule. Each rule is asked of few of them."""
    if facets.white_space != "preserve":
        normal = _WHITE_SPACE[facets.white_space]
        if any(map(ne, map(normal, texts), texts)):
            return False
    if facets.has_digits:
        pairs = zip(values, texts, strict=True)
        if any(_digits(facets, value, text) for value, text in pairs):
            return False
    if facets.has_bounds and any(_bounds(facets, base, value) for value in _ends(of, values)):
        return False
    listed = () if facets.enumeration is None else set(values)
    if any(_enumeration(facets, base, value) for value in listed):
        return False
    if facets.has_lengths and any(_length(facets, own) for own in _of_each_length(of, values)):
        return False
    return all(all(map(own.match, texts)) for own in facets.patterns)


def _ends(of: type[object], values: Sequence[object]) -> Sequence[object]:
    """Return values that are within bounds if all are."""
    if of not in (int, float, Decimal):
        return values
    numbers = cast("Sequence[int]", values)
    return min(numbers), max(numbers)


def _of_each_length(of: type[object], values: Sequence[object]) -> Iterable[object]:
    """Return a value of each length that there is, if values of a type have lengths."""
    sized = cast("Sequence[str]", values if of in (str, bytes) else ())
    return dict(zip(map(len, sized), sized, strict=True)).values()


def broken_rule(facets: Facets, base: Leaf[object], value: object) -> str | None:
    """Return what a value must be and is not, in words without the value; None if it is all.

    The words are those of a clause: "must have at most 10 characters". Raises Unwritable for a
    value that is not of the base type.
    """
    return _broken(facets, base, value, base.write(value))


def _broken(facets: Facets, base: Leaf[object], value: object, text: str) -> str | None:
    return (
        _white_space(facets, text)
        or _length(facets, value)
        or _digits(facets, value, text)
        or _bounds(facets, base, value)
        or _pattern(facets, text)
        or _enumeration(facets, base, value)
    )


def _unchanged(text: str) -> str:
    return text


_WHITE_SPACE: Final[dict[str, Callable[[str], str]]] = {
    "preserve": _unchanged,
    "replace": replaced,
    "collapse": collapsed,
}


def _white_space(facets: Facets, text: str) -> str | None:
    if _WHITE_SPACE[facets.white_space](text) == text:
        return None
    if facets.white_space == "replace":
        return "must have no tabs and line ends"
    return "must have no white space around it, and single spaces in it"


def _length(facets: Facets, value: object) -> str | None:
    if isinstance(value, str):
        size, unit = len(value), "character"
    elif isinstance(value, bytes | bytearray):
        size, unit = len(value), "byte"
    elif isinstance(value, tuple | list):
        size, unit = len(cast("Sized", value)), "item"
    else:  # lengths of QName and NOTATION mean nothing (section 4.3.1.3)
        return None
    if facets.length is not None and size != facets.length:
        return f"must have {_counted(facets.length, unit)}"
    if facets.min_length is not None and size < facets.min_length:
        return f"must have at least {_counted(facets.min_length, unit)}"
    if facets.max_length is not None and size > facets.max_length:
        return f"must have at most {_counted(facets.max_length, unit)}"
    return None


def _digits(facets: Facets, value: object, text: str) -> str | None:
    if not facets.has_digits:
        return None
    integer, _, fraction = text.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    total = max(len((integer + fraction).lstrip("0")), len(fraction))
    if facets.total_digits is not None and total > facets.total_digits:
        return f"must have at most {_counted(facets.total_digits, 'digit')}"
    if facets.fraction_digits is not None and len(fraction) > facets.fraction_digits:
        return f"must have at most {_counted(facets.fraction_digits, 'digit')} of its fraction"
    return None


def _bounds(facets: Facets, base: Leaf[object], value: object) -> str | None:
    for bound, orders, words in (
        (facets.min_inclusive, (0, 1), "at least"),
        (facets.max_inclusive, (-1, 0), "at most"),
        (facets.min_exclusive, (1,), "more than"),
        (facets.max_exclusive, (-1,), "less than"),
    ):
        if bound is not None and order(value, bound) not in orders:
            return f"must be {words} {base.write(bound)}"
    return None


def _pattern(facets: Facets, text: str) -> str | None:
    for pattern in facets.patterns:
        if not pattern.matches(text):
            return f"must match the pattern {pattern.source}"
    return None


def _enumeration(facets: Facets, base: Leaf[object], value: object) -> str | None:
    members = facets.enumeration
    if members is None or value in members:
        return None
    listed = ", ".join(repr(base.write(member)) for member in members[:MOST_LISTED])
    more = f" or {len(members) - MOST_LISTED} others" if len(members) > MOST_LISTED else ""
    return f"must be {listed}{more}" if len(members) == 1 else f"must be one of {listed}{more}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number:,} {unit}s"
