"""Durations: their parts as they came, and what a timedelta can hold of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.days import days_before
from unstringly.runtime.xml.durations import (
    DAY_TIME_DURATION,
    DURATION,
    YEAR_MONTH_DURATION,
    Duration,
)
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.ordering import order

from .drawn import DURATIONS

SMALL = st.builds(
    Duration,
    negative=st.booleans(),
    years=st.integers(0, 9),
    months=st.integers(0, 99),
    days=st.integers(0, 999),
    hours=st.integers(0, 99),
    minutes=st.integers(0, 99),
    seconds=st.integers(0, 99).map(Decimal),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "P1Y2M3DT4H5M6.70S",
            Duration(years=1, months=2, days=3, hours=4, minutes=5, seconds=Decimal("6.7")),
        ),
        ("-P60D", Duration(negative=True, days=60)),
        ("PT1M", Duration(minutes=1)),
        ("P1M", Duration(months=1)),
        ("PT0S", Duration()),
        ("-P0Y", Duration(negative=True)),
        ("P0099Y", Duration(years=99)),
    ],
)
def test_a_duration(text: str, value: Duration) -> None:
    assert DURATION.read(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "P",
        "PT",
        "P1YT",
        "-P",
        "P-1Y",
        "+P1Y",
        "P1S",
        "PT1D",
        "P1M1Y",
        "PT.5S",
        "PT5.S",
        "P1.5Y",
        "P1W",
        "1Y",
        "p1y",
        "P１Y",
    ],
)
def test_no_duration(text: str) -> None:
    with pytest.raises(NotOfType, match="is not a duration like P1DT2H30M"):
        DURATION.read(text)


def test_numbers_without_end() -> None:
    with pytest.raises(NotOfType, match="has more digits than Python reads"):
        DURATION.read(f"P{'9' * 5000}Y")
    digits = "9" * 5000
    assert DURATION.write(DURATION.read(f"PT{digits}.5S")) == f"PT{digits}.5S"


def test_the_narrower_types() -> None:
    assert YEAR_MONTH_DURATION.write(Duration()) == "P0M"
    assert YEAR_MONTH_DURATION.write(Duration(negative=True, years=1)) == "-P1Y"
    assert DAY_TIME_DURATION.write(Duration(minutes=1)) == "PT1M"
    for text in ("P1D", "P1YT0S"):
        with pytest.raises(NotOfType, match="has more than years and months"):
            YEAR_MONTH_DURATION.read(text)
    for text in ("P1M", "P0YT1M", "P1Y1D"):
        with pytest.raises(NotOfType, match="has years or months"):
            DAY_TIME_DURATION.read(text)
    with pytest.raises(Unwritable, match="has more than years and months"):
        YEAR_MONTH_DURATION.write(Duration(minutes=1))
    with pytest.raises(Unwritable, match="has years or months"):
        DAY_TIME_DURATION.write(Duration(months=1))


@pytest.mark.parametrize(
    "value",
    [
        Duration(days=-1),
        Duration(seconds=Decimal(-1)),
        Duration(seconds=Decimal("-0.1")),
        Duration(seconds=Decimal("NaN")),
    ],
)
def test_parts_that_cannot_be_sent(value: Duration) -> None:
    with pytest.raises(Unwritable):
        DURATION.write(value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Duration(years=1), "no fixed length"),
        (Duration(months=1, days=2), "no fixed length"),
        (Duration(seconds=Decimal("0.1234567")), "no digits after the sixth"),
        (Duration(days=10**9), "at most 999,999,999 days"),
        (Duration(hours=10**12, negative=True), "at most 999,999,999 days"),
    ],
)
def test_what_is_no_timedelta(value: Duration, words: str) -> None:
    assert DURATION.read(DURATION.write(value)) == value
    with pytest.raises(ValueError, match=words):
        value.timedelta()


@given(st.timedeltas())
def test_a_timedelta_and_back(duration: timedelta) -> None:
    value = Duration.of(duration)
    assert value.timedelta() == duration
    assert DURATION.read(DURATION.write(value)).timedelta() == duration


@given(DURATIONS)
def test_a_timedelta_is_exact_or_there_is_none(duration: Duration) -> None:
    parts = Fraction(duration.seconds) + 60 * (
        duration.minutes + 60 * (duration.hours + 24 * duration.days)
    )
    try:
        value = duration.timedelta()
    except ValueError:
        exact = parts * 10**6
        days = parts / 86_400
        assert duration.years or duration.months or exact.denominator > 1 or days >= 10**9 - 1
        return
    size = Fraction(abs(value) // timedelta(microseconds=1), 10**6)
    assert size == parts
    assert (value < timedelta()) == (duration.negative and size > 0)


@given(st.datetimes(datetime(1, 3, 1)))
def test_days_are_those_of_the_calendar(moment: datetime) -> None:
    first = moment.replace(day=1)
    assert days_before(first.year, first.month) == first.toordinal() + 305
    assert days_before(first.year + 400, first.month) == first.toordinal() + 305 + 146_097


def ends(duration: Duration) -> Iterator[datetime]:
    """Add a duration to the standard's four moments: month by month, then the rest."""
    sign = -1 if duration.negative else 1
    rest = Duration(
        days=duration.days,
        hours=duration.hours,
        minutes=duration.minutes,
        seconds=duration.seconds,
    ).timedelta()
    for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)):
        moment = datetime(year, month, 1)
        for _ in range(duration.years * 12 + duration.months):
            moment = (
                moment.replace(day=28) + sign * timedelta(days=5 if sign > 0 else 35)
            ).replace(day=1)
        yield moment + sign * rest


@given(SMALL, SMALL | st.none(), st.integers(-40, 40))
def test_the_order_is_that_of_the_four_moments(
    one: Duration, other: Duration | None, days: int
) -> None:
    two = other or Duration(
        negative=one.negative,
        days=max(0, one.days + 30 * one.months + 365 * one.years + days),
        hours=one.hours,
        minutes=one.minutes,
        seconds=one.seconds,
    )
    signs = {(a > b) - (a < b) for a, b in zip(ends(one), ends(two), strict=True)}
    expected = signs.pop() if len(signs) == 1 else None
    assert order(one, two) == expected


def test_a_month_is_neither_less_nor_more_than_thirty_days() -> None:
    month = Duration(months=1)
    assert [order(month, Duration(days=days)) for days in (27, 28, 30, 31, 32)] == [
        1,
        None,
        None,
        None,
        -1,
    ]
    assert order(Duration(years=1), Duration(months=12)) == 0
    assert order(Duration(minutes=1), Duration(seconds=Decimal(60))) == 0
