"""libxml2, xsdata and zeep say which texts are of a type, and what they mean."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xsdata.formats.converter import converter
from xsdata.models.datatype import XmlDate, XmlDateTime, XmlDuration, XmlPeriod, XmlTime

from unstringly.runtime.xml.calendar_parts import GDay, GMonthDay, GYear, GYearMonth
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.precise import PreciseDatetime, PreciseTime, ZonedDate
from unstringly.runtime.xml.values import BUILT_INS

from .drawn import FAMILIES, MAYBE_ZONES, VALUES, ZONES, nearly

_ZEEP: Any = import_module("zeep.xsd.types.builtins")
_ETREE: Any = import_module("lxml.etree")  # which has no annotations

LIBXML2 = sorted(
    {*BUILT_INS}
    - {"dateTimeStamp", "yearMonthDuration", "dayTimeDuration"}  # of XML Schema 1.1
    - {"ENTITY", "ENTITIES"}  # which it looks up in the DTD
    - {"anyURI"}  # which it takes for URIs
)
LAX = {"base64Binary", "NMTOKENS", "IDREFS", "float", "double"}
"""Of these libxml2 takes more: any character in Base64, empty lists, `0E`."""

YEARS_OF_PYTHON = re.compile(r"\s*(?!0000)[0-9]{4}-")
LARGE = re.compile("[0-9]{10}")
"""Numbers that libxml2 may have no room for, in durations and years."""

MANY_DIGITS = re.compile(r"\.[0-9]{10}")
"""More digits of a second than xsdata reads."""

TOLERATED = re.compile(
    r"""\s*(?:
        .*[+-][0-9]{4}                           # a zone without its colon
        | [0-9-]{10}\ [0-9:.]+([-+Z].*)?         # a space for the T
        | [0-9-]{10}([-+Z].*)?                   # a day for its midnight
        | [0-9-]{10}T(00:00:00|24:00:00)(\.0+)?([-+Z].*)?    # midnight for a day
        | --[0-9]{2}--([-+Z].*)?                 # January, in the first edition
        | [-+0-9.]+[eE][-+]?[0-9]{1,3}           # an exponent in a decimal
        | \+INF                                  # of XML Schema 1.1
    )\s*""",
    re.VERBOSE,
)
"""Texts of other servers or editions, which are read all the same."""


@cache
def schema(name: str) -> Any:
    text = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f'<xs:element name="v" type="xs:{name}"/></xs:schema>'
    )
    return _ETREE.XMLSchema(_ETREE.fromstring(text))


def is_valid(name: str, text: str) -> bool:
    element = _ETREE.Element("v")
    element.text = text
    return bool(schema(name).validate(element))


def is_read(name: str, text: str) -> bool:
    """Say whether a text is read, and may be written again."""
    leaf = BUILT_INS[name]
    try:
        leaf.write(leaf.read(text))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", LIBXML2)
@given(data=st.data())
def test_what_is_written_is_valid(name: str, data: st.DataObject) -> None:
    text = BUILT_INS[name].write(data.draw(VALUES[name]))
    try:
        valid = is_valid(name, text)
    except ValueError:  # a character that XML does not have
        return
    assert valid or (LARGE.search(text) and name in FAMILIES["durations"] + FAMILIES["calendar"])


@pytest.mark.parametrize("name", LIBXML2)
@given(data=st.data())
def test_texts_that_are_valid_are_read_and_others_are_not(name: str, data: st.DataObject) -> None:
    text = data.draw(nearly(name))
    if name not in FAMILIES["texts"]:
        text = text.strip()  # which libxml2 forgets for some
    if name in FAMILIES["moments"] + FAMILIES["days"] and not YEARS_OF_PYTHON.match(text):
        assert not is_read(name, text)
    elif is_read(name, text):
        assert is_valid(name, text) or TOLERATED.fullmatch(text)
    else:
        assert not is_valid(name, text) or name in LAX


MEANINGS: Final[Mapping[str, type]] = {
    "boolean": bool,
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "dateTime": XmlDateTime,
    "date": XmlDate,
    "time": XmlTime,
    "duration": XmlDuration,
    "gYear": XmlPeriod,
    "gYearMonth": XmlPeriod,
    "gMonth": XmlPeriod,
    "gMonthDay": XmlPeriod,
    "gDay": XmlPeriod,
}
"""The Python types of xsdata."""


def in_xsdata(value: object) -> object:
    """Return a value as xsdata has it; nanoseconds are its finest."""
    match value:
        case datetime():
            return XmlDateTime(
                *value.timetuple()[:6], nanoseconds(value), offset(value.utcoffset())
            )
        case date():
            zone = value.zone if isinstance(value, ZonedDate) else None
            return XmlDate(*value.timetuple()[:3], zone and offset(zone.utcoffset(None)))
        case time():
            return XmlTime(
                value.hour,
                value.minute,
                value.second,
                nanoseconds(value),
                offset(value.utcoffset()),
            )
        case _:
            return value


def nanoseconds(moment: datetime | time) -> int:
    finer = moment.finer_digits if isinstance(moment, PreciseDatetime | PreciseTime) else ""
    return moment.microsecond * 1000 + int(finer.ljust(3, "0")[:3])


def offset(zone: timedelta | None) -> int | None:
    return None if zone is None else zone // timedelta(minutes=1)


@pytest.mark.parametrize(
    "name", ["boolean", "integer", "decimal", "double", "dateTime", "date", "time"]
)
@given(data=st.data())
def test_values_are_those_of_xsdata(name: str, data: st.DataObject) -> None:
    text = data.draw(nearly(name) | VALUES[name].map(BUILT_INS[name].write))
    try:
        value = BUILT_INS[name].read(text)
    except NotOfType:
        return
    if TOLERATED.fullmatch(text) is not None or "24:00" in text or MANY_DIGITS.search(text):
        return
    theirs = converter.deserialize(text.strip(), [MEANINGS[name]])
    ours = in_xsdata(value)
    assert ours == theirs or (ours != ours and theirs != theirs)


ZEEP: Final[Mapping[str, st.SearchStrategy[object]]] = {
    **{name: VALUES[name] for name in FAMILIES["integers"]},
    "boolean": st.booleans(),
    "decimal": VALUES["decimal"],
    "double": st.floats(allow_nan=False, allow_infinity=False),
    "dateTime": st.datetimes(timezones=st.none() | ZONES),
    "time": st.times(timezones=st.none() | ZONES),
    "date": st.dates(date(1000, 1, 1)),
    "gYear": st.builds(GYear, st.integers(1), MAYBE_ZONES),
    "gYearMonth": st.builds(GYearMonth, st.integers(1), st.integers(1, 12), MAYBE_ZONES),
    "gMonthDay": VALUES["gMonthDay"],
    "gDay": VALUES["gDay"],
}
"""Values that zeep holds without loss, and writes as XML Schema has them."""


def zeep_type(name: str) -> Any:
    (found,) = [own for qname, own in _ZEEP.default_types.items() if qname.localname == name]
    return found


def in_zeep(value: object) -> object:
    match value:
        case GYear(year, zone):
            return year, zone
        case GYearMonth(year, month, zone):
            return year, month, zone
        case GMonthDay(month, day, zone):
            return month, day, zone
        case GDay(day, zone):
            return day, zone
        case _:
            return value


@pytest.mark.parametrize("name", sorted(ZEEP))
@given(data=st.data())
def test_zeep_reads_what_is_written(name: str, data: st.DataObject) -> None:
    value = data.draw(ZEEP[name])
    theirs = zeep_type(name).pythonvalue(BUILT_INS[name].write(value))
    assert in_zeep(value) == theirs


@pytest.mark.parametrize("name", sorted(ZEEP))
@given(data=st.data())
def test_what_zeep_writes_is_read(name: str, data: st.DataObject) -> None:
    value = data.draw(ZEEP[name])
    assert BUILT_INS[name].read(zeep_type(name).xmlvalue(in_zeep(value))) == value
