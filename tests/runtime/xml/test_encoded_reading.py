"""Encoded messages of real programs are read, and so is what else they may do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.runtime.xml.encoded_wire import AXIS_FAULT, RESPONSES
from tests.runtime.xml.parcels import (
    MESSAGES,
    ODD,
    PARCELS,
    SEND_RESPONSE,
    SERVICE,
    TYPES,
    Locker,
    Odd,
    Parcel,
    Place,
    SendResponse,
    State,
)

from unstringly.runtime.errors.exceptions import ServiceFault
from unstringly.runtime.wire.bindings import SOAP_11, SOAP_12, Binding, Endpoint
from unstringly.runtime.wire.codec import Answer, Unasked
from unstringly.runtime.wire.decoding import judged
from unstringly.runtime.wire.exchange import Response
from unstringly.runtime.xml.encoded_reading import EncodedBody, read_body, read_encoded
from unstringly.runtime.xml.fragments import UnknownType, XmlFragment
from unstringly.runtime.xml.tables import WHOLE, Content, Element, Shape

LIMA = Locker(city="Lima", floor=2, door="7")
SENT = (
    Parcel(
        code="A-1",
        weight=1.25,
        state=State.SENT,
        origin=LIMA,
        target=Place(city=None, floor=-1),
        tags=("fragile", None),
    ),
    Parcel(code="B-2", weight=0.5, state=State.LOST, origin=LIMA, target=None, tags=None),
)


@pytest.mark.parametrize("program", RESPONSES)
def test_responses_of_programs_are_read(program: str) -> None:
    expected = SendResponse(sent=SENT, price=7.5)
    body = read_body(SOAP_11, SEND_RESPONSE, RESPONSES[program], is_response=True)
    assert body == EncodedBody(expected)
    assert MESSAGES.answer(Binding.SOAP11, RESPONSES[program]) == Answer(expected)


def test_a_fault_is_a_fault_although_its_detail_stands_beside_it() -> None:
    assert MESSAGES.answer(Binding.SOAP11, AXIS_FAULT) == (None, "has a fault in its body")
    response = Response(500, (("Content-Type", "text/xml"),), AXIS_FAULT.encode())
    endpoint = Endpoint(SERVICE, "send", "", "sendResponse")
    fault = judged(endpoint, Binding.SOAP11, response, (), "", None, "", MESSAGES)
    assert isinstance(fault, ServiceFault)
    assert (fault.code, fault.message) == ("soapenv:Server.userException", "no such parcel")


NAMESPACES = (
    f'xmlns:s="{SERVICE}" xmlns:t="{TYPES}" '
    'xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" '
    'xmlns:e12="http://www.w3.org/2003/05/soap-encoding" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def enveloped(*children: str, soap: str = SOAP_11) -> str:
    body = "".join(children)
    return f'<e:Envelope xmlns:e="{soap}" {NAMESPACES}><e:Body>{body}</e:Body></e:Envelope>'


def odd(content: str, *beside: str) -> str:
    return enveloped(f"<s:odd>{content}</s:odd>", *beside)


def read_odd(document: str) -> Odd:
    value = read_body(SOAP_11, ODD, document).value
    assert isinstance(value, Odd)
    return value


NOTHING = Odd(places=(), names=(), value=None, more=())
PLACE = "<city>a</city><floor>1</floor>"


@pytest.mark.parametrize(
    ("content", "beside", "changes"),
    [
        ("<places/>", "", {}),
        ("<places><any>{0}</any></places>", "", {"places": (Place(city="a", floor=1),)}),
        (
            "<places><x href='#1'/><y href='#1'/></places>",
            "<multiRef id='1'>{0}</multiRef>",
            {"places": (Place(city="a", floor=1),) * 2},
        ),
        (
            "<places href=' #1 '/>",
            "<l id='1' enc:arrayType='t:Place[7]' enc:offset='[0]'><x>{0}</x></l>",
            {"places": (Place(city="a", floor=1),)},
        ),
        (
            "<places/><names enc:arrayType='xsd:string[2]'><x>b</x><y href='#2'/></names>",
            "<z id='2'>c</z>",
            {"names": ("b", "c")},
        ),
        ("<places/><names>b</names><names>c</names>", "", {"names": ("b", "c")}),
        (
            "<places e12:ref='1'/>",
            "<l e12:id='1'><x>{0}</x></l>",
            {"places": (Place(city="a", floor=1),)},
        ),
        (
            "<names href='#1'/><places id='2'/>",
            "<a id='1' href='#3'/><b id='3'>c</b>",
            {"names": ("c",)},
        ),
        ("<places/><value xsi:type='xsd:int'>5</value>", "", {"value": 5}),
        ("<places/><value xsi:type='enc:int'>5</value>", "", {"value": 5}),
        ("<places/><value href='#1'/>", "<enc:int id='1'>5</enc:int>", {"value": 5}),
        ("<places/><value href='#1' xsi:type='xsd:int'/>", "<x id='1'>5</x>", {"value": 5}),
        ("<places/><value xsi:type='enc:base64'>YQ==</value>", "", {"value": b"a"}),
        ("<places/><value xsi:type='t:Place'>{0}</value>", "", {"value": Place(city="a", floor=1)}),
        (
            "<places/><value xsi:type='enc:Array' enc:arrayType='xsd:int[2]'>"
            "<x>1</x><y>2</y></value>",
            "",
            {"value": (1, 2)},
        ),
        (
            "<places/><value enc:arrayType='xsd:anyType[3]'><x xsi:type='xsd:boolean'>1</x>"
            "<x xsi:nil='1'/><x enc:arrayType='t:Place[1]'><x>{0}</x></x></value>",
            "",
            {"value": (True, None, (Place(city="a", floor=1),))},
        ),
        (
            "<places/><value enc:arrayType='xsd:int[][1]'>"
            "<x enc:arrayType='xsd:int[1]'><y>1</y></x></value>",
            "",
            {"value": ((1,),)},
        ),
        ("<places/><more href='#1' xsi:nil='1'/>", "<x id='1'/>", {"more": (None,)}),
        (
            "<places/><more enc:arrayType='xsd:int[1]'><x>1</x></more>"
            "<more enc:arrayType='xsd:int[1]'><x>2</x></more>",
            "",
            {"more": ((1,), (2,))},
        ),
        (
            "<places/><value e12:itemType='xsd:int' e12:arraySize='2'><x>1</x><y>2</y></value>",
            "",
            {"value": (1, 2)},
        ),
        (
            "<places/><more xsi:type='xsd:string'>a</more><more href='#1'/>",
            "<x id='1' xsi:type='xsd:int'>1</x>",
            {"more": ("a", 1)},
        ),
    ],
)
def test_values_are_found(content: str, beside: str, changes: dict[str, object]) -> None:
    text = odd(content.format(PLACE), beside.format(PLACE))
    assert read_odd(text) == copied(NOTHING, changes)


def copied(odd: Odd, changes: Mapping[str, Any]) -> Odd:  # Any: of each type
    return replace(odd, **changes)


def test_values_of_unknown_types_stay_xml() -> None:
    value = read_odd(
        odd("<places/><value href='#1'/>", "<x id='1' xsi:type='t:New'><a/></x>")
    ).value
    assert isinstance(value, UnknownType)
    assert value.name == f"{{{TYPES}}}New"
    assert [child.tag for child in value.fragment] == ["a"]


@pytest.mark.parametrize("name", ["xsd:anyType", "xsd:ur-type", "enc:Struct", "e12:Struct"])
def test_values_of_types_that_say_nothing_stay_xml(name: str) -> None:
    value = read_odd(odd(f"<places/><value xsi:type='{name}'><a/></value>")).value
    assert isinstance(value, XmlFragment)


@pytest.mark.parametrize(
    ("page", "beside", "kept"),
    [
        ("<page href='#top'>x</page>", "", b"<page href='#top'>x</page>"),
        ("<page href='#top'/>", "", b"<page href='#top'/>"),
        ("<page href='http://x/'/>", "", b"<page href='http://x/'/>"),
        ("<page href='#1'/>", "<x id='1'>y</x>", b"<x id='1'>y</x>"),
    ],
)
def test_xml_that_stays_xml_may_have_links(page: str, beside: str, kept: bytes) -> None:
    pages = Element("pages", "pages", Shape("", None, lambda: Content((PAGE,))))
    body = read_body(SOAP_11, pages, enveloped(f"<pages>{page}</pages>", beside))
    assert body == EncodedBody(XmlFragment(kept))


PAGE = Element("page", "page", WHOLE)


def test_the_message_is_found_among_the_values() -> None:
    value, place = "<x id='1'>b</x>", "<names href='#1'/><places/>"
    expected = Odd(places=(), names=("b",), value=None, more=())
    for message in (f"<s:odd>{place}</s:odd>", f"<odd>{place}</odd>", f"<other>{place}</other>"):
        assert read_odd(enveloped(value, message)) == expected
        assert read_odd(enveloped(message, value)) == expected
    assert read_odd(enveloped("<t:odd/>", f"<s:odd>{place}</s:odd>", value)) == expected
    in_parts = enveloped(value, f"<other id='2' enc:root='1'>{place}</other>")
    assert read_odd(in_parts.replace("<x id='1'", "<x enc:root='0' id='1'")) == expected


def test_the_result_has_any_name_in_a_response_alone() -> None:
    response = enveloped("<s:sendResponse><r/><price>1</price></s:sendResponse>")
    assert MESSAGES.answer(Binding.SOAP11, response) == (SendResponse(sent=(), price=1.0), "")
    request = enveloped("<s:send><r/><times>1</times></s:send>")
    with pytest.raises(Unasked, match="see send"):
        MESSAGES.asked(Binding.SOAP11, request, ("parcels", "times"))
    behind = enveloped("<s:sendResponse><price>1</price><r/></s:sendResponse>")
    assert MESSAGES.answer(Binding.SOAP11, behind) == (SendResponse(sent=(), price=1.0), "")
    told = "<rpc:result xmlns:rpc='http://www.w3.org/2003/05/soap-rpc'>r</rpc:result>"
    newer = enveloped(f"<s:sendResponse>{told}<r/><price>1</price></s:sendResponse>", soap=SOAP_12)
    assert MESSAGES.answer(Binding.SOAP12, newer) == (SendResponse(sent=(), price=1.0), "")
    named = enveloped("<s:sendResponse><r>x</r><sent/><price>1</price></s:sendResponse>")
    assert MESSAGES.answer(Binding.SOAP11, named) == (SendResponse(sent=(), price=1.0), "")


def test_members_come_in_any_order_and_in_wrong_namespaces() -> None:
    request = enveloped("<send><times>2</times><t:parcels/></send>")
    asked = MESSAGES.asked(Binding.SOAP11, request, ("parcels", "times"))
    assert asked == {"parcels": (), "times": 2}


def test_characters_that_xml_lacks_are_read() -> None:
    value = read_odd(odd("<places/><names>a&#xC;b</names><value>&#xC;</value>"))
    assert value.names == ("a\fb",)
    assert "\f" in getattr(value.value, "text", "")


def test_a_type_that_an_array_names_is_not_looked_for() -> None:
    items = Element("value", "value", PARCELS)
    assert read_encoded(items, f"<value {NAMESPACES} enc:arrayType='y:Parcel[0]'/>") == ((), 0)
