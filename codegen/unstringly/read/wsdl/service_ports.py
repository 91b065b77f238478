"""The ports of one service (WSDL 1.1, section 2.6), each with its binding and its address.

`merging` puts those of several services together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.model.service import Binding, Port, PortType
from unstringly.read.wsdl.bindings import bound_names, read_binding
from unstringly.read.wsdl.catalog import Catalog, distinct
from unstringly.read.wsdl.content import NAMESPACES, extensions, read_kind
from unstringly.read.wsdl.elements import attribute, name_of, reference
from unstringly.read.wsdl.findings import Refused, quoted, quoted_address
from unstringly.read.wsdl.merging import ReadPort
from unstringly.runtime.client.addresses import checked_address
from unstringly.runtime.errors.exceptions import InvalidParameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xsdata.models.wsdl import Service as ServiceModel
    from xsdata.models.wsdl import ServicePort

    from unstringly.model.service import BindingKind
    from unstringly.read.wsdl.assertions import AssertionReader

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

RULES = (ADDRESS,)

_USER = re.compile("//[^/?#]*@")
"""A user name in an address, with what may be a password."""


def service_name(catalog: Catalog, service: ServiceModel) -> str:
    """Return the name of a service, or the empty text."""
    return catalog.origins[service].attributes.get("name", "")


def ports_of(
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
            lost = tuple(dict.fromkeys(loss.operation for each in problems for loss in each.lost))
        except Refused as refusal:
            losses = tuple(_bound(catalog, model))
            findings.extend(refusal.losing(losses))
            ports.extend(_unread(catalog, service, model, losses))
            continue
        address, problems = _address(catalog, model, own.binding.kind)
        findings.extend(problems)
        where = service_name(catalog, service)
        port = Port(name, own.binding, address, node.span, where)
        port = assertions.port(catalog.origins[service], node, port)
        ports.append(ReadPort(where, port, own.port_type, own.bodies, lost))
    return tuple(ports), tuple(findings)


def _unread(
    catalog: Catalog, service: ServiceModel, port: ServicePort, losses: tuple[Loss, ...]
) -> Iterator[ReadPort]:
    """Yield a port whose binding cannot be read, with nothing but the names of its operations.

    There is none if the binding is of a kind that is not supported: no mend would change that.
    """
    node = catalog.origins[port]
    try:
        model = catalog.bindings.referred(node, "binding")
        binding = catalog.origins[model]
        kind, _ = read_kind(binding, extensions(catalog.origins, model))
        name = name_of(binding)
    except Refused:
        return
    try:
        port_type = reference(binding, "type")
    except Refused:
        port_type = None
    empty = Binding(name, kind, PortType("", (), binding.span), (), binding.span)
    address, _ = _address(catalog, port, kind)
    lost = tuple(loss.operation for loss in losses)
    own = Port(name_of(node), empty, address, node.span)
    yield ReadPort(service_name(catalog, service), own, port_type, {}, lost)


def _address(
    catalog: Catalog, port: ServicePort, kind: BindingKind
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the address of a port, or the empty text and findings."""
    try:
        return _read_address(catalog, port, kind), ()
    except Refused as refusal:
        return "", refusal.findings


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


def _bound(catalog: Catalog, port: ServicePort) -> Iterator[Loss]:
    """Yield the operations of a port's binding, as losses; none if it is not declared."""
    try:
        model = catalog.bindings.referred(catalog.origins[port], "binding")
    except Refused:
        return
    binding = catalog.origins[model].attributes.get("name", "")
    yield from (Loss(name, binding) for name in bound_names(catalog.origins, model))
