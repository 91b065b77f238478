# Copied by unstringly 0.1.0. Do not edit.
"""An application in this process, called without a socket, by threads or by tasks.

Threads cannot await: for them it runs on an event loop in a thread.

Faults of the application show as they do on a socket. If it raises in the middle of its response,
that is cut there; if it never answers, the call ends at its deadline.
"""

import asyncio
import threading
from collections.abc import Coroutine, MutableMapping
from concurrent.futures import CancelledError
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from weakref import finalize

from ..client.failing import bare
from ..server.asgi import App, Scope
from ..wire.exchange import Request, Response, SendFailed

T = TypeVar("T")

_GRACE = 1.0
"""Seconds after the deadline for an application that blocks the loop."""


class Loop:
    """An event loop in a thread of its own, which begins with the first coroutine."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def run(self, coroutine: Coroutine[Any, Any, T], seconds: float) -> T:
        """Return the result of a coroutine. It is cancelled if the waiting is interrupted.

        Raises CancelledError once the loop is closed, and TimeoutError after so many seconds.
        """
        with self._lock:
            if self._is_closed:
                coroutine.close()
                raise CancelledError
            future = asyncio.run_coroutine_threadsafe(coroutine, self._running())
        try:
            return future.result(seconds)
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """Cancel all coroutines, stop the loop, and wait for the thread."""
        with self._lock:
            self._is_closed = True
            loop, self._loop = self._loop, None
            thread = self._thread
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)
        if thread is not None and thread is not threading.current_thread():
            thread.join(_GRACE)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)  # not current
            self._loop = runner.get_loop()
            self._thread = threading.Thread(target=_run, args=(runner,), daemon=True)
            self._thread.start()
        return self._loop


def _run(runner: asyncio.Runner) -> None:
    with runner:  # its end cancels all tasks
        runner.get_loop().run_forever()


class InProcessTransport:
    """A Transport to an application, which runs on an event loop in a thread of this transport.

    Closing it ends both, and calls that are going on fail.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._loop = Loop()
        self._at_last = finalize(self, self._loop.close)

    def send(self, request: Request, deadline: float) -> Response:
        """Return the application's response. Raises SendFailed."""
        exchange = _Exchange(request)
        outcome: Response | SendFailed
        try:
            outcome = self._loop.run(
                exchange.run(self._app, deadline), deadline - monotonic() + _GRACE
            )
        except TimeoutError:
            outcome = exchange.failed("no whole response in time")
        except CancelledError:
            outcome = exchange.failed("the client is closed", is_final=True)
        if isinstance(outcome, SendFailed):
            raise outcome
        return outcome

    def close(self) -> None:
        """Close the transport: calls after this raise SendFailed."""
        self._at_last()


class AsyncInProcessTransport:
    """An AsyncTransport to an application, which runs in the task and event loop of each call.

    Cancelling the call cancels the application.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._is_closed = False

    async def send(self, request: Request, deadline: float) -> Response:
        """Return the application's response. Raises SendFailed."""
        exchange = _Exchange(request)
        outcome: Response | SendFailed
        if self._is_closed:
            outcome = exchange.failed("the client is closed", is_final=True)
        else:
            try:
                outcome = await exchange.run(self._app, deadline)
            except BaseException as error:  # noqa: BLE001 - the flow raises it again
                # its frames hold the request
                outcome = exchange.failed("interrupted", interrupt=bare(error))
        if isinstance(outcome, SendFailed):
            raise outcome
        return outcome

    async def aclose(self) -> None:
        """Close the transport: calls after this raise SendFailed."""
        self._is_closed = True


class _Exchange:
    """One request and its response, as far as it has come: an `Arriving`."""

    has_head = False

    def __init__(self, request: Request) -> None:
        self._request = request
        self._body: bytes | None = request.body
        self._sent = False
        self._came = bytearray()
        self._end = asyncio.Event()
        self.status: int | None = None
        self.headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        """True if all of the response is here."""
        return self._end.is_set()

    def behind(self) -> bytes:
        """Return no bytes: an application itself says which bytes are its body."""
        return b""

    def received(self) -> bytes:
        """Return the body as far as it has come."""
        return bytes(self._came)

    async def run(self, app: App, deadline: float) -> Response | SendFailed:
        """Let the application answer, until the deadline."""
        if monotonic() >= deadline:
            return self.failed("no time was left")
        self._request.arriving(self)
        self._sent = True
        self._request.leaving()
        reason = "the connection ended before the response did"
        try:
            async with asyncio.timeout(deadline - monotonic()):
                await app(_scope(self._request), self._receive, self._send)
        except TimeoutError:
            reason = "no whole response in time"
        except Exception as error:  # noqa: BLE001 - a server would close the connection
            if self.status is None:
                reason = f"the application raised {type(error).__name__}"
        if self.status is not None and self.is_whole:
            return Response(self.status, self.headers, self.received())
        return self.failed(reason)

    def failed(
        self, reason: str, *, interrupt: BaseException | None = None, is_final: bool = False
    ) -> SendFailed:
        """Return a SendFailed for this exchange, with the bytes that came."""
        return SendFailed(
            reason,
            sent=self._sent,
            received=self.received(),
            status=self.status,
            headers=self.headers,
            interrupt=interrupt,
            is_final=is_final,
        )

    async def _receive(self) -> MutableMapping[str, Any]:  # ASGI's own type
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._end.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = tuple(
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message.get("headers", ())
            )
        elif message["type"] == "http.response.body":
            self._came += message.get("body", b"")
            if not message.get("more_body", False):
                self._end.set()


def _scope(request: Request) -> Scope:
    parts = urlsplit(request.url)
    headers = [("host", parts.netloc), *request.headers]
    if request.method == "POST":
        headers.append(("content-length", str(len(request.body))))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path) or "/",
        "raw_path": parts.path.encode("ascii") or b"/",
        "root_path": "",
        "query_string": parts.query.encode("ascii"),
        "headers": [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ],
        "client": ("127.0.0.1", 0),
        "server": (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)),
    }
