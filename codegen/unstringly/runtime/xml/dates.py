r"""dateTime, dateTimeStamp, date and time (XML Schema 1.0 part 2, sections 3.2.7 to 3.2.9).

    dateTime = date "T" time [ zone ]
    date     = [ "-" ] YYYY "-" MM "-" DD [ zone ]
    time     = hh ":" mm ":" ss [ "." digits ] [ zone ]
    zone     = "Z" | ( "+" | "-" ) hh ":" mm          at most 14:00

Values have the zone that was sent, or none. Digits of a second after the sixth, and the zone of a
date, are kept by the subclasses of `precise`. Years are those of Python, 1 to 9999.

Real servers also send a space for the T, a day alone for its midnight, midnight for a day, and
zones without a colon: these have one meaning, and are read. Writing is strict.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from .date_columns import DAYS, MOMENTS, STAMPS, TIMES
from .leaves import Leaf
from .lexical import not_of_type, trimmed, unwritable, wrong_python_type
from .precise import PreciseDatetime, PreciseTime, ZonedDate
from .zones import ZONE, read_zone, write_zone

_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6}([0-9]*))?"
_OFFSET: Final = "[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)"

# What fromisoformat reads, but for the group, which it drops. All else is looked at in pieces.
_USUAL_DATETIME: Final = re.compile(
    rf"[0-9]{{4}}-[0-9][0-9]-[0-9][0-9]T{_CLOCK}(?:Z|{_OFFSET})?"
).fullmatch
_USUAL_DATETIMES: Final = re.compile(
    r"(?:[0-9]{4}-[0-9][0-9]-[0-9][0-9]T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    rf"(?:\.[0-9]{{1,6}})?(?:Z|{_OFFSET})? )*+"
).fullmatch
_SENT_OFFSET: Final = re.compile(_OFFSET).fullmatch
_USUAL_TIME: Final = re.compile(f"{_CLOCK}(?:Z|{_OFFSET})?").fullmatch
_USUAL_DATE: Final = re.compile("[0-9]{4}-[0-9][0-9]-[0-9][0-9]").fullmatch

_DAY: Final = "(?P<year>-?[0-9]{4,})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME: Final = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
)
_ANY_DATETIME: Final = re.compile(f"{_DAY}(?:[T ]{_TIME})?{ZONE}").fullmatch
_ANY_TIME: Final = re.compile(_TIME + ZONE).fullmatch


def read_datetime(text: str) -> datetime:
    """Return the moment in a text: naive where no zone is sent. Raises NotOfType."""
    usual = _USUAL_DATETIME(text)
    if usual is not None:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return _odd_datetime("dateTime", text)
        finer = usual[1]
        if finer and finer.strip("0"):
            return PreciseDatetime.of(moment, finer)
        return moment
    return _odd_datetime("dateTime", text)


def _read_datetimes(texts: Sequence[str]) -> Sequence[datetime] | None:
    if _USUAL_DATETIMES(" ".join(texts) + " ") is None:
        return None
    try:
        return list(map(datetime.fromisoformat, texts))
    except ValueError:
        return None


def read_datetime_stamp(text: str) -> datetime:
    """Return the moment in a text with a zone (XML Schema 1.1). Raises NotOfType."""
    moment = read_datetime(text)
    if moment.tzinfo is None:
        raise not_of_type("dateTimeStamp", text, "has no zone")
    return moment


def read_date(text: str) -> date:
    """Return the day in a text: a ZonedDate where a zone is sent. Raises NotOfType."""
    if _USUAL_DATE(text) is not None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    moment = _odd_datetime("date", text)
    if moment != datetime(moment.year, moment.month, moment.day, tzinfo=moment.tzinfo):
        raise not_of_type("date", text, "has a time that is not midnight")
    zone = moment.tzinfo
    return ZonedDate.of(moment, zone) if isinstance(zone, timezone) else moment.date()


def read_time(text: str) -> time:
    """Return the time in a text; 24:00:00 is midnight. Raises NotOfType."""
    usual = _USUAL_TIME(text)
    if usual is not None:
        moment = time.fromisoformat(text)
        finer = usual[1]
        return PreciseTime.of(moment, finer) if finer and finer.strip("0") else moment
    parts = _ANY_TIME(trimmed(text))
    if parts is None:
        raise not_of_type("time", text, "is not a time like 13:20:00")
    clock, finer, _ = _clock("time", text, parts)
    moment = clock.replace(tzinfo=read_zone("time", text, parts["zone"]))
    return PreciseTime.of(moment, finer) if finer else moment


def _odd_datetime(name: str, text: str) -> datetime:
    """Return the moment in a text that is not as usual, or is of no day. Raises NotOfType."""
    parts = _ANY_DATETIME(trimmed(text))
    if parts is None:
        example = "2024-01-31" if name == "date" else "2024-01-31T13:20:00"
        raise not_of_type(name, text, f"is not like {example}")
    year = parts["year"]
    if len(year) > 4 or year == "0000":
        raise not_of_type(name, text, "has a year that Python's dates do not: 1 to 9999")
    zone = read_zone(name, text, parts["zone"])
    clock, finer, ends_day = (
        (time(), "", False) if parts["hour"] is None else _clock(name, text, parts)
    )
    try:
        day = date(int(year), int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise not_of_type(name, text, "is of a day that is not on the calendar") from None
    if ends_day:
        try:
            day += timedelta(days=1)
        except OverflowError:
            raise not_of_type(name, text, "has a year that Python's dates do not") from None
    moment = datetime.combine(day, clock, zone)
    return PreciseDatetime.of(moment, finer) if finer else moment


def _clock(name: str, text: str, parts: "re.Match[str]") -> tuple[time, str, bool]:
    """Return a time, its digits after the sixth of a second, and whether it is 24:00:00."""
    hour, minute, second = int(parts["hour"]), int(parts["minute"]), int(parts["second"])
    fraction = (parts["fraction"] or "").rstrip("0")
    if (hour, minute, second, fraction) == (24, 0, 0, ""):
        return time(), "", True
    try:
        clock = time(hour, minute, second, int(fraction[:6].ljust(6, "0")))
    except ValueError:
        raise not_of_type(name, text, "is of a time that is not on the clock") from None
    return clock, fraction[6:], False


def write_datetime(value: object) -> str:
    """Return a moment with its zone, if it has one. Raises Unwritable."""
    if not isinstance(value, datetime):
        raise wrong_python_type(value, "a datetime")
    text = value.isoformat()
    return text if value.tzinfo is None else _in_zone(text, value.utcoffset)


def write_datetime_stamp(value: object) -> str:
    """Return a moment with its zone. Raises Unwritable for one without."""
    text = write_datetime(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise unwritable(text, "has no zone")
    return text


def write_date(value: object) -> str:
    """Return a day, a ZonedDate with its zone. Raises Unwritable, also for a datetime."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise wrong_python_type(value, "a date")
    text = date.isoformat(value)
    if isinstance(value, ZonedDate) and value.zone is not None:
        return text + write_zone(text, value.zone.utcoffset(None))
    return text


def write_time(value: object) -> str:
    """Return a time with its zone, if it has one. Raises Unwritable."""
    if not isinstance(value, time):
        raise wrong_python_type(value, "a time")
    text = value.isoformat()
    return text if value.tzinfo is None else _in_zone(text, value.utcoffset)


def _in_zone(text: str, utcoffset: Callable[[], timedelta | None]) -> str:
    """Return a moment with its zone as isoformat writes it, in XML Schema's words."""
    zone = text[-6:]
    if zone == "+00:00":
        return f"{text[:-6]}Z"
    if _SENT_OFFSET(zone) is None:
        write_zone(text, utcoffset())  # raises
    return text


DATETIME: Final = Leaf(
    "dateTime", read_datetime, write_datetime, column=MOMENTS, read_all=_read_datetimes
)
DATETIME_STAMP: Final = Leaf(
    "dateTimeStamp", read_datetime_stamp, write_datetime_stamp, column=STAMPS
)
DATE: Final = Leaf("date", read_date, write_date, column=DAYS)
TIME: Final = Leaf("time", read_time, write_time, column=TIMES)
