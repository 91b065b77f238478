"""How much work something is, in a measure that is the same on a slow machine and on a busy one."""

import gc
import sys
import threading
from collections.abc import Callable, Generator
from collections.abc import Set as AbstractSet
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from time import thread_time
from types import FrameType
from typing import Final, TypeVar

T = TypeVar("T")

_MINUTE: Final = 60
_STEPS: Final = 1_000_000


@contextmanager
def without_collections() -> Generator[None]:
    """Let no garbage be collected; that of other tests may have functions to call."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def calls_of(work: Callable[[], object]) -> int:
    """Return the number of functions, of Python and of C, that some work calls."""
    return _events_of(work, frozenset(["call", "c_call"]))


def python_calls_of(work: Callable[[], object]) -> int:
    """Return the number of functions of Python that some work calls."""
    return _events_of(work, frozenset(["call"]))


def _events_of(work: Callable[[], object], counted: AbstractSet[str]) -> int:
    count = 0

    def profile(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in counted

    before = sys.getprofile()
    with without_collections():
        sys.setprofile(profile)
        try:
            work()
        finally:
            sys.setprofile(before)
    return count


def lines_of(work: Callable[[], object]) -> int:
    """Return the number of lines of Python that some work runs."""
    count = 0

    def trace(_: FrameType, event: str, __: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    with without_collections():
        sys.settrace(trace)  # type: ignore[arg-type]  # a trace function gives one for its frame
        try:
            work()
        finally:
            sys.settrace(before)
    return count


@contextmanager
def at_most_steps(most: float) -> Generator[None]:
    """Check that what runs inside takes no longer than so many million steps of an empty loop.

    Only this thread's time counts, and nothing for the garbage of others. A million steps are some
    20 ms.
    """
    with without_collections():
        before = _million_steps()
        start = thread_time()
        yield
        used = thread_time() - start
    million = max(before, _million_steps())
    assert used < most * million, f"{used / million:.0f} million steps, and {most} are allowed"


def unless_it_hangs(function: Callable[..., T], *arguments: object) -> T:
    """Return what a function returns. If it has not done so in a minute, the test fails.

    No machine is so busy that anything here takes a minute, unless it waits for what never comes.
    """
    ended: Future[T] = Future()
    run = partial(_told, ended, partial(function, *arguments))
    threading.Thread(target=run, daemon=True).start()
    return ended.result(_MINUTE)


def _told(ended: Future[T], function: Callable[[], T]) -> None:
    try:
        ended.set_result(function())
    except BaseException as error:  # it is raised where the result is waited for
        ended.set_exception(error)


def _million_steps() -> float:
    start = thread_time()
    for _ in range(_STEPS):
        pass
    return thread_time() - start
