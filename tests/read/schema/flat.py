"""Complex types with all that they inherit and all groups written out, as other tools show them."""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from unstringly.model.schema import Schema
from unstringly.model.schema_content import (
    AnyElement,
    Attribute,
    AttributeGroup,
    AttributeGroupRef,
    AttributeRef,
    Attributes,
    ComplexContent,
    ComplexType,
    Compositor,
    Derivation,
    Element,
    ElementRef,
    Group,
    GroupRef,
    LocalAttribute,
    LocalElement,
    ModelGroup,
    Particle,
    Use,
)
from unstringly.model.schema_names import ComponentName
from unstringly.model.schema_walks import bases


class Field(NamedTuple):
    """An element in a type, or a wildcard, which has no name.

    `least` is 0 for an element of a choice; `most` is -1 if there is no limit. `type` has no text
    for an anonymous type.
    """

    name: str
    least: int
    most: int
    nillable: bool
    type: str


class Placed(NamedTuple):
    """A field, and its type as the schema has it; None for a wildcard."""

    field: Field
    type: ComponentName | None


class Named(NamedTuple):
    """An attribute of a type."""

    name: str
    required: bool
    type: str


def clark(namespace: str, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local


def type_name(name: ComponentName) -> str:
    """A type's name, with braces; empty if it is anonymous."""
    return "" if name.way else clark(name.namespace, name.local)


def fields(schema: Schema, type_: ComplexType) -> list[Placed]:
    """All elements of a type, those of its bases first."""
    placed: list[Placed] = []
    for base in reversed(bases(schema, type_.name)):
        if isinstance(base, ComplexType) and isinstance(base.content, ComplexContent):
            if base.derivation is Derivation.RESTRICTION:
                placed.clear()
            placed.extend(_fields(schema, base.content.particle))
    return placed


def _fields(schema: Schema, particle: Particle | None) -> Iterator[Placed]:
    match particle:
        case None:
            return
        case ModelGroup(compositor=compositor, particles=particles):
            for inner in particles:
                of_choice = compositor is Compositor.CHOICE and isinstance(
                    inner, LocalElement | ElementRef
                )
                for field, name in _fields(schema, inner):
                    yield Placed(field._replace(least=0) if of_choice else field, name)
        case GroupRef(name=name):
            group = schema.components[name]
            assert isinstance(group, Group)
            yield from _fields(schema, group.content)
        case AnyElement(occurs=occurs):
            most = -1 if occurs.most is None else occurs.most
            yield Placed(Field("", occurs.least, most, nillable=False, type=""), None)
        case ElementRef(name=name, occurs=occurs):
            element = schema.components[name]
            assert isinstance(element, Element)
            yield from _fields(schema, LocalElement(element, occurs))
        case LocalElement(declaration=element, occurs=occurs):
            field = Field(
                clark(element.name.namespace, element.name.local),
                occurs.least,
                -1 if occurs.most is None else occurs.most,
                element.nillable,
                type_name(element.type),
            )
            yield Placed(field, element.type)
        case _:
            assert_never(particle)


def attributes(schema: Schema, type_: ComplexType) -> dict[str, Named]:
    """All attributes of a type by name, those of its bases too."""
    named: dict[str, Named] = {}
    for base in reversed(bases(schema, type_.name)):
        if isinstance(base, ComplexType):
            for use, attribute in _uses(schema, base.attributes):
                name = clark(attribute.name.namespace, attribute.name.local)
                if use is Use.PROHIBITED:
                    named.pop(name, None)
                else:
                    named[name] = Named(name, use is Use.REQUIRED, type_name(attribute.type))
    return named


def _uses(schema: Schema, declared: Attributes) -> Iterator[tuple[Use, Attribute]]:
    for item in declared.items:
        match item:
            case LocalAttribute(declaration=attribute, use=use):
                yield use, attribute
            case AttributeRef(name=name, use=use):
                target = schema.components[name]
                assert isinstance(target, Attribute)
                yield use, target
            case AttributeGroupRef(name=name):
                group = schema.components[name]
                assert isinstance(group, AttributeGroup)
                yield from _uses(schema, group.attributes)
            case _:
                assert_never(item)
