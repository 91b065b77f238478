"""Transports over httpx2's transport layer: the default of `AsyncClient`, and one for `Client`.

The layer below httpx2's clients follows no redirect, keeps no cookie and reads no environment.
Its events tell whether a request can have left. With `httpx2.AsyncHTTPTransport(proxy=…)` calls
go through a proxy, with `httpx2.ASGITransport(app)` to an application in this process.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, closing
from functools import lru_cache
from time import monotonic

import httpx2

from .exchange import MOST_BYTES, Request, Response, SendFailed
from .httpx_events import SentAgain, TooLarge, Watch, is_desynchronized, quiet_logs

_LIMITS = httpx2.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=5.0)
_GRACE = 0.1
"""httpx2's own limits, which close what they interrupt, come before asyncio's, which holds all."""

_NO_CONNECTION = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
)


class HttpxAsyncTransport:
    """Sends over an asynchronous transport of httpx2; by default one with 100 connections.

    A response's body of more than `most_bytes` is not read to its end.
    """

    def __init__(
        self,
        transport: httpx2.AsyncBaseTransport | None = None,
        *,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._given = transport
        self._process = os.getpid()
        self._made: dict[bool, httpx2.AsyncHTTPTransport] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._until_the_end: AsyncGenerator[None] | None = None
        self._has_events = transport is None or isinstance(transport, httpx2.AsyncHTTPTransport)
        self._most_bytes = most_bytes
        self._is_closed = False

    async def send(self, request: Request, deadline: float) -> Response:
        """The response to a request, whatever its status. Raises SendFailed."""
        outcome = await self._outcome(request, deadline)
        if isinstance(outcome, SendFailed):
            raise outcome
        return outcome

    async def aclose(self) -> None:
        """Close all connections."""
        self._is_closed = True
        for transport in (self._given, *self._made.values()):
            if transport is not None:
                await transport.aclose()

    async def _is_of_this_loop(self) -> bool:
        """Connections belong to an event loop; in another one, new ones are made where we may."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._process != os.getpid():
            if self._loop is not None and isinstance(self._given, httpx2.AsyncHTTPTransport):
                return False
            self._loop, self._made, self._process = loop, {}, os.getpid()
            self._until_the_end = _close_at_the_end(self._made)
            await anext(self._until_the_end)
        return True

    def _transport(self, url: httpx2.URL) -> httpx2.AsyncBaseTransport:
        """Certificates are read for https only: it takes longer than all the rest of a start."""
        if self._given is not None:
            return self._given
        verify = url.scheme == "https"
        if verify not in self._made:
            self._made[verify] = httpx2.AsyncHTTPTransport(verify=verify, limits=_LIMITS)
        return self._made[verify]

    async def _outcome(self, request: Request, deadline: float) -> Response | SendFailed:
        if self._is_closed:
            return SendFailed("the client is closed", sent=False, is_final=True)
        seconds = deadline - monotonic()
        if seconds <= 0:
            return SendFailed("no time was left", sent=False)
        if not await self._is_of_this_loop():
            reason = "its connections are another event loop's, or another process's"
            return SendFailed(reason, sent=False, is_final=True)
        watch = Watch(request.leaving, self._most_bytes, has_events=self._has_events)
        caught: BaseException | None = None
        try:
            with quiet_logs():
                async with asyncio.timeout(seconds + _GRACE):
                    await self._exchange(_foreign(request, watch.on_async, seconds), watch)
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            caught = error
        return _outcome(watch, caught, is_mock=isinstance(self._given, httpx2.MockTransport))

    async def _exchange(self, request: httpx2.Request, watch: Watch) -> None:
        response = await self._transport(request.url).handle_async_request(request)
        stream = response.stream
        if not isinstance(stream, httpx2.AsyncByteStream):
            raise TypeError("an asynchronous transport gives an asynchronous stream")
        watch.head(response)
        async with aclosing(stream):
            async for piece in stream:
                watch.body(piece)
            if is_desynchronized(response):
                await response.extensions["network_stream"].aclose()


async def _close_at_the_end(
    transports: Mapping[bool, httpx2.AsyncHTTPTransport],
) -> AsyncGenerator[None]:
    """Wait at the first step; an event loop closes the generators it has before it ends.

    So the connections of a client that was not closed end with their event loop, or with the
    client, whichever is first.
    """
    try:
        yield
    finally:
        for transport in transports.values():
            await transport.aclose()


