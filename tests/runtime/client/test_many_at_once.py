"""At most `max_in_flight` calls go on at a time; the others wait, for ever or for a while."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from tests.runtime.client.fakes import PHONE, answered

from msgsend import AsyncClient, Client, NotSent, Request, Response

MOST = 3
TIMEOUT = 20
SENT = answered("1")


class Counted:
    """The requests that have come, with their deadlines; the most under way at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.deadlines: list[float] = []
        self.under_way = self.most = 0

    @property
    def count(self) -> int:
        return len(self.deadlines)

    def come(self, request: Request, deadline: float) -> None:
        request.leaving()
        with self.lock:
            self.deadlines.append(deadline)
            self.under_way += 1
            self.most = max(self.most, self.under_way)

    def gone(self) -> Response:
        with self.lock:
            self.under_way -= 1
        return SENT


class Held:
    """A transport for threads that answers nobody before it is told to."""

    def __init__(self) -> None:
        self.counted = Counted()
        self.is_full = threading.Event()
        self.answer = threading.Event()

    def send(self, request: Request, deadline: float) -> Response:
        self.counted.come(request, deadline)
        if self.counted.under_way == MOST:
            self.is_full.set()
        assert self.answer.wait(20)
        return self.counted.gone()

    def close(self) -> None:
        """Nothing is open."""


class AsyncHeld:
    """The same for tasks."""

    def __init__(self) -> None:
        self.counted = Counted()
        self.is_full = asyncio.Event()
        self.answer = asyncio.Event()

    async def send(self, request: Request, deadline: float) -> Response:
        self.counted.come(request, deadline)
        if self.counted.under_way == MOST:
            self.is_full.set()
        await self.answer.wait()
        return self.counted.gone()

    async def aclose(self) -> None:
        """Nothing is open."""


def _client(held: Held, queue_timeout: float | None) -> Client:
    return Client(
        user_code="sh1",
        user_pass="secret",
        base_url="http://127.0.0.1:9",
        transport=held,
        timeout=TIMEOUT,
        max_in_flight=MOST,
        queue_timeout=queue_timeout,
    )


def _async_client(held: AsyncHeld, queue_timeout: float | None) -> AsyncClient:
    return AsyncClient(
        user_code="sh1",
        user_pass="secret",
        base_url="http://127.0.0.1:9",
        transport=held,
        timeout=TIMEOUT,
        max_in_flight=MOST,
        queue_timeout=queue_timeout,
    )


@pytest.mark.parametrize("queue_timeout", [None, 20.0])
def test_threads_wait_until_they_are_let_in(queue_timeout: float | None) -> None:
    """Until then their `timeout` has not begun."""
    held = Held()
    with _client(held, queue_timeout) as client, ThreadPoolExecutor(4 * MOST) as threads:
        calls = [
            threads.submit(client.send_msg, des_no=PHONE, msg="x【y】") for _ in range(4 * MOST)
        ]
        assert held.is_full.wait(20)
        released = monotonic()
        held.answer.set()
        assert {str(call.result()) for call in calls} == {"1"}
    assert (held.counted.count, held.counted.most) == (4 * MOST, MOST)
    assert all(deadline >= released + TIMEOUT for deadline in held.counted.deadlines[MOST:])


def test_a_thread_that_waits_too_long_has_sent_nothing() -> None:
    held = Held()
    with _client(held, 0.02) as client, ThreadPoolExecutor(MOST) as threads:
        calls = [threads.submit(client.send_msg, des_no=PHONE, msg="x【y】") for _ in range(MOST)]
        assert held.is_full.wait(20)
        with pytest.raises(NotSent):
            client.send_msg(des_no=PHONE, msg="x【y】")
        held.answer.set()
        assert {str(call.result()) for call in calls} == {"1"}
        assert str(client.send_msg(des_no=PHONE, msg="x【y】")) == "1"
    assert held.counted.count == MOST + 1


@pytest.mark.few(1)
@pytest.mark.parametrize("queue_timeout", [None, 120.0])
def test_ten_thousand_tasks_on_one_client(queue_timeout: float | None) -> None:
    """Each is sent once, however long it waits: its `timeout` begins when it is let in."""

    async def run() -> tuple[Counted, float]:
        held = AsyncHeld()
        async with _async_client(held, queue_timeout) as client:
            calls = asyncio.gather(
                *(client.send_msg(des_no=PHONE, msg="x【y】") for _ in range(10_000))
            )
            await held.is_full.wait()
            released = monotonic()
            held.answer.set()
            assert {str(answer) for answer in await calls} == {"1"}
        return held.counted, released

    counted, released = asyncio.run(run())
    assert (counted.count, counted.most) == (10_000, MOST)
    assert all(deadline >= released + TIMEOUT for deadline in counted.deadlines[MOST:])


def test_a_task_that_waits_too_long_has_sent_nothing() -> None:
    async def run() -> int:
        held = AsyncHeld()
        async with _async_client(held, 0.02) as client:
            calls = asyncio.gather(
                *(client.send_msg(des_no=PHONE, msg="x【y】") for _ in range(MOST))
            )
            await held.is_full.wait()
            with pytest.raises(NotSent):
                await client.send_msg(des_no=PHONE, msg="x【y】")
            held.answer.set()
            await calls
            assert str(await client.send_msg(des_no=PHONE, msg="x【y】")) == "1"
        return held.counted.count

    assert asyncio.run(run()) == MOST + 1


def test_a_task_that_is_cancelled_while_it_waits_leaves_its_place() -> None:
    async def run() -> int:
        held = AsyncHeld()
        async with _async_client(held, None) as client:
            calls = asyncio.gather(
                *(client.send_msg(des_no=PHONE, msg="x【y】") for _ in range(MOST))
            )
            await held.is_full.wait()
            waiting = asyncio.create_task(client.send_msg(des_no=PHONE, msg="x【y】"))
            behind = asyncio.create_task(client.send_msg(des_no=PHONE, msg="x【y】"))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            held.answer.set()
            await calls
            assert str(await behind) == "1"
        return held.counted.count

    assert asyncio.run(run()) == MOST + 1
