"""Names of hosts that tasks call: looked up within the deadline, each address tried in turn."""

import asyncio
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.faults.answers import good
from tests.faults.faults import Reply
from tests.faults.servers import HOST, Server
from tests.faults.test_tls import certificate, server_context, trusting
from tests.runtime.client.fakes import PHONE, SECRET, SIGNED

from msgsend import (
    AsyncClient,
    AsyncHttpTransport,
    HttpxAsyncTransport,
    MsgSendError,
    NotSent,
    OutcomeUnknown,
    PlainTextWarning,
    expect,
)
from msgsend._runtime.transports.names import look_up

__all__ = ["certificate"]

pytestmark = pytest.mark.filterwarnings(f"ignore::{PlainTextWarning.__module__}.PlainTextWarning")
Kind: TypeAlias = type[AsyncHttpTransport] | type[HttpxAsyncTransport]
each_kind = pytest.mark.parametrize(
    "kind", [AsyncHttpTransport, HttpxAsyncTransport], ids=["ours", "httpx2"]
)
NAME = "gateway.example"
NOBODY = "127.0.0.9"
"""On Linux, the same machine; no server of a test listens there."""


def sent(kind: Kind, url: str, timeout: float = 5, **options: Any) -> object:
    """A batch number, or what was raised."""

    async def run() -> object:
        async with AsyncClient(
            user_code="demo",
            user_pass=SECRET,
            base_url=url,
            timeout=timeout,
            transport=kind(**options),
        ) as sender:
            return expect(await sender.send_msg(des_no=PHONE, msg=SIGNED))

    try:
        return asyncio.run(run())
    except MsgSendError as error:
        return error


@contextmanager
def resolver(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> Generator[list[str]]:
    """The name has these addresses; without any, looking it up hangs until the end."""
    asked: list[str] = []
    over = threading.Event()
    first = socket.getaddrinfo

    def getaddrinfo(host: str, *arguments: Any, **options: Any) -> object:
        if host != NAME or options.get("flags"):
            return first(host, *arguments, **options)
        asked.append(host)
        if not addresses:
            over.wait(20)
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    try:
        yield asked
    finally:
        over.set()


@each_kind
def test_each_address_is_tried(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    with resolver(monkeypatch, NOBODY, HOST) as asked, Server(Reply(good)) as server:
        assert sent(kind, server.url.replace(HOST, NAME)) == PHONE
    assert asked == [NAME]
    (request,) = server.seen.requests
    assert request.header("host").startswith(f"{NAME}:")


@each_kind
def test_a_name_is_what_a_certificate_is_for(
    kind: Kind, monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> None:
    """It is for `localhost`, and no other name, wherever that leads."""
    with (
        resolver(monkeypatch, HOST),
        Server(Reply(good), tls=server_context(certificate)) as server,
    ):
        right = server.url.replace(HOST, "localhost")
        assert sent(kind, right, tls=trusting(certificate)) == PHONE
        wrong = sent(kind, server.url.replace(HOST, NAME), tls=trusting(certificate))
        assert isinstance(wrong, NotSent)
    assert len(server.seen.requests) == 1


@each_kind
def test_a_look_up_that_hangs_ends_in_time(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """And so does the event loop."""
    with resolver(monkeypatch):
        outcome = sent(kind, f"http://{NAME}/x.asmx", 0.3)
    assert isinstance(outcome, NotSent)
    assert not isinstance(outcome, OutcomeUnknown)
    assert "was not resolved in time" in str(outcome)


@each_kind
def test_a_look_up_that_hangs_holds_nobody_who_has_given_up(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    with resolver(monkeypatch) as asked:
        for _ in range(3):
            assert isinstance(sent(kind, f"http://{NAME}/x.asmx", 0.1), NotSent)
        waiting = getattr(look_up(NAME), "_waiting")  # noqa: B009 - nobody else may look
        assert waiting == []
    assert asked == [NAME]


@each_kind
def test_a_name_without_an_address_is_not_sent_to(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    def getaddrinfo(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    outcome = sent(kind, f"http://{NAME}/x.asmx")
    assert isinstance(outcome, NotSent)
    assert "cannot resolve the name" in str(outcome)
