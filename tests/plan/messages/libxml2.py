"""libxml2 as the judge of what is written: whether a document is valid by a WSDL's own schemas."""

import copy
from importlib import import_module
from pathlib import Path
from typing import Any

_ETREE: Any = import_module("lxml.etree")  # which has no annotations
_XSD = "{http://www.w3.org/2001/XMLSchema}"


def validator_of(wsdl: Path, folder: Path) -> Any:
    """A validator for the schemas that stand in a WSDL; None if libxml2 does not take them all.

    Those of other files are left to other tests, and so are several of one namespace.
    """
    try:
        tree = _ETREE.parse(str(wsdl))
    except _ETREE.XMLSyntaxError:
        return None
    schemas = [copy.deepcopy(node) for node in tree.iter(f"{_XSD}schema")]
    places = {node.get("targetNamespace", ""): f"{n}.xsd" for n, node in enumerate(schemas)}
    if not schemas or len(places) < len(schemas):
        return None
    for number, node in enumerate(schemas):
        for inner in node.iter(f"{_XSD}import", f"{_XSD}include"):
            place = places.get(inner.get("namespace", ""))
            if place is None or inner.tag == f"{_XSD}include":
                return None
            inner.set("schemaLocation", place)
        (folder / f"{number}.xsd").write_bytes(_ETREE.tostring(node))
    imports = "".join(
        f'<import namespace="{namespace}" schemaLocation="{place}"/>'
        if namespace
        else f'<import schemaLocation="{place}"/>'
        for namespace, place in places.items()
    )
    whole = folder / "all.xsd"
    whole.write_text(
        f'<schema xmlns="{_XSD[1:-1]}" targetNamespace="urn:all-of-them">{imports}</schema>',
        encoding="utf-8",
    )
    try:
        return _ETREE.XMLSchema(file=str(whole))
    except _ETREE.XMLSchemaParseError:
        return None


def problem(validator: Any, document: str) -> str:
    """What is wrong with a document; empty if it is valid."""
    if validator.validate(_ETREE.fromstring(document)):
        return ""
    return str(validator.error_log.last_error.message)
