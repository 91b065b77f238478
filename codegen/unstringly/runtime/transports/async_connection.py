"""A connection of asyncio, as its user holds it.

An event loop holds its `Line`, and would hold it for ever. So its user has an object of its own:
when that is collected, even after an interrupt has lost it, the line is closed.
"""

import asyncio
import os
import socket
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from .async_line import Line
from .connection import Origin

if TYPE_CHECKING:
    from collections.abc import Callable
    from weakref import ref

    from .response_reader import ResponseReader


class _Held:
    """The line of a connection and its event loop: all that is needed to close it."""

    __slots__ = ("is_closed", "line", "loop")

    def __init__(self) -> None:
        self.line: Line | None = None
        self.loop = asyncio.get_running_loop()
        self.is_closed = False


class Connection:
    """A connection to an origin, free for one exchange at a time.

    It begins without a line. It can be used again if it `is_idle`, until `kept_until`, if it still
    `is_fresh` then. Its `closer` is for when it is collected without being closed.
    """

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.kept_until = 0.0
        self.own: ref[Connection] | None = None
        self._held = _Held()

    def closer(self, lost: "Callable[[], object]") -> "Callable[[object], None]":
        """Return a function that lets the event loop close it and call `lost`, if it is not closed.

        It does not keep this connection alive, and is called when nobody holds it any more. A
        `__del__` would do the same, but an exception that strikes in it holds the connection as
        long as somebody holds its traceback, as error trackers do: it would never be gone.
        """
        return partial(_end, self._held, lost)

    def take_over(self, other: "Connection") -> None:
        """Take over the line of another connection, which is closed then, and has none.

        A traceback of an exchange may hold the connection that it had. The next exchange has
        another one, which nobody holds: it is gone as soon as an interrupt loses it.
        """
        self.kept_until, held = other.kept_until, other._held
        self._held.loop = held.loop
        self._held.line = held.line
        held.is_closed = True
        held.line = None

    def open(self, family: int) -> Line:
        """Return a line on a new socket, which is still to be connected. Raises OSError."""
        self.close()
        self._held.is_closed = False
        self._held.line = line = Line(socket.socket(family, socket.SOCK_STREAM))
        line.sock.setblocking(False)
        return line

    @property
    def is_closed(self) -> bool:
        """True if it was closed and not opened again."""
        return self._held.is_closed

    @property
    def _line(self) -> Line | None:
        return self._held.line

    @property
    def is_open(self) -> bool:
        """True if bytes can be sent on it."""
        return self._line is not None and self._line.is_open

    @property
    def is_idle(self) -> bool:
        """True if it is open, and all bytes to be sent have left."""
        return self._line is not None and self._line.is_idle

    @property
    def is_fresh(self) -> bool:
        """True if it is open, and no byte has come that was not asked for, and no end."""
        return self._line is not None and self._line.is_fresh

    async def exchange(self, request: bytes, reader: "ResponseReader", deadline: float) -> str:
        """Send a request, and feed its reader; return the problem with the connection, or ""."""
        if self._line is None:
            raise TypeError("a connection is opened first")
        return await self._line.exchange(request, reader, deadline)

    def close(self) -> None:
        """Close it now, also in the middle of an exchange."""
        self._held.is_closed = True
        if self._line is not None:
            _close(self._line, self._held.loop)

    def let_go(self) -> None:
        """Close the descriptor and nothing else: in a child process the rest is the parent's."""
        self._held.is_closed = True
        descriptor = -1 if self._line is None else self._line.sock.detach()
        if descriptor >= 0:
            os.close(descriptor)


def _end(held: _Held, lost: "Callable[[], object]", _: object) -> None:
    if held.is_closed or held.loop.is_closed():
        return
    with suppress(RuntimeError):  # its event loop has been closed meanwhile
        if held.line is not None:
            held.loop.call_soon_threadsafe(_close, held.line, held.loop)
        held.loop.call_soon_threadsafe(lost)


def _close(line: Line, loop: asyncio.AbstractEventLoop) -> None:
    """Close a line, or the socket of a line that is not connected."""
    if line.is_begun:
        line.close()
        return
    if line.sock.fileno() >= 0:
        try:
            loop.remove_writer(line.sock)
        except NotImplementedError:  # as on Windows, where nothing is to be removed
            pass
        except RuntimeError:  # the event loop has it after all, and closes it
            return
        line.sock.close()
