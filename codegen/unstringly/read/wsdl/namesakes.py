"""Operations of one name in several ports: which of them are the same operation of the package.

An operation of a port is one that is known already, in this order of reasons:

1. What goes over the network is the same, over the same kind of binding.
2. The port type is the same, and the known one is not offered over the port's kind yet.
3. It agrees with a known one of the same service that is not offered over the port's kind yet.
4. It agrees with one of any service, and none of the name is offered over the port's kind.
5. The known one is of the same service and not offered over the port's kind: `ports` then refuses
   what disagrees.

Each question is answered by a table, so the work does not grow with the number of namesakes.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct, field

from unstringly.model.service import BindingKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from unstringly.model.service import QName
    from unstringly.read.wsdl.merging import ReadPort
    from unstringly.read.wsdl.wires import Offered, Wire


class Entry(Struct, eq=False):
    """An operation of the package under its name there.

    `port` is the name of the first port that has it, and `service` that of the port's service.
    `kinds` are those over which it is called, `offers` what is known of it over each kind: None
    where it could not be read. `first` is None if it could be read nowhere yet.
    """

    name: str
    service: str
    port: str
    at: int = 0
    first: Offered | None = None
    kinds: set[BindingKind] = field(default_factory=set[BindingKind])
    offers: dict[BindingKind, Wire | None] = field(
        default_factory=dict["BindingKind", "Wire | None"]
    )
    port_types: set[QName] = field(default_factory=set["QName"])


class Namesakes:
    """The operations of the package that have one name in the WSDL, in their order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._by_wire: dict[Wire, Entry] = {}
        self._by_key: dict[Hashable, Entry] = {}
        self._by_port_type: dict[QName, Entry] = {}
        self._waiting: dict[Hashable, deque[Entry]] = {}
        self._offered: set[BindingKind] = set()

    def known(self, service: str, port_type: QName | None, own: Offered) -> Entry | None:
        """Return the operation of the package that an operation of a port is."""
        kind = own.wire.kind
        entry = self._by_wire.get(own.wire) or self._unread(("type", port_type), kind)
        if entry is not None:
            return entry
        keys = own.sought_by()
        agreeing = [self._without(("agrees", service, key), kind) for key in keys]
        if kind not in self._offered:
            agreeing += [self._by_key.get(key) for key in keys]
        entry = min((each for each in agreeing if each), key=lambda each: each.at, default=None)
        if entry is not None and entry.first is not None and not entry.first.contradicts(own):
            return entry
        return self._without(("service", service), kind)

    def known_lost(self, service: str, port_type: QName | None, kind: BindingKind) -> Entry | None:
        """Return the operation of the package that one is of which only its name can be read."""
        entry = None if port_type is None else self._by_port_type.get(port_type)
        return entry or self._without(("service", service), kind)

    def lose(self, entry: Entry, port_type: QName | None, kind: BindingKind) -> None:
        """Note that an operation is there over a kind of binding and cannot be read."""
        self._add(entry)
        entry.offers.setdefault(kind, None)
        self._offered.add(kind)
        self._note_port_type(entry, port_type)

    def join(self, entry: Entry, port: ReadPort, own: Offered) -> bool:
        """Note that a port has an operation, which may be new; say whether it is called there.

        It is called over the first port of each kind, all of one service.
        """
        kind = own.wire.kind
        self._add(entry)
        self._by_wire.setdefault(own.wire, entry)
        entry.offers[kind] = entry.offers.get(kind) or own.wire
        self._offered.add(kind)
        self._note_port_type(entry, port.port_type)
        if not entry.kinds:
            entry.first, entry.service, entry.port = own, port.service, port.port.name
            for key in own.known_by():
                self._by_key.setdefault(key, entry)
                self._wait(entry, ("agrees", entry.service, key))
            self._wait(entry, ("service", entry.service))
        is_called = entry.service == port.service and kind not in entry.kinds
        if is_called:
            entry.kinds.add(kind)
        return is_called

    def _add(self, entry: Entry) -> None:
        if not entry.offers:
            entry.at = len(self.entries)
            self.entries.append(entry)
            self._wait(entry, ("service", entry.service))

    def _note_port_type(self, entry: Entry, port_type: QName | None) -> None:
        if port_type is not None and port_type not in entry.port_types:
            entry.port_types.add(port_type)
            self._by_port_type.setdefault(port_type, entry)
            self._wait(entry, ("type", port_type))

    def _wait(self, entry: Entry, reason: Hashable) -> None:
        """Let an operation be found for a reason, over each kind that it is not offered over."""
        for kind in BindingKind:
            self._waiting.setdefault((reason, kind), deque()).append(entry)

    def _without(self, reason: Hashable, kind: BindingKind) -> Entry | None:
        """Return the first operation to be found that is not offered over a kind."""
        return self._first(reason, kind, lambda entry: kind not in entry.offers)

    def _unread(self, reason: Hashable, kind: BindingKind) -> Entry | None:
        """Return the first operation to be found that was not read over a kind."""
        return self._first(reason, kind, lambda entry: entry.offers.get(kind) is None)

    def _first(
        self, reason: Hashable, kind: BindingKind, fits: Callable[[Entry], bool]
    ) -> Entry | None:
        waiting = self._waiting.get((reason, kind), deque())
        while waiting and not fits(waiting[0]):
            waiting.popleft()
        return waiting[0] if waiting else None
