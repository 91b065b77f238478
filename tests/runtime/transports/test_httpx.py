"""Over httpx2's transports: those of somebody's own, applications in the process, and proxies."""

import asyncio
import gc
import socket
import threading
import weakref
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from contextlib import ExitStack, contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from tests.runtime.client.fakes import PHONE, SECRET, SIGNED, answered, request_on

from msgsend import (
    AsyncClient,
    Client,
    HttpxAsyncTransport,
    HttpxTransport,
    MsgSendError,
    NotSent,
    OutcomeUnknown,
    Request,
    expect,
)
from msgsend._runtime.transports.httpx_events import SentAgain, Watch

ADDRESS = "http://127.0.0.1:9/Services/MsgSend.asmx"
BODY = answered("123").body

# ASGI's own types: a message may hold anything
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def sent(transport: httpx2.BaseTransport, address: str = ADDRESS) -> object:
    """A batch number, or what was raised."""
    with Client(
        user_code="demo",
        user_pass=SECRET,
        base_url=address,
        transport=HttpxTransport(transport),
        timeout=5,
    ) as sender:
        try:
            return expect(sender.send_msg(des_no=PHONE, msg=SIGNED))
        except MsgSendError as error:
            return error


def sent_async(transport: httpx2.AsyncBaseTransport, address: str = ADDRESS) -> object:
    async def run() -> object:
        async with AsyncClient(
            user_code="demo",
            user_pass=SECRET,
            base_url=address,
            transport=HttpxAsyncTransport(transport),
            timeout=5,
        ) as sender:
            try:
                return expect(await sender.send_msg(des_no=PHONE, msg=SIGNED))
            except MsgSendError as error:
                return error

    return asyncio.run(run())


RAISED: list[tuple[Exception, type[MsgSendError]]] = [
    (httpx2.ConnectError("x"), NotSent),
    (httpx2.ConnectTimeout("x"), NotSent),
    (httpx2.PoolTimeout("x"), NotSent),
    (httpx2.ReadTimeout("x"), OutcomeUnknown),
    (httpx2.WriteError("x"), OutcomeUnknown),
    (httpx2.RemoteProtocolError("x"), OutcomeUnknown),
    (RuntimeError("x"), OutcomeUnknown),
]


@pytest.mark.parametrize(("raised", "expected"), RAISED, ids=lambda each: repr(each))
def test_what_a_transport_raises(raised: Exception, expected: type[MsgSendError]) -> None:
    def handle(_: httpx2.Request) -> httpx2.Response:
        raise raised

    assert type(sent(httpx2.MockTransport(handle))) is expected
    assert type(sent_async(httpx2.MockTransport(handle))) is expected


def test_what_a_wrapper_claims_is_no_proof() -> None:
    """It may have sent the request before, and fail to connect when it tries again."""

    class Wrapper(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            raise httpx2.ConnectError("the second time")

    assert type(sent(Wrapper())) is OutcomeUnknown


def test_a_client_can_be_used_in_one_loop_after_another() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%s" % (
        len(BODY),
        BODY,
    )
    with proxy(answer, keeps=True) as (address, heads):
        sender = AsyncClient(
            user_code="demo",
            user_pass=SECRET,
            base_url=f"{address}/x.asmx",
            timeout=5,
            transport=HttpxAsyncTransport(),
        )

        async def send() -> object:
            return await sender.send_msg(des_no=PHONE, msg=SIGNED)

        assert [asyncio.run(send()) for _ in range(3)] == ["123"] * 3
        assert len(heads) == 3
        gc.collect()  # finds no socket that nobody closed


def test_a_client_that_nobody_closed_leaves_no_connection() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
    with proxy(answer, keeps=True) as (to, _):

        async def send_and_forget() -> list[weakref.ref[HttpxAsyncTransport]]:
            transport = HttpxAsyncTransport()
            sender = AsyncClient(
                user_code="demo", user_pass=SECRET, base_url=to, timeout=5, transport=transport
            )
            await sender.get_mo()
            return [weakref.ref(transport)]

        async def forget() -> None:
            (left,) = await send_and_forget()
            gc.collect()
            assert left() is None
            await asyncio.sleep(0.01)

        asyncio.run(forget())
        gc.collect()


