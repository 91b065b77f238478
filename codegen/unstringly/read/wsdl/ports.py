"""The ports of services (WSDL 1.1, section 2.6), each with the operations that are called over it.

An operation is called over one port of each kind (`merging`). It has one signature in all of them:
that of the first port which has it. The elements that were made of the parts of its messages are
added to the schema.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.model.schema_content import Element
from unstringly.model.service import Port
from unstringly.read.wsdl.alike import alike
from unstringly.read.wsdl.bindings import bound_names, read_binding
from unstringly.read.wsdl.catalog import Catalog, distinct
from unstringly.read.wsdl.content import NAMESPACES, extensions
from unstringly.read.wsdl.elements import attribute, name_of, place
from unstringly.read.wsdl.findings import Refused, quoted, quoted_address
from unstringly.read.wsdl.made import MadeBody, is_declared, with_bodies
from unstringly.read.wsdl.merging import ReadPort, merged_ports
from unstringly.read.wsdl.messages import NO_BODY
from unstringly.read.wsdl.signatures import Offer
from unstringly.runtime.client.addresses import checked_address
from unstringly.runtime.errors.exceptions import InvalidParameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xsdata.models.wsdl import Service as ServiceModel
    from xsdata.models.wsdl import ServicePort

    from unstringly.diagnostics import Span
    from unstringly.model.schema import Component, Schema
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import BindingKind
    from unstringly.read.wsdl.assertions import AssertionReader
    from unstringly.read.wsdl.xml import Node

ADDRESS = Rule(
    "W123",
    Severity.WARNING,
    "a port has no address that can be called",
    wrong="""\
A port holds one `soap:address`, `soap12:address` or `http:address`, of the same kind as its
binding, whose location is an absolute `http` or `https` address of ASCII characters, without
query, fragment and user name. This one does not.""",
    why="""\
The address of a port is that of its operations. These have none, so each client that calls them
must be given the address as `base_url`. Operations of other ports are called as they are.""",
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

OTHER_SERVICE = Rule(
    "W122",
    Severity.WARNING,
    "a further service of the WSDL adds no operation",
    wrong="""\
A package has the operations of all services of the WSDL. Those of this service are in an earlier
one, with the same messages over the same kinds of bindings; or it has none.""",
    why="""\
Its ports are further addresses of the same operations, and clients have one: that of the first
port.""",
    example='<wsdl:service name="MsgSend"> ... <wsdl:service name="MsgSendTest">',
    todo="""\
Nothing. Clients that are to call this service are given its address as `base_url`.""",
)

_USER = re.compile("//[^/?#]*@")
"""A user name in an address, with what may be a password."""

RULES = (ADDRESS, DISAGREEMENT, OTHER_SERVICE)


def read_ports(
    catalog: Catalog, services: Sequence[ServiceModel], assertions: AssertionReader
) -> tuple[tuple[Port, ...], Schema, tuple[Diagnostic, ...]]:
    """Return the ports of services with the operations that are called over each, and findings.

    The first service leads. The schema that is returned has the bodies that were made for the
    operations.
    """
    declared = catalog.components.schema
    read = [_of_service(catalog, service, assertions) for service in services]
    findings = [finding for _, problems in read for finding in problems]
    merged = merged_ports([port for ports, _ in read for port in ports], declared)
    findings = [*merged.with_losses(findings), *merged.findings]
    for service, (ports, _) in zip(services[1:], read[1:], strict=True):
        is_used = any(own.service == _name(catalog, service) for own in merged.ports)
        if not is_used and (not service.ports or any(own.operations for own in ports)):
            findings.append(_nothing_new(catalog, service))
    ports, ambiguous = _of_one_body(merged.ports, declared)
    schema = with_bodies(declared, _bodies_of(ports))
    ports, disagreeing = _of_one_signature(ports, schema)
    schema = with_bodies(declared, _bodies_of(ports))
    kept = tuple(own.port for own in ports)
    told = (*findings, *ambiguous, *disagreeing, *alike(kept), *assertions.findings())
    return kept, schema, told


def _name(catalog: Catalog, service: ServiceModel) -> str:
    return catalog.origins[service].attributes.get("name", "")


def _nothing_new(catalog: Catalog, service: ServiceModel) -> Diagnostic:
    """Return the finding (W122) for a service whose operations all are those of earlier ones."""
    message = f"the service {quoted(_name(catalog, service))} adds no operation"
    advice = "Nothing needs to be done: clients are given another address as `base_url`."
    return Diagnostic(OTHER_SERVICE, catalog.origins[service].span, message, advice)


def has_unknown_binding(catalog: Catalog, services: Sequence[ServiceModel]) -> bool:
    """Say whether a port of some services has a binding that is not in the WSDL."""
    nodes = (catalog.origins[port] for service in services for port in service.ports)
    return not all(_is_declared(catalog, node) for node in nodes)


def _is_declared(catalog: Catalog, port: Node) -> bool:
    try:
        catalog.bindings.referred(port, "binding")
    except Refused:
        return False
    return True


def _bound(catalog: Catalog, port: ServicePort) -> Iterator[Loss]:
    """Yield the operations of a port's binding, as losses; none if it is not declared."""
    try:
        model = catalog.bindings.referred(catalog.origins[port], "binding")
    except Refused:
        return
    binding = catalog.origins[model].attributes.get("name", "")
    yield from (Loss(name, binding) for name in bound_names(catalog.origins, model))


