"""A server for programs of their own: it answers whoever asks, and counts its connections."""

import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic

from tests.runtime.client.fakes import request_on

from msgsend._runtime.wire.exchange import Request, Response, Transport

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Answering:
    """`url` is where it listens; each request is answered with what `answer` gives for it."""

    url: str = ""
    connections: int = 0
    requests: list[bytes] = field(default_factory=list[bytes])
    answer: Callable[[bytes], bytes] = lambda _: ANSWER

    def ask(
        self, transport: Transport, body: bytes = b"", seconds: float = 10, url: str = ""
    ) -> Response:
        """One request over a transport."""
        request = Request("POST", url or self.url, (), body)
        return transport.send(request, monotonic() + seconds)


@contextmanager
def answering(answer: Callable[[bytes], bytes] = lambda _: ANSWER) -> Generator[Answering]:
    """A server while it is entered. No thread outlives it."""
    server = Answering(answer=answer)
    ends: list[tuple[socket.socket, threading.Thread]] = []

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while request := request_on(connection):
                server.requests.append(request)
                connection.sendall(server.answer(request))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                server.connections += 1
                thread = threading.Thread(target=serve, args=(connection,), daemon=True)
                ends.append((connection, thread))
                thread.start()

    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        server.url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for connection, thread in ends:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
                thread.join()
