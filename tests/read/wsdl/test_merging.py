"""Operations of one name in several ports: what differs on the wire is another operation."""

import tempfile
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unstringly.diagnostics import Diagnostic
from unstringly.model.service import Operation, Port, Service
from unstringly.read.wsdl.reader import read_wsdl

NAMESPACES: Final = ("urn:a", "urn:b")
SCHEMA: Final = """<s:schema targetNamespace="{0}" elementFormDefault="qualified">
<s:element name="Send"><s:complexType><s:sequence>
<s:element name="user" type="s:string"/><s:element name="text" type="s:string"/>
</s:sequence></s:complexType></s:element>
<s:element name="SendResponse"><s:complexType><s:sequence>
<s:element name="SendResult" type="s:string"/></s:sequence></s:complexType></s:element>
</s:schema>"""
HEAD: Final = """<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:t"
    xmlns:t="urn:t" xmlns:a="urn:a" xmlns:b="urn:b" xmlns:s="http://www.w3.org/2001/XMLSchema"
    xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/">"""
POLICY: Final = """xmlns:wsp="http://www.w3.org/ns/ws-policy"
    xmlns:sp="http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702\""""
TYPED: Final = '<part name="user" type="s:string"/><part name="text" type="s:string"/>'


class Way(NamedTuple):
    """A port, and how its only operation goes over it."""

    kind: str = "soap"
    style: str = "document"
    namespace: str = "a"
    action: str = "urn:send"
    location: str = "/Send"
    service: str = "One"
    has_own_type: bool = True
    is_readable: bool = True
    operation: str = "Send"

    def wire(self) -> tuple[str, ...]:
        """What differs on the wire."""
        if self.kind in ("soap", "soap12"):
            return self.kind, self.style, self.namespace, self.action
        return self.kind, self.location


def port_type(number: int, way: Way) -> tuple[str, str]:
    """The name of the port type of a port, and its text with messages."""
    style = way.style if way.kind in ("soap", "soap12") else "http"
    name = f"T{number}" if way.has_own_type else f"{style}{way.namespace}"
    asked, answered = TYPED, '<part name="result" type="s:string"/>'
    if style == "document":
        asked = f'<part name="p" element="{way.namespace}:Send"/>'
        answered = f'<part name="p" element="{way.namespace}:SendResponse"/>'
    if not way.is_readable:
        asked = asked.replace("Send", "Lost").replace("s:string", "s:lost")
    text = f'<message name="{name}In">{asked}</message>'
    text += f'<message name="{name}Out">{answered}</message><portType name="{name}">'
    text += f'<operation name="{way.operation}">'
    text += f'<input message="t:{name}In"/><output message="t:{name}Out"/>'
    return name, f"{text}</operation></portType>"


def binding(number: int, way: Way, type_: str) -> str:
    prefix = way.kind if way.kind in ("soap", "soap12") else "http"
    start = f'<binding name="B{number}" type="t:{type_}">'
    if prefix != "http":
        body = f'<{prefix}:body use="literal" namespace="urn:rpc:{way.namespace}"/>'
        start += f'<{prefix}:binding transport="http://schemas.xmlsoap.org/soap/http"/>'
        start += f'<operation name="{way.operation}"><{prefix}:operation soapAction="{way.action}" '
        start += f'style="{way.style}"/><input>{body}</input><output>{body}</output>'
        return f"{start}</operation></binding>"
    asked = '<mime:content type="application/x-www-form-urlencoded"/>'
    asked = "<http:urlEncoded/>" if way.kind == "GET" else asked
    start += f'<http:binding verb="{way.kind}"/><operation name="{way.operation}">'
    start += f'<http:operation location="{way.location}"/><input>{asked}</input>'
    start += '<output><mime:content type="text/plain" part="result"/></output>'
    return f"{start}</operation></binding>"


def written(ways: list[Way]) -> str:
    """The text of a WSDL with a port for each way, those of a service together."""
    types: dict[str, str] = {}
    bindings: list[str] = []
    ports: dict[str, str] = {}
    for number, way in enumerate(ways):
        name, text = port_type(number, way)
        types[name] = text
        bindings.append(binding(number, way, name))
        prefix = way.kind if way.kind in ("soap", "soap12") else "http"
        address = f'<{prefix}:address location="http://localhost/{number}"/>'
        port = f'<port name="P{number}" binding="t:B{number}">{address}</port>'
        ports[way.service] = ports.get(way.service, "") + port
    services = "".join(f'<service name="{name}">{text}</service>' for name, text in ports.items())
    schemas = "".join(map(SCHEMA.format, NAMESPACES))
    inner = "".join((*types.values(), *bindings, services))
    return f"{HEAD}<types>{schemas}</types>{inner}</definitions>"


