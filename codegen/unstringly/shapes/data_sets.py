"""The types of elements with DataSets of ADO.NET in them, as WSDLs have them.

.NET declares nothing of a DataSet but that there is a schema, and something else:

    <s:element ref="s:schema"/><s:any/>                             since the first version
    <s:any namespace="http://www.w3.org/2001/XMLSchema"/>           since the second, and for
    <s:any namespace="urn:schemas-microsoft-com:xml-diffgram-v1"/>  DataTables
    <s:any/><s:any/>                                                as others have it
    <s:any namespace="http://tempuri.org/Rates.xsd"/>               a typed DataSet, by name

The last two may be something else, which only what is sent can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.model.schema_content import (
    ONCE,
    AnyElement,
    ComplexContent,
    ComplexType,
    Compositor,
    ElementRef,
    ModelGroup,
    Particle,
)
from unstringly.model.schema_names import ANY_TYPE, XSD
from unstringly.runtime.xml.diffgrams import DIFFGR
from unstringly.shapes.shapes import DataSetValue

if TYPE_CHECKING:
    from unstringly.model.schema import Schema


def data_set_value(
    schema: Schema, type_: ComplexType, *, is_message: bool = False
) -> DataSetValue | None:
    """Return what an element of a type is in Python, if that is a DataSet.

    `is_message`: the elements in it are parameters or results, unless it is plainly a DataSet.
    """
    content = type_.content
    if (
        not isinstance(content, ComplexContent)
        or content.mixed
        or type_.base != ANY_TYPE
        or type_.abstract
        or type_.attributes.items
        or type_.name in schema.derived
    ):
        return None
    group = content.particle
    if not isinstance(group, ModelGroup) or group.compositor is not Compositor.SEQUENCE:
        return None
    match group.particles:
        case (first, second) if _is_schema(first) and _is_rows(second):
            return DataSetValue(is_certain=True)
        case (first, second) if _is_bare(first) and _is_bare(second) and group.occurs == ONCE:
            return None if is_message else DataSetValue(is_certain=False)
        case (AnyElement(wildcard=wildcard, occurs=occurs),) if occurs == group.occurs == ONCE:
            is_named = not wildcard.negated and len(wildcard.namespaces) == 1
            namespaces = {*wildcard.namespaces} - {"", type_.name.namespace, XSD}
            return DataSetValue(is_certain=False) if is_named and namespaces else None
        case _:
            return None


def _is_schema(particle: Particle) -> bool:
    """Say whether a particle is an inline schema."""
    if isinstance(particle, ElementRef):
        return (particle.name.namespace, particle.name.local) == (XSD, "schema")
    return isinstance(particle, AnyElement) and _is_of(particle, XSD)


def _is_rows(particle: Particle) -> bool:
    """Say whether a diffgram may stand for a particle, and may be all that does."""
    return isinstance(particle, AnyElement) and (_is_of(particle, DIFFGR) or _takes_all(particle))


def _is_bare(particle: Particle) -> bool:
    return isinstance(particle, AnyElement) and _takes_all(particle) and particle.occurs == ONCE


def _is_of(particle: AnyElement, namespace: str) -> bool:
    return not particle.wildcard.negated and particle.wildcard.namespaces == (namespace,)


def _takes_all(particle: AnyElement) -> bool:
    return particle.wildcard.negated and not particle.wildcard.namespaces
