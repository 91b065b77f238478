"""Reading of attributes, their groups, and wildcards (XML Schema part 1, sections 3.2 to 3.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xsdata.models import xsd

from unstringly.model.schema_content import (
    Attribute,
    AttributeGroup,
    AttributeGroupRef,
    AttributeItem,
    AttributeRef,
    Attributes,
    LocalAttribute,
    Use,
    Wildcard,
)
from unstringly.model.schema_names import ANY_SIMPLE_TYPE
from unstringly.model.service import QName
from unstringly.read.schema.places import Place, documentation_of, in_order, wrong
from unstringly.read.wsdl.elements import name_of
from unstringly.read.wsdl.findings import Refused, gather, quoted

if TYPE_CHECKING:
    from typing import TypeAlias

    from xsdata.models.mixins import ElementBase

    from unstringly.read.wsdl.xml import Node

    Owner: TypeAlias = xsd.ComplexType | xsd.Extension | xsd.Restriction | xsd.AttributeGroup


def read_attribute(place: Place, model: xsd.Attribute) -> Attribute:
    """Return a global attribute; raises `Refused`."""
    node = place.intact(model)
    return _declared(place, model, node, QName(place.document.namespace, name_of(node)), ":type")


def read_attribute_group(place: Place, model: xsd.AttributeGroup) -> AttributeGroup:
    """Return a group of attributes; raises `Refused`."""
    node = place.intact(model)
    return AttributeGroup(place.name, read_attributes(place, model), node.span)


def read_attributes(place: Place, owner: Owner) -> Attributes:
    """Return the attributes that a type or group declares itself; raises `Refused`."""
    models = in_order(owner.attributes, owner.attribute_groups)
    items = gather(models, lambda model: _item(place, model))
    wildcard = owner.any_attribute
    if wildcard is None:
        return Attributes(items)
    node = place.intact(wildcard)
    process = node.attributes.get("processContents", "strict").strip()
    return Attributes(items, read_wildcard(place, wildcard.namespace, process))


def read_wildcard(place: Place, namespaces: str, process: str) -> Wildcard:
    """Return a wildcard by its attribute `namespace` (XML Schema part 1, section 3.10.2)."""
    words = namespaces.split()
    own = place.document.namespace
    if words in ([], ["##any"]):
        return Wildcard((), negated=True, process=process)
    if words == ["##other"]:
        others = ("", own) if own else ("",)
        return Wildcard(others, negated=True, process=process)
    meant = {"##targetNamespace": own, "##local": ""}
    listed = tuple(dict.fromkeys(meant.get(word, word) for word in words))
    return Wildcard(listed, negated=False, process=process)


def _item(place: Place, model: ElementBase) -> AttributeItem:
    node = place.intact(model)
    if not isinstance(model, xsd.Attribute):
        return AttributeGroupRef(place.referred("attribute group", node), node.span)
    use = Use(model.use.value if model.use else "optional")
    if model.ref is None:
        name = name_of(node)
        default = place.document.outline.attribute_form_default
        on_the_wire = place.on_the_wire(name, model.form, default)
        return LocalAttribute(_declared(place, model, node, on_the_wire, f"@{name}"), use)
    if model.name is not None:
        raise Refused(wrong(node, f"the attribute {quoted(model.name)} has a name and a `ref`"))
    return AttributeRef(
        place.referred("attribute", node), use, model.default, model.fixed, node.span
    )


def _declared(place: Place, model: xsd.Attribute, node: Node, name: QName, step: str) -> Attribute:
    if model.default is not None and model.fixed is not None:
        message = f"the attribute {quoted(name.local)} has a default and a fixed value"
        raise Refused(wrong(node, message))
    type_ = place.type_of(node, "type", model.simple_type, step) or ANY_SIMPLE_TYPE
    described = documentation_of(node)
    return Attribute(name, type_, model.default, model.fixed, described, node.span)
