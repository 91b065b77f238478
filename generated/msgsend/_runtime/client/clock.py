"""What tells the time to the calls of a client, and lets it pass. A test gives one of its own."""

import time
from collections.abc import Callable
from typing import Final, NamedTuple


class Clock(NamedTuple):
    """`now` gives the seconds since some moment; `sleep` returns when so many have passed.

    The transports of this package keep to deadlines of `time.monotonic`.
    """

    now: Callable[[], float]
    sleep: Callable[[float], object]


SYSTEM_CLOCK: Final = Clock(time.monotonic, time.sleep)
"""The clock of this machine, which nobody can set."""
