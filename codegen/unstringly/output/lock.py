"""A lock on the output folder, so that one run at a time writes into it.

The system frees the lock of a process that ends in whatever way, so none is ever left behind. The
lock is on the folder itself; where folders cannot be locked, on a file in it that stays there.
"""

import errno
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

LOCK_FILE = ".unstringly-lock"


@contextmanager
def locked(output: Path, waiting: Callable[[], object]) -> Generator[None]:
    """Hold the lock of an output folder, which is made if it is not there.

    `waiting` is called if another run holds it. Raises OSError if the folder cannot be made or
    locked.
    """
    descriptor = _locked_descriptor(output, waiting)
    try:
        yield
    finally:
        os.close(descriptor)


def _locked_descriptor(output: Path, waiting: Callable[[], object]) -> int:
    while True:
        output.mkdir(parents=True, exist_ok=True)
        descriptor = _lockable(output)
        try:
            if not _try(descriptor):
                waiting()
                _wait(descriptor)
            if _is_still_there(output, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_still_there(output: Path, descriptor: int) -> bool:
    """Say whether the locked folder or file is still at its path, and was not moved away."""
    locked_one = os.fstat(descriptor)
    for path in (output, output / LOCK_FILE):
        try:
            if os.path.samestat(path.stat(), locked_one):
                return True
        except FileNotFoundError:
            continue
    return False


def _file(output: Path) -> int:
    return os.open(output / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)


if sys.platform == "win32":
    import msvcrt
    import time

    def _lockable(output: Path) -> int:
        return _file(output)

    def _try(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EDEADLK):
                raise
            return False
        return True

    def _wait(descriptor: int) -> None:
        while not _try(descriptor):
            time.sleep(0.1)

else:
    import fcntl

    def _lockable(output: Path) -> int:
        descriptor = os.open(output, os.O_RDONLY)
        try:
            _try(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno not in (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOTSUP):
                raise
            return _file(output)  # NFS locks only what is open for writing
        return descriptor

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
