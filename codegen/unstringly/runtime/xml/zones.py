"""Zones of moments, days and parts of the calendar: `Z`, or hours and minutes (section 3.2.7.3)."""

from datetime import UTC, timedelta, timezone
from typing import Final

from .lexical import not_of_type, unwritable

ZONE: Final = "(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
"""A zone in a pattern, or none. Servers in PHP leave the colon out."""

_FARTHEST: Final = timedelta(hours=14)
_MINUTE: Final = timedelta(minutes=1)


def read_zone(name: str, text: str, zone: str | None) -> timezone | None:
    """Return the zone that ZONE matched in a text of the type `name`. Raises NotOfType."""
    if zone is None:
        return None
    if zone == "Z":
        return UTC
    minutes = int(zone[-2:])
    offset = timedelta(hours=int(zone[1:3]), minutes=minutes)
    if minutes > 59 or offset > _FARTHEST:
        raise not_of_type(name, text, "has a zone that is not from -14:00 to +14:00")
    return timezone(-offset if zone[0] == "-" else offset)


def write_zone(text: str, offset: timedelta | None) -> str:
    """Return an offset from UTC as it is written behind `text`. Raises Unwritable.

    None is the offset of a zone that has none for a value, such as a region's for a time without
    a day.
    """
    if offset is None:
        raise unwritable(text, "has a zone whose offset is not known without a day")
    if not offset:
        return "Z"
    if offset % _MINUTE or abs(offset) > _FARTHEST:
        raise unwritable(text, "has a zone that is not of whole minutes from -14:00 to +14:00")
    hours, minutes = divmod(abs(offset) // _MINUTE, 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"
