"""From messages (WSDL 1.1, section 2.3) and their XML Schema components to `Message`s.

For SOAP only the shape "document/literal wrapped" is read: a message has one part, which
names an element, whose type is a sequence of elements, one for each parameter or the result.
HTTP requests have a part of a simple type for each parameter; an HTTP response is one element
of a simple type, or a text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar, assert_never

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.schema_content import (
    ONCE,
    Attributes,
    ComplexContent,
    ComplexType,
    Compositor,
    Derivation,
    ElementRef,
    LocalElement,
    ModelGroup,
    Particle,
)
from unstringly.model.schema_names import ANY_TYPE, XSD
from unstringly.model.schema_simple import Atomic, SimpleType
from unstringly.model.service import Message, Part, QName
from unstringly.read.schema.known import KNOWN
from unstringly.read.wsdl.elements import name_of
from unstringly.read.wsdl.findings import Refused, gather, quoted
from unstringly.read.wsdl.names import duplicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from xsdata.models.wsdl import Message as MessageModel
    from xsdata.models.wsdl import Part as PartModel

    from unstringly.diagnostics import Span
    from unstringly.model.schema_content import Element, Occurs
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.components import Components
    from unstringly.read.wsdl.xml import Node

UNKNOWN_TYPE = Rule(
    "W114",
    Severity.WARNING,
    "a parameter or result is not of a simple type",
    wrong="""\
The type is complex, a list, a union, or `anyType`. Parameters and results are texts, numbers
and the like: the built-in simple types of XML Schema, or restrictions of them.""",
    why="""\
Anything else has no place in a generated signature, so the operations that the finding
names are left out of those bindings.""",
    example='<s:element name="order" type="tns:Order" />          it has elements of its own',
    todo="""\
Nothing, if another binding has the operation. Call an operation with structured values with
another client.""",
)

NOT_WRAPPED = Rule(
    "W115",
    Severity.WARNING,
    "a message is not of a shape that can be generated",
    wrong="""\
A SOAP message must be "document/literal wrapped": one part with `element=`, whose type is a
sequence of elements of the same namespace that occur at most once, and in a response
exactly one of them. An HTTP request's parts have `type=`; an HTTP response has one part.""",
    why="""\
What the message looks like on the wire is not known, so the operations that the finding
names are left out of those bindings.""",
    example='<wsdl:part name="userCode" type="s:string" />        in a SOAP message',
    todo="""\
Nothing, if another binding has the operation. Otherwise call it with another client. Do not
edit your copy into that shape: the service would not take such calls.""",
)

RULES = (UNKNOWN_TYPE, NOT_WRAPPED)


T = TypeVar("T")


class _Field(NamedTuple):
    """An element within a wrapper element, and the place where it stands there."""

    element: Element
    occurs: Occurs
    span: Span


def read_soap_message(catalog: Catalog, node: Node, *, is_result: bool) -> Message:
    """Return the message that the input or output of a port type refers to, with its elements.

    With `is_result` there must be exactly one. Raises `Refused` (W114, W115), or with the findings
    of what its parts refer to.
    """
    model = catalog.messages.referred(node, "message")
    origin = catalog.origins[model]
    parts = gather(model.parts, lambda part: _usable(catalog, part))
    if len(parts) != 1 or "element" not in parts[0].attributes:
        message = f"the SOAP message {quoted(name_of(origin))} is not one part with an element"
        raise Refused(_not_wrapped((parts[0] if parts else origin).span, message))
    wrapper = catalog.components.element(parts[0], "element")
    fields = _told_here(parts[0].span, lambda: _read_fields(catalog.components, wrapper))
    if is_result and len(fields) != 1:
        raise Refused(_one_result(wrapper.span, len(fields)))
    return Message(name_of(origin), wrapper.name, fields, origin.span)


def _usable(catalog: Catalog, part: PartModel) -> Node:
    """Return the element of a part; raises `Refused` if what it refers to cannot be used."""
    node = catalog.origins.intact(part)
    if "element" in node.attributes:
        catalog.components.element(node, "element")
    if "type" in node.attributes:
        catalog.components.type_(node, "type")
    return node


def read_http_request(catalog: Catalog, node: Node) -> Message:
    """Return the message of a query or form, whose parts are the parameters; raises `Refused`."""
    model = catalog.messages.referred(node, "message")
    origin = catalog.origins[model]

    def read(node: Node) -> Part:
        if "type" not in node.attributes:
            raise Refused(_not_wrapped(node.span, "a part of an HTTP request has no type"))
        return _read_part(catalog, node)

    nodes = gather(model.parts, catalog.origins.intact)
    _refuse_twice("part", ((part.attributes.get("name", ""), part.span) for part in nodes))
    return Message(name_of(origin), None, gather(nodes, read), origin.span)


def read_http_response(catalog: Catalog, node: Node, part: str | None, *, is_xml: bool) -> Message:
    """Return the message of a response's body: an element if it is XML, otherwise a text.

    `part` is the name of the part that the binding gives, if any. Raises `Refused`.
    """
    model = catalog.messages.referred(node, "message")
    origin = catalog.origins[model]
    body = _read_body(catalog, model, origin, part)
    if not is_xml:
        if "type" not in body.attributes:
            raise Refused(_not_wrapped(body.span, "the part of a text response has no type"))
        return Message(name_of(origin), None, (_read_part(catalog, body),), origin.span)
    if "element" not in body.attributes:
        raise Refused(_not_wrapped(body.span, "the part of an XML response has no element"))
    element = catalog.components.element(body, "element")
    type_ = _told_here(body.span, lambda: _type_of(catalog.components, element))
    result = Part(name_of(body), type_, body.span)
    return Message(name_of(origin), element.name, (result,), origin.span)


