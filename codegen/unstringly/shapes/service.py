"""A service with the shapes of its messages: operations whose types have none are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.read.schema.known import KNOWN
from unstringly.read.wsdl.findings import quoted
from unstringly.read.wsdl.headers import HEADER_ADVICE, HEADER_LEFT_OUT
from unstringly.shapes import string_rules
from unstringly.shapes.operations import SOAP, Operations, is_structured, with_parts
from unstringly.shapes.planning import planned_messages
from unstringly.shapes.string_keys import names_of_bodies, names_parts
from unstringly.shapes.strings import with_strings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from unstringly.diagnostics import Span
    from unstringly.model.parts import Definitions
    from unstringly.model.schema import Schema
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import Binding, BindingKind, Operation, Port, Service
    from unstringly.model.spec import Spec
    from unstringly.shapes.operations import Structured
    from unstringly.shapes.shapes import Shapes

NO_SHAPE = Rule(
    "W129",
    Severity.WARNING,
    "a message has a type that has no form in Python",
    wrong="""\
A message reaches a type that cannot be read and written: it needs a declaration that is
missing or at fault, is an array of several dimensions, or has more elements than a class may
have.""",
    why="""\
A value of the type would lose something on its way. The operations that the finding names are
left out.""",
    example='<s:attribute ref="soapenc:arrayType" wsdl:arrayType="s:int[,]" />',
    todo="""\
Nothing, if you do not need the operations. If the document that declares the type is missing,
save it beside the WSDL.""",
)

NOT_A_FORM = Rule(
    "W130",
    Severity.WARNING,
    "an operation has other messages in one port than in another",
    wrong="""\
The SOAP messages of an operation have the same elements in all ports. Over HTTP GET and POST
each parameter is a field with a text, and names of parameters and the type of the result are
those of the SOAP messages.""",
    why="The same call would mean something else there, so it is left out of that binding.",
    example='<wsdl:part name="order" type="tns:Order" />      in the request of an HTTP binding',
    todo="Nothing needs to be done: call the operation over the other bindings.",
)

_NO_DEFINITIONS: Definitions = {}

NO_DATA_SETS = Rule(
    "L116",
    Severity.ERROR,
    "the grammar has rows of DataSets, and no message has a DataSet",
    wrong="""\
`datasets` declares the columns of tables in DataSets of ADO.NET. In the WSDL these are types
with an inline schema and something else in them, and no operation of the package has one.""",
    why="The classes of the rows would be of no use, and nobody would see that something is lost.",
    example="datasets: {Rate: {columns: {Currency: string}}}        in a service of texts",
    todo="""\
