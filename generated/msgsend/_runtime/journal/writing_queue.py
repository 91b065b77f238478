# Copied by unstringly 0.1.0. Do not edit.
"""Entries that wait to be written: one thread writes all of them in order, with one sync.

Only that thread writes, and only it has locks. The interrupts of a program (Ctrl-C, an alarm, a
worker's time limit) strike other threads, so none of them ends a write half-way, or leaves a lock
behind: they end the waiting, and the entry is written all the same.
"""

import _thread
import atexit
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakSet

from .lines import Line

if TYPE_CHECKING:
    from concurrent.futures import Future

_IDLE = 2.0
"""Seconds that a thread waits for more entries before it ends."""

_CHECKED_EVERY = 1.0
"""Seconds after which a waiting thread checks that there is a thread that writes."""


class Entry:
    """A line to be written. When it `is_done`, `failure` is the error, or None if it is written.

    One thread waits for it, or the program that has the `future`.
    """

    __slots__ = ("_waking", "failure", "future", "is_done", "line")

    def __init__(self, line: Line, waking: _thread.LockType, future: "Future[None] | None") -> None:
        self.line = line
        self.future = future
        self.failure: Exception | None = None
        self.is_done = False
        self._waking = waking
        self._waking.acquire()

    def end(self, failure: Exception | None) -> None:
        """Set the result of the entry, once, and wake the thread that waits for it."""
        self.failure = failure
        self.is_done = True
        self._waking.release()
        if self.future is not None:
            if failure is None:
                self.future.set_result(None)
            else:
                self.future.set_exception(failure)

    def wait(self, seconds: float) -> None:
        """Return when it is done, or after so many seconds."""
        self._waking.acquire(timeout=seconds)


class _Writer:
    """A thread that writes. As long as it `is_there`, it sees each entry put into the queue."""

    __slots__ = ("is_there",)

    def __init__(self, *, is_there: bool) -> None:
        self.is_there = is_there


class Queue:
    """The queue of one process. `write` must end all entries that it is given, in their order.

    Its locks and its thread are of one kind, also where a library (gevent, for instance) replaces
    them by green ones.
    """

    def __init__(self, write: Callable[[Sequence[Entry]], None]) -> None:
        self._write = write
        self._process = os.getpid()
        self._entries = deque[Entry]()
        self._new_thread = _thread.start_new_thread
        self._new_lock = _thread.allocate_lock
        self._writing = self._new_lock()
        self._more = self._new_lock()  # is released when there is more to write
        self._writer = _Writer(is_there=False)
        _QUEUES.add(self)

    def put(self, line: Line, future: "Future[None] | None" = None) -> Entry:
        """Put a line into the queue, behind the lines put before, and return at once.

        Where no thread can be started, the entry is done on return.
        """
        entry = Entry(line, self._new_lock(), future)
        self._entries.append(entry)
        with suppress(RuntimeError):  # it is released already
            self._more.release()
        if not self._writer.is_there or sys.is_finalizing():
            self._start()
        return entry

    def wait(self, entry: Entry) -> None:
        """Return when an entry that was put is done."""
        while not entry.is_done:
            entry.wait(_CHECKED_EVERY)
            if not entry.is_done:
                self._start()

    def flush(self) -> None:
        """Return when all entries that this process has put are done."""
        if self._process == os.getpid():
            for entry in self._waiting():
                self.wait(entry)

    def _start(self) -> None:
        """Start a thread that writes. If there is one already, it is not disturbed."""
        if sys.is_finalizing():  # no other thread runs any more
            self._write_all()
            return
        writer = _Writer(is_there=True)
        try:
            self._new_thread(self._work, (writer,))
        except RuntimeError:  # the interpreter ends, or there are too many threads
            with self._writing:
                self._write_all()
        else:
            self._writer = writer  # an interrupt before this: there will be two, which is no harm

    def _work(self, writer: _Writer) -> None:
        while self._writing.acquire(blocking=False):
            try:
                self._write_all()
            finally:
                self._writing.release()
            if not self._entries and not self._more.acquire(timeout=_IDLE):
                writer.is_there = False
                if not self._entries:  # the next `put` starts another thread
                    return
                writer.is_there = True
        writer.is_there = False  # another one writes, and sees what there is

    def _waiting(self) -> list[Entry]:
        entries = [self._entries[at] for at in range(len(self._entries))]
        return [entry for entry in entries if not entry.is_done]

    def _write_all(self) -> None:
        """Write all entries that wait. An entry leaves the queue when it is done."""
        waiting = self._waiting()
        try:
            self._write(waiting)
        except Exception as error:  # noqa: BLE001 - the threads that wait raise it
            for entry in waiting:
                if not entry.is_done:
                    entry.end(error.with_traceback(None))
        while self._entries and self._entries[0].is_done:
            self._entries.popleft()


_QUEUES: WeakSet[Queue] = WeakSet()


@atexit.register
def _flush() -> None:
    for queue in [*_QUEUES]:
        queue.flush()
