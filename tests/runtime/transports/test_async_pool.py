"""The pool of AsyncClient's transport: who gets a connection, for how long, and whose it is."""

import asyncio
import gc
import os
import random
import socket
import threading
import time
import weakref
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from tests.faults.answers import good
from tests.faults.exchanges import outcome, request
from tests.faults.faults import Reply
from tests.faults.servers import Held, Peer, Seen, Server
from tests.runtime.client.fakes import PHONE, SECRET, SIGNED

from msgsend import AsyncClient, AsyncHttpTransport, Response, SendFailed
from msgsend._runtime.transports.async_pool import Pool
from msgsend._runtime.transports.connection import Origin

MANY = 10_000 if settings().max_examples >= 150 else 2_000


def phone(number: int) -> str:
    return str(int(PHONE) + number)


def answer_of(came: object) -> str:
    """The number that was answered, which is the one that was asked."""
    assert isinstance(came, Response), came
    return came.body.decode().rpartition("</")[0].rpartition(">")[2]


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """In an event loop that tells of what is forgotten in it."""
    problems: list[object] = []

    async def watched() -> None:
        asyncio.get_running_loop().set_exception_handler(
            lambda _, problem: problems.append(problem)
        )
        await coroutine

    asyncio.run(watched(), debug=True)
    gc.collect()
    assert problems == []


def test_many_at_once_share_a_few_connections() -> None:
    async def scenario() -> None:
        transport = AsyncHttpTransport(connections=8)
        phones = [phone(number) for number in range(MANY)]
        came = await asyncio.gather(
            *(outcome(transport, request(server.url, caller), 60) for caller in phones)
        )
        assert [answer_of(response) for response in came] == phones
        await transport.aclose()

    with Server(Reply(good)) as server:
        asyncio.run(scenario())
    assert server.seen.connections <= 8
    assert len(server.seen.requests) == MANY


def test_who_came_first_is_served_first() -> None:
    served: list[str] = []

    def answer(seen: Seen) -> bytes:
        served.append(seen.parameters["DesNo"])
        return good(seen)

    async def scenario() -> None:
        transport = AsyncHttpTransport(connections=1)
        phones = [phone(number) for number in range(50)]
        await asyncio.gather(
            *(outcome(transport, request(server.url, caller)) for caller in phones)
        )
        assert served == phones
        await transport.aclose()

    with Server(Reply(answer)) as server:
        run(scenario())
    assert server.seen.connections == 1


def test_waiting_for_a_connection_ends_at_the_deadline() -> None:
    held = Held(good)

    async def scenario() -> None:
        transport = AsyncHttpTransport(connections=1)
        first = asyncio.create_task(outcome(transport, request(server.url)))
        assert await asyncio.to_thread(held.arrived.wait, 5)
        waiting = [outcome(transport, request(server.url), 0.1) for _ in range(20)]
        patient = asyncio.create_task(outcome(transport, request(server.url, phone(1))))
        for failed in await asyncio.gather(*waiting):
            assert isinstance(failed, SendFailed)
            assert (failed.sent, failed.reason) == (False, "no connection became free in time")
        held.release.set()
        assert answer_of(await first) == PHONE
        assert answer_of(await patient) == phone(1)
        await transport.aclose()

    with Server(held) as server:
        run(scenario())
    assert len(server.seen.requests) == 2


def test_closing_ends_the_waiting() -> None:
    held = Held(good)

    async def scenario() -> None:
        transport = AsyncHttpTransport(connections=1)
        first = asyncio.create_task(outcome(transport, request(server.url)))
        assert await asyncio.to_thread(held.arrived.wait, 5)
        second = asyncio.create_task(outcome(transport, request(server.url)))
        await asyncio.sleep(0.01)
        await transport.aclose()
        failed = await second
        assert isinstance(failed, SendFailed)
        assert (failed.sent, failed.is_final) == (False, True)
        held.release.set()
        assert answer_of(await first) == PHONE

    with Server(held) as server:
        run(scenario())


