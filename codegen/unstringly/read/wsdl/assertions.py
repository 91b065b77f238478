"""The assertions of each operation of a service: by port, binding, operation and message.

An assertion that clients do not keep is a finding, one for each kind. Operations are generated all
the same: services often ask for more than they insist on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.assertions import Addressing, Asserted, Credential
from unstringly.model.service import BindingKind
from unstringly.read.wsdl.actions import action_of
from unstringly.read.wsdl.asserting import ADDRESSING, Meaning, Undone, meaning_of
from unstringly.read.wsdl.elements import WSDL, reference
from unstringly.read.wsdl.findings import Refused, quoted
from unstringly.read.wsdl.losses import listed
from unstringly.read.wsdl.overloads import bound_operations_of, operations_of
from unstringly.read.wsdl.policies import Policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unstringly.model.service import BoundOperation, Operation, Port
    from unstringly.read.wsdl.catalog import Catalog
    from unstringly.read.wsdl.xml import Node

NOT_KEPT = Rule(
    "W134",
    Severity.WARNING,
    "a policy asks for something that is not done",
    wrong="""\
A policy of the service has an assertion that clients do not keep. Kept are user names and
passwords in UsernameTokens and by HTTP Basic, time stamps, https, and WS-Addressing with responses
on the same connection. Optional assertions are passed over without a word.""",
    why="""\
A service that insists on signatures, encryption, attachments or reliable messaging refuses the
calls. The operations are generated all the same, since many ask for more than they insist on.""",
    example="<sp:AsymmetricBinding> <wsp:Policy> ... </wsp:Policy> </sp:AsymmetricBinding>",
    todo="""\
Make a call that changes nothing. If the service refuses it, put a gateway before it that does what
is missing, or ask for a port with less. Accept the finding where the service does not insist.""",
)

RULES = (NOT_KEPT,)

Called: TypeAlias = tuple[str, str, str]
"""An operation of a port, before operations of several are merged: service, port, its own name."""

_SOAP = (BindingKind.SOAP11, BindingKind.SOAP12)
_ADVICE = "Try a call: the operations are generated, and the service may not insist."


class AssertionReader:
    """Reads what is asserted; it notes what is not kept, with the operations that ask for it."""

    def __init__(self, catalog: Catalog, roots: Iterable[Node]) -> None:
        self._catalog = catalog
        self._meanings: dict[int, Meaning] = {}
        self._rows: dict[int, tuple[tuple[Node, ...], Meaning]] = {}
        self._undone: dict[tuple[str, str], tuple[Undone, dict[Called, None]]] = {}
        self.policies = Policies(roots, self._is_kept)

    def _is_kept(self, assertion: Node) -> bool:
        return not meaning_of((assertion,), self.policies).undone

    def findings(self, names: Mapping[Called, str]) -> Iterator[Diagnostic]:
        """Yield findings about policies, and one for each kind of assertion that is not kept.

        `names` are those of the operations that clients have. What is asserted of no other
        operation, or for another port of one, is none of theirs.
        """
        yield from self.policies.findings
        for undone, asking in self._undone.values():
            own = tuple(dict.fromkeys(names[called] for called in asking if called in names))
            if own:
                message = f"{quoted(undone.node.local)} is asserted, "
                message += f"and no client here {undone.words}"
                note = f"asserted for {listed(own)}"
                span = undone.node.span
                yield Diagnostic(NOT_KEPT, span, message, _ADVICE, note, operations=own)

    def port(self, service: Node, node: Node, port: Port) -> Port:
        """Return a port of a service whose operations have what is asserted of them.

        `service` and `node` are the elements of the two.
        """
        origins = self._catalog.origins
        try:
            model = self._catalog.bindings.referred(node, "binding")
            binding = origins[model]
            port_type_model = self._catalog.port_types.referred(binding, "type")
            namespace = reference(binding, "type").namespace
        except Refused:
            return port
        around = self._around((service, node, binding, origins[port_type_model]))
        where = service.attributes.get("name", ""), port.name
        if around.secured is not None and port.address.startswith("http:"):
            for own in port.binding.operations:
                self._note(_insecure(around.secured), (*where, own.name))
        abstract_models, _ = operations_of(origins, port_type_model)
        bound_models, _ = bound_operations_of(origins, model, abstract_models)
        operations: list[BoundOperation] = []
        for own, operation in zip(
            port.binding.operations, port.binding.port_type.operations, strict=True
        ):
            bound = origins[bound_models[own.name]]
            abstract = origins[abstract_models[own.name]]
            inner = (bound, *_messages(bound), abstract, *_messages(abstract))
            meaning = around.joined(self._around(inner))
            for undone in meaning.undone:
                self._note(undone, (*where, own.name))
            names = (namespace, port.binding.port_type.name)
            asserted = _asserted(meaning, port.binding.kind, names, own, operation, abstract)
            operations.append(replace(own, asserted=asserted))
        return replace(port, binding=replace(port.binding, operations=tuple(operations)))

    def _around(self, nodes: Iterable[Node]) -> Meaning:
        """Return what the policies of some elements want together."""
        meaning = Meaning()
        for node in nodes:
            if id(node) not in self._meanings:
                direct = [child for child in node.children if child.name in ADDRESSING]
                own = self._meaning(self.policies.attached(node))
                self._meanings[id(node)] = own.joined(meaning_of(direct, self.policies))
            meaning = meaning.joined(self._meanings[id(node)])
        return meaning

    def _meaning(self, assertions: tuple[Node, ...]) -> Meaning:
        """Return what assertions want; those of a policy that is named often are read once."""
        if id(assertions) not in self._rows:
            self._rows[id(assertions)] = assertions, meaning_of(assertions, self.policies)
        return self._rows[id(assertions)][1]

    def _note(self, undone: Undone, called: Called) -> None:
        _, asking = self._undone.setdefault(undone.kind, (undone, {}))
        asking[called] = None


def _insecure(node: Node) -> Undone:
    return Undone(node, "encrypts what goes to an address of http (`base_url` may be one of https)")


def _asserted(
    meaning: Meaning,
    kind: BindingKind,
    names: tuple[str, str],
    bound: BoundOperation,
    operation: Operation,
    abstract: Node,
) -> Asserted:
    """Return what clients keep over a kind of binding; `names` are the port type's."""
    if kind not in _SOAP:
        is_basic = meaning.credential is Credential.HTTP_BASIC
        return Asserted(meaning.credential if is_basic else None)
    addressing = None
    if meaning.addressing:
        addressing = Addressing(
            meaning.addressing,
            action_of("input", abstract, names, soap_action=bound.soap_action or ""),
            "" if operation.output is None else action_of("output", abstract, names),
        )
    return Asserted(meaning.credential, meaning.has_timestamp, addressing)


def _messages(operation: Node) -> Iterator[Node]:
    """Yield the input and the output of an operation."""
    for child in operation.children:
        if child.name in (f"{{{WSDL}}}input", f"{{{WSDL}}}output"):
            yield child
