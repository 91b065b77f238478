"""The order of values: total for numbers, partial for durations and for values of time.

A moment without a zone may be any from 14 hours before to 14 hours after the same one in UTC
(XML Schema 1.0 part 2, section 3.2.7.4).
"""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from .calendar_parts import GDay, GMonth, GMonthDay, GYear, GYearMonth
from .days import days_before
from .durations import Duration
from .precise import PreciseDatetime, PreciseTime, ZonedDate

Order: TypeAlias = Literal[-1, 0, 1]

_Instant: TypeAlias = tuple[int, str]
"""Microseconds from a fixed day, and the digits after them."""

_MICROSECOND: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1) // _MICROSECOND
_UNKNOWN: Final = timedelta(hours=14) // _MICROSECOND


def order(value: object, other: object) -> Order | None:
    """Return -1, 0 or 1 for a value that is less, equal or more than another.

    Return None where that is not decided: for NaN, a month and 30 days, noon without a zone and
    noon in UTC, and for values of types that have no order.
    """
    if isinstance(value, int | float | Decimal):
        if not isinstance(other, int | float | Decimal):
            return None
        return -1 if value < other else 1 if value > other else 0 if value == other else None
    if isinstance(value, Duration):
        return _of_durations(value, other) if isinstance(other, Duration) else None
    one, two = _instant(value), _instant(other)
    if one is None or two is None:
        return None
    (at, zoned), (other_at, other_zoned) = one, two
    if zoned == other_zoned:
        return -1 if at < other_at else 1 if at > other_at else 0
    if _moved(at, not zoned, 1) < _moved(other_at, not other_zoned, -1):
        return -1
    if _moved(at, not zoned, -1) > _moved(other_at, not other_zoned, 1):
        return 1
    return None


def _of_durations(value: Duration, other: Duration) -> Order | None:
    if value.is_less_than(other):
        return -1
    if other.is_less_than(value):
        return 1
    return 0 if value.is_as_long_as(other) else None


def _moved(at: _Instant, by_unknown: bool, sign: int) -> _Instant:
    """Return an instant, moved by as much as an unknown zone may be off."""
    return (at[0] + sign * _UNKNOWN, at[1]) if by_unknown else at


def _instant(value: object) -> tuple[_Instant, bool] | None:
    """Return where a value begins and whether it has a zone; None if it is no value of time."""
    zone: timezone | timedelta | None
    moment = time()
    match value:
        case datetime():
            days, moment, zone = value.toordinal(), value.time(), value.utcoffset()
        case date():
            days, zone = value.toordinal(), value.zone if isinstance(value, ZonedDate) else None
        case time():
            days, moment, zone = 0, value, value.utcoffset()
        case GYear(year, zone):
            days = days_before(year, 1)
        case GYearMonth(year, month, zone):
            days = days_before(year, month)
        case GMonth(month, zone):
            days = days_before(2000, month)
        case GMonthDay(month, day, zone):
            days = days_before(2000, month) + day
        case GDay(day, zone):
            days = day
        case _:
            return None
    offset = zone.utcoffset(None) if isinstance(zone, timezone) else zone
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    at = days * _DAY + seconds * 1_000_000 + moment.microsecond
    finer = value.finer_digits if isinstance(value, PreciseDatetime | PreciseTime) else ""
    if offset is None:
        return (at, finer), False
    return (at - offset // _MICROSECOND, finer), True
