"""The structured operations of a service: their shapes, and what is left out for want of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Loss, Rule
from unstringly.read.schema.known import KNOWN
from unstringly.shapes.bound import SOAP, bodies_in, bodies_of, leading
from unstringly.shapes.operations import Operations, with_parts
from unstringly.shapes.planning import planned_messages
from unstringly.shapes.service import (
    NO_SHAPE,
    NOT_A_FORM,
    Shaped,
    useless_rows,
    without_headers,
)
from unstringly.shapes.strings import with_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unstringly.diagnostics import Span
    from unstringly.model.parts import Definitions
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import Binding, BindingKind, Operation, Port, Service
    from unstringly.model.spec import Spec
    from unstringly.shapes.operations import Structured
    from unstringly.shapes.shapes import Shapes


def structured(
    service: Service,
    spec: Spec,
    definitions: Definitions,
    bound: Mapping[str, Mapping[BindingKind, Operation]],
    bodies: Mapping[ComponentName, str],
) -> tuple[Service, Shaped, tuple[Diagnostic, ...]]:
    """Return a service with the shapes of `bound`, its structured operations, and findings."""
    shapes, problems = with_strings(
        _shapes(service, bound), service.schema, spec.strings, definitions, bodies
    )
    findings = [*problems, *useless_rows(spec, shapes)]
    if not bound:
        return service, Shaped(), (*findings, *without_headers(service, (), None))
    operations = Operations(shapes)
    parameters = {own.name: [each.name for each in own.parameters] for own in spec.operations}
    known: dict[str, Structured] = {}
    for name, own in bound.items():
        reason = next(
            (shapes.problems[body] for body in bodies_in(own) if body in shapes.problems), None
        )
        if reason is None:
            known[name] = operations.structured(own, parameters.get(name, ()))
        else:
            span = reason.span if reason.span.file not in KNOWN else leading(own)[0].span
            findings += _lost(service, name, NO_SHAPE, span, reason.words)
    findings += without_headers(service, bound, shapes)
    ports: list[Port] = []
    for port in service.ports:
        binding = _with_shapes(port.binding, known, bound)
        for name in _names(port.binding) - _names(binding) - (bound.keys() - known.keys()):
            span = next(own.span for own in port.binding.operations if own.name == name)
            words = "its messages here are not those that it has in the first port"
            finding = Diagnostic(NOT_A_FORM, span, f"{name}: {words}")
            findings.append(replace(finding, lost=(Loss(name, port.binding.name),)))
        if binding.operations:
            ports.append(replace(port, binding=binding))
    return replace(service, ports=tuple(ports)), Shaped(shapes, known), tuple(findings)


def _shapes(service: Service, bound: Mapping[str, Mapping[BindingKind, Operation]]) -> Shapes:
    every = [operation for own in bound.values() for operation in own.values()]
    asked = [operation for own in bound.values() for operation in leading(own)]
    requests = [own.input.body for own in asked if own.input.body is not None]
    outputs = [own.output for own in every if own.output is not None]
    responses = [output.body for output in outputs if output.body is not None]
    headers = [header.element for own in asked for header in own.input.headers]
    headers += [header.element for output in outputs for header in output.headers]
    faults = [fault.element for own in asked for fault in own.faults]
    roots = [*requests, *responses, *headers, *faults]
    return planned_messages(service.schema, roots, requests, responses)


def _with_shapes(
    binding: Binding,
    known: Mapping[str, Structured],
    bound: Mapping[str, Mapping[BindingKind, Operation]],
) -> Binding:
    """Return a binding without the structured operations that it cannot carry."""

    here = {operation.name: operation for operation in binding.port_type.operations}

    def carries(name: str) -> bool:
        if name not in bound:
            return True
        if name not in known or binding.kind not in SOAP:
            return name in known and binding.kind in known[name].roots
        return bodies_of(here[name]) == bodies_of(leading(bound[name])[0])

    abstract = tuple(
        with_parts(own, known[own.name]) if own.name in known else own
        for own in binding.port_type.operations
        if carries(own.name)
    )
    operations = tuple(own for own in binding.operations if carries(own.name))
    return replace(
        binding, port_type=replace(binding.port_type, operations=abstract), operations=operations
    )


def _names(binding: Binding) -> set[str]:
    return {operation.name for operation in binding.operations}


def _lost(service: Service, name: str, rule: Rule, span: Span, words: str) -> Iterator[Diagnostic]:
    for port in service.ports:
        if name in _names(port.binding):
            message = f"a type has no form in Python: {words}"
            yield Diagnostic(rule, span, message, lost=(Loss(name, port.binding.name),))
