"""Exchange of two folders in one step, where the system can: both paths exist at every moment.

Linux has `renameat2` for it and macOS `renamex_np`. Python has neither, so C is called.
"""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2

_CANNOT = {
    errno.ENOSYS,  # an old kernel
    errno.EINVAL,  # a file system without it
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EXDEV,  # a folder in a lower layer of a container's image
    errno.EBUSY,  # a folder that is itself mounted
}


class CannotExchange(Exception):
    """This system, or the file system of these folders, has no such step."""


def exchange(first: Path, second: Path) -> None:
    """Exchange the folders or files at two paths of one file system.

    Raises `CannotExchange`, or OSError for another reason; in both cases nothing has changed.
    """
    if os.name != "posix":
        raise CannotExchange
    names = (os.fsencode(first), os.fsencode(second))
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, ctypes.c_uint(_RENAME_SWAP))
    elif hasattr(library, "renameat2"):
        at = ctypes.c_int(_AT_FDCWD)
        failed = library.renameat2(at, names[0], at, names[1], ctypes.c_uint(_RENAME_EXCHANGE))
    else:
        raise CannotExchange
    if failed:
        number = ctypes.get_errno()
        if number in _CANNOT:
            raise CannotExchange
        raise OSError(number, os.strerror(number), str(first), None, str(second))
