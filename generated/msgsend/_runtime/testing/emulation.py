# Copied by unstringly 0.1.0. Do not edit.
"""The parts that emulators of services share.

There are a clock that tests move, records that are handed out once, pauses that callers must keep,
and results and faults that tests have scripted. `EmulatedService` has them together. All of it may
be used by several threads.
"""

import threading
from collections import deque
from collections.abc import Callable, Collection, Mapping
from contextvars import ContextVar
from datetime import datetime, timedelta
from enum import Enum
from itertools import count
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from ..client.calls import Operation
from ..client.pace import let_pass
from ..server.asgi import App
from .damage import damaged

T = TypeVar("T")


class Clock:
    """A service's clock: tests move it, and with `goes_on` it also moves by itself.

    It begins at `now`, which has no zone. Each function in `on_move` is called after each move,
    with its seconds, when the clock shows the new time. Threads may move it at the same time: no
    move is lost.
    """

    def __init__(self, now: datetime = datetime(2030, 1, 1, 12), *, goes_on: bool = False) -> None:
        self._now = now
        self._goes_on = goes_on
        self._began = monotonic()
        self._lock = threading.Lock()
        self.on_move: list[Callable[[float], None]] = []

    def now(self) -> datetime:
        """Return the time of this clock, without a zone."""
        passed = monotonic() - self._began if self._goes_on else 0.0
        return self._now + timedelta(seconds=passed)

    def move(self, seconds: float) -> None:
        """Move the clock on by so many seconds. Raises ValueError for a negative number."""
        if not seconds >= 0:
            raise ValueError("time does not go back")
        passed = timedelta(seconds=seconds)
        with self._lock:
            self._now += passed
        for callback in tuple(self.on_move):  # they may look at the clock, and move it
            callback(seconds)


class Mailbox(Generic[T]):
    """Records that are handed out once, in the order in which they were put in.

    Records older than `retention` seconds are not handed out; 0 is no limit.
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
        """Return the next `page` (0: all) of the records that are wanted, and remove them."""
        return tuple(record for _, record in self._taken(page, wanted))

    def hand_over(self, receive: Callable[[tuple[T, ...]], bool], page: int = 0) -> None:
        """Give `receive` the next records; unless it returns True they go back to their places.

        Meanwhile no other caller gets them. Raises any error of `receive`.
        """
        taken = self._taken(page, lambda _: True)
        is_received = False
        try:
            is_received = receive(tuple(record for _, record in taken))
        finally:
            if not is_received:
                with self._lock:
                    self._records.extendleft(reversed(taken))

    def waiting(self) -> tuple[T, ...]:
        """Return the records that could be handed out, and keep them."""
        with self._lock:
            self._forget()
            return tuple(record for _, record in self._records)

    def _taken(self, page: int, wanted: Callable[[T], bool]) -> list[tuple[datetime, T]]:
        with self._lock:
            self._forget()
            taken: list[tuple[datetime, T]] = []
            remaining: deque[tuple[datetime, T]] = deque()
            for dated in self._records:
                is_next = (not page or len(taken) < page) and wanted(dated[1])
                (taken if is_next else remaining).append(dated)
            self._records = remaining
            return taken

    def _forget(self) -> None:
        oldest = self._clock.now() - self._retention
        while self._retention and self._records and self._records[0][0] < oldest:
            self._records.popleft()


class Pauses:
    """The times of the last calls of accounts, for services that want `seconds` between two."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._pause = timedelta(seconds=seconds)
        self._last: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def is_too_soon(self, account: str) -> bool:
        """Say whether the pause since the account's last call is not over.

        A call that is not too soon begins the next pause; one that is too soon changes nothing.
        """
        with self._lock:
            now = self._clock.now()
            last = self._last.get(account)
            if last is not None and now - last < self._pause:
                return True
            self._last[account] = now
            return False


class Script(Generic[T]):
    """Items that come once each, by operation; those for any operation come after its own."""

    def __init__(self, operations: Collection[str]) -> None:
        self._next: dict[str, deque[T]] = {name: deque() for name in ("", *operations)}
        self._lock = threading.Lock()

    def add(self, item: T, operation: str = "") -> None:
        """Add an item for the next call of an operation, or of any operation if it is empty.

        Raises ValueError for an operation that the service does not have.
        """
        if operation not in self._next:
            raise ValueError(f"no operation {operation!r}: there are {', '.join(self._next)[2:]}")
        self._next[operation].append(item)

    def take(self, operation: str, fits: Callable[[T], bool] = lambda _: True) -> T | None:
        """Return the item for this call; None if there is none, or if the next does not fit."""
        with self._lock:
            queue = self._next[operation] or self._next[""]
            return queue.popleft() if queue and fits(queue[0]) else None


