"""What has come by the deadline is not lost, though nobody had the time to read it."""

import asyncio
import threading
from time import monotonic, sleep
from typing import Final

import pytest
from tests.faults.exchanges import closed, outcome, request
from tests.faults.servers import Peer, Server

from msgsend import AsyncHttpTransport, HttpTransport, Request, Response
from msgsend._runtime.transports.connection import Wire
from msgsend._runtime.transports.response_reader import ResponseReader

PAGE: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000
"""More than is read at once, and less than a system holds for a socket."""


def test_a_server_that_answers_and_reads_no_more_has_answered() -> None:
    """The client is still writing when its time is over."""

    def serve(peer: Peer) -> None:
        peer.take(1000)
        peer.send(PAGE)
        peer.ignore()

    async def run(kind: type[AsyncHttpTransport | HttpTransport]) -> object:
        transport = kind()
        try:
            return await outcome(transport, request(server.url, more=20_000_000), 0.5)
        finally:
            await closed(transport)

    with Server(serve) as server:
        for kind in (HttpTransport, AsyncHttpTransport):
            came = asyncio.run(run(kind))
            assert isinstance(came, Response)
            assert len(came.body) == 100_000


def test_an_event_loop_that_was_busy_until_the_deadline_reads_what_came() -> None:
    answered = threading.Event()

    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            peer.send(PAGE)
            answered.set()

    async def run() -> object:
        transport = AsyncHttpTransport()
        leaving = asyncio.Event()
        try:
            sent = request(server.url)
            sent = Request(sent.method, sent.url, sent.headers, sent.body, leaving=leaving.set)
            sending = asyncio.create_task(outcome(transport, sent, 0.3))
            await leaving.wait()
            end = monotonic() + 0.4
            answered.wait(5)
            sleep(max(0, end - monotonic()))  # all that is to come is here, and it is too late
            return await sending
        finally:
            await transport.aclose()

    with Server(serve) as server:
        came = asyncio.run(run())
    assert isinstance(came, Response)
    assert len(came.body) == 100_000


def test_a_thread_that_slept_until_the_deadline_reads_what_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As one does whose process was stopped, or whose machine was."""
    answered = threading.Event()

    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            peer.send(PAGE)
            answered.set()

    with Server(serve) as server:
        transport = HttpTransport()
        receive = Wire.receive

        def late(wire: Wire, reply: ResponseReader, deadline: float) -> None:
            answered.wait(5)
            receive(wire, reply, deadline)
            sleep(max(0, deadline - monotonic()) + 0.01)

        monkeypatch.setattr(Wire, "receive", late)
        came = transport.send(request(server.url), monotonic() + 0.3)
        transport.close()
    assert len(came.body) == 100_000
