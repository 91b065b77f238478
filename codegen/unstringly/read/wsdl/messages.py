"""From messages (WSDL 1.1, section 2.3) and their XML Schema components to `Message`s.

For SOAP only the shape "document/literal wrapped" is read: a message has one part, which
names an element, whose type is a sequence of elements, one for each parameter or the result.
HTTP requests have a part of a simple type for each parameter; an HTTP response is one element
of a simple type, or a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.service import Message, Part, QName
from unstringly.read.wsdl.catalog import Catalog, duplicate
from unstringly.read.wsdl.elements import XSD, name_of, resolve
from unstringly.read.wsdl.findings import Refused, gather, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xsdata.models.wsdl import Message as MessageModel
    from xsdata.models.wsdl import Part as PartModel
    from xsdata.models.xsd import ComplexType, Element, SimpleType

    from unstringly.read.wsdl.xml import Node

UNKNOWN_TYPE = Rule(
    "W114",
    Severity.WARNING,
    "a parameter or result is not of a simple type that is known",
    wrong="""\
The type is complex, a list, a union, `anyType`, or declared nowhere. Parameters and results
are texts, numbers and the like: the built-in simple types of XML Schema, or restrictions of
them.""",
    why="""\
Anything else has no place in a generated signature, so the operations that the finding
names are left out of those bindings.""",
    example='<s:element name="when" type="s:datetime" />          it is s:dateTime',
    todo="""\
Nothing, if another binding has the operation. If your copy was edited by hand, correct the
type's name or prefix. Call an operation with structured values with another client.""",
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

M = TypeVar("M")

_BUILT_IN = """
    string boolean decimal float double duration dateTime time date gYearMonth gYear gMonthDay
    gMonth gDay hexBinary base64Binary anyURI QName NOTATION normalizedString token language
    NMTOKEN Name NCName ID IDREF ENTITY integer nonPositiveInteger negativeInteger long int short
    byte nonNegativeInteger unsignedLong unsignedInt unsignedShort unsignedByte positiveInteger
    dateTimeStamp dayTimeDuration yearMonthDuration anySimpleType anyAtomicType
"""
BUILT_IN = frozenset(_BUILT_IN.split())
"""The built-in simple types of XML Schema part 2, 1.0 and 1.1, whose values are one text each."""

_NOT_YET = frozenset({"anyType", "NMTOKENS", "IDREFS", "ENTITIES", "error"})
"""Built-in types of XML Schema whose values are not one text each: lists, `anyType`, `error`."""

_MOST_RESTRICTED = 50  # types in a row, each a restriction of the next


def read_soap_message(catalog: Catalog, node: Node, *, is_result: bool) -> Message:
    """Return the message that the input or output of a port type refers to, with its elements.

    With `is_result` there must be exactly one. Raises `Refused` (W114, W115).
    """
    model = catalog.messages.referred(node, "message")
    origin = catalog.origins[model]
    parts = [catalog.origins.intact(part) for part in model.parts]
    if len(parts) != 1 or "element" not in parts[0].attributes:
        message = f"the SOAP message {quoted(name_of(origin))} is not one part with an element"
        raise Refused(_not_wrapped(parts[0] if parts else origin, message))
    wrapper = resolve(parts[0], parts[0].attributes["element"])
    element = catalog.elements.get(parts[0], wrapper)
    fields = _read_fields(catalog, element, wrapper)
    if is_result and len(fields) != 1:
        raise Refused(_one_result(catalog.origins[element], len(fields)))
    return Message(name_of(origin), wrapper, fields, origin.span)


def read_http_request(catalog: Catalog, node: Node) -> Message:
    """Return the message of a query or form, whose parts are the parameters; raises `Refused`."""
    model = catalog.messages.referred(node, "message")
    origin = catalog.origins[model]

    def read(part: PartModel) -> Part:
        node = catalog.origins.intact(part)
        if "type" not in node.attributes:
            raise Refused(_not_wrapped(node, "a part of an HTTP request has no type"))
        return _read_part(catalog, node)

    parts = gather(_distinct(catalog, model.parts), read)
    return Message(name_of(origin), None, parts, origin.span)


