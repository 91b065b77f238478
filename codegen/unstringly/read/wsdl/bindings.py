"""The operations of bindings (WSDL 1.1, section 2.5) and of their port types (section 2.4).

A port type is read once for each of its bindings: the binding decides what its messages look
like on the wire, and which of its operations can be generated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.model.service import Binding, PortType
from unstringly.read.wsdl import content as wsdl_content
from unstringly.read.wsdl.elements import BAD_ATTRIBUTE, name_of, reference
from unstringly.read.wsdl.findings import IN_YOUR_COPY, Refused, keep, quoted, suggestion
from unstringly.read.wsdl.operations import OperationReader, ReadOperation
from unstringly.read.wsdl.overloads import bound_operations_of, operations_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xsdata.models.wsdl import Binding as BindingModel
    from xsdata.models.wsdl import PortType as PortTypeModel

    from unstringly.model.service import QName
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.elements import Origins
    from unstringly.read.wsdl.made import MadeBody

UNMATCHED = Rule(
    "W120",
    Severity.WARNING,
    "an operation is in the port type or in the binding, but not in both",
    wrong="""\
The port type says what an operation's messages are, the binding how they are sent. This
operation has only one of them in the service: the names differ, or no port has the port
type.""",
    why="It cannot be called, and is left out of the bindings that the finding names.",
    example="""\
<wsdl:portType ...> <wsdl:operation name="SendMsg">
<wsdl:binding ...>  <wsdl:operation name="sendMsg">""",
    todo="""\
Nothing, if another binding has it. Otherwise fetch the document again, or correct the name
in your copy, if that was edited by hand.""",
)

RULES = (UNMATCHED,)


class ReadBinding(Struct, frozen=True):
    """A binding, and for each of its operations the bodies that were made of its parts.

    `port_type` is the full name of its port type.
    """

    binding: Binding
    port_type: QName
    bodies: Mapping[str, tuple[MadeBody, ...]]


def read_binding(
    catalog: Catalog, model: BindingModel
) -> tuple[ReadBinding, tuple[Diagnostic, ...]]:
    """Return a binding with its port type, both without operations that cannot be generated.

    `operations` and `port_type` have the same operations, in the port type's order. Raises
    `Refused` if the binding's kind is not supported or its port type is not declared.
    """
    origins = catalog.origins
    node = origins[model]
    port_type = catalog.port_types.referred(node, "type")
    children = wsdl_content.extensions(origins, model)
    kind, extension = wsdl_content.read_kind(node, children)
    binding_name = name_of(node)
    namespace = reference(node, "type").namespace
    reader = OperationReader(catalog, binding_name, namespace, kind, extension)
    abstract, findings = operations_of(origins, port_type)
    bound, bound_findings = bound_operations_of(origins, model, abstract)
    nameless = (
        *_nameless(origins, port_type, findings, binding_name),
        *_nameless(origins, model, bound_findings, binding_name),
    )

    def read(name: str) -> ReadOperation:
        try:
            return reader.read(abstract[name], bound[name]).named(name)
        except Refused as refusal:
            raise Refused(*refusal.losing((Loss(name, binding_name),))) from None

    pairs, refused = keep([name for name in abstract if name in bound], read)
    unmatched = [
        *_unmatched(origins, abstract, bound, binding_name, "in the port type", "binding"),
        *_unmatched(origins, bound, abstract, binding_name, "in the binding", "port type"),
    ]
    port_type_node = origins[port_type]
    if not abstract:
        message = f"the port type {quoted(name_of(port_type_node))} has no operation"
        unmatched.append(Diagnostic(UNMATCHED, port_type_node.span, message, IN_YOUR_COPY))
    binding = Binding(
        binding_name,
        kind,
        PortType(
            name_of(port_type_node),
            tuple(pair.operation for pair in pairs),
            port_type_node.span,
        ),
        tuple(pair.bound for pair in pairs),
        node.span,
    )
    bodies = {pair.operation.name: pair.bodies for pair in pairs}
    read_ = ReadBinding(binding, reference(node, "type"), bodies)
    about = (finding for pair in pairs for finding in pair.findings)
    return read_, (*findings, *bound_findings, *nameless, *refused, *unmatched, *about)


def _nameless(
    origins: Origins,
    model: BindingModel | PortTypeModel,
    findings: tuple[Diagnostic, ...],
    binding: str,
) -> Iterator[Diagnostic]:
    """Repeat the findings about bad names of operations, each with the operation that is lost."""
    names = {
        origins[operation].span: origins[operation].attributes.get("name")
        for operation in model.operations
    }
    for finding in findings:
        name = names.get(finding.span)
        if finding.rule is BAD_ATTRIBUTE and name:
            yield replace(finding, lost=(Loss(name, binding),))


def _unmatched(
    origins: Origins,
    models: Mapping[str, object],
    counterparts: Mapping[str, object],
    binding: str,
    where: str,
    lacking: str,
) -> Iterator[Diagnostic]:
    """Report each operation of one half of the WSDL that the other half lacks."""
    for name, model in models.items():
        if name not in counterparts:
            message = f"the operation {quoted(name)} is {where}, and not in the {lacking}"
            advice = suggestion(name, counterparts)
            lost = (Loss(name, binding),)
            yield Diagnostic(UNMATCHED, origins[model].span, message, advice, lost=lost)


def bound_names(origins: Origins, model: BindingModel | PortTypeModel) -> Iterator[str]:
    """Yield the names of the operations of a binding or port type, valid or not."""
    for operation in model.operations:
        name = origins[operation].attributes.get("name", "")
        if name:
            yield name


def unoffered(catalog: Catalog, known: set[str], advice: str) -> Iterator[Diagnostic]:
    """Report each port type with operations that no port offers and that are not in `known`.

    `advice` is empty for what is said of each operation that is lost.
    """
    for model in catalog.port_types.by_name.values():
        node = catalog.origins[model]
        names = {**operations_of(catalog.origins, model)[0]}
        lost = tuple(Loss(name) for name in names if name not in known)
        if lost:
            message = f"no port of the service has the port type {quoted(name_of(node))}"
            yield Diagnostic(UNMATCHED, node.span, message, advice, lost=lost)
