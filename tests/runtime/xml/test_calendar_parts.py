"""Parts of the calendar: what the calendar has is sent and comes back, and nothing else is sent."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.calendar_parts import (
    G_DAY,
    G_MONTH,
    G_MONTH_DAY,
    G_YEAR,
    G_YEAR_MONTH,
    GDay,
    GMonth,
    GMonthDay,
    GYear,
    GYearMonth,
)
from unstringly.runtime.xml.leaves import Leaf

_LEAP_YEAR = 2000


def in_calendar(month: int = 1, day: int = 1) -> bool:
    """The oracle is Python's calendar, in a year that has all days."""
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def check(leaf: Leaf[object], value: object, *, is_there: bool) -> None:
    if is_there:
        assert leaf.read(leaf.write(value)) == value
        return
    with pytest.raises(Unwritable):
        leaf.write(value)


@example(2, 29, 1)
@example(2, 30, 0)
@example(0, 0, -1)
@example(13, 32, 10_000)
@given(st.integers(-1, 14), st.integers(-1, 33), st.integers(-12_000, 12_000))
def test_what_the_calendar_has_is_sent_and_nothing_else(month: int, day: int, year: int) -> None:
    check(G_DAY, GDay(day), is_there=in_calendar(day=day))
    check(G_MONTH, GMonth(month), is_there=in_calendar(month))
    check(G_MONTH_DAY, GMonthDay(month, day), is_there=in_calendar(month, day))
    check(G_YEAR, GYear(year), is_there=year != 0)
    check(G_YEAR_MONTH, GYearMonth(year, month), is_there=year != 0 and in_calendar(month))
