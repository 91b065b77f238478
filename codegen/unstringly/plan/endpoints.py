"""Plans what `operations.py` says of an operation on the wire, binding by binding."""

from collections.abc import Sequence

from unstringly.model.contract import Contract
from unstringly.model.service import BindingKind
from unstringly.plan.calls import WireBinding
from unstringly.python.build import call
from unstringly.python.nodes import Attribute, Expression, Text
from unstringly.python.symbols import BINDING, ENDPOINT

MEMBERS = {
    BindingKind.HTTP_POST: "POST",
    BindingKind.SOAP11: "SOAP11",
    BindingKind.SOAP12: "SOAP12",
    BindingKind.HTTP_GET: "GET",
}
"""The members of Binding; the first that a service has is the default of its clients."""


def endpoint(contract: Contract, offered: Sequence[WireBinding]) -> Expression:
    """The Endpoint that most bindings have: for each key, the first that says anything."""
    return _made(contract, _merged(_said(offered)))


def other_endpoints(
    contract: Contract, offered: Sequence[WireBinding]
) -> tuple[tuple[Expression, Expression], ...]:
    """The Endpoints of bindings that say something else than most do, by their bindings."""
    said = _said(offered)
    merged = _merged(said)
    return tuple(
        (member(kind), _made(contract, merged | own))
        for kind, own in said.items()
        if any(merged[name] != value for name, value in own.items())
    )


def member(kind: BindingKind) -> Expression:
    """`Binding.SOAP11`."""
    return Attribute(BINDING, MEMBERS[kind])


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


def _made(contract: Contract, said: dict[str, str]) -> Expression:
    named = {"namespace": contract.service.namespace} | said
    return call(ENDPOINT, **{name: Text(value) for name, value in named.items()})
