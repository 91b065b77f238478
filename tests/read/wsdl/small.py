"""Small WSDLs of one service: bindings of SOAP and HTTP over messages that a test says."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from unstringly.diagnostics import Diagnostic
from unstringly.model.service import Operation, Service
from unstringly.read.wsdl.reader import read_wsdl

Kind = Literal["soap", "soap12", "GET", "POST"]

SCHEMA = """
<s:schema targetNamespace="urn:t" elementFormDefault="qualified">
  <s:element name="Text" type="s:string"/>
  <s:element name="Numbers" type="t:Numbers"/>
  <s:element name="Ask"><s:complexType><s:sequence>
    <s:element name="key" type="t:Key"/><s:element name="day" type="s:date" minOccurs="0"/>
  </s:sequence></s:complexType></s:element>
  <s:element name="Answer"><s:complexType><s:sequence>
    <s:element name="one" type="s:int"/><s:element name="two" type="s:int"/>
  </s:sequence></s:complexType></s:element>
  <s:element name="Done"><s:complexType/></s:element>
  <s:element name="Extra" type="s:string"/>
  <s:simpleType name="Key"><s:restriction base="s:token"/></s:simpleType>
  <s:simpleType name="Many"><s:list itemType="s:int"/></s:simpleType>
  <s:complexType name="Numbers"><s:sequence>
    <s:element name="number" type="s:int" minOccurs="0" maxOccurs="unbounded"/>
  </s:sequence></s:complexType>
  <s:complexType name="Pair"><s:sequence>
    <s:element name="left" type="s:int"/><s:element name="right" type="s:int"/>
  </s:sequence></s:complexType>
  MORE
</s:schema>"""


class Part(NamedTuple):
    """A part of a message: its name, and the attribute that says what it is."""

    name: str
    value: str

    def written(self) -> str:
        kind = "element" if self.value.startswith("element ") else "type"
        return f'<part name="{self.name}" {kind}="{self.value.removeprefix("element ")}"/>'


class Call(NamedTuple):
    """An operation of one binding: its parts, and the attributes and headers of its bodies.

    The response has the headers, each a part of a message. Without `output` it is one-way.
    """

    name: str
    input: tuple[Part, ...]
    output: tuple[Part, ...] | None
    style: str = "document"
    body: str = ""
    response_body: str = ""
    headers: tuple[tuple[Literal["In", "Out"], str], ...] = ()


class Offered(NamedTuple):
    """A port: its kind, and its operations."""

    kind: Kind
    calls: tuple[Call, ...]


def document(name: str, asked: str, answer: str | None) -> Call:
    """A call in document style, by the elements of its messages."""
    output = None if answer is None else (Part("body", f"element {answer}"),)
    return Call(name, (Part("body", f"element {asked}"),), output)


def written(ports: tuple[Offered, ...], schema: str = "") -> str:
    """The text of a WSDL."""
    drawn = "".join(_port(number, port) for number, port in enumerate(ports))
    named = "".join(
        f'<port name="P{number}" binding="t:B{number}">{_address(port.kind)}</port>'
        for number, port in enumerate(ports)
    )
    return f"""<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:t"
    xmlns:t="urn:t" xmlns:s="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"
    xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/">
<types>{SCHEMA.replace("MORE", schema)}</types>
{drawn}
<service name="S">{named}</service>
</definitions>"""


def _address(kind: Kind) -> str:
    prefix = kind if kind in ("soap", "soap12") else "http"
    return f'<{prefix}:address location="http://localhost/s"/>'


def _port(number: int, port: Offered) -> str:
    messages, operations, bound = "", "", ""
    for call in port.calls:
        own = f"{call.name}{number}"
        messages += f'<message name="{own}In">{_parts(call.input)}</message>'
        sent = f'<input message="t:{own}In"/>'
        if call.output is not None:
            messages += f'<message name="{own}Out">{_parts(call.output)}</message>'
            sent += f'<output message="t:{own}Out"/>'
        operations += f'<operation name="{call.name}">{sent}</operation>'
        bound += f'<operation name="{call.name}">{_bound(port.kind, call, own)}</operation>'
    transport = 'transport="http://schemas.xmlsoap.org/soap/http"'
    said = f'verb="{port.kind}"' if port.kind in ("GET", "POST") else transport
    prefix = port.kind if port.kind in ("soap", "soap12") else "http"
    return f"""{messages}
<portType name="T{number}">{operations}</portType>
<binding name="B{number}" type="t:T{number}"><{prefix}:binding {said}/>{bound}</binding>"""


def _parts(parts: tuple[Part, ...]) -> str:
    return "".join(part.written() for part in parts)


def _bound(kind: Kind, call: Call, own: str) -> str:
    if kind in ("soap", "soap12"):
        headers = "".join(
            f'<{kind}:header message="t:{own}{message}" part="{name}" use="literal"/>'
            for message, name in call.headers
        )
        body = f'<{kind}:body use="literal" {call.body}/>'
        response = f'<output><{kind}:body use="literal" {call.response_body}/>{headers}</output>'
        response = "" if call.output is None else response
        action = f'<{kind}:operation soapAction="" style="{call.style}"/>'
        return f"{action}<input>{body}</input>{response}"
    form = '<mime:content type="application/x-www-form-urlencoded"/>'
    request = "<http:urlEncoded/>" if kind == "GET" else form
    response = f"<output>{call.response_body}</output>" if call.output is not None else ""
    return f'<http:operation location="/{call.name}"/><input>{request}</input>{response}'


Read = tuple[Service | None, tuple[Diagnostic, ...]]


def read(ports: Iterable[Offered], schema: str = "") -> Read:
    """The service that the WSDL describes, and the findings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "S.wsdl")
        path.write_text(written(tuple(ports), schema), encoding="utf-8")
        return read_wsdl(path, "S.wsdl")


def operation_of(kind: Kind, call: Call, schema: str = "") -> tuple[Operation, Service]:
    """The only operation of a service of one port, which has no findings."""
    service, findings = read([Offered(kind, (call,))], schema)
    assert findings == ()
    assert service is not None
    (operation,) = service.operations().values()
    return operation, service