def read_http_response(catalog: Catalog, node: Node, part: str | None, *, is_xml: bool) -> Message:
    """Return the message of a response's body: an element if it is XML, otherwise a text.

    `part` is the name of the part that the binding gives, if any. Raises `Refused`.
    """
    model = catalog.messages.referred(node, "message")
    origin = catalog.origins[model]
    body = _read_body(catalog, model, origin, part)
    if not is_xml:
        if "type" not in body.attributes:
            raise Refused(_not_wrapped(body, "the part of a text response has no type"))
        return Message(name_of(origin), None, (_read_part(catalog, body),), origin.span)
    if "element" not in body.attributes:
        raise Refused(_not_wrapped(body, "the part of an XML response has no element"))
    name = resolve(body, body.attributes["element"])
    type_ = _type_of(catalog, catalog.elements.get(body, name))
    result = Part(name_of(body), type_, body.span)
    return Message(name_of(origin), name, (result,), origin.span)


def _read_body(catalog: Catalog, model: MessageModel, origin: Node, part: str | None) -> Node:
    nodes = [catalog.origins.intact(item) for item in model.parts]
    if len(nodes) != 1:
        raise Refused(_one_result(origin, len(nodes)))
    if part is not None and part != name_of(nodes[0]):
        message = f"the binding speaks of a part {quoted(part)}, and there is none"
        raise Refused(_not_wrapped(nodes[0], message))
    return nodes[0]


def _read_part(catalog: Catalog, node: Node) -> Part:
    type_ = simple_type(catalog, node, resolve(node, node.attributes["type"]))
    return Part(name_of(node), type_, node.span)


def _read_fields(catalog: Catalog, wrapper: Element, name: QName) -> tuple[Part, ...]:
    """Return a part for each element within the wrapper element; raises `Refused`."""
    node = catalog.origins[wrapper]
    complex_type = wrapper.complex_type
    if wrapper.type is not None and not _is_simple(catalog, resolve(node, wrapper.type)):
        complex_type = catalog.complex_types.referred(node, "type")
    if complex_type is None:
        message = f"the element {quoted(name.local)} has no complex type"
        raise Refused(_not_wrapped(node, message))
    sequence = complex_type.sequence
    if not _is_plain(complex_type):
        origin = catalog.origins[complex_type]
        message = f"the type of the element {quoted(name.local)} is not a sequence of elements"
        raise Refused(_not_wrapped(origin, message))
    elements = sequence.elements if sequence else []

    def read(element: Element) -> Part:
        return _read_field(catalog, element, name.namespace)

    return gather(_distinct(catalog, elements), read)


def _is_simple(catalog: Catalog, name: QName) -> bool:
    return name.namespace == XSD or name in catalog.simple_types.by_name


def _is_plain(model: ComplexType) -> bool:
    """Say whether a type is one sequence of elements, perhaps empty, and nothing else."""
    sequence = model.sequence
    beside = (
        *(model.simple_content, model.complex_content, model.group, model.all, model.choice),
        *(model.any_attribute, *model.attributes, *model.attribute_groups),
    )
    if model.mixed or model.abstract or any(item is not None for item in beside):
        return False
    if sequence is None:
        return True
    among = (*sequence.groups, *sequence.choices, *sequence.sequences, *sequence.any)
    return not among and sequence.min_occurs == sequence.max_occurs == 1


def _read_field(catalog: Catalog, element: Element, namespace: str) -> Part:
    node = catalog.origins[element]
    if "ref" in node.attributes:
        name = resolve(node, node.attributes["ref"])
        target = catalog.elements.get(node, name)
    else:
        name = QName(namespace if element.is_qualified else "", name_of(node))
        target = element
    if name.namespace != namespace:
        message = f"the element {quoted(name.local)} is not in the namespace of its wrapper"
        raise Refused(_not_wrapped(node, message))
    if element.max_occurs != 1:
        raise Refused(_not_wrapped(node, f"the element {quoted(name.local)} may be repeated"))
    return Part(name.local, _type_of(catalog, target), node.span)


