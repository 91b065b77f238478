"""An application whose responses go wrong when they are told to."""

from collections.abc import Callable, MutableMapping
from typing import Any

from .asgi import App, Receive, Scope, Send
from .emulation import Fault, fault_now

_PAGE = b"<!DOCTYPE html><html><body>Please log in to the network.</body></html>"


class Cut(Exception):
    """The connection ends here: servers close it when an application raises."""


def faulty(app: App, damaged: Callable[[str], str]) -> App:
    """The application; what `fault_now` says when it has answered is done to its response.

    `damaged` makes one record in the text of a response malformed.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        token = fault_now.set(None)
        try:
            messages: list[MutableMapping[str, Any]] = []  # ASGI's own type

            async def keep(message: MutableMapping[str, Any]) -> None:
                messages.append(message)

            await app(scope, receive, keep)
            fault = fault_now.get()
        finally:
            fault_now.reset(token)
        await _play(fault, messages, receive, send, damaged)

    return answer


async def _play(
    fault: Fault | None,
    messages: list[MutableMapping[str, Any]],
    receive: Receive,
    send: Send,
    damaged: Callable[[str], str],
) -> None:
    match fault:
        case None:
            for message in messages:
                await send(message)
        case Fault.SILENCE:
            while (await receive())["type"] != "http.disconnect":
                pass
        case Fault.CUT_BODY:
            start, *bodies = messages
            await send(start)
            body = b"".join(message.get("body", b"") for message in bodies)
            await send({"type": "http.response.body", "body": body[:-20], "more_body": True})
            raise Cut
        case Fault.PAGE:
            await _respond(send, 200, "text/html", _PAGE)
        case Fault.BAD_GATEWAY:
            await _respond(send, 502, "text/html", _PAGE)
        case Fault.MALFORMED:
            start, *bodies = messages
            text = b"".join(message.get("body", b"") for message in bodies).decode("utf-8")
            kind = dict(start["headers"])[b"content-type"].decode("latin-1")
            await _respond(send, start["status"], kind, damaged(text).encode("utf-8"))


async def _respond(send: Send, status: int, kind: str, body: bytes) -> None:
    headers = [
        (b"content-type", kind.encode("latin-1")),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
