"""The ports of a service (WSDL 1.1, section 2.6), one for each kind of binding.

An operation has one signature in all of them: that of the first port which has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.model.service import Operation, Port
from unstringly.read.wsdl.bindings import bound_names, read_binding
from unstringly.read.wsdl.catalog import Catalog, distinct
from unstringly.read.wsdl.content import NAMESPACES, extensions
from unstringly.read.wsdl.elements import attribute, name_of
from unstringly.read.wsdl.findings import Refused, quoted, quoted_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xsdata.models.wsdl import Service as ServiceModel
    from xsdata.models.wsdl import ServicePort

    from unstringly.model.service import Binding, BindingKind

ADDRESS = Rule(
    "W123",
    Severity.WARNING,
    "a port has no address that can be called",
    wrong="""\
A port holds one `soap:address`, `soap12:address` or `http:address`, of the same kind as its
binding, whose location is an absolute `http` or `https` address. This one does not.""",
    why="""\
The client's default address is the port's, so the port is left out, with the operations
that the finding names.""",
    example='<wsdl:port name="MsgSendSoap" binding="tns:MsgSendSoap" />',
    todo="""\
Add an address to your copy. It may be any, since a client takes another one as `base_url`.""",
)

DISAGREEMENT = Rule(
    "W124",
    Severity.WARNING,
    "an operation has other parameters or another result in another port type",
    wrong="""\
The names of an operation's parameters, their order, or the type of its result differ from
those in the port type of an earlier port.""",
    why="""\
The operations of a service's port types are the same ones on different bindings, and a
generated method has one signature for all: the first port's. The operation is left out of
the other binding, over which a call is refused before anything is sent.""",
    example="""\
SendMsg(userCode, userPass, DesNo, Msg, Channel)   in MsgSendSoap
SendMsg(userCode, userPass, DesNo, Msg)            in MsgSendHttpGet""",
    todo="""\
Nothing, if the first port will do. If your copy was edited by hand, correct it.""",
)

SAME_KIND = Rule(
    "W125",
    Severity.WARNING,
    "an operation is offered by a second port of one kind only",
    wrong="""\
A client has one address for each kind of binding (SOAP 1.1, SOAP 1.2, HTTP GET, HTTP POST):
that of the first port of the kind. This operation is in a later one.""",
    why="""\
A call of it would go to an address that does not know it, so it is left out of that
binding.""",
    example="""\
<wsdl:port name="SendSoap" binding="tns:SendSoap"> ...
<wsdl:port name="AdminSoap" binding="tns:AdminSoap"> ...""",
    todo="""\
Nothing, if you do not need it. For a package of the other port, save a copy of the WSDL in
which that comes first, in a folder of its own.""",
)

RULES = (ADDRESS, DISAGREEMENT, SAME_KIND)


def read_ports(
    catalog: Catalog, service: ServiceModel
) -> tuple[tuple[Port, ...], tuple[Diagnostic, ...]]:
    """Return the first port of each kind that has an operation, in document order, and findings."""
    ports, findings = _all_ports(catalog, service)
    for choose in (_first_of_a_kind, _of_one_signature):
        ports, besides = choose(ports)
        findings = (*findings, *besides)
    return ports, findings


def bound_by(catalog: Catalog, service: ServiceModel) -> Iterator[Loss]:
    """Yield the operations of all bindings of a service, as losses: nothing of it is generated."""
    for port in service.ports:
        yield from _bound(catalog, port)


def _bound(catalog: Catalog, port: ServicePort) -> Iterator[Loss]:
    """Yield the operations of a port's binding, as losses; none if it is not declared."""
    try:
        model = catalog.bindings.referred(catalog.origins[port], "binding")
    except Refused:
        return
    binding = catalog.origins[model].attributes.get("name", "")
    yield from (Loss(name, binding) for name in bound_names(catalog.origins, model))


def _all_ports(
    catalog: Catalog, service: ServiceModel
) -> tuple[tuple[Port, ...], tuple[Diagnostic, ...]]:
    """Return all ports that have an operation, in document order, and findings."""
    models, duplicates = distinct("port", service.ports, catalog.origins)
    findings = list(duplicates)
    ports: list[Port] = []
    for name, model in models.items():
        node = catalog.origins[model]
        try:
            binding, problems = read_binding(catalog, catalog.bindings.referred(node, "binding"))
            findings.extend(problems)
            address = _read_address(catalog, model, binding.kind)
        except Refused as refusal:
            findings.extend(refusal.losing(_bound(catalog, model)))
            continue
        if binding.operations:
            ports.append(Port(name, binding, address, node.span))
    return tuple(ports), tuple(findings)


