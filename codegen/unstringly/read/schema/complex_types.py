"""Reading of complex types (XML Schema part 1, section 3.4), and of SOAP's arrays among them.

SOAP 1.1 declares an array as a restriction of `Array` (section 5.4.2), whose attribute `arrayType`
has the type of the items in WSDL's attribute of that name: `wsdl:arrayType="t:Line[,][]"` are
arrays of arrays with two dimensions. Some documents leave it out and declare a repeated element.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from xsdata.models import xsd

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema_content import (
    Derivation,
    ElementRef,
    LocalElement,
    ModelGroup,
    Particle,
)
from unstringly.model.schema_names import ANY_TYPE, ComponentName
from unstringly.model.schema_simple import Facets
from unstringly.model.schema_walks import leaves
from unstringly.read.schema.attributes import read_attributes
from unstringly.read.schema.drafts import (
    ArrayDraft,
    ComplexContentDraft,
    ComplexDraft,
    SimpleContentDraft,
)
from unstringly.read.schema.elements import read_particle
from unstringly.read.schema.known import SOAP_ENCODING
from unstringly.read.schema.places import NOT_READ, Place, documentation_of, wrong
from unstringly.read.schema.simple_types import read_facets
from unstringly.read.wsdl.elements import WSDL
from unstringly.read.wsdl.findings import Refused, both, quoted

if TYPE_CHECKING:
    from typing import TypeAlias

    from unstringly.read.wsdl.xml import Node

    Way: TypeAlias = xsd.Extension | xsd.Restriction

_ARRAY = ComponentName("type", SOAP_ENCODING, "Array")
_ARRAY_TYPE = f"{{{WSDL}}}arrayType"
_SIZES = re.compile(r"(?P<item>[^\[\]\s]+?)(?P<sizes>(?:\[[\d,\s]*\])+)")


def read_complex_type(place: Place, model: xsd.ComplexType) -> ComplexDraft:
    """Return a complex type, global or anonymous; raises `Refused` (W112, W113, W127, W128)."""
    node = place.intact(model)
    _refuse_news(place, model)
    contents = (model.simple_content, model.complex_content)
    holders = [content for content in contents if content is not None]
    if not holders:
        particle, attributes = both(
            lambda: _particle(place, model, node), lambda: read_attributes(place, model)
        )
        return ComplexDraft(
            place.name,
            ANY_TYPE,
            Derivation.RESTRICTION,
            ComplexContentDraft(particle, model.mixed),
            attributes,
            None,
            model.abstract,
            documentation_of(node),
            node.span,
        )
    holder = holders[0]
    beside = (model.group, model.all, model.choice, model.sequence, model.any_attribute)
    if len(holders) > 1 or any((*beside, *model.attributes, *model.attribute_groups)):
        message = "a complex type with simpleContent or complexContent has nothing beside it"
        raise Refused(wrong(node, message))
    return _derived(place, model, node, holder)


def _derived(
    place: Place, model: xsd.ComplexType, node: Node, holder: xsd.SimpleContent
) -> ComplexDraft:
    derivations = (holder.extension, holder.restriction)
    ways: list[Way] = [way for way in derivations if way is not None]
    inner = place.intact(holder)
    if len(ways) != 1:
        message = f"{quoted(inner.local)} is one extension or restriction"
        raise Refused(wrong(inner, f"{message}, and this has {len(ways)}"))
    way = ways[0]
    origin = place.intact(way)
    _refuse_news(place, way)
    base = place.referred("type", origin, "base")
    content: SimpleContentDraft | ComplexContentDraft
    if isinstance(holder, xsd.ComplexContent):
        mixed = holder.mixed if "mixed" in inner.attributes else model.mixed
        particle, attributes = both(
            lambda: _particle(place, way, origin), lambda: read_attributes(place, way)
        )
        content = ComplexContentDraft(particle, mixed)
    else:
        content, attributes = both(
            lambda: _simple_content(place, way, origin), lambda: read_attributes(place, way)
        )
        particle = None
    return ComplexDraft(
        place.name,
        base,
        Derivation.EXTENSION if isinstance(way, xsd.Extension) else Derivation.RESTRICTION,
        content,
        attributes,
        _array(place, way, particle) if base == _ARRAY else None,
        model.abstract,
        documentation_of(node),
        node.span,
    )


def _simple_content(place: Place, way: Way, node: Node) -> SimpleContentDraft:
    if _contents(way):
        raise Refused(wrong(node, "simple content has no elements"))
    match way:
        case xsd.Extension():
            inner, facets = None, Facets()
        case xsd.Restriction():
            facets = read_facets(place, way)
            inner = place.inside(way.simple_type, ":inner") if way.simple_type else None
        case _:
            assert_never(way)
    return SimpleContentDraft(inner, facets)


def _contents(
    owner: xsd.ComplexType | Way,
) -> list[xsd.Group | xsd.All | xsd.Choice | xsd.Sequence]:
    contents = (owner.group, owner.all, owner.choice, owner.sequence)
    return [content for content in contents if content is not None]


def _particle(place: Place, owner: xsd.ComplexType | Way, node: Node) -> Particle | None:
    contents = _contents(owner)
    if len(contents) > 1:
        message = "a type has one group, sequence, choice or all"
        raise Refused(wrong(node, f"{message}, and this has {len(contents)}"))
    return read_particle(place, contents[0]) if contents else None


def _refuse_news(place: Place, owner: xsd.ComplexType | Way) -> None:
    """Refuse what only XML Schema 1.1 has, and what changes the content of a type (W127)."""
    if owner.open_content is not None and (node := place.origins.find(owner.open_content)):
        message = f"{quoted('xs:openContent')} is not read"
        raise Refused(Diagnostic(NOT_READ, node.span, message))
    outline = place.document.outline
    news = (outline.default_attributes, outline.default_open_content)
    if any(news) and isinstance(owner, xsd.ComplexType):
        message = "`defaultAttributes` and `xs:defaultOpenContent` are not read"
        raise Refused(Diagnostic(NOT_READ, place.document.root.span, message))


def _array(place: Place, way: Way, particle: Particle | None) -> ArrayDraft:
    """Return what a type derived from SOAP's `Array` is an array of; raises `Refused` (W128)."""
    for model in way.attributes:
        node = place.origins[model]
        text = node.attributes.get(_ARRAY_TYPE)
        if text is None:
            continue
        sized = _SIZES.fullmatch(text.strip())
        if sized is None:
            raise Refused(wrong(node, f"{quoted(text)} is no type of an array"))
        sizes = re.findall(r"\[([^\]]*)\]", sized["sizes"])
        ranks = tuple(size.count(",") + 1 for size in sizes)
        return ArrayDraft(place.named("type", node, sized["item"]), ranks)
    items = list(leaves(particle)) if isinstance(particle, ModelGroup) else []
    match items:
        case [LocalElement(declaration=declaration)]:
            return ArrayDraft(declaration.type, (1,))
        case [ElementRef(name=name)]:
            return ArrayDraft(name, (1,))
        case _:
            return ArrayDraft(ANY_TYPE, (1,))
