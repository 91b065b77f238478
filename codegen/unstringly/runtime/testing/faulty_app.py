"""An application whose responses go wrong when a test asks for it.

The call itself is carried out as always: the fault is in the response only.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Final

from ..server.asgi import App, Receive, Scope, Send
from ..wire.envelopes import written
from .damage import damaged
from .emulation import Failing, Fault, fault_now

_PAGE: Final = b"<!DOCTYPE html><html><body>Please log in to the network.</body></html>"
_CUT: Final = 20
"""The number of bytes missing at the end of a body that is cut."""

_INNERMOST: Final = re.compile(r"<([^\s<>/?]+)((?:\s[^<>]*?)?)(?:/>|>([^<>]*)</\1>)")
_BODY: Final = re.compile(r"<(?:[^\s<>/]+:)?Body>\s*<([^\s<>/]+)")
_ROOT: Final = re.compile(r"<([^\s<>/?!]+)")
_REFERENCE: Final = re.compile("&(?:#x([0-9A-F]+)|([a-z]+));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">"}


class Cut(Exception):
    """The connection ends here: servers close it when an application raises."""


def faulty(app: App, parsers: Mapping[str, Callable[[str], object]]) -> App:
    """Wrap an application: the last fault in `fault_now` after its answer changes its response.

    `parsers` read the results of operations, by the operations' names in the WSDL; an operation
    without one has results that are structures.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        failing: list[Failing] = []
        token = fault_now.set(failing)
        try:
            messages: list[MutableMapping[str, Any]] = []  # ASGI's own type

            async def keep(message: MutableMapping[str, Any]) -> None:
                messages.append(message)

            await app(scope, receive, keep)
        finally:
            fault_now.reset(token)
        if not failing:
            for message in messages:
                await send(message)
        else:
            fault, operation = failing[-1]
            await _play(fault, messages, receive, send, parsers.get(operation))

    return answer


async def _play(
    fault: Fault,
    messages: list[MutableMapping[str, Any]],
    receive: Receive,
    send: Send,
    parse: Callable[[str], object] | None,
) -> None:
    start, *bodies = messages
    body = b"".join(message.get("body", b"") for message in bodies)
    match fault:
        case Fault.SILENCE:
            while (await receive())["type"] != "http.disconnect":
                pass
        case Fault.CUT_BODY:
            await send(start)
            await send({"type": "http.response.body", "body": body[:-_CUT], "more_body": True})
            raise Cut
        case Fault.PAGE:
            await _respond(send, 200, "text/html", _PAGE)
        case Fault.BAD_GATEWAY:
            await _respond(send, 502, "text/html", _PAGE)
        case Fault.MALFORMED:
            kind = dict(start["headers"])[b"content-type"].decode("latin-1")
            text = body.decode("utf-8")
            if start["status"] == 200:
                text = _misfit(text) if parse is None else _damaged(text, parse)
            await _respond(send, start["status"], kind, text.encode("utf-8"))


def _damaged(body: str, parse: Callable[[str], object]) -> str:
    """Return a text, or a document with one, that is damaged."""
    return _with_damage(body, parse) if body.startswith("<") else damaged(body, parse) or body


def _misfit(body: str) -> str:
    """Return a document in which the element of the response has another name."""
    content = _BODY.search(body) or _ROOT.search(body)
    if content is None:
        return body
    name = re.escape(content[1])
    return re.sub(rf"(</?){name}(?=[\s/>])", rf"\1{content[1]}-", body)


def _with_damage(body: str, parse: Callable[[str], object]) -> str:
    """Return an XML document whose innermost element, the result, holds a damaged text."""

    def changed(match: re.Match[str]) -> str:
        name, attributes, content = match.group(1, 2, 3)
        text = damaged(_REFERENCE.sub(_plain, content or ""), parse)
        if text is None:
            return match[0]
        return f"<{name}{attributes.rstrip()}>{written(text)}</{name}>"

    return _INNERMOST.sub(changed, body)


def _plain(reference: re.Match[str]) -> str:
    number, name = reference.groups()
    return chr(int(number, 16)) if number else _NAMED[name]


async def _respond(send: Send, status: int, kind: str, body: bytes) -> None:
    headers = [
        (b"content-type", kind.encode("latin-1")),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
