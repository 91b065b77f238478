"""Reading of a WSDL 1.1 document into a `Service`.

    path ─schema/documents─▶ elements ─schema/reader─▶ Schema
                             elements ─models─▶ xsdata's models ─catalog─▶ components by name
    ─ports, bindings, messages─▶ Service

The files are read, and their schemas, in the room `read/schema`. Each other step is a module of
this room: `bytes` (file to text), `xml` (text to elements), `models` (elements to xsdata's models),
`catalog` (names), `components` (elements and types of schemas), `bindings` with `overloads`,
`operations`, `content`, `soap_messages` and `http_messages` with `messages`, `texts` and `made`
(elements made of parts), `service_ports` (the ports of one service), `ports` with `merging`,
`namesakes` and `wires` (one operation for each of several ports) and `signatures` and `alike`,
`losses` (costs of findings), and `shipping` (the documents that packages carry).

An operation of one binding, or a whole port, that cannot be generated is left out with a
finding, and the rest is read. No input makes the reader raise, and nothing is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span, sorted_findings
from unstringly.model.service import Service
from unstringly.read.schema import reader as schema_reader
from unstringly.read.schema.documents import load_documents
from unstringly.read.schema.reader import read_schema
from unstringly.read.wsdl import alike as wsdl_alike
from unstringly.read.wsdl import assertions as wsdl_assertions
from unstringly.read.wsdl import bindings as wsdl_bindings
from unstringly.read.wsdl import bytes as wsdl_bytes
from unstringly.read.wsdl import content as wsdl_content
from unstringly.read.wsdl import elements as wsdl_elements
from unstringly.read.wsdl import headers as wsdl_headers
from unstringly.read.wsdl import merging as wsdl_merging
from unstringly.read.wsdl import messages as wsdl_messages
from unstringly.read.wsdl import names as wsdl_names
from unstringly.read.wsdl import operations as wsdl_operations
from unstringly.read.wsdl import overloads as wsdl_overloads
from unstringly.read.wsdl import policies as wsdl_policies
from unstringly.read.wsdl import ports as wsdl_ports
from unstringly.read.wsdl import service_ports as wsdl_service_ports
from unstringly.read.wsdl import xml as wsdl_xml
from unstringly.read.wsdl.assertions import AssertionReader
from unstringly.read.wsdl.bindings import unoffered
from unstringly.read.wsdl.catalog import Catalog, build_catalog
from unstringly.read.wsdl.components import components_of
from unstringly.read.wsdl.elements import WSDL, documentation, name_of
from unstringly.read.wsdl.findings import Refused, quoted
from unstringly.read.wsdl.locations import NO_ADDRESSES, Addresses
from unstringly.read.wsdl.losses import told
from unstringly.read.wsdl.ports import read_ports
from unstringly.read.wsdl.service_ports import has_unknown_binding
from unstringly.read.wsdl.shipping import shipped_documents

if TYPE_CHECKING:
    from pathlib import Path

    from unstringly.read.wsdl.models import Sources
    from unstringly.read.wsdl.xml import Node

NO_SERVICE = Rule(
    "W121",
    Severity.ERROR,
    "the WSDL describes no service that can be generated",
    wrong="""\
There is no `wsdl:service`, or none of its operations could be read; the other findings say
why.""",
    why="There is nothing to generate a package from.",
    example="<wsdl:definitions> with types, messages and port types alone",
    todo="""\
