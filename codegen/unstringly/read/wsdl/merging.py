"""The operations of all ports of a WSDL, put together for one client.

An operation is of one service, the first that has it. It is called over one of its ports of each
kind of binding: the first that has an address, or else the first. `namesakes` says which operations
of one name are the same one. Any other operation of a name that is taken gets another one: the name
of its service or its port comes before it. The first keeps its name, so that what comes behind
renames nothing. One that cannot be read keeps its name too: when that is mended, no other operation
changes its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Loss, Rule, Severity
from unstringly.names import free
from unstringly.read.wsdl.findings import quoted
from unstringly.read.wsdl.namesakes import Entry, Namesakes
from unstringly.read.wsdl.operations import ReadOperation
from unstringly.read.wsdl.wires import offered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from unstringly.model.schema import Schema
    from unstringly.model.service import Binding, BindingKind, Operation, Port, QName
    from unstringly.read.wsdl.assertions import AssertionReader
    from unstringly.read.wsdl.made import MadeBody
    from unstringly.read.wsdl.wires import Offered
    from unstringly.read.wsdl.xml import Node

RENAMED = Rule(
    "W131",
    Severity.WARNING,
    "an operation has the name of another one, and is given another",
    wrong="""\
Another port of the WSDL has an operation of this name, which comes first, and something else goes
over the network for it: other messages, or another SOAP action or location. So the name of the
service or the port stands before this one's: `Admin.Send`. The first one may be one that cannot be
read: its name is kept for when it can.""",
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


class ReadPort(Struct, frozen=True):
    """A port of the service of a name, and the bodies that were made for each operation.

    `lost` are the names of the operations that cannot be read. The port type is None if the binding
    does not say it; then no operation can be read. `nodes` are the elements of service and port.
    """

    service: str
    port: Port
    port_type: QName | None
    bodies: Mapping[str, tuple[MadeBody, ...]]
    lost: tuple[str, ...]
    nodes: tuple[Node, Node]

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
    abstract, bound = binding.port_type.operations, binding.operations
    abstract = tuple(own for own in abstract if own.name in names) if names else ()
    bound = tuple(own for own in bound if own.name in names) if names else ()
    port_type = replace(binding.port_type, operations=abstract)
    return replace(binding, port_type=port_type, operations=bound)


class Merged(Struct, frozen=True):
    """The ports over which something is called, findings, and the names of operations.

    `names` has those that are called, by service, port and the name in the port; `lost` those that
    cannot be read, by binding and the name there.
    """

    ports: tuple[ReadPort, ...]
    findings: tuple[Diagnostic, ...]
    names: Mapping[tuple[str, str, str], str]
    lost: Mapping[tuple[str, str], str]

    def called_over(self, ports: Iterable[ReadPort]) -> Mapping[tuple[str, str, str], str]:
        """Return the `names` of those operations that some ports still have."""
        there = {
            (own.service, own.port.name, operation.name)
            for own in ports
            for operation in own.operations
        }
        return {key: name for key, name in self.names.items() if (*key[:2], name) in there}

    def with_losses(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield findings whose losses have names that no other operation has."""
        for finding in findings:
            lost = tuple(
                Loss(self.lost.get((own.binding, own.operation), own.operation), own.binding)
                for own in finding.lost
            )
            yield replace(finding, lost=lost) if lost != finding.lost else finding


def merged_ports(
    ports: Sequence[ReadPort], declared: Schema, assertions: AssertionReader
) -> Merged:
    """Return the ports with the operations that are called over each, and what these assert.

    `ports` are those of all services, the leading one's first. Of each service those with addresses
    come first.
    """
    services = {name: at for at, name in enumerate(dict.fromkeys(own.service for own in ports))}
    merging = _Merging(declared, ports[0].service if ports else "", assertions)
    ordered = sorted(ports, key=lambda own: (services[own.service], not own.port.address))
    kept = [merging.add(port) for port in ordered]
    return Merged(
        tuple(own for own in kept if own.operations),
        tuple(merging.findings),
        merging.called,
        merging.lost,
    )


