"""Values of each built-in type, and texts that are nearly of it."""

import calendar
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from unstringly.runtime.xml.calendar_parts import GDay, GMonth, GMonthDay, GYear, GYearMonth
from unstringly.runtime.xml.durations import Duration
from unstringly.runtime.xml.precise import PreciseDatetime, PreciseTime, ZonedDate

LEAST_INFINITE_SINGLE = 2.0**128 - 2.0**103
"""The least double that is no nearer to a single than to infinity."""

FARTHEST = 14 * 60
SPECIAL_MINUTES = (0, 1, -1, 330, FARTHEST, -FARTHEST)
MINUTES = st.sampled_from(SPECIAL_MINUTES) | st.integers(-FARTHEST, FARTHEST)
ZONES = MINUTES.map(lambda minutes: timezone(timedelta(minutes=minutes)))
MAYBE_ZONES = st.none() | ZONES
FINER = st.text("0123456789", min_size=1, max_size=12).filter(lambda digits: digits.strip("0"))

WORDS = st.text("abcXYZ019.-_:é中", min_size=1, max_size=8)
TOKENS = st.lists(WORDS, max_size=4).map(" ".join)
NCNAMES = st.from_regex(r"\A[a-zA-Z_é中][a-zA-Z0-9._é中-]{0,8}\Z")
NMTOKENS = st.text("abcXYZ019.-_:é中", min_size=1, max_size=8)


def integers(least: int | None, most: int | None) -> SearchStrategy[int]:
    ends = [end for end in (least, most) if end is not None]
    drawn = st.integers(least, most)
    return drawn | st.sampled_from(ends) if ends else drawn


def month_days() -> SearchStrategy[tuple[int, int]]:
    days = [
        (month, day)
        for month in range(1, 13)
        for day in range(1, calendar.monthrange(2000, month)[1] + 1)
    ]
    return st.sampled_from(days)


def month_day(day: tuple[int, int], zone: timezone | None) -> GMonthDay:
    return GMonthDay(*day, zone=zone)


YEARS = (st.integers(-20_000, 20_000) | st.integers()).filter(bool)
NATURAL = st.integers(0, 60) | st.integers(0)
SECONDS = st.decimals(0, 10**6, allow_nan=False) | st.integers(0, 60).map(Decimal)
MOMENTS = st.datetimes(timezones=st.none() | ZONES)
PRECISE_MOMENTS = st.builds(PreciseDatetime.of, MOMENTS, FINER)
TIMES = st.times(timezones=st.none() | ZONES)
DURATIONS = st.builds(
    Duration,
    negative=st.booleans(),
    years=NATURAL,
    months=NATURAL,
    days=NATURAL,
    hours=NATURAL,
    minutes=NATURAL,
    seconds=SECONDS,
)

