"""A fault in a schema is told once, at its place, with all operations that reach it."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from tests.read.schema.judge import Judge
from tests.read.schema.sketches import ELEMENTS, Sketch, sketches, written
from tests.read.wsdl.test_golden import GOLDEN
from tests.read.wsdl.test_imports import put

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema_names import XSD, ComponentName
from unstringly.model.service import QName, Service
from unstringly.read.wsdl.reader import read_wsdl

Read = tuple[Service | None, tuple[Diagnostic, ...]]

OPERATION = '<w:operation name="Ask{0}">{1}</w:operation>'
MESSAGES = '<w:input message="f:{0}"/><w:output message="f:Fine"/>'
BODIES = '<w:input><b:body use="literal"/></w:input><w:output><b:body use="literal"/></w:output>'
MESSAGE = '<w:message name="{0}"><w:part name="body" element="{1}:{0}"/></w:message>'


def asking(part: str = MESSAGE, style: str = "document") -> str:
    """A WSDL that has an operation for each element of `drawn.xsd`, which it takes as its body."""
    return f"""<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:x="urn:x"
    xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:b="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:f="urn:f" targetNamespace="urn:f">
  <w:types><s:schema targetNamespace="urn:f" elementFormDefault="qualified">
    <s:import namespace="urn:x" schemaLocation="drawn.xsd"/>
    <s:element name="Fine"><s:complexType><s:sequence>
      <s:element name="result" type="s:string"/>
    </s:sequence></s:complexType></s:element>
  </s:schema></w:types>
  {"".join(part.format(name, "x") for name in ELEMENTS)}{MESSAGE.format("Fine", "f")}
  <w:portType name="P">
    {"".join(OPERATION.format(name, MESSAGES.format(name)) for name in ELEMENTS)}
  </w:portType>
  <w:binding name="B" type="f:P">
    <b:binding style="{style}" transport="http://schemas.xmlsoap.org/soap/http"/>
    {"".join(OPERATION.format(name, BODIES) for name in ELEMENTS)}
  </w:binding>
  <w:service name="S">
    <w:port name="P" binding="f:B"><b:address location="http://localhost/s"/></w:port>
  </w:service>
</w:definitions>"""


def read(schema: str, wsdl: str) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        return read_wsdl(put(Path(folder), {"S.wsdl": wsdl, "drawn.xsd": schema}), "S.wsdl")


def codes_of(findings: Iterable[Diagnostic]) -> list[str]:
    return [finding.rule.code for finding in findings]


@given(sketch=sketches())
def test_operations_lose_what_reaches_a_fault_and_the_fault_says_so(sketch: Sketch) -> None:
    _, findings = read(written(sketch), asking())
    judge = Judge(sketch)
    lines = {name: number for number, name in enumerate(sketch, 2)}
    told: dict[str, set[int]] = {name: set() for name in ELEMENTS}
    for finding in findings:
        for loss in finding.lost:
            assert f"`{loss.operation}`" in finding.note
            if finding.rule.code in {"W111", "W128"}:
                told[loss.operation.removeprefix("Ask")].add(finding.span.line)
                is_in_schema = finding.span.file == "drawn.xsd"
                assert is_in_schema == (loss.operation.removeprefix("Ask") in sketch)
    for name in ELEMENTS:
        if name in sketch:
            assert bool(told[name]) == (not judge.is_usable(name))
            assert told[name] <= {lines[fault] for fault in judge.faults_of(name)}
        else:
            assert told[name]
    others = [code for code in codes_of(findings) if code not in {"W111", "W128"}]
    assert others == ["W121"] * all(told.values())  # no operation is left
    places = [(finding.rule, finding.span, finding.message) for finding in findings]
    assert len(places) == len(set(places))


FAULTY = f"""<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns="urn:x"
    targetNamespace="urn:x">
  <s:complexType name="T"><s:sequence><s:element name="a" type="Missing"/></s:sequence>
  </s:complexType>
  {"".join(f'<s:element name="{name}" type="T"/>' for name in ELEMENTS)}
</s:schema>"""


def test_one_fault_is_one_finding_however_many_operations_reach_it() -> None:
    service, findings = read(FAULTY, asking())
    assert service is None
    assert codes_of(findings) == ["W121", "W111"]
    finding = findings[1]
    assert (finding.span.file, finding.span.line) == ("drawn.xsd", 3)
    assert finding.note == "`AskE0`, `AskE1` and `AskE2` are left out (binding `B`)"


def test_a_fault_is_told_of_operations_that_are_lost_for_another_reason_too() -> None:
    """No style is `wrapped`."""
    part = '<w:message name="{0}"><w:part name="a" type="{1}:T"/><w:part name="b" type="s:int"/>'
    _, findings = read(FAULTY, asking(f"{part}</w:message>", "wrapped"))
    assert codes_of(findings) == ["W117", "W121", "W111"]
    losses = {
        finding.rule.code: {loss.operation for loss in finding.lost}
        for finding in findings
        if finding.lost
    }
    assert losses == {"W111": {"AskE0", "AskE1", "AskE2"}, "W117": {"AskE0", "AskE1", "AskE2"}}


def test_an_element_of_a_standard_may_be_a_body() -> None:
    wsa = "http://www.w3.org/2005/08/addressing"
    part = f'<w:part name="a" element="q:From" xmlns:q="{wsa}"/>'
    service, findings = read(FAULTY, asking(f'<w:message name="{{0}}">{part}</w:message>'))
    assert codes_of(findings) == ["W133", "W133", "W111"]  # all have this body
    assert service is not None
    bodies = {operation.input.body for operation in service.operations().values()}
    assert bodies == {ComponentName("element", wsa, "From")}


def test_types_of_drafts_are_those_of_today() -> None:
    """Parts may name types in the namespace that XML Schema had in 1999."""
    golden = (GOLDEN / "clean.wsdl").read_text(encoding="utf-8")
    part = '<wsdl:part name="user" type="{}:string"'
    assert part.format("s") in golden
    old = golden.replace(part.format("s"), part.format("o"))
    draft = 'xmlns:o="http://www.w3.org/1999/XMLSchema"'
    old = old.replace("<wsdl:definitions", f"<wsdl:definitions {draft}", 1)
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), {"S.wsdl": old})
        service, findings = read_wsdl(path, "S.wsdl")
    assert findings == ()
    assert service is not None
    (port,) = (port for port in service.ports if port.name == "EchoGet")
    part_types = {part.type for part in port.binding.port_type.operations[0].input.parts}
    assert part_types == {QName(XSD, "string")}
