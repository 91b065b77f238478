"""libxml2, xsdata and zeep say which texts are of a type, and what they mean."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Final
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xsdata.formats.converter import converter
from xsdata.models.datatype import XmlDate, XmlDateTime, XmlDuration, XmlPeriod, XmlTime

from unstringly.runtime.xml.calendar_parts import GDay, GMonth, GMonthDay, GYear, GYearMonth
from unstringly.runtime.xml.durations import Duration
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.precise import PreciseDatetime, PreciseTime, ZonedDate
from unstringly.runtime.xml.values import BUILT_INS

from .drawn import FAMILIES, VALUES, nearly

_ETREE: Any = import_module("lxml.etree")  # which has no annotations

NOT_KNOWN_TO_LIBXML2 = {"dateTimeStamp", "yearMonthDuration", "dayTimeDuration"}
families = pytest.mark.parametrize("names", FAMILIES.values(), ids=FAMILIES)


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
    """Say whether a text is read, and what it means may be written again."""
    leaf = BUILT_INS[name]
    try:
        leaf.write(leaf.read(text))
    except ValueError:
        return False
    return True


@families
@given(data=st.data())
def test_what_is_written_is_valid(names: tuple[str, ...], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*{*names} - NOT_KNOWN_TO_LIBXML2]))
    value = data.draw(VALUES[name])
    text = BUILT_INS[name].write(value)
    try:
        valid = is_valid(name, text)
    except ValueError:  # a character that XML does not have
        return
    assert valid, text


@families
@given(data=st.data())
def test_valid_texts_are_read(names: tuple[str, ...], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*{*names} - NOT_KNOWN_TO_LIBXML2]))
    text = data.draw(nearly(name))
    assert is_read(name, text) == is_valid(name, text), (name, text)
