# Copied by unstringly 0.1.0. Do not edit.
"""Connections that are kept for the next request, and a limit on their number.

An interrupt can strike at any instruction: Ctrl-C, an alarm, a worker's time limit. So there are no
counters. A connection is open if it is alive and not shut: one that an interrupt has lost is closed
when it is collected, and is no longer counted. No waiting thread depends on being woken.
"""

import os
import threading
from time import monotonic
from typing import TYPE_CHECKING, Final
from weakref import WeakSet, ref

from ..client.locks import let_go, owned
from .connecting import Closed, connect
from .connection import Origin, Wire
from .names import NotConnected

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

_LOOK_AGAIN: Final = 0.2
"""Seconds after which a waiting thread looks again, if it has not been woken."""


class _Place:
    """A place in the line of threads that wait for a connection."""

    def __init__(self) -> None:
        self._waking = threading.Lock()
        self._waking.acquire()
        self.is_in_line = False
        self.is_left = False

    def wait(self, seconds: float) -> None:
        """Return when it is woken, or after so many seconds."""
        self._waking.acquire(timeout=seconds)

    def wake(self) -> None:
        """End the waiting: there may be a connection."""
        if self._waking.locked():
            self._waking.release()


class Pool:
    """At most `most` connections; one that is not needed is kept for some seconds.

    Servers close idle connections after some time, and the outcome of a request that meets such a
    closing is unknown. So connections are not kept for long, and one on which bytes or an end have
    come is not used again. The thread that waited first is served first.
    """

    def __init__(self, most: int, tls: "Callable[[], ssl.SSLContext]") -> None:
        self._most = most
        self._tls = tls
        self._is_closed = False
        self._start()
        _pools.add(self)

    def _start(self) -> None:
        self._lock = owned()  # never a Condition, whose `__enter__` can be interrupted
        self._idle: list[Wire] = []
        self._open: set[ref[Wire] | None] = set()
        self._line: list[ref[_Place]] = []

    def take(self, origin: Origin, deadline: float) -> Wire:
        """Return a connection, kept or new. Raises NotConnected."""
        wire = self._free(origin, None) or self._awaited(origin, deadline)
        if not wire.is_connected:
            try:
                connect(wire, deadline, self._tls)
            except BaseException:
                self.drop(wire)
                raise
        return wire

    def give_back(self, wire: Wire, seconds: float) -> None:
        """Keep a connection for the next request, for so many seconds."""
        wire.kept_until = monotonic() + seconds
        with self._lock:
            is_kept = seconds > 0 and not self._is_closed
            if is_kept:
                self._idle.append(self._renewed(wire))
                self._wake()
        if not is_kept:
            self.drop(wire)

    def drop(self, wire: Wire) -> None:
        """Close a connection that cannot be reused."""
        wire.shut()
        with self._lock:
            self._wake()

    def close(self) -> None:
        """Close idle connections now, and those in use when they are given back."""
        with self._lock:
            self._is_closed = True
            while self._idle:
                self._idle.pop().shut()
            self._wake()

    def let_go(self) -> None:
        """Release the lock after a call of this thread has been stopped, perhaps in here."""
        let_go(self._lock)

    def _awaited(self, origin: Origin, deadline: float) -> Wire:
        place = _Place()
        try:
            while True:
                seconds = deadline - monotonic()
                if seconds <= 0:
                    raise NotConnected("no connection became free in time")
                wire = self._free(origin, place)
                if wire is not None:
                    return wire
                place.wait(min(seconds, _LOOK_AGAIN))
        finally:
            place.is_left = True  # even if a traceback holds it
            with self._lock:
                self._wake()

    def _free(self, origin: Origin, place: _Place | None) -> Wire | None:
        """Return a connection, if it is this place's turn and there is one; else put it in line."""
        with self._lock:
            if self._is_closed:
                raise Closed("the client is closed")
            first = self._first() if self._line else None
            if first is None or first is place:
                wire = self._kept(origin) or self._new(origin)
                if wire is not None:
                    return wire
            if place is not None and not place.is_in_line:
                self._line.append(ref(place))
                place.is_in_line = True
            return None

    def _kept(self, origin: Origin) -> Wire | None:
        """Return the connection to this origin that was used last, or None."""
        now = monotonic()
        for index in range(len(self._idle) - 1, -1, -1):
            wire = self._idle[index]
            if wire.kept_until >= now and wire.origin != origin:
                continue
            del self._idle[index]
            if wire.kept_until >= now and wire.is_fresh:
                return wire
            wire.shut()
        return None

    def _new(self, origin: Origin) -> Wire | None:
        """Return a connection to be opened, in free room or in place of an idle one, or None."""
        while len(self._open) >= self._most:
            self._open = {reference for reference in self._open if _is_open(reference)}
            if len(self._open) < self._most:
                break
            if not self._idle:
                return None
            self._idle.pop(0).shut()
        return self._counted(Wire(origin))

    def _renewed(self, wire: Wire) -> Wire:
        """Return a connection as another object. At each step one closes its socket when gone."""
        renewed = self._counted(Wire(wire.origin))
        renewed.take_over(wire)
        self._open.discard(wire.own)
        return renewed

    def _counted(self, wire: Wire) -> Wire:
        """Count a connection as long as it is neither shut nor gone."""
        wire.own = ref(wire, wire.closer())
        self._open.add(wire.own)
        return wire

    def _first(self) -> _Place | None:
        """Return the first place in line that is still waiting, or None."""
        while self._line:
            place = self._line[0]()
            if place is not None and not place.is_left:
                return place
            del self._line[0]
        return None

    def _wake(self) -> None:
        first = self._first() if self._line else None
        if first is not None:
            first.wake()

    def __del__(self) -> None:
        """Close what is idle, without a word, where nobody has closed the client."""
        for wire in getattr(self, "_idle", ()):  # or it was stopped while it was made
            wire.shut()

    def begin_anew(self) -> None:
        """Forget all connections after a fork: they are the parent's, with their responses.

        No lock is waited for: a thread of the parent may have held any when it was copied.
        """
        for reference in self._open:
            wire = None if reference is None else reference()
            if wire is not None:
                wire.leave_to_parent()
        self._start()


def _is_open(reference: "ref[Wire] | None") -> bool:
    wire = None if reference is None else reference()
    return wire is not None and not wire.is_shut


_pools: "WeakSet[Pool]" = WeakSet()


def _begin_anew() -> None:
    for pool in _pools:
        pool.begin_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
