"""Facets: what a restriction asks of the values of a type (section 4.3).

They are asked of what is written, before anything is sent. What a server sends is read without
them: it knows its own values best, and a text that breaks a facet is still a value of the type.
"""

from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import Final, Literal, TypeVar, cast

from .leaves import Leaf, unchanged
from .lexical import collapsed, compiled, replaced, unwritable
from .ordering import order

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
        return compiled(self.regex).fullmatch(text) is not None


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

    origin = Restriction(base, facets)
    if facets.white_space == "preserve":
        return Leaf(name, read, write, origin, read_all=base.read_all)
    read_all = None if base.read_all is unchanged else base.read_all
    return Leaf(name, lambda text: read(normal(text)), write, origin, read_all=read_all)


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
    if facets.total_digits is None and facets.fraction_digits is None:
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
