"""Writing of packages: each is made beside the old one, and then exchanged with it.

A new package is made whole in the work folder, with the user's own files linked into it, and is
synced to the disk before it takes the place of the old one in one step. So whenever a run ends,
also by a signal or a power cut, a package is the old one or the new one. The work folder may then
hold two sorts of packages, which the next run clears away before it does anything else:

    .unstringly-work/new/PACKAGE     not finished; nothing but links and new files
    .unstringly-work/old-…/PACKAGE   finished and not yet in its place, or the old one

Where folders cannot be exchanged, `in_place.py` takes over. The caller holds the folder's lock.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from unstringly.durable import (
    TEMPORARY,
    make_folder,
    replace_file,
    sync_folder,
    take_over,
    write_new,
)
from unstringly.manifest import MANIFEST, Content, content, digest
from unstringly.output.compare import Comparison, Kept, is_cache, manifest_of, present
from unstringly.output.exchange import CannotExchange, exchange
from unstringly.output.in_place import replace_in_place

WORK = ".unstringly-work"

_NOT_CLEARED = "is left of an interrupted run; compare it and delete it"


def write(output: Path, files: Mapping[str, Content], comparison: Comparison) -> tuple[Kept, ...]:
    """Make the output folder as `files` say; return the paths that could not be cleared away.

    A package whose service is gone is removed before the project file forgets it. Raises OSError
    if a file cannot be written; each package then is as it was, or as it should be.
    """
    packages = sorted({path.partition("/")[0] for path in comparison.changes if "/" in path})
    uncleared: list[Kept] = []
    for package in packages:
        _check_writable(output / package)
    try:
        for package in packages:
            uncleared.extend(_write_package(output, package, files, comparison))
        for path in comparison.changes:
            if "/" not in path:
                replace_file(output / path, content(files[path]))
        sync_folder(output)
    except BaseException:
        with suppress(OSError):
            recover(output)
        raise
    _clear_work(output)
    return tuple(uncleared)


def recover(output: Path) -> tuple[Kept, ...]:
    """Clear away the work folder of an interrupted run; return the paths that could not be cleared.

    A finished package whose place is empty is put there, and files that the user has saved
    meanwhile are moved into the package.
    """
    work = output / WORK
    (output / TEMPORARY).unlink(missing_ok=True)
    if not work.is_dir() or work.is_symlink():
        return ()
    uncleared: list[Kept] = []
    for spare in sorted(work.glob("old-*/*")):
        package = output / spare.name
        if not os.path.lexists(package) and (spare / MANIFEST).is_file():
            spare.rename(package)
            sync_folder(output)
        else:
            uncleared.extend(_dismantle(output, spare, package))
    _clear_work(output)
    return tuple(uncleared)


def _write_package(
    output: Path, package: str, files: Mapping[str, Content], comparison: Comparison
) -> tuple[Kept, ...]:
    folder, finished = output / package, output / WORK / "new" / package
    prefix = f"{package}/"
    contents = {
        path.removeprefix(prefix): text for path, text in files.items() if path.startswith(prefix)
    }
    differing = (*comparison.stale, *comparison.missing)
    changed = {path.removeprefix(prefix) for path in differing if path.startswith(prefix)}
    removed = {path.removeprefix(prefix) for path in comparison.orphans}
    for inner, text in contents.items():
        if inner in changed:
            make_folder(finished, PurePosixPath(inner).parent, folder)
            write_new(finished / inner, content(text))
        else:
            _take_over(folder, finished, inner)
    for inner in present(folder) if folder.is_dir() else ():
        if inner not in contents and inner not in removed:
            _take_over(folder, finished, inner)
    if not finished.is_dir():
        return _remove_package(output, folder, removed)
    _sync_folders(finished)
    return _put(output, finished, folder, removed)


def _sync_folders(folder: Path) -> None:
    """Sync a folder and all below it, but no folder that a link leads to."""
    for below in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        if not below.is_symlink():
            sync_folder(below)


def _put(output: Path, finished: Path, folder: Path, removed: Iterable[str]) -> tuple[Kept, ...]:
    """Put a finished package into its place, and clear the old one away."""
    spare = Path(tempfile.mkdtemp(prefix="old-", dir=output / WORK)) / folder.name
    finished.rename(spare)
    sync_folder(spare.parent)
    if not folder.exists():
        spare.rename(folder)
        sync_folder(output)
        return ()
    try:
        exchange(spare, folder)
    except CannotExchange:
        replace_in_place(spare, folder, removed)
    sync_folder(output)
    return _dismantle(output, spare, folder)


def _remove_package(output: Path, folder: Path, removed: Iterable[str]) -> tuple[Kept, ...]:
    """Remove a package in which nothing has to be kept."""
    (output / WORK).mkdir(exist_ok=True)
    spare = Path(tempfile.mkdtemp(prefix="old-", dir=output / WORK)) / folder.name
    try:
        folder.rename(spare)
    except OSError:
        replace_in_place(None, folder, removed)
        return ()
    sync_folder(output)
    return _dismantle(output, spare, folder)


def _take_over(folder: Path, finished: Path, inner: str) -> None:
    """Give a file, or an empty folder, of the old package to the new one as well."""
    if inner.endswith("/"):
        make_folder(finished, PurePosixPath(inner), folder)
        return
    make_folder(finished, PurePosixPath(inner).parent, folder)
    take_over(folder / inner, finished / inner)


def _dismantle(output: Path, spare: Path, folder: Path) -> tuple[Kept, ...]:
    """Delete a package that has been replaced, but no file of the user that its successor lacks.

    The user may have saved one while the new package was made: it is moved over. Return the
    paths that could not be cleared away.
    """
    old, new = manifest_of(spare) or {}, manifest_of(folder) or {}
    uncleared: list[Kept] = []
    for inner in sorted(present(spare), key=MANIFEST.__eq__):  # the manifest is the last to go
        path, successor = spare / inner, folder / inner
        if inner.endswith("/"):
            continue
        try:
            is_ours = inner in new or path.name in (MANIFEST, TEMPORARY)
            if is_ours or _is_there(path, successor) or _is_written(path, old.get(inner)):
                path.unlink()
            elif folder.is_dir() and not os.path.lexists(successor):
                successor.parent.mkdir(parents=True, exist_ok=True)
                path.rename(successor)
            else:
                uncleared.append(Kept(path.relative_to(output).as_posix(), _NOT_CLEARED))
        except OSError as problem:
            why = f"could not be cleared away: {problem.strerror}"
            uncleared.append(Kept(path.relative_to(output).as_posix(), why))
    _remove_empty(spare)
    return tuple(uncleared)


def _is_there(path: Path, successor: Path) -> bool:
    """Say whether a user's file is in the new package too: the same file, or a copy of it."""
    if not os.path.lexists(successor):
        return False
    old, new = path.lstat(), successor.lstat()
    if os.path.samestat(old, new):
        return True
    if stat.S_ISLNK(old.st_mode) and stat.S_ISLNK(new.st_mode):
        return path.readlink() == successor.readlink()
    both_regular = stat.S_ISREG(old.st_mode) and stat.S_ISREG(new.st_mode)
    is_alike = (old.st_size, old.st_mtime_ns) == (new.st_size, new.st_mtime_ns)
    return both_regular and is_alike and path.read_bytes() == successor.read_bytes()


def _is_written(path: Path, hashes: frozenset[str] | None) -> bool:
    is_regular = stat.S_ISREG(path.lstat().st_mode)
    return hashes is not None and is_regular and digest(path.read_bytes()) in hashes


def _remove_empty(folder: Path) -> None:
    """Remove a folder, and all below it, in which there are only Python's compiled files."""
    for below, _, names in os.walk(folder, topdown=False):
        for name in names:
            if is_cache(f"{Path(below).name}/{name}"):
                (Path(below) / name).unlink(missing_ok=True)
        with suppress(OSError):
            Path(below).rmdir()


def _clear_work(output: Path) -> None:
    """Remove unfinished packages, and the work folder if nothing else is in it."""
    work = output / WORK
    if work.is_symlink() or not work.is_dir():
        return
    shutil.rmtree(work / "new", ignore_errors=True)
    for spare in work.glob("old-*"):
        with suppress(OSError):
            spare.rmdir()
    with suppress(OSError):
        work.rmdir()


def _check_writable(folder: Path) -> None:
    """Raise PermissionError for a write-protected folder, which an exchange would replace."""
    for below, _, _ in os.walk(folder):
        if not os.access(below, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), below)