Remove `datasets`, or see the other findings: what has the DataSet may be left out.""",
)

RULES = (NO_SHAPE, NOT_A_FORM, NO_DATA_SETS, *string_rules.RULES)


class Shaped(Struct, frozen=True):
    """The shapes of a service, and its structured operations by name; None if it has none."""

    shapes: Shapes | None = None
    operations: Mapping[str, Structured] | None = None

    def structured(self, name: str) -> Structured | None:
        """Return a structured operation; None for one whose messages are texts."""
        return None if self.operations is None else self.operations.get(name)


def shaped(
    service: Service, spec: Spec, definitions: Definitions = _NO_DEFINITIONS
) -> tuple[Service, Shaped, tuple[Diagnostic, ...]]:
    """Return a service, the shapes of its messages, and findings for what has no shape.

    `definitions` are those that strings inside of messages may have as their grammars.
    """
    mentioned = {operation.name for operation in spec.operations} | spec.operations_left_out
    every = _bound(service)
    bodies = names_of_bodies(own for kinds in every.values() for own in kinds.values())
    bound = {
        name: own
        for name, own in every.items()
        if is_structured(own, is_mentioned=name in mentioned)
        or _has_strings(own, service.schema, spec, bodies)
    }
    if not bound and not spec.strings:
        findings = [*_useless_rows(spec, None), *_without_headers(service, (), None)]
        return service, Shaped(), tuple(findings)
    shapes, problems = with_strings(
        _shapes(service, bound), service.schema, spec.strings, definitions, bodies
    )
    findings = [*problems, *_useless_rows(spec, shapes)]
    if not bound:
        return service, Shaped(), (*findings, *_without_headers(service, (), None))
    operations = Operations(shapes)
    parameters = {own.name: [each.name for each in own.parameters] for own in spec.operations}
    known: dict[str, Structured] = {}
    for name, own in bound.items():
        reason = next(
            (shapes.problems[body] for body in _bodies(own) if body in shapes.problems), None
        )
        if reason is None:
            known[name] = operations.structured(own, parameters.get(name, ()))
        else:
            span = reason.span if reason.span.file not in KNOWN else _leading(own)[0].span
            findings += _lost(service, name, NO_SHAPE, span, reason.words)
    findings += _without_headers(service, bound, shapes)
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


def _has_strings(
    bound: Mapping[BindingKind, Operation],
    schema: Schema,
    spec: Spec,
    bodies: Mapping[ComponentName, str],
) -> bool:
    """Say whether a part of a message has a grammar as a string inside of it."""
    return any(
        message is not None and names_parts(spec.strings, schema, message, bodies)
        for operation in bound.values()
        for message in (operation.input, operation.output)
    )


def _without_headers(
    service: Service, structured: Collection[str], shapes: Shapes | None
) -> Iterator[Diagnostic]:
    """Yield a finding for each header of a response that is not offered."""
    for operation in service.operations().values():
        for header in () if operation.output is None else operation.output.headers:
            name = quoted(header.element.local)
            problem = None if shapes is None else shapes.problems.get(header.element)
            if operation.name not in structured:
                words = f"{operation.name} takes and gives texts: its header {name} is not offered"
            elif problem is not None:
                words = f"the header {name} has no form in Python: {problem.words}"
            else:
                continue
            yield Diagnostic(HEADER_LEFT_OUT, header.span, words, HEADER_ADVICE)


def _useless_rows(spec: Spec, shapes: Shapes | None) -> Iterator[Diagnostic]:
    """Yield a finding for each class of rows, if no message has a DataSet."""
    if shapes is None or not shapes.has_data_sets:
        for row in spec.data_set_rows:
            message = f"{row.name!r} is a row of a DataSet, and no message has one"
            yield Diagnostic(NO_DATA_SETS, row.span, message, "remove it from `datasets`")


def _bound(service: Service) -> dict[str, dict[BindingKind, Operation]]:
    """Return each operation as the first port of each kind has it."""
    bound: dict[str, dict[BindingKind, Operation]] = {}
    for port in service.ports:
        for operation in port.binding.port_type.operations:
            bound.setdefault(operation.name, {}).setdefault(port.binding.kind, operation)
    return bound


def _bodies_of(operation: Operation) -> tuple[ComponentName | None, ComponentName | None]:
    """Return the elements of request and response."""
    output = operation.output
    return operation.input.body, None if output is None else output.body


def _bodies(bound: Mapping[BindingKind, Operation]) -> Iterator[ComponentName]:
    """Yield the elements of an operation's messages."""
    for operation in _leading(bound):
        for message in (operation.input, operation.output):
            if message is not None:
                yield from () if message.body is None else (message.body,)
        yield from (header.element for header in operation.input.headers)


def _leading(bound: Mapping[BindingKind, Operation]) -> tuple[Operation, ...]:
    """Return an operation as the bindings have it that say what it is: those of SOAP, or all."""
    soap = tuple(own for kind, own in bound.items() if kind in SOAP)
    return soap or tuple(bound.values())


def _shapes(service: Service, bound: Mapping[str, Mapping[BindingKind, Operation]]) -> Shapes:
    every = [operation for own in bound.values() for operation in own.values()]
    asked = [operation for own in bound.values() for operation in _leading(own)]
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
        return _bodies_of(here[name]) == _bodies_of(_leading(bound[name])[0])

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
