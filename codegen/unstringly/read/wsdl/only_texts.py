"""The operations whose messages have the text form: no others are generated yet.

The reader reads any literal message. This step leaves out what the steps behind it cannot plan,
with a finding for each operation of a binding.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, Loss
from unstringly.read.wsdl.findings import quoted
from unstringly.read.wsdl.losses import told
from unstringly.read.wsdl.messages import NO_BODY
from unstringly.read.wsdl.ports import only
from unstringly.read.wsdl.reader import NO_SERVICE

if TYPE_CHECKING:
    from unstringly.model.service import Operation, Port, Service


def only_texts(service: Service) -> tuple[Service | None, tuple[Diagnostic, ...]]:
    """Return a service with operations of texts alone, and findings for the others.

    The service is None if there are only others; an error among the findings says so.
    """
    findings: list[Diagnostic] = []
    ports: list[Port] = []
    for port in service.ports:
        operations = port.binding.port_type.operations
        texts = {operation.name for operation in operations if _is_text(operation)}
        for operation in operations:
            if operation.name not in texts:
                message = f"the messages of {quoted(operation.name)} are not texts alone"
                lost = (Loss(operation.name, port.binding.name),)
                findings.append(Diagnostic(NO_BODY, operation.span, message, lost=lost))
        if texts:
            ports.append(replace(port, binding=only(port.binding, texts)))
    kept = replace(service, ports=tuple(ports))
    if not ports:
        message = f"no operation of the service {quoted(service.name)} can be generated"
        findings.append(
            Diagnostic(NO_SERVICE, service.span, message, "The other findings say why.")
        )
    return kept if ports else None, told(findings, kept)


def _is_text(operation: Operation) -> bool:
    output = operation.output
    return operation.input.is_text and output is not None and output.is_text
