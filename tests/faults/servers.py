"""Servers on loopback that do whatever a test wants, and count what reached them.

A behaviour is called with each accepted connection, in a thread of its own. What it returns from
is closed. Everything that arrives is kept, so that a test can tell what has left a client, and
how often, whatever the client itself believes.
"""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic
from types import TracebackType
from typing import Literal, Self, TypeAlias
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

HOST = "127.0.0.1"
PATH = "/Services/MsgSend.asmx"
_AT_ONCE = 65536


@dataclass(frozen=True)
class Seen:
    """A request as it arrived, whole."""

    raw: bytes

    @cached_property
    def head(self) -> bytes:
        """The request line and the headers."""
        return self.raw.partition(b"\r\n\r\n")[0]

    @cached_property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]

    @cached_property
    def target(self) -> str:
        """Path and query."""
        return self.head.split(b" ", 2)[1].decode("ascii")

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name:
                return value.strip()
        return ""

    @cached_property
    def binding(self) -> str:
        if self.raw.startswith(b"GET "):
            return "get"
        media = self.header("content-type").partition(";")[0]
        return {"text/xml": "soap11", "application/soap+xml": "soap12"}.get(media, "post")

    @cached_property
    def operation(self) -> str:
        if self.binding == "soap11":
            return self.header("soapaction").strip('"').rpartition("/")[2]
        if self.binding == "soap12":
            return self.header("content-type").rstrip('"').rpartition("/")[2]
        return urlsplit(self.target).path.rpartition("/")[2]

    @cached_property
    def parameters(self) -> dict[str, str]:
        if self.binding.startswith("soap"):
            ((call,),) = ElementTree.fromstring(self.body)
            return {element.tag.rpartition("}")[2]: element.text or "" for element in call}
        form = self.body.decode("ascii") or urlsplit(self.target).query
        return {name: values[0] for name, values in parse_qs(form, keep_blank_values=True).items()}


@dataclass
class Counts:
    """What reached a server. `requests` are whole, `began` counts those with a first byte."""

    connections: int = 0
    began: int = 0
    requests: list[Seen] = field(default_factory=list[Seen])
    arrived: bytearray = field(default_factory=bytearray)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        with self._lock:
            self.began += 1


class Peer:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket, counts: Counts, leaving: threading.Event) -> None:
        self._connection = connection
        self._counts = counts
        self._leaving = leaving
        self._unread = b""
        self._within = False

    def requests(self) -> Iterator[Seen]:
        """Each request that arrives whole, until the client closes."""
        while (head := self._head()) is not None:
            length = int(Seen(head).header("content-length") or 0)
            while len(self._unread) < length:
                if not self.read():
                    return
            request = Seen(head + self._unread[:length])
            self._unread = self._unread[length:]
            self._counts.requests.append(request)
            self._within = False
            self._note()
            yield request

    def send(self, data: bytes) -> None:
        """Raises OSError when the client is gone, which ends the behaviour."""
        self._connection.sendall(data)

    def send_bare(self, data: bytes) -> None:
        """The same past the encryption, if there is one."""
        socket.socket.sendall(self._connection, data)

    @contextmanager
    def together(self) -> Generator[None]:
        """What is sent inside arrives at once, on Linux."""
        cork: int | None = getattr(socket, "TCP_CORK", None)
        if cork is None:
            yield
            return
        self._connection.setsockopt(socket.IPPROTO_TCP, cork, 1)
        yield
        self._connection.setsockopt(socket.IPPROTO_TCP, cork, 0)

    def drip(self, data: bytes, pause: float) -> None:
        """Byte by byte, `pause` seconds apart."""
        for byte in data:
            self.send(bytes([byte]))
            self.pause(pause)

    def pause(self, seconds: float) -> None:
        """Raises OSError when the test is over meanwhile."""
        if self._leaving.wait(seconds):
            raise ConnectionAbortedError

    def hold(self) -> None:
        """Keep the connection open until the client closes it; count what it sends meanwhile."""
        for _ in self.requests():
            pass

    def ignore(self) -> None:
        """Keep the connection open, and read nothing before the test is over."""
        self._leaving.wait()
        self.hold()

    def reset(self) -> None:
        """Close with a TCP reset, which throws away what is on its way."""
        linger = struct.pack("ii", 1, 0)
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._connection.close()

    def read(self) -> bool:
        """Some more of what the client sends; False if there is no more."""
        data = self._connection.recv(_AT_ONCE)
        self._counts.arrived += data
        self._unread += data
        self._note()
        return bool(data)

    def take(self, count: int) -> int:
        """Read so many bytes and no more; gives how many there were before the end."""
        taken = 0
        while taken < count and (piece := self._connection.recv(count - taken)):
            self._counts.arrived += piece
            taken += len(piece)
        return taken

    def _head(self) -> bytes | None:
        while b"\r\n\r\n" not in self._unread:
            if not self.read():
                return None
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        return head + b"\r\n\r\n"

    def _note(self) -> None:
        """Count a request when its first byte is there."""
        if self._unread and not self._within:
            self._within = True
            self._counts.begin()


@dataclass(frozen=True)
class Held:
    """Answers each request when it is told to, and not before. `answer` makes the bytes."""

    answer: Callable[[Seen], bytes]
    arrived: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)

    def __call__(self, peer: Peer) -> None:
        for request in peer.requests():
            self.arrived.set()
            assert self.release.wait(10)
            peer.send(self.answer(request))


Behaviour: TypeAlias = Callable[[Peer], None]
Door: TypeAlias = Literal["open", "closed", "full"]
"""Whether a server accepts, refuses, or leaves everybody waiting in a full queue (on Linux)."""


class Server:
    """Listens on a port of its own while it is entered. No thread outlives the `with`."""

    def __init__(
        self, behaviour: Behaviour, *, door: Door = "open", tls: ssl.SSLContext | None = None
    ) -> None:
        self.seen = Counts()
        self._behaviour = behaviour
        self._door = door
        self._tls = tls
        self._leaving = threading.Event()
        self._listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._waker = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)

    @property
    def url(self) -> str:
        scheme = "https" if self._tls is not None else "http"
        return f"{scheme}://{HOST}:{self._listening.getsockname()[1]}{PATH}"

    def __enter__(self) -> Self:
        self._listening.bind((HOST, 0))
        self._waker.bind((HOST, 0))
        if self._door == "open":
            self._listening.listen(128)
            self._accepting.start()
        elif self._door == "full":
            self._listening.listen(0)
            self._waker.connect(self._listening.getsockname())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._leaving.set()
        if self._door == "open":
            self._waker.connect(self._listening.getsockname())
            self._accepting.join()
            self._end_threads()
        self._waker.close()
        self._listening.close()
        assert not any(thread.is_alive() for thread in self._threads)

    def _end_threads(self) -> None:
        """First those whose client has closed: they read what is still there, to count it."""
        patience = monotonic() + 0.5
        for thread in self._threads:
            thread.join(max(0, patience - monotonic()))
        for connection in self._open:
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        """Until the connection of `_waker` comes, which waits behind all others."""
        last = self._waker.getsockname()
        while True:
            connection, address = self._listening.accept()
            if address == last:
                connection.close()
                return
            self.seen.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.append(connection)
        try:
            if self._tls is not None:
                self.seen.arrived += connection.recv(_AT_ONCE, socket.MSG_PEEK)
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            self._behaviour(Peer(connection, self.seen, self._leaving))
        except OSError:
            pass  # the client has gone, which is its right
        finally:
            connection.close()