class HttpxTransport:
    """Sends over a synchronous transport of httpx2; by default one with 100 connections.

    The deadline is looked at between two reads, and each read waits no longer than what was
    left of it at the beginning. So a server that sends its head byte by byte can stretch it; where
    that matters, use `HttpTransport`.
    """

    def __init__(
        self,
        transport: httpx2.BaseTransport | None = None,
        *,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._is_given = transport is not None
        self._process = os.getpid()
        self._transport = transport or httpx2.HTTPTransport(limits=_LIMITS)
        self._has_events = isinstance(self._transport, httpx2.HTTPTransport)
        self._most_bytes = most_bytes
        self._is_closed = False

    def send(self, request: Request, deadline: float) -> Response:
        """The response to a request, whatever its status. Raises SendFailed."""
        outcome = self._outcome(request, deadline)
        if isinstance(outcome, SendFailed):
            raise outcome
        return outcome

    def close(self) -> None:
        """Close all connections."""
        self._is_closed = True
        self._transport.close()

    def _outcome(self, request: Request, deadline: float) -> Response | SendFailed:
        if self._is_closed:
            return SendFailed("the client is closed", sent=False, is_final=True)
        seconds = deadline - monotonic()
        if seconds <= 0:
            return SendFailed("no time was left", sent=False)
        if not self._is_of_this_process():
            reason = "its connections are another process's"
            return SendFailed(reason, sent=False, is_final=True)
        watch = Watch(request.leaving, self._most_bytes, has_events=self._has_events)
        caught: BaseException | None = None
        try:
            with quiet_logs():
                self._exchange(_foreign(request, watch.on, seconds), watch, deadline)
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            caught = error
        return _outcome(watch, caught, is_mock=isinstance(self._transport, httpx2.MockTransport))

    def _is_of_this_process(self) -> bool:
        """After a fork connections are the parent's; new ones are made where we may."""
        if self._process == os.getpid() or not self._has_events:
            return True
        if self._is_given:
            return False
        self._transport = httpx2.HTTPTransport(limits=_LIMITS)
        self._process = os.getpid()
        return True

    def _exchange(self, request: httpx2.Request, watch: Watch, deadline: float) -> None:
        response = self._transport.handle_request(request)
        stream = response.stream
        if not isinstance(stream, httpx2.SyncByteStream):
            raise TypeError("a synchronous transport gives a synchronous stream")
        watch.head(response)
        with closing(stream):
            for piece in stream:
                watch.body(piece)
                if monotonic() > deadline:
                    raise TimeoutError
            if is_desynchronized(response):
                response.extensions["network_stream"].close()


@lru_cache(maxsize=16)
def _known(url: str) -> httpx2.URL:
    return httpx2.URL(url)


def _foreign(request: Request, trace: object, seconds: float) -> httpx2.Request:
    """The request as httpx2 has it. Addresses with a query hold secrets and are not kept."""
    url = httpx2.URL(request.url) if "?" in request.url else _known(request.url)
    headers = [("Host", url.netloc.decode("ascii")), *request.headers]
    if request.method == "POST":
        headers.append(("Content-Length", str(len(request.body))))
    limits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    return httpx2.Request(
        request.method,
        url,
        headers=headers,
        stream=httpx2.ByteStream(request.body),
        extensions={"timeout": limits, "trace": trace},
    )


def _outcome(watch: Watch, caught: BaseException | None, *, is_mock: bool) -> Response | SendFailed:
    """What came of an exchange. Texts of exceptions are not quoted: they may quote what came."""
    response = watch.response()
    if caught is None and response is not None:
        return response
    sent, interrupt = watch.sent, None
    name = type(caught).__name__
    if isinstance(caught, TimeoutError | httpx2.TimeoutException):
        reason = "no whole response in time" if sent else f"no connection in time ({name})"
    elif isinstance(caught, SentAgain):
        reason = "the connection was given up before the response came"
    elif isinstance(caught, TooLarge):
        reason = str(caught)
    elif isinstance(caught, httpx2.RemoteProtocolError):
        reason = "the connection ended early, or what came is no HTTP response"
    elif isinstance(caught, httpx2.HTTPError):
        reason = f"the connection failed ({name})"
    elif isinstance(caught, Exception):
        reason = f"the transport raised {name}"
    else:
        reason = "interrupted"
        interrupt = caught
    if isinstance(caught, _NO_CONNECTION) and is_mock:
        sent = False  # a test says so; of other transports without events nobody can know
    received = b"" if response is None else response.body
    if interrupt is not None:
        interrupt = interrupt.with_traceback(None)  # its frames hold the request
        interrupt.__context__ = None
    return SendFailed(
        reason, sent=sent, received=received, status=watch.status, interrupt=interrupt
    )
