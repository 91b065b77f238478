"""From drafts to components: what a component has from those by which it is defined.

That is the variety of a restriction, the type of simple content, the type of an element that only
names its substitution group, mixed content, and the items of an array.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema_content import (
    Attribute,
    AttributeGroup,
    ComplexContent,
    ComplexType,
    Derivation,
    Element,
    Group,
    LocalAttribute,
    SimpleContent,
    SoapArray,
)
from unstringly.model.schema_names import ANY_TYPE, ComponentName
from unstringly.model.schema_simple import Facets, ListOf, SimpleType, UnionOf
from unstringly.read.schema.drafts import (
    ComplexContentDraft,
    ComplexDraft,
    Draft,
    ElementDraft,
    SimpleContentDraft,
    SimpleDraft,
)
from unstringly.read.schema.places import WRONG
from unstringly.read.wsdl.findings import IN_YOUR_COPY, Refused, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from unstringly.diagnostics import Span
    from unstringly.model.schema import Component

    Done: TypeAlias = Mapping[ComponentName, Component]

_VALUE = ":value"


def finish(draft: Draft, done: Done) -> tuple[tuple[ComponentName, Component], ...]:
    """Return a component by its name, and the simple type of its content if it makes a new one.

    `done` has all components by which it is defined. Raises `Refused` (W128) if one of them is of
    another kind than it must be.
    """
    match draft:
        case SimpleDraft():
            return ((draft.name, _simple(draft, done)),)
        case ComplexDraft():
            complex_type, *more = _complex(draft, done)
            return ((draft.name, complex_type), *((type_.name, type_) for type_ in more))
        case ElementDraft():
            name = ComponentName("element", draft.name.namespace, draft.name.local)
            return ((name, _element(draft, done)),)
        case Attribute(name=name):
            return ((ComponentName("attribute", name.namespace, name.local), draft),)
        case Group(name=name) | AttributeGroup(name=name):
            return ((name, draft),)
        case _:
            assert_never(draft)


def _simple(draft: SimpleDraft, done: Done) -> SimpleType:
    base = _simple_type(draft.base, done, draft.span)
    match draft.variety:
        case None:
            variety = base.variety
        case ListOf(item=item):
            if isinstance(_simple_type(item, done, draft.span).variety, ListOf):
                raise Refused(_wrong(draft.span, "the items of a list are lists"))
            variety = draft.variety
        case UnionOf(members=members):
            for member in members:
                _simple_type(member, done, draft.span)
            variety = draft.variety
        case _:
            assert_never(draft.variety)
    return SimpleType(
        draft.name, draft.base, variety, draft.facets, draft.documentation, draft.span
    )


def _complex(draft: ComplexDraft, done: Done) -> tuple[ComplexType | SimpleType, ...]:
    more: tuple[SimpleType, ...] = ()
    array = None if draft.array is None else _array(draft, done)
    match draft.content:
        case SimpleContentDraft():
            more = _value(draft, draft.content, done)
            value = more[0].name if more else _base_value(draft, done)
            content: SimpleContent | ComplexContent = SimpleContent(value)
        case ComplexContentDraft(particle=particle, mixed=mixed):
            base = done[draft.base]
            if not isinstance(base, ComplexType):
                raise Refused(_no_base(draft, "complex"))
            is_extension = draft.derivation is Derivation.EXTENSION
            content = ComplexContent(particle, mixed)
            if isinstance(base.content, SimpleContent):
                if not is_extension or particle is not None:
                    raise Refused(_no_base(draft, "complex"))
                content = base.content  # only attributes are added
            elif is_extension and base.name == ANY_TYPE:
                content = base.content if particle is None else content
            elif is_extension and base.content.mixed:
                content = ComplexContent(particle, mixed=True)
            array = array or base.array
        case _:
            assert_never(draft.content)
    complex_type = ComplexType(
        draft.name,
        draft.base,
        draft.derivation,
        content,
        draft.attributes,
        array,
        draft.abstract,
        draft.documentation,
        draft.span,
    )
    return (complex_type, *more)


def _value(draft: ComplexDraft, content: SimpleContentDraft, done: Done) -> tuple[SimpleType, ...]:
    """Return the simple type that a restriction of simple content makes, if it makes one."""
    inner, facets = content.inner, content.facets
    if inner is None and (facets == Facets() or draft.derivation is Derivation.EXTENSION):
        return ()
    base = inner if inner is not None else _base_value(draft, done)
    known = _simple_type(base, done, draft.span)
    if inner is not None and facets == Facets():
        return (known,)
    way = (*draft.name.way, _VALUE)
    name = ComponentName(draft.name.kind, draft.name.namespace, draft.name.local, way)
    return (SimpleType(name, base, known.variety, facets, "", draft.span),)


def _base_value(draft: ComplexDraft, done: Done) -> ComponentName:
    """Return the simple type of the content of a type's base; raises `Refused` if it has none."""
    base = done[draft.base]
    match base:
        case SimpleType():  # drafts of XML Schema restrict simple types too, to add attributes
            return base.name
        case ComplexType(content=SimpleContent(type=type_)):
            return type_
        case _:
            raise Refused(_no_base(draft, "simple"))


def _array(draft: ComplexDraft, done: Done) -> SoapArray | None:
    if draft.array is None:
        return None
    item = draft.array.item
    element = done.get(item) if item.kind == "element" else None
    return SoapArray(element.type if isinstance(element, Element) else item, draft.array.ranks)


def _element(draft: ElementDraft, done: Done) -> Element:
    type_ = draft.type
    if type_ is None:
        head = done[draft.head] if draft.head is not None else None
        type_ = head.type if isinstance(head, Element) else ANY_TYPE
    return Element(
        draft.name,
        type_,
        draft.nillable,
        draft.default,
        draft.fixed,
        draft.abstract,
        draft.head,
        draft.documentation,
        draft.span,
    )


def check_attributes(component: Component, done: Done) -> None:
    """Raise `Refused` (W128) if an attribute is of a complex type."""
    match component:
        case Attribute():
            declared = [component]
        case ComplexType(attributes=attributes) | AttributeGroup(attributes=attributes):
            local = (item for item in attributes.items if isinstance(item, LocalAttribute))
            declared = [item.declaration for item in local]
        case SimpleType() | Element() | Group():
            declared = []
        case _:
            assert_never(component)
    for attribute in declared:
        if attribute.type in done:
            _simple_type(attribute.type, done, attribute.span)


def _simple_type(name: ComponentName, done: Done, span: Span) -> SimpleType:
    type_ = done[name]
    if isinstance(type_, SimpleType):
        return type_
    raise Refused(
        _wrong(span, f"the type {quoted(name.local)} is complex, where a simple one is needed")
    )


def _no_base(draft: ComplexDraft, kind: str) -> Diagnostic:
    message = f"the content of {quoted(draft.base.local)} is not {kind}, and cannot become it"
    return _wrong(draft.span, message)


def _wrong(span: Span, message: str) -> Diagnostic:
    return Diagnostic(WRONG, span, message, IN_YOUR_COPY)
