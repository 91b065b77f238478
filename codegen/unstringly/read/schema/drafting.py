"""Reading of each component by itself: what it declares, without what it refers to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from xsdata.models import xsd

from unstringly.read.schema.attributes import read_attribute, read_attribute_group
from unstringly.read.schema.complex_types import read_complex_type
from unstringly.read.schema.elements import read_element, read_group
from unstringly.read.schema.models import component_model
from unstringly.read.schema.places import Place
from unstringly.read.schema.simple_types import read_simple_type
from unstringly.read.wsdl.elements import Origins
from unstringly.read.wsdl.findings import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xsdata.models.mixins import ElementBase

    from unstringly.diagnostics import Diagnostic
    from unstringly.model.schema_names import ComponentName
    from unstringly.read.schema.drafts import Draft
    from unstringly.read.schema.index import Declared, Index


class Drafted(NamedTuple):
    """All components that could be read, anonymous types too, and findings about the others."""

    drafts: Mapping[ComponentName, Draft]
    faults: Mapping[ComponentName, tuple[Diagnostic, ...]]


def draft_components(index: Index) -> Drafted:
    """Read all components, one after the other, each with the anonymous types in it.

    The model of a component lives as long as it is read: all of them together are ten times as
    large as what they say.
    """
    drafts: dict[ComponentName, Draft] = {}
    faults: dict[ComponentName, tuple[Diagnostic, ...]] = {}
    for name, declared in index.declared.items():
        read = _read_known if declared.document.is_known else _read
        drafted = read(name, declared)
        drafts.update(drafted.drafts)
        faults.update(drafted.faults)
    return Drafted(drafts, faults)


def _read(name: ComponentName, declared: Declared) -> Drafted:
    """Read a component, and the anonymous types in it."""
    document, node = declared
    if document.damage:
        return Drafted({}, {name: document.damage})
    origins = Origins()
    try:
        model = component_model(node, origins)
    except Refused as refusal:
        return Drafted({}, {name: refusal.findings})
    drafts: dict[ComponentName, Draft] = {}
    faults: dict[ComponentName, tuple[Diagnostic, ...]] = {}
    waiting = [(name, model)]
    while waiting:
        inner, model = waiting.pop()
        place = Place(document, origins, inner)
        try:
            drafts[inner] = _draft(place, model)
        except Refused as refusal:
            faults[inner] = refusal.findings
        waiting.extend(reversed(place.anonymous))
    return Drafted(drafts, faults)


_read_known = cache(_read)
"""The same for schemas that come with the generator: most WSDLs use one."""


def _draft(place: Place, model: ElementBase) -> Draft:
    match model:
        case xsd.SimpleType():
            return read_simple_type(place, model)
        case xsd.ComplexType():
            return read_complex_type(place, model)
        case xsd.Element():
            return read_element(place, model)
        case xsd.Attribute():
            return read_attribute(place, model)
        case xsd.Group():
            return read_group(place, model)
        case xsd.AttributeGroup():
            return read_attribute_group(place, model)
        case _:
            raise TypeError(model)  # the index has no others
