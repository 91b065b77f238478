# Copied by unstringly 0.1.0. Do not edit.
"""Transports over httpx2's transport layer, for a proxy, HTTP/2 or a transport of httpx2.

The layer below httpx2's clients follows no redirect, keeps no cookie and reads no environment.
Its events tell whether a request can have left. A head or a framing that httpx2 refuses, it
swallows: none of it can be kept; the default transports keep it.
"""

import asyncio
import os
import ssl
from collections.abc import AsyncGenerator, Mapping
from time import monotonic

import httpx2

from ..wire.exchange import MAX_BYTES, Request, Response, SendFailed
from .async_names import resolve as resolve_async
from .connection import Origin
from .httpx_events import Watch, quiet_logs
from .httpx_exchange import (
    LIMITS,
    NO_CONNECTION,
    check_transport,
    exchange,
    exchange_async,
    foreign,
    outcome,
)
from .httpx_proxies import Proxies, ProxySetting
from .names import NotConnected, resolve
from .request_bytes import origin_of

_GRACE = 0.1
"""Seconds from httpx2's limits, which close the connection, to asyncio's, which ends the call."""


class HttpxAsyncTransport:
    """A sender over a given `transport` of httpx2 for tasks, or over those that it makes for hosts.

    Those that it makes have up to 100 connections, trust the certificates of `tls`, and go through
    a `proxy` if there is one: an address such as `"http://user:password@host:port"`, or
    `"environment"` for those that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name when a host is called
    for the first time. A response's body of more than `max_bytes` is not read to its end.

    Without a proxy, names are looked up within the deadline. For a proxy, and for a transport that
    is given, httpx2 does that: a look-up that hangs then holds up the end of `asyncio.run`.

    Raises TypeError for an object that is no transport of httpx2 for tasks, ValueError for a
    proxy's address that is none.
    """

    def __init__(
        self,
        transport: httpx2.AsyncBaseTransport | None = None,
        *,
        proxy: ProxySetting = None,
        tls: ssl.SSLContext | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._proxies = Proxies(proxy)
        del proxy  # tracebacks may show variables
        self._proxies.check()
        is_told = tls is not None or not self._proxies.is_none
        check_transport(transport, httpx2.AsyncBaseTransport, is_told=is_told)
        self._given = transport
        self._tls = tls
        self._max_bytes = max_bytes
        self._has_events = transport is None or isinstance(transport, httpx2.AsyncHTTPTransport)
        self._process = os.getpid()
        self._made: dict[Origin, tuple[httpx2.AsyncHTTPTransport, bool]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._until_the_end: AsyncGenerator[None] | None = None
        self._is_closed = False

    async def send(self, request: Request, deadline: float) -> Response:
        """Return the response to a request, whatever its status. Raises SendFailed."""
        result = await self._outcome(request, deadline)
        if isinstance(result, SendFailed):
            raise result
        return result

    async def aclose(self) -> None:
        """Close all connections."""
        self._is_closed = True
        if self._given is not None:
            await self._given.aclose()
        for transport, _ in self._made.values():
            await transport.aclose()

    async def _outcome(self, request: Request, deadline: float) -> Response | SendFailed:
        if self._is_closed:
            return SendFailed("the client is closed", sent=False, is_final=True)
        seconds = deadline - monotonic()
        if seconds <= 0:
            return SendFailed("no time was left", sent=False)
        if not await self._is_of_this_loop():
            reason = "its connections are another event loop's, or another process's"
            return SendFailed(reason, sent=False, is_final=True)
        watch = Watch(request, self._max_bytes, has_events=self._has_events)
        caught: BaseException | None = None
        try:
            with quiet_logs():
                async with asyncio.timeout(seconds + _GRACE):
                    await self._send(request, watch, deadline)
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            caught = error
        return outcome(watch, caught, is_mock=isinstance(self._given, httpx2.MockTransport))

    async def _is_of_this_loop(self) -> bool:
        """Say whether connections are of this event loop; make new ones where that is possible."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._process != os.getpid():
            if self._loop is not None and isinstance(self._given, httpx2.AsyncHTTPTransport):
                return False
            if self._process != os.getpid():
                _of_the_parent.append((self._made, self._until_the_end))
            self._loop, self._made, self._process = loop, {}, os.getpid()
            self._until_the_end = _close_at_the_end(self._made)
            await anext(self._until_the_end)
        return True

    async def _send(self, request: Request, watch: Watch, deadline: float) -> None:
        """Send over the given transport, through a proxy, or to each address in turn."""
        trace = watch.on_async
        if self._given is not None:
            await exchange_async(self._given, foreign(request, trace, deadline), watch)
            return
        origin = origin_of(request.url)
        transport, is_proxied = self._transport(origin)
        if is_proxied:
            await exchange_async(transport, foreign(request, trace, deadline), watch)
            return
        addresses = await resolve_async(origin.host, origin.port, deadline)
        for remaining in range(len(addresses), 0, -1):
            _, address = addresses[-remaining]
            share = (deadline - monotonic()) / remaining
            attempt = foreign(request, trace, deadline, to=str(address[0]), connect=share)
            try:
                await exchange_async(transport, attempt, watch)
            except NO_CONNECTION:
                if watch.sent or remaining == 1:
                    raise
            else:
                return
        raise NotConnected(f"the name {origin.host} has no address")

    def _transport(self, origin: Origin) -> tuple[httpx2.AsyncHTTPTransport, bool]:
        """Return the transport to an origin, and True if it goes through a proxy.

        Certificates are read for https only: it takes longer than all the rest of a start.
        """
        if origin not in self._made:
            proxy = self._proxies.to(origin)
            verify = self._tls or origin.scheme == "https"
            transport = httpx2.AsyncHTTPTransport(verify=verify, limits=LIMITS, proxy=proxy)
            self._made[origin] = transport, proxy is not None
        return self._made[origin]


async def _close_at_the_end(
    transports: Mapping[Origin, tuple[httpx2.AsyncHTTPTransport, bool]],
) -> AsyncGenerator[None]:
    """Wait at the first step; an event loop closes the generators it has before it ends.

    So the connections of a client that was not closed end with their event loop, or with the
    client, whichever is first.
    """
    try:
        yield
    finally:
        for transport, _ in transports.values():
            await transport.aclose()


_of_the_parent: list[object] = []
"""Objects that a child process must keep: if collected, they would reach the parent's loop."""


class HttpxTransport:
    """A sender for threads, over a synchronous transport of httpx2; as HttpxAsyncTransport.

    The deadline is checked between two reads, and each read waits no longer than the time that was
    left at the beginning. So a server that sends its head byte by byte can stretch it; where
    that matters, use `HttpTransport`.
    """

    def __init__(
        self,
        transport: httpx2.BaseTransport | None = None,
        *,
        proxy: ProxySetting = None,
        tls: ssl.SSLContext | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._proxies = Proxies(proxy)
        del proxy  # tracebacks may show variables
        self._proxies.check()
        is_told = tls is not None or not self._proxies.is_none
        check_transport(transport, httpx2.BaseTransport, is_told=is_told)
        self._given = transport
        self._tls = tls
        self._max_bytes = max_bytes
        self._has_events = transport is None or isinstance(transport, httpx2.HTTPTransport)
        self._process = os.getpid()
        self._made: dict[Origin, tuple[httpx2.HTTPTransport, bool]] = {}
        self._is_closed = False

    def send(self, request: Request, deadline: float) -> Response:
        """Return the response to a request, whatever its status. Raises SendFailed."""
        result = self._outcome(request, deadline)
        if isinstance(result, SendFailed):
            raise result
        return result

    def close(self) -> None:
        """Close all connections."""
        self._is_closed = True
        if self._given is not None:
            self._given.close()
        for transport, _ in self._made.values():
            transport.close()

    def _outcome(self, request: Request, deadline: float) -> Response | SendFailed:
        if self._is_closed:
            return SendFailed("the client is closed", sent=False, is_final=True)
        if monotonic() >= deadline:
            return SendFailed("no time was left", sent=False)
        if not self._is_of_this_process():
            reason = "its connections are another process's"
            return SendFailed(reason, sent=False, is_final=True)
        watch = Watch(request, self._max_bytes, has_events=self._has_events)
        caught: BaseException | None = None
        try:
            with quiet_logs():
                self._send(request, watch, deadline)
        except BaseException as error:  # noqa: BLE001 - the flow raises it again
            caught = error
        return outcome(watch, caught, is_mock=isinstance(self._given, httpx2.MockTransport))

    def _is_of_this_process(self) -> bool:
        """Say whether connections are of this process; make new ones where that is possible."""
        if self._process != os.getpid():
            if isinstance(self._given, httpx2.HTTPTransport):
                return False
            self._made, self._process = {}, os.getpid()
        return True

    def _send(self, request: Request, watch: Watch, deadline: float) -> None:
        """Send over the given transport, through a proxy, or to each address in turn."""
        if self._given is not None:
            exchange(self._given, foreign(request, watch.on, deadline), watch, deadline)
            return
        origin = origin_of(request.url)
        transport, is_proxied = self._transport(origin)
        if is_proxied:
            exchange(transport, foreign(request, watch.on, deadline), watch, deadline)
            return
        addresses = resolve(origin.host, origin.port, deadline)
        for remaining in range(len(addresses), 0, -1):
            _, address = addresses[-remaining]
            share = (deadline - monotonic()) / remaining
            attempt = foreign(request, watch.on, deadline, to=str(address[0]), connect=share)
            try:
                exchange(transport, attempt, watch, deadline)
            except NO_CONNECTION:
                if watch.sent or remaining == 1:
                    raise
            else:
                return
        raise NotConnected(f"the name {origin.host} has no address")

    def _transport(self, origin: Origin) -> tuple[httpx2.HTTPTransport, bool]:
        """Return the transport to an origin, and True if it goes through a proxy."""
        if origin not in self._made:
            proxy = self._proxies.to(origin)
            verify = self._tls or origin.scheme == "https"
            transport = httpx2.HTTPTransport(verify=verify, limits=LIMITS, proxy=proxy)
            self._made[origin] = transport, proxy is not None
        return self._made[origin]
