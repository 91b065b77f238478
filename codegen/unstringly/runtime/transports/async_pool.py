"""Connections of one event loop that are kept for the next request, and a limit on their number.

There are no counters. A connection is open if it is alive and not closed: one that an interrupt has
lost is closed when it is collected, and is no longer counted. No waiting task depends on being
woken.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from time import monotonic
from typing import Final
from weakref import WeakMethod, ref

from .async_connection import Connection
from .connecting import Closed
from .connection import Origin
from .names import NotConnected

_LOOK_AGAIN: Final = 1.0
"""Seconds after which a waiting task looks again, if it has not been woken."""


class _Place:
    """A place in the line of tasks that wait for a connection."""

    def __init__(self) -> None:
        self._woken: asyncio.Future[None] | None = None
        self.is_left = False

    async def wait(self, seconds: float) -> None:
        """Return when it is woken, or after so many seconds."""
        loop = asyncio.get_running_loop()
        self._woken = woken = loop.create_future()
        timer = loop.call_later(seconds, self.wake)
        try:
            await woken
        finally:
            timer.cancel()

    def wake(self) -> None:
        """End the waiting: there may be a connection."""
        if self._woken is not None and not self._woken.done():
            self._woken.set_result(None)


class Pool:
    """At most `most` connections. A task that finds none free waits; the first to come is first.

    A connection takes up its place from before it is opened. Idle connections are closed when the
    event loop ends, or when the pool is collected, whichever is first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._all: set[ref[Connection] | None] = set()
        self._idle: list[Connection] = []
        self._line: deque[ref[_Place]] = deque()
        self._is_closed = False
        self._until_the_end = _close_at_the_end(self._idle)

    async def begin(self) -> None:
        """Register with the running event loop: it closes the idle connections at its end."""
        await anext(self._until_the_end)

    async def take(self, origin: Origin, deadline: float) -> Connection:
        """Return a connection that is open, or that is still to be opened. Raises NotConnected."""
        connection = self._free(origin, None)
        if connection is not None:
            return connection
        place = _Place()
        self._line.append(ref(place))
        try:
            while True:
                seconds = deadline - monotonic()
                if seconds <= 0:
                    raise NotConnected("no connection became free in time")
                await place.wait(min(seconds, _LOOK_AGAIN))
                connection = self._free(origin, place)
                if connection is not None:
                    return connection
        finally:
            place.is_left = True  # even if a traceback holds it
            self.wake()

    def give_back(self, connection: Connection, seconds: float) -> None:
        """Keep a connection for the next request, for so many seconds."""
        if self._is_closed or seconds <= 0:
            self.drop(connection)
            return
        connection.kept_until = monotonic() + seconds
        self._idle.append(self._renewed(connection))
        self.wake()

    def drop(self, connection: Connection) -> None:
        """Close a connection that cannot be reused."""
        connection.close()
        self.wake()

    def wake(self) -> None:
        """Let the task that has waited longest look for a connection."""
        first = self._first()
        if first is not None:
            first.wake()

    async def aclose(self) -> None:
        """Close idle connections now, and those in use when they are given back."""
        self.close()
        await self._until_the_end.aclose()
        await asyncio.sleep(0)  # the event loop closes sockets one turn later

    def close(self) -> None:
        """Close as `aclose`, without waiting for it."""
        self._is_closed = True
        while self._idle:
            self._idle.pop().close()
        self.wake()

    def let_go(self) -> None:
        """Let go of all connections in a child process: they and their bytes are the parent's."""
        for reference in self._all:
            connection = None if reference is None else reference()
            if connection is not None:
                connection.let_go()

    def _free(self, origin: Origin, place: _Place | None) -> Connection | None:
        """Return a connection for the first in line, for any task if there is no line, or None."""
        if self._is_closed:
            raise Closed("the client is closed")
        if self._line and self._first() not in (place, None):
            return None
        kept = self._kept(origin)
        if kept is not None:
            return kept
        if not self._has_room():
            if not self._idle:
                return None
            self.drop(self._idle.pop(0))
        return self._counted(Connection(origin))

    def _renewed(self, connection: Connection) -> Connection:
        """Return a connection as another object. At each step one closes its line when gone."""
        renewed = self._counted(Connection(connection.origin))
        renewed.take_over(connection)
        self._all.discard(connection.own)
        return renewed

    def _counted(self, connection: Connection) -> Connection:
        """Count a connection as long as it is neither closed nor gone."""
        connection.own = ref(connection, connection.closer(_Waking(self)))
        self._all.add(connection.own)
        return connection

    def _kept(self, origin: Origin) -> Connection | None:
        """Return the connection to this origin that was used last, or None."""
        now = monotonic()
        for index in range(len(self._idle) - 1, -1, -1):
            connection = self._idle[index]
            if connection.kept_until < now or not connection.is_fresh:
                self.drop(self._idle.pop(index))
            elif connection.origin == origin:
                return self._idle.pop(index)
        return None

    def _has_room(self) -> bool:
        if len(self._all) >= self._most:
            self._all = {reference for reference in self._all if _is_open(reference)}
        return len(self._all) < self._most

    def _first(self) -> _Place | None:
        """Return the place of the task that has waited longest and waits still, or None."""
        while self._line:
            first = self._line[0]()
            if first is not None and not first.is_left:
                return first
            self._line.popleft()
        return None


def _is_open(reference: "ref[Connection] | None") -> bool:
    connection = None if reference is None else reference()
    return connection is not None and not connection.is_closed


class _Waking:
    """A function that wakes the first in a pool's line, without holding the pool."""

    def __init__(self, pool: Pool) -> None:
        self._wake = WeakMethod(pool.wake)

    def __call__(self) -> None:
        wake = self._wake()
        if wake is not None:
            wake()


async def _close_at_the_end(idle: Sequence[Connection]) -> AsyncGenerator[None]:
    """Wait at the first step; an event loop closes the generators it has before it ends.

    So the connections of a client that was not closed end with their event loop, or with the
    client. `idle` must not lead back to the pool, or the pool would never be collected.
    """
    try:
        yield
    finally:
        for connection in idle:
            connection.close()
