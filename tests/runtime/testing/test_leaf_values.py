"""Values of simple types for emulators: they are of their types, readable, and found."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.testing.leaf_values import NoValue, is_of, leaf_value
from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.facets import Facets, PatternFacet, restricted
from unstringly.runtime.xml.leaves import Leaf, list_of, union_of
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.texts import STRING, TOKEN
from unstringly.runtime.xml.values import BUILT_INS

from .drawn_leaves import is_usable, satisfiable

SEEDS = st.integers(0, 10_000)


@pytest.mark.parametrize("name", sorted(BUILT_INS))
@given(seed=SEEDS)
def test_each_built_in_type_has_values(name: str, seed: int) -> None:
    leaf = BUILT_INS[name]
    value = leaf_value(leaf, Random(seed))
    text = leaf.write(value)
    assert leaf.read(text) == value
    assert text.isascii()
    assert text.isprintable()
    assert leaf_value(leaf, Random(seed)) == value


@given(satisfiable(), SEEDS)
def test_a_restriction_with_a_value_has_one_here(leaf: Leaf[object], seed: int) -> None:
    assert is_usable(leaf, leaf_value(leaf, Random(seed)))


@given(st.integers(-300, 300), st.integers(0, 6), st.booleans(), st.booleans(), SEEDS)
def test_open_bounds(low: int, width: int, below: bool, above: bool, seed: int) -> None:
    high = low + width
    facets = Facets(
        min_exclusive=low if below else None,
        min_inclusive=None if below else low,
        max_exclusive=high if above else None,
        max_inclusive=None if above else high,
    )
    expected = range(low + below, high + (not above))
    leaf = restricted("Between", INT, facets)
    if expected:
        assert leaf_value(leaf, Random(seed)) in expected
    else:
        with pytest.raises(NoValue, match="Between"):
            leaf_value(leaf, Random(seed))


PATTERNS: list[tuple[str, str, dict[str, Any]]] = [
    ("[0-9]{8}", "string", {}),
    ("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", "token", {"max_length": 20}),
    ("[a-z]+@[a-z]+", "string", {"min_length": 30}),
    ("(?:0[1-9]|1[0-2])/[0-9]{4}", "string", {"length": 7}),
    ("[^<>&]*", "string", {"min_length": 300, "max_length": 300}),
    (r"[\s\S]{0,4000}", "string", {"min_length": 3_999}),
    ("[1-9][0-9]*", "integer", {"total_digits": 3}),
    ("[a-z]{2}", "language", {}),
    ("-?[0-9]{1,3}\\.[0-9]{2}", "decimal", {"max_inclusive": Decimal(100)}),
]


@pytest.mark.parametrize(("regex", "base", "more"), PATTERNS)
@pytest.mark.parametrize("seed", range(10))
def test_patterns(regex: str, base: str, more: dict[str, Any], seed: int) -> None:
    facets = Facets(patterns=(PatternFacet(regex, regex),), **more)
    leaf = restricted("Pattern", BUILT_INS[base], facets)
    assert is_usable(leaf, leaf_value(leaf, Random(seed)))


BEYOND: list[tuple[str, Facets]] = [
    ("date", Facets(min_exclusive=date(2026, 1, 31))),
    ("date", Facets(max_exclusive=date(2026, 3, 1), min_exclusive=date(2026, 2, 27))),
    ("dateTime", Facets(max_exclusive=datetime(2, 1, 1, tzinfo=UTC))),
    ("time", Facets(min_exclusive=time(23, 30))),
    ("time", Facets(max_exclusive=time(0, 30))),
    ("integer", Facets(total_digits=1)),
    ("integer", Facets(total_digits=3, patterns=(PatternFacet("[1-9]*", "[1-9]*"),))),
    ("decimal", Facets(total_digits=2, fraction_digits=0)),
    ("double", Facets(min_exclusive=1e30)),
]
"""Restrictions that leave out their bounds, or say how many digits there are."""


@pytest.mark.parametrize(("base", "facets"), BEYOND)
@pytest.mark.parametrize("seed", range(5))
def test_beyond_bounds(base: str, facets: Facets, seed: int) -> None:
    leaf = restricted("Beyond", BUILT_INS[base], facets)
    assert is_usable(leaf, leaf_value(leaf, Random(seed)))


@pytest.mark.parametrize("facets", [Facets(min_exclusive=date.max), Facets(max_exclusive=date.min)])
def test_nothing_is_beyond_the_last_day(facets: Facets) -> None:
    with pytest.raises(NoValue):
        leaf_value(restricted("Never", BUILT_INS["date"], facets), Random(1))


class State(Enum):
    NEW = "new"
    SENT = "sent"


@record
class UnknownState:
    text: str


def test_an_enumeration_has_its_members_alone() -> None:
    leaf = enumeration("State", STRING, State, UnknownState)
    assert {leaf_value(leaf, Random(seed)) for seed in range(20)} == set(State)
    many = list_of("States", leaf)
    each: list[Any] = [leaf_value(many, Random(seed)) for seed in range(20)]
    assert {state for states in each for state in states} == set(State)


def test_what_is_not_listed_is_drawn_where_no_listed_one_will_do() -> None:
    leaf = enumeration("State", STRING, State, UnknownState)
    long = restricted("Long", leaf, Facets(patterns=(PatternFacet("[a-z]{5,}", "[a-z]{5,}"),)))
    value = leaf_value(long, Random(1))
    assert isinstance(value, UnknownState)
    assert is_usable(long, value)


def test_a_list_whose_items_have_no_value_has_none() -> None:
    never = restricted("Never", INT, Facets(min_inclusive=2, max_inclusive=1))
    with pytest.raises(NoValue):
        leaf_value(list_of("Nothing", never, 1), Random(1))


def test_members_of_a_union_are_tried_until_one_has_a_value() -> None:
    never = restricted("Never", INT, Facets(min_inclusive=2, max_inclusive=1))
    both = union_of("Either", never, TOKEN)
    assert {type(leaf_value(both, Random(seed))) for seed in range(10)} == {str}


@given(SEEDS, st.integers(0, 3))
def test_lists_and_unions(seed: int, least: int) -> None:
    inner = union_of("Either", enumeration("State", STRING, State), INT)
    leaf = list_of("Many", inner, least)
    value: Any = leaf_value(leaf, Random(seed))
    assert len(value) >= max(1, least)
    assert is_usable(leaf, value)


@given(SEEDS, st.integers(0, 9), st.integers(0, 9))
def test_sizes_of_lists(seed: int, least: int, more: int) -> None:
    facets = Facets(min_length=least, max_length=least + more)
    leaf = restricted("Some", list_of("Tokens", TOKEN), facets)
    assert is_usable(leaf, leaf_value(leaf, Random(seed)))


@pytest.mark.parametrize(
    "facets",
    [
        Facets(patterns=(PatternFacet("a{3}", "a{3}"), PatternFacet("b{3}", "b{3}"))),
        Facets(patterns=(PatternFacet("?", "(?!)"),)),
        Facets(length=2, enumeration=("abc",)),
    ],
)
def test_a_type_without_values_says_so(facets: Facets) -> None:
    with pytest.raises(NoValue, match="'Nothing'"):
        leaf_value(restricted("Nothing", STRING, facets), Random(1))


@pytest.mark.parametrize(
    ("leaf", "value", "expected"),
    [
        (INT, 5, True),
        (INT, True, False),
        (INT, "5", False),
        (INT, 2**40, False),
        (STRING, "a\0b", False),
        (STRING, "\ud800", False),
        (STRING, "\t\n\r", True),
        (TOKEN, "a  b", False),
    ],
)
def test_what_is_of_a_type(leaf: Leaf[object], value: object, expected: bool) -> None:
    assert is_of(leaf, value) is expected