A WSDL that only declares an interface is imported by another one that has the service: name
that one with `wsdl`. Otherwise see the other findings.""",
)

_RULES = (
    *wsdl_bytes.RULES,
    *wsdl_xml.RULES,
    *wsdl_elements.RULES,
    *wsdl_names.RULES,
    *schema_reader.RULES,
    *wsdl_messages.RULES,
    *wsdl_content.RULES,
    *wsdl_operations.RULES,
    *wsdl_bindings.RULES,
    NO_SERVICE,
    *wsdl_merging.RULES,
    *wsdl_overloads.RULES,
    *wsdl_ports.RULES,
    *wsdl_service_ports.RULES,
    *wsdl_assertions.RULES,
    *wsdl_policies.RULES,
    *wsdl_headers.RULES,
    *wsdl_alike.RULES,
)
RULES = tuple(sorted(_RULES, key=lambda rule: rule.code))

_SERVICE = f"{{{WSDL}}}service"


def read_wsdl(
    path: Path,
    name: str,
    service_name: str = "",
    folder: Path | None = None,
    addresses: Addresses = NO_ADDRESSES,
) -> tuple[Service | None, tuple[Diagnostic, ...]]:
    """Return the service of a WSDL file, and all findings in reading order.

    `name` is the file's name in findings, `service_name` that of the service; if none has it, the
    first service is read. `folder` is the one out of which no import leads: that of the file if it
    is None; `addresses` says which of its files stand for remote addresses. The service is None
    only if an error among the findings says why. After a finding about an import, it has what could
    be read.
    """
    from unstringly.read.wsdl.models import model_documents  # xsdata is slow to import

    try:
        documents = load_documents(path, name, folder, addresses)
    except Refused as refusal:
        return None, sorted_findings(refusal.findings)
    schema, schema_findings = read_schema(documents)
    sources, model_findings = model_documents(documents.definitions)
    catalog, name_findings = build_catalog(sources, components_of(schema, documents))
    service, service_findings = _read_service(sources, catalog, name, service_name)
    if service is not None:
        shipped = shipped_documents(path, documents.texts, folder, addresses)
        service = replace(service, documents=shipped)
    findings = (*schema_findings, *model_findings, *name_findings, *service_findings)
    return service, sorted_findings(told(findings, service))


def service_names(path: Path) -> tuple[str, ...]:
    """Return the names of the services that a WSDL file describes; none if it cannot be read."""
    try:
        documents = load_documents(path, path.name)
    except Refused:
        return ()
    nodes = (node for root in documents.definitions for node in root.children)
    names = (node.attributes.get("name", "") for node in nodes if node.name == _SERVICE)
    return tuple(name for name in names if name)


def _why_none(findings: tuple[Diagnostic, ...]) -> str:
    """Return the help for a service without operations; `findings` are those about its ports."""
    count = len({loss.operation for finding in findings for loss in finding.lost})
    if count:
        which = "its only operation" if count == 1 else f"each of its {count} operations"
        return f"The other findings say why, for {which}."
    if findings:
        return "See the other findings."
    return "It has no port that binds an operation, as far as it could be read."


def _read_service(
    sources: Sources, catalog: Catalog, file: str, wanted_name: str
) -> tuple[Service | None, tuple[Diagnostic, ...]]:
    """Return the service with the name `wanted_name`, or else the first one, and findings.

    It has the operations of all others too.
    """
    services = [
        (document, model) for document in sources.definitions for model in document.services
    ]
    if not services:
        message = "the document describes no service"
        advice = "Name the WSDL that has the wsdl:service, and imports this one."
        return None, (Diagnostic(NO_SERVICE, Span(file, 1, 1), message, advice),)
    names = [sources.origins[model].attributes.get("name", "") for _, model in services]
    at = names.index(wanted_name) if wanted_name in names else 0
    document, model = services.pop(at)
    roots = [sources.origins[each] for each in sources.definitions]
    models = [model, *(other for _, other in services)]
    ports, schema, refused = read_ports(catalog, models, AssertionReader(catalog, roots))
    findings = list(refused)
    known_names = {
        *(operation.name for port in ports for operation in port.binding.operations),
        *(loss.operation for finding in findings for loss in finding.lost),
    }
    advice = _OPEN if has_unknown_binding(catalog, models) else ""
    findings.extend(unoffered(catalog, known_names, advice))
    node = sources.origins[model]
    try:
        name = name_of(node)
    except Refused as refusal:
        findings.extend(refusal.findings)
        name = ""
    if not name or not ports:
        findings.append(_nothing(node, name, refused))
        return None, tuple(findings)
    described = documentation(node) or documentation(sources.origins[document])
    namespace = document.target_namespace or ""
    service = Service(name, namespace, described, ports, node.span, schema=schema)
    return service, tuple(findings)


_OPEN = (
    "See the findings about ports: one has a binding that is not there, and may be of this type."
)


def _nothing(node: Node, name: str, port_findings: tuple[Diagnostic, ...]) -> Diagnostic:
    """Return the finding for a service of which nothing can be generated."""
    if name:
        return no_operation(name, node.span, port_findings)
    message, advice = "the service has no name", "See the other findings."
    return Diagnostic(NO_SERVICE, node.span, message, advice)


def no_operation(name: str, span: Span, findings: tuple[Diagnostic, ...]) -> Diagnostic:
    """Return the finding for a service at a place, all operations of which are lost to findings."""
    message = f"no operation of the service {quoted(name)} can be generated"
    return Diagnostic(NO_SERVICE, span, message, _why_none(findings))
