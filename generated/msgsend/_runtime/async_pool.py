"""Connections of one event loop that are kept for the next request, and how many there may be."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Sequence
from time import monotonic
from typing import TypeAlias

from .async_connection import Connection
from .connecting import Closed, NotConnected, Origin

_Waiter: TypeAlias = "asyncio.Future[Connection | None]"


class Pool:
    """At most `most` connections. Who finds none free waits, and who came first is served first.

    A connection takes up its place from before it is opened until it is dropped. What is idle is
    closed when the event loop ends, or when nobody has the pool any more, whichever is first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._all: set[Connection] = set()
        self._idle: list[Connection] = []
        self._waiting: OrderedDict[_Waiter, Origin] = OrderedDict()
        self._is_closed = False
        self._until_the_end = _close_at_the_end(self._idle)

    async def begin(self) -> None:
        """Let the running event loop know that there is something to close at its end."""
        await anext(self._until_the_end)

    async def take(self, origin: Origin, deadline: float) -> Connection:
        """A connection that is open, or that is still to be opened. Raises NotConnected."""
        if self._is_closed:
            raise Closed("the client is closed")
        if self._waiting:
            return await self._waited(origin, deadline)
        kept = self._kept(origin)
        if kept is not None:
            return kept
        if len(self._all) < self._most:
            return self._new(origin)
        return await self._waited(origin, deadline)

    def give_back(self, connection: Connection, seconds: float) -> None:
        """It can serve again, for so many seconds."""
        if self._is_closed or seconds <= 0:
            self.drop(connection)
            return
        connection.kept_until = monotonic() + seconds
        waiting = self._next()
        if waiting is None:
            self._idle.append(connection)
            return
        waiter, origin = waiting
        if origin != connection.origin:
            self._forget(connection)
            connection = self._new(origin)
        waiter.set_result(connection)

    def drop(self, connection: Connection) -> None:
        """It cannot."""
        self._forget(connection)
        waiting = None if self._is_closed else self._next()
        if waiting is not None:
            waiter, origin = waiting
            waiter.set_result(self._new(origin))

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
            connection.let_go()

    async def _waited(self, origin: Origin, deadline: float) -> Connection:
        loop = asyncio.get_running_loop()
        waiter: _Waiter = loop.create_future()
        self._waiting[waiter] = origin
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
            return self._new(origin)
        return given

    def _next(self) -> tuple[_Waiter, Origin] | None:
        """Whoever has waited longest and waits still."""
        while self._waiting:
            waiter, origin = self._waiting.popitem(last=False)
            if not waiter.done():
                return waiter, origin
        return None

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
        connection.close()


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
        await asyncio.sleep(0)  # the loop closes sockets one turn later