def _of_service(
    catalog: Catalog, service: ServiceModel, assertions: AssertionReader
) -> tuple[tuple[ReadPort, ...], tuple[Diagnostic, ...]]:
    """Return all ports of a service whose bindings can be read, in document order, and findings."""
    models, duplicates = distinct("port", service.ports, catalog.origins)
    findings = list(duplicates)
    ports: list[ReadPort] = []
    for name, model in models.items():
        node = catalog.origins[model]
        try:
            own, problems = read_binding(catalog, catalog.bindings.referred(node, "binding"))
            findings.extend(problems)
        except Refused as refusal:
            findings.extend(refusal.losing(_bound(catalog, model)))
            continue
        try:
            address = _read_address(catalog, model, own.binding.kind)
        except Refused as refusal:
            findings.extend(refusal.findings)
            address = ""
        port = Port(name, own.binding, address, node.span)
        port = assertions.port(catalog.origins[service], node, port)
        ports.append(ReadPort(_name(catalog, service), port, own.port_type, own.bodies))
    return tuple(ports), tuple(findings)


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
    problem = _problem(location)
    if problem:
        message = f"{quoted_address(_USER.sub('//***@', location))} {problem}"
        advice = "Give clients the address as `base_url`, or correct it in your copy."
        raise Refused(Diagnostic(ADDRESS, addresses[0].span, message, advice))
    return location


def _problem(location: str) -> str:
    """Return why clients cannot call an address, as they would say it; empty if they can."""
    if not _is_http(location):
        return "is not an absolute http or https address"
    try:
        checked_address(location)
    except InvalidParameter as error:
        return f"cannot be called: {error.rule}"
    return ""


def _is_http(location: str) -> bool:
    try:
        parts = urlsplit(location)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = location.isprintable() and " " not in location
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_valid and is_plain


def _of_one_body(
    ports: Sequence[ReadPort], schema: Schema
) -> tuple[tuple[ReadPort, ...], list[Diagnostic]]:
    """Leave out operations with a made body whose name another element has, and report them."""
    findings: list[Diagnostic] = []
    known: dict[ComponentName, Component] = dict(schema.components)
    kept: list[ReadPort] = []
    for port in ports:
        own: set[str] = set()
        for operation in port.operations:
            made = port.bodies[operation.name]
            others = [other for body in made for other in _another(body, known, schema)]
            if not others:
                own.add(operation.name)
                known |= {body.name: body.element for body in made}
                known |= {body.type.name: body.type for body in made}
                continue
            name, span = others[0]
            message = f"the parts of a message make an element {quoted(name)}, "
            message += f"and there is another one at {place(span)}"
            lost = (Loss(operation.name, port.port.binding.name),)
            findings.append(Diagnostic(NO_BODY, operation.span, message, "", lost=lost))
        if own:
            kept.append(port.only(own))
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


def _bodies_of(ports: Sequence[ReadPort]) -> Iterator[MadeBody]:
    """Yield the bodies that were made for the operations of some ports."""
    for port in ports:
        for operation in port.operations:
            yield from port.bodies[operation.name]


def _of_one_signature(
    ports: Sequence[ReadPort], schema: Schema
) -> tuple[tuple[ReadPort, ...], list[Diagnostic]]:
    """Leave out operations that are others than those of an earlier port, and report them."""
    findings: list[Diagnostic] = []
    first: dict[str, tuple[Offer, str]] = {}
    kept: list[ReadPort] = []
    for port in ports:
        binding = port.port.binding
        agreeing: set[str] = set()
        for operation in port.operations:
            offer = Offer(operation, binding.kind)
            earlier, where = first.setdefault(operation.name, (offer, binding.port_type.name))
            if earlier.agrees(offer, schema):
                agreeing.add(operation.name)
                continue
            message = (
                f"the operation is {quoted(offer.shown(schema, earlier))} here, "
                f"and {quoted(earlier.shown(schema, offer))} in {quoted(where)}"
            )
            lost = (Loss(operation.name, binding.name),)
            findings.append(Diagnostic(DISAGREEMENT, operation.span, message, "", lost=lost))
        if agreeing:
            kept.append(port.only(agreeing))
    return tuple(kept), findings
