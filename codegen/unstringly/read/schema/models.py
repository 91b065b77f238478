"""From trees of elements to xsdata's typed models of XML Schema.

xsdata's models say which elements and attributes there are, where, and of which kind. They are
filled from our own tree without xsdata's parser, which takes three times as long. So each model
keeps the element it was made of, and what has no place or a bad value is left out by itself.

Documentation is no part of the models. Elements of foreign namespaces are passed over, and so are
attributes that XML Schema does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field
from xsdata.models import xsd

from unstringly.model.schema_names import XSD
from unstringly.read.schema.shapes import Shape, Slot, shape_of, values_of
from unstringly.read.wsdl.elements import Origins, is_skippable, misplaced
from unstringly.read.wsdl.findings import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xsdata.models.mixins import ElementBase

    from unstringly.diagnostics import Diagnostic
    from unstringly.read.wsdl.xml import Node

_PREFIX = f"{{{XSD}}}"
_ANNOTATION = f"{_PREFIX}annotation"


class Outline(NamedTuple):
    """The model of a schema without its components, and findings about it."""

    schema: xsd.Schema
    findings: tuple[Diagnostic, ...]


def schema_outline(root: Node) -> Outline:
    """Return the attributes of an `xs:schema` element of today, with its default open content.

    A bad attribute is reported and taken as absent, and so is a child that has no place.
    """
    shape = shape_of(xsd.Schema)
    values, bad = values_of(root, shape)
    findings = [] if bad is None else [bad]
    for node in root.children:
        slot = _slot(shape, node, values)
        if slot is None:
            findings.extend(_out_of_place(node))
        elif not slot.is_list:
            model, damage = _model(node, slot.model, Origins())
            findings.extend(damage)
            values[slot.field] = model
    return Outline(xsd.Schema(**values), tuple(findings))


def component_model(node: Node, origins: Origins) -> ElementBase:
    """Return the model of a child of `xs:schema`; `origins` gets its parts.

    Raises `Refused` if it has a bad attribute (W108, W113).
    """
    model, damage = _model(node, shape_of(xsd.Schema).children[node.local].model, origins)
    if model is None:
        raise Refused(*damage)
    return model


def _slot(shape: Shape, node: Node, values: dict[str, object]) -> Slot | None:
    """Return the place of a child; None if there is none, or if something is there already."""
    slot = shape.children.get(node.local) if node.name.startswith(_PREFIX) else None
    return None if slot is None or (not slot.is_list and slot.field in values) else slot


def _out_of_place(node: Node) -> tuple[Diagnostic, ...]:
    return () if is_skippable(node) else (misplaced(node),)


def _put(values: dict[str, Any], slot: Slot, model: ElementBase) -> None:
    if slot.is_list:
        values.setdefault(slot.field, []).append(model)
    else:
        values[slot.field] = model


class _Open(Struct):
    """An element whose children are not all read; `slot` is its place in the one around it."""

    node: Node
    slot: Slot
    index: int
    values: dict[str, Any]  # as `values_of` has them
    children: Iterator[Node]
    damage: list[Diagnostic] = field(default_factory=list["Diagnostic"])


def _model(
    root: Node, model: type[ElementBase], origins: Origins
) -> tuple[ElementBase | None, tuple[Diagnostic, ...]]:
    """Return the model of an element, None if it has a bad attribute, and all findings within.

    Models count from 1 in the order of the document, each below the ones around it.
    """
    values, bad = values_of(root, shape_of(model))
    if bad is not None:
        return None, (bad,)
    index = 1
    stack = [_Open(root, Slot("", model, False), index, values, iter(root.children))]
    while True:
        top = stack[-1]
        shape = shape_of(top.slot.model)
        for child in top.children:
            if child.name == _ANNOTATION:
                continue
            slot = _slot(shape, child, top.values)
            if slot is None:
                top.damage.extend(_out_of_place(child))
                continue
            values, bad = values_of(child, shape_of(slot.model))
            if bad is not None:
                top.damage.append(bad)
                continue
            index += 1
            children = child.children
            if children:
                stack.append(_Open(child, slot, index, values, iter(children)))
                break
            filled = slot.model(**values)
            filled.index = index
            origins.note(filled, child, ())
            _put(top.values, slot, filled)
        if top is not stack[-1]:
            continue
        stack.pop()
        filled = top.slot.model(**top.values)
        filled.index = top.index
        damage = tuple(top.damage)
        origins.note(filled, top.node, damage)
        if not stack:
            return filled, damage
        stack[-1].damage.extend(damage)
        _put(stack[-1].values, top.slot, filled)
