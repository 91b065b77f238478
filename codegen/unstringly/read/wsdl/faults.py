"""The faults that an operation declares (WSDL 1.1, sections 2.4.2 and 3.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.model.service import Fault
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.messages import message_of, name_of_element

if TYPE_CHECKING:
    from xsdata.models.wsdl import PortTypeOperation

    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.xml import Node


def read_faults(catalog: Catalog, model: PortTypeOperation) -> tuple[Fault, ...]:
    """Return the faults of an operation whose detail is an element, each element once.

    A fault whose message is missing, or at fault, comes as any undeclared one does: it costs
    nothing but the type of its detail.
    """
    faults = (_read(catalog, catalog.origins[fault]) for fault in model.faults)
    known = {fault.element: fault for fault in faults if fault is not None}
    return tuple(known.values())


def _read(catalog: Catalog, node: Node) -> Fault | None:
    try:
        model, _ = message_of(catalog, node)
        parts = [catalog.origins.intact(part) for part in model.parts]
        if len(parts) != 1 or "element" not in parts[0].attributes:
            return None
        element = catalog.components.element(parts[0], "element")
    except Refused:
        return None
    return Fault(name_of_element(element), node.span)
