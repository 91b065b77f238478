"""Components as they are read, before what they have from other components is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from msgspec import Struct

from unstringly.model.schema_content import (
    Attribute,
    AttributeGroup,
    AttributeGroupRef,
    Attributes,
    Derivation,
    Group,
    GroupRef,
    Particle,
)
from unstringly.model.schema_walks import (
    Reference,
    attribute_references,
    leaves,
    particle_references,
    references,
    variety_references,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unstringly.diagnostics import Span
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.schema_simple import Facets, ListOf, UnionOf
    from unstringly.model.service import QName


class SimpleDraft(Struct, frozen=True):
    """A simple type; `variety` is None for a restriction, whose base says it."""

    name: ComponentName
    base: ComponentName
    variety: ListOf | UnionOf | None
    facets: Facets
    documentation: str
    span: Span


class SimpleContentDraft(Struct, frozen=True):
    """Simple content: the facets that it adds to its base, and the type that stands in it."""

    inner: ComponentName | None
    facets: Facets


class ComplexContentDraft(Struct, frozen=True):
    """Content of elements, as it is declared."""

    particle: Particle | None
    mixed: bool


class ArrayDraft(Struct, frozen=True):
    """An array of SOAP's encoding; `item` is its type, or the element that is repeated in it."""

    item: ComponentName
    ranks: tuple[int, ...]


class ComplexDraft(Struct, frozen=True):
    """A complex type, without what it has from its base."""

    name: ComponentName
    base: ComponentName
    derivation: Derivation
    content: SimpleContentDraft | ComplexContentDraft
    attributes: Attributes
    array: ArrayDraft | None
    abstract: bool
    documentation: str
    span: Span


class ElementDraft(Struct, frozen=True):
    """A global element; without a `type`, it has that of the head of its substitution group."""

    name: QName
    type: ComponentName | None
    nillable: bool
    default: str | None
    fixed: str | None
    abstract: bool
    head: ComponentName | None
    documentation: str
    span: Span


Draft: TypeAlias = SimpleDraft | ComplexDraft | ElementDraft | Attribute | Group | AttributeGroup


def draft_references(draft: Draft) -> Iterator[Reference]:
    """Yield all that a draft refers to, with the places."""
    match draft:
        case SimpleDraft(base=base, variety=variety, span=span):
            yield Reference(base, span)
            if variety is not None:
                yield from variety_references(variety, span)
        case ComplexDraft(base=base, content=content, attributes=attributes, span=span):
            yield Reference(base, span)
            match content:
                case SimpleContentDraft(inner=inner):
                    if inner is not None:
                        yield Reference(inner, span)
                case ComplexContentDraft(particle=particle):
                    yield from particle_references(particle)
                case _:
                    assert_never(content)
            yield from attribute_references(attributes)
            if draft.array is not None:
                yield Reference(draft.array.item, span)
        case ElementDraft(type=type_, head=head, span=span):
            if type_ is not None:
                yield Reference(type_, span)
            if head is not None:
                yield Reference(head, span)
        case Attribute() | Group() | AttributeGroup():
            yield from references(draft)
        case _:
            assert_never(draft)


def definitions(draft: Draft) -> Iterator[ComponentName]:
    """Yield the components that must be known before a draft is: none may lead back to it.

    These are the bases of types, items and members, the heads of substitution groups, and the
    groups in a group. An element's type, and the elements of a type, are none: types are recursive.
    """
    match draft:
        case SimpleDraft(base=base, variety=variety, span=span):
            yield base
            if variety is not None:
                yield from (name for name, _ in variety_references(variety, span))
        case ComplexDraft(base=base, content=content, array=array):
            yield base
            if isinstance(content, SimpleContentDraft) and content.inner is not None:
                yield content.inner
            if array is not None and array.item.kind == "element":
                yield array.item
        case ElementDraft(head=head):
            if head is not None:
                yield head
        case Group(content=content):
            yield from (leaf.name for leaf in leaves(content) if isinstance(leaf, GroupRef))
        case AttributeGroup(attributes=attributes):
            for item in attributes.items:
                if isinstance(item, AttributeGroupRef):
                    yield item.name
        case Attribute():
            pass
        case _:
            assert_never(draft)