def test_a_request_is_not_let_out_a_second_time() -> None:
    """Over HTTP/2 httpx2 sends again what a server gave up, without asking."""
    left: list[str] = []
    request = Request("GET", ADDRESS, (), b"", lambda: left.append("once"))
    watch = Watch(request, 1000, has_events=True)
    watch.on("connection.connect_tcp.started", {})
    watch.on("http2.send_request_headers.started", {"request": httpcore_request(b"CONNECT")})
    assert not watch.sent
    watch.on("http2.send_request_headers.started", {"request": httpcore_request(b"POST")})
    with pytest.raises(SentAgain):
        watch.on("http2.send_request_headers.started", {"request": httpcore_request(b"POST")})
    assert (left, watch.sent) == (["once"], True)


def httpcore_request(method: bytes) -> object:
    """What a request of the layer below has that is looked at."""
    return SimpleNamespace(method=method)


def test_a_transport_of_somebodys_own_answers() -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        assert request.headers["host"] == "127.0.0.1:9"
        assert b"DesNo=13900000000" in request.content
        return httpx2.Response(200, headers={"Content-Type": "text/xml"}, content=BODY)

    assert sent(httpx2.MockTransport(handle)) == "123"
    assert sent_async(httpx2.MockTransport(handle)) == "123"


def test_an_application_in_the_process_answers() -> None:
    async def application(scope: Message, receive: Receive, send: Send) -> None:
        assert scope["path"] == "/Services/MsgSend.asmx/SendMsg"
        assert b"DesNo=13900000000" in (await receive())["body"]
        headers = [(b"content-type", b"text/xml")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": BODY})

    assert sent_async(httpx2.ASGITransport(application)) == "123"


@pytest.mark.parametrize("raised", [httpx2.ConnectError("to somebody else"), OSError()])
def test_an_application_that_was_called_has_the_request(raised: Exception) -> None:
    """It may call others, who cannot be reached; but it has been called itself."""

    async def application(_: Message, __: Receive, ___: Send) -> None:
        raise raised

    assert type(sent_async(httpx2.ASGITransport(application))) is OutcomeUnknown


@contextmanager
def proxy(answer: bytes, *, keeps: bool = False) -> Generator[tuple[str, list[bytes]]]:
    """A proxy that answers each request with the same bytes, and then closes, or `keeps` open."""
    heads: list[bytes] = []
    with ExitStack() as kept:
        listening = kept.enter_context(socket.create_server(("127.0.0.1", 0)))

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with ExitStack() as closing:
                        (kept if keeps else closing).enter_context(connection)
                        heads.append(request_on(connection))
                        connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", heads
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


TUNNELS = {
    "refuses": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
    "opens a tunnel to nobody": b"HTTP/1.1 200 OK\r\n\r\n",
    "is none": b"220 mail ready\r\n",
}


@pytest.mark.parametrize("answer", TUNNELS.values(), ids=TUNNELS)
def test_a_request_for_a_tunnel_is_not_the_request(answer: bytes) -> None:
    with proxy(answer) as (address, heads):
        first = sent(httpx2.HTTPTransport(proxy=address), "https://gateway.example/x.asmx")
        second = sent_async(
            httpx2.AsyncHTTPTransport(proxy=address), "https://gateway.example/x.asmx"
        )
    assert (type(first), type(second)) == (NotSent, NotSent)
    assert [head.split(b" ")[0] for head in heads] == [b"CONNECT"] * 2


def test_a_proxy_for_plain_http_gets_the_request() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n" + BODY
    with proxy(answer) as (address, heads):
        assert sent(httpx2.HTTPTransport(proxy=address)) == "123"
    assert heads[0].startswith(b"POST http://127.0.0.1:9/Services/MsgSend.asmx/SendMsg HTTP/1.1")
    with proxy(b"") as (address, _):
        assert type(sent(httpx2.HTTPTransport(proxy=address))) is OutcomeUnknown
