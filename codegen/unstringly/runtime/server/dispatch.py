"""The choice of the operation that a SOAP message asks for.

SOAP 1.1 has the action in a header of its own (section 6.1.1), SOAP 1.2 as a parameter of the
content type (RFC 3902), where it may be left out. A header that is absent, empty or `""`, and
operations to which the WSDL gives no action, are handled as SOAP 1.1 servers do: the first element
in the body finds the operation.

- SOAP 1.1 with an action: the operation of this action. Where several have it, the body tells
  them apart. Where none has it, the body finds an operation that has no action itself; an operation
  that has one is not called by another.
- SOAP 1.1 without an action, and SOAP 1.2: the operation of the body's element. Where several
  have it, the action tells them apart.

A body with nothing in it finds the operations whose requests are empty.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..client.calls import Operation
from ..wire.bindings import Binding, action_uri
from ..wire.envelopes import Message

_PARAMETER: Final = re.compile(r';\s*action\s*=\s*"?([^\s";]*)', re.IGNORECASE)


def operation_asked(
    operations: Iterable[Operation], message: Message, binding: Binding, headers: Mapping[str, str]
) -> Operation | None:
    """Return the operation that a message over a SOAP binding asks for; None if there is none."""
    offered = [operation for operation in operations if binding in operation.bindings]
    action = _action(binding, headers)
    by_action = [
        operation for operation in offered if action and _declared(operation, binding) == action
    ]
    by_body = [operation for operation in offered if _fits(operation, binding, message)]
    if binding is Binding.SOAP12 or not action:
        return _first(by_body, by_action)
    if by_action:
        return _first(by_action, by_body)
    return _first([operation for operation in by_body if not _declared(operation, binding)], [])


def _first(candidates: Sequence[Operation], preferred: Sequence[Operation]) -> Operation | None:
    """Return the first candidate that is among the preferred ones, or else the first of all."""
    agreeing = (operation for operation in candidates if operation in preferred)
    return next(agreeing, next(iter(candidates), None))


def _action(binding: Binding, headers: Mapping[str, str]) -> str:
    """Return the action of a message; empty if it has none."""
    if binding is Binding.SOAP11:
        return headers.get("soapaction", "").strip().strip('"').strip()
    match = _PARAMETER.search(headers.get("content-type", ""))
    return match[1] if match is not None else ""


def _declared(operation: Operation, binding: Binding) -> str:
    """Return the action of an operation as it stands in headers."""
    return action_uri(operation.endpoint_of(binding).action)


def _fits(operation: Operation, binding: Binding, message: Message) -> bool:
    endpoint = operation.endpoint_of(binding)
    if not message.element:
        return not endpoint.element
    return (endpoint.namespace, endpoint.element) == (message.namespace, message.element)
