"""The addresses of a name are tried one after another, and share the time until the deadline."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from errno import EAFNOSUPPORT, ECONNREFUSED
from typing import Final, TypeAlias, cast

import pytest
from tests.faults.exchanges import Outcome, closed, outcome, request
from tests.runtime.transports.answering import answering

from msgsend import AsyncHttpTransport, HttpTransport, Response, SendFailed
from msgsend._runtime.transports import names

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems have 127.0.0.1 alone, and queues of other kinds"
)

HERE: Final = (socket.AF_INET, "127.0.0.1")
REFUSED: Final = (socket.AF_INET, "127.0.0.2")
"""Nobody listens there: servers of these tests listen at 127.0.0.1."""
SILENT: Final = (socket.AF_INET, "127.0.0.3")
MISPLACED: Final = (socket.AF_INET6, "127.0.0.1")
"""No address of its family."""
LACKING: Final = (cast("socket.AddressFamily", 12345), "127.0.0.1")
"""Of a family that no machine has."""

Candidate: TypeAlias = tuple[socket.AddressFamily, str]
Addressed: TypeAlias = Callable[[Sequence[Candidate]], None]
Kind: TypeAlias = type[AsyncHttpTransport | HttpTransport]

each_transport = pytest.mark.parametrize("kind", [HttpTransport, AsyncHttpTransport])


@pytest.fixture
def addressed(monkeypatch: pytest.MonkeyPatch) -> Addressed:
    """A function that sets the addresses of all names."""

    def set_addresses(candidates: Sequence[Candidate]) -> None:
        def looked_up(_: str | bytes, flags: int) -> list[names.Address]:
            if flags:
                raise socket.gaierror
            return [(family, (host, 0)) for family, host in candidates]

        monkeypatch.setattr(names, "_looked_up", looked_up)

    return set_addresses


@contextmanager
def silent(port: int) -> Generator[None]:
    """A server whose queue is full: it answers no attempt to connect, and refuses none."""
    with socket.create_server((SILENT[1], port), backlog=0):
        waiting = [socket.socket() for _ in range(2)]
        try:
            for one in waiting:
                one.setblocking(False)
                one.connect_ex((SILENT[1], port))
            yield
        finally:
            for one in waiting:
                one.close()


def sent(kind: Kind, url: str, seconds: float = 30) -> Outcome:
    """The outcome of a request to a server that is known by a name."""

    async def exchange() -> Outcome:
        transport = kind()
        named = url.replace("127.0.0.1", "gateway.example")
        try:
            return await outcome(transport, request(named), seconds)
        finally:
            await closed(transport)

    return asyncio.run(exchange())


def reason(failed: Outcome) -> str:
    """The reason of a failure before which no byte has left."""
    assert isinstance(failed, SendFailed)
    assert not failed.sent
    return failed.reason


@each_transport
@pytest.mark.parametrize(
    "before", [(REFUSED,), (MISPLACED,), (LACKING,), (LACKING, REFUSED, MISPLACED)]
)
def test_the_next_address_is_tried(
    kind: Kind, before: tuple[Candidate, ...], addressed: Addressed
) -> None:
    addressed([*before, HERE])
    with answering() as server:
        assert isinstance(sent(kind, server.url), Response)
        assert server.connections == 1


@each_transport
def test_an_address_that_does_not_answer_gets_its_share_of_the_time_alone(
    kind: Kind, addressed: Addressed
) -> None:
    addressed([SILENT, HERE])
    with answering() as server, silent(int(server.url.rpartition(":")[2].strip("/"))):
        assert isinstance(sent(kind, server.url, seconds=2), Response)


@each_transport
def test_no_address_answers(kind: Kind, addressed: Addressed) -> None:
    addressed([SILENT, SILENT])
    with answering() as server, silent(int(server.url.rpartition(":")[2].strip("/"))):
        assert reason(sent(kind, server.url, seconds=0.2)) == "no connection in time"
        assert server.connections == 0


@each_transport
def test_the_last_reason_is_told(kind: Kind, addressed: Addressed) -> None:
    with answering() as server:
        addressed([LACKING, REFUSED])
        assert reason(sent(kind, server.url)) == f"cannot connect: {os.strerror(ECONNREFUSED)}"
        addressed([REFUSED, LACKING])
        assert reason(sent(kind, server.url)) == f"cannot connect: {os.strerror(EAFNOSUPPORT)}"
        addressed([])
        assert reason(sent(kind, server.url)) == "the name gateway.example has no address"
