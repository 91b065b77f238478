"""The ports of one service (WSDL 1.1, section 2.6), each with its binding and its address.

`merging` puts those of several services together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

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
    from collections.abc import Mapping, Sequence

    from xsdata.models.wsdl import Binding as BindingModel
    from xsdata.models.wsdl import Service as ServiceModel
    from xsdata.models.wsdl import ServicePort

    from unstringly.model.service import BindingKind, QName
    from unstringly.read.wsdl.made import MadeBody
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

RULES = (ADDRESS,)

_USER = re.compile("//[^/?#]*@")
"""A user name in an address, with what may be a password."""


def service_name(catalog: Catalog, service: ServiceModel) -> str:
    """Return the name of a service, or the empty text."""
    return catalog.origins[service].attributes.get("name", "")


class _Known(Struct, frozen=True):
    """A binding that was read; without operations if it cannot be read. `lost` are their names."""

    binding: Binding
    port_type: QName | None
    bodies: Mapping[str, tuple[MadeBody, ...]]
    lost: tuple[str, ...]


class PortReader:
    """Reads the ports of services, and each of their bindings once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[int, _Known | None] = {}

    def ports_of(
        self, service: ServiceModel
    ) -> tuple[tuple[ReadPort, ...], tuple[Diagnostic, ...]]:
        """Return the ports of a service in document order, and findings.

        One whose binding cannot be read has no operations; there is none for a binding that is not
        there, or of a kind that is not supported. Findings about a binding come once.
        """
        origins, where = self._catalog.origins, service_name(self._catalog, service)
        models, duplicates = distinct("port", service.ports, origins)
        findings = list(duplicates)
        ports: list[ReadPort] = []
        for name, model in models.items():
            node = origins[model]
            try:
                binding = self._catalog.bindings.referred(node, "binding")
            except Refused as refusal:
                findings.extend(refusal.findings)
                continue
            known, problems = self._binding(binding)
            findings.extend(problems)
            if known is not None:
                address, problems = _address(self._catalog, model, known.binding.kind)
                findings.extend(problems if known.bodies else ())
                port = Port(name, known.binding, address, node.span, where)
                nodes = origins[service], node
                own = ReadPort(where, port, known.port_type, known.bodies, known.lost, nodes)
                ports.append(own)
        return tuple(ports), tuple(findings)

    def _binding(self, model: BindingModel) -> tuple[_Known | None, tuple[Diagnostic, ...]]:
        """Return a binding, and the findings about it when it is read for the first time."""
        key = id(model)
        if key in self._known:
            return self._known[key], ()
        try:
            own, findings = read_binding(self._catalog, model)
            lost = tuple(dict.fromkeys(loss.operation for each in findings for loss in each.lost))
            self._known[key] = _Known(own.binding, own.port_type, own.bodies, lost)
        except Refused as refusal:
            lost = tuple(bound_names(self._catalog.origins, model))
            name = self._catalog.origins[model].attributes.get("name", "")
            findings = refusal.losing(Loss(own, name) for own in lost)
            self._known[key] = self._unread(model, lost)
        return self._known[key], findings

    def _unread(self, model: BindingModel, lost: tuple[str, ...]) -> _Known | None:
        """Return a binding that cannot be read, with the names of its operations.

        There is none if it is of a kind that is not supported: no mend would change that.
        """
        node = self._catalog.origins[model]
        try:
            kind, _ = read_kind(node, extensions(self._catalog.origins, model))
            name = name_of(node)
        except Refused:
            return None
        try:
            port_type = reference(node, "type")
        except Refused:
            port_type = None
        binding = Binding(name, kind, PortType("", (), node.span), (), node.span)
        return _Known(binding, port_type, {}, lost)


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
