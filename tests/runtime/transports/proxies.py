"""A proxy on loopback that does what it is asked: it forwards requests, and opens tunnels."""

import socket
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.runtime.client.fakes import request_on


@dataclass
class Proxy:
    """What it was asked, head by head."""

    port: int
    heads: list[bytes] = field(default_factory=list[bytes])

    def address(self, user: str = "") -> str:
        """Its address, with a user and a password before it."""
        return f"http://{user}{'@' if user else ''}127.0.0.1:{self.port}"


@contextmanager
def forwarding() -> Generator[Proxy]:
    """A proxy that forwards to whomever it is told to."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        proxy = Proxy(listening.getsockname()[1])
        threads: list[threading.Thread] = []
        open_ones: list[socket.socket] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    open_ones.append(stack.enter_context(connection))
                    threads.append(threading.Thread(target=serve, args=(connection,)))
                    threads[-1].start()

        def serve(connection: socket.socket) -> None:
            with suppress(OSError):
                request = request_on(connection)
                if not request:
                    return
                proxy.heads.append(request)
                method, target, _ = request.split(b" ", 2)
                address = target if method == b"CONNECT" else urlsplit(target).netloc
                host, _, port = address.decode().rpartition(":")
                with socket.create_connection((host, int(port)), timeout=5) as further:
                    open_ones.append(further)
                    if method == b"CONNECT":
                        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                    else:
                        further.sendall(request)
                    back = threading.Thread(target=relay, args=(further, connection))
                    back.start()
                    relay(connection, further)
                    back.join()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield proxy
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for opened in open_ones:
                with suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def relay(source: socket.socket, target: socket.socket) -> None:
    """What comes from one end goes to the other, its end included."""
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
