"""The messages of HTTP GET and POST: what is made of their parts, and what a response is."""

import pytest
from tests.read.wsdl.small import Call, Kind, Offered, Part, document, operation_of, read
from tests.read.wsdl.test_bodies import ASK, INT, STRING, codes, held, result

from unstringly.model.schema_content import Occurs
from unstringly.model.schema_names import ComponentName
from unstringly.model.service import QName

XML = '<mime:mimeXml part="Body"/>'
TEXT = '<mime:content type="text/plain" part="Body"/>'
BODY = (Part("Body", "element t:Text"),)


@pytest.mark.parametrize("kind", ["GET", "POST"])
def test_an_http_request_has_parts_and_an_element_that_is_made_of_them(kind: Kind) -> None:
    parts = (Part("key", "t:Key"), Part("day", "s:date"))
    operation, service = operation_of(kind, Call("Say", parts, BODY, response_body=XML))
    request = operation.input
    assert (request.element, request.is_text) == (None, True)
    assert request.body == ComponentName("element", "urn:t", "Say", (":B0",))
    assert [(part.name, part.type.local) for part in request.parts] == [
        ("key", "token"),
        ("day", "date"),
    ]
    assert held(service, request.body) == [
        (QName("", part.name), part.declared, Occurs(1, 1)) for part in request.parts
    ]


def test_an_array_in_a_query_is_a_repeated_element() -> None:
    parts = (Part("many", "t:Numbers"), Part("list", "t:Many"), Part("key", "s:string"))
    operation, service = operation_of("GET", Call("Say", parts, BODY, response_body=XML))
    assert (operation.input.is_text, operation.input.parts) == (False, ())
    assert held(service, operation.input.body) == [
        (QName("", "many"), INT, Occurs(0, None)),
        (QName("", "list"), ComponentName("type", "urn:t", "Many"), Occurs(1, 1)),
        (QName("", "key"), STRING, Occurs(1, 1)),
    ]


ENCODED = """<s:complexType name="Texts"><s:complexContent><s:restriction base="e:Array"
    xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"><s:attribute ref="e:arrayType"
    w:arrayType="s:string{}" xmlns:w="http://schemas.xmlsoap.org/wsdl/"/>
    </s:restriction></s:complexContent></s:complexType>"""


def test_an_array_of_soap_s_encoding_is_one_too() -> None:
    call = Call("Say", (Part("many", "t:Texts"),), BODY, response_body=XML)
    operation, service = operation_of("GET", call, ENCODED.format("[]"))
    assert held(service, operation.input.body) == [(QName("", "many"), STRING, Occurs(0, None))]
    for ranks in ("[,]", "[][]"):
        assert codes(call, kind="GET", schema=ENCODED.format(ranks)) == ["W114"]


@pytest.mark.parametrize("part", [Part("a", "t:Pair"), Part("a", "s:anyType")])
def test_elements_do_not_go_into_a_query_or_a_text(part: Part) -> None:
    assert codes(Call("Say", (part,), BODY, response_body=XML), kind="GET") == ["W114"]
    answer = (part._replace(name="Body"),)
    assert codes(Call("Say", (), answer, response_body=TEXT), kind="GET") == ["W114"]


def test_an_http_response_is_an_element_a_text_or_nothing() -> None:
    text = result(Call("Say", (), BODY, response_body=XML), "GET")
    assert (text.body, text.is_text) == (ComponentName("element", "urn:t", "Text"), True)
    array = (Part("Body", "element t:Numbers"),)
    numbers = result(Call("Say", (), array, response_body=XML), "GET")
    assert numbers.body == ComponentName("element", "urn:t", "Numbers")
    assert (numbers.is_text, numbers.parts) == (False, ())
    plain = result(Call("Say", (), (Part("Body", "s:int"),), response_body=TEXT), "GET")
    assert (plain.body, plain.is_text, plain.parts[0].declared) == (None, True, INT)
    void = result(Call("Say", (), ()), "GET")
    assert (void.body, void.element, void.is_text) == (None, None, False)
    assert codes(Call("Say", (), BODY), kind="GET") == ["W118"]
    odd = '<t:odd xmlns:w="http://schemas.xmlsoap.org/wsdl/" w:required="true"/>'
    assert codes(Call("Say", (), (), response_body=odd), kind="GET") == ["W118"]
    assert codes(Call("Say", (), (), response_body=XML), kind="GET") == ["W115"]


def test_a_soap_binding_may_declare_what_http_makes() -> None:
    soap = Offered("soap", (document("Ask", "t:Ask", "t:Text"),))
    parts = (Part("key", "s:string"), Part("day", "s:string"))
    ports = [
        Offered(kind, (Call("Ask", parts, BODY, response_body=XML),)) for kind in ("GET", "POST")
    ]
    service, findings = read([soap, *ports])
    assert findings == ()
    assert service is not None
    bodies = [port.binding.port_type.operations[0].input.body for port in service.ports]
    assert bodies == [ASK, *(ComponentName("element", "urn:t", "Ask", (f":B{n}",)) for n in (1, 2))]
    assert set(bodies) <= service.schema.components.keys()


def test_an_operation_that_is_left_out_leaves_no_body_behind() -> None:
    get = Call("Ask", (Part("other", "s:string"),), BODY, response_body=XML)
    service, findings = read(
        [Offered("soap", (document("Ask", "t:Ask", "t:Text"),)), Offered("GET", (get,))]
    )
    assert [finding.rule.code for finding in findings] == ["W124"]
    assert service is not None
    assert not [name for name in service.schema.components if ":B1" in name.way]