class _Merging:
    """Ports under way; `findings`, and the names that operations have, grow with them."""

    def __init__(self, declared: Schema, leading: str, assertions: AssertionReader) -> None:
        self._assertions = assertions
        self._seen: dict[int, Binding] = {}
        self._declared = declared
        self._leading = leading
        self._namesakes: dict[str, Namesakes] = {}
        self._names: set[str] = set()
        self._kept: set[tuple[str, str]] = set()
        self.findings: list[Diagnostic] = []
        self.called: dict[tuple[str, str, str], str] = {}
        self.lost: dict[tuple[str, str], str] = {}

    def add(self, port: ReadPort) -> ReadPort:
        """Return a port with the operations that are called over it, under their new names.

        A further port of one binding has none: they are called over the first.
        """
        binding = port.port.binding
        if id(binding) in self._seen:
            return port.only(())
        self._seen[id(binding)] = binding
        names: dict[str, str] = {}
        for operation, bound in zip(port.operations, binding.operations, strict=True):
            bodies = port.bodies[operation.name]
            own = offered(operation, bound, port.kind, bodies, self._declared)
            namesakes = self._of(operation.name)
            entry = namesakes.known(port.service, port.port_type, own)
            if entry is None:
                entry = self._entry(port, operation.name)
                if entry.name != operation.name:
                    self.findings.append(_finding(port, own, entry.name, namesakes))
            elif entry.service != port.service:
                self._keep_name(port, operation.name, entry)
            if namesakes.join(entry, port, own):
                names[operation.name] = entry.name
                self.called[port.service, port.port.name, operation.name] = entry.name
        for name in port.lost:
            if name not in port.bodies:
                self._lose(port, name)
        if not names:
            return port.only(())
        called = port.only(names)
        asserted = self._assertions.port(*port.nodes, called.port)
        return _renamed(replace(called, port=asserted), names)

    def _lose(self, port: ReadPort, name: str) -> None:
        """Keep the name of an operation that cannot be read, for when it can."""
        namesakes = self._of(name)
        entry = namesakes.known_lost(port.service, port.port_type, port.kind)
        entry = entry or self._entry(port, name)
        namesakes.lose(entry, port.port_type, port.kind)
        self.lost[port.port.binding.name, name] = entry.name

    def _keep_name(self, port: ReadPort, name: str, entry: Entry) -> None:
        """Keep the name that an operation of another service would have if it were not the same.

        So it was called while the other one could not be read: nobody else is called so now.
        """
        if (port.service, entry.name) not in self._kept:
            self._kept.add((port.service, entry.name))
            self._names.add(self._free_name(port, name))

    def _of(self, name: str) -> Namesakes:
        return self._namesakes.setdefault(name, Namesakes())

    def _entry(self, port: ReadPort, name: str) -> Entry:
        """Return a new operation: under its own name, or one that begins with what has it."""
        name = self._free_name(port, name) if name in self._names else name
        self._names.add(name)
        return Entry(name, port.service, port.port.name)

    def _free_name(self, port: ReadPort, name: str) -> str:
        """Return a name that no operation has: it begins with the service or the port."""
        service, own = f"{port.service}.{name}", f"{port.port.name}.{name}"
        whole = f"{port.service}.{own}"
        wanted = [own, whole] if port.service == self._leading else [service, own, whole]
        unused = (each for each in wanted if each not in self._names)
        return next(unused, "") or free(whole, self._names)


def _finding(port: ReadPort, own: Offered, name: str, namesakes: Namesakes) -> Diagnostic:
    """Return the finding (W131) for an operation that has another name than in the WSDL."""
    called = quoted(own.operation.name)
    message = f"{called} of the port {quoted(port.port.name)} is called {quoted(name)}, since "
    message += f"{called} {_apart(own, namesakes)}"
    advice = "Nothing needs to be done. The grammar can give it a `python_name`."
    return Diagnostic(RENAMED, own.operation.span, message, advice, operations=(name,))


def _apart(own: Offered, namesakes: Namesakes) -> str:
    """Return words for what the operation is that has the name."""
    if not namesakes.entries:
        return "is another operation"
    earlier = namesakes.entries[0]
    difference = "" if earlier.first is None else own.difference(earlier.first)
    if difference:
        return f"of the port {quoted(earlier.port)} has {difference}"
    return f"is another operation of the port {quoted(earlier.port)}"


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
