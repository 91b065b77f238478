# Copied by unstringly 0.1.0. Do not edit.
"""The needs of an ASGI application: requests read within limits, responses written.

The protocol is https://asgi.readthedocs.io/en/latest/specs/www.html.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, TypeAlias, cast

from ..wire.exchange import Response
from .asked import HttpRequest
from .responses import plain

# ASGI's own types: the keys of a message depend on its type
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

Handle: TypeAlias = Callable[[HttpRequest], Awaitable[Response]]
"""Called with a whole request."""

Unfinished: TypeAlias = Callable[[HttpRequest, str], Awaitable[None]]
"""Called with a request whose body is cut, as far as it came, and with the reason in words."""


class _Cut(Exception):
    """A body is not whole. `why` and `answer` are words; with `status` 0 the client has gone."""

    def __init__(self, why: str, status: int, answer: str) -> None:
        super().__init__(why)
        self.why = why
        self.status = status
        self.answer = answer


def application(
    handle: Handle, *, max_bytes: int, timeout: float, unfinished: Unfinished | None = None
) -> App:
    """Make an application that gives whole requests to `handle`, and others to `unfinished`.

    A body of more than `max_bytes` gets status 413, one that takes longer than `timeout` seconds
    408, one that is shorter than its header says 400. Any error of `handle` becomes status 500,
    and is logged by the server. The client may go while a request is handled: it is handled all the
    same, and the response goes nowhere.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "lifespan":
                await _lifespan(receive, send)
            case "http":
                body, with_body = bytearray(), scope["method"] != "HEAD"
                try:
                    await _read(scope, receive, body, max_bytes, timeout)
                except _Cut as cut:
                    if unfinished is not None and (body or cut.status):
                        await unfinished(_received(scope, bytes(body)), cut.why)
                    if not cut.status:
                        return
                    response = plain(cut.status, cut.answer, ("Connection", "close"))
                else:
                    handling = handle(_received(scope, bytes(body)))
                    del scope, body  # they hold secrets, and tracebacks may show variables
                    response = await handling
                with suppress(OSError):  # some servers raise it when the client has gone
                    await _write(response, send, with_body=with_body)
            case kind:
                raise ValueError(f"no {kind} here")

    return app


def _received(scope: Scope, body: bytes) -> HttpRequest:
    query = cast("bytes", scope.get("query_string", b"")).decode("latin-1")
    scheme = scope.get("scheme", "http")
    return HttpRequest(scope["method"], scope["path"], query, _headers(scope), body, scheme)


def _headers(scope: Scope) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }


async def _read(
    scope: Scope, receive: Receive, body: bytearray, max_bytes: int, timeout: float
) -> None:
    """Read a body into `body`. Raises _Cut; `body` then has the bytes that came."""
    headers = _headers(scope)
    declared = headers.get("content-length", "")
    length = int(declared[:18]) if declared.isascii() and declared.isdigit() else 0
    if length > max_bytes:
        raise _too_large(max_bytes)
    try:
        async with asyncio.timeout(timeout):
            await _take_all(receive, body, max_bytes)
    except TimeoutError:
        why = f"was not whole after {timeout:g} seconds"
    else:
        if len(body) < length and "transfer-encoding" not in headers:
            raise _Cut("is shorter than its header says", 400, "The request is not whole.")
        return
    raise _Cut(why, 408, "The request took too long.")


async def _take_all(receive: Receive, body: bytearray, max_bytes: int) -> None:
    """Add all messages of a body to `body`. Raises _Cut."""
    is_whole = False
    while not is_whole:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Cut("was cut by who sent it", 0, "")
        body += message.get("body", b"")
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
        is_whole = not message.get("more_body", False)


def _too_large(max_bytes: int) -> _Cut:
    return _Cut(f"is larger than {max_bytes} bytes", 413, "The request is too large.")


async def _write(response: Response, send: Send, *, with_body: bool) -> None:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.headers
    ]
    headers.append((b"content-length", str(len(response.body)).encode("ascii")))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body if with_body else b""})


async def _lifespan(receive: Receive, send: Send) -> None:
    """Answer the events of the server's start and end; there is nothing to begin or to end."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
