# Copied by unstringly 0.1.0. Do not edit.
"""The clock of a client's calls, and its way to sleep. A test gives one of its own."""

import time
from collections.abc import Callable
from typing import Final, NamedTuple


class Clock(NamedTuple):
    """A source of time: `now` returns seconds, `sleep` returns when so many have passed.

    The transports of this package keep to deadlines of `time.monotonic`.
    """

    now: Callable[[], float]
    sleep: Callable[[float], object]


SYSTEM_CLOCK: Final = Clock(time.monotonic, time.sleep)
"""The monotonic clock of this machine, which cannot be set."""
