"""A service with the shapes of its messages: operations whose types have none are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.wsdl.findings import quoted
from unstringly.read.wsdl.headers import HEADER_ADVICE, HEADER_LEFT_OUT
from unstringly.shapes import string_rules
from unstringly.shapes.bound import bound_operations, is_structured
from unstringly.shapes.string_keys import names_of_bodies, names_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from unstringly.model.parts import Definitions
    from unstringly.model.schema import Schema
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import BindingKind, Operation, Service
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
    every = bound_operations(service)
    bodies = names_of_bodies(own for kinds in every.values() for own in kinds.values())
    bound = {
        name: own
        for name, own in every.items()
        if is_structured(own, is_mentioned=name in mentioned)
        or _has_strings(own, service.schema, spec, bodies)
    }
    if not bound and not spec.strings:
        findings = [*useless_rows(spec, None), *without_headers(service, (), None)]
        return service, Shaped(), tuple(findings)
    from unstringly.shapes.structuring import structured  # is slow to import

    return structured(service, spec, definitions, bound, bodies)


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


def without_headers(
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


def useless_rows(spec: Spec, shapes: Shapes | None) -> Iterator[Diagnostic]:
    """Yield a finding for each class of rows, if no message has a DataSet."""
    if shapes is None or not shapes.has_data_sets:
        for row in spec.data_set_rows:
            message = f"{row.name!r} is a row of a DataSet, and no message has one"
            yield Diagnostic(NO_DATA_SETS, row.span, message, "remove it from `datasets`")
