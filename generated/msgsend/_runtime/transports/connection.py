# Copied by unstringly 0.1.0. Do not edit.
"""A connection of a synchronous transport: its socket, with one deadline for all its work.

A socket's own time limit begins anew with each byte that arrives, so a server that sends one byte
a second is never late. Here each read and each write gets the time left until the deadline.

A connection that is collected, even one that an interrupt has lost, is closed.
"""

import os
import select
import socket
from contextlib import suppress
from functools import partial
from itertools import starmap
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence
    from weakref import ref

    from .response_reader import ResponseReader

_RECORD: Final = 16 * 1024
"""The size of a TLS record, in bytes."""

_AFTER: Final = 0.1
"""The most seconds after the deadline for reading bytes that had come by then."""


class _Poll(Protocol):
    """A `select.poll`, which not every system has."""

    def register(self, descriptor: int, events: int, /) -> object: ...

    def poll(self, milliseconds: float, /) -> "Sequence[object]": ...


class Origin(NamedTuple):
    """The server that a connection goes to."""

    scheme: str
    host: str
    port: int


class Wire:
    """A connection to an origin, free for one exchange at a time."""

    __slots__ = (
        "__weakref__",
        "_poll",
        "_sockets",
        "_wants_more",
        "is_connected",
        "is_shut",
        "kept_until",
        "origin",
        "own",
    )

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.kept_until = 0.0
        self.is_connected = False
        self.is_shut = False
        self.own: ref[Wire] | None = None
        self._sockets: list[socket.socket] = []  # the last one is in use
        self._poll: _Poll | None = None
        self._wants_more: tuple[type[OSError], ...] = (BlockingIOError,)

    def open(self, family: int) -> socket.socket:
        """Return a new socket. No interrupt comes between its making and its being kept here."""
        self._sockets.extend(starmap(socket.socket, ((family, socket.SOCK_STREAM),)))
        self._poll = _poll_of(self._sockets[-1])
        return self._sockets[-1]

    def begin(self) -> None:
        """Note that it is connected. From here it is waited for by a poll, where there is one."""
        self.is_connected = True
        if self._poll is not None:
            self._sockets[-1].setblocking(False)

    def encrypt(self, tls: "ssl.SSLContext", deadline: float) -> None:
        """Put TLS between this socket and its user. Raises TimeoutError, OSError."""
        from ssl import SSLWantReadError

        sock = self._sockets[-1]
        sock.settimeout(left(deadline))
        sock.getpeername()  # or wrap_socket would lose a socket that is connected no more
        wrapped = tls.wrap_socket(
            sock, server_hostname=self.origin.host, do_handshake_on_connect=False
        )
        self._sockets.append(wrapped)
        self._poll = None  # records of TLS itself make a socket readable, too
        self._wants_more = (BlockingIOError, SSLWantReadError)
        wrapped.settimeout(left(deadline))
        wrapped.do_handshake()

    def send(self, data: bytes, deadline: float) -> None:
        """Write all bytes. Raises TimeoutError at the deadline, OSError."""
        sock, at = self._sockets[-1], 0
        if self._poll is not None:
            left(deadline)
            try:
                at = sock.send(data)
            except BlockingIOError:
                at = 0
            if at == len(data):
                return
        if self.origin.scheme != "https":
            sock.settimeout(left(deadline))
            sock.sendall(data[at:])
            if self._poll is not None:
                sock.setblocking(False)
            return
        while at < len(data):  # its sendall would begin its time anew with each record
            sock.settimeout(left(deadline))
            at += sock.send(data[at : at + _RECORD])

    def receive(self, reader: "ResponseReader", deadline: float) -> None:
        """Feed a reader with the next bytes. Raises TimeoutError at the deadline, OSError."""
        sock = self._sockets[-1]
        if self._poll is None:
            sock.settimeout(left(deadline))
        elif not self._poll.poll(left(deadline) * 1000):
            raise TimeoutError
        try:
            reader.take(sock.recv)
        except BlockingIOError:
            return  # a poll may be wrong: the caller tries again

    def receive_rest(self, reader: "ResponseReader") -> None:
        """Feed a reader with the bytes that have come by now. It waits for nothing.

        An OSError ends it without being raised.
        """
        sock, until = self._sockets[-1], monotonic() + _AFTER
        with suppress(OSError):  # nothing more is there, or the connection broke
            sock.settimeout(0)
            while not reader.is_done and monotonic() < until:
                reader.take(sock.recv)

    @property
    def is_fresh(self) -> bool:
        """True if no byte has come that was not asked for, and no end of the connection.

        Any bytes that have come are lost, and the connection with them.
        """
        sock = self._sockets[-1]
        if self._poll is not None:
            return not self._poll.poll(0)
        try:
            sock.settimeout(0)
            sock.recv(1)
        except self._wants_more:
            return True
        except OSError:
            return False
        return False

    def shut(self) -> None:
        """Close the socket."""
        self.is_shut = True
        _close(self._sockets, None)

    def take_over(self, other: "Wire") -> None:
        """Take over the socket of another connection, which is shut then, and has none.

        Whoever holds a traceback of an exchange holds the connection that it had, for as long as
        they like. The next exchange has another one, which nobody holds: it is gone as soon as
        an interrupt loses it.
        """
        self.kept_until, self.is_connected = other.kept_until, other.is_connected
        self._poll, self._wants_more = other._poll, other._wants_more
        self._sockets.extend(other._sockets)
        other.is_shut = True
        other._sockets.clear()

    def leave_to_parent(self) -> None:
        """Close this process's descriptors after a fork, and touch nothing else.

        A thread of the parent may be in the middle of using the socket.
        """
        self.is_shut = True
        for sock in self._sockets:
            descriptor = sock.detach()
            if descriptor >= 0:
                os.close(descriptor)

    def closer(self) -> "Callable[[object], None]":
        """Return a function that closes the sockets, and does not keep this connection alive.

        It is called when nobody holds the connection any more. A `__del__` would do the same, but
        an exception that strikes in it holds the connection as long as somebody holds its
        traceback, as error trackers do: it would never be gone.
        """
        return partial(_close, self._sockets)


def _close(sockets: "Sequence[socket.socket]", _: object) -> None:
    for sock in sockets:
        sock.close()


def _poll_of(sock: socket.socket) -> "_Poll | None":
    """Return a poll, which is faster than trying to read, or None: eventlet has no poll."""
    make: Callable[[], _Poll] | None = getattr(select, "poll", None)
    if make is None:
        return None
    poll = make()
    poll.register(sock.fileno(), select.POLLIN)
    return poll


def left(deadline: float) -> float:
    """Return the seconds until the deadline. Raises TimeoutError if there are none."""
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
