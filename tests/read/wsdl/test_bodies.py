"""The bodies of messages in each style: the element of the schema, or one that is made of parts."""

from pathlib import Path

import pytest
from tests.read.wsdl.small import Call, Kind, Offered, Part, document, operation_of, read, written

from unstringly.model.schema_content import (
    ComplexContent,
    ComplexType,
    Element,
    ElementRef,
    LocalElement,
    ModelGroup,
    Occurs,
)
from unstringly.model.schema_names import XSD, ComponentName
from unstringly.model.service import Message, QName, Service
from unstringly.read.wsdl.reader import read_wsdl

ASK = ComponentName("element", "urn:t", "Ask")
STRING = ComponentName("type", XSD, "string")
INT = ComponentName("type", XSD, "int")


def held(service: Service, body: ComponentName | None) -> list[tuple[object, ...]]:
    """The particles of a body: names, types and occurrence."""
    assert body is not None
    element = service.schema.components[body]
    assert isinstance(element, Element)
    type_ = service.schema.components[element.type]
    assert isinstance(type_, ComplexType)
    assert isinstance(type_.content, ComplexContent)
    group = type_.content.particle
    if group is None:
        return []
    assert isinstance(group, ModelGroup)
    rows: list[tuple[object, ...]] = []
    for particle in group.particles:
        match particle:
            case LocalElement(declaration=declaration, occurs=occurs):
                rows.append((declaration.name, declaration.type, occurs))
            case ElementRef(name=name, occurs=occurs):
                rows.append((name, occurs))
            case _:
                pytest.fail(f"{particle} is no part")
    return rows


def result(call: Call, kind: Kind = "soap") -> Message:
    output = operation_of(kind, call)[0].output
    assert output is not None
    return output


def codes(*calls: Call, kind: Kind = "soap", schema: str = "") -> list[str]:
    _, findings = read([Offered(kind, calls)], schema)
    return [finding.rule.code for finding in findings if finding.rule.code != "W121"]


def test_a_document_of_texts_has_parts_and_a_body() -> None:
    operation, service = operation_of("soap", document("Ask", "t:Ask", "t:Answer"))
    assert operation.input.is_text
    assert operation.input.body == ASK
    key, day = operation.input.parts
    assert (key.name, key.type.local, key.declared) == (
        *("key", "token"),
        ComponentName("type", "urn:t", "Key"),
    )
    assert (day.type, day.declared) == (QName(XSD, "date"), ComponentName("type", XSD, "date"))
    assert ASK in service.schema.components


@pytest.mark.parametrize("element", ["Answer", "Done", "Text", "Numbers"])
def test_a_result_of_any_other_number_or_shape_is_no_text(element: str) -> None:
    """Two results, none, a bare text, and an array."""
    output = result(document("Ask", "t:Ask", f"t:{element}"))
    assert (output.is_text, output.parts) == (False, ())
    assert output.element == QName("urn:t", element)
    assert output.body == ComponentName("element", "urn:t", element)


UNFIT = {
    "unqualified": '<s:sequence><s:element name="a" type="s:int" form="unqualified"/></s:sequence>',
    "all": '<s:all><s:element name="a" type="s:int"/></s:all>',
    "choice": '<s:choice><s:element name="a" type="s:int"/></s:choice>',
    "repeated": '<s:sequence><s:element name="a" type="s:int" maxOccurs="2"/></s:sequence>',
    "list": '<s:sequence><s:element name="a" type="t:Many"/></s:sequence>',
    "complex": '<s:sequence><s:element name="a" type="t:Pair"/></s:sequence>',
    "anyType": '<s:sequence><s:element name="a"/></s:sequence>',
    "twice": '<s:sequence><s:element name="a" type="s:int"/><s:element name="a" type="s:int"/>'
    "</s:sequence>",
    "any": '<s:sequence><s:any processContents="lax"/></s:sequence>',
    "attribute": '<s:sequence/><s:attribute name="a" type="s:int"/>',
    "nested": '<s:sequence><s:choice><s:element name="a" type="s:int"/></s:choice></s:sequence>',
}


@pytest.mark.parametrize("content", UNFIT.values(), ids=UNFIT)
def test_a_document_of_anything_is_read(content: str) -> None:
    """Whatever has no text form has its element alone."""
    schema = f'<s:element name="Odd"><s:complexType>{content}</s:complexType></s:element>'
    operation, service = operation_of("soap", document("Ask", "t:Odd", "t:Odd"), schema)
    assert operation.output is not None
    for message in (operation.input, operation.output):
        assert (message.is_text, message.parts) == (False, ())
        assert message.body == ComponentName("element", "urn:t", "Odd")
    assert operation.input.body in service.schema.components


