"""Threads of an application's own, for what would hold up its event loop.

They are daemons: work that never ends does not keep the process from ending. And there are never
more than so many. A thread cannot be stopped from outside: work that nobody waits for any more goes
on, and its thread counts until it ends.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from inspect import iscoroutine
from typing import Final, TypeVar, cast

T = TypeVar("T")
_log = logging.getLogger(__name__)

LARGE: Final = 8 * 1024
"""From so many bytes on a text is read and written in a thread."""


class Threads:
    """At most `most` threads. Each begins when there is work, and ends when there is none left."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._busy = 0
        self._jobs: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()

    @property
    def busy(self) -> int:
        """How many are at work."""
        return self._busy

    async def run(self, function: Callable[[], T]) -> T:
        """What a function gives. It runs in a thread, in the context of who calls this.

        If this is cancelled before a thread was free, the function is never called; later, it goes
        on, and what it raises is logged. Raises what the function raises, and RuntimeError for
        what is no Exception, such as SystemExit.
        """
        outcome = Future[T]()
        job = partial(_carry_out, outcome, partial(copy_context().run, function))
        self._add(job)
        try:
            return await asyncio.wrap_future(outcome)
        except asyncio.CancelledError:
            self._forget(job)
            outcome.add_done_callback(_tell_of_late)
            raise

    def _add(self, job: Callable[[], None]) -> None:
        with self._lock:
            self._jobs.append(job)
            if self._busy >= self.most:
                return
            self._busy += 1
        try:
            threading.Thread(target=self._work, daemon=True).start()
        except RuntimeError:  # the system has no thread for us; one of ours may have done it
            with self._lock:
                self._busy -= 1
            if self._forget(job):
                raise

    def _forget(self, job: Callable[[], None]) -> bool:
        """Whether a job had not begun; then it never does."""
        with self._lock:
            if job not in self._jobs:
                return False
            self._jobs.remove(job)
            return True

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._jobs:
                    self._busy -= 1
                    return
                job = self._jobs.popleft()
            job()
            del job  # it holds what it was about


class Texts:
    """Work on texts: done at once on what is small, in one of two threads on what is large."""

    def __init__(self) -> None:
        self._threads = Threads(2)

    async def done(self, size: int, function: Callable[[], T]) -> T:
        """What a function gives that works on so many bytes. Raises as it does."""
        return function() if size < LARGE else await self._threads.run(function)


def _carry_out(outcome: Future[T], function: Callable[[], T]) -> None:
    if not outcome.set_running_or_notify_cancel():
        return
    try:
        result = function()
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is waited for
        if not isinstance(error, Exception) or isinstance(error, StopIteration):
            told = RuntimeError(f"it raised {type(error).__name__}")
            told.__cause__ = error
            outcome.set_exception(told)
        else:
            outcome.set_exception(error)
    else:
        outcome.set_result(result)
    finally:
        del outcome, function  # or the error's own frames would hold the error


def _tell_of_late(outcome: Future[T]) -> None:
    """Of work that nobody waited for: log what it raised, and close what it began."""
    if outcome.cancelled():
        return
    error = outcome.exception()
    if error is not None:
        _log.error("work that was given up has failed", exc_info=error)
    elif iscoroutine(result := cast("object", outcome.result())):
        result.close()
