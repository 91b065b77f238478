"""Reading of simple types (XML Schema part 2, sections 4.1.2 and 4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, assert_never

from xsdata.models import xsd

from unstringly.model.schema_names import ANY_SIMPLE_TYPE, ComponentName
from unstringly.model.schema_simple import Enumerated, Facets, ListOf, UnionOf
from unstringly.read.schema.drafts import SimpleDraft
from unstringly.read.schema.places import Place, documentation_of, wrong
from unstringly.read.wsdl.findings import Refused, quoted

if TYPE_CHECKING:
    from unstringly.read.wsdl.xml import Node

T = TypeVar("T")

_WHITE_SPACE = ("preserve", "replace", "collapse")


def read_simple_type(place: Place, model: xsd.SimpleType) -> SimpleDraft:
    """Return a simple type, global or anonymous; raises `Refused` (W112, W128)."""
    node = place.intact(model)
    described = documentation_of(node)
    ways = [way for way in (model.restriction, model.list, model.union) if way is not None]
    if len(ways) != 1:
        message = "a simple type is one restriction, list or union"
        raise Refused(wrong(node, f"{message}, and this has {len(ways)}"))
    way = ways[0]
    inner = place.intact(way)
    match way:
        case xsd.Restriction():
            base = place.type_of(inner, "base", way.simple_type, ":base")
            if base is None:
                raise Refused(wrong(inner, "the restriction has no base"))
            return SimpleDraft(
                place.name, base, None, read_facets(place, way), described, node.span
            )
        case xsd.List():
            item = place.type_of(inner, "itemType", way.simple_type, ":item")
            if item is None:
                raise Refused(wrong(inner, "the list has no type of items"))
            variety: ListOf | UnionOf = ListOf(item)
        case xsd.Union():
            variety = UnionOf(_members(place, inner, way))
        case _:
            assert_never(way)
    return SimpleDraft(place.name, ANY_SIMPLE_TYPE, variety, Facets(), described, node.span)


def _members(place: Place, node: Node, model: xsd.Union) -> tuple[ComponentName, ...]:
    named = node.attributes.get("memberTypes", "").split()
    members = [place.named("type", node, text) for text in named]
    members += [place.inside(member, ":member") for member in model.simple_types]
    if not members:
        raise Refused(wrong(node, "the union has no members"))
    return tuple(members)


def read_facets(place: Place, model: xsd.Restriction) -> Facets:
    """Return the facets of a restriction; raises `Refused` (W128)."""
    white_space = model.white_space.value if model.white_space else None
    if model.white_space is not None and white_space not in _WHITE_SPACE:
        message = f"{quoted(model.white_space.value)} is no way to treat white space"
        raise Refused(wrong(place.intact(model.white_space), message))
    return Facets(
        tuple(_enumerated(place, value) for value in model.enumerations),
        tuple(pattern.value for pattern in model.patterns),
        model.length.value if model.length else None,
        model.min_length.value if model.min_length else None,
        model.max_length.value if model.max_length else None,
        model.min_inclusive.value if model.min_inclusive else None,
        model.max_inclusive.value if model.max_inclusive else None,
        model.min_exclusive.value if model.min_exclusive else None,
        model.max_exclusive.value if model.max_exclusive else None,
        model.total_digits.value if model.total_digits else None,
        model.fraction_digits.value if model.fraction_digits else None,
        white_space,
    )


def _enumerated(place: Place, model: xsd.Enumeration) -> Enumerated:
    node = place.intact(model)
    return Enumerated(model.value, documentation_of(node), node.span)
