"""Whatever interrupts a call, and wherever: its connection is closed, and its place is free."""

import gc
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from random import Random
from time import monotonic, sleep
from types import FrameType

import pytest
from hypothesis import settings
from tests.runtime.transports.answering import ANSWER, answering
from tests.runtime.transports.interrupts import Interrupt, Strike

from msgsend import HttpTransport, Response, SendFailed
from msgsend._runtime.transports.connection import Origin
from msgsend._runtime.transports.pool import Pool

CONNECTIONS = 3
_EXAMPLES = settings.default.max_examples if settings.default else 100
CALLS = 10_000 if _EXAMPLES >= 400 else 400


def assert_sound(transport: HttpTransport) -> None:
    """As many calls as there may be connections go on at once: no place is lost.

    It asks a server of its own: nobody has left anything to do there.
    """
    together = threading.Barrier(CONNECTIONS)

    def answer(_: bytes) -> bytes:
        with suppress(threading.BrokenBarrierError):  # a call that finds no place says so
            together.wait(20)
        return ANSWER

    with answering(answer) as server, ThreadPoolExecutor(CONNECTIONS) as threads:
        asked = [threads.submit(server.ask, transport, seconds=15) for _ in range(CONNECTIONS)]
        assert {future.result().body for future in asked} == {b"ok"}
    assert server.connections == CONNECTIONS


def struck(run: Callable[[], object]) -> bool:
    """Whether it is interrupted. Any other end but a result is a mistake."""
    try:
        run()
    except Interrupt:
        return True
    except SendFailed as failed:
        if not isinstance(failed.interrupt, Interrupt):
            raise
        return True
    return False


def test_interrupts_at_any_instruction_cost_no_connection() -> None:
    chance = Random(1)
    strikes = 0
    with answering() as server:
        transport = HttpTransport(connections=CONNECTIONS)
        for _ in range(CALLS):
            strike = Strike(chance.randrange(250), is_true=True)
            strikes += struck(partial(strike.during, partial(server.ask, transport)))
        assert strikes > CALLS / 3
        assert_sound(transport)
        transport.close()
    gc.collect()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms on this system")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # in a `__del__`
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # in `socket.__init__`
def test_alarms_cost_no_connection() -> None:
    chance = Random(2)
    strikes = 0

    def raising(_: int, frame: FrameType | None) -> None:
        raise Interrupt

    def call() -> None:
        try:
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.000_01, 0.000_3))
            server.ask(transport)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    with answering() as server:
        transport = HttpTransport(connections=CONNECTIONS)
        before = signal.signal(signal.SIGALRM, raising)
        try:
            for _ in range(CALLS):
                strikes += struck(call)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        assert strikes > CALLS / 20
        assert_sound(transport)
        transport.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_a_connection_that_is_lost_makes_room_although_nobody_says_so() -> None:
    with answering() as server:
        pool = Pool(1, lambda: pytest.fail("not encrypted"))
        origin = Origin("http", "127.0.0.1", int(server.url.rpartition(":")[2].strip("/")))
        wires = [pool.take(origin, monotonic() + 5)]
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(pool.take, origin, monotonic() + 5)
            sleep(0.05)
            wires.clear()
            wires.append(waiting.result(2))
        wires.pop().shut()
        pool.close()


def test_a_connection_that_was_given_back_is_another_object() -> None:
    """A traceback of an earlier exchange is kept. The connection is used again, and lost."""
    with answering() as server:
        pool = Pool(1, lambda: pytest.fail("not encrypted"))
        origin = Origin("http", "127.0.0.1", int(server.url.rpartition(":")[2].strip("/")))
        kept = pool.take(origin, monotonic() + 5)
        pool.give_back(kept, 5)
        wires = [pool.take(origin, monotonic() + 5)]
        assert server.connections <= 1
        wires.clear()
        pool.take(origin, monotonic() + 5).shut()
        assert kept.is_shut
        pool.close()


@pytest.mark.few(4)
@pytest.mark.parametrize("instruction", range(25))
def test_a_place_is_free_whatever_is_kept_of_an_interrupt(
    instruction: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error tracker keeps the traceback of what strikes while a lost connection is closed."""
    kept: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", kept.append)
    with answering() as server:
        pool = Pool(1, lambda: pytest.fail("not encrypted"))
        origin = Origin("http", "127.0.0.1", int(server.url.rpartition(":")[2].strip("/")))
        wires = [pool.take(origin, monotonic() + 5)]
        Strike(instruction).during(wires.clear)
        wires.append(pool.take(origin, monotonic() + 0.5))
        wires.pop().shut()
        pool.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # a socket that was left closes itself
        kept.clear()
        gc.collect()


def test_who_waits_first_is_served_first() -> None:
    release = threading.Event()

    def answer(_: bytes) -> bytes:
        assert release.wait(5)
        return ANSWER

    with answering(answer) as server, ThreadPoolExecutor(8) as threads:
        transport = HttpTransport(connections=1)
        asked: list[Future[Response]] = []
        for number in range(8):
            asked.append(threads.submit(server.ask, transport, b"%d" % number))
            sleep(0.03)
        release.set()
        assert {future.result().body for future in asked} == {b"ok"}
        transport.close()
    assert [int(request[-1:]) for request in server.requests] == list(range(8))
    assert server.connections == 1
