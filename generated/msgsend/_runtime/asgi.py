"""What an ASGI application needs: requests read within limits, responses written.

The protocol is https://asgi.readthedocs.io/en/latest/specs/www.html.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias, cast

from .exchange import Response
from .serving import Received, plain

# ASGI's own types: what a message holds depends on its kind
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

Handle: TypeAlias = Callable[[Received, str], Awaitable[Response]]
"""Takes a request, and the scheme and host under which the server was reached."""


class Gone(Exception):
    """Whoever asked has gone."""


def application(handle: Handle, *, most_bytes: int, seconds: float) -> App:
    """An application that gives whole requests to `handle`.

    A body of more than `most_bytes` gets status 413, one that takes longer than `seconds` status
    408. Whatever `handle` raises becomes status 500, and is logged by the server.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "lifespan":
                await _lifespan(receive, send)
            case "http":
                try:
                    response = await _answered(scope, receive, handle, most_bytes, seconds)
                except Gone:
                    return
                await _write(response, send, with_body=scope["method"] != "HEAD")
            case kind:
                raise ValueError(f"no {kind} here")

    return app


async def _answered(
    scope: Scope, receive: Receive, handle: Handle, most_bytes: int, seconds: float
) -> Response:
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    length = headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length[:18]) > most_bytes:
        return plain(413, "The request is too large.", ("Connection", "close"))
    try:
        async with asyncio.timeout(seconds):
            body = await _body(receive, most_bytes)
    except TimeoutError:
        return plain(408, "The request took too long.", ("Connection", "close"))
    if body is None:
        return plain(413, "The request is too large.", ("Connection", "close"))
    query = cast("bytes", scope.get("query_string", b"")).decode("latin-1")
    received = Received(scope["method"], scope["path"], query, headers, body)
    host = headers.get("host") or "localhost"
    return await handle(received, f"{scope.get('scheme', 'http')}://{host}")


async def _body(receive: Receive, most_bytes: int) -> bytes | None:
    """The whole body; None if it is too large. Raises Gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > most_bytes:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _write(response: Response, send: Send, *, with_body: bool) -> None:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.headers
    ]
    headers.append((b"content-length", str(len(response.body)).encode("ascii")))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body if with_body else b""})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