VALUES: Final[Mapping[str, SearchStrategy[object]]] = {
    "boolean": st.booleans(),
    "integer": integers(None, None),
    "nonPositiveInteger": integers(None, 0),
    "negativeInteger": integers(None, -1),
    "nonNegativeInteger": integers(0, None),
    "positiveInteger": integers(1, None),
    "long": integers(-(2**63), 2**63 - 1),
    "int": integers(-(2**31), 2**31 - 1),
    "short": integers(-(2**15), 2**15 - 1),
    "byte": integers(-128, 127),
    "unsignedLong": integers(0, 2**64 - 1),
    "unsignedInt": integers(0, 2**32 - 1),
    "unsignedShort": integers(0, 2**16 - 1),
    "unsignedByte": integers(0, 255),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False)
    | st.builds(Decimal.scaleb, st.integers().map(Decimal), st.integers(-60, 60)),
    "float": st.floats(-3.4e38, 3.4e38) | st.sampled_from([float("inf"), -float("inf")]),
    "double": st.floats(allow_nan=False),
    "hexBinary": st.binary(),
    "base64Binary": st.binary(),
    "string": st.text(),
    "normalizedString": st.text(st.characters(exclude_characters="\t\r\n")),
    "token": TOKENS,
    "anyURI": TOKENS,
    "language": st.from_regex(r"\A[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8}){0,3}\Z"),
    "Name": NCNAMES | st.builds("{}:{}".format, NCNAMES, NCNAMES),
    "NCName": NCNAMES,
    "ID": NCNAMES,
    "IDREF": NCNAMES,
    "ENTITY": NCNAMES,
    "NMTOKEN": NMTOKENS,
    "NMTOKENS": st.lists(NMTOKENS, min_size=1).map(tuple),
    "IDREFS": st.lists(NCNAMES, min_size=1).map(tuple),
    "ENTITIES": st.lists(NCNAMES, min_size=1).map(tuple),
    "dateTime": MOMENTS | PRECISE_MOMENTS,
    "dateTimeStamp": st.datetimes(timezones=ZONES)
    | st.builds(PreciseDatetime.of, st.datetimes(timezones=ZONES), FINER),
    "date": st.dates() | st.builds(ZonedDate.of, st.dates(), ZONES),
    "time": TIMES | st.builds(PreciseTime.of, TIMES, FINER),
    "duration": DURATIONS,
    "yearMonthDuration": st.builds(Duration, negative=st.booleans(), years=NATURAL, months=NATURAL),
    "dayTimeDuration": st.builds(
        Duration, negative=st.booleans(), days=NATURAL, minutes=NATURAL, seconds=SECONDS
    ),
    "gYear": st.builds(GYear, YEARS, MAYBE_ZONES),
    "gYearMonth": st.builds(GYearMonth, YEARS, st.integers(1, 12), MAYBE_ZONES),
    "gMonth": st.builds(GMonth, st.integers(1, 12), MAYBE_ZONES),
    "gMonthDay": st.builds(month_day, month_days(), MAYBE_ZONES),
    "gDay": st.builds(GDay, st.integers(1, 31), MAYBE_ZONES),
}

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "boolean": ("boolean",),
    "integers": (
        *("integer", "nonPositiveInteger", "negativeInteger"),
        *("nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    ),
    "decimal": ("decimal",),
    "floats": ("float", "double"),
    "bytes": ("hexBinary", "base64Binary"),
    "texts": ("string", "normalizedString", "token", "anyURI", "language"),
    "names": ("Name", "NCName", "ID", "IDREF", "ENTITY", "NMTOKEN"),
    "lists": ("NMTOKENS", "IDREFS", "ENTITIES"),
    "moments": ("dateTime", "dateTimeStamp"),
    "days": ("date",),
    "times": ("time",),
    "durations": ("duration", "yearMonthDuration", "dayTimeDuration"),
    "calendar": ("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
}
"""The types that are tried alike."""

EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "boolean": ("true", "false", "1", "0", "True"),
    "integer": ("0", "-0", "+17", "007", "-128", "65536"),
    "decimal": ("0", "-1.50", "+.5", "5.", "007.10", "."),
    "double": ("1", "-1.5E-3", "INF", "-INF", "NaN", ".5e7", "5.E1"),
    "hexBinary": ("", "00ff", "0FB7"),
    "base64Binary": ("", "QQ==", "QUI=", "QUJD", "QU JD", "QR=="),
    "dateTime": (
        "2024-02-29T23:59:59",
        "2024-02-28T24:00:00",
        "2023-12-31T24:00:00.000Z",
        "0001-01-01T00:00:00-14:00",
        "9999-12-31T23:59:59.1234567+14:00",
        "12024-01-01T00:00:00",
    ),
    "date": ("2024-02-29", "2024-02-29Z", "2023-02-28-05:30", "-0044-03-15"),
    "time": ("13:20:00", "24:00:00", "13:20:00.1234567Z", "00:00:59.5-05:00"),
    "duration": ("P1Y2M3DT4H5M6.7S", "-P1D", "PT0S", "PT1M", "P1M", "P", "PT"),
    "gYear": ("2024", "-0044", "12024", "2024Z", "0004"),
    "gYearMonth": ("2024-01", "2024-12Z", "-0044-03-05:00"),
    "gMonth": ("--01", "--12Z", "--13"),
    "gMonthDay": ("--02-29", "--02-30", "--12-31+14:00"),
    "gDay": ("---01", "---31Z", "---32"),
    "language": ("en", "pt-BR", "i-klingon", "en_US"),
    "Name": ("a:b", "_x", "1a", "a.b-c"),
    "NCName": ("a", "a:b", "-a", "é"),
    "NMTOKEN": ("-1", "a b", "::", ""),
    "NMTOKENS": ("a b", " ", "1 -2"),
    "token": ("a", " a  b ", ""),
}
"""Texts of each kind of type; with few changes they are not."""

KIN: Final = {
    "float": "double",
    "dateTimeStamp": "dateTime",
    "yearMonthDuration": "duration",
    "dayTimeDuration": "duration",
    "normalizedString": "token",
    "string": "token",
    "anyURI": "token",
    "ID": "NCName",
    "IDREF": "NCName",
    "ENTITY": "NCName",
    "IDREFS": "NMTOKENS",
    "ENTITIES": "NMTOKENS",
}


def nearly(name: str) -> SearchStrategy[str]:
    """Texts that are of the type, or are few changes away from one that is."""
    kin = KIN.get(name, name)
    examples = EXAMPLES.get(kin, EXAMPLES["integer"])
    characters = "".join(sorted({*"".join(examples), *" \t\n-+.:0129TZEe"}))
    inserts = st.text(characters, max_size=2)

    @st.composite
    def changed(draw: st.DrawFn) -> str:
        text = draw(st.sampled_from(examples))
        for _ in range(draw(st.integers(0, 2))):
            start = draw(st.integers(0, len(text)))
            end = start + draw(st.integers(0, 2))
            text = text[:start] + draw(inserts) + text[end:]
        return text

    return changed() | st.text(characters, max_size=12)


PLAIN: Final = (None, True, 1, 1.5, "x", b"x", (), date(2024, 1, 2), time(), datetime(2024, 1, 2))
"""A value of each Python type that is not of this project."""
