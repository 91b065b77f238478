"""Operations as the ports of a service bind them, and which of them have structured messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.model.schema_names import XSD, ComponentName
from unstringly.model.service import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unstringly.model.service import Operation, Service

SOAP = (BindingKind.SOAP11, BindingKind.SOAP12)

_STRING = ComponentName("type", XSD, "string")


def is_structured(bound: Mapping[BindingKind, Operation], *, is_mentioned: bool) -> bool:
    """Say whether the messages of an operation are structured; `bound` has them by binding."""
    for operation in bound.values():
        if operation.output is None or not operation.input.is_text or not operation.output.is_text:
            return True
    if is_mentioned:
        return False
    soap = [own for kind, own in bound.items() if kind in SOAP]
    if any(own.faults or (own.output and own.output.headers) for own in bound.values()):
        return True
    return any(
        part.declared != _STRING
        for own in soap or bound.values()
        for message in (own.input, own.output)
        if message is not None
        for part in message.parts
    )


def bound_operations(service: Service) -> dict[str, dict[BindingKind, Operation]]:
    """Return each operation as the first port of each kind has it."""
    bound: dict[str, dict[BindingKind, Operation]] = {}
    for port in service.ports:
        for operation in port.binding.port_type.operations:
            bound.setdefault(operation.name, {}).setdefault(port.binding.kind, operation)
    return bound


def bodies_of(operation: Operation) -> tuple[ComponentName | None, ComponentName | None]:
    """Return the elements of request and response."""
    output = operation.output
    return operation.input.body, None if output is None else output.body


def bodies_in(bound: Mapping[BindingKind, Operation]) -> Iterator[ComponentName]:
    """Yield the elements of an operation's messages."""
    for operation in leading(bound):
        for message in (operation.input, operation.output):
            if message is not None:
                yield from () if message.body is None else (message.body,)
        yield from (header.element for header in operation.input.headers)


def leading(bound: Mapping[BindingKind, Operation]) -> tuple[Operation, ...]:
    """Return an operation as the bindings have it that say what it is: those of SOAP, or all."""
    soap = tuple(own for kind, own in bound.items() if kind in SOAP)
    return soap or tuple(bound.values())
