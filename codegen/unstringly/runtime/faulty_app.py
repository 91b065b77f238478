"""An application whose responses go wrong when they are told to.

The call itself is carried out as always: what goes wrong is on the way back.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Final, cast

from .asgi import App, Receive, Scope, Send
from .emulation import Fault, fault_now
from .parsed import Parsed, RecordPiece, Span

_PAGE: Final = b"<!DOCTYPE html><html><body>Please log in to the network.</body></html>"
_CUT: Final = 20
"""So many bytes of a body that is cut do not arrive."""

_TEXTS: Final = re.compile(r"(?<=>)[^<>]+(?=</)")
_CHARACTERS: Final = re.compile(r"&[^;]+;|.", re.DOTALL)
_NAMED: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}


class Cut(Exception):
    """The connection ends here: servers close it when an application raises."""


def faulty(app: App, parsers: Mapping[str, Callable[[str], object]]) -> App:
    """The application; what `fault_now` says when it has answered is done to its response.

    `parsers` read the results of operations that answer lists, by the operations' names.
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
            failing = fault_now.get()
        finally:
            fault_now.reset(token)
        if failing is None:
            for message in messages:
                await send(message)
        else:
            parse = parsers.get(failing.operation, str)
            await _play(failing.fault, messages, receive, send, parse)

    return answer


async def _play(
    fault: Fault,
    messages: list[MutableMapping[str, Any]],
    receive: Receive,
    send: Send,
    parse: Callable[[str], object],
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
            text = _TEXTS.sub(lambda found: _damaged(found[0], parse), body.decode("utf-8"))
            await _respond(send, start["status"], kind, text.encode("utf-8"))


def _damaged(written: str, parse: Callable[[str], object]) -> str:
    """Character data that is a list, with one record damaged."""
    characters = _CHARACTERS.findall(written)
    lost = end_to_lose("".join(map(_plain, characters)), parse)
    return "".join([*characters[: lost.start], *characters[lost.end :]])


def _plain(character: str) -> str:
    if len(character) == 1:
        return character
    return _NAMED.get(character) or chr(int(character[3:-1], 16))


def end_to_lose(text: str, parse: Callable[[str], object]) -> Span:
    """An end of the middle record without which it is malformed, and all others stay.

    It is about half of the record, and empty where there is none, as in a text without records.
    """
    whole = parse(text)
    if not isinstance(whole, Parsed):
        return Span(0, 0)
    records = cast("Parsed[object]", whole)  # a narrowed generic has unknown arguments
    pieces = [piece for piece in records.pieces() if isinstance(piece, RecordPiece)]
    middle = len(pieces) // 2
    others = [piece.record for at, piece in enumerate(pieces) if at != middle]
    start, end = pieces[middle].span if pieces else Span(0, 0)
    half = (start + end) // 2
    for cut in (*range(half, end), *range(half - 1, start, -1)):
        found = parse(text[:cut] + text[end:])
        if isinstance(found, Parsed):
            page = cast("Parsed[object]", found)
            if list(page) == others and len(page.malformed) == len(records.malformed) + 1:
                return Span(cut, end)
    return Span(0, 0)


async def _respond(send: Send, status: int, kind: str, body: bytes) -> None:
    headers = [
        (b"content-type", kind.encode("latin-1")),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
