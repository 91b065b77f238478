# Copied by unstringly 0.1.0. Do not edit.
"""Pauses that a service wants between two calls of an operation for one account.

They count for the whole process, from the end of the last call: whatever the network does, the
service then sees a pause at least that long. A call that was not sent does not count. A call that
an interrupt has stopped, without a word, counts from the moment at which that is noticed.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from weakref import ref

from .locks import let_go, owned


class Key(NamedTuple):
    """The calls that share a pause: address, in small letters, operation, and account."""

    address: str
    operation: str
    account: tuple[str, ...]


@dataclass(slots=True)
class _Last:
    """The last call: its turn while it is going on, and the time when the next one may begin."""

    turn: "ref[Turn] | None"
    next_at: float


_lock = owned()
_calls: dict[Key, _Last] = {}


def _begin_anew() -> None:
    """Forget the parent's calls after a fork; a thread of the parent may hold the old lock."""
    global _lock
    _lock = owned()
    for key in [key for key, last in _calls.items() if last.turn is not None]:
        del _calls[key]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Turn:
    """A call's turn among those that share a pause of `interval` seconds, measured by one clock."""

    key: Key
    interval: float
    clock: Callable[[], float]

    def wait(self) -> float:
        """Take the turn and return 0, or return the seconds to wait before asking again."""
        with _lock:
            now = self.clock()
            last = _calls.get(self.key)
            if last is not None and last.turn is not None:
                if last.turn() is not None:
                    return self.interval
                last.next_at, last.turn = now + self.interval, None
            if last is not None and last.next_at > now:
                return last.next_at - now
            _forget_old(now)
            _calls[self.key] = _Last(ref(self), 0.0)
            return 0.0

    def end(self, *, counts: bool) -> None:
        """End the call. It counts unless nothing of it was sent."""
        with _lock:
            now = self.clock()
            _calls[self.key] = _Last(None, now + self.interval if counts else now)


def _forget_old(now: float) -> None:
    for key, last in list(_calls.items()):
        if last.turn is None and last.next_at <= now:
            del _calls[key]


def let_go_of_turns() -> None:
    """Release the lock after a call of this thread has been stopped, perhaps in here."""
    let_go(_lock)


def let_pass(address: str, seconds: float) -> None:
    """Shorten the pauses of calls to an address: for tests that move an emulator's clock."""
    with _lock:
        for key, last in _calls.items():
            if key.address == address.lower():
                last.next_at -= seconds
