# Copied by unstringly 0.1.0. Do not edit.
"""A limit on the calls of a client at a time; the others wait in the order in which they came.

A slot is held by a ticket, and a ticket by the call that took it. A call may end at any
instruction, by a signal for instance, and then it cannot give the slot back. So a gate
knows its tickets by weak references only: the slot of a call that is gone is free.
"""

import os
from collections import deque
from collections.abc import Callable
from weakref import ref

from .locks import let_go, owned


def _silent() -> None:
    """Do nothing: no thread or task waits for this ticket."""


class Ticket:
    """A place in the queue of a gate, and then inside; `ring` is called when it may go in."""

    __slots__ = ("__weakref__", "has_left", "is_inside", "own", "ring")

    def __init__(self, ring: Callable[[], object] = _silent) -> None:
        self.ring = ring
        self.own = ref(self)
        self.is_inside = False
        self.has_left = False


class Gate:
    """A gate that lets at most `most` tickets in. Threads share one; in a fork it is empty."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._lock = owned()
        self._inside: list[ref[Ticket]] = []
        self._queue: deque[ref[Ticket]] = deque()

    def enter(self, ticket: Ticket) -> bool:
        """Let a ticket in, if there is room and none waits for it; return True if it is inside."""
        if self._process != os.getpid():  # those inside are the parent's, and so is the lock
            self._begin()
        with self._lock:
            if not self._queue and len(self._inside) < self.most:
                self._inside.append(ticket.own)
                ticket.is_inside = True
        return ticket.is_inside

    def join(self, ticket: Ticket) -> bool:
        """Put a ticket into the queue; return True if its turn has come already."""
        with self._lock:
            self._queue.append(ticket.own)
            self._let_in()
        return ticket.is_inside

    def look(self, ticket: Ticket) -> bool:
        """Say whether a waiting ticket may go in: calls that are gone do not ring."""
        with self._lock:
            self._let_in()
        return ticket.is_inside

    def leave(self, ticket: Ticket) -> None:
        """Remove a ticket that is not needed any more, whether it was inside or not."""
        ticket.has_left = True
        with self._lock:
            if ticket.own in self._inside:  # or it has been seen to have left
                self._inside.remove(ticket.own)
            if self._queue:
                self._let_in()

    def let_go(self) -> None:
        """Release the lock after a call of this thread has been stopped, perhaps in here."""
        let_go(self._lock)

    def _let_in(self) -> None:
        """Let waiting tickets in. If an interrupt stops this, the next call completes it."""
        tickets = ((reference, reference()) for reference in self._inside)
        self._inside = [
            reference for reference, ticket in tickets if ticket is not None and not ticket.has_left
        ]
        while self._queue and len(self._inside) < self.most:
            first = self._queue[0]()
            if first is not None and not first.has_left and not first.is_inside:
                self._inside.append(first.own)
                first.is_inside = True
                first.ring()
            self._queue.popleft()
