"""Reading of elements, groups and their particles (XML Schema part 1, sections 3.3, 3.7 to 3.9)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from xsdata.models import xsd

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema_content import (
    ONCE,
    AnyElement,
    Compositor,
    Element,
    ElementRef,
    Group,
    GroupRef,
    LocalElement,
    ModelGroup,
    Occurs,
    Particle,
)
from unstringly.model.schema_names import ANY_TYPE
from unstringly.model.service import QName
from unstringly.read.schema.attributes import read_wildcard
from unstringly.read.schema.drafts import ElementDraft
from unstringly.read.schema.places import NOT_READ, Place, documentation_of, in_order, wrong
from unstringly.read.wsdl.elements import name_of
from unstringly.read.wsdl.findings import Refused, quoted

if TYPE_CHECKING:
    from typing import TypeAlias

    from xsdata.models.mixins import ElementBase

    from unstringly.model.schema_names import ComponentName
    from unstringly.read.wsdl.xml import Node

    GroupModel: TypeAlias = xsd.Sequence | xsd.Choice | xsd.All
    Leaf: TypeAlias = xsd.Element | xsd.Group | xsd.Any


def read_element(place: Place, model: xsd.Element) -> ElementDraft:
    """Return a global element; raises `Refused`."""
    node = place.intact(model)
    name = QName(place.document.namespace, name_of(node))
    type_ = _type_of(place, model, node, ":type")
    head: ComponentName | None = None
    if model.substitution_group is not None:
        head = place.referred("element", node, "substitutionGroup")
    elif type_ is None:
        type_ = ANY_TYPE
    return ElementDraft(
        name,
        type_,
        model.nillable,
        model.default,
        model.fixed,
        model.abstract,
        head,
        documentation_of(node),
        node.span,
    )


def read_group(place: Place, model: xsd.Group) -> Group:
    """Return a group of content; raises `Refused`."""
    node = place.intact(model)
    contents = [way for way in (model.all, model.choice, model.sequence) if way is not None]
    if len(contents) != 1:
        raise Refused(wrong(node, f"the group has {len(contents)} contents, and needs one"))
    content = read_particle(place, contents[0])
    return Group(place.name, content if isinstance(content, ModelGroup) else None, node.span)


def read_particle(place: Place, top: GroupModel | xsd.Group) -> Particle | None:
    """Return the content of a type or group; None if it may not occur.

    The leaves are read in the order of the document, then the groups from the innermost. Raises
    `Refused` with the findings about all leaves.
    """
    groups: list[tuple[GroupModel, list[ElementBase]]] = []
    particles: dict[int, Particle | None] = {}
    findings: list[Diagnostic] = []
    waiting: list[ElementBase] = [top]
    while waiting:
        model = waiting.pop()
        if isinstance(model, xsd.Element | xsd.Group | xsd.Any):
            try:
                particles[id(model)] = _leaf(place, model)
            except Refused as refusal:
                findings.extend(refusal.findings)
        elif isinstance(model, xsd.Sequence | xsd.Choice | xsd.All):
            children = _children(model)
            groups.append((model, children))
            waiting.extend(reversed(children))
    if findings:
        raise Refused(*findings)
    for group, children in reversed(groups):
        within = tuple(particles[id(child)] for child in children)
        particles[id(group)] = _model_group(place, group, within)
    return particles[id(top)]


def _children(model: GroupModel) -> list[ElementBase]:
    if isinstance(model, xsd.All):
        return in_order(model.elements, model.groups, model.any)
    return in_order(model.elements, model.groups, model.choices, model.sequences, model.any)


def _model_group(
    place: Place, model: GroupModel, within: tuple[Particle | None, ...]
) -> ModelGroup | None:
    occurs = _occurs(model)
    if occurs.most == 0:
        return None
    match model:
        case xsd.Sequence():
            compositor = Compositor.SEQUENCE
        case xsd.Choice():
            compositor = Compositor.CHOICE
        case _:
            compositor = Compositor.ALL
    particles = tuple(particle for particle in within if particle is not None)
    return ModelGroup(compositor, particles, occurs, place.origins[model].span)


def _occurs(model: GroupModel | Leaf) -> Occurs:
    most = model.max_occurs
    if model.min_occurs == most == 1:
        return ONCE
    return Occurs(model.min_occurs, None if most in (sys.maxsize, "unbounded") else int(most))


def _leaf(place: Place, model: Leaf) -> Particle | None:
    node = place.intact(model)
    occurs = _occurs(model)
    match model:
        case xsd.Any():
            process = model.process_contents.value
            wildcard = read_wildcard(place, model.namespace, process)
            particle: Particle = AnyElement(wildcard, occurs, node.span)
        case xsd.Group():
            particle = GroupRef(place.referred("group", node), occurs, node.span)
        case _:
            particle = _element(place, model, node, occurs)
    return None if occurs.most == 0 else particle


def _element(place: Place, model: xsd.Element, node: Node, occurs: Occurs) -> Particle:
    if model.ref is not None:
        if model.name is not None:
            raise Refused(wrong(node, f"the element {quoted(model.name)} has a name and a `ref`"))
        return ElementRef(place.referred("element", node), occurs, node.span)
    local = name_of(node)
    name = place.on_the_wire(local, model.form, place.document.outline.element_form_default)
    declaration = Element(
        name,
        _type_of(place, model, node, local) or ANY_TYPE,
        model.nillable,
        model.default,
        model.fixed,
        abstract=False,
        head=None,
        documentation=documentation_of(node),
        span=node.span,
    )
    return LocalElement(declaration, occurs)


def _type_of(place: Place, model: xsd.Element, node: Node, step: str) -> ComponentName | None:
    """Return the type of an element, None if it has none; raises `Refused`."""
    if model.alternatives:
        alternative = place.origins[model.alternatives[0]]
        message = f"{quoted('xs:alternative')} is not read"
        raise Refused(Diagnostic(NOT_READ, alternative.span, message))
    if model.default is not None and model.fixed is not None:
        raise Refused(wrong(node, "the element has a default and a fixed value"))
    if model.simple_type is not None and model.complex_type is not None:
        raise Refused(wrong(node, "the element has two types in it"))
    return place.type_of(node, "type", model.simple_type or model.complex_type, step)
