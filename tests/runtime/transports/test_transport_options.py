"""What the default transport is told: headers, Basic, keep-alive; and what it refuses."""

import asyncio
import gc
from base64 import b64decode
from collections.abc import Mapping
from time import monotonic
from typing import Any

import pytest
from tests.faults.held import held
from tests.runtime.transports.answering import ANSWER, answering

from msgsend import AsyncHttpTransport, HttpTransport
from msgsend._runtime.transports.connection import Origin, Wire
from msgsend._runtime.transports.pool import Pool
from msgsend._runtime.transports.transport_options import KEEP_ALIVE, Options, taken
from msgsend._runtime.wire.exchange import Request, SendFailed

SECRET = "s3cret: 签名&%"


def sent(**options: Any) -> list[str]:  # Any: as a caller writes them
    """The lines of a request's head."""
    with answering() as server:
        transport = HttpTransport(**options)
        server.ask(transport, b"body")
        transport.close()
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert body == b"body"
    return head.decode("ascii").split("\r\n")


def test_a_transport_says_what_it_is() -> None:
    assert "User-Agent: msgsend" in sent()
    assert "User-Agent: shop/2 (ops@example.org)" in sent(user_agent="shop/2 (ops@example.org)")
    assert not [line for line in sent(user_agent=None) if line.lower().startswith("user-agent")]


def test_own_headers_go_with_every_request() -> None:
    lines = sent(headers={"X-Api-Key": "k-1", "Accept-Language": "zh"}, user_agent=None)
    assert lines[0] == "POST / HTTP/1.1"
    assert lines[2:] == ["Content-Length: 4", "X-Api-Key: k-1", "Accept-Language: zh"]


def test_basic_is_in_utf_8_and_shows_nowhere() -> None:
    with answering() as server:
        transport = HttpTransport(auth=("客户", SECRET), headers={"X-Key": SECRET[:6]})
        gc.collect()
        shown = repr(vars(transport)) + repr(vars(transport).values())
        assert SECRET not in shown
        assert SECRET[:6] not in shown
        server.ask(transport)
        transport.close()
    (line,) = [header for header in server.requests[0].split(b"\r\n") if b"Authorization" in header]
    assert b64decode(line.rpartition(b" ")[2]).decode() == f"客户:{SECRET}"


HEADERS: list[Mapping[str, str]] = [
    *(
        {name: SECRET}
        for name in (
            "Host",
            "content-length",
            "Connection",
            "Transfer-Encoding",
            "User-Agent",
            "TE",
        )
    ),
    *({"X": f"{SECRET[:6]}{end}"} for end in ("\r\nY: 1", "\n", "\0", " ", "\x7f", "签")),
    *({name: SECRET} for name in ("X Y", "", "X:", "签")),
    {"X": "1", "x": SECRET},
]


@pytest.mark.parametrize("headers", HEADERS)
def test_what_cannot_be_sent_is_refused_and_does_not_show(headers: Mapping[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^(headers|X): ") as caught:
        HttpTransport(headers=headers)
    assert SECRET[:6] not in str(caught.value)


@pytest.mark.parametrize("auth", [("a:b", SECRET), ("a\n", SECRET), ("a", f"{SECRET}\0")])
def test_names_and_passwords_that_basic_does_not_have(auth: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="auth") as caught:
        HttpTransport(auth=auth)
    assert SECRET not in str(caught.value)


def test_one_authorization_is_enough() -> None:
    with pytest.raises(ValueError, match="not both"):
        HttpTransport(auth=("a", "b"), headers={"authorization": "Bearer x"})
    assert "authorization: Bearer x" in sent(headers={"authorization": "Bearer x"})


MISTAKES: list[Any] = [  # Any: they do not fit
    {"connections": 0},
    {"connections": 1.5},
    {"max_bytes": -1},
    {"keep_alive": -1},
    {"keep_alive": float("nan")},
    {"keep_alive": "4"},
    {"tls": "ca.pem"},
    {"user_agent": ""},
    {"auth": SECRET},
    {"auth": ("a", SECRET, 1)},
    {"auth": ("a", SECRET.encode())},
    {"auth": ("a", f"{SECRET}\n")},
    {"headers": [("X", SECRET)]},
    {"headers": {"X": SECRET.encode()}},
    {"headers": {"X": f"{SECRET}\n"}},
    {"headers": {SECRET: "x"}},
    {"auth": ("a", SECRET), "headers": {"Authorization": SECRET}},
]


@pytest.mark.parametrize("transport", [HttpTransport, AsyncHttpTransport])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_and_no_frame_has_a_secret(mistake: Any, transport: Any) -> None:
    with pytest.raises(ValueError, match=r"^[a-zUX]") as caught:
        transport(**{"headers": {"X-Key": SECRET[:6]}, **mistake})
    assert [text for text in held(caught.value) if SECRET[:6] in text] == []


def test_connections_are_used_for_less_than_servers_keep_them() -> None:
    assert taken(Options.tried()).keep_alive == KEEP_ALIVE == 4


@pytest.mark.parametrize(
    ("field", "connections"), [("timeout=9", 1), ("max=9", 1), ("timeout=1", 3), ("timeout=0", 3)]
)
def test_a_server_can_keep_nothing(field: str, connections: int) -> None:
    answer = ANSWER.replace(b"\r\n", f"\r\nKeep-Alive: {field}\r\n".encode(), 1)
    with answering(lambda _: answer) as server:
        transport = HttpTransport()
        for _ in range(3):
            server.ask(transport)
        transport.close()
    assert server.connections == connections


@pytest.mark.parametrize(("told", "kept"), [(None, 4), (15, 4), (5, 4), (3, 2), (2, 1)])
def test_a_connection_is_given_up_a_second_before_the_server_gives_it_up(
    told: float | None, kept: float
) -> None:
    assert taken(Options.tried()).kept_for(told) == kept
    pool = Pool(1, lambda: pytest.fail("not encrypted"))
    wire = Wire(Origin("http", "127.0.0.1", 80))
    pool.give_back(wire, kept)
    assert wire.kept_until == pytest.approx(monotonic() + kept, abs=0.5)
    pool.close()
    assert wire.is_shut


@pytest.mark.parametrize("name", ["Authorization", "authorization", "X-Key"])
@pytest.mark.parametrize("is_async", [False, True])
def test_no_header_is_sent_twice(name: str, is_async: bool) -> None:
    """A call with a header that the transport has too leaves no byte, and no secret shows."""
    own: dict[str, Any] = {"headers": {"x-key": SECRET[:6]}}
    if name.lower() == "authorization":
        own = {"auth": ("a", SECRET)}
    with answering() as server:
        headers = ((name, f"Basic {SECRET[:6]}"),)
        request = Request("POST", server.url, headers, b"body")

        def send() -> object:
            deadline = monotonic() + 5
            if is_async:
                return asyncio.run(AsyncHttpTransport(**own).send(request, deadline))
            return HttpTransport(**own).send(request, deadline)

        with pytest.raises(SendFailed, match=f"header {name} of its own") as caught:
            send()
        assert server.requests == []
    assert (caught.value.sent, caught.value.is_final) == (False, True)
    assert SECRET[:6] not in caught.value.reason
