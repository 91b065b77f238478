"""The messages of HTTP bindings (WSDL 1.1, sections 4 and 5).

A request has a part for each parameter, in a query or a form; a response is one element, or a
text, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema_content import ComplexType, Occurs
from unstringly.model.schema_names import XSD
from unstringly.model.schema_simple import SimpleType
from unstringly.model.service import Message, Part
from unstringly.read.wsdl.elements import name_of
from unstringly.read.wsdl.findings import Refused, gather, quoted
from unstringly.read.wsdl.made import local_element, made_body
from unstringly.read.wsdl.messages import (
    NOT_SIMPLE,
    ReadMessage,
    empty_message,
    message_of,
    name_of_element,
    no_body,
    no_such_part,
    refuse_same_names,
)
from unstringly.read.wsdl.texts import built_in, repeated_item

if TYPE_CHECKING:
    from xsdata.models.wsdl import Message as MessageModel

    from unstringly.model.schema_content import LocalElement
    from unstringly.model.schema_names import ComponentName
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.content import HttpContent
    from unstringly.read.wsdl.xml import Node

_ANY_TIMES = Occurs(0, None)


def read_http_request(catalog: Catalog, node: Node, body: ComponentName) -> ReadMessage:
    """Return the message of a query or form, whose parts are the parameters.

    An element of the name `body` is made of them, with a repeated element for an array. If the only
    part is an element, the parameters are what stands in it. Raises `Refused` (W110, W114, W115),
    or with the findings of what the parts refer to.
    """
    model, origin = message_of(catalog, node)

    def read(part: Node) -> tuple[LocalElement, Part | None]:
        if "type" not in part.attributes:
            raise no_body(part.span, "a part of an HTTP request has no type")
        return _parameter(catalog, part)

    nodes = gather(model.parts, catalog.origins.intact)
    if len(nodes) == 1 and "element" in nodes[0].attributes:
        return _form_of_element(catalog, origin, nodes[0])
    refuse_same_names(nodes)
    parameters = gather(nodes, read)
    made = made_body(body, (element for element, _ in parameters), node.span)
    texts = tuple(text for _, text in parameters if text is not None)
    is_text = len(texts) == len(parameters)
    parts = texts if is_text else ()
    return ReadMessage(Message(name_of(origin), None, parts, origin.span, made.name, is_text), made)


def read_posted(catalog: Catalog, node: Node, content: HttpContent) -> ReadMessage:
    """Return the message of a request whose body is an element, without an envelope.

    Raises `Refused` (W115), or with the findings of what its part refers to.
    """
    model, origin = message_of(catalog, node)
    part = _only_part(catalog, model, origin, content.part, "request in XML")
    if "element" not in part.attributes:
        raise no_body(part.span, "the part of an XML request has no element")
    element = catalog.components.element(part, "element")
    body = name_of_element(element)
    return ReadMessage(Message(name_of(origin), element.name, (), origin.span, body, is_text=False))


def _form_of_element(catalog: Catalog, origin: Node, part: Node) -> ReadMessage:
    """Return the message of a query or form whose fields are what stands in an element."""
    element = catalog.components.element(part, "element")
    body = name_of_element(element)
    return ReadMessage(Message(name_of(origin), None, (), origin.span, body, is_text=False))


def _parameter(catalog: Catalog, part: Node) -> tuple[LocalElement, Part | None]:
    """Return the element of a parameter, and its part if a text may be sent for it."""
    name = name_of(part)
    type_ = catalog.components.type_(part, "type")
    match type_:
        case SimpleType():
            atomic = built_in(type_)
            text = None if atomic is None else Part(name, atomic, part.span, type_.name)
            return local_element(name, type_.name, part.span), text
        case ComplexType():
            item = repeated_item(catalog.components, type_)
            if item is None:
                raise Refused(_not_simple(part, type_))
            return local_element(name, item, part.span, _ANY_TIMES), None
        case _:
            assert_never(type_)


def read_http_response(catalog: Catalog, node: Node, content: HttpContent | None) -> ReadMessage:
    """Return the message of a response: an element if it is XML, otherwise a text.

    Without content, which only a message without parts may have, nothing is in it. Raises
    `Refused` (W114, W115), or with the findings of what its part refers to.
    """
    model, origin = message_of(catalog, node)
    name = name_of(origin)
    if content is None:
        return empty_message(origin, name)
    part = _only_part(catalog, model, origin, content.part)
    if content.is_xml:
        return _xml_response(catalog, origin, name, part)
    if "type" not in part.attributes:
        raise no_body(part.span, "the part of a text response has no type")
    type_ = catalog.components.type_(part, "type")
    atomic = built_in(type_)
    if atomic is None:
        raise Refused(_not_simple(part, type_))
    text = Part(name_of(part), atomic, part.span, type_.name)
    return ReadMessage(Message(name, None, (text,), origin.span))


def _xml_response(catalog: Catalog, origin: Node, name: str, part: Node) -> ReadMessage:
    if "element" not in part.attributes:
        raise no_body(part.span, "the part of an XML response has no element")
    element = catalog.components.element(part, "element")
    atomic = built_in(catalog.components.type_of(element))
    body = name_of_element(element)
    if atomic is None:
        message = Message(name, element.name, (), origin.span, body, is_text=False)
    else:
        text = Part(name_of(part), atomic, part.span, element.type)
        message = Message(name, element.name, (text,), origin.span, body)
    return ReadMessage(message)


def _only_part(
    catalog: Catalog, model: MessageModel, origin: Node, name: str | None, noun: str = "response"
) -> Node:
    nodes = [catalog.origins.intact(item) for item in model.parts]
    if len(nodes) != 1:
        message = f"an HTTP {noun} needs exactly one part, and this has {len(nodes)}"
        raise no_body(origin.span, message)
    if name is not None and name != name_of(nodes[0]):
        raise no_such_part(nodes[0].span, name)
    return nodes[0]


def _not_simple(part: Node, type_: SimpleType | ComplexType) -> Diagnostic:
    """Return the finding (W114) for a part whose values are more than texts."""
    kind = "complex type" if isinstance(type_, ComplexType) else "list or union"
    if type_.name.namespace == XSD:
        kind = "type"
    message = f"the part {quoted(name_of(part))} is of the {kind} {quoted(type_.name.local)}"
    return Diagnostic(NOT_SIMPLE, part.span, message)
