"""Plans what `operations.py` says of an operation on the wire, binding by binding."""

from collections.abc import Sequence

from unstringly.model.contract import Contract
from unstringly.model.service import BindingKind
from unstringly.plan.calls import WireBinding
from unstringly.plan.imports import Imports
from unstringly.plan.layout import call, quoted

MEMBERS = {
    BindingKind.HTTP_POST: "POST",
    BindingKind.SOAP11: "SOAP11",
    BindingKind.SOAP12: "SOAP12",
    BindingKind.HTTP_GET: "GET",
}
"""The members of Binding; the first that a service has is the default of its clients."""


def endpoint(contract: Contract, offered: Sequence[WireBinding], imports: Imports) -> str:
    """What most bindings say: for each key, the first that says anything."""
    return _made(contract, imports, _merged(_said(offered)), indent=4)


def other_endpoints(
    contract: Contract, offered: Sequence[WireBinding], imports: Imports
) -> list[str]:
    """What some bindings say otherwise than the others, as entries of a mapping."""
    said = _said(offered)
    merged = _merged(said)
    binding = imports.name("._runtime.wire.bindings", "Binding")
    return [
        f"{binding}.{MEMBERS[kind]}: {_made(contract, imports, merged | own, indent=8)}"
        for kind, own in said.items()
        if any(merged[name] != value for name, value in own.items())
    ]


def _said(offered: Sequence[WireBinding]) -> dict[BindingKind, dict[str, str]]:
    """What the WSDL says of an operation, by binding."""
    return {each.kind: _said_by(each) for each in offered}


def _said_by(offered: WireBinding) -> dict[str, str]:
    said: dict[str, str] = {}
    output = offered.operation.output
    match offered.kind:
        case BindingKind.SOAP11 | BindingKind.SOAP12:
            sent = offered.operation.input.element
            if sent is not None and output.element is not None:
                said["namespace"] = sent.namespace
                said["element"] = sent.local
                said["response"] = output.element.local
                said["result"] = output.parts[0].name if output.parts else ""
            said["action"] = offered.bound.soap_action or ""
        case BindingKind.HTTP_GET | BindingKind.HTTP_POST:
            said["location"] = offered.bound.location or ""
            said["root"] = "" if output.element is None else output.element.local
            said["root_namespace"] = "" if output.element is None else output.element.namespace
    return said


def _merged(said: dict[BindingKind, dict[str, str]]) -> dict[str, str]:
    """What the first binding says that says anything."""
    merged: dict[str, str] = {}
    for own in said.values():
        merged = own | merged
    return merged


def _made(contract: Contract, imports: Imports, said: dict[str, str], *, indent: int) -> str:
    named = {"namespace": contract.service.namespace} | said
    arguments = [f"{name}={quoted(value)}" for name, value in named.items()]
    return call(f"{imports.name('._runtime.wire.bindings', 'Endpoint')}(", arguments, indent=indent)
