"""A connected socket whose reading and writing keep to one moment in time.

A socket's own time limit begins anew with each byte that arrives, so a server that sends one byte
a second is never late. Here each read and each write gets what is left until the deadline.
"""

import io
import select
import socket
import sys
from collections.abc import Callable
from time import monotonic

_MOST_HEAD = 256 * 1024


class HeadTooLarge(OSError):
    """The head of a response does not end."""


class Wire:
    """What `http.client` needs of a socket, over a socket with a deadline.

    `sent` is True from the moment at which a first byte may have left; `leaving` is called then.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._raw = _Raw(sock)
        self._reader = _Reader(self._raw, 16 * 1024)
        self._leaving: Callable[[], None] = _nothing
        self._deadline = 0.0
        self.sent = False

    def begin(self, deadline: float, leaving: Callable[[], None]) -> None:
        """Get ready for one exchange."""
        self._deadline = self._raw.deadline = deadline
        self._raw.room = _MOST_HEAD
        self._leaving = leaving
        self.sent = False

    def end_of_head(self) -> None:
        """The head of the response is complete; its body has a limit of its own."""
        self._raw.room = sys.maxsize

    def sendall(self, data: bytes) -> None:
        """Write everything. Raises TimeoutError at the deadline."""
        self._sock.settimeout(_left(self._deadline))
        if not self.sent:
            self.sent = True
            self._leaving()
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """The one reader of this socket: what it holds is not lost between two responses."""
        if mode != "rb":
            raise ValueError("a response is read as bytes")
        return self._reader

    def close(self) -> None:
        """`http.client` lets go of the socket; whoever owns this closes it with `shut`."""

    @property
    def is_fresh(self) -> bool:
        """Whether nothing has come that nobody asked for, the end of the connection included."""
        pending: Callable[[], int] | None = getattr(self._sock, "pending", None)  # if encrypted
        is_pending = pending is not None and pending() > 0
        return not (is_pending or self._raw.buffered(self._reader) or _readable(self._sock))

    def shut(self) -> None:
        """Close the socket."""
        self._reader.shut()
        self._sock.close()


class _Raw(io.RawIOBase):
    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._sock = sock
        self._asleep = False
        self.deadline = 0.0
        self.room = _MOST_HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int | None:  # type: ignore[override]  # what BufferedReader gives
        if self._asleep:
            return None
        if self.room <= 0:
            raise HeadTooLarge
        self._sock.settimeout(_left(self.deadline))
        count = self._sock.recv_into(buffer)
        self.room -= count
        return count

    def buffered(self, reader: io.BufferedReader) -> bool:
        """Whether the reader holds bytes; this reads none from the socket."""
        self._asleep = True
        found = bool(reader.peek(1))
        self._asleep = False
        return found


class _Reader(io.BufferedReader):
    def close(self) -> None:
        """A response that ends closes its file; the next one needs it still."""

    def shut(self) -> None:
        super().close()


def _left(deadline: float) -> float:
    """The seconds until the deadline. Raises TimeoutError if there are none."""
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _readable(sock: socket.socket) -> bool:
    if sys.platform == "win32":
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def _nothing() -> None:
    """Nobody is told."""
