"""How much work something is, in a measure that is the same on a slow machine and on a busy one."""

import gc
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from time import thread_time
from typing import Final, TypeVar

T = TypeVar("T")

_MINUTE: Final = 60
_STEPS: Final = 1_000_000


@contextmanager
def at_most_steps(most: float) -> Generator[None]:
    """Check that what runs inside takes no longer than so many million steps of an empty loop.

    Only this thread's time counts, and nothing for the garbage of others. A million steps are some
    20 ms.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        before = _million_steps()
        start = thread_time()
        yield
        used = thread_time() - start
    finally:
        if was_collecting:
            gc.enable()
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
