"""The headers of SOAP requests (WSDL 1.1, section 3.7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic
from unstringly.model.service import Header
from unstringly.read.wsdl.content import CONTENT, NOT_LITERAL
from unstringly.read.wsdl.elements import WSDL, attribute
from unstringly.read.wsdl.findings import Refused, gather, quoted
from unstringly.read.wsdl.messages import ReadMessage, message_of, name_of_element, no_such_part

if TYPE_CHECKING:
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.content import SoapContent
    from unstringly.read.wsdl.xml import Node


def with_headers(catalog: Catalog, message: ReadMessage, content: SoapContent) -> ReadMessage:
    """Return a message with the headers that the binding gives it; raises `Refused`."""
    if not content.headers:
        return message
    headers = gather(content.headers, lambda node: _read(catalog, node))
    once = {header.element: header for header in reversed(headers)}
    own = replace(message.message, headers=tuple(reversed(once.values())), parts=(), is_text=False)
    return message._replace(message=own)


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
