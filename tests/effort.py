"""How much work something is, in a measure that is the same on a slow machine and on a busy one."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from time import thread_time
from typing import Final

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


def _million_steps() -> float:
    start = thread_time()
    for _ in range(_STEPS):
        pass
    return thread_time() - start
