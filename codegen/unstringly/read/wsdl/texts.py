"""The text form of messages: parts of simple types, in the places where texts may be sent for them.

A message has it if its body is a sequence of elements of the same namespace that occur at most
once, each of a built-in simple type or a restriction of one. Other messages have their elements
alone, which the schema describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from unstringly.model.schema_names import ANY_TYPE, XSD, ComponentName
from unstringly.model.schema_simple import Atomic, SimpleType
from unstringly.model.service import Part, QName

if TYPE_CHECKING:
    from unstringly.diagnostics import Span
    from unstringly.model.schema_content import Element, Occurs
    from unstringly.read.wsdl.components import Components


class Field(NamedTuple):
    """An element within a sequence, and the place where it stands there."""

    element: Element
    occurs: Occurs
    span: Span


def texts_in(components: Components, wrapper: Element) -> tuple[Part, ...] | None:
    """Return a part for each element within a message's body; None if it has no text form."""
    type_ = components.type_of(wrapper)
    if isinstance(type_, SimpleType) or type_.name == ANY_TYPE:
        return None
    fields = plain_fields(components, type_)
    if fields is None:
        return None
    parts = [_part(components, field, wrapper.name.namespace) for field in fields]
    texts = tuple(part for part in parts if part is not None)
    names = {part.name for part in texts}
    return texts if len(parts) == len(texts) == len(names) else None


def built_in(type_: SimpleType | ComplexType) -> QName | None:
    """Return the built-in type that a type is or restricts; None unless both are simple."""
    match type_:
        case SimpleType(variety=Atomic(built_in=local)):
            return QName(XSD, local)
        case _:
            return None


def plain_fields(components: Components, type_: ComplexType) -> list[Field] | None:
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
    fields: list[Field] = []
    for particle in particles:
        match particle:
            case LocalElement(declaration=element, occurs=occurs):
                fields.append(Field(element, occurs, element.span))
            case ElementRef(name=name, occurs=occurs, span=span):
                fields.append(Field(components.element_at(name), occurs, span))
            case _:
                return None
    return fields


def repeated_item(components: Components, type_: ComplexType) -> ComponentName | None:
    """Return the simple type of the items of an array; None if the type is no such array.

    An array is a sequence of one element that may be repeated, or one of SOAP's encoding.
    """
    item: ComponentName | None = None
    if type_.array is not None:
        item = type_.array.item if type_.array.ranks == (1,) else None
    else:
        match plain_fields(components, type_):
            case [Field(element=element, occurs=occurs)] if occurs.most != 1:
                item = element.type
            case _:
                pass
    if item is None or not isinstance(components.schema.components[item], SimpleType):
        return None
    return item


def _part(components: Components, field: Field, namespace: str) -> Part | None:
    name = field.element.name
    type_ = built_in(components.type_of(field.element))
    if type_ is None or name.namespace != namespace or field.occurs.most != 1:
        return None
    return Part(name.local, type_, field.span, field.element.type)
