"""A journal of responses: what came, on disk before anything is read from it.

A file a day (of UTC), a line a response, each a JSON object: `at`, the time; `operation`, its
name in the WSDL; `binding`, `status` and `type` (the header Content-Type), as far as they are
known; `whole`, which is false for a body that was cut; and the body, as `text` where it is UTF-8
and else as `base64`. Only bodies of responses are written, never a request, so no credentials; but
the texts and phone numbers of customers are in it, and the files are for their owner's eyes only.
"""

import json
import os
import threading
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

from .recording import Head, Recorder

SUFFIX = ".jsonl"
_APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


class FileJournal(Recorder):
    """Appends to files in a folder, which is made if it is missing.

    A call returns when its line is on the disk (fsync). Threads may share a journal, and so may
    processes: a line is written at once. A line that a crash has torn is left, and the next
    begins on a line of its own.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)
        self._process = os.getpid()
        self._lock = threading.Lock()

    def record(self, operation: str, raw: bytes, head: Head) -> None:
        """Write one response. Raises OSError if the disk does not take it."""
        if self._process != os.getpid():  # after a fork, who holds the lock is not here
            self._process, self._lock = os.getpid(), threading.Lock()
        failed = self._append(operation, raw, head)
        del raw  # tracebacks may show variables
        if failed is not None:
            raise failed

    def _append(self, operation: str, raw: bytes, head: Head) -> OSError | None:
        try:
            self._write(operation, raw, head)
        except OSError as error:
            return error.with_traceback(None)
        return None

    def _write(self, operation: str, raw: bytes, head: Head) -> None:
        at = datetime.now(UTC)
        line = _line(at, operation, raw, head)
        path = self._folder / f"{at:%Y-%m-%d}{SUFFIX}"
        with self._lock:
            is_new = not path.exists()
            if is_new:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(path, _APPEND, 0o600)
            try:
                if _is_torn(file):
                    line = b"\n" + line
                _write_all(file, line)
                os.fsync(file)
            finally:
                os.close(file)
            if is_new:
                _sync_folder(self._folder)


def _line(at: datetime, operation: str, raw: bytes, head: Head) -> bytes:
    came: dict[str, object] = {} if head.is_whole else {"whole": False}
    for key, known in (
        ("binding", head.binding),
        ("status", head.status),
        ("type", head.content_type),
    ):
        came |= {key: known} if known else {}
    try:
        body = {"text": raw.decode("utf-8")}
    except UnicodeDecodeError:
        body = {"base64": b64encode(raw).decode("ascii")}
    said = {"at": at.isoformat(timespec="milliseconds"), "operation": operation}
    entry = said | came | body
    return json.dumps(entry, ensure_ascii=False).encode("utf-8") + b"\n"


def _is_torn(file: int) -> bool:
    """Whether the file ends inside a line."""
    if not os.fstat(file).st_size:
        return False
    os.lseek(file, -1, os.SEEK_END)
    return os.read(file, 1) != b"\n"


def _write_all(file: int, line: bytes) -> None:
    view = memoryview(line)
    while view:
        view = view[os.write(file, view) :]


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file last as well, where folders can be synchronized."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
