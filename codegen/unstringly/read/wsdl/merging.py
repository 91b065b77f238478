"""The operations of all ports of a WSDL, put together for one client.

An operation is of one service, the first that has it. It is called over one of its ports of each
kind of binding: the first that has an address, or else the first. Ports have the same operation if
they have the same port type, or if its name and its messages are the same; and ports of one service
and of different kinds, if its name is (`ports` refuses those that disagree). Any other operation of
a name that is taken gets another one: the name of its service or its port comes before it. The
first keeps its name, so that what comes behind renames nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.names import free
from unstringly.read.wsdl.findings import quoted
from unstringly.read.wsdl.made import is_same, with_bodies
from unstringly.read.wsdl.operations import ReadOperation
from unstringly.read.wsdl.signatures import Offer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from unstringly.model.schema import Schema
    from unstringly.model.service import Binding, BindingKind, Operation, Port, QName
    from unstringly.read.wsdl.made import MadeBody

RENAMED = Rule(
    "W131",
    Severity.WARNING,
    "an operation has the name of another one, and is given another",
    wrong="""\
Another port type of the WSDL has an operation of this name, with other messages, and comes first.
So the name of the service or the port stands before this one's: `Admin.Send`.""",
    why="""\
A package has the operations of all port types, and one name for each. What goes over the network
stays as the WSDL has it.""",
    example="""\
<wsdl:portType name="Hotels"> <wsdl:operation name="Search"> ...
<wsdl:portType name="Cars">   <wsdl:operation name="Search"> ...""",
    todo="""\
Nothing. The grammar speaks of it by the name in the finding, and may give it a better name in
Python: `operations: {Admin.Send: {effect: send, python_name: send_as_admin}}`.""",
)

RULES = (RENAMED,)


@dataclass(frozen=True, slots=True)
class ReadPort:
    """A port of the service of a name, and the bodies that were made for each operation."""

    service: str
    port: Port
    port_type: QName
    bodies: Mapping[str, tuple[MadeBody, ...]]

    @property
    def kind(self) -> BindingKind:
        """Return the kind of the port's binding."""
        return self.port.binding.kind

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Return the operations as they go over the port."""
        return self.port.binding.port_type.operations

    def only(self, names: Collection[str]) -> ReadPort:
        """Return the port with only the operations of some names."""
        return replace(self, port=replace(self.port, binding=_only(self.port.binding, names)))


def _only(binding: Binding, names: Collection[str]) -> Binding:
    abstract = tuple(own for own in binding.port_type.operations if own.name in names)
    bound = tuple(own for own in binding.operations if own.name in names)
    port_type = replace(binding.port_type, operations=abstract)
    return replace(binding, port_type=port_type, operations=bound)


@dataclass(frozen=True, slots=True)
class Merged:
    """The ports over which something is called, findings, and the new names of lost operations.

    Those are by binding and name, for bindings whose port types have no operation of the name that
    is kept.
    """

    ports: tuple[ReadPort, ...]
    findings: tuple[Diagnostic, ...]
    lost: Mapping[tuple[str, str], str]

    def with_losses(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield findings whose losses have names that no other operation has."""
        for finding in findings:
            lost = tuple(
                Loss(self.lost.get((own.binding, own.operation), own.operation), own.binding)
                for own in finding.lost
            )
            yield replace(finding, lost=lost) if lost != finding.lost else finding


def merged_ports(ports: Sequence[ReadPort], declared: Schema) -> Merged:
    """Return the ports with the operations that are called over each.

    `ports` are those of all services, the leading one's first. Of each service those with addresses
    come first.
    """
    services = [port.service for port in ports]
    merging = _Merging(declared, services[0] if services else "")
    ordered = sorted(ports, key=lambda port: (services.index(port.service), not port.port.address))
    kept = [merging.add(port) for port in ordered]
    lost = {
        (port.port.binding.name, name): f"{port.port.name}.{name}"
        for port in ports
        for name in merging.foreign(port)
    }
    return Merged(tuple(own for own in kept if own.operations), tuple(merging.findings), lost)


