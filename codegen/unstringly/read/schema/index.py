"""The global components of all documents, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from unstringly.model.schema_names import XSD, ComponentName, Kind
from unstringly.read.wsdl.elements import name_of
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.names import duplicate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.diagnostics import Diagnostic
    from unstringly.read.schema.documents import Documents
    from unstringly.read.schema.outlines import Document
    from unstringly.read.wsdl.xml import Node

_KINDS: dict[str, Kind] = {
    f"{{{XSD}}}simpleType": "type",
    f"{{{XSD}}}complexType": "type",
    f"{{{XSD}}}element": "element",
    f"{{{XSD}}}attribute": "attribute",
    f"{{{XSD}}}group": "group",
    f"{{{XSD}}}attributeGroup": "attribute group",
}


class Declared(NamedTuple):
    """The element that declares a component, and the document that it stands in."""

    document: Document
    node: Node


class Index(Struct, frozen=True):
    """All global components, and findings about names."""

    declared: Mapping[ComponentName, Declared]
    findings: tuple[Diagnostic, ...]


def index_components(documents: Documents) -> Index:
    """Return all global components, the first of each name, and findings for all other ones.

    A known schema is the last to be looked at, and fills in what the documents leave out.
    """
    declared: dict[ComponentName, Declared] = {}
    findings: list[Diagnostic] = []
    for document in documents.schemas:
        for node in document.root.children:
            kind = _KINDS.get(node.name)
            if kind is None:
                continue
            try:
                local = name_of(node)
            except Refused as refusal:
                findings.extend(refusal.findings)
                continue
            name = ComponentName(kind, document.namespace, local)
            first = declared.setdefault(name, Declared(document, node))
            if first.node is not node and not document.is_known:
                findings.append(duplicate(kind, local, node.span, first.node.span))
    return Index(declared, tuple(findings))
