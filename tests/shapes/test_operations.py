"""Parameters and results of operations, as their WSDL has them."""

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from unstringly.diagnostics import Diagnostic
from unstringly.model.service import BindingKind, Service
from unstringly.python.show import shown
from unstringly.read.wsdl.reader import read_wsdl
from unstringly.shapes.operations import Structured
from unstringly.shapes.service import Shaped, shaped

if TYPE_CHECKING:
    from unstringly.model.spec import Spec

WSDL = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
  <types>
    <s:schema targetNamespace="urn:x" elementFormDefault="qualified">
      <s:complexType name="Pair"><s:sequence>
        <s:element name="left" type="s:int"/><s:element name="right" type="s:int" minOccurs="0"/>
      </s:sequence></s:complexType>
      %s
    </s:schema>
  </types>
  <message name="In"><part name="in" element="t:Ask"/></message>
  <message name="Out"><part name="out" element="t:AskResponse"/></message>
  <message name="Form"><part name="key" type="s:string"/></message>
  <message name="Document"><part name="Body" element="t:document"/></message>
  <portType name="Type">
    <operation name="Ask"><input message="t:In"/><output message="t:Out"/></operation>
  </portType>
  <portType name="Get">
    <operation name="Ask"><input message="t:Form"/><output message="t:Document"/></operation>
  </portType>
  <binding name="Soap" type="t:Type">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Ask">
      <soap:operation soapAction=""/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation>
  </binding>
  <binding name="Get" type="t:Get">
    <http:binding verb="GET"/>
    <operation name="Ask">
      <http:operation location="/Ask"/>
      <input><http:urlEncoded/></input><output><mime:mimeXml part="Body"/></output>
    </operation>
  </binding>
  <service name="X">
    <port name="Soap" binding="t:Soap"><soap:address location="http://localhost/x"/></port>
    <port name="Get" binding="t:Get"><http:address location="http://localhost/x"/></port>
  </service>