def test_a_body_without_parts_is_empty() -> None:
    operation, _ = operation_of("soap", Call("Ask", (), ()))
    for message in (operation.input, operation.output):
        assert message is not None
        assert (message.element, message.body, message.is_text) == (None, None, False)


@pytest.mark.parametrize("kind", ["soap", "soap12"])
@pytest.mark.parametrize("style", ["document", "rpc"])
def test_an_operation_without_output_is_one_way(kind: Kind, style: str) -> None:
    operation, _ = operation_of(kind, Call("Ask", (), None, style))
    assert operation.output is None


def test_the_body_has_the_parts_that_it_names() -> None:
    parts = (Part("a", "element t:Extra"), Part("b", "element t:Ask"))
    call = Call("Ask", parts, parts, body='parts="b"', response_body='parts="b"')
    operation, _ = operation_of("soap", call)
    assert operation.output is not None
    assert operation.input.body == operation.output.body == ASK
    both = call._replace(style="rpc", body='parts="b  a" namespace="urn:r"')
    operation, service = operation_of("soap", both)
    assert held(service, operation.input.body) == [
        (ComponentName("element", "urn:t", "Extra"), Occurs(1, 1)),
        (ASK, Occurs(1, 1)),
    ]
    nothing = call._replace(body='parts=""')
    assert operation_of("soap", nothing)[0].input.body is None


def test_the_body_has_no_part_that_is_in_a_header() -> None:
    output = (Part("extra", "element t:Extra"), Part("body", "element t:Done"))
    call = Call("Ask", (), output, headers=(("Out", "extra"),))
    assert result(call).body == ComponentName("element", "urn:t", "Done")
    rpc = call._replace(style="rpc", response_body='namespace="urn:r"')
    operation, service = operation_of("soap", rpc)
    assert operation.output is not None
    (row,) = held(service, operation.output.body)
    assert row[0] == ComponentName("element", "urn:t", "Done")


def test_a_header_of_another_message_takes_no_part() -> None:
    """Both messages have a part of that name."""
    call = Call("Ask", (Part("body", "element t:Ask"),), (Part("body", "element t:Done"),))
    done = ComponentName("element", "urn:t", "Done")
    assert result(call._replace(headers=(("In", "body"),))).body == done
    assert result(call._replace(headers=(("Out", "body"),))).body is None


REFUSED = {
    "two parts, one with a type": (Part("a", "element t:Ask"), Part("b", "s:string")),
    "a part with a type": (Part("a", "s:string"),),
}


@pytest.mark.parametrize("parts", REFUSED.values(), ids=REFUSED)
def test_a_document_is_made_of_elements(parts: tuple[Part, ...]) -> None:
    assert codes(Call("Ask", parts, ())) == ["W115"]
    assert codes(Call("Ask", (), parts)) == ["W115"]
    assert codes(Call("Ask", parts, parts, style="rpc")) == []


def test_several_parts_of_a_document_stand_beside_each_other() -> None:
    parts = (Part("a", "element t:Ask"), Part("b", "element t:Text"))
    operation, service = operation_of("soap", Call("Ask", parts, parts[::-1]))
    assert operation.output is not None
    for message, names in ((operation.input, ["Ask", "Text"]), (operation.output, ["Text", "Ask"])):
        assert message.body is not None
        assert message.body.is_spread
        assert message.element == QName("urn:t", names[0])
        element = service.schema.components[message.body]
        assert isinstance(element, Element)
        type_ = service.schema.components[element.type]
        assert isinstance(type_, ComplexType)
        assert isinstance(type_.content, ComplexContent)
        assert isinstance(type_.content.particle, ModelGroup)
        refs = type_.content.particle.particles
        assert [own.name.local for own in refs if isinstance(own, ElementRef)] == names


def test_an_empty_response_is_empty_whatever_the_binding_names() -> None:
    parts = (Part("a", "element t:Ask"),)
    assert codes(Call("Ask", parts, (), response_body='parts="b"')) == []


def test_two_parts_of_rpc_have_two_names() -> None:
    parts = (Part("a", "s:string"), Part("a", "s:int"))
    assert codes(Call("Ask", parts, (), "rpc")) == ["W110"]
    assert codes(Call("Ask", parts, (), "rpc", body='parts="a"')) == ["W110"]


