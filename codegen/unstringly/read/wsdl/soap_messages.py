"""The messages of SOAP (WSDL 1.1, section 3.5) with literal bodies, in document and rpc style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from unstringly.model.schema_content import ONCE, ElementRef
from unstringly.model.schema_simple import Atomic, SimpleType
from unstringly.model.service import Message
from unstringly.read.wsdl.elements import name_of, reference
from unstringly.read.wsdl.findings import Refused, gather, quoted
from unstringly.read.wsdl.made import local_element, made_body, parts_name, rpc_name
from unstringly.read.wsdl.messages import (
    ReadMessage,
    empty_message,
    message_of,
    name_of_element,
    no_body,
    no_such_part,
    refuse_same_names,
)
from unstringly.read.wsdl.texts import texts_in

if TYPE_CHECKING:
    from xsdata.models.wsdl import Part as PartModel

    from unstringly.diagnostics import Span
    from unstringly.model.schema_content import ComplexType, Element, Particle
    from unstringly.model.service import Part, QName
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.content import SoapContent
    from unstringly.read.wsdl.xml import Node


class Wrapper(Struct, frozen=True):
    """The element of rpc style: its name without a namespace, and the place of the operation."""

    local: str
    span: Span


def read_document(
    catalog: Catalog, node: Node, content: SoapContent, *, is_result: bool
) -> ReadMessage:
    """Return the message of an input or output in document style: its body is an element a part.

    A body without parts has nothing in it. With `is_result`, a text is the only one in its message.
    Raises `Refused` (W115), or with the findings of what its parts refer to.
    """
    _, origin = message_of(catalog, node)
    name = name_of(origin)
    parts = gather(_body_parts(catalog, node, content), lambda part: _usable(catalog, part))
    match parts:
        case ():
            return empty_message(origin, name)
        case (part,):
            pass
        case _:
            return _spread(catalog, node, origin, parts)
    if "element" not in part.attributes:
        message = f"the part of the message {quoted(name)} has no element, as document style needs"
        raise no_body(part.span, message)
    element = catalog.components.element(part, "element")
    texts = _texts(catalog, element, is_result=is_result)
    body = name_of_element(element)
    return ReadMessage(
        Message(name, element.name, texts or (), origin.span, body, texts is not None)
    )


def _spread(catalog: Catalog, node: Node, origin: Node, parts: tuple[Node, ...]) -> ReadMessage:
    """Return the message of several parts in document style: elements beside each other.

    Its body is made of them, and is never on the wire. Raises `Refused` (W110, W115).
    """
    refuse_same_names(parts)
    if not all("element" in part.attributes for part in parts):
        message = f"a part of the message {quoted(name_of(origin))} has no element, as several need"
        raise no_body(parts[0].span, message)
    elements = [catalog.components.element(part, "element") for part in parts]
    pairs = zip(elements, parts, strict=True)
    particles = [ElementRef(name_of_element(element), ONCE, part.span) for element, part in pairs]
    made = made_body(parts_name(reference(node, "message")), particles, origin.span)
    first = elements[0].name
    message_ = Message(name_of(origin), first, (), origin.span, made.name, is_text=False)
    return ReadMessage(message_, made)


def read_rpc(catalog: Catalog, node: Node, content: SoapContent, wrapper: Wrapper) -> ReadMessage:
    """Return the message of an input or output in rpc style: its body is made of its parts.

    It never has the text form: its elements have no namespace, and their wrapper has one. Raises
    `Refused` (W110, W115), or with the findings of what its parts refer to.
    """
    _, origin = message_of(catalog, node)
    name = name_of(origin)
    nodes = gather(_body_parts(catalog, node, content), catalog.origins.intact)
    refuse_same_names(nodes)
    particles = gather(nodes, lambda part: _particle(catalog, part, is_encoded=content.is_encoded))
    namespace = content.body.attributes.get("namespace", "").strip(" \t\r\n")
    made = made_body(rpc_name(namespace, wrapper.local), particles, wrapper.span)
    message = Message(
        name,
        made.element.name,
        (),
        origin.span,
        made.name,
        is_text=False,
        is_encoded=content.is_encoded,
    )
    return ReadMessage(message, made)


def _usable(catalog: Catalog, model: PartModel) -> Node:
    """Return the element of a part; raises `Refused` if what it refers to cannot be used."""
    part = catalog.origins.intact(model)
    if "element" in part.attributes:
        catalog.components.element(part, "element")
    if "type" in part.attributes:
        catalog.components.type_(part, "type")
    return part


def _texts(catalog: Catalog, element: Element, *, is_result: bool) -> tuple[Part, ...] | None:
    """Return the parts of the text form; None if there is none, as for several results."""
    texts = texts_in(catalog.components, element)
    return None if texts is not None and is_result and len(texts) != 1 else texts


def _particle(catalog: Catalog, part: Node, *, is_encoded: bool) -> Particle:
    """Return what a part is in the body of rpc style.

    A part cannot say whether it may be nil. In SOAP's encoding texts and structures are sent so.
    """
    name = name_of(part)
    if "element" in part.attributes:
        element = catalog.components.element(part, "element")
        return ElementRef(name_of_element(element), ONCE, part.span)
    if "type" in part.attributes:
        type_ = catalog.components.type_(part, "type")
        nillable = is_encoded and _may_be_nil(type_)
        return local_element(name, type_.name, part.span, nillable=nillable)
    raise no_body(part.span, f"the part {quoted(name)} has neither a type nor an element")


def _may_be_nil(type_: SimpleType | ComplexType) -> bool:
    """Say whether values of a type are texts or structures."""
    if isinstance(type_, SimpleType):
        return isinstance(type_.variety, Atomic) and type_.variety.built_in == "string"
    return True


def _body_parts(catalog: Catalog, node: Node, content: SoapContent) -> list[PartModel]:
    """Return the parts of a message that are in the body: those that `parts` of the body names.

    If it is missing, they are all that no header names. An empty response has none, whatever the
    binding names. Raises `Refused` (W115).
    """
    model, _ = message_of(catalog, node)
    if not model.parts and node.local == "output":
        return []
    named = [(catalog.origins[part].attributes.get("name", ""), part) for part in model.parts]
    wanted = content.body.attributes.get("parts")
    if wanted is not None:
        names = wanted.split()
        there = {name for name, _ in named}
        for name in names:
            if name not in there:
                raise no_such_part(content.body.span, name)
        return [part for name, part in named if name in names]
    message = reference(node, "message")
    headers = {
        header.attributes.get("part", "")
        for header in content.headers
        if _message_of(header) == message
    }
    return [part for name, part in named if name not in headers]


def _message_of(header: Node) -> QName | None:
    """Return the name of the message that a header takes its part from; None if it has none."""
    try:
        return reference(header, "message")
    except Refused:
        return None
