"""Files and folders that are on the disk, and not only on their way to it, when a call returns."""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path, PurePath

TEMPORARY = ".unstringly-new"
"""What a file is called until it is whole; one run at a time writes, so one name will do."""

_FILE_MODE = 0o644


def write_new(path: Path, data: bytes) -> None:
    """Write a file where there is none."""
    _write(path, data, os.O_EXCL)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file, in one step where there is one already."""
    temporary = path.with_name(TEMPORARY)
    try:
        temporary.unlink(missing_ok=True)
        _write(temporary, data, os.O_EXCL)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def take_over(source: Path, path: Path) -> None:
    """Have a file under a second path: the same file, or a copy where it cannot have two.

    Raises OSError for a pipe, socket or device that cannot have two: there are no copies of them.
    """
    try:
        os.link(source, path, follow_symlinks=False)
        return
    except (OSError, NotImplementedError):
        mode = source.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
            raise
    shutil.copy2(source, path, follow_symlinks=False)
    if stat.S_ISREG(mode):
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def make_folder(root: Path, below: PurePath, like: Path) -> None:
    """Make a folder `below` a root, and what is between; mode and owner are those below `like`."""
    for relative in (*reversed(below.parents), below):
        path = root / relative
        if path.is_dir():
            continue
        path.mkdir(parents=True)
        with suppress(OSError):
            status = (like / relative).stat()
            path.chmod(stat.S_IMODE(status.st_mode))
            if hasattr(os, "chown"):
                os.chown(path, status.st_uid, status.st_gid)


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk, where a system can be asked for it."""
    with suppress(OSError):  # Windows opens no folders
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write(path: Path, data: bytes, flags: int) -> None:
    flags |= os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, _FILE_MODE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(_FILE_MODE)
