"""Requests of two operations that look the same: a server cannot tell which is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.service import BindingKind
from unstringly.read.wsdl.findings import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unstringly.model.service import BoundOperation, Operation, Port

ALIKE = Rule(
    "W133",
    Severity.WARNING,
    "the requests of two operations look the same",
    wrong="""\
Over SOAP an operation is found by its action and the first element in the body, over HTTP by its
location, and by the root element of a request in XML. Two operations have the same.""",
    why="""\
Clients call both. A generated server and an emulator take each such request for the first one.
With several services these may be at two addresses, which a server of all of them has not.""",
    example="""\
<wsdl:operation name="Find">  in rpc style, twice in a port type, both with soapAction="" """,
    todo="""\
Nothing, if you need the client alone. Otherwise write the server of one of them by other means.""",
)

RULES = (ALIKE,)


def alike(ports: Iterable[Port]) -> Iterator[Diagnostic]:
    """Report each operation whose request looks like that of an earlier one over a binding."""
    first: dict[tuple[object, ...], str] = {}
    for port in ports:
        binding = port.binding
        for operation, bound in zip(binding.port_type.operations, binding.operations, strict=True):
            name = first.setdefault(_looks(binding.kind, operation, bound), operation.name)
            if name != operation.name:
                message = f"a request of {quoted(operation.name)} looks like one of {quoted(name)}"
                advice = "Nothing needs to be done for a client. A server answers the latter."
                names = (operation.name,)
                yield Diagnostic(ALIKE, operation.span, message, advice, operations=names)


def _looks(kind: BindingKind, operation: Operation, bound: BoundOperation) -> tuple[object, ...]:
    """Return what a server has to tell a request by."""
    if kind in (BindingKind.SOAP11, BindingKind.SOAP12):
        return kind, operation.input.element, bound.soap_action
    location = (bound.location or "").strip("/")
    return kind, location, operation.input.element
