"""Interrupts that strike an event loop at any instruction: no place in the pool is lost."""

import asyncio
import gc
import random
import sys
from contextlib import suppress
from time import monotonic
from typing import Final

import pytest
from hypothesis import settings
from tests.faults.answers import good
from tests.faults.exchanges import outcome, request
from tests.faults.faults import Reply
from tests.faults.interrupted import Instructions, Interrupt
from tests.faults.servers import Server

from msgsend import AsyncHttpTransport, Response
from msgsend._runtime.transports.async_connecting import connect
from msgsend._runtime.transports.async_pool import Pool
from msgsend._runtime.transports.request_bytes import origin_of

CONNECTIONS: Final = 3
RUNS: Final = 10_000 if settings().max_examples >= 150 else 200


async def _several(transport: AsyncHttpTransport, url: str) -> bool:
    """Whether as many exchanges as there are connections get their answers at the same time."""
    exchanges = (outcome(transport, request(url), 5) for _ in range(CONNECTIONS))
    return all(isinstance(response, Response) for response in await asyncio.gather(*exchanges))


def _quiet(_: asyncio.AbstractEventLoop, __: object) -> None:
    """An event loop tells of its callbacks that were struck."""


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")  # struck before it was awaited
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # or in a `__del__`
def test_no_place_is_lost_at_any_instruction() -> None:
    drawn = random.Random(2033)
    with Server(Reply(good)) as server, asyncio.Runner() as runner:
        transport = AsyncHttpTransport(connections=CONNECTIONS)
        loop = runner.get_loop()
        loop.set_exception_handler(_quiet)

        async def exchange() -> object:
            return await outcome(transport, request(server.url), 1)

        whole = Instructions(-1)
        whole.during(lambda: runner.run(exchange()))
        for _ in range(RUNS):
            strike = Instructions(drawn.randrange(1, whole.count + 1))
            with suppress(Interrupt):
                strike.during(lambda: runner.run(exchange()))
        assert runner.run(_several(transport, server.url))
        runner.run(transport.aclose())
    assert server.seen.began == len(server.seen.requests)


@pytest.mark.few(6)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # of what was struck while it closed
@pytest.mark.parametrize("instruction", range(1, 40))
def test_a_place_is_free_whatever_is_kept_of_an_interrupt(
    instruction: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error tracker keeps the traceback of what strikes while a lost connection is closed."""
    kept: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", kept.append)

    async def lose(url: str) -> None:
        pool = Pool(1)
        await pool.begin()
        connections = [await pool.take(origin_of(url), monotonic() + 5)]
        await connect(connections[0], monotonic() + 5, lambda: pytest.fail("not encrypted"))
        Instructions(instruction).during(connections.clear)
        connections.append(await pool.take(origin_of(url), monotonic() + 0.5))
        connections.pop().close()
        await pool.aclose()

    with Server(Reply(good)) as server:
        asyncio.run(lose(server.url))
    kept.clear()
    gc.collect()
