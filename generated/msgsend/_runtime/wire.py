"""A connected socket whose reading and writing keep to one moment in time.

A socket's own time limit begins anew with each byte that arrives, so a server that sends one byte
a second is never late. Here each read and each write gets what is left until the deadline.
"""

import io
import select
import socket
import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Wire(io.RawIOBase):
    """Both ends of a socket: bytes go in with `send`, and come out of `reader`."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._sock = sock
        self._pending: Callable[[], int] | None = getattr(sock, "pending", None)  # if encrypted
        self._is_asleep = False
        self.deadline = 0.0
        self.reader = Reader(self, 16 * 1024)

    def send(self, data: bytes) -> None:
        """Write everything. Raises TimeoutError at the deadline."""
        self._sock.settimeout(left(self.deadline))
        self._sock.sendall(data)

    def makefile(self, mode: str) -> "Reader":
        """The reader, for `http.client`."""
        if mode != "rb":
            raise ValueError("a response is read as bytes")
        return self.reader

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview, /) -> int | None:  # type: ignore[override]  # it is one
        """What the reader asks for. Raises TimeoutError at the deadline."""
        if self._is_asleep:
            return None
        self._sock.settimeout(left(self.deadline))
        return self._sock.recv_into(buffer)

    @property
    def is_fresh(self) -> bool:
        """Whether nothing has come that nobody asked for, not even the end of the connection."""
        self._is_asleep = True  # the reader may look into its buffer, and not further
        found = self.reader.peek(1)
        self._is_asleep = False
        is_pending = self._pending is not None and self._pending() > 0
        return not (found or is_pending or _is_readable(self._sock))

    def shut(self) -> None:
        """Close the socket."""
        self.reader.shut()
        self._sock.close()


class Reader(io.BufferedReader):
    """The one reader of a socket: what it has buffered is not lost between two responses."""

    def close(self) -> None:
        """A response that ends closes its file; the next one needs it still."""

    def shut(self) -> None:
        """Close it for good."""
        super().close()


def left(deadline: float) -> float:
    """The seconds until the deadline. Raises TimeoutError if there are none."""
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _is_readable(sock: socket.socket) -> bool:
    if sys.platform == "win32":
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
