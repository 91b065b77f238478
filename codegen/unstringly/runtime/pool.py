"""Connections that are kept for the next request, and how many there may be."""

import os
import threading
from time import monotonic
from typing import TYPE_CHECKING
from weakref import WeakSet

from .connecting import Closed, NotConnected, Origin, connect
from .wire import Wire

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable


class Connection:
    """A connection to an origin, free for one exchange at a time."""

    def __init__(self, origin: Origin, sock: "socket.socket") -> None:
        self.origin = origin
        self.wire = Wire(sock)
        self.kept_until = 0.0


class Pool:
    """At most `most` connections; one that is not needed is kept for `keep_alive` seconds.

    Servers close idle connections after some time, and a request that meets such a closing is
    a request whose outcome is unknown. So connections are not kept for long, and one that has
    something to say, be it only its end, is not used again.
    """

    def __init__(self, most: int, keep_alive: float, tls: "Callable[[], ssl.SSLContext]") -> None:
        self._most = most
        self._keep_alive = keep_alive
        self._tls = tls
        self._is_closed = False
        self._start()
        _pools.add(self)

    def _start(self) -> None:
        self._changed = threading.Condition()
        self._idle: list[Connection] = []
        self._open = 0

    def take(self, origin: Origin, deadline: float) -> Connection:
        """A connection, kept or new. Raises NotConnected."""
        with self._changed:
            while True:
                if self._is_closed:
                    raise Closed("the client is closed")
                kept = self._kept(origin)
                if kept is not None:
                    return kept
                if self._open < self._most:
                    self._open += 1
                    break
                woken = self._changed.wait(max(deadline - monotonic(), 0))
                if not (woken or self._idle or self._open < self._most):
                    raise NotConnected("no connection became free in time")
        try:
            return Connection(origin, connect(origin, deadline, self._tls))
        except BaseException:
            self._count_down()
            raise

    def give_back(self, connection: Connection) -> None:
        """It can serve again."""
        connection.kept_until = monotonic() + self._keep_alive
        with self._changed:
            if not self._is_closed:
                self._idle.append(connection)
                self._changed.notify()
                return
        self.drop(connection)

    def drop(self, connection: Connection) -> None:
        """It cannot."""
        connection.wire.shut()
        self._count_down()

    def close(self) -> None:
        """Close what is idle, now; and what is in use, when it is given back."""
        with self._changed:
            self._is_closed = True
            idle, self._idle = self._idle, []
            self._open -= len(idle)
            self._changed.notify_all()
        for connection in idle:
            connection.wire.shut()

    def _count_down(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify()

    def _kept(self, origin: Origin) -> Connection | None:
        """The connection to this origin that was used last; room for a new one if there is none."""
        now = monotonic()
        for index in range(len(self._idle) - 1, -1, -1):
            connection = self._idle[index]
            if connection.kept_until < now or not connection.wire.is_fresh:
                self._close_idle(index)
            elif connection.origin == origin:
                return self._idle.pop(index)
        if self._idle and self._open >= self._most:
            self._close_idle(0)
        return None

    def _close_idle(self, index: int) -> None:
        self._idle.pop(index).wire.shut()
        self._open -= 1

    def begin_anew(self) -> None:
        """After a fork: the connections are the parent's, and so is what arrives on them."""
        idle = self._idle
        self._start()
        for connection in idle:
            connection.wire.shut()


_pools: "WeakSet[Pool]" = WeakSet()


def _begin_anew() -> None:
    for pool in _pools:
        pool.begin_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
