"""Tasks that are cancelled: what has left is waited for, what has not left does not leave."""

import asyncio
from collections.abc import Callable

import pytest
from tests.faults.answers import document, good
from tests.faults.clients import CALLS, Terms, async_client
from tests.faults.faults import FAULTS, Reply
from tests.faults.servers import Held, Peer, Seen, Server
from tests.faults.test_nothing_lost import Kept

from msgsend import AsyncClient, BatchNumber

REPEATED = [name for name in CALLS if name != "GetBalance"]


def start(client: AsyncClient, operation: str) -> asyncio.Task[object]:
    method, parameters = CALLS[operation]

    async def call() -> object:
        return await getattr(client, method)(**parameters)

    return asyncio.create_task(call())


def _wire(name: str) -> Callable[[Seen], bytes]:
    """What a fault answers."""
    serve = FAULTS[name].serve
    assert isinstance(serve, Reply)
    return serve.wire


async def end(task: asyncio.Task[object]) -> None:
    """Cancelled, and not swallowed."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


_TURNS = 20


async def end_at_once(task: asyncio.Task[object]) -> None:
    """Cancelled, within some turns of the event loop."""
    task.cancel()
    for _ in range(_TURNS):
        await asyncio.sleep(0)
    assert task.cancelled()


@pytest.mark.parametrize("operation", REPEATED)
def test_what_comes_after_a_cancellation_is_kept(operation: str) -> None:
    kept, held = Kept(), Held(good)

    async def scenario() -> None:
        async with async_client(Terms(server.url, journal=kept)) as client:
            task = start(client, operation)
            assert await asyncio.to_thread(held.arrived.wait, 5)
            task.cancel()
            held.release.set()
            with pytest.raises(asyncio.CancelledError):
                await task

    with Server(held) as server:
        asyncio.run(scenario(), debug=True)
    (request,) = server.seen.requests
    assert kept.entries == [(operation, document(request).encode())]


@pytest.mark.parametrize("name", ["body cut", "page 500", "no form of a result"])
def test_what_fails_after_a_cancellation_is_kept(name: str) -> None:
    kept, held = Kept(), Held(_wire(name))

    async def scenario() -> None:
        async with async_client(Terms(server.url, journal=kept, timeout=1)) as client:
            task = start(client, "GetReport")
            assert await asyncio.to_thread(held.arrived.wait, 5)
            await end(task)
            held.release.set()

    with Server(held) as server:
        asyncio.run(scenario(), debug=True)
    (request,) = server.seen.requests
    assert kept.only == _wire(name)(request).partition(b"\r\n\r\n")[2]


def test_two_cancellations_are_as_one() -> None:
    kept, held = Kept(), Held(good)

    async def scenario() -> None:
        async with async_client(Terms(server.url, journal=kept)) as client:
            task = start(client, "GetMo")
            assert await asyncio.to_thread(held.arrived.wait, 5)
            task.cancel()
            await asyncio.sleep(0)
            held.release.set()
            await end(task)

    with Server(held) as server:
        asyncio.run(scenario(), debug=True)
    assert kept.only


def test_a_time_limit_of_the_caller_loses_nothing() -> None:
    kept, held = Kept(), Held(good)

    async def scenario() -> None:
        async with async_client(Terms(server.url, journal=kept)) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.get_report2(), 0.2)
            held.release.set()

    with Server(held) as server:
        asyncio.run(scenario(), debug=True)
    assert kept.only


def test_who_waits_for_the_closing_can_be_cancelled_as_well() -> None:
    kept, held = Kept(), Held(good)

    async def poll(client: AsyncClient) -> None:
        async with client:
            await client.get_report()

    async def scenario() -> None:
        polling = asyncio.create_task(poll(async_client(Terms(server.url, journal=kept))))
        assert await asyncio.to_thread(held.arrived.wait, 5)
        polling.cancel()
        await asyncio.sleep(0.01)
        await end(polling)
        assert kept.entries == []
        held.release.set()
        async with asyncio.timeout(5):
            while not kept.entries:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)  # and the closing ends, too

    with Server(held) as server:
        asyncio.run(scenario(), debug=True)
    assert kept.only


@pytest.mark.parametrize("turns", range(24))
def test_whenever_it_is_cancelled_what_arrives_is_kept(turns: int) -> None:
    """After each number of turns of the event loop, from before the connection to the answer."""
    kept = Kept()

    async def scenario() -> None:
        async with async_client(Terms(server.url, journal=kept)) as client:
            task = start(client, "GetReport")
            for _ in range(turns):
                await asyncio.sleep(0 if turns < 16 else 0.0005)
            task.cancel()
            await asyncio.wait({task})

    with Server(Reply(good)) as server:
        asyncio.run(scenario(), debug=True)
    assert server.seen.began == len(server.seen.requests) == len(kept.entries)
    if turns == 0:
        assert not server.seen.arrived


def _never_accepted() -> Server:
    return Server(Peer.hold, door="full")


@pytest.mark.parametrize("operation", REPEATED)
def test_a_call_that_waits_for_a_connection_is_cancelled_at_once(operation: str) -> None:
    kept = Kept()

    async def scenario() -> None:
        async with async_client(Terms(server.url, journal=kept)) as client:
            task = start(client, operation)
            await asyncio.sleep(0.05)
            await end_at_once(task)

    with _never_accepted() as server:
        asyncio.run(scenario(), debug=True)
    assert not kept.entries


def test_a_call_that_waits_for_the_pool_is_cancelled_at_once() -> None:
    kept, held = Kept(), Held(good)

    async def scenario() -> None:
        terms = Terms(server.url, journal=kept, connections=1)
        async with async_client(terms) as client:
            first = start(client, "SendMsg")
            assert await asyncio.to_thread(held.arrived.wait, 5)
            second = start(client, "GetReport")
            await asyncio.sleep(0.05)
            await end_at_once(second)
            held.release.set()
            assert await first == BatchNumber("13900000000")

    with Server(held) as server:
        asyncio.run(scenario(), debug=True)
    assert [request.operation for request in server.seen.requests] == ["SendMsg"]
    assert [operation for operation, _ in kept.entries] == ["SendMsg"]


def test_a_call_that_waits_for_its_turn_is_cancelled_at_once() -> None:
    """The balance can be had once in five seconds."""

    async def scenario() -> None:
        async with async_client(Terms(server.url, timeout=20)) as client:
            await client.get_balance()
            task = start(client, "GetBalance")
            await asyncio.sleep(0.05)
            await end_at_once(task)

    with Server(Reply(good)) as server:
        asyncio.run(scenario(), debug=True)
    assert len(server.seen.requests) == 1


def test_the_connection_of_a_cancelled_call_serves_nobody_else() -> None:
    """Its answer comes late, and must not become the answer to another call."""
    held = Held(good)

    async def scenario() -> object:
        async with async_client(Terms(server.url, connections=1)) as client:
            task = start(client, "SendMsg")
            assert await asyncio.to_thread(held.arrived.wait, 5)
            await end(task)
            held.release.set()
            return await client.send_msg(des_no="13900000001", msg="a【b】")

    with Server(held) as server:
        assert asyncio.run(scenario(), debug=True) == "13900000001"
    assert server.seen.connections == len(server.seen.requests) == 2


def test_a_client_is_closed_whatever_goes_on_in_another_event_loop() -> None:
    """As in a child process: the calls of its parent's event loop end there."""
    held = Held(good)

    async def begin() -> AsyncClient:
        client = async_client(Terms(server.url, journal=Kept()))
        start(client, "GetMo2")
        await asyncio.to_thread(held.arrived.wait, 5)
        return client

    async def close(client: AsyncClient) -> None:
        async with asyncio.timeout(2):
            await client.aclose()

    with Server(held) as server, asyncio.Runner() as first:
        client = first.run(begin())
        with asyncio.Runner() as second:
            second.run(close(client))
        held.release.set()
