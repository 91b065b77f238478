"""Services for the tests of clients: WSDLs from a few words, and what goes over their wires.

What requests and responses look like is said here, from the WSDL, and not by generated code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from tests.generator.services import put

from unstringly.diagnostics import Severity
from unstringly.pipeline import check

Kind = Literal["POST", "GET", "SOAP11", "SOAP12"]
KINDS: tuple[Kind, ...] = ("POST", "GET", "SOAP11", "SOAP12")

_ENVELOPES = {
    "SOAP11": "http://schemas.xmlsoap.org/soap/envelope/",
    "SOAP12": "http://www.w3.org/2003/05/soap-envelope",
}
_FORM = "application/x-www-form-urlencoded"
_HEAD = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x"
    xmlns:SOAP11="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:SOAP12="http://schemas.xmlsoap.org/wsdl/soap12/"
    xmlns:http="http://schemas.xmlsoap.org/wsdl/http/"
    xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
"""


@dataclass(frozen=True)
class Port:
    """A binding at an address: its operations with the names of their parameters.

    `tag` ends all names that this port has for an operation on the wire; `locations`, `actions`
    and `docs` give some of them another one.
    """

    kind: Kind
    operations: Mapping[str, tuple[str, ...]]
    address: str = "http://localhost/x"
    tag: str = ""
    locations: Mapping[str, str] | None = None
    actions: Mapping[str, str] | None = None
    docs: Mapping[str, str] | None = None
    name: str = ""
    media: str = ""

    def location(self, operation: str) -> str:
        return (self.locations or {}).get(operation, f"/{operation}{self.tag}")

    def action(self, operation: str) -> str:
        return (self.actions or {}).get(operation, f"urn:x/{operation}{self.tag}")


@dataclass(frozen=True)
class Seen:
    """A request as the service understands it."""

    address: str
    asked: str
    parameters: tuple[tuple[str, str], ...]


def wsdl(service: str, ports: Iterable[Port]) -> str:
    """The WSDL of a service."""
    elements: dict[str, str] = {}
    rest: list[str] = []
    ends: list[str] = []
    for number, port in enumerate(ports):
        name = port.name or f"P{number}"
        rest.append(_described(port, name, elements))
        ends.append(
            f'<port name="{name}" binding="t:{name}">'
            f"<{_extension(port)}:address location={quoteattr(port.address)}/></port>"
        )
    schema = '<s:schema targetNamespace="urn:x" elementFormDefault="qualified">\n'
    return (
        f"{_HEAD}<types>{schema}" + "\n".join(elements.values()) + "</s:schema></types>\n"
        f"{''.join(rest)}<service name={quoteattr(service)}>{''.join(ends)}</service>\n"
        "</definitions>\n"
    )


def _extension(port: Port) -> str:
    return port.kind if port.kind in _ENVELOPES else "http"


def _described(port: Port, name: str, elements: dict[str, str]) -> str:
    messages, types, bound = "", "", ""
    is_soap = port.kind in _ENVELOPES
    for number, (operation, parameters) in enumerate(port.operations.items()):
        sent, came = f"{name}_{number}In", f"{name}_{number}Out"
        tagged = f"{operation}{port.tag}"
        if is_soap:
            elements[tagged] = _element(tagged, parameters)
            elements[f"{tagged}Response"] = _element(f"{tagged}Response", (f"{tagged}Result",))
            parts = f'<part name="parameters" element="t:{tagged}"/>'
            answer = f'<part name="parameters" element="t:{tagged}Response"/>'
            call = f"<{port.kind}:operation soapAction={quoteattr(port.action(operation))}/>"
            body = result = f'<{port.kind}:body use="literal"/>'
        else:
            root = f"string{port.tag}"
            elements[root] = f'<s:element name="{root}" type="s:string"/>'
            parts = "".join(f'<part name="{each}" type="s:string"/>' for each in parameters)
            answer = f'<part name="Body" element="t:{root}"/>'
            call = f"<http:operation location={quoteattr(port.location(operation))}/>"
            body = "<http:urlEncoded/>" if port.kind == "GET" else f'<mime:content type="{_FORM}"/>'
            result = '<mime:mimeXml part="Body"/>'
            if port.media:
                answer = '<part name="Body" type="s:string"/>'
                result = f'<mime:content part="Body" type="{port.media}"/>'
        doc = escape((port.docs or {}).get(operation, f"What {operation} does."))
        messages += f'<message name="{sent}">{parts}</message>\n'
        messages += f'<message name="{came}">{answer}</message>\n'
        types += f'<operation name="{operation}"><documentation>{doc}</documentation>'
        types += f'<input message="t:{sent}"/><output message="t:{came}"/></operation>\n'
        bound += f'<operation name="{operation}">{call}'
        bound += f"<input>{body}</input><output>{result}</output></operation>\n"
    transport = 'transport="http://schemas.xmlsoap.org/soap/http"'
    how = transport if is_soap else f'verb="{port.kind}"'
    return (
        f'{messages}<portType name="{name}">{types}</portType>\n'
        f'<binding name="{name}" type="t:{name}"><{_extension(port)}:binding {how}/>\n'
        f"{bound}</binding>\n"
    )


