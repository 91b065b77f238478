"""Hypothesis strategies of the values of simple types, as far as their facets go.

A restriction is drawn from what its facets leave of its base. A value that breaks another facet is
drawn again a few times; then it is one of a few that emulators draw. So no strategy is filtered to
nothing, and a pattern that leaves hardly a text costs little.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..xml.enumerations import Listing
from ..xml.facets import Facets, Restriction
from ..xml.leaves import Items, Leaf, Members
from ..xml.tables import Leaf as AnyLeaf
from .built_in_strategies import BUILT_INS, INTEGERS, TEXTS, between
from .leaf_values import NoValue, Texts, as_item, is_of, leaf_value

_TRIES: Final = 4
_SAMPLES: Final = 12
_MORE: Final = 8
"""The most items and characters above those that have to be, where there is no bound."""

_LONGEST: Final = 200
"""The most characters, items and repetitions that are drawn one by one."""

_COUNT: Final = re.compile(r"\{(\d+)")


_KNOWN: Final[dict[object, SearchStrategy[object]]] = {}


def leaf_strategy(leaf: AnyLeaf) -> SearchStrategy[object]:
    """Draw values of a leaf: it writes each of them, and reads the same back.

    Where no value is found, drawing raises NoValue.
    """
    known = _KNOWN.get(leaf)
    if known is None:
        known = _KNOWN[leaf] = _of_leaf(leaf, _wide(leaf), _samples(leaf))
    return known


@st.composite
def _of_leaf(
    draw: DrawFn, leaf: AnyLeaf, wide: SearchStrategy[object], samples: tuple[object, ...]
) -> object:
    for _ in range(_TRIES):
        value = draw(wide)
        if is_of(leaf, value):
            return value
    if not samples:
        raise NoValue(f"no value of the type {getattr(leaf, 'name', '')!r} has been found")
    return draw(st.sampled_from(samples))


def _samples(leaf: AnyLeaf) -> tuple[object, ...]:
    """Return the values that emulators draw, each once."""
    values: list[object] = []
    for number in range(_SAMPLES):
        try:
            value = leaf_value(leaf, Random(number))
        except NoValue:
            continue
        if value not in values:
            values.append(value)
    return tuple(values)


def _wide(leaf: AnyLeaf) -> SearchStrategy[object]:
    """Return a strategy that draws most values of a leaf, and perhaps others."""
    match getattr(leaf, "origin", None):
        case Restriction(base=base, facets=facets):
            return st.one_of(*_restricted(base, facets))
        case Items(item=item, least=least):
            return _tuples(leaf_strategy(item).map(as_item), least, least + _MORE)
        case Members(members=members):
            return st.one_of(*map(leaf_strategy, members))
        case Listing(base=base, members=members, unknown=unknown):
            known = st.sampled_from(members)
            return known if unknown is None else known | _unknown(unknown, leaf_strategy(base))
        case Texts() as own:
            samples = [st.sampled_from(own.samples)] if own.samples else []
            return _read(leaf, st.one_of(*samples, _texts(own)))
        case _:
            name = getattr(leaf, "name", "")
            return BUILT_INS[name] if name in BUILT_INS else _read(leaf, TEXTS["string"])


@st.composite
def _texts(draw: DrawFn, own: Texts) -> str:
    return own.text(lambda least, most: draw(st.integers(least, most)))


def _unknown(cls: Callable[..., Any], texts: SearchStrategy[object]) -> SearchStrategy[object]:
    return texts.map(lambda text: cls(text=text))


def _read(leaf: AnyLeaf, texts: SearchStrategy[str]) -> SearchStrategy[object]:
    """Draw the values of texts, and None for texts that the leaf does not read."""

    def value(text: str) -> object:
        try:
            return leaf.read(text)
        except ValueError:
            return None

    return texts.map(value)


def _tuples(items: SearchStrategy[object], least: int, most: int) -> SearchStrategy[object]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def _restricted(base: Leaf[object], facets: Facets) -> list[SearchStrategy[object]]:
    """Return strategies of what the facets leave, one of which decides the least."""
    if facets.enumeration:
        return [st.sampled_from(facets.enumeration)]
    strategies = [
        _read(base, st.from_regex(pattern.regex, fullmatch=True))
        for pattern in facets.patterns
        if all(int(count) <= _LONGEST for count in _COUNT.findall(pattern.regex))
    ]
    if not strategies:
        strategies += [*_of_size(base, facets), *_of_digits(base, facets), *_of_bounds(facets)]
    return strategies or [leaf_strategy(base)]


def _of_size(base: Leaf[object], facets: Facets) -> list[SearchStrategy[object]]:
    least = facets.min_length or 0 if facets.length is None else facets.length
    most = facets.max_length if facets.length is None else facets.length
    if (most is None and not least) or least > _LONGEST:
        return []
    most = least + _MORE if most is None else min(most, least + _LONGEST)
    if least > most:
        return []
    if isinstance(base.origin, Items):
        items = leaf_strategy(base.origin.item).map(as_item)
        return [_tuples(items, least, min(most, least + _MORE))]
    if base.name in ("hexBinary", "base64Binary"):
        return [st.binary(min_size=least, max_size=most)]
    if base.name in TEXTS:
        sized = st.text("abXY019é中", min_size=least, max_size=most)
        return [sized, TEXTS[base.name].map(lambda text: text[:most].ljust(least, "x"))]
    return []


def _of_digits(base: Leaf[object], facets: Facets) -> list[SearchStrategy[object]]:
    total, places = facets.total_digits, facets.fraction_digits
    if total is None and places is None:
        return []
    most = 10 ** min(18 if total is None else total, _LONGEST) - 1
    whole = st.integers(-most, most) | st.integers(0, most)
    if base.name in INTEGERS:
        return [whole, st.integers(0, min(most, 127))]
    most_places = min(6 if places is None else places, 60)
    return [st.builds(_scaled, whole, st.integers(0, most_places))]


def _scaled(number: int, places: int) -> Decimal:
    sign, digits, _ = Decimal(number).as_tuple()
    return Decimal((sign, digits, -places))


def _of_bounds(facets: Facets) -> list[SearchStrategy[object]]:
    low = facets.min_exclusive if facets.min_inclusive is None else facets.min_inclusive
    high = facets.max_exclusive if facets.max_inclusive is None else facets.max_inclusive
    if low is None and high is None:
        return []
    try:
        drawn = between(low, high, facets.fraction_digits)
        if drawn is not None:
            drawn.validate()  # which strategies otherwise do not do before they draw
    except (ValueError, TypeError, ArithmeticError):  # the bounds leave nothing, or have no order
        return []
    return [] if drawn is None else [drawn]
