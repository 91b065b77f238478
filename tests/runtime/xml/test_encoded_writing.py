"""What is written in SOAP's encoding tells its types, and declares what it uses."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.runtime.xml.parcels import (
    MESSAGES,
    ODD,
    PARCELS,
    SEND,
    SEND_RESPONSE,
    SERVICE,
    TYPES,
    WRITER,
    Locker,
    Odd,
    Parcel,
    Place,
    SendResponse,
    State,
    UnknownState,
)
from tests.runtime.xml.test_encoded_reading import SENT, enveloped

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.wire.bindings import SOAP_11, SOAP_12, Binding
from unstringly.runtime.xml.encoded_messages import EncodedMessages
from unstringly.runtime.xml.encoded_reading import read_encoded
from unstringly.runtime.xml.encoded_writing import EncodedWriter
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.leaves import list_of
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import WHOLE, Content, Element, Shape, Wildcard

DECLARED = (
    'xmlns:s="urn:parcels" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" '
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="urn:parcels:types" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
STYLE = 'soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'


def test_a_request() -> None:
    parcel = Parcel(
        code="A&B",
        weight=1.5,
        state=State.LOST,
        origin=Locker(city="Lima", floor=2, door="7"),
        target=None,
        tags=("x", None),
    )
    assert MESSAGES.body({"parcels": (parcel,), "times": 3}) == (
        f"<s:send {DECLARED} {STYLE}>"
        '<parcels xsi:type="soapenc:Array" soapenc:arrayType="t:Parcel[1]">'
        '<item xsi:type="t:Parcel">'
        '<code xsi:type="xsd:string">A&amp;B</code>'
        '<weight xsi:type="xsd:double">1.5</weight>'
        '<state xsi:type="t:State">lost</state>'
        '<origin xsi:type="t:Locker"><city xsi:type="xsd:string">Lima</city>'
        '<floor xsi:type="xsd:int">2</floor><door xsi:type="xsd:string">7</door></origin>'
        '<target xsi:nil="true"/>'
        '<tags xsi:type="soapenc:Array" soapenc:arrayType="xsd:string[2]">'
        '<item xsi:type="xsd:string">x</item><item xsi:nil="true"/></tags>'
        "</item></parcels>"
        '<times xsi:type="xsd:int">3</times></s:send>'
    )


def nested(element: Element, depth: int) -> Element:
    """An array of arrays, so deep, of elements."""
    for _ in range(depth):
        inner = Element("items", "item", element.type, 0, None, missing=())
        shape = Shape("", None, lambda inner=inner: Content((inner,)), is_array=True)  # type: ignore[misc]  # mypy does not type the default
        element = Element("value", "a", shape)
    return element


@pytest.mark.parametrize(
    ("of", "value", "told"),
    [
        (INT, ((1, 2), ()), "xsd:int[][2]"),
        (PARCELS, (((),), ((), ())), "t:Parcel[][][2]"),
        (WHOLE, (), "xsd:anyType[][0]"),
        (Shape("", Odd, lambda: Content()), (), "xsd:anyType[][0]"),
    ],
)
def test_arrays_of_arrays_tell_what_they_are_of(of: object, value: object, told: str) -> None:
    element = nested(Element("value", "a", of), 2)  # type: ignore[arg-type]  # a type of a table
    text = WRITER.write(element, value)
    types = re.findall('soapenc:arrayType="([^"]*)"', text)
    assert types[0] == told
    assert read_encoded(element, text).value == value


def test_a_type_without_a_name_tells_none() -> None:
    numbers = list_of("Odd.numbers", INT)
    element = Element("value", "a", numbers)
    assert EncodedWriter(types={numbers: ""}).write(element, (1, 2)) == "<a>1 2</a>"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "\0"}, "sent[1].code"),
        ({"code": None}, "sent[1].code"),
        ({"weight": "x"}, "sent[1].weight"),
        ({"state": UnknownState(text="lost")}, "sent[1].state"),
        ({"origin": None}, "sent[1].origin"),
        ({"origin": 1}, "sent[1].origin"),
        ({"target": Place(city="a", floor=2**31)}, "sent[1].target.floor"),
        ({"tags": ["a"]}, "sent[1].tags"),
        ({"tags": ("a", 1)}, "sent[1].tags[1]"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(changes: dict[str, object], field: str) -> None:
    sent = (SENT[0], replace(SENT[1], **changes))  # type: ignore[arg-type]  # of wrong types
    with pytest.raises(Unwritable) as caught:
        MESSAGES.answered(Binding.SOAP11, SendResponse(sent=sent, price=1.0))
    assert caught.value.field == field


def test_prefixes_of_the_package_come_first() -> None:
    writer = EncodedWriter({SERVICE: "soapenc", TYPES: "xsd", "urn:other": "soapenv"})
    text = writer.write(SEND_RESPONSE, SendResponse(sent=SENT, price=1.0))
    assert '<soapenc:sendResponse xmlns:soapenc="urn:parcels"' in text
    assert read_encoded(SEND_RESPONSE, text).value == SendResponse(sent=SENT, price=1.0)


def test_prefixes_of_fragments_are_left_alone() -> None:
    fragment = XmlFragment(b"<value>soapenv:x xsd:y soapenc:z xsi:w s:v</value>")
    value = Odd(places=(), names=("a",), value=fragment, more=(1,))
    text = WRITER.write(ODD, value)
    root = text[: text.index(">")]
    assert "encodingStyle" in root
    assert not re.search(r"xmlns:(soapenv|xsd|soapenc|xsi|s)=", root)
    assert read_encoded(ODD, text).value == value


def test_what_would_be_read_as_another_value_is_refused() -> None:
    content = Content((Element("value", "a", INT, 0), Wildcard("more")))
    element = Element("value", "root", Shape("", Pair, lambda: content))
    with pytest.raises(Unwritable, match="the document"):
        WRITER.write(element, Pair(value=None, more=(XmlFragment(b"<a>1</a>"),)))


@record
class Pair:
    """A number, and what no name is known for."""

    value: int | None
    more: tuple[XmlFragment, ...]


def test_what_is_repeated_in_a_sequence_is_no_array() -> None:
    places = (Place(city=None, floor=1), Place(city="a", floor=2))
    text = WRITER.write(ODD, Odd(places=places, names=("a", "b"), value=None, more=()))
    root = ElementTree.fromstring(text)
    (own,) = root.findall("places")
    assert [child.tag for child in own] == ["place", "place"]
    assert [name.text for name in root.findall("names")] == ["a", "b"]
    assert "arrayType" not in text


@pytest.mark.parametrize("binding", [Binding.SOAP11, Binding.SOAP12])
def test_both_sides_understand_each_other(binding: Binding) -> None:
    soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
    request = enveloped(MESSAGES.body({"parcels": SENT, "times": 2}), soap=soap)
    asked = MESSAGES.asked(binding, request, ("parcels", "times"))
    assert asked == {"parcels": SENT, "times": 2}
    response = enveloped(MESSAGES.answered(binding, SendResponse(sent=SENT, price=2.0)), soap=soap)
    assert MESSAGES.answer(binding, response) == (SendResponse(sent=SENT, price=2.0), "")


def test_results_are_one_value_or_none_or_nothing_at_all() -> None:
    only = EncodedMessages(SEND, SEND_RESPONSE, WRITER, result="price")
    response = enveloped("<s:sendResponse><sent/><price>2</price></s:sendResponse>")
    assert only.answer(Binding.SOAP11, response) == (2.0, "")
    void = EncodedMessages(SEND, SEND_RESPONSE, WRITER, is_void=True)
    assert void.answer(Binding.SOAP11, enveloped("<s:sendResponse/>")) == (None, "")
    assert void.answer(Binding.SOAP11, enveloped()) == (None, "")
    one_way = EncodedMessages(SEND, None, WRITER, is_one_way=True)
    assert one_way.answer(Binding.SOAP11, "") == (None, "")
    assert only.answer(Binding.SOAP11, "")[1]