def _read_body(catalog: Catalog, model: MessageModel, origin: Node, part: str | None) -> Node:
    nodes = [catalog.origins.intact(item) for item in model.parts]
    if len(nodes) != 1:
        raise Refused(_one_result(origin.span, len(nodes)))
    if part is not None and part != name_of(nodes[0]):
        message = f"the binding speaks of a part {quoted(part)}, and there is none"
        raise Refused(_not_wrapped(nodes[0].span, message))
    return nodes[0]


def _read_part(catalog: Catalog, node: Node) -> Part:
    name = name_of(node)
    type_ = catalog.components.type_(node, "type")
    return Part(name, _built_in(type_, f"the part {quoted(name)}", node.span), node.span)


def _read_fields(components: Components, wrapper: Element) -> tuple[Part, ...]:
    """Return a part for each element within the wrapper element; raises `Refused`."""
    type_ = components.type_of(wrapper)
    if isinstance(type_, SimpleType) or type_.name == ANY_TYPE:
        message = f"the element {quoted(wrapper.name.local)} has no complex type"
        raise Refused(_not_wrapped(wrapper.span, message))
    fields = _plain_fields(components, type_)
    if fields is None:
        local = quoted(wrapper.name.local)
        message = f"the type of the element {local} is not a sequence of elements"
        raise Refused(_not_wrapped(type_.span, message))
    _refuse_twice("element", ((field.element.name.local, field.span) for field in fields))
    namespace = wrapper.name.namespace
    return gather(fields, lambda field: _read_field(components, field, namespace))


def _plain_fields(components: Components, type_: ComplexType) -> list[_Field] | None:
    """Return the elements of a type that is one sequence of them; None for any other type."""
    content = type_.content
    has_more = type_.abstract or type_.attributes != Attributes() or type_.base != ANY_TYPE
    is_added = type_.derivation is Derivation.EXTENSION
    if has_more or is_added or not isinstance(content, ComplexContent) or content.mixed:
        return None
    match content.particle:
        case None:
            particles: tuple[Particle, ...] = ()
        case ModelGroup(Compositor.SEQUENCE, particles=particles, occurs=occurs) if occurs == ONCE:
            pass
        case _:
            return None
    fields: list[_Field] = []
    for particle in particles:
        match particle:
            case LocalElement(declaration=element, occurs=occurs):
                fields.append(_Field(element, occurs, element.span))
            case ElementRef(name=name, occurs=occurs, span=span):
                fields.append(_Field(components.element_at(name), occurs, span))
            case _:
                return None
    return fields


def _read_field(components: Components, field: _Field, namespace: str) -> Part:
    name = field.element.name
    if name.namespace != namespace:
        message = f"the element {quoted(name.local)} is not in the namespace of its wrapper"
        raise Refused(_not_wrapped(field.span, message))
    if field.occurs.most != 1:
        message = f"the element {quoted(name.local)} may be repeated"
        raise Refused(_not_wrapped(field.span, message))
    return Part(name.local, _type_of(components, field.element), field.span)


def _type_of(components: Components, element: Element) -> QName:
    """Return the built-in simple type that an element's type is or restricts; raises `Refused`."""
    subject = f"the element {quoted(element.name.local)}"
    return _built_in(components.type_of(element), subject, element.span)


def _built_in(type_: SimpleType | ComplexType, subject: str, span: Span) -> QName:
    """Return the built-in simple type that a type is or restricts; raises `Refused` (W114).

    `subject` is the element or part that is of the type, as messages name it.
    """
    name = type_.name
    match type_:
        case SimpleType(variety=Atomic(built_in=built_in)):
            return QName(XSD, built_in)
        case SimpleType() | ComplexType() if name.namespace == XSD and not name.way:
            message = f"{subject} is of {quoted(name.local)}, which is not generated yet"
        case SimpleType():
            named = "" if name.way else f" {quoted(name.local)}"
            raise Refused(_unknown(type_.span, f"the simpleType{named} is a list or a union"))
        case ComplexType() if name.way:
            message = f"{subject} has a complex type, where a simple one is needed"
        case ComplexType():
            message = f"{subject} is of the complex type {quoted(name.local)}"
        case _:
            assert_never(type_)
    raise Refused(_unknown(span, message))


def _told_here(span: Span, read: Callable[[], T]) -> T:
    """Return what `read` returns; `span` is the place of findings about a known schema.

    Such schemas come with the generator, so there is no file of the service to point at.
    """
    try:
        return read()
    except Refused as refusal:
        findings = refusal.findings
        told = (replace(each, span=span) if each.span.file in KNOWN else each for each in findings)
        raise Refused(*told) from None


def _refuse_twice(kind: str, named: Iterable[tuple[str, Span]]) -> None:
    """Require that names, each with its place, differ; raises `Refused` (W110)."""
    first: dict[str, Span] = {}

    def check(item: tuple[str, Span]) -> None:
        name, span = item
        if name and first.setdefault(name, span) is not span:
            raise Refused(duplicate(kind, name, span, first[name]))

    gather(named, check)


def _one_result(span: Span, count: int) -> Diagnostic:
    return _not_wrapped(span, f"a response needs exactly one result, and this has {count}")


def _not_wrapped(span: Span, message: str) -> Diagnostic:
    return Diagnostic(NOT_WRAPPED, span, message)


def _unknown(span: Span, message: str) -> Diagnostic:
    return Diagnostic(UNKNOWN_TYPE, span, message)
