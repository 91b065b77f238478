"""Reading a WSDL 1.1 document into a `Service`.

    path ─documents─▶ xsdata's models ─catalog─▶ components by name ─service, bindings,
    messages─▶ Service

Each step is a module: `wsdl_bytes` (file to text), `wsdl_xml` (text to elements), `wsdl_models`
(to models), `wsdl_documents` (imports), `wsdl_catalog` (names), `wsdl_bindings`, `wsdl_content` and
`wsdl_messages` (what can be called), `wsdl_shipping` (what packages have of it), and this one.

What cannot be generated is left out with a finding, and the rest is read: an operation of one
binding, or a whole port. No input makes the reader raise, and nothing is fetched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span, sorted_findings
from unstringly.model.service import Operation, Port, Service
from unstringly.read import (
    wsdl_bindings,
    wsdl_bytes,
    wsdl_catalog,
    wsdl_content,
    wsdl_documents,
    wsdl_elements,
    wsdl_messages,
    wsdl_xml,
)
from unstringly.read.wsdl_bindings import read_binding
from unstringly.read.wsdl_catalog import Catalog, build_catalog, distinct
from unstringly.read.wsdl_content import NAMESPACES, extensions
from unstringly.read.wsdl_documents import Sources, load_documents
from unstringly.read.wsdl_elements import attribute, documentation, name_of
from unstringly.read.wsdl_findings import Refused, quoted
from unstringly.read.wsdl_shipping import shipped_documents

if TYPE_CHECKING:
    from pathlib import Path

    from xsdata.models.wsdl import Service as ServiceModel
    from xsdata.models.wsdl import ServicePort

    from unstringly.model.service import Binding, BindingKind

NO_SERVICE = Rule(
    "W121",
    Severity.ERROR,
    "The WSDL describes no service that can be generated.",
    """\
There is no `wsdl:service`, or none of its ports could be read (the warnings say why), so that
there is no operation to generate anything from.

    <wsdl:definitions> with types, messages and port types alone

A WSDL that only declares an interface is imported by another one that has the service: name
that one. Otherwise use a port that is supported, see W116 to W118.
""",
)

OTHER_SERVICE = Rule(
    "W122",
    Severity.WARNING,
    "The WSDL describes more than one service.",
    """\
A package is generated from one service: the first in the document. The others are left out.

    <wsdl:service name="MsgSend"> ... <wsdl:service name="Admin">

For a package of another service, save a copy of the WSDL in which it is the only one.
""",
)

ADDRESS = Rule(
    "W123",
    Severity.WARNING,
    "A port has no address that can be called.",
    """\
A port holds one `soap:address`, `soap12:address` or `http:address`, of the same kind as its
binding, whose location is an absolute `http` or `https` address. The port is left out.

    <wsdl:port name="MsgSendSoap" binding="tns:MsgSendSoap" />

Add the address. It may be any, since the generated client takes another one as an argument.
""",
)

DISAGREEMENT = Rule(
    "W124",
    Severity.WARNING,
    "An operation has other parameters or another result in another port type.",
    """\
The operations of a service's port types are the same ones on different bindings, and a
generated method has one signature for all. Here the names of an operation's parameters, their
order, or the type of its result differ from those in the port type of an earlier port.

    SendMsg(userCode, userPass, DesNo, Msg, Channel)   in MsgSendSoap
    SendMsg(userCode, userPass, DesNo, Msg)            in MsgSendHttpGet

The signature of the first port is used, and the operation is left out of the other: a call over
that port is refused before anything is sent. Correct the WSDL if it was edited by hand.
""",
)

SAME_KIND = Rule(
    "W125",
    Severity.WARNING,
    "An operation is offered by a second port of one kind only.",
    """A client has one address for each kind of binding (SOAP 1.1, SOAP 1.2, HTTP GET, HTTP POST):
that of the first port of the kind. An operation that only a later one has is left out.

    <wsdl:port name="SendSoap" binding="tns:SendSoap"> ...
    <wsdl:port name="AdminSoap" binding="tns:AdminSoap"> ...

