"""Connections of one event loop that are kept for the next request, and how many there may be."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import NamedTuple, TypeAlias
from weakref import ref

from .async_connection import Connection
from .connecting import Closed
from .names import NotConnected
from .wire import Origin

_Waiter: TypeAlias = "asyncio.Future[Connection | None]"


class _Wanted(NamedTuple):
    """What somebody waits for: a connection to an origin, for a holder."""

    origin: Origin
    holder: ref[object]


class Pool:
    """At most `most` connections. Who finds none free waits, and who came first is served first.

    A connection takes up its place from before it is opened until it is dropped, or until its
    holder is gone, wherever an interrupt has lost it. What is idle is closed when the event loop
    ends, or when nobody has the pool any more, whichever is first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._all: set[Connection] = set()
        self._idle: list[Connection] = []
        self._waiting: OrderedDict[_Waiter, _Wanted] = OrderedDict()
        self._is_closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._until_the_end = _close_at_the_end(self._idle)

    async def begin(self) -> None:
        """Belong to the running event loop, and let it know that there is something to close."""
        self._loop = asyncio.get_running_loop()
        await anext(self._until_the_end)

    async def take(self, origin: Origin, deadline: float, holder: object) -> Connection:
        """A connection that is open, or that is still to be opened. Raises NotConnected."""
        if self._is_closed:
            raise Closed("the client is closed")
        wanted = _Wanted(origin, ref(holder))
        if not self._waiting:
            kept = self._kept(origin)
            if kept is not None or len(self._all) < self._most:
                return self._held(kept or self._new(origin), wanted)
        return await self._waited(wanted, deadline)

    def give_back(self, connection: Connection, seconds: float) -> None:
        """It can serve again, for so many seconds."""
        if self._is_closed or seconds <= 0:
            self.drop(connection)
            return
        connection.holder = None
        connection.kept_until = monotonic() + seconds
        waiting = self._next()
        if waiting is None:
            self._idle.append(connection)
            return
        waiter, wanted = waiting
        if wanted.origin != connection.origin:
            self._forget(connection)
            connection = self._new(wanted.origin)
        waiter.set_result(self._held(connection, wanted))

    def drop(self, connection: Connection) -> None:
        """It cannot."""
        if connection not in self._all:
            return
        self._forget(connection)
        waiting = None if self._is_closed else self._next()
        if waiting is not None:
            waiter, wanted = waiting
            waiter.set_result(self._held(self._new(wanted.origin), wanted))

    async def aclose(self) -> None:
        """Close what is idle, now; and what is in use, when it is given back."""
        self.close()
        await self._until_the_end.aclose()
        await asyncio.sleep(0)  # the event loop closes sockets one turn later

    def close(self) -> None:
        """The same, and do not wait for it."""
        self._is_closed = True
        for connection in self._idle:
            self._forget(connection)
        self._idle.clear()
        while (waiting := self._next()) is not None:
            waiting[0].set_result(None)

    def let_go(self) -> None:
        """In a child process: the connections are the parent's, and so is what arrives on them."""
        for connection in self._all:
            connection.holder = None
            connection.let_go()

    def find(self, connection: Connection) -> None:
        """Drop what nobody holds any more; any thread may call this."""
        if self._loop is not None and not self._loop.is_closed():
            with suppress(RuntimeError):  # it has been closed meanwhile
                self._loop.call_soon_threadsafe(self.drop, connection)

    async def _waited(self, wanted: _Wanted, deadline: float) -> Connection:
        loop = asyncio.get_running_loop()
        waiter: _Waiter = loop.create_future()
        self._waiting[waiter] = wanted
        timer = loop.call_later(deadline - monotonic(), _wake, waiter)
        try:
            given = await waiter
        except BaseException:  # it may have been given one in the same moment
            given = waiter.result() if waiter.done() and not waiter.cancelled() else None
            if given is not None:
                self._pass_on(given)
            raise
        finally:
            timer.cancel()
            self._waiting.pop(waiter, None)
        if given is None and self._is_closed:
            raise Closed("the client is closed")
        if given is None:
            raise NotConnected("no connection became free in time")
        if given.is_open and not given.is_fresh:
            self._forget(given)
            return self._held(self._new(wanted.origin), wanted)
        return given

    def _next(self) -> tuple[_Waiter, _Wanted] | None:
        """Whoever has waited longest and waits still."""
        while self._waiting:
            waiter, wanted = self._waiting.popitem(last=False)
            if not waiter.done() and wanted.holder() is not None:
                return waiter, wanted
        return None

    def _held(self, connection: Connection, wanted: _Wanted) -> Connection:
        """A connection that comes back by itself when its holder is gone."""
        holder = wanted.holder()
        if holder is not None:
            connection.holder = ref(holder, partial(_lost, ref(self), connection))
        return connection

    def _pass_on(self, connection: Connection) -> None:
        if connection.is_open:
            self.give_back(connection, connection.kept_until - monotonic())
        else:
            self.drop(connection)

    def _kept(self, origin: Origin) -> Connection | None:
        """The connection to this origin that was used last; room for a new one if there is none."""
        now = monotonic()
        for index in range(len(self._idle) - 1, -1, -1):
            connection = self._idle[index]
            if connection.kept_until < now or not connection.is_fresh:
                self._forget(self._idle.pop(index))
            elif connection.origin == origin:
                return self._idle.pop(index)
        if self._idle and len(self._all) >= self._most:
            self._forget(self._idle.pop(0))
        return None

    def _new(self, origin: Origin) -> Connection:
        connection = Connection(origin)
        self._all.add(connection)
        return connection

    def _forget(self, connection: Connection) -> None:
        self._all.discard(connection)
        connection.holder = None
        connection.close()


def _lost(pool: ref[Pool], connection: Connection, holder: object) -> None:
    """Its holder is gone, and has not given it back: it may be gone in some other thread."""
    found = pool()
    if found is not None:
        found.find(connection)


def _wake(waiter: _Waiter) -> None:
    if not waiter.done():
        waiter.set_result(None)


async def _close_at_the_end(idle: Sequence[Connection]) -> AsyncGenerator[None]:
    """Wait at the first step; an event loop closes the generators it has before it ends.

    So the connections of a client that nobody closed end with their event loop, or with the
    client. What is given here must not lead back to the pool, or the pool would never go.
    """
    try:
        yield
    finally:
        for connection in idle:
            connection.close()
