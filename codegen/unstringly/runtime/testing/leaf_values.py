"""Values of simple types for emulators: few, readable, and of their types.

A built-in type has texts that people take in at once, and a restriction what its facets leave of
them: members of an enumeration, bounds, texts of a pattern. Each value is tried: one that its leaf
does not write, or does not read back, is passed over.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
from math import inf, nextafter
from random import Random
from typing import Final, Protocol, cast, runtime_checkable

from ..xml.enumerations import Listing
from ..xml.escaping import escaped
from ..xml.facets import Facets, Restriction
from ..xml.leaves import Items, Leaf, Members
from ..xml.lexical import list_items
from ..xml.tables import Leaf as AnyLeaf
from .regex_texts import text_of

MOST_TRIED: Final = 60
"""The most values of a type that are tried."""

_TRIES: Final = 12
"""The texts of a pattern that are tried, and those of a built-in type."""

_WORDS: Final = ("amber", "birch", "cedar", "delta", "ember", "flint", "grove", "heron")
_ORDERED: Final = ("min_inclusive", "max_inclusive", "min_exclusive", "max_exclusive")


@runtime_checkable
class Texts(Protocol):
    """The origin of a leaf that knows its texts: those that people read, and any others.

    `text` draws one from a source of numbers, each from a least to a most one.
    """

    @property
    def samples(self) -> tuple[str, ...]:
        """The texts that people read at once."""
        ...

    def text(self, choose: Callable[[int, int], int], /) -> str:
        """Return a text."""
        ...


class NoValue(Exception):
    """No value of a type can be drawn; the message says of which."""


def leaf_value(leaf: AnyLeaf, random: Random) -> object:
    """Return a value of a leaf, which it writes and reads back. Raises NoValue."""
    for value in islice(candidates(leaf, random), MOST_TRIED):
        if is_of(leaf, value):
            return value
    raise NoValue(f"no value of the type {getattr(leaf, 'name', '')!r} has been found")


def is_of(leaf: AnyLeaf, value: object) -> bool:
    """Say whether a leaf writes a value, in characters of XML, and reads it back."""
    try:
        text = leaf.write(value)
        escaped(text)
        again = leaf.read(text)
    except ValueError:
        return False
    return again == value and type(again) is type(value)


def candidates(leaf: AnyLeaf, random: Random) -> Iterator[object]:
    """Yield values that may be of a leaf, the likeliest first; there may be any number of them."""
    match getattr(leaf, "origin", None):
        case Restriction(base=base, facets=facets):
            yield from _restricted(base, facets, random)
        case Items(item=item, least=least):
            yield from _lists(item, max(1, least), random)
        case Members(members=members):
            for member in random.sample(members, len(members)):
                yield from islice(candidates(member, random), _TRIES)
        case Listing(base=base, members=members, unknown=unknown):
            known = list(members)
            yield from random.sample(known, len(known))
            if unknown is not None:
                for text in islice(candidates(base, random), _TRIES):
                    yield unknown(text=text)
        case Texts() as own:
            samples = random.sample(own.samples, len(own.samples))
            more = (own.text(random.randint) for _ in range(_TRIES))
            yield from map(leaf.read, chain(samples, more))
        case _:
            yield from _built_in(leaf, random)


def _built_in(leaf: AnyLeaf, random: Random) -> Iterator[object]:
    drawn = _TEXTS.get(getattr(leaf, "name", ""), _any_text)
    for _ in range(_TRIES):
        try:
            yield leaf.read(drawn(random))
        except ValueError:
            continue


def _lists(item: AnyLeaf, size: int, random: Random) -> Iterator[object]:
    for more in (random.randint(0, 1), 0, 1):
        try:
            yield tuple(_item(item, random) for _ in range(size + more))
        except NoValue:
            return


def _item(item: AnyLeaf, random: Random) -> object:
    """Return a value that can be an item of a list. Raises NoValue."""
    for value in islice(map(as_item, candidates(item, random)), MOST_TRIED):
        if is_of(item, value) and len(list_items(item.write(value))) == 1:
            return value
    raise NoValue("no item of a list has been found")


def as_item(value: object) -> object:
    """Return a value that can be an item of a list: a text has no white space in it."""
    return "-".join(value.split()) if isinstance(value, str) else value


def _restricted(base: Leaf[object], facets: Facets, random: Random) -> Iterator[object]:
    if facets.enumeration:
        yield from random.sample(facets.enumeration, len(facets.enumeration))
    for text in chain.from_iterable(_of_pattern(p.regex, facets, random) for p in facets.patterns):
        try:
            yield base.read(text)
        except ValueError:
            continue
    usual = list(islice(candidates(base, random), _TRIES))
    yield from _between(facets, random)
    yield from (_of_size(value, facets) for value in usual)
    for name in _ORDERED:
        bound = getattr(facets, name)
        if bound is not None:
            yield bound
            yield from _beside(bound)
    yield from usual


def _of_pattern(regex: str, facets: Facets, random: Random) -> Iterator[str]:
    """Yield texts of a pattern, as long as the facets ask for."""
    sizes = [facets.length, facets.min_length, facets.max_length, facets.total_digits, 0]
    try:
        for size in (None, *(size for size in sizes if size is not None), None):
            for _ in range(3):
                yield text_of(regex, random, size)
    except ValueError:
        return


def _between(facets: Facets, random: Random) -> Iterator[object]:
    """Yield numbers between the bounds, with as many digits as there may be."""
    low, high = (
        next((bound for bound in bounds if isinstance(bound, int | float | Decimal)), None)
        for bounds in (
            (facets.min_inclusive, facets.min_exclusive),
            (facets.max_inclusive, facets.max_exclusive),
        )
    )
    known = low if low is not None else high
    if known is None:
        digits = facets.total_digits
        if digits is not None:
            whole = random.randint(1, 10 ** min(digits, 3) - 1)
            yield from (whole, Decimal(whole))
            yield from (whole % 10, Decimal(whole % 10))
        return
    cls = type(known)
    start = Decimal(known if low is None else low) - (100 if low is None else 0)
    end = start + 100 if high is None else Decimal(high)
    for places in (facets.fraction_digits or 0, 0, 2, 6):
        step = Decimal(1).scaleb(-places)
        for _ in range(2):
            part = Decimal(random.randint(0, 1000)) / 1000
            number = (start + (end - start) * part).quantize(step) if abs(end) < 10**18 else end
            yield cls(number)


def _of_size(value: object, facets: Facets) -> object:
    """Return a text, bytes or a list with as many items as the facets ask for."""
    size = facets.length
    least = facets.min_length or 0 if size is None else size
    most = facets.max_length if size is None else size
    match value:
        case str():
            text = value if most is None else value[:most].strip() or "x"[:most]
            return text + "x" * (least - len(text))
        case bytes():
            return value[:most].ljust(least, b"x")
        case tuple():
            items = cast("tuple[object, ...]", value)
            return (items * max(1, least))[: max(least, len(items)) if most is None else most]
        case _:
            return value


def _beside(bound: object) -> Iterator[object]:
    """Yield what is a little more and a little less than a bound."""
    match bound:
        case float():
            yield from (bound + 1, bound - 1, nextafter(bound, inf), nextafter(bound, -inf))
        case Decimal():
            yield from (bound + 1, bound - 1, bound.next_plus(), bound.next_minus())
        case int():
            yield from (bound + 1, bound - 1)
        case datetime() | date():
            for days in (1, -1):
                try:
                    yield bound + timedelta(days=days)
                except OverflowError:
                    continue
        case time():
            for hour in (bound.hour + 1, bound.hour - 1):
                yield bound.replace(hour=hour % 24)
            yield bound.replace(hour=0, minute=0, second=0, microsecond=0)
            yield bound.replace(hour=23, minute=59, second=59, microsecond=999_999)
        case _:
            return


def _number(random: Random) -> str:
    return str(random.randint(1, 99))


def _negative(random: Random) -> str:
    return f"-{_number(random)}"


def _any_text(random: Random) -> str:
    return f"{random.choice(_WORDS)} {_number(random)}"


def _name(random: Random) -> str:
    return f"{random.choice(_WORDS)}{_number(random)}"


def _fraction(random: Random) -> str:
    return f"{_number(random)}.{random.choice(('5', '25', '75'))}"


def _day(random: Random) -> str:
    return f"2030-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def _clock(random: Random) -> str:
    return f"{random.randint(8, 18):02}:{random.randint(0, 59):02}:00"


def _base64(random: Random) -> str:
    return b64encode(_any_text(random).encode("ascii")).decode("ascii")


_INTEGERS: Final = (
    *("integer", "nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_TEXTS: Final[Mapping[str, Callable[[Random], str]]] = {
    **dict.fromkeys(_INTEGERS, _number),
    **dict.fromkeys(("nonPositiveInteger", "negativeInteger"), _negative),
    **dict.fromkeys(("Name", "NCName", "ID", "IDREF", "ENTITY", "NMTOKEN"), _name),
    **dict.fromkeys(("decimal", "float", "double"), _fraction),
    "boolean": lambda random: random.choice(("true", "false")),
    "hexBinary": lambda random: _any_text(random).encode("ascii").hex().upper(),
    "base64Binary": _base64,
    "anyURI": lambda random: f"http://service.example/{_name(random)}",
    "language": lambda random: random.choice(("en", "zh", "pt-BR")),
    "dateTime": lambda random: f"{_day(random)}T{_clock(random)}",
    "dateTimeStamp": lambda random: f"{_day(random)}T{_clock(random)}Z",
    "date": _day,
    "time": _clock,
    "duration": lambda random: f"P{random.randint(1, 9)}D",
    "yearMonthDuration": lambda random: f"P{random.randint(1, 9)}M",
    "dayTimeDuration": lambda random: f"P{random.randint(1, 9)}D",
    "gYear": lambda random: _day(random)[:4],
    "gYearMonth": lambda random: _day(random)[:7],
    "gMonth": lambda random: f"-{_day(random)[4:7]}",
    "gMonthDay": lambda random: f"-{_day(random)[4:]}",
    "gDay": lambda random: f"---{_day(random)[8:]}",
}
"""Texts of the built-in types that are no lists, by their names; texts of any other are words."""
