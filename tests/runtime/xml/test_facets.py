"""Facets against libxml2, and the words in which they refuse."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.calendar_parts import GDay, GMonth, GMonthDay, GYear, GYearMonth
from unstringly.runtime.xml.decimals import DECIMAL
from unstringly.runtime.xml.facets import Facets, PatternFacet, broken_rule, restricted
from unstringly.runtime.xml.leaves import Leaf, list_of
from unstringly.runtime.xml.numbers import DOUBLE, INT, INTEGER
from unstringly.runtime.xml.ordering import order
from unstringly.runtime.xml.precise import PreciseDatetime, PreciseTime, ZonedDate
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.values import BUILT_INS

from .drawn import VALUES

_ETREE: Any = import_module("lxml.etree")  # which has no annotations
XS = "http://www.w3.org/2001/XMLSchema"


@lru_cache(maxsize=4096)
def schema(base: str, facets: tuple[tuple[str, str], ...]) -> Any:
    inside = "".join(f"<xs:{name} value={quoteattr(value)}/>" for name, value in facets)
    text = (
        f'<xs:schema xmlns:xs="{XS}"><xs:element name="v"><xs:simpleType>'
        f'<xs:restriction base="xs:{base}">{inside}</xs:restriction>'
        "</xs:simpleType></xs:element></xs:schema>"
    )
    return _ETREE.XMLSchema(_ETREE.fromstring(text))


def is_valid(base: str, facets: tuple[tuple[str, str], ...], text: str) -> bool:
    element = _ETREE.Element("v")
    element.text = text
    try:
        return bool(schema(base, facets).validate(element))
    except _ETREE.XMLSchemaValidateError:  # a year that libxml2 cannot hold
        assume(False)
        raise


ZONE = re.compile("(Z|[+-][0-9]{2}:[0-9]{2})$")
BOUNDS = ["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"]
ORDERED = ["integer", "int", "decimal", "double", "dateTime", "date", "time", "gYearMonth"]


@pytest.mark.parametrize("name", ORDERED)
@given(kind=st.sampled_from(BOUNDS), data=st.data())
def test_bounds(name: str, kind: str, data: st.DataObject) -> None:
    leaf = BUILT_INS[name]
    values = data.draw(st.lists(VALUES[name], min_size=2, max_size=2))
    value, bound = data.draw(st.permutations([*values, values[0]]))[:2]
    text, bound_text = leaf.write(value), leaf.write(bound)
    assume(value == value and bound == bound and max(len(text), len(bound_text)) < 24)
    # libxml2 takes what has no zone for UTC, and lets times and months in zones wrap around.
    zones = [ZONE.search(one) is not None for one in (text, bound_text)]
    assume(zones[0] == zones[1] if name.startswith("date") else not any(zones))
    try:
        expected = is_valid(name, ((kind, bound_text),), text)
    except _ETREE.XMLSchemaParseError:  # nothing of the type is beyond the bound
        return
    rule = broken_rule(bounded(kind, bound), leaf, value)
    assert (rule is None) == expected
    assert rule is None or rule.endswith(bound_text)


@given(
    VALUES["decimal"] | st.decimals(-100, 100, places=2) | st.integers(-99, 99).map(Decimal),
    st.integers(1, 6),
    st.integers(0, 6),
)
def test_digits(value: object, total: int, fraction: int) -> None:
    text = DECIMAL.write(value)
    assume(len(text) < 20)
    number = Fraction(Decimal(text))
    fits = [n for n in range(25) if (number * 10**n).denominator == 1]
    rule = broken_rule(Facets(total_digits=total), DECIMAL, value)
    assert (rule is None) == any(abs(number * 10**n) < 10**total for n in fits if n <= total)
    rule = broken_rule(Facets(fraction_digits=fraction), DECIMAL, value)
    assert (rule is None) == (fits[0] <= fraction)


@given(st.text("ab\U00010000\n", max_size=5), st.integers(0, 4))
def test_lengths(text: str, length: int) -> None:
    for value, leaf in (
        (text, STRING),
        (b"\xff" * len(text), BUILT_INS["hexBinary"]),
        (tuple("a" * len(text)), list_of("List", STRING)),
    ):
        for facets, expected in (
            (Facets(length=length), len(text) == length),
            (Facets(min_length=length), len(text) >= length),
            (Facets(max_length=length), len(text) <= length),
        ):
            assert (broken_rule(facets, leaf, value) is None) == expected


def bounded(kind: str, bound: object) -> Facets:
    match kind:
        case "minInclusive":
            return Facets(min_inclusive=bound)
        case "maxInclusive":
            return Facets(max_inclusive=bound)
        case "minExclusive":
            return Facets(min_exclusive=bound)
        case _:
            return Facets(max_exclusive=bound)


@pytest.mark.parametrize(
    ("facets", "leaf", "value", "rule"),
    [
        (Facets(length=3), STRING, "ab", "must have 3 characters"),
        (Facets(min_length=1), STRING, "", "must have at least 1 character"),
        (Facets(max_length=2000), STRING, "a" * 2001, "must have at most 2,000 characters"),
        (Facets(max_length=1), BUILT_INS["hexBinary"], b"ab", "must have at most 1 byte"),
        (Facets(max_length=1), BUILT_INS["NMTOKENS"], ("a", "b"), "must have at most 1 item"),
        (Facets(min_inclusive=1), INT, 0, "must be at least 1"),
        (
            Facets(max_inclusive=date(2024, 1, 2)),
            BUILT_INS["date"],
            date(2024, 1, 3),
            "must be at most 2024-01-02",
        ),
        (Facets(min_exclusive=Decimal("0.0")), DECIMAL, Decimal(0), "must be more than 0.0"),
        (
            Facets(max_exclusive=GYear(2024)),
            BUILT_INS["gYear"],
            GYear(2024),
            "must be less than 2024",
        ),
        (Facets(total_digits=3), DECIMAL, Decimal("12.34"), "must have at most 3 digits"),
        (
            Facets(fraction_digits=1),
            DECIMAL,
            Decimal("0.25"),
            "must have at most 1 digit of its fraction",
        ),
        (
            Facets(patterns=(PatternFacet("[a-c]*", "[a-c]*"),)),
            STRING,
            "abcd",
            "must match the pattern [a-c]*",
        ),
        (Facets(enumeration=("A", "B")), STRING, "C", "must be one of 'A', 'B'"),
        (Facets(enumeration=("A",)), STRING, "C", "must be 'A'"),
        (
            Facets(enumeration=tuple(range(20))),
            INT,
            99,
            "must be one of '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' or 10 others",
        ),
        (
            Facets(white_space="collapse"),
            STRING,
            " a",
            "must have no white space around it, and single spaces in it",
        ),
        (Facets(white_space="replace"), STRING, "a\nb", "must have no tabs and line ends"),
    ],
)
def test_words(facets: Facets, leaf: Leaf[object], value: object, rule: str) -> None:
    assert broken_rule(facets, leaf, value) == rule
    narrower = restricted("Narrower", leaf, facets)
    with pytest.raises(Unwritable) as raised:
        narrower.write(value)
    assert raised.value.why == rule


def test_what_came_is_read_without_facets() -> None:
    narrower = restricted("Narrower", STRING, Facets(max_length=1, white_space="collapse"))
    assert narrower.read(" a  b\n") == "a b"
    assert narrower.write("a") == "a"


def test_all_facets_hold_together() -> None:
    facets = Facets(
        min_inclusive=1,
        max_exclusive=100,
        total_digits=2,
        patterns=(PatternFacet("[0-9]+", "[0-9]+"), PatternFacet(".*[05]", ".*[05]")),
        enumeration=(0, 5, 7, 10, 500),
    )
    leaf = restricted("Few", INTEGER, facets)
    written = [n for n in range(-1, 501) if broken_rule(facets, INTEGER, n) is None]
    assert written == [5, 10]
    assert [leaf.write(n) for n in written] == ["5", "10"]


def test_nan_is_within_no_bounds() -> None:
    for facets in (Facets(min_inclusive=0.0), Facets(max_inclusive=0.0)):
        assert broken_rule(facets, DOUBLE, float("nan")) is not None


MOMENTS = [
    date(2024, 1, 2),
    ZonedDate.of(date(2024, 1, 2), UTC),
    datetime(2024, 1, 2, 3, 4, 5),
    PreciseDatetime.of(datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "7"),
    time(3, 4, 5),
    PreciseTime.of(time(3, 4, 5), "7"),
    GYear(2024),
    GYearMonth(2024, 1),
    GMonth(1),
    GMonthDay(1, 2, UTC),
    GDay(2),
    1,
    Decimal("1.5"),
    0.5,
]
"""A value of each kind that has an order."""


def test_values_equal_themselves_in_order() -> None:
    assert [order(value, value) for value in MOMENTS] == [0] * len(MOMENTS)
    for value in ("a", b"a", True, None, ()):
        assert order(value, "a") is None
    assert order(1, "1") is None
    assert order(BUILT_INS["duration"].read("P1D"), 1) is None
    assert order(date(2024, 1, 2), 1) is None


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)),
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)) | st.none(),
    st.timedeltas(timedelta(hours=-15), timedelta(hours=15)),
)
def test_a_moment_without_a_zone_may_be_in_any(
    naive: datetime, far: datetime | None, near: timedelta
) -> None:
    zoned = (far or naive + near).replace(tzinfo=UTC)
    zones = [timezone(timedelta(hours=hours)) for hours in (-14, 14)]
    orders = {
        (moment > zoned) - (moment < zoned)
        for moment in (naive.replace(tzinfo=zone) for zone in zones)
    }
    expected = orders.pop() if len(orders) == 1 else None
    assert order(naive, zoned) == expected
    assert order(zoned, naive) == (None if expected is None else -expected)


YEARS = st.integers(-10_000, 10_000).filter(bool)
MONTHS = st.integers(1, 12)


@given(YEARS, YEARS, MONTHS, MONTHS, st.integers(1, 28), st.integers(1, 28))
def test_parts_of_the_calendar_are_in_the_order_of_their_numbers(
    year: int, other_year: int, month: int, other_month: int, day: int, other_day: int
) -> None:
    years = (year > other_year) - (year < other_year)
    months = (month > other_month) - (month < other_month)
    days = (day > other_day) - (day < other_day)
    assert order(GYear(year), GYear(other_year)) == years
    assert order(GYearMonth(year, month), GYearMonth(other_year, other_month)) == (years or months)
    assert order(GMonth(month), GMonth(other_month)) == months
    assert order(GMonthDay(month, day), GMonthDay(other_month, other_day)) == (months or days)
    assert order(GDay(day, UTC), GDay(other_day, UTC)) == days
