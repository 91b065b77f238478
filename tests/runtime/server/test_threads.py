"""Functions in threads: what they raise, what is given up, and a system without more threads."""

import asyncio
import logging
import threading
from contextlib import suppress

import pytest

from msgsend._runtime.server.threads import Threads


def test_results_and_errors_come_back() -> None:
    async def run() -> None:
        threads = Threads(1)
        assert await threads.run(lambda: 1) == 1
        with pytest.raises(ValueError, match="no"):
            await threads.run(lambda: int("no"))
        with pytest.raises(RuntimeError, match="it raised SystemExit"):
            await threads.run(_leave)
        assert await threads.run(lambda: 2) == 2

    asyncio.run(run())


def _leave() -> None:
    raise SystemExit


def test_a_system_without_more_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that no thread will do is not left in the line."""

    async def run() -> None:
        threads = Threads(1)
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", _no_thread)
            with pytest.raises(RuntimeError, match="can't start"):
                await threads.run(lambda: pytest.fail("nobody does it"))
        assert threads.busy == 0
        assert await threads.run(lambda: 1) == 1

    asyncio.run(run())


def _no_thread(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_one_of_the_threads_does_what_no_new_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        threads = Threads(2)
        is_there, go_on, is_done = (threading.Event() for _ in range(3))

        def first() -> None:
            is_there.set()
            assert go_on.wait(20)

        def start(_: threading.Thread) -> None:
            go_on.set()
            assert is_done.wait(20)
            raise RuntimeError("can't start new thread")

        one = asyncio.create_task(threads.run(first))
        await asyncio.to_thread(is_there.wait, 20)
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", start)
            await threads.run(is_done.set)
        await one

    asyncio.run(run())


def _given_up(work: object, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what is logged if work is cancelled after it has begun."""

    async def run() -> None:
        threads = Threads(1)
        is_there, go_on = threading.Event(), threading.Event()

        def function() -> object:
            is_there.set()
            assert go_on.wait(20)
            if isinstance(work, Exception):
                raise work
            return work

        task = asyncio.create_task(threads.run(function))
        await asyncio.to_thread(is_there.wait, 20)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        go_on.set()
        assert await threads.run(lambda: 1) == 1

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    return [record.message for record in caplog.records]


def test_the_error_of_work_that_was_given_up_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert _given_up(ValueError("late"), caplog) == ["work that was given up has failed"]


def test_a_late_result_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    assert _given_up(1, caplog) == []


def test_a_late_coroutine_is_closed(caplog: pytest.LogCaptureFixture) -> None:
    """Or Python warns that nobody has awaited it."""

    async def handler() -> None:
        pytest.fail("it is not awaited")

    coroutine = handler()
    assert _given_up(coroutine, caplog) == []
    with pytest.raises(RuntimeError, match="reuse"):
        coroutine.send(None)
