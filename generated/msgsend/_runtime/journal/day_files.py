# Copied by unstringly 0.1.0. Do not edit.
"""Files to which several processes append whole lines, even when one of them is killed.

One lock is held while the end of the file is checked and the line is written behind it. A torn
line gets an end before the next one, and is never cut off: the bytes of others are not touched.
"""

import errno
import os
import stat
from collections.abc import Callable, Sequence
from io import FileIO
from pathlib import Path

from .file_locks import LONGEST_WAIT, lock, unlock

_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_SYNC = {errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.EROFS}
_ATTEMPTS = 5


class DayFiles:
    """The files of a folder. One thread at a time may append."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._synced: tuple[int, int] | None = None
        self._has_warned = False

    def append(self, name: str, lines: Sequence[bytes]) -> list[OSError | None]:
        """Write lines through to the disk; return an error for each, None if it is on the disk.

        Raises OSError where all lines have the same error: the file cannot be opened, or synced.
        """
        path = self._folder / name
        for attempt in range(1, _ATTEMPTS + 1):
            with self._opened(path) as file:
                is_locked = _locked(file, path)
                try:
                    if attempt < _ATTEMPTS and not _is_at(file, path):
                        continue  # another process has moved it away
                    if not os.fstat(file.fileno()).st_size:
                        self._synced = None
                    problems = _appended(file, lines)
                    os.fsync(file.fileno())
                    self._make_last(file, path)
                    return problems
                finally:
                    if is_locked:
                        unlock(file.fileno())
        raise AssertionError("the last attempt returns")

    def _opened(self, path: Path) -> FileIO:
        try:
            return FileIO(path, "a+", opener=_open)
        except FileNotFoundError:
            _make(self._folder)
        return FileIO(path, "a+", opener=_open)

    def _make_last(self, file: FileIO, path: Path) -> None:
        """Sync the name of a file that this process has not had before, and of its folder."""
        status = os.fstat(file.fileno())
        if self._synced == (status.st_dev, status.st_ino):
            return
        _sync(self._folder)
        _sync(self._folder.parent)
        self._synced = (status.st_dev, status.st_ino)
        self._warn(path, status.st_mode)

    def _warn(self, path: Path, mode: int) -> None:
        """Warn once that others may read the file, or put another in its place."""
        if os.name != "posix" or self._has_warned:
            return
        folder = self._folder.stat().st_mode
        for place, access in ((self._folder, folder & 0o022), (path, mode & 0o077)):
            if access:
                self._has_warned = True
                _tell("%s: others have access to this journal (%s)", place, oct(access))


def _open(path: str, flags: int) -> int:
    """Open a regular file, for its owner only if it is new. Refuse links and devices at once."""
    if not hasattr(os, "O_NOFOLLOW") and os.path.islink(path):
        raise OSError(errno.ELOOP, "a journal's file must not be a link", path)
    try:
        file = os.open(path, flags | _FLAGS, 0o600)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        link = OSError(errno.ELOOP, "a journal's file must not be a link", path)
    else:
        if stat.S_ISREG(os.fstat(file).st_mode):
            return file
        os.close(file)
        link = OSError(errno.EINVAL, "a journal's file must be a regular file", path)
    raise link


def _locked(file: FileIO, path: Path) -> bool:
    try:
        return lock(file.fileno())
    except TimeoutError:
        warning = "%s: somebody holds its lock for more than %g s; written to without it"
        _tell(warning, path, LONGEST_WAIT)
    return False


def _is_at(file: FileIO, path: Path) -> bool:
    """Say whether the path still leads to the open file."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _appended(file: FileIO, lines: Sequence[bytes]) -> list[OSError | None]:
    problems: list[OSError | None] = []
    is_torn = _is_torn(file)
    for line in lines:
        try:
            _write(file.write, b"\n" + line if is_torn else line)
        except OSError as error:
            problems.append(error.with_traceback(None))
            is_torn = True
        else:
            problems.append(None)
            is_torn = False
    return problems


def _is_torn(file: FileIO) -> bool:
    """Say whether the file ends inside a line."""
    if not os.fstat(file.fileno()).st_size:
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _write(write: Callable[[memoryview], int | None], line: bytes) -> None:
    view = memoryview(line)
    while view:
        view = view[write(view) or 0 :]


def _make(folder: Path) -> None:
    """Make a folder and all missing ones above it, for their owner only, and sync their names."""
    missing: list[Path] = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for absent in reversed(missing):
        try:
            absent.mkdir(mode=0o700)
        except FileExistsError:  # another process was faster, or it is a link to nowhere
            continue
        _sync(absent.parent)


def _sync(folder: Path) -> None:
    """Sync the names in a folder, where the system can sync folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def _tell(words: str, *parts: object) -> None:
    from logging import getLogger  # takes some ms, and is rarely needed

    getLogger(__name__).warning(words, *parts)
