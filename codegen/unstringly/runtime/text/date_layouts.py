"""Dates and times in several layouts, with years of two digits, halves of a day, or a zone."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from ..errors.exceptions import Unwritable
from .columns import Column, trimmed
from .forms import wrong_type

_WIDTHS: Final = {"%Y": 4, "%y": 2, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2, "%I": 2}
_OPTIONAL: Final = ("%m", "%d", "%H", "%M", "%S", "%I")
_DIRECTIVE: Final = re.compile("(%[YmdHMSyIp%]|%[1-6]f)")
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS: Final = {"epoch_s": timedelta(seconds=1), "epoch_ms": timedelta(milliseconds=1)}


class Layout:
    """One way to spell a date or time: directives of `strftime` and the texts between them.

    The directives are `%Y %m %d %H %M %S`, `%y` for a year from `pivot` on, `%I` and `%p` for an
    hour with one of the words `halves`, and `%1f` to `%6f` for a fraction of so many digits.
    """

    def __init__(
        self, source: str, *, zeros_optional: bool, pivot: int, halves: tuple[str, str]
    ) -> None:
        self._parts = [part for part in _DIRECTIVE.split(source) if part]
        self._pivot = pivot
        self._halves = halves
        pieces = (self._pattern(part, zeros_optional=zeros_optional) for part in self._parts)
        self._read = re.compile("".join(pieces), re.ASCII | re.DOTALL)

    def _pattern(self, part: str, *, zeros_optional: bool) -> str:
        if part in _WIDTHS:
            width = _WIDTHS[part]
            least = 1 if zeros_optional and part in _OPTIONAL else width
            return f"(?P<{part[1:]}>[0-9]{{{least},{width}}})"
        if part == "%p":
            return f"(?P<p>{'|'.join(map(re.escape, self._halves))})"
        if len(part) == 3 and part[0] == "%" and part[2] == "f":
            return f"(?P<f>[0-9]{{{part[1]}}})"
        return "%" if part == "%%" else re.escape(part)

    def read(self, content: str) -> datetime | None:
        """Return the naive datetime of a content, 1900-01-01 without a date; None for no such."""
        match = self._read.fullmatch(content)
        if match is None:
            return None
        told = match.groupdict()
        year = int(told.get("Y") or 1900)
        if "y" in told:
            year = self._pivot + (int(told["y"]) - self._pivot) % 100
        hour = int(told.get("H") or 0)
        if "I" in told:
            hour = int(told["I"]) % 12 + 12 * (told["p"] == self._halves[1])
            if not 1 <= int(told["I"]) <= 12:
                return None
        fraction = (told.get("f") or "").ljust(6, "0")
        try:
            return datetime(
                year,
                int(told.get("m") or 1),
                int(told.get("d") or 1),
                hour,
                int(told.get("M") or 0),
                int(told.get("S") or 0),
                int(fraction),
            )
        except ValueError:
            return None

    def write(self, value: datetime) -> str | None:
        """Return the content of a naive datetime; None if the layout lacks some of it."""
        content = self.spelled(value)
        return content if self.read(content) == value else None

    def spelled(self, value: datetime) -> str:
        """Return the content of as much of a naive datetime as the layout has."""
        written: list[str] = []
        for part in self._parts:
            match part:
                case "%Y":
                    written.append(f"{value.year:04}")
                case "%y":
                    written.append(f"{value.year % 100:02}")
                case "%m" | "%d" | "%H" | "%M" | "%S" | "%I":
                    written.append(f"{value:{part}}")
                case "%p":
                    written.append(self._halves[value.hour >= 12])
                case "%%":
                    written.append("%")
                case _ if _DIRECTIVE.fullmatch(part):
                    written.append(f"{value.microsecond:06}"[: int(part[1])])
                case _:
                    written.append(part)
        return "".join(written)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that the layout can spell."""
        return (self._pivot, self._pivot + 99) if "%y" in self._parts else (1, 9999)

    def kept(self, value: datetime) -> datetime:
        """Return a datetime with as much of it as the layout has."""
        digits = next((int(part[1]) for part in self._parts if part.endswith("f")), 0)
        return value.replace(
            minute=value.minute if "%M" in self._parts else 0,
            second=value.second if "%S" in self._parts else 0,
            microsecond=int(f"{value.microsecond:06}"[:digits].ljust(6, "0")),
            fold=0,
        )


