# Copied by unstringly 0.1.0. Do not edit.
"""Handlers, which are functions of the user: called without holding up others, for a limited time.

An asynchronous handler runs on the event loop. Any other handler runs in a thread, and may block;
if it returns an awaitable, this is awaited on the loop. Thread and awaitable together have
`timeout` seconds. Then the awaiting is cancelled, and a thread goes on, but its result is dropped.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from inspect import isasyncgenfunction, isawaitable, iscoroutinefunction, isgeneratorfunction
from typing import Generic, TypeVar

from .threads import Threads

A = TypeVar("A")
T = TypeVar("T")
W = TypeVar("W")

HANDLER_TIMEOUT = 30.0
"""Seconds that a handler has, unless said otherwise."""

THREADS = 16
"""The most handlers in threads at a time, unless said otherwise."""


class NotAuthenticated(Exception):
    """A handler refuses a call for its credentials: who called gets a fault, or status 401."""


class TookTooLong(Exception):
    """A handler was not done in its time; the message is for the log."""


@dataclass(frozen=True)
class Handler(Generic[A, T, W]):
    """A function, and a step that its result goes through at once: a result may be a generator."""

    call: Callable[[A], T | Awaitable[T]]
    then: Callable[[T], W]

    def begin(self, argument: A) -> W | Awaitable[W]:
        """Call the function with an argument; return the result, or an awaitable of it."""
        value = self.call(argument)
        return self._end(value) if isawaitable(value) else self.then(value)

    async def _end(self, value: Awaitable[T]) -> W:
        return self.then(await value)


class Handling:
    """A caller of handlers: at most `threads` in threads, each for at most `timeout` seconds.

    With no thread at all handlers are called on the event loop, which they hold up.
    """

    def __init__(self, threads: int, timeout: float) -> None:
        self._threads = Threads(threads) if threads else None
        self._timeout = timeout

    async def result(self, handler: Handler[A, T, W], argument: A) -> W:
        """Return the result of a handler. Raises TookTooLong, and any error of the handler."""
        if self._threads is None or is_async(handler.call):
            begun = handler.begin(argument)
            return await self._within(begun) if isawaitable(begun) else begun
        return await self._within(_in_thread(self._threads, partial(handler.begin, argument)))

    async def _within(self, awaited: Awaitable[W]) -> W:
        task = await within(awaited, self._timeout)
        if task is None:
            threads = self._threads
            busy = f"; {threads.busy} of {threads.most} threads are at work" if threads else ""
            raise TookTooLong(f"not done after {self._timeout:g} seconds{busy}")
        if task.cancelled():
            raise RuntimeError("it was cancelled from within")
        return task.result()


async def _in_thread(threads: Threads, begin: Callable[[], W | Awaitable[W]]) -> W:
    return await _ended(await threads.run(begin))


async def _ended(begun: W | Awaitable[W]) -> W:
    if isawaitable(begun):
        return await begun
    return begun


async def within(awaited: Awaitable[T], timeout: float) -> asyncio.Future[T] | None:
    """Return an awaitable as a task that is done; None if it is not done after `timeout` seconds.

    Then, or when this is cancelled, the task is cancelled, and not waited for: it may go on.
    """
    task = asyncio.ensure_future(awaited)
    try:
        await asyncio.wait({task}, timeout=timeout)
        return task if task.done() else None
    finally:
        task.cancel()


def is_async(handler: object) -> bool:
    """Say whether calling a handler only returns an awaitable."""
    return any(map(iscoroutinefunction, _functions_of(handler)))


def is_generator(handler: object) -> bool:
    """Say whether calling a handler only makes a generator, and does nothing yet."""
    return any(isgeneratorfunction(f) or isasyncgenfunction(f) for f in _functions_of(handler))


def _functions_of(handler: object) -> tuple[object, object]:
    """Return the function that is called in the end: a partial's function, an object's method."""
    while isinstance(handler, partial):
        handler = handler.func
    return handler, getattr(type(handler), "__call__", None)  # noqa: B004 - the method itself