For a package of the other port, save a copy of the WSDL in which it comes first.
""",
)

_RULES = (
    *wsdl_bytes.RULES,
    *wsdl_xml.RULES,
    *wsdl_documents.RULES,
    *wsdl_elements.RULES,
    *wsdl_catalog.RULES,
    *wsdl_messages.RULES,
    *wsdl_content.RULES,
    *wsdl_bindings.RULES,
    NO_SERVICE,
    OTHER_SERVICE,
    ADDRESS,
    DISAGREEMENT,
    SAME_KIND,
)
RULES = tuple(sorted(_RULES, key=lambda rule: rule.code))


def read_wsdl(path: Path, name: str) -> tuple[Service | None, tuple[Diagnostic, ...]]:
    """The service of a WSDL file, and all that was found wrong, in reading order.

    `name` is what findings call the file. There is a service unless an error among the
    findings says why not; an error about an import leaves a service of what could be read.
    """
    try:
        sources, findings = load_documents(path, name)
    except Refused as refusal:
        return None, sorted_findings(refusal.findings)
    catalog, more = build_catalog(sources)
    service, rest = _read_service(sources, catalog, name)
    if service is not None:
        service = replace(service, documents=shipped_documents(path, sources.texts))
    return service, sorted_findings((*findings, *more, *rest))


def _read_service(
    sources: Sources, catalog: Catalog, file: str
) -> tuple[Service | None, tuple[Diagnostic, ...]]:
    """The first service of all documents."""
    services = [
        (document, model) for document in sources.definitions for model in document.services
    ]
    if not services:
        message = "the document describes no service"
        help_ = "Name the WSDL that has the wsdl:service, and imports this one."
        return None, (Diagnostic(NO_SERVICE, Span(file, 1, 1), message, help_),)
    findings: list[Diagnostic] = []
    (document, first), *others = services
    for _, other in others:
        node = sources.origins[other]
        message = "a second service is left out"
        help_ = f"Only {quoted(sources.origins[first].attributes.get('name', ''))} is generated."
        findings.append(Diagnostic(OTHER_SERVICE, node.span, message, help_))
    ports, refused = _read_ports(catalog, first)
    findings.extend(refused)
    for choose in (_first_of_a_kind, _of_one_signature):
        ports, besides = choose(ports)
        findings.extend(besides)
    node = sources.origins[first]
    try:
        name = name_of(node)
    except Refused as refusal:
        findings.extend(refusal.findings)
        name = ""
    if not name or not ports:
        lack = "port that can be generated" if name else "name"
        message = f"the service has no {lack}"
        findings.append(Diagnostic(NO_SERVICE, node.span, message, "See the other findings."))
        return None, tuple(findings)
    described = documentation(node) or documentation(sources.origins[document])
    namespace = document.target_namespace or ""
    return Service(name, namespace, described, ports, node.span), tuple(findings)


def _read_ports(
    catalog: Catalog, service: ServiceModel
) -> tuple[tuple[Port, ...], tuple[Diagnostic, ...]]:
    """The ports that have an operation, in the document's order."""
    models, duplicates = distinct("port", service.ports, catalog.origins)
    findings = list(duplicates)
    ports: list[Port] = []
    for name, model in models.items():
        node = catalog.origins[model]
        try:
            binding, more = read_binding(catalog, catalog.bindings.referred(node, "binding"))
            findings.extend(more)
            address = _read_address(catalog, model, binding.kind)
        except Refused as refusal:
            findings.extend(refusal.findings)
            continue
        if binding.operations:
            ports.append(Port(name, binding, address, node.span))
    return tuple(ports), tuple(findings)


def _read_address(catalog: Catalog, port: ServicePort, kind: BindingKind) -> str:
    """The address of a port; raises `Refused`."""
    node = catalog.origins[port]
    element = f"{{{NAMESPACES[kind]}}}address"
    found = [child for child in extensions(catalog.origins, port) if child.name == element]
    if len(found) != 1:
        message = f"the port {quoted(name_of(node))} needs one address of its binding's kind"
        help_ = "Add it. The port is left out."
        raise Refused(Diagnostic(ADDRESS, node.span, message, help_))
    location = attribute(found[0], "location")
    if not _is_http(location):
        message = f"{quoted(location)} is not an absolute http or https address"
        help_ = "Correct it. The port is left out."
        raise Refused(Diagnostic(ADDRESS, found[0].span, message, help_))
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
    """One port for each kind of binding, and findings for what the others have besides."""
    first: dict[BindingKind, Port] = {}
    findings: list[Diagnostic] = []
    for port in ports:
        first.setdefault(port.binding.kind, port)
    elsewhere = {each.name for port in first.values() for each in port.binding.port_type.operations}
    for port in ports:
        known = first[port.binding.kind]
        offered = {operation.name for operation in known.binding.port_type.operations}
        for operation in port.binding.port_type.operations:
            if operation.name not in offered:
                message = (
                    f"{quoted(operation.name)} is in the port {quoted(port.name)}, but not in "
                    f"{quoted(known.name)}, which comes first and is of the same kind"
                )
                kept = "It is called over other kinds only."
                help_ = kept if operation.name in elsewhere else "The operation is left out."
                findings.append(Diagnostic(SAME_KIND, operation.span, message, help_))
    return tuple(first.values()), findings


def _of_one_signature(ports: tuple[Port, ...]) -> tuple[tuple[Port, ...], list[Diagnostic]]:
    """Ports without operations that are not the same in an earlier one, and findings for these."""
    findings: list[Diagnostic] = []
    first: dict[str, tuple[Operation, str]] = {}
    kept: list[Port] = []
    for port in ports:
        port_type = port.binding.port_type
        same: set[str] = set()
        for operation in port_type.operations:
            known, where = first.setdefault(operation.name, (operation, port_type.name))
            if _signature(known) == _signature(operation):
                same.add(operation.name)
                continue
            message = (
                f"the operation is {quoted(_signature(operation))} here, "
                f"and {quoted(_signature(known))} in {quoted(where)}"
            )
            help_ = "Make them equal; here the operation is left out."
            findings.append(Diagnostic(DISAGREEMENT, operation.span, message, help_))
        if same:
            kept.append(replace(port, binding=_only(port.binding, same)))
    return tuple(kept), findings


def _only(binding: Binding, names: set[str]) -> Binding:
    """A binding of some of its operations."""
    abstract = tuple(each for each in binding.port_type.operations if each.name in names)
    bound = tuple(each for each in binding.operations if each.name in names)
    port_type = replace(binding.port_type, operations=abstract)
    return replace(binding, port_type=port_type, operations=bound)


def _signature(operation: Operation) -> str:
    """What must be the same; HTTP ports declare every parameter's type as a string."""
    parameters = ", ".join(part.name for part in operation.input.parts)
    results = ", ".join(part.type.local for part in operation.output.parts)
    return f"({parameters}) -> {results}"