class Epoch:
    """Time since 1970 in UTC, as a whole number of seconds or milliseconds, from 0 on."""

    def __init__(self, unit: timedelta, zone: timezone) -> None:
        self._unit = unit
        self._zone = zone

    def read(self, content: str) -> datetime | None:
        """Return the naive datetime of a content in the zone; None for no such."""
        if not re.fullmatch("0|[1-9][0-9]{0,15}", content):
            return None
        try:
            return (_START + int(content) * self._unit).astimezone(self._zone).replace(tzinfo=None)
        except OverflowError:
            return None

    def write(self, value: datetime) -> str | None:
        """Return the content of a naive datetime in the zone; None for one that has none."""
        content = str((value.replace(tzinfo=self._zone) - _START) // self._unit)
        return content if self.read(content) == value else None


class DateLayouts:
    """Layouts of dates or times: a content is read by the first that it fits.

    A value is written by the first layout that has all of it. With `zone`, an offset such as
    `+08:00`, values are aware, and are written in that zone; an epoch's are aware without one, too.
    """

    def __init__(
        self,
        *sources: str,
        zeros_optional: bool = False,
        pivot: int = 1900,
        halves: tuple[str, str] = ("AM", "PM"),
        zone: str | None = None,
    ) -> None:
        self.sources = sources
        self.zone = UTC if zone is None and sources[0] in _UNITS else _offset(zone)
        self.layouts: tuple[Layout | Epoch, ...] = tuple(
            Epoch(_UNITS[source], self.zone or UTC)
            if source in _UNITS
            else Layout(source, zeros_optional=zeros_optional, pivot=pivot, halves=halves)
            for source in sources
        )

    def _naive(self, content: str) -> datetime:
        for layout in self.layouts:
            value = layout.read(content)
            if value is not None:
                return value
        raise ValueError(f"{content!r} is not of this form")

    def read_datetime(self, content: str) -> datetime:
        """Return the datetime of a content, which is aware if there is a zone."""
        return self._naive(content).replace(tzinfo=self.zone)

    def read_date(self, content: str) -> date:
        """Return the date of a content."""
        return self._naive(content).date()

    def read_time(self, content: str) -> time:
        """Return the naive time of a content."""
        return self._naive(content).time()

    def write_datetime(self, field: str, value: object) -> str:
        """Write a datetime. Raises Unwritable for any other value.

        Where there is a zone, the datetime is aware, of any zone; elsewhere it is naive.
        """
        if not isinstance(value, datetime):
            raise wrong_type(field, value, "datetime")
        if self.zone is None:
            self._check_naive(field, value)
            return self._written(field, value)
        if value.utcoffset() is None:
            raise Unwritable(field, str(value), f"has no zone, and is written in {self.zone}")
        local = _in_zone(value, self.zone)
        if local is None:
            raise Unwritable(field, str(value), f"is out of range in {self.zone}")
        return self._written(field, local.replace(tzinfo=None))

    def write_date(self, field: str, value: object) -> str:
        """Write a date. Raises Unwritable for any other value, a datetime included."""
        if not isinstance(value, date) or isinstance(value, datetime):
            raise wrong_type(field, value, "date")
        return self._written(field, datetime(value.year, value.month, value.day))

    def write_time(self, field: str, value: object) -> str:
        """Write a naive time. Raises Unwritable for any other value."""
        if not isinstance(value, time):
            raise wrong_type(field, value, "time")
        self._check_naive(field, value)
        return self._written(field, datetime.combine(date(1900, 1, 1), value))

    def _check_naive(self, field: str, value: datetime | time) -> None:
        if value.tzinfo is not None:
            raise Unwritable(field, str(value.tzinfo), "is a zone, and the form has none")

    def _written(self, field: str, value: datetime) -> str:
        value = value.replace(fold=0)
        for layout in self.layouts:
            content = layout.write(value)
            if content is not None and self._naive(content) == value:
                return content
        layouts = " or ".join(self.sources)
        raise Unwritable(field, str(value), f"has no spelling as {layouts} that is read back")


def datetimes(form: DateLayouts) -> Column:
    """Make a column of datetimes."""
    return _column(form.read_datetime)


def dates(form: DateLayouts) -> Column:
    """Make a column of dates."""
    return _column(form.read_date)


def times(form: DateLayouts) -> Column:
    """Make a column of naive times."""
    return _column(form.read_time)


def _column(read: Callable[[str], object]) -> Column:
    def read_all(contents: Sequence[str], padded: bool) -> Iterable[object] | None:
        contents = trimmed(contents) if padded else contents
        try:
            return list(map(read, contents))
        except ValueError:
            return None

    return read_all


def _in_zone(value: datetime, zone: timezone) -> datetime | None:
    if value.utcoffset() == zone.utcoffset(None):
        return value
    try:
        return value.astimezone(zone)
    except OverflowError:
        return None


def _offset(zone: str | None) -> timezone | None:
    if zone is None:
        return None
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))
