"""An application in this process, called without a socket: by threads, which cannot await."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

import httpx2

from .asgi import App
from .exchange import Request, Response, SendFailed
from .httpx_transport import HttpxAsyncTransport

T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own, for those who have none."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives. Cancelled with the one who waits."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """Stop, and wait for the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()


class InProcessTransport:
    """A Transport to an application; closing it stops the loop that the application runs on."""

    def __init__(self, app: App) -> None:
        self._transport = HttpxAsyncTransport(httpx2.ASGITransport(app))
        self._loop = Loop()
        self._is_closed = False

    def send(self, request: Request, deadline: float) -> Response:
        """What the application answers. Raises SendFailed."""
        if self._is_closed:
            raise SendFailed("the client is closed", sent=False, is_final=True)
        return self._loop.run(self._transport.send(request, deadline))

    def close(self) -> None:
        """Calls after this raise SendFailed."""
        self._is_closed = True
        self._loop.close()


def post(app: App, path: str, body: bytes, content_type: str) -> int:
    """The status with which an application answers a POST."""

    async def posted() -> int:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client:
            headers = {"Content-Type": content_type}
            found = await client.post(f"http://127.0.0.1{path}", content=body, headers=headers)
            return found.status_code

    loop = Loop()
    try:
        return loop.run(posted())
    finally:
        loop.close()
