# Copied by unstringly 0.1.0. Do not edit.
"""A journal of responses, which are on disk before anything is read from them.

One file for each day (UTC), one line for each response; `journal.lines` describes the keys of a
line. Only responses are written, never a request, so no credentials, unless the service quoted
them: such a line is marked. The texts and phone numbers of customers are in it, and the files are
for their owner's eyes only.
"""

import os
from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from .day_files import DayFiles
from .lines import Line, written
from .recording import Head, Recorder
from .writing_queue import Entry, Queue

if TYPE_CHECKING:
    from concurrent.futures import Future

SUFFIX = ".jsonl"


class FileJournal(Recorder):
    """A journal that appends to files in a folder, which is made if it is missing.

    A call returns when its line is on the disk (fsync); lines that wait at the same time share
    one sync. Threads may share a journal, and so may processes, and those that are forked. A line
    that a crash has torn is left, and the next begins on a line of its own. After an interrupt a
    response may stand there twice, but it is never missing. Raises NotADirectoryError if the path
    is not a folder.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(os.path.abspath(folder))  # a link is followed each time
        if self._folder.exists() and not self._folder.is_dir():
            raise NotADirectoryError(f"{self._folder} is no folder")
        self._files = DayFiles(self._folder)
        self._queues = dict[int, Queue]()
        self._has_told = False

    def record(self, operation: str, raw: bytes, head: Head) -> None:
        """Write one response, and return when it is on the disk. Raises OSError if it fails."""
        queue = self._queue()
        entry = queue.put(Line(datetime.now(UTC), operation, raw, head))
        queue.wait(entry)
        failure = entry.failure
        del entry, raw, head  # tracebacks may show variables
        if failure is not None:
            raise failure

    def submit(self, operation: str, raw: bytes, head: Head) -> "Future[None]":
        """Write one response in a thread of the journal, after those that were submitted before.

        Returns a future that ends when the line is on the disk, or with the OSError.
        """
        from concurrent.futures import Future  # takes some ms; a client for threads never needs it

        future: Future[None] = Future()
        future.set_running_or_notify_cancel()  # from here it cannot be cancelled
        self._queue().put(Line(datetime.now(UTC), operation, raw, head), future)
        return future

    def _queue(self) -> Queue:
        """Return the queue of this process: after a fork, the old one has no thread."""
        process = os.getpid()
        queue = self._queues.get(process)
        if queue is None:
            queue = self._queues.setdefault(process, Queue(self._write))
            for owner in [*self._queues]:
                if owner != process:
                    self._queues.pop(owner, None)
        return queue

    def _write(self, entries: Sequence[Entry]) -> None:
        for day, group in groupby(entries, lambda entry: f"{entry.line.at:%Y-%m-%d}"):
            self._write_day(f"{day}{SUFFIX}", [*group])

    def _write_day(self, name: str, entries: Sequence[Entry]) -> None:
        lines: list[bytes] = []
        sound: list[Entry] = []
        for entry in entries:
            try:
                lines.append(written(entry.line))
                sound.append(entry)
            except Exception as error:  # noqa: BLE001 - the entry is given its own error
                entry.end(error.with_traceback(None))
        try:
            failures: Sequence[OSError | None] = self._files.append(name, lines)
        except OSError as error:
            failures = [copy(error) for _ in sound]
        for entry, failure in zip(sound, failures, strict=True):
            self._tell(name, entry)
            entry.end(failure)

    def _tell(self, name: str, entry: Entry) -> None:
        """Log once that secrets are in the journal, because the service quotes them."""
        if entry.line.head.quotes_secret and not self._has_told:
            from logging import getLogger  # takes some ms, and is rarely needed

            self._has_told = True
            warning = "%s: a response of %s quotes a secret, and so does the journal from here on"
            getLogger(__name__).warning(warning, self._folder / name, entry.line.operation)
