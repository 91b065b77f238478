"""The ports of a service (WSDL 1.1, section 2.6), one for each kind of binding.

An operation has one signature in all of them: that of the first port which has it. The elements
that were made of the parts of its messages are added to the schema.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.model.schema_content import Element
from unstringly.model.service import Port
from unstringly.read.wsdl.bindings import bound_names, read_binding
from unstringly.read.wsdl.catalog import Catalog, distinct
from unstringly.read.wsdl.content import NAMESPACES, extensions
from unstringly.read.wsdl.elements import attribute, name_of, place
from unstringly.read.wsdl.findings import Refused, quoted, quoted_address
from unstringly.read.wsdl.made import MadeBody, is_declared, with_bodies
from unstringly.read.wsdl.messages import NO_BODY
from unstringly.read.wsdl.signatures import Offer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from xsdata.models.wsdl import Service as ServiceModel
    from xsdata.models.wsdl import ServicePort

    from unstringly.diagnostics import Span
    from unstringly.model.schema import Component, Schema
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import Binding, BindingKind

    Bodies: TypeAlias = Mapping[tuple[str, str], tuple[MadeBody, ...]]

ADDRESS = Rule(
    "W123",
    Severity.WARNING,
    "a port has no address that can be called",
    wrong="""\
A port holds one `soap:address`, `soap12:address` or `http:address`, of the same kind as its
binding, whose location is an absolute `http` or `https` address. This one does not.""",
    why="""\
The client's default address is the port's. There is none, so each client must be given the
address as `base_url`.""",
    example='<wsdl:port name="MsgSendSoap" binding="tns:MsgSendSoap" />',
    todo="""\
Nothing, if the address is known to those who make clients. Otherwise add it to your copy.""",
)

DISAGREEMENT = Rule(
    "W124",
    Severity.WARNING,
    "an operation has other parameters or another result in another port type",
    wrong="""\
