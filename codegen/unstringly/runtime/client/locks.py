"""Locks that no interrupt leaves locked.

A `with` gives its lock back when an exception strikes inside it. Between the last instruction
inside and the giving back there are some more. Signals do not strike there today; nothing promises
that. So whoever lets an exception through lets go of what this thread may still hold: such a lock
knows its owner.
"""

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _thread import RLock

owned = threading.RLock
"""Makes a lock that can be let go of."""


def let_go(lock: "RLock") -> None:
    """Release a lock, as often as needed, if this thread holds it."""
    with suppress(RuntimeError):  # it does not, or not any more
        while True:
            lock.release()
