# Copied by unstringly 0.1.0. Do not edit.
"""Threads of an application, for work that would hold up its event loop.

They are daemons: work that never ends does not keep the process from ending. Their number is
limited. A thread cannot be stopped from outside: work that is no longer waited for goes on, and
its thread counts until it ends.
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
"""The size in bytes or characters from which a text is read and written in a thread."""


class Threads:
    """At most `most` threads. Each begins when there is work, and ends when there is none left."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._busy = 0
        self._jobs: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()

    @property
    def busy(self) -> int:
        """The number of threads at work."""
        return self._busy

    async def run(self, function: Callable[[], T]) -> T:
        """Return the result of a function that runs in a thread, in the context of the caller.

        If this is cancelled before a thread was free, the function is never called; later, it goes
        on, and its error is logged. Raises any error of the function; RuntimeError in place of one
        that is no Exception, such as SystemExit, and if no thread can be started.
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
        except RuntimeError:  # the system has no more threads; one of these may have done it
            with self._lock:
                self._busy -= 1
            if self._forget(job):
                raise

    def _forget(self, job: Callable[[], None]) -> bool:
        """Remove a job that has not begun, and return True; return False if it has."""
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
            del job  # it holds its arguments


class Texts:
    """Work on texts: small ones at once, large ones in one of two threads."""

    def __init__(self) -> None:
        self._threads = Threads(2)

    async def done(self, size: int, function: Callable[[], T]) -> T:
        """Return the result of a function that works on so many bytes or characters.

        Raises any error of the function.
        """
        return function() if size < LARGE else await self._threads.run(function)


def _carry_out(outcome: Future[T], function: Callable[[], T]) -> None:
    if not outcome.set_running_or_notify_cancel():
        return
    try:
        result = function()
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is waited for
        if not isinstance(error, Exception) or isinstance(error, StopIteration):
            substitute = RuntimeError(f"it raised {type(error).__name__}")
            substitute.__cause__ = error
            outcome.set_exception(substitute)
        else:
            outcome.set_exception(error)
    else:
        outcome.set_result(result)
    finally:
        del outcome, function  # or the error's own frames would hold the error


def _tell_of_late(outcome: Future[T]) -> None:
    """Log the error of work that is no longer waited for, and close the coroutine that it made."""
    if outcome.cancelled():
        return
    error = outcome.exception()
    if error is not None:
        _log.error("work that was given up has failed", exc_info=error)
    elif iscoroutine(result := cast("object", outcome.result())):
        result.close()