def _read_address(catalog: Catalog, port: ServicePort, kind: BindingKind) -> str:
    """Return the address of a port, absolute and http or https; raises `Refused` (W123)."""
    node = catalog.origins[port]
    element = f"{{{NAMESPACES[kind]}}}address"
    addresses = [child for child in extensions(catalog.origins, port) if child.name == element]
    if len(addresses) != 1:
        message = f"the port {quoted(name_of(node))} needs one address of its binding's kind"
        advice = "Add any to your copy: a client takes another one as `base_url`."
        raise Refused(Diagnostic(ADDRESS, node.span, message, advice))
    location = attribute(addresses[0], "location")
    if not _is_http(location):
        message = f"{quoted_address(location)} is not an absolute http or https address"
        advice = (
            "Correct it in your copy; any will do, as a client takes another one as `base_url`."
        )
        raise Refused(Diagnostic(ADDRESS, addresses[0].span, message, advice))
    return location


def _is_http(location: str) -> bool:
    try:
        parts = urlsplit(location)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = location.isprintable() and " " not in location
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_valid and is_plain


def _first_of_a_kind(ports: tuple[Port, ...]) -> tuple[tuple[Port, ...], list[Diagnostic]]:
    """Return the first port of each kind, and findings for operations of later ports alone."""
    first: dict[BindingKind, Port] = {}
    findings: list[Diagnostic] = []
    for port in ports:
        first.setdefault(port.binding.kind, port)
    for port in ports:
        earlier = first[port.binding.kind]
        offered = {operation.name for operation in earlier.binding.port_type.operations}
        for operation in port.binding.port_type.operations:
            if operation.name not in offered:
                message = (
                    f"{quoted(operation.name)} is in the port {quoted(port.name)}, but not in "
                    f"{quoted(earlier.name)}, which comes first and is of the same kind"
                )
                lost = (Loss(operation.name, port.binding.name),)
                advice = "For a package of that port, save a copy of the WSDL in which it is first."
                findings.append(Diagnostic(SAME_KIND, operation.span, message, advice, lost=lost))
    return tuple(first.values()), findings


def _of_one_signature(ports: tuple[Port, ...]) -> tuple[tuple[Port, ...], list[Diagnostic]]:
    """Leave out operations that have another signature in an earlier port, and report them."""
    findings: list[Diagnostic] = []
    first: dict[str, tuple[Operation, str]] = {}
    kept: list[Port] = []
    for port in ports:
        port_type = port.binding.port_type
        agreeing: set[str] = set()
        for operation in port_type.operations:
            earlier, where = first.setdefault(operation.name, (operation, port_type.name))
            if _signature(earlier) == _signature(operation):
                agreeing.add(operation.name)
                continue
            message = (
                f"the operation is {quoted(_signature(operation))} here, "
                f"and {quoted(_signature(earlier))} in {quoted(where)}"
            )
            lost = (Loss(operation.name, port.binding.name),)
            findings.append(Diagnostic(DISAGREEMENT, operation.span, message, "", lost=lost))
        if agreeing:
            kept.append(replace(port, binding=_only(port.binding, agreeing)))
    return tuple(kept), findings


def _only(binding: Binding, names: set[str]) -> Binding:
    """Return a binding with only the operations of some names."""
    abstract = tuple(
        operation for operation in binding.port_type.operations if operation.name in names
    )
    bound = tuple(operation for operation in binding.operations if operation.name in names)
    port_type = replace(binding.port_type, operations=abstract)
    return replace(binding, port_type=port_type, operations=bound)


def _signature(operation: Operation) -> str:
    """Return the names of the parameters and the type of the result, as text.

    Types of parameters do not count: HTTP ports declare each as a string.
    """
    parameters = ", ".join(part.name for part in operation.input.parts)
    outputs = () if operation.output is None else operation.output.parts
    results = ", ".join(part.type.local for part in outputs)
    return f"({parameters}) -> {results}"
