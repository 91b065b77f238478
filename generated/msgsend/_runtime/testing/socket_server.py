# Copied by unstringly 0.1.0. Do not edit.
"""An application on a real socket of this machine, by uvicorn, for tests."""

import os
import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..server.asgi import App

if TYPE_CHECKING:
    import uvicorn

_HOST = "127.0.0.1"
_SECONDS = 10.0


@contextmanager
def serving(app: App, *, port: int = 0, http: str = "auto") -> Generator[str]:
    """Serve an application in a thread while a `with` lasts; yield `http://127.0.0.1:PORT`.

    `port` 0 is any that is free; `http` is uvicorn's name for its HTTP parser: `h11`, `httptools`
    or `auto`. Raises ImportError without uvicorn, OSError if the port is taken.
    """
    server = _server(app, http)
    with _listener(port) as listener:
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            _wait_for(server, thread)
            yield f"http://{_HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join(_SECONDS)


def _listener(port: int) -> socket.socket:
    """Make a listening socket whose connections send at once.

    A response leaves in two pieces, head and body. The second one would wait for the client to
    acknowledge the first, which clients put off for 40 ms. asyncio sets TCP_NODELAY on the sockets
    that it accepts, but only if the listening socket says that its protocol is TCP.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two servers have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind((_HOST, port))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def serve(app: App, port: int, started: Callable[[str], object]) -> None:
    """Serve an application until interrupted; `started` gets the address. Raises as `serving`."""
    with serving(app, port=port) as address:
        started(address)
        while True:
            time.sleep(3600)


def _server(app: App, http: str) -> "uvicorn.Server":
    try:
        import uvicorn
    except ModuleNotFoundError as error:
        reason = "a socket is served by uvicorn, which is not here: `pip install uvicorn`"
        raise ImportError(reason) from error
    config = uvicorn.Config(
        app,
        http=http,
        log_level="critical",
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def _wait_for(server: "uvicorn.Server", thread: threading.Thread) -> None:
    until = time.monotonic() + _SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise RuntimeError("the server did not start")
        time.sleep(0.005)