The names of an operation's parameters, their order, or the type of its result differ from
those in the port type of an earlier port. Or both are sent by SOAP, and the elements of their
messages differ.""",
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
) -> tuple[tuple[Port, ...], Schema, tuple[Diagnostic, ...]]:
    """Return the first port of each kind that has an operation, in document order, and findings.

    The schema that is returned with them has the bodies that were made for their operations.
    """
    declared = catalog.components.schema
    ports, bodies, findings = _all_ports(catalog, service)
    ports, not_first = _first_of_a_kind(ports)
    ports, ambiguous = _of_one_body(ports, bodies, declared)
    schema = with_bodies(declared, _bodies_of(ports, bodies))
    ports, disagreeing = _of_one_signature(ports, schema)
    schema = with_bodies(declared, _bodies_of(ports, bodies))
    return ports, schema, (*findings, *not_first, *ambiguous, *disagreeing)


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
) -> tuple[tuple[Port, ...], Bodies, tuple[Diagnostic, ...]]:
    """Return all ports that have an operation, in document order, and findings.

    With them are the bodies that were made, by the names of port and operation.
    """
    models, duplicates = distinct("port", service.ports, catalog.origins)
    findings = list(duplicates)
    ports: list[Port] = []
    bodies: dict[tuple[str, str], tuple[MadeBody, ...]] = {}
    for name, model in models.items():
        node = catalog.origins[model]
        try:
            own, problems = read_binding(catalog, catalog.bindings.referred(node, "binding"))
            findings.extend(problems)
            binding = own.binding
        except Refused as refusal:
            findings.extend(refusal.losing(_bound(catalog, model)))
            continue
        try:
            address = _read_address(catalog, model, binding.kind)
        except Refused as refusal:
            findings.extend(refusal.findings)
            address = ""
        if binding.operations:
            ports.append(Port(name, binding, address, node.span))
            bodies |= {(name, operation): made for operation, made in own.bodies.items()}
    return tuple(ports), bodies, tuple(findings)


def _read_address(catalog: Catalog, port: ServicePort, kind: BindingKind) -> str:
    """Return the address of a port, absolute and http or https; raises `Refused` (W123)."""
    node = catalog.origins[port]
    element = f"{{{NAMESPACES[kind]}}}address"
    addresses = [child for child in extensions(catalog.origins, port) if child.name == element]
    if len(addresses) != 1:
        message = f"the port {quoted(name_of(node))} needs one address of its binding's kind"
        advice = "Give clients the address as `base_url`, or add it to your copy."
        raise Refused(Diagnostic(ADDRESS, node.span, message, advice))
    location = attribute(addresses[0], "location")
    if not _is_http(location):
        message = f"{quoted_address(location)} is not an absolute http or https address"
        advice = "Give clients the address as `base_url`, or correct it in your copy."
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
    for port in sorted(ports, key=lambda port: not port.address):
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


def _of_one_body(
    ports: tuple[Port, ...], bodies: Bodies, schema: Schema
) -> tuple[tuple[Port, ...], list[Diagnostic]]:
    """Leave out operations with a made body whose name another element has, and report them."""
    findings: list[Diagnostic] = []
    known: dict[ComponentName, Component] = dict(schema.components)
    kept: list[Port] = []
    for port in ports:
        own: set[str] = set()
        for operation in port.binding.port_type.operations:
            made = bodies[port.name, operation.name]
            others = [other for body in made for other in _another(body, known, schema)]
            if not others:
                own.add(operation.name)
                known |= {body.name: body.element for body in made}
                known |= {body.type.name: body.type for body in made}
                continue
            name, span = others[0]
            message = f"the parts of a message make an element {quoted(name)}, "
            message += f"and there is another one at {place(span)}"
            lost = (Loss(operation.name, port.binding.name),)
            findings.append(Diagnostic(NO_BODY, operation.span, message, "", lost=lost))
        if own:
            kept.append(replace(port, binding=only(port.binding, own)))
    return tuple(kept), findings


def _another(
    body: MadeBody, known: Mapping[ComponentName, Component], schema: Schema
) -> Iterator[tuple[str, Span]]:
    """Yield the name and place of the element that has a body's name, but is another one."""
    element = known.get(body.name)
    if isinstance(element, Element):
        if not is_declared(known, body):
            yield body.name.local, element.span
        return
    problem = schema.problem_of(body.name)
    if problem is not None:
        yield body.name.local, problem.findings[0].span


def _bodies_of(ports: tuple[Port, ...], bodies: Bodies) -> Iterator[MadeBody]:
    """Yield the bodies that were made for the operations of some ports."""
    for port in ports:
        for operation in port.binding.port_type.operations:
            yield from bodies[port.name, operation.name]


def _of_one_signature(
    ports: tuple[Port, ...], schema: Schema
) -> tuple[tuple[Port, ...], list[Diagnostic]]:
    """Leave out operations that are others than those of an earlier port, and report them."""
    findings: list[Diagnostic] = []
    first: dict[str, tuple[Offer, str]] = {}
    kept: list[Port] = []
    for port in ports:
        port_type = port.binding.port_type
        agreeing: set[str] = set()
        for operation in port_type.operations:
            offer = Offer(operation, port.binding.kind)
            earlier, where = first.setdefault(operation.name, (offer, port_type.name))
            if earlier.agrees(offer, schema):
                agreeing.add(operation.name)
                continue
            message = (
                f"the operation is {quoted(offer.shown(schema, earlier))} here, "
                f"and {quoted(earlier.shown(schema, offer))} in {quoted(where)}"
            )
            lost = (Loss(operation.name, port.binding.name),)
            findings.append(Diagnostic(DISAGREEMENT, operation.span, message, "", lost=lost))
        if agreeing:
            kept.append(replace(port, binding=only(port.binding, agreeing)))
    return tuple(kept), findings


def only(binding: Binding, names: set[str]) -> Binding:
    """Return a binding with only the operations of some names."""
    abstract = tuple(
        operation for operation in binding.port_type.operations if operation.name in names
    )
    bound = tuple(operation for operation in binding.operations if operation.name in names)
    port_type = replace(binding.port_type, operations=abstract)
    return replace(binding, port_type=port_type, operations=bound)
