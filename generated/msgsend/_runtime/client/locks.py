# Copied by unstringly 0.1.0. Do not edit.
"""Locks that no interrupt leaves locked.

A `with` releases its lock when an exception strikes inside it. Between the last instruction inside
and the release there are some more. Signals do not strike there today; nothing promises that. So a
function that lets an exception through releases the locks that this thread may still hold: such a
lock knows its owner.
"""

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _thread import RLock

owned = threading.RLock
"""Makes a lock that `let_go` can release."""


def let_go(lock: "RLock") -> None:
    """Release a lock, as often as needed, if this thread holds it."""
    with suppress(RuntimeError):  # this thread does not hold it, or no longer
        while True:
            lock.release()