def test_a_part_that_is_not_there_cannot_be_named() -> None:
    parts = (Part("a", "element t:Ask"),)
    assert codes(Call("Ask", parts, (), body='parts="a b"')) == ["W115"]


def test_rpc_is_made_of_its_parts() -> None:
    parts = (Part("key", "s:string"), Part("pair", "t:Pair"), Part("more", "element t:Numbers"))
    called = Call(
        *("Ask", parts, (Part("result", "s:int"),), "rpc"),
        body='namespace="urn:r"',
        response_body='namespace="urn:q"',
    )
    operation, service = operation_of("soap", called)
    assert operation.output is not None
    assert operation.input.element == QName("urn:r", "Ask")
    assert operation.output.element == QName("urn:q", "AskResponse")
    assert held(service, operation.input.body) == [
        (QName("", "key"), STRING, Occurs(1, 1)),
        (QName("", "pair"), ComponentName("type", "urn:t", "Pair"), Occurs(1, 1)),
        (ComponentName("element", "urn:t", "Numbers"), Occurs(1, 1)),
    ]
    assert held(service, operation.output.body) == [(QName("", "result"), INT, Occurs(1, 1))]
    assert not operation.input.is_text
    assert not operation.output.is_text


@pytest.mark.parametrize("call", [Call("Ask", (), (), "rpc"), Call("Ask", (), None, "rpc")])
def test_rpc_without_parts_is_an_element_with_nothing_in_it(call: Call) -> None:
    operation, service = operation_of("soap", call)
    assert operation.input.element == QName("", "Ask")
    assert held(service, operation.input.body) == []


RPC = Call("Ask", (Part("key", "s:string"),), (), "rpc", 'namespace="urn:t"', 'namespace="urn:t"')
SAME = '<s:element name="Say"{}><s:complexType>{}</s:complexType></s:element>'
KEY = '<s:sequence><s:element name="key" type="s:{}" form="unqualified"{}/></s:sequence>'
OTHERS = {
    "another type": SAME.format("", KEY.format("int", "")),
    "nillable": SAME.format("", KEY.format("string", ' nillable="true"')),
    "optional": SAME.format("", KEY.format("string", ' minOccurs="0"')),
    "a default": SAME.format("", KEY.format("string", ' default="a"')),
    "qualified": SAME.format("", KEY.format("string", "").replace("un", "")),
    "itself nillable": SAME.format(' nillable="true"', KEY.format("string", "")),
    "an attribute": SAME.format("", KEY.format("string", "") + '<s:attribute name="a"/>'),
    "nothing": SAME.format("", ""),
    "a text": '<s:element name="Say" type="s:string"/>',
}


@pytest.mark.parametrize("schema", OTHERS.values(), ids=OTHERS)
def test_an_element_of_that_name_with_other_content_is_refused(schema: str) -> None:
    assert codes(RPC._replace(name="Say"), schema=schema) == ["W115"]


def test_an_element_of_that_name_that_cannot_be_read_is_refused() -> None:
    schema = '<s:element name="Say" type="t:No"/>'
    assert codes(RPC._replace(name="Say"), schema=schema) == ["W111", "W115"]


def test_an_element_of_that_name_with_the_same_content_is_taken() -> None:
    schema = SAME.format("", KEY.format("string", ""))
    operation, service = operation_of("soap", RPC._replace(name="Say"), schema)
    assert held(service, operation.input.body) == [(QName("", "key"), STRING, Occurs(1, 1))]


def test_a_request_that_is_named_as_a_response_of_another_operation_is_refused() -> None:
    calls = [RPC._replace(name="Say"), RPC._replace(name="SayResponse")]
    assert codes(*calls) == ["W115"]
    assert codes(calls[0], calls[1]._replace(input=())) == []


@pytest.mark.parametrize("prefix", ["", "s:"])
def test_documentation_may_be_that_of_a_schema(tmp_path: Path, prefix: str) -> None:
    said = f"<{prefix}documentation> One.\n  Two. </{prefix}documentation>"
    text = written((Offered("soap", (document("Ask", "t:Ask", "t:Text"),)),))
    text = text.replace('<operation name="Ask">', f'<operation name="Ask">{said}')
    (tmp_path / "S.wsdl").write_text(text, encoding="utf-8")
    service, findings = read_wsdl(tmp_path / "S.wsdl", "S.wsdl")
    assert findings == ()
    assert service is not None
    assert service.operations()["Ask"].documentation == "One.\nTwo."
