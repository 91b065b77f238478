"""Values of any type are told by `xsi:type`, and come back as they are."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, final

import pytest

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.anything import QNAME, any_type
from unstringly.runtime.xml.dates import DATETIME
from unstringly.runtime.xml.durations import DURATION
from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.qnames import QName
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape, by_name
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import Writer


class State(Enum):
    NEW = "new"


@final
@record
class UnknownState:
    text: str


@record
class Point:
    x: int


POINT = Shape("urn:p Point", Point, lambda: Content((Element("x", "x", INT),)))
POINTS = Shape(
    "urn:p Points", None, lambda: Content((Element("p", "p", POINT, 0, None, missing=()),))
)
STATE = enumeration("State", STRING, State, UnknownState)
ANYTHING = any_type(
    shapes=lambda: (POINT, POINTS),
    leaves=lambda: {"urn:p State": STATE},
    classes=lambda: {State: "urn:p State", UnknownState: "urn:p State"},
)
ELEMENT = Element("value", "urn:p any", ANYTHING)


@pytest.mark.parametrize(
    "value",
    [
        *("text", True, 5, 1.5, Decimal("1.50"), b"bytes"),
        *(datetime(2024, 1, 2), date(2024, 1, 2), time(1, 2, 3)),
        DATETIME.read("2024-01-02T03:04:05.1234567"),
        DURATION.read("P1DT2S"),
        *(QName("urn:q", "name"), State.NEW, UnknownState(text="old"), Point(x=1)),
        XmlFragment(b'<any xmlns="urn:p"><a/></any>'),
    ],
)
def test_values_come_back(value: Any) -> None:
    again = read(ELEMENT, Writer().write(ELEMENT, value)).value
    assert again == value
    assert type(again) is type(value)


def test_arrays_are_read_and_not_written() -> None:
    text = (
        '<a:any xmlns:a="urn:p" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:type="a:Points"><p><x>1</x></p></a:any>'
    )
    assert read(ELEMENT, text).value == (Point(x=1),)
    with pytest.raises(Unwritable):
        Writer().write(ELEMENT, (Point(x=1),))


def test_the_schema_may_say_nothing() -> None:
    element = Element("value", "any", any_type())
    assert read(element, Writer().write(element, 5)).value == 5


def test_by_name() -> None:
    assert by_name(POINT, POINTS) == {"urn:p Point": POINT, "urn:p Points": POINTS}
    assert by_name(ELEMENT) == {"urn:p any": ELEMENT}
    assert QNAME.read("a:b", {"a": "urn:a"}) == QName("urn:a", "b")
