# Copied by unstringly 0.1.0. Do not edit.
"""Locks on files, between processes. The system ends them with the process that holds them."""

import errno
import os
import sys
import time
from typing import Final

LONGEST_WAIT: Final = 5.0
"""Seconds. A process that holds a lock for longer has been stopped, or waits for its disk."""

_PAUSE = 0.001
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def lock(file: int) -> bool:
    """Lock an open file; return False where its file system has no locks.

    Waits while another process holds the lock. Raises TimeoutError after `LONGEST_WAIT` seconds.
    """
    end = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            _take(file)
        except (BlockingIOError, PermissionError):
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, "somebody holds its lock") from None
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return False
            raise
        else:
            return True
        time.sleep(_PAUSE)


if sys.platform == "win32":
    import msvcrt

    _FAR: Final = 2**62
    """The place of a byte that no file has: so no reader of the file is kept from its bytes."""

    def _take(file: int) -> None:
        os.lseek(file, _FAR, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def unlock(file: int) -> None:
        """End a lock."""
        os.lseek(file, _FAR, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(file: int) -> None:
        """End a lock, also for children that this process has forked meanwhile."""
        fcntl.flock(file, fcntl.LOCK_UN)
