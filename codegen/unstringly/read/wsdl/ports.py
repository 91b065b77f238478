"""The ports of services (WSDL 1.1, section 2.6), each with the operations that are called over it.

An operation is called over one port of each kind (`merging`). It has one signature in all of them:
that of the first port which has it. The elements that were made of the parts of its messages are
added to the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.model.schema_content import Element
from unstringly.read.wsdl.alike import alike
from unstringly.read.wsdl.elements import place
from unstringly.read.wsdl.findings import quoted
from unstringly.read.wsdl.made import MadeBody, is_declared, with_bodies
from unstringly.read.wsdl.merging import ReadPort, merged_ports
from unstringly.read.wsdl.messages import NO_BODY
from unstringly.read.wsdl.service_ports import PortReader, service_name
from unstringly.read.wsdl.signatures import Offer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xsdata.models.wsdl import Service as ServiceModel

    from unstringly.diagnostics import Span
    from unstringly.model.schema import Component, Schema
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import Port
    from unstringly.read.wsdl.assertions import AssertionReader
    from unstringly.read.wsdl.catalog import Catalog

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

RULES = (DISAGREEMENT, OTHER_SERVICE)


def read_ports(
    catalog: Catalog, services: Sequence[ServiceModel], assertions: AssertionReader
) -> tuple[tuple[Port, ...], Schema, tuple[Diagnostic, ...]]:
    """Return the ports of services with the operations that are called over each, and findings.

    The first service leads. The schema that is returned has the bodies that were made for the
    operations.
    """
    declared = catalog.components.schema
    reader = PortReader(catalog)
    read = [reader.ports_of(service) for service in services]
    findings = [finding for _, problems in read for finding in problems]
    merged = merged_ports([port for ports, _ in read for port in ports], declared, assertions)
    findings = [*merged.with_losses(findings), *merged.findings]
    used = {own.service for own in merged.ports}
    for service, (ports, _) in zip(services[1:], read[1:], strict=True):
        is_used = service_name(catalog, service) in used
        if not is_used and (not service.ports or any(own.operations for own in ports)):
            findings.append(_nothing_new(catalog, service))
    ports, ambiguous = _of_one_body(merged.ports, declared)
    schema = with_bodies(declared, _bodies_of(ports))
    ports, disagreeing = _of_one_signature(ports, schema)
    schema = with_bodies(declared, _bodies_of(ports))
    kept = tuple(own.port for own in ports)
    names = merged.called_over(ports)
    told = (*findings, *ambiguous, *disagreeing, *alike(kept), *assertions.findings(names))
    return kept, schema, told


def _nothing_new(catalog: Catalog, service: ServiceModel) -> Diagnostic:
    """Return the finding (W122) for a service whose operations all are those of earlier ones."""
    message = f"the service {quoted(service_name(catalog, service))} adds no operation"
    advice = "Nothing needs to be done: clients are given another address as `base_url`."
    return Diagnostic(OTHER_SERVICE, catalog.origins[service].span, message, advice)


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
