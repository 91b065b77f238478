"""What emulators of services have in common: a clock that tests move, records that are handed out
once, pauses that callers must keep, and answers and faults that tests have scripted.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta
from enum import Enum
from itertools import count
from typing import Generic, TypeVar

from . import pace

T = TypeVar("T")


class Clock:
    """A service's clock: it stands still, and goes on when it is moved. It knows no zone."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = datetime(2030, 1, 1, 12) if now is None else now
        self.on_move: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The time there is."""
        return self._now

    def move(self, seconds: float) -> None:
        """Let so many seconds pass."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._now += timedelta(seconds=seconds)
        for each in self.on_move:
            each()


_numbers = count(1)


def address_of_its_own(path: str, clock: Clock) -> str:
    """An address that no other emulator has, so that the pauses of one do not hold up another.

    When the clock is moved, clients of that address need not wait either.
    """
    address = f"http://emulator-{next(_numbers)}.localhost{path}"
    clock.on_move.append(lambda: pace.forget(address))
    return address


class Mailbox(Generic[T]):
    """Records that are handed out once, in the order in which they were put in.

    At most `page` at a time, and none that is older than `retention` seconds; 0 is no limit.
    """

    def __init__(self, clock: Clock, *, retention: float = 0) -> None:
        self._clock = clock
        self._retention = timedelta(seconds=retention)
        self._records: deque[tuple[datetime, T]] = deque()
        self._lock = threading.Lock()

    def put(self, record: T) -> None:
        """Add a record, dated now."""
        with self._lock:
            self._records.append((self._clock.now(), record))

    def take(self, page: int = 0, wanted: Callable[[T], bool] = lambda _: True) -> tuple[T, ...]:
        """The next records of those that are wanted; they are not handed out again."""
        with self._lock:
            self._forget()
            taken: list[T] = []
            left: deque[tuple[datetime, T]] = deque()
            for at, record in self._records:
                if wanted(record) and (not page or len(taken) < page):
                    taken.append(record)
                else:
                    left.append((at, record))
            self._records = left
        return tuple(taken)

    def put_back(self, records: tuple[T, ...]) -> None:
        """Records that could not be delivered go to the front again, dated now."""
        with self._lock:
            self._records.extendleft((self._clock.now(), record) for record in reversed(records))

    def waiting(self) -> tuple[T, ...]:
        """What could be handed out, and is not by this."""
        with self._lock:
            self._forget()
            return tuple(record for _, record in self._records)

    def _forget(self) -> None:
        oldest = self._clock.now() - self._retention
        while self._retention and self._records and self._records[0][0] < oldest:
            self._records.popleft()


class Pauses:
    """When each account made a call last, for services that want a pause between two."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._pause = timedelta(seconds=seconds)
        self._last: dict[str, datetime] = {}

    def is_too_soon(self, account: str) -> bool:
        """Whether the pause is not over; if it is, the call counts, and the next one begins."""
        now = self._clock.now()
        last = self._last.get(account)
        if last is not None and now - last < self._pause:
            return True
        self._last[account] = now
        return False


class Script(Generic[T]):
    """What comes next, by operation; each thing once, those for any operation after the others."""

    def __init__(self) -> None:
        self._next: dict[str, deque[T]] = {}

    def add(self, thing: T, operation: str = "") -> None:
        """Let it come at the next call, of an operation or of any."""
        self._next.setdefault(operation, deque()).append(thing)

    def take(self, operation: str) -> T | None:
        """What comes at this call."""
        for name in (operation, ""):
            queue = self._next.get(name)
            if queue:
                return queue.popleft()
        return None


class Fault(Enum):
    """What can go wrong with the response of a call that the service has carried out."""

    SILENCE = "silence"
    """No response comes, and the connection stays."""
    CUT_BODY = "cut body"
    """The connection ends in the middle of the body."""
    PAGE = "page"
    """A page with status 200, of a proxy that wants something."""
    BAD_GATEWAY = "bad gateway"
    """A page with status 502."""
    MALFORMED = "malformed"
    """One record in the middle of the list is damaged."""


fault_now: ContextVar[Fault | None] = ContextVar("fault_now", default=None)
"""The fault of the call that is being answered; who carries out the call sets it."""
