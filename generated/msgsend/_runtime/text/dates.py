# Copied by unstringly 0.1.0. Do not edit.
"""Dates and times in a fixed form, exact to the calendar and without a zone."""

import re
from datetime import date, datetime, time
from typing import Final

from ..errors.exceptions import Unwritable
from .forms import wrong_type

_NAMES: Final = {
    "%Y": "year",
    "%m": "month",
    "%d": "day",
    "%H": "hour",
    "%M": "minute",
    "%S": "second",
}


def parts_of(source: str) -> tuple[str, ...]:
    """Return the directives of a form and the texts between them, in order."""
    return tuple(part for part in re.split(r"(%[YmdHMS%])", source) if part)


class DateForm:
    """A form of `strftime` directives (`%Y %m %d %H %M %S %%`) and the text between them.

    Reading takes contents that the grammar's automaton has accepted: they exist on the
    calendar. Writing fills every part up with zeros.
    """

    def __init__(self, source: str) -> None:
        self._parts = parts_of(source)
        pattern = "".join(_part_pattern(part) for part in self._parts)
        self._pattern = re.compile(pattern, re.ASCII | re.DOTALL)

    def has(self, name: str) -> bool:
        """Say whether the form has a part: year, month, day, hour, minute or second."""
        return any(_NAMES.get(part) == name for part in self._parts)

    def numbers(self, content: str) -> dict[str, int]:
        """Return the numbers in a content, by the names of the parts. Raises ValueError."""
        match = self._pattern.fullmatch(content)
        if match is None:
            raise ValueError(f"{content!r} is not of this form")
        return {name: int(digits) for name, digits in match.groupdict().items()}

    def read_datetime(self, content: str) -> datetime:
        """Return the naive datetime of a content."""
        part = self.numbers(content)
        return datetime(
            part["year"],
            part["month"],
            part["day"],
            part.get("hour", 0),
            part.get("minute", 0),
            part.get("second", 0),
        )

    def read_date(self, content: str) -> date:
        """Return the date of a content."""
        part = self.numbers(content)
        return date(part["year"], part["month"], part["day"])

    def read_time(self, content: str) -> time:
        """Return the naive time of a content."""
        part = self.numbers(content)
        return time(part["hour"], part.get("minute", 0), part.get("second", 0))

    def write_datetime(self, field: str, value: object) -> str:
        """Write a naive datetime without microseconds. Raises Unwritable for any other value."""
        if not isinstance(value, datetime):
            raise wrong_type(field, value, "datetime")
        self._check(field, value)
        return self._write(field, value)

    def write_date(self, field: str, value: object) -> str:
        """Write a date. Raises Unwritable for any other value, a datetime included."""
        if not isinstance(value, date) or isinstance(value, datetime):
            raise wrong_type(field, value, "date")
        return self._write(field, value)

    def write_time(self, field: str, value: object) -> str:
        """Write a naive time without microseconds. Raises Unwritable for any other value."""
        if not isinstance(value, time):
            raise wrong_type(field, value, "time")
        self._check(field, value)
        return self._write(field, value)

    def _check(self, field: str, value: datetime | time) -> None:
        if value.tzinfo is not None:
            raise Unwritable(field, str(value.tzinfo), "is a zone, and the form has none")
        if value.microsecond:
            raise Unwritable(field, str(value.microsecond), "microseconds are not written")

    def _write(self, field: str, value: date | time) -> str:
        parts: list[str] = []
        for part in self._parts:
            name = _NAMES.get(part)
            if name is None:
                parts.append("%" if part == "%%" else part)
            else:
                number: int = getattr(value, name)
                parts.append(f"{number:04}" if name == "year" else f"{number:02}")
        for name in ("minute", "second"):
            if getattr(value, name, 0) and not self.has(name):
                raise Unwritable(field, name, "is not part of the form, and not zero")
        return "".join(parts)


def _part_pattern(part: str) -> str:
    name = _NAMES.get(part)
    if name is None:
        return "%" if part == "%%" else re.escape(part)
    return f"(?P<{name}>[0-9]{{4}})" if name == "year" else f"(?P<{name}>[0-9]{{1,2}})"