def _element(name: str, fields: Iterable[str]) -> str:
    inner = "".join(f'<s:element minOccurs="0" name="{each}" type="s:string"/>' for each in fields)
    return (
        f'<s:element name="{name}"><s:complexType><s:sequence>{inner}'
        "</s:sequence></s:complexType></s:element>"
    )


def understood(port: Port, url: str, headers: Mapping[str, str], body: bytes) -> Seen:
    """What a request asks for at a port; it fails if that cannot be told."""
    if port.kind in ("GET", "POST"):
        parts = urlsplit(url)
        query = parts.query if port.kind == "GET" else body.decode("ascii")
        address = f"{parts.scheme}://{parts.netloc}{unquote(parts.path)}"
        return Seen(address, "", tuple(parse_qsl(query, keep_blank_values=True)))
    envelope = ElementTree.fromstring(body)
    assert envelope.tag == f"{{{_ENVELOPES[port.kind]}}}Envelope"
    ((asked,),) = envelope
    action = headers.get("SOAPAction") or headers["Content-Type"].partition("action=")[2]
    parameters = tuple((each.tag.removeprefix("{urn:x}"), each.text or "") for each in asked)
    return Seen(url, f"{asked.tag} {action}", parameters)


def expected(port: Port, operation: str, parameters: Mapping[str, str]) -> Seen:
    """What a call of an operation has to look like at a port."""
    pairs = tuple((name, parameters[name]) for name in port.operations[operation])
    if port.kind in ("GET", "POST"):
        return Seen(port.address + port.location(operation), "", pairs)
    asked = f'{{urn:x}}{operation}{port.tag} "{port.action(operation)}"'
    return Seen(port.address, asked, pairs)


def answer(port: Port, operation: str, text: str) -> bytes:
    """The body of a response with a text as its result."""
    inner = escape(text).replace("\r", "&#13;")
    head = '<?xml version="1.0" encoding="utf-8"?>'
    if port.media:
        return text.encode()
    if port.kind in ("GET", "POST"):
        root = f"string{port.tag}"
        return f'{head}<{root} xmlns="urn:x">{inner}</{root}>'.encode()
    name = f"{operation}{port.tag}"
    return (
        f'{head}<e:Envelope xmlns:e="{_ENVELOPES[port.kind]}"><e:Body>'
        f'<{name}Response xmlns="urn:x"><{name}Result>{inner}</{name}Result></{name}Response>'
        "</e:Body></e:Envelope>"
    ).encode()


TRIED = "package: alone\nwsdl: It.wsdl\n"
"""What the grammars of services begin with that are alone in their folder."""


def put_service(folder: Path, service: str, ports: Iterable[Port], grammar: str) -> Path:
    """The folder of a service, whose grammar begins with its name."""
    return put(folder, "It.wsdl", wsdl(service, ports), f"service: {service}\n{grammar}")


def error_codes(folder: Path, service: str, ports: Iterable[Port], grammar: str) -> list[str]:
    """The codes of the errors that keep a package from being written."""
    checked = check([put_service(folder, service, ports, f"{TRIED}{grammar}")], folder)
    return [each.rule.code for each in checked.findings if each.severity is Severity.ERROR]
