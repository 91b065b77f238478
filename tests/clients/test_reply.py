"""Heads and bodies of responses as h11 reads them, for any bytes a server may send.

We may refuse what h11 takes, and never the other way about; what both take is the same.
"""

import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from http.client import HTTPException
from time import monotonic

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from msgsend._runtime.reply import Reply
from msgsend._runtime.wire import Wire

Read = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers, body."""

LINES = st.sampled_from(
    [
        "Content-Length: 5",
        "Content-Length: 0",
        "content-length:5 ",
        "Content-Length: 5, 5",
        "Content-Length: 6",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: ٥",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: Chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
        "Connection: close",
        "Connection: Keep-Alive",
        "Content-Type: text/xml; charset=utf-8",
        "X: \tpadded\t ",
        "X : blank before the colon",
        " folded",
        "no colon",
        ": no name",
        "Empty:",
        "X: \x00",
    ]
)
STARTS = st.sampled_from(
    [
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200",
        "HTTP/1.1 200 ",
        "HTTP/1.0 200 OK",
        "HTTP/1.1 500 签",
        "HTTP/1.1 204 No Content",
        "HTTP/1.1 304 Not Modified",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK",
        "HTTP/2 200",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000 OK",
        "http/1.1 200 OK",
        "ICY 200 OK",
        "",
    ]
)
BODIES = st.sampled_from(
    [
        "",
        "hello",
        "hello, and more",
        "5\r\nhello\r\n0\r\n\r\n",
        "5;x=y\r\nhello\r\n0\r\nTrailer: 1\r\n\r\n",
        "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "5\r\nhel",
        "-5\r\nhello\r\n0\r\n\r\n",
        "2\r\nheXX3\r\nllo\r\n0\r\n\r\n",
        "2\r\nhe\n3\r\nllo\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "0_5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "5 \r\nhello\r\n00\r\n\r\n",
        "5\r\nhello\r\n0\r\nno field\r\n\r\n",
        "5\r\nhello\r\n0\r\n",
        "zz\r\nhello",
        "0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ]
)


def assembled(start: str, lines: list[str], body: str, end: str) -> bytes:
    return end.join([start, *lines, "", ""]).encode() + body.encode()


RESPONSES = st.builds(
    assembled, STARTS, st.lists(LINES, max_size=4), BODIES, st.sampled_from(["\r\n", "\n"])
)


def by_h11(data: bytes) -> Read | None:
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
    connection.send(h11.EndOfMessage())
    head: h11.Response | None = None
    body = b""
    try:
        connection.receive_data(data)
        connection.receive_data(b"")
        while True:
            match connection.next_event():
                case h11.Response() as found:
                    head = found
                case h11.Data(data=part):
                    body += bytes(part)
                case h11.EndOfMessage():
                    break
                case h11.InformationalResponse(status_code=status) if status != 101:
                    pass
                case _:
                    return None
    except h11.RemoteProtocolError:
        return None
    if head is None:
        return None
    fields = [(name.decode(), value.decode("latin-1")) for name, value in head.headers]
    return head.status_code, comparable(fields), body


def sent(end: socket.socket, data: bytes) -> None:
    with end, suppress(OSError):
        end.sendall(data)


def by_us(data: bytes) -> Read | None:
    ours, theirs = socket.socketpair()
    wire = Wire(ours)
    wire.deadline = monotonic() + 10
    reply = Reply(wire, "GET")
    try:
        threading.Thread(target=sent, args=(theirs, data)).start()
        reply.begin()
        body = bytearray()
        expected = reply.length  # which http.client counts down
        while expected is None or len(body) < expected:
            piece = reply.read1(100 if expected is None else expected - len(body))
            if not piece and expected is not None:
                return None
            if not piece:
                break
            body += piece
    except (HTTPException, OSError):
        return None
    finally:
        reply.close()
        wire.shut()
    return reply.status, comparable(reply.fields), bytes(body)


def comparable(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """h11 makes one length of several equal ones, and writes codings in small letters."""
    found: list[tuple[str, str]] = []
    for name, value in fields:
        if name.lower() == "content-length":
            value = value.split(",", maxsplit=1)[0].strip()
        if name.lower() == "transfer-encoding":
            value = value.lower()
        field = name.lower(), value.strip(" \t")
        if field[0] != "content-length" or field not in found:
            found.append(field)
    return found


@given(RESPONSES)
@example(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
@example(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nheXX3\r\nllo\r\n0\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n")
def test_nothing_is_read_otherwise_than_by_h11(data: bytes) -> None:
    found = by_us(data)
    assert found is None or found == by_h11(data)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a\r\nhello\r\n0\r\nT: 1\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\nhello",
        b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
)
def test_good_responses_are_read(data: bytes) -> None:
    found = by_us(data)
    assert found is not None
    assert found == by_h11(data)


@pytest.mark.parametrize(
    "field", ["Content-Length: 1_0", "Content-Length: 5\r\nContent-Length: 6", "X:1\r\n y"]
)
def test_ambiguous_heads_are_refused(field: str) -> None:
    assert by_us(f"HTTP/1.1 200 OK\r\n{field}\r\n\r\nhello".encode()) is None


@pytest.mark.parametrize("line", [b"X: y\r\n", b"X: " + b"y" * 60_000 + b"\r\n"])
def test_heads_end(line: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + line * (400_000 // len(line)) + b"\r\n"
    assert by_us(head + b"hello") is None