@dataclass(slots=True)
class _Entry:
    """An operation of the package: its ports by kind, and its name among all."""

    name: str
    ports: dict[BindingKind, tuple[ReadPort, Operation]]
    port_types: set[QName]

    @property
    def first(self) -> ReadPort:
        """Return the first port that has the operation."""
        return next(iter(self.ports.values()))[0]

    def agrees(self, port: ReadPort, operation: Operation, declared: Schema) -> bool:
        """Say whether an operation of a port has the messages of this one."""
        known, own = next(iter(self.ports.values()))
        made, others = known.bodies[own.name], port.bodies[operation.name]
        by_name = {body.name: body for body in made}
        if any(body.name in by_name and not is_same(by_name[body.name], body) for body in others):
            return False
        schema = with_bodies(declared, (*made, *others))
        return Offer(own, known.kind).agrees(Offer(operation, port.kind), schema)


class _Merging:
    """Ports under way; `findings` grows with them."""

    def __init__(self, declared: Schema, leading: str) -> None:
        self._declared = declared
        self._leading = leading
        self._entries: dict[str, list[_Entry]] = {}
        self._names: set[str] = set()
        self.findings: list[Diagnostic] = []

    def add(self, port: ReadPort) -> ReadPort:
        """Return a port with the operations that are called over it, under their new names."""
        names: dict[str, str] = {}
        for operation in port.operations:
            entry = self._entry(port, operation)
            entry.port_types.add(port.port_type)
            is_of_service = not entry.ports or entry.first.service == port.service
            if is_of_service and port.kind not in entry.ports:
                entry.ports[port.kind] = port, operation
                names[operation.name] = entry.name
        return _renamed(port.only(names), names)

    def foreign(self, port: ReadPort) -> Iterator[str]:
        """Yield names of which only other port types have operations, over the port's kind."""
        for name, entries in self._entries.items():
            if all(
                port.port_type not in entry.port_types and port.kind in entry.ports
                for entry in entries
            ):
                yield name

    def _entry(self, port: ReadPort, operation: Operation) -> _Entry:
        """Return the operation of the package that an operation of a port is, maybe a new one."""
        known = self._entries.setdefault(operation.name, [])
        for entry in known:
            if port.port_type in entry.port_types:
                return entry
        for entry in known:
            if entry.agrees(port, operation, self._declared):
                return entry
        for entry in known:
            if entry.first.service == port.service and port.kind not in entry.ports:
                return entry
        entry = _Entry(self._name(port, operation), {}, set())
        known.append(entry)
        return entry

    def _name(self, port: ReadPort, operation: Operation) -> str:
        """Return a name for a new operation: its own, or one that begins with what has it."""
        name = operation.name
        if name in self._names:
            service, own = f"{port.service}.{name}", f"{port.port.name}.{name}"
            whole = f"{port.service}.{own}"
            wanted = [own, whole] if port.service == self._leading else [service, own, whole]
            name = next((each for each in wanted if each not in self._names), "")
            name = name or free(whole, self._names)
            self.findings.append(self._finding(port, operation, name))
        self._names.add(name)
        return name

    def _finding(self, port: ReadPort, operation: Operation, name: str) -> Diagnostic:
        own = quoted(operation.name)
        earlier = next(iter(self._entries[operation.name]), None)
        where = "" if earlier is None else f" of the port {quoted(earlier.first.port.name)}"
        message = f"{own} of the port {quoted(port.port.name)} is called {quoted(name)}, since "
        message += f"{own} is another operation{where}"
        advice = "Nothing needs to be done. The grammar can give it a `python_name`."
        return Diagnostic(RENAMED, operation.span, message, advice)


def _renamed(port: ReadPort, names: Mapping[str, str]) -> ReadPort:
    """Return a port whose operations have new names, and bodies of their own if these differ."""
    if all(name == own for name, own in names.items()):
        return port
    binding = port.port.binding
    renamed = [
        ReadOperation(operation, bound, port.bodies[operation.name]).named(names[operation.name])
        for operation, bound in zip(port.operations, binding.operations, strict=True)
    ]
    port_type = replace(binding.port_type, operations=tuple(own.operation for own in renamed))
    bound = tuple(own.bound for own in renamed)
    binding = replace(binding, port_type=port_type, operations=bound)
    bodies = {own.operation.name: own.bodies for own in renamed}
    return replace(port, port=replace(port.port, binding=binding), bodies=bodies)