class Fault(Enum):
    """A fault in the response of a call that the service has carried out."""

    SILENCE = "silence"
    """No response comes, and the connection stays open."""
    CUT_BODY = "cut body"
    """The connection ends in the middle of the body."""
    PAGE = "page"
    """A page with status 200, of a proxy that asks the user to do something."""
    BAD_GATEWAY = "bad gateway"
    """A page with status 502."""
    MALFORMED = "malformed"
    """One record in the middle of the list is damaged; without records, the text is no result.

    A response that is a structure has another element in the place of its own.
    """


class Failing(NamedTuple):
    """A fault in the response, and the operation that was called."""

    fault: Fault
    operation: str


fault_now: ContextVar[list[Failing] | None] = ContextVar("fault_now", default=None)
"""The faults of the call that is being answered: the emulated service adds them here.

It is a list, so that they are seen where the call came in, whatever thread or task carries out the
call.
"""


RequestT = TypeVar("RequestT")
ResultT = TypeVar("ResultT")

_numbers = count(1)


class EmulatedService(Generic[RequestT, ResultT]):
    """The base of emulators: tests script results and faults, and read the calls that came.

    `RequestT` are the requests of all operations, `ResultT` the results that can be scripted.
    `address` is one that no other emulator has, so that the pauses which clients keep for one do
    not hold up clients of another. `received` has every call, in order, its secrets sealed; `tell`
    is given a line for each. `parsers` read the results of operations, by their names in the WSDL:
    without them no result can be malformed. A subclass sets `app`, its ASGI application, and
    `hint`, a text for people who want to try it.
    """

    app: App
    hint = ""

    def __init__(
        self,
        path: str,
        operations: Mapping[str, Operation],
        *,
        parsers: Mapping[str, Callable[[str], object]] | None = None,
        tell: Callable[[str], object] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock = Clock() if clock is None else clock
        self.path = path
        self.address = f"http://emulator-{next(_numbers)}.localhost{path}"
        self.clock.on_move.append(lambda seconds: let_pass(self.address, seconds))
        self.received: list[RequestT] = []
        self._operations = operations
        self._parsers: Mapping[str, Callable[[str], object]] = parsers or {}
        self._tell = tell
        self._results = Script[ResultT](operations)
        self._faults = Script[Fault](operations)

    def script(self, operation: str, result: ResultT) -> None:
        """Give the next call of an operation (its name in the WSDL) a result; nothing else happens.

        Several results come one after the other. Raises ValueError for an unknown operation.
        """
        self._results.add(result, operation)

    def fail(self, fault: Fault, operation: str = "") -> None:
        """Let the response of the next call, of one operation or of any, go wrong.

        The call itself is carried out: a message is sent, records are handed out. Raises ValueError
        for an unknown operation, and for one whose results cannot be malformed; TypeError for
        another value than a Fault.
        """
        if not isinstance(fault, Fault):  # pyright: ignore  # callers may not check
            raise TypeError(f"give one of {', '.join(map(str, Fault))}, not {fault!r}")
        can_be = self._can_be_malformed
        if fault is Fault.MALFORMED and operation in self._operations and not can_be(operation):
            raise ValueError(
                f"no result of {operation} is malformed: as far as is known here, any text is one, "
                "or it has none"
            )
        self._faults.add(fault, operation)

    def _can_be_malformed(self, operation: str) -> bool:
        messages = self._operations[operation].messages
        if messages is not None:
            return messages.has_result
        parse = self._parsers.get(operation)
        return parse is not None and damaged("", parse) is not None

    def _scripted(self, operation: str, request: RequestT) -> ResultT | None:
        """Note a call, with the fault that is due; return its result if one is scripted."""
        self.received.append(request)
        if self._tell is not None:
            self._tell(f"received {request!r}")
        can_be = self._can_be_malformed
        fault = self._faults.take(
            operation, lambda scripted: scripted is not Fault.MALFORMED or can_be(operation)
        )
        failing = fault_now.get()
        if failing is not None and fault is not None:
            failing.append(Failing(fault, operation))
        return self._results.take(operation)
