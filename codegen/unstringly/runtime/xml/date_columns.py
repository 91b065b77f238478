"""Many moments, days and times as texts: the same day, and the same time of day, are written once.

These are those of Python alone, not of the subclasses in `precise`. Moments are of one zone, or of
none; if they are not, they are written one by one.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, time, timezone
from operator import add, attrgetter
from typing import Final, TypeVar

from .columns import Column
from .zones import write_zone

_PartT = TypeVar("_PartT", bound=Hashable)

_ZONE: Final = attrgetter("tzinfo")


def _moments(values: Sequence[datetime]) -> list[str] | None:
    zones = {*map(type, map(_ZONE, values))}
    if zones == {timezone}:
        return _zoned_moments(values)
    return _moments_of_zone(values, "") if zones == {type(None)} else None


def _zoned_moments(values: Sequence[datetime]) -> list[str] | None:
    zones: set[timezone] = {*map(_ZONE, values)}
    if len(zones) > 1:
        return None
    (zone,) = zones
    return _moments_of_zone(values, write_zone("", zone.utcoffset(None)))


def _moments_of_zone(values: Sequence[datetime], zone: str) -> list[str]:
    days = _each_once([*map(datetime.date, values)], lambda day: f"{day.isoformat()}T")
    times = _each_once([*map(datetime.time, values)], lambda clock: f"{clock.isoformat()}{zone}")
    return [*map(add, days, times)]


def _days(values: Sequence[date]) -> list[str]:
    return _each_once(values, date.isoformat)


def _times(values: Sequence[time]) -> list[str] | None:
    if {*map(_ZONE, values)} != {None}:
        return None
    return _each_once(values, time.isoformat)


def _each_once(parts: Sequence[_PartT], write: Callable[[_PartT], str]) -> list[str]:
    """Return the texts of parts, those of equal ones written once."""
    texts = {part: write(part) for part in set(parts)}
    return [*map(texts.__getitem__, parts)]


def _stamps(values: Sequence[datetime]) -> list[str] | None:
    return None if values[0].tzinfo is None else _moments(values)


MOMENTS: Final = Column(datetime, _moments)
STAMPS: Final = Column(datetime, _stamps)
DAYS: Final = Column(date, _days)
TIMES: Final = Column(time, _times)