def test_cancelled_tasks_give_their_places_back() -> None:
    """Cancelled after any number of turns of the event loop, waiting, connecting or sending."""

    async def scenario() -> None:
        transport = AsyncHttpTransport(connections=3)
        drawn = random.Random(2032)
        for _ in range(40):
            tasks = [
                asyncio.create_task(outcome(transport, request(server.url, phone(number))))
                for number in range(8)
            ]
            for task in drawn.sample(tasks, 5):
                for _ in range(drawn.randrange(4)):
                    await asyncio.sleep(0)
                task.cancel()
            for number, came in enumerate(await asyncio.gather(*tasks, return_exceptions=True)):
                assert _is_cancelled(came) or answer_of(came) == phone(number)
        await transport.aclose()

    with Server(Reply(good)) as server:
        run(scenario())
    assert server.seen.began == len(server.seen.requests)


def _is_cancelled(came: object) -> bool:
    return isinstance(came, asyncio.CancelledError) or (
        isinstance(came, SendFailed) and isinstance(came.interrupt, asyncio.CancelledError)
    )


def test_a_connection_that_is_lost_is_found_again() -> None:
    """As when an interrupt strikes where nobody catches it: who held it is gone."""

    async def scenario() -> None:
        pool = Pool(1)
        await pool.begin()
        origin, soon = Origin("http", "127.0.0.1", 9), time.monotonic() + 5
        first = await pool.take(origin, soon)
        waiting = asyncio.create_task(pool.take(origin, soon))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        del first
        pool.drop(await waiting)
        await pool.aclose()

    run(scenario())


def test_a_connection_that_was_given_back_is_another_object() -> None:
    """A traceback of an earlier exchange is kept. The connection is used again, and lost."""

    async def scenario(port: int) -> None:
        pool = Pool(1)
        await pool.begin()
        origin, soon = Origin("http", "127.0.0.1", port), time.monotonic() + 5
        kept = await pool.take(origin, soon)
        line = kept.open(socket.AF_INET)
        await asyncio.get_running_loop().sock_connect(line.sock, ("127.0.0.1", port))
        pool.give_back(kept, 5)
        assert kept.is_closed
        lost = [await pool.take(origin, soon)]
        lost.clear()
        await asyncio.sleep(0)
        pool.drop(await pool.take(origin, soon))
        await pool.aclose()

    with Server(lambda peer: peer.hold()) as server:
        run(scenario(int(server.url.split(":")[2].split("/")[0])))


def test_a_loop_that_was_busy_does_not_use_an_old_connection() -> None:
    """The end of the connection has come, and the event loop has had no time to tell."""

    def serve(peer: Peer) -> None:
        for seen in peer.requests():
            peer.send(good(seen))
            return

    async def scenario() -> None:
        transport = AsyncHttpTransport()
        assert answer_of(await outcome(transport, request(server.url))) == PHONE
        time.sleep(0.1)
        assert answer_of(await outcome(transport, request(server.url))) == PHONE
        await transport.aclose()

    with Server(serve) as server:
        run(scenario())
    assert server.seen.connections == 2


KEPT: dict[str, tuple[float, str, int]] = {
    "until its time is up": (0.2, "", 2),
    "as long as the server says": (4.0, "\r\nKeep-Alive: timeout=1, max=100", 3),
    "not at all": (0.0, "", 3),
    "shorter than the server says": (0.2, "\r\nKeep-Alive: timeout=60", 2),
}


@pytest.mark.few(2)
@pytest.mark.parametrize("name", KEPT)
def test_how_long_a_connection_is_kept(name: str) -> None:
    keep_alive, line, connections = KEPT[name]

    def answer(seen: Seen) -> bytes:
        return good(seen).replace(b"200 OK", f"200 OK{line}".encode(), 1)

    async def scenario() -> None:
        transport = AsyncHttpTransport(keep_alive=keep_alive)
        for pause in (0, 0, 0.3):
            time.sleep(pause)
            assert answer_of(await outcome(transport, request(server.url))) == PHONE
        await transport.aclose()

    with Server(Reply(answer)) as server:
        run(scenario())
    assert server.seen.connections == connections