</definitions>
"""
TEXT = '<s:element name="key" type="s:string"/>'
STRING = '<s:element name="document" type="s:string"/>'


def element(name: str, content: str) -> str:
    inner = f"<s:complexType><s:sequence>{content}</s:sequence></s:complexType>"
    return f'<s:element name="{name}">{inner}</s:element>'


def read(
    folder: Path, request: str, response: str, more: str = STRING, *mentioned: str
) -> tuple[Service, Shaped, tuple[Diagnostic, ...]]:
    path = folder / "x.wsdl"
    path.write_text(WSDL % f"{request}{response}{more}", encoding="utf-8")
    service, findings = read_wsdl(path, "x.wsdl")
    assert service is not None, findings
    operations = [SimpleNamespace(name=name, parameters=()) for name in mentioned]
    spec = SimpleNamespace(
        operations=operations, operations_left_out=frozenset[str](), strings=(), data_set_rows=()
    )
    return shaped(service, cast("Spec", spec))  # it asks for no more


def structured(folder: Path, request: str, response: str, more: str = STRING) -> Structured:
    operation = read(folder, request, response, more)[1].structured("Ask")
    assert operation is not None
    return operation


def parameters(operation: Structured) -> dict[str, str]:
    return {own.slot: shown(own.annotation) for own in operation.arguments}


def test_texts_alone_stay_texts(tmp_path: Path) -> None:
    service, shapes, findings = read(tmp_path, element("Ask", TEXT), element("AskResponse", TEXT))
    assert (shapes, findings) == (Shaped(), ())
    assert not service.operations()["Ask"].is_structured


NUMBER = '<s:element name="n" type="s:int"/>'


def test_an_operation_of_the_grammar_takes_texts_if_it_can(tmp_path: Path) -> None:
    request, response = element("Ask", NUMBER), element("AskResponse", TEXT)
    assert read(tmp_path, request, response, STRING, "Ask")[1] == Shaped()
    assert parameters(structured(tmp_path, request, response)) == {"n": "int"}
    order = element("Ask", '<s:element name="pair" type="t:Pair"/>')
    assert read(tmp_path, order, response, STRING, "Ask")[1].structured("Ask") is not None


@pytest.mark.parametrize(
    ("request_", "expected", "is_wrapped"),
    [
        (element("Ask", ""), {}, True),
        (element("Ask", NUMBER), {"n": "int"}, True),
        ('<s:element name="Ask" type="t:Pair"/>', {"left": "int", "right": "int | None"}, True),
        ('<s:element name="Ask" type="s:int"/>', {"ask": "int"}, False),
        (
            '<s:element name="Ask" type="t:Pair" nillable="true"/>',
            {"ask": "Pair | None"},
            False,
        ),
        (
            element("Ask", f"<s:choice>{TEXT}{NUMBER}</s:choice>"),
            {"choice": "AskChoice"},
            True,
        ),
        (
            '<s:element name="Ask"><s:complexType><s:attribute name="id" type="s:int"/>'
            "</s:complexType></s:element>",
            {"id": "int | None"},
            True,
        ),
        (
            '<s:complexType name="Ask"><s:complexContent><s:extension base="t:Pair"/>'
            '</s:complexContent></s:complexType><s:element name="Ask" type="t:Pair"/>',
            {"ask": "AnyPair"},
            False,
        ),
    ],
)
def test_parameters(
    tmp_path: Path, request_: str, expected: dict[str, str], is_wrapped: bool
) -> None:
    operation = structured(tmp_path, request_, element("AskResponse", NUMBER))
    assert parameters(operation) == expected
    assert operation.is_wrapped == is_wrapped


@pytest.mark.parametrize(
    ("response", "result", "slot"),
    [
        (element("AskResponse", ""), "None", ""),
        (element("AskResponse", NUMBER), "int", "n"),
        (
            element("AskResponse", '<s:element name="n" type="s:int" maxOccurs="unbounded"/>'),
            "tuple[int, ...]",
            "n",
        ),
        (element("AskResponse", f"{NUMBER}{TEXT}"), "AskResponse", ""),
        ('<s:element name="AskResponse" type="t:Pair"/>', "Pair", ""),
        ('<s:element name="AskResponse" type="s:date"/>', "date", ""),
        (
            '<s:element name="AskResponse"><s:complexType><s:simpleContent>'
            '<s:extension base="s:int"><s:attribute name="id" type="s:int"/></s:extension>'
            "</s:simpleContent></s:complexType></s:element>",
            "AskResponse",
            "",
        ),
    ],
)
def test_results(tmp_path: Path, response: str, result: str, slot: str) -> None:
    operation = structured(tmp_path, element("Ask", NUMBER), response)
    assert (shown(operation.result), operation.slot) == (result, slot)
    assert operation.is_void == (result == "None")


def test_names_that_two_elements_have_are_those_of_their_slots(tmp_path: Path) -> None:
    other = '<s:element name="n" type="s:int" minOccurs="0" form="unqualified"/>'
    operation = structured(
        tmp_path, element("Ask", f"{NUMBER}{TEXT}{other}"), element("AskResponse", "")
    )
    names = [own.name for own in operation.arguments]
    assert names == [own.slot for own in operation.arguments]
    assert len({*names}) == 3


def test_a_form_with_the_same_parameters_and_result(tmp_path: Path) -> None:
    request = element("Ask", '<s:element name="key" type="s:int"/>')
    document = '<s:element name="document" type="s:int"/>'
    service, shapes, findings = read(tmp_path, request, element("AskResponse", NUMBER), document)
    operation = shapes.structured("Ask")
    assert operation is not None
    assert findings == ()
    assert [*operation.roots] == [BindingKind.HTTP_GET]
    assert [port.name for port in service.ports] == ["Soap", "Get"]


@pytest.mark.parametrize(
    ("item", "is_carried"), [("s:int", True), ("s:QName", False), ("t:Pair", False)]
)
def test_an_array_goes_into_a_form_if_its_items_are_texts(
    tmp_path: Path, item: str, is_carried: bool
) -> None:
    array = f"""<s:complexType name="Many"><s:sequence>
        <s:element name="one" type="{item}" minOccurs="0" maxOccurs="unbounded"/>
        </s:sequence></s:complexType>"""
    request = element("Ask", '<s:element name="key" type="t:Many" minOccurs="0"/>')
    document = '<s:element name="document" type="s:int"/>'
    service, _, findings = read(
        tmp_path, request, element("AskResponse", NUMBER), f"{array}{document}"
    )
    assert [port.name for port in service.ports] == (["Soap", "Get"] if is_carried else ["Soap"])
    assert bool(findings) != is_carried


def test_arrays_of_arrays_do_not_go_into_a_form(tmp_path: Path) -> None:
    array = """<s:complexType name="Many"><s:sequence>
        <s:element name="one" type="s:int" maxOccurs="unbounded"/></s:sequence></s:complexType>"""
    request = element("Ask", '<s:element name="key" type="t:Many" maxOccurs="unbounded"/>')
    document = '<s:element name="document" type="s:int"/>'
    service, _, _ = read(tmp_path, request, element("AskResponse", NUMBER), f"{array}{document}")
    assert [port.name for port in service.ports] == ["Soap"]


@pytest.mark.parametrize(
    ("request_", "response", "document"),
    [
        (element("Ask", NUMBER), element("AskResponse", NUMBER), "s:int"),
        (element("Ask", TEXT), element("AskResponse", NUMBER), "s:string"),
        (element("Ask", TEXT), element("AskResponse", f"{NUMBER}{TEXT}"), "s:int"),
        (
            element("Ask", '<s:element name="key" type="t:Pair"/>'),
            element("AskResponse", NUMBER),
            "s:int",
        ),
    ],
)
def test_a_form_that_says_something_else_is_left_out(
    tmp_path: Path, request_: str, response: str, document: str
) -> None:
    more = f'<s:element name="document" type="{document}"/>'
    service, shapes, _ = read(tmp_path, request_, response, more)
    operation = shapes.structured("Ask")
    assert operation is None or not operation.roots
    assert [port.name for port in service.ports] == ["Soap"]


def test_a_form_that_has_no_place_for_a_structure_is_found(tmp_path: Path) -> None:
    request = element("Ask", '<s:element name="key" type="t:Pair"/>')
    document = '<s:element name="document" type="s:int"/>'
    _, _, (finding,) = read(tmp_path, request, element("AskResponse", NUMBER), document)
    assert finding.rule.code == "W130"
    assert [(loss.operation, loss.binding) for loss in finding.lost] == [("Ask", "Get")]


def test_an_operation_whose_type_has_no_shape_is_left_out_with_the_reason(tmp_path: Path) -> None:
    names = '<s:simpleType name="N"><s:union memberTypes="s:int s:QName"/></s:simpleType>'
    request = element("Ask", '<s:element name="names" type="t:N"/>')
    service, shapes, findings = read(
        tmp_path, request, element("AskResponse", NUMBER), f"{names}{STRING}"
    )
    assert shapes.structured("Ask") is None
    assert {finding.rule.code for finding in findings} == {"W129"}
    assert {loss.binding for finding in findings for loss in finding.lost} == {"Soap"}
    assert findings[0].span.line > 1
    assert service.operations() == {}


def test_parts_are_the_parameters_for_the_grammar(tmp_path: Path) -> None:
    request = element("Ask", f'{TEXT}<s:element name="Pair" type="t:Pair"/>')
    service, _, _ = read(tmp_path, request, element("AskResponse", NUMBER))
    parts: Any = service.operations()["Ask"].input.parts
    assert [(part.name, part.slot, part.type.local) for part in parts] == [
        ("key", "key", "string"),
        ("Pair", "pair", "anyType"),
    ]


def test_fields_of_a_header_may_all_be_left_out_unless_it_is_required(tmp_path: Path) -> None:
    """The header of a field that is given needs its other fields all the same."""
    header = '<soap:header message="t:Head" part="a" use="literal"/>'
    for required, expected in (("", "int | None"), (' w:required="true"', "int")):
        head = header.replace("/>", f' xmlns:w="http://schemas.xmlsoap.org/wsdl/"{required}/>')
        text = WSDL.replace(
            '<input><soap:body use="literal"/></input>',
            f'<input><soap:body use="literal"/>{head}</input>',
        ).replace(
            "  <portType",
            '  <message name="Head"><part name="a" element="t:pair"/></message>\n  <portType',
            1,
        )
        pair = '<s:element name="pair" type="t:Pair"/>'
        path = tmp_path / "x.wsdl"
        path.write_text(
            text % f"{element('Ask', TEXT)}{element('AskResponse', TEXT)}{STRING}{pair}",
            encoding="utf-8",
        )
        service, _ = read_wsdl(path, "x.wsdl")
        assert service is not None
        mentioned = SimpleNamespace(name="Ask", parameters=[SimpleNamespace(name="pair.left")])
        spec = SimpleNamespace(
            operations=[mentioned],
            operations_left_out=frozenset[str](),
            strings=(),
            data_set_rows=(),
        )
        operation = shaped(service, cast("Spec", spec))[1].structured("Ask")
        assert operation is not None
        found = parameters(operation)
        assert found == {"key": "str", "pair.left": expected, "pair.right": "int | None"}