def read(ways: list[Way]) -> tuple[Service | None, tuple[Diagnostic, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "S.wsdl")
        path.write_text(written(ways), encoding="utf-8")
        return read_wsdl(path, "S.wsdl")


def service_of(ways: list[Way]) -> Service:
    service, findings = read(ways)
    assert service is not None, findings
    return service


def called(service: Service) -> list[tuple[Port, Operation]]:
    return [(port, own) for port in service.ports for own in port.binding.port_type.operations]


def ways_of(kind: st.SearchStrategy[str]) -> st.SearchStrategy[Way]:
    return st.builds(
        Way,
        kind,
        st.sampled_from(["document", "rpc"]),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["", "urn:send", "urn:other"]),
        st.sampled_from(["/Send", "/Other"]),
        st.sampled_from(["One", "Two", "Three"]),
        st.booleans(),
        st.just(value=True),
        st.just("Send"),
    )


@pytest.mark.parametrize("kind", ["soap", "soap12", "GET", "POST"])
@given(st.data())
def test_what_differs_on_the_wire_is_there(kind: str, data: st.DataObject) -> None:
    """Over one kind of binding each way to call is there once, under a name of its own."""
    ways = data.draw(st.lists(ways_of(st.just(kind)), min_size=1, max_size=6))
    service, findings = read(ways)
    assert service is not None
    pairs = called(service)
    kept = [ways[int(port.name[1:])].wire() for port, _ in pairs]
    assert sorted(kept) == sorted({way.wire() for way in ways})
    names = [own.name for _, own in pairs]
    assert len(set(names)) == len(names) == len(service.operations())
    renamed = [finding for finding in findings if finding.rule.code == "W131"]
    assert len(renamed) == len(names) - 1
    for name in names[1:]:
        assert any(f"is called `{name}`" in finding.message for finding in renamed)


@given(
    st.lists(ways_of(st.sampled_from(["soap", "soap12", "GET", "POST"])), min_size=1, max_size=6)
)
@example([Way(), Way("GET"), Way(namespace="b"), Way("GET", location="/x")])
@example([Way(), Way(action="urn:b"), Way("soap12", action="urn:b"), Way("soap12")])
def test_a_service_loses_no_way_without_a_word(ways: list[Way]) -> None:
    """Over several kinds of bindings: each way is called, or a finding (W124) is about it."""
    ways = [way._replace(service="One") for way in ways]
    service, findings = read(ways)
    assert service is not None
    kept = {ways[int(port.name[1:])].wire() for port, _ in called(service)}
    lost = {loss.binding for finding in findings for loss in finding.lost}
    kept |= {way.wire() for number, way in enumerate(ways) if f"B{number}" in lost}
    assert kept == {way.wire() for way in ways}


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Way(action="urn:other", service="Two"), "has another SOAP action"),
        (Way(namespace="b", service="Two"), "has other elements"),
        (Way(style="rpc", service="Two"), "has other elements"),
    ],
)
def test_the_finding_says_what_differs(other: Way, words: str) -> None:
    _, (finding,) = read([Way(), other])
    assert finding.rule.code == "W131"
    assert "`Send` of the port `P1` is called `Two.Send`, since `Send`" in finding.message
    assert finding.message.endswith(words)


@given(st.lists(ways_of(st.just("soap")), min_size=2, max_size=4))
@example([Way(is_readable=False), Way(namespace="b", service="Two")])
@example([Way(is_readable=False), Way(namespace="b")])
@example([Way(), Way("GET"), Way(namespace="b")])
@example([Way(service="Two"), Way(), Way(action="urn:other")])
def test_a_mend_gives_no_name_another_meaning(ways: list[Way]) -> None:
    """What is called under a name while the first port cannot be read is there under it after."""
    broken = [ways[0]._replace(is_readable=False, has_own_type=True), *ways[1:]]
    service, _ = read(broken)
    if service is None:
        return
    before = {own.name: ways[int(port.name[1:])].wire() for port, own in reversed(called(service))}
    after: dict[str, set[tuple[str, ...]]] = {}
    mended = [ways[0]._replace(has_own_type=True), *ways[1:]]
    for port, own in called(service_of(mended)):
        after.setdefault(own.name, set()).add(ways[int(port.name[1:])].wire())
    for name, wire in before.items():
        assert wire in after.get(name, {wire})


def test_what_is_asserted_is_said_of_what_the_client_has() -> None:
    """Under the names that operations have there, and of no port that is not called."""
    text = written([Way(), Way(namespace="b", service="Two"), Way(service="Three")])
    for number, assertion in ((1, "<sp:SignedParts/>"), (2, "<sp:EncryptedParts/>")):
        start = f'<binding name="B{number}" type="t:T{number}">'
        assert start in text
        text = text.replace(start, f"{start}<wsp:Policy {POLICY}>{assertion}</wsp:Policy>")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "S.wsdl")
        path.write_text(text, encoding="utf-8")
        _, findings = read_wsdl(path, "S.wsdl")
    (finding,) = (own for own in findings if own.rule.code == "W134")
    assert "`SignedParts`" in finding.message
    assert finding.operations == ("Two.Send",)
    assert finding.note == "asserted for `Two.Send`"
