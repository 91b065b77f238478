"""Durations (XML Schema 1.0 part 2, section 3.2.6; the two narrower types are of 1.1).

    duration = [ "-" ] "P" [ nY ] [ nM ] [ nD ] [ "T" [ nH ] [ nM ] [ n [ "." digits ] S ] ]

with at least one number, and one behind a T. A timedelta holds no months and no digits after the
sixth of a second, so a duration is a value of its own that keeps its parts as they were sent.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from .days import days_before
from .decimals import write_decimal
from .leaves import Leaf
from .lexical import integer_of, not_of_type, trimmed, unwritable, wrong_python_type
from .numbers import NON_NEGATIVE_INTEGER

_DURATION: Final = re.compile(
    r"(?P<sign>-?)P(?=[0-9T])"
    r"(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?"
    r"(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
).fullmatch

_FIRST_MONTHS: Final = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
"""The months that durations are added to where they are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A duration in its parts, none of them less than 0: `negative` is the sign of all.

    Two are equal if their parts are: 60 seconds are not a minute here, since servers may tell them
    apart. `timedelta` is what they have in common.
    """

    negative: bool = False
    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: Decimal = Decimal(0)

    @classmethod
    def of(cls, duration: timedelta) -> "Duration":
        """Return a timedelta as a duration of days, hours, minutes and seconds."""
        size = abs(duration)
        minutes, seconds = divmod(size.seconds, 60)
        return cls(
            negative=duration < timedelta(0),
            days=size.days,
            hours=minutes // 60,
            minutes=minutes % 60,
            seconds=seconds + Decimal(size.microseconds).scaleb(-6),
        )

    def timedelta(self) -> timedelta:
        """Return the same duration as a timedelta.

        Raises ValueError where there is none: for years and months, digits after the sixth of a
        second, and more than 999,999,999 days.
        """
        if self.years or self.months:
            raise ValueError("years and months have no fixed length")
        whole = int(self.seconds)
        microseconds = (self.seconds - whole).scaleb(6)
        if microseconds != int(microseconds):
            raise ValueError("a timedelta has no digits after the sixth of a second")
        try:
            size = timedelta(
                days=self.days,
                hours=self.hours,
                minutes=self.minutes,
                seconds=whole,
                microseconds=int(microseconds),
            )
        except OverflowError:
            raise ValueError("a timedelta has at most 999,999,999 days") from None
        return -size if self.negative else size

    def is_less_than(self, other: "Duration") -> bool:
        """Say whether this is shorter than another whatever months they are added to.

        A month is neither less nor more than 30 days (section 3.2.6.2).
        """
        return all(self._after(*start) < other._after(*start) for start in _FIRST_MONTHS)

    def is_as_long_as(self, other: "Duration") -> bool:
        """Say whether this is as long as another whatever months they are added to."""
        return all(self._after(*start) == other._after(*start) for start in _FIRST_MONTHS)

    def _after(self, year: int, month: int) -> Fraction:
        """Return the seconds from a fixed day to the end of this duration from a month on.

        They are exact; Decimal's own arithmetic rounds to 28 digits.
        """
        sign = -1 if self.negative else 1
        months = year * 12 + month - 1 + sign * (self.years * 12 + self.months)
        days = days_before(months // 12, months % 12 + 1) + sign * self.days
        minutes = (days * 24 + sign * self.hours) * 60 + sign * self.minutes
        return sign * Fraction(self.seconds) + minutes * 60


def read_duration(text: str) -> Duration:
    """Return the duration in a text. Raises NotOfType."""
    return _read("duration", text)


def read_year_month_duration(text: str) -> Duration:
    """Return a duration of years and months alone. Raises NotOfType."""
    duration = _read("yearMonthDuration", text)
    if _DAY_TIME_PARTS.search(text):
        raise not_of_type("yearMonthDuration", text, "has more than years and months")
    return duration


def read_day_time_duration(text: str) -> Duration:
    """Return a duration without years and months. Raises NotOfType."""
    duration = _read("dayTimeDuration", text)
    if _YEAR_MONTH_PARTS.search(text):
        raise not_of_type("dayTimeDuration", text, "has years or months")
    return duration


_DAY_TIME_PARTS: Final = re.compile("[DT]")
_YEAR_MONTH_PARTS: Final = re.compile("P[0-9]*[YM]")


def _read(name: str, text: str) -> Duration:
    parts = _DURATION(trimmed(text))
    if parts is None:
        raise not_of_type(name, text, "is not a duration like P1DT2H30M")

    def number(part: str) -> int:
        return integer_of(name, text, parts[part] or "0")

    return Duration(
        negative=bool(parts["sign"]),
        years=number("years"),
        months=number("months"),
        days=number("days"),
        hours=number("hours"),
        minutes=number("minutes"),
        seconds=Decimal(parts["seconds"] or 0),
    )


def write_duration(value: object) -> str:
    """Return a duration with the parts that are not 0; `PT0S` if all are. Raises Unwritable."""
    return _write(value)


def write_year_month_duration(value: object) -> str:
    """Return a duration of years and months. Raises Unwritable for one that has more."""
    text = _write(value).replace("PT0S", "P0M")
    if _DAY_TIME_PARTS.search(text):
        raise unwritable(text, "has more than years and months")
    return text


def write_day_time_duration(value: object) -> str:
    """Return a duration without years and months. Raises Unwritable for one that has some."""
    text = _write(value)
    if _YEAR_MONTH_PARTS.search(text):
        raise unwritable(text, "has years or months")
    return text


def _write(value: object) -> str:
    if not isinstance(value, Duration):
        raise wrong_python_type(value, "a Duration")
    parts = (value.years, value.months, value.days, value.hours, value.minutes)
    years, months, days, hours, minutes = map(NON_NEGATIVE_INTEGER.write, parts)
    seconds = write_decimal(value.seconds)
    if seconds.startswith("-"):
        raise unwritable(seconds, "is less than 0: `negative` is the sign of a duration")
    day = "".join(
        f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (days, "D")) if n != "0"
    )
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n != "0")
    if value.seconds or not (day or clock):
        clock += f"{seconds}S"
    return f"{'-' if value.negative else ''}P{day}{'T' if clock else ''}{clock}"


DURATION: Final = Leaf("duration", read_duration, write_duration)
YEAR_MONTH_DURATION: Final = Leaf(
    "yearMonthDuration", read_year_month_duration, write_year_month_duration
)
DAY_TIME_DURATION: Final = Leaf("dayTimeDuration", read_day_time_duration, write_day_time_duration)
