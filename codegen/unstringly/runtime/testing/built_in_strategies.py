"""Hypothesis strategies of the values of the built-in types of XML Schema, by their names."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..xml.calendar_parts import GDay, GMonth, GMonthDay, GYear, GYearMonth
from ..xml.durations import Duration
from ..xml.precise import PreciseDatetime, PreciseTime, ZonedDate

_FARTHEST: Final = 14 * 60
"""The most minutes that a zone is off."""

_ODD: Final = "\t\n\r &<>\"'\x85\u2028]"
_CHARACTERS: Final = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
) | st.sampled_from(_ODD)
_WORDS: Final = st.text("abcXYZ019.-_:é中&<", min_size=1, max_size=8)
_NAMES: Final = st.from_regex(r"\A[a-zA-Z_é中][a-zA-Z0-9._é中-]{0,8}\Z")
_TOKENS: Final = st.lists(_WORDS, max_size=4).map(" ".join)
_MANY_NAMES: Final = st.lists(_NAMES, min_size=1, max_size=4).map(tuple)

_MINUTES: Final = st.sampled_from((0, 330, -_FARTHEST, _FARTHEST)) | st.integers(
    -_FARTHEST, _FARTHEST
)
_ZONES: Final = _MINUTES.map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MAYBE_ZONES: Final = st.none() | _ZONES
_FINER: Final = st.text("0123456789", min_size=1, max_size=6).filter(
    lambda digits: digits.strip("0")
)
_MOMENTS: Final = st.datetimes(timezones=_MAYBE_ZONES)
_ZONED: Final = st.datetimes(timezones=_ZONES)
_TIMES: Final = st.times(timezones=_MAYBE_ZONES)
_YEARS: Final = (st.integers(1, 9999) | st.integers(-20_000, 20_000)).filter(bool)
_MONTHS: Final = st.integers(1, 12)
_COUNTS: Final = st.integers(0, 60)
_SECONDS: Final = _COUNTS.map(Decimal) | st.decimals(0, 10**6, places=3)
_MONTH_DAYS: Final = st.sampled_from(
    [(month, day) for month in range(1, 13) for day in range(1, monthrange(2000, month)[1] + 1)]
)


def _month_day(day: tuple[int, int], zone: timezone | None) -> GMonthDay:
    return GMonthDay(*day, zone=zone)


INTEGERS: Final[Mapping[str, SearchStrategy[int]]] = {
    "integer": st.integers(),
    "nonPositiveInteger": st.integers(max_value=0),
    "negativeInteger": st.integers(max_value=-1),
    "nonNegativeInteger": st.integers(0),
    "positiveInteger": st.integers(1),
    "long": st.integers(-(2**63), 2**63 - 1),
    "int": st.integers(-(2**31), 2**31 - 1),
    "short": st.integers(-(2**15), 2**15 - 1),
    "byte": st.integers(-128, 127),
    "unsignedLong": st.integers(0, 2**64 - 1),
    "unsignedInt": st.integers(0, 2**32 - 1),
    "unsignedShort": st.integers(0, 2**16 - 1),
    "unsignedByte": st.integers(0, 255),
}
TEXTS: Final[Mapping[str, SearchStrategy[str]]] = {
    "string": st.text(_CHARACTERS),
    "normalizedString": st.text(_CHARACTERS).map(
        lambda text: text.translate({ord(blank): " " for blank in "\t\r\n"})
    ),
    "token": _TOKENS,
    "anyURI": _TOKENS,
    "language": st.from_regex(r"\A[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8}){0,2}\Z"),
    "NMTOKEN": st.text("abcXYZ019.-_:é中", min_size=1, max_size=8),
    "Name": _NAMES | st.builds("{}:{}".format, _NAMES, _NAMES),
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), _NAMES),
}
BUILT_INS: Final[Mapping[str, SearchStrategy[object]]] = {
    **INTEGERS,
    **TEXTS,
    "boolean": st.booleans(),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False)
    | st.decimals(-(10**9), 10**9, places=2),
    "float": st.floats(-3.4e38, 3.4e38) | st.sampled_from((float("inf"), -float("inf"))),
    "double": st.floats(allow_nan=False),
    "hexBinary": st.binary(),
    "base64Binary": st.binary(),
    "NMTOKENS": st.lists(TEXTS["NMTOKEN"], min_size=1, max_size=4).map(tuple),
    "IDREFS": _MANY_NAMES,
    "ENTITIES": _MANY_NAMES,
    "dateTime": _MOMENTS | st.builds(PreciseDatetime.of, _MOMENTS, _FINER),
    "dateTimeStamp": _ZONED | st.builds(PreciseDatetime.of, _ZONED, _FINER),
    "date": st.dates() | st.builds(ZonedDate.of, st.dates(), _ZONES),
    "time": _TIMES | st.builds(PreciseTime.of, _TIMES, _FINER),
    "duration": st.builds(
        Duration,
        negative=st.booleans(),
        years=_COUNTS,
        months=_COUNTS,
        days=_COUNTS,
        hours=_COUNTS,
        minutes=_COUNTS,
        seconds=_SECONDS,
    ),
    "yearMonthDuration": st.builds(Duration, negative=st.booleans(), years=_COUNTS, months=_COUNTS),
    "dayTimeDuration": st.builds(
        Duration, negative=st.booleans(), days=_COUNTS, minutes=_COUNTS, seconds=_SECONDS
    ),
    "gYear": st.builds(GYear, _YEARS, _MAYBE_ZONES),
    "gYearMonth": st.builds(GYearMonth, _YEARS, _MONTHS, _MAYBE_ZONES),
    "gMonth": st.builds(GMonth, _MONTHS, _MAYBE_ZONES),
    "gMonthDay": st.builds(_month_day, _MONTH_DAYS, _MAYBE_ZONES),
    "gDay": st.builds(GDay, st.integers(1, 31), _MAYBE_ZONES),
}
"""Nothing is NaN, which equals nothing."""


def between(low: object, high: object, places: int | None) -> SearchStrategy[object] | None:
    """Draw values from `low` to `high`; None is no bound. Return None for types without a strategy.

    `places` are the digits behind the point of a Decimal. Raises ValueError, TypeError or
    ArithmeticError for bounds that leave nothing.
    """
    known = high if low is None else low
    match known:
        case bool():
            return None
        case int():
            return st.integers(_integer(low), _integer(high))
        case Decimal():
            return _decimals(_decimal(low), _decimal(high), places)
        case float():
            return st.floats(_float(low), _float(high), allow_nan=False)
        case datetime():
            start, end = _moment(low, datetime.min), _moment(high, datetime.max)
            zone = known.tzinfo
            return st.datetimes(start, end).map(lambda moment: moment.replace(tzinfo=zone))
        case date():
            return st.dates(_day(low, date.min), _day(high, date.max))
        case _:
            return None


def _decimals(
    low: Decimal | None, high: Decimal | None, places: int | None
) -> SearchStrategy[object]:
    span = Decimal(10**9)
    if low is None:
        low = (high or Decimal(0)) - span
    if high is None:
        high = low + span
    if places is None:
        places = max(2, *(-int(bound.as_tuple().exponent) for bound in (low, high)))
    return st.decimals(low, high, places=places)


def _integer(bound: object) -> int | None:
    return bound if isinstance(bound, int) else None


def _decimal(bound: object) -> Decimal | None:
    return bound if isinstance(bound, Decimal) else None


def _float(bound: object) -> float | None:
    return bound if isinstance(bound, float) else None


def _moment(bound: object, otherwise: datetime) -> datetime:
    """Return a bound without its zone, and without digits that Python's own class lacks."""
    if not isinstance(bound, datetime):
        return otherwise
    day, clock = _day(bound, otherwise), bound.time()
    return datetime(
        *(day.year, day.month, day.day),
        *(clock.hour, clock.minute, clock.second, clock.microsecond),
    )


def _day(bound: object, otherwise: date) -> date:
    return date(bound.year, bound.month, bound.day) if isinstance(bound, date) else otherwise
