"""Connections: kept, shared, and dropped when there is anything odd about them."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

import pytest
from tests.faults.answers import chunked, document, good, media, message
from tests.faults.clients import (
    CALLS,
    PHONE,
    SIGNED,
    Terms,
    Way,
    async_client,
    async_transport,
    gateway,
    sync_transport,
)
from tests.faults.faults import FAULTS, Flood, Reply
from tests.faults.outcomes import LONG, SHORT, UNBOUND
from tests.faults.servers import Behaviour, Held, Peer, Seen, Server
from tests.faults.test_outcomes import each_way

from msgsend import Client, HttpTransport, MsgSendError, NotSent

FORGED: Final = "666"
"""An answer that nobody must get."""


def phone(number: int) -> str:
    return str(int(PHONE) + number)


def send_some(way: Way, url: str, pause: float = 0) -> None:
    """Five messages, each of which must get its own answer."""
    sender = gateway(way, Terms(url, timeout=LONG))
    try:
        for number in range(5):
            assert sender.call("send_msg", des_no=phone(number), msg=SIGNED) == phone(number)
            time.sleep(pause)
    finally:
        sender.close()


def _reset_later(peer: Peer) -> None:
    for request in peer.requests():
        peer.send(good(request))
        peer.pause(0.01)  # a reset would overtake the answer
        peer.reset()
        return


def _old(request: Seen) -> bytes:
    return message(document(request), media(request), version="HTTP/1.0")


def _without_length(request: Seen) -> bytes:
    return message(document(request), media(request), length=-1)


KEPT: Final[dict[str, tuple[Behaviour, int]]] = {
    "kept": (Reply(good), 1),
    "chunked": (Reply(chunked), 1),
    "chunked with trailers": (FAULTS["chunked with trailers"].serve, 1),
    "kept by HTTP/1.0": (
        Reply(lambda r: _old(r).replace(b"\r\n\r\n", b"\r\nConnection: keep-alive\r\n\r\n", 1)),
        1,
    ),
    "closed by HTTP/1.0": (Reply(_old, "close"), 5),
    "closed by its headers": (Reply(lambda r: good(r, None, ("Connection", "close"))), 5),
    "closed by its body": (Reply(_without_length, "close"), 5),
    "closed while idle": (Reply(good, "close"), 5),
    "reset while idle": (_reset_later, 5),
}
"""How many connections five messages take."""


@pytest.mark.parametrize("name", KEPT)
@each_way
def test_connections_are_kept_while_that_is_sound(name: str, way: Way) -> None:
    serve, connections = KEPT[name]
    with Server(serve) as server:
        send_some(way, server.url, 0.2 if "idle" in name else 0)
    assert server.seen.began == len(server.seen.requests) == 5
    assert server.seen.connections in ((1, 5) if name == "kept by HTTP/1.0" else (connections,))


def _pushed(text: str) -> Callable[[Seen], bytes]:
    return lambda request: good(request) + good(request, text)


def _push_later(peer: Peer) -> None:
    for request in peer.requests():
        peer.send(good(request))
        peer.pause(0.02)
        peer.send(good(request, FORGED))


def _bid_farewell(peer: Peer) -> None:
    """As servers do that lose patience with an idle connection."""
    for request in peer.requests():
        peer.send(good(request))
        peer.pause(0.02)
        peer.send(message("", "text/html", "408 Request Timeout", ("Connection", "close")))
        return


UNASKED: Final[dict[str, Behaviour]] = {
    "with the answer": Reply(_pushed(FORGED)),
    "with the answer, large": Reply(_pushed("6" * 150_000)),
    "with the answer, chunked": Reply(lambda r: chunked(r) + good(r, FORGED)),
    "half a response": Reply(lambda r: good(r) + good(r, FORGED)[:-30]),
    "one byte": Reply(lambda r: good(r) + b"\n"),
    "a longer body": FAULTS["body longer than it says"].serve,
    "later": _push_later,
    "a farewell": _bid_farewell,
}


@pytest.mark.parametrize("name", UNASKED)
@each_way
def test_what_nobody_asked_for_is_nobodys_answer(name: str, way: Way) -> None:
    with Server(UNASKED[name]) as server:
        send_some(way, server.url, 0.2 if name in ("later", "a farewell") else 0.06)
    assert server.seen.began == len(server.seen.requests) == 5
    assert server.seen.connections == 5


@pytest.mark.some(60)
@pytest.mark.parametrize(
    "name", [name for name, fault in FAULTS.items() if isinstance(fault.serve, Reply | Flood)]
)
@each_way
def test_after_a_fault_the_next_call_gets_its_own_answer(name: str, way: Way) -> None:
    if way == "httpx" and name in UNBOUND:
        pytest.skip("HttpxTransport does not bound this, and says so")
    fault = FAULTS[name]

    def serve(peer: Peer) -> None:
        for request in peer.requests():
            if len(server.seen.requests) > 1:
                peer.send(good(request))
            elif isinstance(fault.serve, Reply):
                fault.serve.answer(peer, request)
                if fault.serve.then != "keep":
                    return
            elif isinstance(fault.serve, Flood):
                fault.serve.pour(peer)

    with Server(serve) as server:
        sender = gateway(way, Terms(server.url, timeout=SHORT if fault.hangs else LONG))
        with suppress(MsgSendError):
            sender.call("send_msg", des_no=phone(1), msg=SIGNED)
        assert sender.call("send_msg", des_no=phone(2), msg=SIGNED) == phone(2)
        sender.close()
    assert server.seen.began == len(server.seen.requests) == 2


def test_idle_connections_are_not_kept_for_ever() -> None:
    with Server(Reply(good)) as server:
        terms = Terms(server.url)
        shared = HttpTransport(keep_alive=0.05)
        with Client(**terms.common, transport=shared) as client:
            for _ in range(3):
                assert client.send_msg(des_no=PHONE, msg=SIGNED) == PHONE
                time.sleep(0.1)
    assert server.seen.connections == 3


@pytest.mark.parametrize("way", ["http", "httpx"])
def test_threads_share_a_client(way: Way) -> None:
    with Server(Reply(good)) as server, ThreadPoolExecutor(8) as threads:
        sender = gateway(way, Terms(server.url, timeout=LONG))

        def send_twenty(thread: int) -> None:
            for number in range(thread * 20, thread * 20 + 20):
                assert sender.call("send_msg", des_no=phone(number), msg=SIGNED) == phone(number)

        list(threads.map(send_twenty, range(8)))
        sender.close()
    sent = sorted(request.parameters["DesNo"] for request in server.seen.requests)
    assert sent == [phone(number) for number in range(160)]
    assert server.seen.connections <= 8


def test_tasks_share_a_client() -> None:
    async def scenario() -> None:
        async with async_client(Terms(server.url, timeout=LONG)) as client:

            async def send_twenty(task: int) -> None:
                for number in range(task * 20, task * 20 + 20):
                    answer = await client.send_msg(des_no=phone(number), msg=SIGNED)
                    assert answer == phone(number)

            await asyncio.gather(*map(send_twenty, range(8)))

    with Server(Reply(good)) as server:
        asyncio.run(scenario(), debug=True)
    sent = sorted(request.parameters["DesNo"] for request in server.seen.requests)
    assert sent == [phone(number) for number in range(160)]
    assert server.seen.connections <= 8


@pytest.mark.parametrize("way", ["http", "httpx"])
def test_a_call_that_gets_no_connection_is_not_sent(way: Way) -> None:
    held = Held(good)
    with Server(held) as server, ThreadPoolExecutor(1) as threads:
        patient = Terms(server.url, timeout=LONG, connections=1)
        hasty = Terms(server.url, timeout=SHORT, connections=1, retries=3)
        shared = sync_transport(way, patient)
        first = Client(**patient.common, transport=shared)
        second = Client(**hasty.common, transport=shared)
        waiting = threads.submit(first.send_msg, des_no=PHONE, msg=SIGNED)
        assert held.arrived.wait(5)
        with pytest.raises(NotSent):
            second.send_msg(des_no=phone(1), msg=SIGNED)
        held.release.set()
        assert waiting.result() == PHONE
        assert second.send_msg(des_no=phone(2), msg=SIGNED) == phone(2)
        first.close()
        second.close()
    assert [request.parameters["DesNo"] for request in server.seen.requests] == [PHONE, phone(2)]


def test_a_task_that_gets_no_connection_is_not_sent() -> None:
    held = Held(good)

    async def scenario() -> None:
        patient = Terms(server.url, timeout=LONG, connections=1)
        hasty = Terms(server.url, timeout=SHORT, retries=3)
        shared = async_transport(patient)
        async with async_client(patient, shared) as first:
            second = async_client(hasty, shared)
            waiting = asyncio.create_task(first.send_msg(des_no=PHONE, msg=SIGNED))
            assert await asyncio.to_thread(held.arrived.wait, 5)
            with pytest.raises(NotSent):
                await second.send_msg(des_no=phone(1), msg=SIGNED)
            held.release.set()
            assert await waiting == PHONE
            assert await second.send_msg(des_no=phone(2), msg=SIGNED) == phone(2)

    with Server(held) as server:
        asyncio.run(scenario(), debug=True)
    assert [request.parameters["DesNo"] for request in server.seen.requests] == [PHONE, phone(2)]


@each_way
def test_a_closed_client_sends_nothing(way: Way) -> None:
    with Server(Reply(good)) as server:
        sender = gateway(way, Terms(server.url))
        assert sender.call("send_msg", des_no=PHONE, msg=SIGNED) == PHONE
        sender.shut()
        for method, parameters in CALLS.values():
            with pytest.raises(NotSent):
                sender.call(method, **parameters)
        sender.close()
    assert len(server.seen.requests) == 1
