"""Ways through a schema: what a component refers to, what it reaches, and the row of its bases.

None of them calls itself, so neither rows of thousands of types nor circles matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from unstringly.model.schema_content import (
    AnyElement,
    Attribute,
    AttributeGroup,
    AttributeGroupRef,
    AttributeRef,
    Attributes,
    ComplexContent,
    ComplexType,
    Element,
    ElementRef,
    Group,
    GroupRef,
    LocalAttribute,
    LocalElement,
    ModelGroup,
    Particle,
    SimpleContent,
)
from unstringly.model.schema_names import ANY_SIMPLE_TYPE, ANY_TYPE, ComponentName
from unstringly.model.schema_simple import Atomic, ListOf, SimpleType, UnionOf, Variety

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unstringly.diagnostics import Span
    from unstringly.model.schema import Component, Schema


class Reference(NamedTuple):
    """The name of a component, and the place where another one refers to it."""

    name: ComponentName
    span: Span


def references(component: Component) -> Iterator[Reference]:
    """Yield all that a component refers to, in the order of the document."""
    match component:
        case SimpleType(base=base, variety=variety, span=span):
            yield Reference(base, span)
            yield from variety_references(variety, span)
        case ComplexType(base=base, content=content, attributes=attributes, span=span):
            yield Reference(base, span)
            match content:
                case SimpleContent(type=type_):
                    yield Reference(type_, span)
                case ComplexContent(particle=particle):
                    yield from particle_references(particle)
                case _:
                    assert_never(content)
            yield from attribute_references(attributes)
            if component.array is not None:
                yield Reference(component.array.item, span)
        case Element():
            yield from element_references(component)
        case Attribute(type=type_, span=span):
            yield Reference(type_, span)
        case Group(content=particle):
            yield from particle_references(particle)
        case AttributeGroup(attributes=attributes):
            yield from attribute_references(attributes)
        case _:
            assert_never(component)


def variety_references(variety: Variety, span: Span) -> Iterator[Reference]:
    """Yield the item of a list, or the members of a union."""
    match variety:
        case Atomic():
            pass
        case ListOf(item=item):
            yield Reference(item, span)
        case UnionOf(members=members):
            yield from (Reference(member, span) for member in members)
        case _:
            assert_never(variety)


def element_references(element: Element) -> Iterator[Reference]:
    """Yield an element's type, and the head of its substitution group."""
    yield Reference(element.type, element.span)
    if element.head is not None:
        yield Reference(element.head, element.span)


def leaves(particle: Particle | None) -> Iterator[Particle]:
    """Yield the particles that are no model groups, in order; groups are not followed."""
    waiting = [] if particle is None else [particle]
    while waiting:
        particle = waiting.pop()
        if isinstance(particle, ModelGroup):
            waiting.extend(reversed(particle.particles))
        else:
            yield particle


def particle_references(particle: Particle | None) -> Iterator[Reference]:
    """Yield the elements and groups that content refers to, and the types of local elements."""
    for leaf in leaves(particle):
        match leaf:
            case LocalElement(declaration=declaration):
                yield from element_references(declaration)
            case ElementRef(name=name, span=span) | GroupRef(name=name, span=span):
                yield Reference(name, span)
            case AnyElement() | ModelGroup():
                pass
            case _:
                assert_never(leaf)


def attribute_references(attributes: Attributes) -> Iterator[Reference]:
    """Yield the types of local attributes, and the attributes and groups that are referred to."""
    for item in attributes.items:
        match item:
            case LocalAttribute(declaration=declaration):
                yield Reference(declaration.type, declaration.span)
            case AttributeRef(name=name, span=span) | AttributeGroupRef(name=name, span=span):
                yield Reference(name, span)
            case _:
                assert_never(item)


def reachable(schema: Schema, names: Iterable[ComponentName]) -> tuple[ComponentName, ...]:
    """Return the components that can be reached from some, these included, each once.

    What is not in the schema is passed over. A type does not reach what is derived from it.
    """
    waiting = list(dict.fromkeys(names))[::-1]
    met = set(waiting)
    reached: list[ComponentName] = []
    while waiting:
        name = waiting.pop()
        component = schema.components.get(name)
        if component is None:
            continue
        reached.append(name)
        fresh = [other.name for other in references(component) if other.name not in met]
        met.update(fresh)
        waiting.extend(reversed(list(dict.fromkeys(fresh))))
    return tuple(reached)


def bases(schema: Schema, name: ComponentName) -> tuple[SimpleType | ComplexType, ...]:
    """Return a type and the types that it is derived from: itself first, `anyType` left out."""
    row: list[SimpleType | ComplexType] = []
    while name not in (ANY_TYPE, ANY_SIMPLE_TYPE):
        type_ = schema.components[name]
        if not isinstance(type_, SimpleType | ComplexType):
            raise TypeError(f"{name} is no type")
        row.append(type_)
        name = type_.base
    return tuple(row)