def _type_of(catalog: Catalog, element: Element) -> QName:
    """Return the built-in simple type that an element's type is or restricts; raises `Refused`."""
    node = catalog.origins[element]
    if element.type is not None:
        return simple_type(catalog, node, resolve(node, element.type))
    if element.simple_type is not None:
        return _base_of(catalog, element.simple_type, frozenset())
    actual = "a complex type" if element.complex_type is not None else "no type"
    message = f"{_name(node)} has {actual}, where a simple one is needed"
    raise Refused(_unknown(node, message))


def simple_type(
    catalog: Catalog, node: Node, name: QName, above: frozenset[QName] = frozenset()
) -> QName:
    """Return the built-in simple type that the type `name` is or restricts; raises `Refused`.

    `above` are the types that restrict this one, so that a circle of restrictions ends.
    """
    if name.namespace == XSD:
        return _built_in(node, name)
    if name in catalog.complex_types.by_name:
        raise Refused(_unknown(node, f"{_name(node)} is of the complex type {quoted(name.local)}"))
    named = catalog.simple_types.by_name.get(name)
    if named is None:
        missing = catalog.simple_types.unresolved(node, name)
        raise Refused(_unknown(node, missing.message, missing.help))
    if name in above or len(above) >= _MOST_RESTRICTED:
        message = f"the type {quoted(name.local)} is a restriction of itself, or of too many others"
        raise Refused(_unknown(node, message))
    catalog.origins.intact(named)
    return _base_of(catalog, named, above | {name})


def _built_in(node: Node, name: QName) -> QName:
    """Return the name of a built-in simple type; raises `Refused` for another of XML Schema's."""
    if name.local in BUILT_IN:
        return name
    if name.local in _NOT_YET:
        message = f"{_name(node)} is of {quoted(name.local)}, which is not generated yet"
        raise Refused(_unknown(node, message))
    message = f"{_name(node)} is of {quoted(name.local)}, which is no simple type of XML Schema"
    raise Refused(_unknown(node, message, suggestion(name.local, BUILT_IN)))


def _base_of(catalog: Catalog, model: SimpleType, above: frozenset[QName]) -> QName:
    node = catalog.origins[model]
    restriction = model.restriction
    if restriction is None:
        raise Refused(_unknown(node, f"{_name(node)} is a list or a union"))
    if restriction.simple_type is not None:
        return _base_of(catalog, restriction.simple_type, above)
    base = catalog.origins[restriction]
    if restriction.base is None:
        raise Refused(_unknown(base, "the restriction has no base"))
    return simple_type(catalog, base, resolve(base, restriction.base), above)


def _distinct(catalog: Catalog, models: Iterable[M]) -> tuple[M, ...]:
    """Return the parts or elements; raises `Refused` if one is damaged, or two have one name."""
    first: dict[str, Node] = {}

    def check(model: M) -> M:
        node = catalog.origins.intact(model)
        name = node.attributes.get("name") or node.attributes.get("ref", "").rpartition(":")[2]
        if name in first:
            raise Refused(duplicate(node.local, name, node, first[name]))
        first[name] = node
        return model

    return gather(models, check)


def _one_result(node: Node, count: int) -> Diagnostic:
    return _not_wrapped(node, f"a response needs exactly one result, and this has {count}")


def _not_wrapped(node: Node, message: str) -> Diagnostic:
    return Diagnostic(NOT_WRAPPED, node.span, message)


def _unknown(node: Node, message: str, advice: str = "") -> Diagnostic:
    return Diagnostic(UNKNOWN_TYPE, node.span, message, advice)


def _name(node: Node) -> str:
    """Return an element, part or type as messages name it, such as "the part `userCode`"."""
    name = node.attributes.get("name") or node.attributes.get("ref", "").rpartition(":")[2]
    return f"the {node.local} {quoted(name)}" if name else f"the {node.local}"
