"""A response that drips, or is interrupted; and heads as other readers read them."""

import http.client
import io
from functools import partial
from random import Random
from time import process_time
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.runtime.transports.interrupts import Interrupt, Strike
from tests.runtime.transports.mutations import WHOLE, damaged
from tests.runtime.transports.reading import MOST, cut, fed, seen
from tests.runtime.transports.test_response_reader import ODD

from msgsend._runtime.transports.response_head import (
    ResponseHead,
    Untrusted,
    read_head,
    read_odd_head,
)
from msgsend._runtime.transports.response_reader import ResponseReader

if TYPE_CHECKING:
    import socket

_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
DRIPS = {
    "until the end": (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "a length": (b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", b"x"),
    "a head": (b"HTTP/1.1 200 OK\r\nX:", b"y"),
    "lines": (b"HTTP/1.1 200 OK\r\n", b"X:y\r\n"),
    "folds": (b"HTTP/1.1 200 OK\r\nX: y\r\n", b" z\r\n"),
    "empty lines": (b"", b"\r\n"),
    "chunks": (_CHUNKED, b"1\r\nx\r\n"),
    "trailers": (_CHUNKED + b"0\r\n", b"X: y\r\n"),
    "no HTTP": (b"no HTTP\r\n", b"x"),
}


def seconds(name: str, size: int) -> float:
    start, piece = DRIPS[name]
    data = start + piece * (size // len(piece)) + b"\r\n"
    reply = ResponseReader("POST", MOST)
    began = process_time()
    for at in range(len(data)):
        reply.feed(data[at : at + 1])
    reply.end()
    reply.received()
    return process_time() - began


@pytest.mark.few(4)
@pytest.mark.parametrize("name", DRIPS)
def test_what_drips_takes_linear_time(name: str) -> None:
    """Eight times as much takes about eight times as long, and not 64 times."""
    few = min(seconds(name, 8_000) for _ in range(3))
    many = min(seconds(name, 64_000) for _ in range(2))
    assert many / few < 24


@pytest.mark.parametrize("name", ["folds", "lines", "chunks", "trailers"])
def test_what_comes_at_once_takes_linear_time(name: str) -> None:
    def at_once(size: int) -> float:
        start, piece = DRIPS[name]
        data = start + piece * (size // len(piece)) + b"\r\n"
        began = process_time()
        fed([data], has_ended=True)
        return process_time() - began

    few = min(at_once(25_000) for _ in range(5))
    assert min(at_once(200_000) for _ in range(3)) / few < 24


@pytest.mark.parametrize("whole", WHOLE)
def test_an_interrupt_loses_no_byte(whole: bytes) -> None:
    """Whatever the instruction: who asks afterwards is told of all that came, and can go on."""
    chance = Random(1)
    settled = settings.default
    most = settled.max_examples if settled else 100
    numbers = sorted(chance.sample(range(3_000), min(most, 3_000)))
    for number in numbers:
        strike = Strike(number)
        reply, come = ResponseReader("POST", MOST), b""
        for piece in cut(whole, [9, 20, 60, 61, 90, 120, 130]):
            coming = io.BytesIO(piece)
            try:
                strike.during(partial(reply.take, coming.read))
            except Interrupt:
                come += piece[: coming.tell()]
                assert seen(reply) == seen(fed([come]))
                if not coming.tell():
                    reply.take(coming.read)
                    come += piece
            else:
                come += piece
        assert seen(reply) == seen(fed([whole]))
        if not strike.has_struck:
            break


class _Socket:
    """What `http.client` asks of a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


AS_HTTP_CLIENT = {
    "a blank before the colon",
    "no colon",
    "no name",
    "a name in Chinese",
    "a blank in a name",
    "a folded line",
    "a line of blanks",
    "a control in a value",
    "a control in a name",
    "line feeds",
    "two blanks in the status line",
    "a tab in the status line",
    "a control in the reason",
    "HTTP/1.7",
}


@pytest.mark.parametrize("name", sorted(AS_HTTP_CLIENT))
def test_what_is_odd_is_read_as_http_client_reads_it(name: str) -> None:
    theirs = http.client.HTTPResponse(cast("socket.socket", _Socket(ODD[name])))
    theirs.begin()
    outcome = seen(fed([ODD[name]], has_ended=True))
    assert (theirs.status, theirs.read()) == (outcome.status, outcome.received)


def _heads(head: bytes) -> list[ResponseHead | str]:
    heads: list[ResponseHead | str] = []
    for read in (read_head, read_odd_head):
        try:
            heads.append(read(head))
        except Untrusted as problem:
            heads.append(str(problem))
    return heads


@given(st.sampled_from(WHOLE), st.randoms(use_true_random=False))
def test_the_fast_way_reads_heads_as_the_slow_one(whole: bytes, chance: Random) -> None:
    head = damaged(whole.partition(b"\r\n\r\n")[0], chance) + b"\r\n\r\n"
    fast, slow = _heads(head)
    assert fast == slow
