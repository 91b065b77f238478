"""The headers of SOAP messages (WSDL 1.1, section 3.7).

A header of a request must be known, or the call would be another one. One of a response is for who
asks: where it cannot be read, that is a finding, and the operation is there without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.service import Header
from unstringly.read.wsdl.content import CONTENT, NOT_LITERAL
from unstringly.read.wsdl.elements import WSDL, attribute
from unstringly.read.wsdl.findings import Refused, gather, keep, quoted
from unstringly.read.wsdl.messages import ReadMessage, message_of, name_of_element, no_such_part

if TYPE_CHECKING:
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.content import SoapContent
    from unstringly.read.wsdl.xml import Node

HEADER_LEFT_OUT = Rule(
    "W136",
    Severity.WARNING,
    "a header of a response is not offered",
    wrong="""\
The binding declares a header of a response. It is no literal element, its part, type or message is
not there, or the type has no form in Python. Or the operation takes and gives texts, and such calls
give the result alone.""",
    why="""\
Who asks for the headers of responses (`client.answers`) does not get this one. The operation
itself is generated, and its results are the same.""",
    example='<soap:header message="tns:SendOut" part="quota" use="encoded" />      in an output',
    todo="""\
Nothing, if you do not need the header. Otherwise correct your copy, or leave the operation out of
the grammar: it then has the types of the schema.""",
)

RULES = (HEADER_LEFT_OUT,)


def with_headers(catalog: Catalog, message: ReadMessage, content: SoapContent) -> ReadMessage:
    """Return a message with the headers that the binding gives it; raises `Refused`."""
    if not content.headers:
        return message
    headers = gather(content.headers, lambda node: _read(catalog, node))
    once = {header.element: header for header in reversed(headers)}
    own = replace(message.message, headers=tuple(reversed(once.values())), parts=(), is_text=False)
    return message._replace(message=own)


def with_response_headers(
    catalog: Catalog, message: ReadMessage, content: SoapContent
) -> tuple[ReadMessage, tuple[Diagnostic, ...]]:
    """Return a response with the headers that can be read, and a finding for each other one."""
    headers, problems = keep(content.headers, lambda node: _read(catalog, node))
    once = {header.element: header for header in reversed(headers)}
    own = replace(message.message, headers=tuple(reversed(once.values())))
    findings = tuple(
        Diagnostic(HEADER_LEFT_OUT, own.span, own.message, HEADER_ADVICE) for own in problems
    )
    return message._replace(message=own), findings


HEADER_ADVICE = "Nothing needs to be done: the operation is generated without the header."


def _read(catalog: Catalog, node: Node) -> Header:
    """Return a header; raises `Refused` for one that is no literal element."""
    if node.attributes.get("use", "literal") != "literal":
        raise Refused(Diagnostic(NOT_LITERAL, node.span, "the header is not literal"))
    model, _ = message_of(catalog, node)
    name = attribute(node, "part")
    parts = {
        own.attributes.get("name", ""): own for own in map(catalog.origins.intact, model.parts)
    }
    if name not in parts:
        raise no_such_part(node.span, name)
    part = parts[name]
    if "element" not in part.attributes:
        words = f"the header {quoted(name)} is no element: its part has none"
        raise Refused(Diagnostic(CONTENT, part.span, words))
    element = catalog.components.element(part, "element")
    required = node.attributes.get(f"{{{WSDL}}}required", "").strip() in ("true", "1")
    return Header(name_of_element(element), required, node.span)
