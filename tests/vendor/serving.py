"""An HTTP server in this process, which answers as a test says and notes what it was asked."""

import ssl
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

Answer: TypeAlias = bytes | Callable[[BaseHTTPRequestHandler], None]


class Served:
    """The answers by path with query, and the requests that came, as `(path, headers)`."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.base = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.headers.append(dict(handler.headers.items()))
        answer = self.answers.get(handler.path)
        if callable(answer):
            answer(handler)
        elif answer is None:
            handler.send_error(404)
        else:
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(answer)))
            handler.end_headers()
            handler.wfile.write(answer)


def redirect(to: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


@contextmanager
def serving(
    answers: Mapping[str, Answer], context: ssl.SSLContext | None = None
) -> Generator[Served]:
    """Serve on a port of 127.0.0.1; with a context over TLS."""
    served = Served(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output free of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if context is None else "https"
    served.base = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
