"""Parts of the calendar: gYear, gYearMonth, gMonth, gMonthDay and gDay (sections 3.2.10 to 3.2.14).

Each may have a zone, which is None where none is sent. Years have no end here, and may be negative,
but there is no year 0. A day of a month is one that some year has: --02-29 is, --02-30 is not.
"""

from dataclasses import dataclass
from datetime import date, timezone, tzinfo
from typing import TYPE_CHECKING, Final

from .leaves import Leaf
from .lexical import compiled, integer_of, not_of_type, trimmed, unwritable, wrong_python_type
from .numbers import INTEGER
from .zones import ZONE, read_zone, write_zone

if TYPE_CHECKING:
    import re


@dataclass(frozen=True, slots=True)
class GYear:
    """A year."""

    year: int
    zone: timezone | None = None


@dataclass(frozen=True, slots=True)
class GYearMonth:
    """A month of a year."""

    year: int
    month: int
    zone: timezone | None = None


@dataclass(frozen=True, slots=True)
class GMonth:
    """A month of any year, 1 to 12."""

    month: int
    zone: timezone | None = None


@dataclass(frozen=True, slots=True)
class GMonthDay:
    """A day of a month of any year."""

    month: int
    day: int
    zone: timezone | None = None


@dataclass(frozen=True, slots=True)
class GDay:
    """A day of any month, 1 to 31."""

    day: int
    zone: timezone | None = None


_YEAR: Final = "(?P<year>-?(?:[1-9][0-9]{4,}|(?!0000)[0-9]{4}))"
_MONTH: Final = "(?P<month>0[1-9]|1[0-2])"
_DAY: Final = "(?P<day>0[1-9]|[12][0-9]|3[01])"

_YEAR_TEXT: Final = _YEAR + ZONE
_YEAR_MONTH_TEXT: Final = f"{_YEAR}-{_MONTH}{ZONE}"
_MONTH_TEXT: Final = f"--{_MONTH}(?:--)?{ZONE}"
"""The first edition of XML Schema wrote --01-- for January."""
_MONTH_DAY_TEXT: Final = f"--{_MONTH}-{_DAY}{ZONE}"
_DAY_TEXT: Final = f"---{_DAY}{ZONE}"


def read_year(text: str) -> GYear:
    """Return the year in a text like `2024`. Raises NotOfType."""
    parts = _parts("gYear", text, _YEAR_TEXT, "a year like 2024")
    return GYear(integer_of("gYear", text, parts["year"]), read_zone("gYear", text, parts["zone"]))


def read_year_month(text: str) -> GYearMonth:
    """Return the month in a text like `2024-01`. Raises NotOfType."""
    parts = _parts("gYearMonth", text, _YEAR_MONTH_TEXT, "a month of a year like 2024-01")
    year = integer_of("gYearMonth", text, parts["year"])
    return GYearMonth(year, int(parts["month"]), read_zone("gYearMonth", text, parts["zone"]))


def read_month(text: str) -> GMonth:
    """Return the month in a text like `--01`. Raises NotOfType."""
    parts = _parts("gMonth", text, _MONTH_TEXT, "a month like --01")
    return GMonth(int(parts["month"]), read_zone("gMonth", text, parts["zone"]))


def read_month_day(text: str) -> GMonthDay:
    """Return the day in a text like `--01-31`. Raises NotOfType."""
    parts = _parts("gMonthDay", text, _MONTH_DAY_TEXT, "a day of a month like --01-31")
    month, day = int(parts["month"]), int(parts["day"])
    if not _is_day(month, day):
        raise not_of_type("gMonthDay", text, "is a day that its month does not have")
    return GMonthDay(month, day, read_zone("gMonthDay", text, parts["zone"]))


def read_day(text: str) -> GDay:
    """Return the day in a text like `---31`. Raises NotOfType."""
    parts = _parts("gDay", text, _DAY_TEXT, "a day like ---31")
    return GDay(int(parts["day"]), read_zone("gDay", text, parts["zone"]))


def _parts(name: str, text: str, pattern: str, example: str) -> "re.Match[str]":
    parts = compiled(pattern).fullmatch(trimmed(text))
    if parts is None:
        raise not_of_type(name, text, f"is not {example}")
    return parts


def write_year(value: object) -> str:
    """Return a year in at least four digits. Raises Unwritable."""
    if not isinstance(value, GYear):
        raise wrong_python_type(value, "a GYear")
    return _with_zone(_year(value.year), value.zone)


def write_year_month(value: object) -> str:
    """Return a month of a year. Raises Unwritable."""
    if not isinstance(value, GYearMonth):
        raise wrong_python_type(value, "a GYearMonth")
    return _with_zone(f"{_year(value.year)}-{_two(value.month, 12)}", value.zone)


def write_month(value: object) -> str:
    """Return a month, 1 to 12. Raises Unwritable."""
    if not isinstance(value, GMonth):
        raise wrong_python_type(value, "a GMonth")
    return _with_zone(f"--{_two(value.month, 12)}", value.zone)


def write_month_day(value: object) -> str:
    """Return a day of a month. Raises Unwritable for one that the month never has."""
    if not isinstance(value, GMonthDay):
        raise wrong_python_type(value, "a GMonthDay")
    text = f"--{_two(value.month, 12)}-{_two(value.day, 31)}"
    if not _is_day(value.month, value.day):
        raise unwritable(text, "is a day that its month does not have")
    return _with_zone(text, value.zone)


def write_day(value: object) -> str:
    """Return a day, 1 to 31. Raises Unwritable."""
    if not isinstance(value, GDay):
        raise wrong_python_type(value, "a GDay")
    return _with_zone(f"---{_two(value.day, 31)}", value.zone)


def _is_day(month: int, day: int) -> bool:
    try:
        date(2000, month, day)  # a leap year
    except ValueError:
        return False
    return True


def _year(year: int) -> str:
    digits = INTEGER.write(year)
    if year == 0:
        raise unwritable(digits, "is no year: -1 is before 1")
    return f"-{digits[1:]:>04}" if year < 0 else f"{digits:>04}"


def _two(number: int, most: int) -> str:
    digits = INTEGER.write(number)
    if not 1 <= number <= most:
        raise unwritable(digits, f"is not from 1 to {most}")
    return f"{digits:>02}"


def _with_zone(text: str, zone: object) -> str:
    if zone is None:
        return text
    if not isinstance(zone, tzinfo):
        raise wrong_python_type(zone, "a timezone").inside("zone")
    return text + write_zone(text, zone.utcoffset(None))


G_YEAR: Final = Leaf("gYear", read_year, write_year)
G_YEAR_MONTH: Final = Leaf("gYearMonth", read_year_month, write_year_month)
G_MONTH: Final = Leaf("gMonth", read_month, write_month)
G_MONTH_DAY: Final = Leaf("gMonthDay", read_month_day, write_month_day)
G_DAY: Final = Leaf("gDay", read_day, write_day)