# ---- one event loop after another, and none


def client(url: str, transport: AsyncHttpTransport | None = None) -> AsyncClient:
    return AsyncClient(
        user_code="demo",
        user_pass=SECRET,
        base_url=url,
        timeout=5,
        transport=transport or AsyncHttpTransport(),
    )


def test_one_event_loop_after_another() -> None:
    with Server(Reply(good)) as server:
        sender = client(server.url)

        async def send() -> None:
            for _ in range(3):
                assert await sender.send_msg(des_no=PHONE, msg=SIGNED) == PHONE

        for _ in range(3):
            run(send())
        assert server.seen.connections == 3


def test_two_event_loops_at_a_time() -> None:
    with Server(Reply(good)) as server:
        transport = AsyncHttpTransport()

        async def send() -> None:
            for number in range(20):
                assert answer_of(await outcome(transport, request(server.url, phone(number))))

        async def both() -> None:
            assert answer_of(await outcome(transport, request(server.url))) == PHONE
            await asyncio.gather(asyncio.to_thread(asyncio.run, send()), send())

        run(both())
        assert server.seen.connections == 2


def test_a_client_that_nobody_closed_leaves_no_connection() -> None:
    with Server(Reply(good)) as server:

        async def send_and_forget() -> weakref.ref[AsyncHttpTransport]:
            transport = AsyncHttpTransport()
            sender = client(server.url, transport)
            assert await sender.send_msg(des_no=PHONE, msg=SIGNED) == PHONE
            return weakref.ref(transport)

        async def forget() -> None:
            left = await send_and_forget()
            gc.collect()
            assert left() is None
            await asyncio.sleep(0.01)

        run(forget())


def test_an_event_loop_that_ends_closes_what_is_open() -> None:
    ended = threading.Event()

    def serve(peer: Peer) -> None:
        for seen in peer.requests():
            peer.send(good(seen))
        ended.set()

    with Server(serve) as server:
        sender = client(server.url)

        async def send() -> None:
            assert await sender.send_msg(des_no=PHONE, msg=SIGNED) == PHONE

        run(send())
        assert ended.wait(1)


# ---- another process


def in_a_child(job: Callable[[], bool]) -> bool:
    """What comes of it in a child process."""
    child = os.fork()
    if not child:
        try:
            os._exit(0 if job() else 1)
        finally:
            os._exit(2)
    return os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_does_not_share_connections() -> None:
    """Neither from between two event loops nor from within one."""
    with Server(Reply(good)) as server:
        sender = client(server.url)

        async def send() -> bool:
            return await sender.send_msg(des_no=PHONE, msg=SIGNED) == PHONE

        async def fork() -> None:
            assert await send()
            assert server.seen.connections == 1
            assert in_a_child(lambda: asyncio.run(send()))
            assert await send()
            assert server.seen.connections == 2

        run(fork())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_does_not_keep_the_parents_connections_open() -> None:
    """So the server sees their end when the parent closes them."""

    async def scenario() -> None:
        transport = AsyncHttpTransport()
        assert answer_of(await outcome(transport, request(server.url))) == PHONE
        assert connected_to(server.url) == 1
        assert in_a_child(lambda: connected_to(server.url) == 0)
        assert answer_of(await outcome(transport, request(server.url))) == PHONE
        await transport.aclose()
        assert connected_to(server.url) == 0

    with Server(Reply(good)) as server:
        run(scenario())
    assert server.seen.connections == 1


def connected_to(url: str) -> int:
    """How many descriptors of this process are a connection to a server."""
    port = urlsplit(url).port
    count = 0
    for descriptor in range(3, 256):
        with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as sock:
            count += sock.family == socket.AF_INET and sock.getpeername()[1] == port
    return count
