"""Plans the endpoints in `operations.py`: an operation on the wire, binding by binding.

The settings of an Endpoint are its arguments by name, as texts of the WSDL.
"""

from collections.abc import Sequence

from unstringly.model.calls import WireBinding
from unstringly.model.contract import Contract
from unstringly.model.service import BindingKind
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
    """Return the Endpoint that most bindings have: each setting of the first that has it."""
    return _endpoint(contract, _merged(_settings(offered)))


def other_endpoints(
    contract: Contract, offered: Sequence[WireBinding]
) -> tuple[tuple[Expression, Expression], ...]:
    """Return the Endpoints of bindings with other settings than most have, by their bindings."""
    settings = _settings(offered)
    merged = _merged(settings)
    return tuple(
        (member(kind), _endpoint(contract, merged | own))
        for kind, own in settings.items()
        if any(merged[name] != value for name, value in own.items())
    )


def member(kind: BindingKind) -> Expression:
    """Return a member of Binding, such as `Binding.SOAP11`."""
    return Attribute(BINDING, MEMBERS[kind])


def _settings(offered: Sequence[WireBinding]) -> dict[BindingKind, dict[str, str]]:
    """Return the settings of an operation, by binding."""
    return {binding.kind: _settings_of(binding) for binding in offered}


def _settings_of(binding: WireBinding) -> dict[str, str]:
    settings: dict[str, str] = {}
    output = binding.operation.output
    match binding.kind:
        case BindingKind.SOAP11 | BindingKind.SOAP12:
            body = binding.operation.input.element
            if body is not None:
                settings["namespace"] = body.namespace
                settings["element"] = body.local
            if output is not None and output.element is not None:
                settings["response"] = output.element.local
            if output is not None and output.parts:
                settings["result"] = output.parts[0].name
            settings["action"] = binding.bound.soap_action or ""
        case BindingKind.HTTP_GET | BindingKind.HTTP_POST:
            root = None if output is None else output.element
            settings["location"] = binding.bound.location or ""
            settings["root"] = "" if root is None else root.local
            settings["root_namespace"] = "" if root is None else root.namespace
            if binding.operation.input.element is not None:
                settings["posted"] = binding.operation.input.element.local
    return settings


def _merged(settings: dict[BindingKind, dict[str, str]]) -> dict[str, str]:
    """Return each setting as the first binding has it that has it at all."""
    merged: dict[str, str] = {}
    for own in settings.values():
        merged = own | merged
    return merged


def _endpoint(contract: Contract, settings: dict[str, str]) -> Expression:
    arguments = {"namespace": contract.service.namespace} | settings
    return call(ENDPOINT, **{name: Text(value) for name, value in arguments.items()})
