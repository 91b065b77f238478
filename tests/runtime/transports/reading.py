"""What must hold of the reader of responses for any bytes, with h11 and a plain loop as oracles."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import h11

from msgsend._runtime.transports.response_reader import ResponseReader

MOST = 1 << 20


class Read(NamedTuple):
    """A whole response."""

    status: int
    body: bytes
    is_reusable: bool


class Seen(NamedTuple):
    """All that a ResponseReader can be asked."""

    status: int | None
    headers: tuple[tuple[str, str], ...]
    is_whole: bool
    is_refused: bool
    has_head: bool
    received: bytes
    problem: str
    is_reusable: bool
    keep_seconds: float | None


def fed(
    pieces: Iterable[bytes], *, has_ended: bool = False, max_bytes: int = MOST
) -> ResponseReader:
    reply = ResponseReader("POST", max_bytes)
    for piece in pieces:
        reply.feed(piece)
    if has_ended:
        reply.end()
    return reply


def seen(reply: ResponseReader) -> Seen:
    return Seen(
        reply.status,
        reply.headers,
        reply.is_whole,
        reply.is_refused,
        reply.has_head,
        reply.received(),
        reply.problem,
        reply.is_reusable,
        reply.keep_seconds,
    )


def cut(data: bytes, places: Iterable[int]) -> list[bytes]:
    """The data in pieces."""
    ends = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(ends)]


def by_h11(data: bytes, *, has_ended: bool) -> Read | None:
    """The response as h11 reads it, if it does."""
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    connection.send(h11.EndOfMessage())
    status, body, is_informed = 0, bytearray(), False
    try:
        connection.receive_data(data)
        while True:
            match connection.next_event():
                case h11.Response(status_code=code):
                    status = code
                case h11.Data(data=part):
                    body += part
                case h11.EndOfMessage():
                    break
                case h11.InformationalResponse(status_code=code) if code != 101:
                    is_informed = True
                case h11.NEED_DATA if has_ended:
                    connection.receive_data(b"")
                    has_ended = False
                case _:
                    return None
    except h11.RemoteProtocolError:
        return None
    is_clean = connection.their_state is h11.DONE and not connection.trailing_data[0]
    return Read(status, bytes(body), is_clean and not is_informed)


_SIZE = re.compile(rb"([0-9a-fA-F]+)[ \t]*(?:;[^\r\n]*)?\r\n")


def without_framing(data: bytes) -> bytes:
    """The data of chunks, as far as it has come."""
    body, at = bytearray(), 0
    while (
        at < len(data) and (size_line := _SIZE.match(data, at)) and (size := int(size_line[1], 16))
    ):
        body += data[size_line.end() : size_line.end() + size]
        at = size_line.end() + size + 2
    return bytes(body)


def check(data: bytes, places: Sequence[int], *, has_ended: bool) -> Seen:
    """Whatever comes, in whatever pieces: nothing is raised, nothing is lost, nothing is made up.

    - The pieces make no difference.
    - A response is whole, or all that came can be had: head and all if it is refused, or cut in
      the head; else the body as far as it has come.
    - A body is what its framing says, and no byte more.
    - h11 reads the same, if it reads it. What h11 refuses leaves no connection to be used again.
      (It never keeps one of HTTP/1.0.)
    """
    outcome = seen(fed([data], has_ended=has_ended))
    assert outcome == seen(fed(cut(data, places), has_ended=has_ended))
    assert outcome.is_whole == (not outcome.problem)
    assert outcome.is_reusable <= outcome.is_whole
    if outcome.status is None:
        assert outcome.has_head == bool(data)
    if outcome.has_head:
        assert not outcome.is_whole
        assert outcome.received == data
        return outcome
    if outcome.status is None:
        return outcome
    _check_body(data, outcome, has_ended=has_ended)
    theirs = by_h11(data, has_ended=has_ended)
    if theirs is not None and outcome.is_whole:
        assert (theirs.status, theirs.body) == (outcome.status, outcome.received)
        assert outcome.is_reusable <= (theirs.is_reusable or b"HTTP/1.0" in data)
    if theirs is None:
        assert not outcome.is_reusable
    return outcome


def _check_body(data: bytes, outcome: Seen, *, has_ended: bool) -> None:
    fields = [(name.lower(), value) for name, value in outcome.headers]
    lengths = {int(value.split(",")[0]) for name, value in fields if name == "content-length"}
    is_chunked = any(name == "transfer-encoding" for name, _ in fields)
    assert len(lengths) + is_chunked <= 1
    assert outcome.received in data or is_chunked
    if outcome.status in (101, 204, 304):
        assert outcome.received == b""
    elif is_chunked:
        assert any(
            without_framing(data[end.end() :]) == outcome.received
            for end in re.finditer(rb"\n\r?\n", data)
        )
    elif lengths:
        (length,) = lengths
        assert len(outcome.received) <= length
        assert outcome.is_whole == (len(outcome.received) == length)
    else:
        assert data.endswith(outcome.received)
        assert outcome.is_whole == has_ended
