"""Elements that are made of the parts of a message: no schema declares them.

In rpc style the body's child has the operation's name and holds an element for each part (WSDL 1.1,
section 3.5). The parameters of an HTTP request are made an element too, which is never on the
wire. So what comes behind the reader has one way to look at all messages.

An element of rpc style has the name that it has on the wire, so a schema may declare it as well.
One of an HTTP request has the name of its binding in its `way`, so no other component has its name;
and so has one of rpc style, if another operation has such an element too, the operation's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.model.schema_built_in import NOWHERE
from unstringly.model.schema_content import (
    ONCE,
    Attributes,
    ComplexContent,
    ComplexType,
    Compositor,
    Derivation,
    Element,
    ElementRef,
    LocalElement,
    ModelGroup,
)
from unstringly.model.schema_names import ANY_TYPE, PARTS_OF_BODY, ComponentName
from unstringly.model.service import QName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unstringly.diagnostics import Span
    from unstringly.model.schema import Component, Schema
    from unstringly.model.schema_content import Occurs, Particle


class MadeBody(Struct, frozen=True):
    """An element that was made of parts, and its type."""

    name: ComponentName
    element: Element
    type: ComplexType

    def of(self, operation: str) -> MadeBody:
        """Return the body as a component of an operation, beside others of its name."""
        name = replace(self.name, way=(f"#{operation}",))
        type_ = replace(self.type, name=replace(name, way=(*name.way, ":type")))
        return MadeBody(name, replace(self.element, type=type_.name), type_)

    def components(self) -> dict[ComponentName, Component]:
        """Return the element and its type by their names."""
        return {self.name: self.element, self.type.name: self.type}


def rpc_name(namespace: str, local: str) -> ComponentName:
    """Return the name of a body of rpc style."""
    return ComponentName("element", namespace, local)


def parts_name(message: QName) -> ComponentName:
    """Return the name of the element that is made of the parts of a message in document style."""
    return ComponentName("element", message.namespace, message.local, (PARTS_OF_BODY,))


def http_name(namespace: str, operation: str, binding: str) -> ComponentName:
    """Return the name of the element that is made of the parameters of an HTTP request."""
    return ComponentName("element", namespace, operation, (f":{binding}",))


def made_body(name: ComponentName, particles: Iterable[Particle], span: Span) -> MadeBody:
    """Return an element that is a sequence of particles; it has no content if there are none."""
    particles = tuple(particles)
    sequence = ModelGroup(Compositor.SEQUENCE, particles, ONCE, span) if particles else None
    type_ = ComplexType(
        replace(name, way=(*name.way, ":type")),
        ANY_TYPE,
        Derivation.RESTRICTION,
        ComplexContent(sequence, mixed=False),
        Attributes(),
        None,
        abstract=False,
        documentation="",
        span=span,
    )
    element = _element(QName(name.namespace, name.local), type_.name, span)
    return MadeBody(name, element, type_)


def local_element(
    name: str,
    type_: ComponentName,
    span: Span,
    occurs: Occurs = ONCE,
    *,
    nillable: bool = False,
) -> LocalElement:
    """Return the element of a part: it has no namespace (WSDL 1.1, section 3.5)."""
    element = _element(QName("", name), type_, span)
    return LocalElement(replace(element, nillable=nillable), occurs)


def _element(name: QName, type_: ComponentName, span: Span) -> Element:
    return Element(
        name,
        type_,
        nillable=False,
        default=None,
        fixed=None,
        abstract=False,
        head=None,
        documentation="",
        span=span,
    )


def is_declared(components: Mapping[ComponentName, Component], body: MadeBody) -> bool:
    """Say whether there is a component with a made body's name, and has the same content."""
    element = components.get(body.name)
    type_ = components.get(element.type) if isinstance(element, Element) else None
    if not isinstance(element, Element) or not isinstance(type_, ComplexType):
        return False
    return _bare(element, type_) == bare(body)


def is_same(body: MadeBody, other: MadeBody) -> bool:
    """Say whether two made bodies have the same content."""
    return bare(body) == bare(other)


def bare(body: MadeBody) -> tuple[Element, ComplexType]:
    """Return what a made body is on the wire: its element and type without their places."""
    return _bare(body.element, body.type)


def _bare(element: Element, type_: ComplexType) -> tuple[Element, ComplexType]:
    """Return an element and its type without names, places and words."""
    content = type_.content
    if isinstance(content, ComplexContent) and isinstance(content.particle, ModelGroup):
        particles = tuple(map(_bare_particle, content.particle.particles))
        group = replace(content.particle, particles=particles, span=NOWHERE)
        content = replace(content, particle=group if particles else None)
    bare_type = replace(type_, name=ANY_TYPE, content=content, documentation="", span=NOWHERE)
    return replace(element, type=ANY_TYPE, documentation="", span=NOWHERE), bare_type


def _bare_particle(particle: Particle) -> Particle:
    match particle:
        case LocalElement(declaration=declaration):
            bare = replace(declaration, documentation="", span=NOWHERE)
            return replace(particle, declaration=bare)
        case ElementRef():
            return replace(particle, span=NOWHERE)
        case _:
            return particle


def with_bodies(schema: Schema, bodies: Iterable[MadeBody]) -> Schema:
    """Return a schema with made bodies in it, behind all that is declared."""
    components = dict(schema.components)
    types: list[ComponentName] = []
    for body in bodies:
        if body.name not in components:
            components.update(body.components())
            types.append(body.type.name)
    if not types:
        return schema
    derived = {**schema.derived, ANY_TYPE: (*schema.derived.get(ANY_TYPE, ()), *types)}
    return replace(schema, components=components, derived=derived)
