"""The attributes of a complex type: its own, those of its base types, and those of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from unstringly.model.schema_content import (
    Attribute,
    AttributeGroup,
    AttributeGroupRef,
    AttributeRef,
    Attributes,
    ComplexType,
    LocalAttribute,
    Use,
)
from unstringly.shapes.flattening import MOST_PARTICLES, NoShapeError, base_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unstringly.model.schema import Schema
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import QName


class UsedAttribute(Struct, frozen=True):
    """An attribute where it is used, with the default or fixed value that holds there."""

    declaration: Attribute
    is_required: bool
    default: str | None
    is_fixed: bool


def attributes_of(schema: Schema, type_: ComplexType) -> tuple[UsedAttribute, ...]:
    """Return the attributes of a type, those of its base types first. Raises NoShapeError."""
    known: dict[QName, UsedAttribute] = {}
    for base in base_row(schema, type_):
        for declaration, use, default, fixed in _items(schema, base.attributes):
            if use is Use.PROHIBITED:
                known.pop(declaration.name, None)
                continue
            fixed = declaration.fixed if fixed is None else fixed
            default = declaration.default if default is None else default
            known[declaration.name] = UsedAttribute(
                declaration,
                use is Use.REQUIRED,
                default if fixed is None else fixed,
                fixed is not None,
            )
        if len(known) > MOST_PARTICLES:
            raise NoShapeError(f"it has more than {MOST_PARTICLES} attributes", type_.span)
    return tuple(known.values())


def _items(
    schema: Schema, attributes: Attributes
) -> Iterator[tuple[Attribute, Use, str | None, str | None]]:
    """Yield attributes with their use, default and fixed value; each group is entered once."""
    waiting = list(reversed(attributes.items))
    entered: set[ComponentName] = set()
    while waiting:
        item = waiting.pop()
        match item:
            case LocalAttribute(declaration=declaration, use=use):
                yield declaration, use, None, None
            case AttributeRef(name=name, use=use, default=default, fixed=fixed):
                attribute = schema.components[name]
                assert isinstance(attribute, Attribute)
                yield attribute, use, default, fixed
            case AttributeGroupRef(name=name):
                group = schema.components[name]
                assert isinstance(group, AttributeGroup)
                if name not in entered:
                    entered.add(name)
                    waiting += reversed(group.attributes.items)
            case _:
                assert_never(item)
