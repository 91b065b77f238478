"""Writing of files that are synced to the disk (fsync) when a call returns; syncing of folders."""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path, PurePath

TEMPORARY = ".unstringly-new"
"""The name of a file until it is whole; one run at a time writes, so one name is enough."""

_FILE_MODE = 0o644


def write_new(path: Path, data: bytes) -> None:
    """Write a new file; raises FileExistsError if there is one."""
    _write(path, data, os.O_EXCL)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file; one that exists is replaced in one step. Raises OSError."""
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
    """Give a file a second path: a hard link, or a copy where links cannot be made.

    Raises OSError for a pipe, socket or device that cannot be linked: there are no copies of them.
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
        _sync(path, os.O_RDWR)


def make_folder(root: Path, below: PurePath, like: Path) -> None:
    """Make a folder `below` a root, with its parents; mode and owner are those below `like`."""
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
    """Sync the names in a folder to the disk, where the system can."""
    with suppress(OSError):  # Windows opens no folders
        _sync(path, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
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
