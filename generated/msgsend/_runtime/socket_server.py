"""An application on a real socket of this machine, by uvicorn, for tests."""

import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .asgi import App

if TYPE_CHECKING:
    import uvicorn

_HOST = "127.0.0.1"
_SECONDS = 10.0


@contextmanager
def listening(app: App, *, port: int = 0, http: str = "auto") -> Generator[str]:
    """Serve an application in a thread; gives the address, `http://127.0.0.1:PORT`.

    `port` 0 is any that is free; `http` is uvicorn's name for what reads HTTP: `h11`, `httptools`
    or `auto`. Raises ImportError without uvicorn, OSError if the port is taken.
    """
    server = _server(app, http)
    with socket.create_server((_HOST, port)) as bound:
        thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
        thread.start()
        try:
            _wait_for(server, thread)
            yield f"http://{_HOST}:{bound.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join(_SECONDS)


def serve(app: App, port: int, started: Callable[[str], object]) -> None:
    """Serve an application until interrupted; `started` gets the address. Raises as `listening`."""
    with listening(app, port=port) as address:
        started(address)
        while True:
            time.sleep(3600)


def _server(app: App, http: str) -> "uvicorn.Server":
    try:
        import uvicorn
    except ModuleNotFoundError as error:
        told = "a socket is served by uvicorn, which is not here: `pip install uvicorn`"
        raise ImportError(told) from error
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
