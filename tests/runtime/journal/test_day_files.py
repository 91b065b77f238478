"""Files of whole lines: what is on the disk stays, what is no file of ours is not touched."""

import errno
import os
import stat
import threading
from io import FileIO
from pathlib import Path
from typing import cast

import pytest
from tests.runtime.programs import run

from msgsend._runtime.journal import day_files, file_locks
from msgsend._runtime.journal.day_files import DayFiles

if os.name != "posix":
    pytest.skip("files of POSIX", allow_module_level=True)

import fcntl

NAME = "2030-01-02.jsonl"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_lines_are_appended(tmp_path: Path) -> None:
    files = DayFiles(tmp_path)
    assert files.append(NAME, [b"a\n", b"b\n"]) == [None, None]
    assert files.append(NAME, [b"c\n"]) == [None]
    assert (tmp_path / NAME).read_bytes() == b"a\nb\nc\n"


@pytest.mark.parametrize("torn", [b"tor", b"\0\0\0", b"whole\ntor"])
def test_a_torn_line_gets_an_end(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / NAME).write_bytes(torn)
    DayFiles(tmp_path).append(NAME, [b"a\n", b"b\n"])
    assert (tmp_path / NAME).read_bytes() == torn + b"\na\nb\n"


def test_all_that_is_made_is_for_its_owner(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        DayFiles(tmp_path / "a" / "b" / "c").append(NAME, [b"a\n"])
    finally:
        os.umask(before)
    assert mode(tmp_path / "a" / "b" / "c" / NAME) == 0o600
    for folder in ("a", "a/b", "a/b/c"):
        assert mode(tmp_path / folder) == 0o700


def test_all_that_is_new_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    real = os.fsync

    def fsync(file: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{file}")))
        real(file)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no names of open files here")
    monkeypatch.setattr(os, "fsync", fsync)
    files = DayFiles(tmp_path / "a" / "b")
    files.append(NAME, [b"1\n"])
    assert {tmp_path, tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / NAME} == set(
        synced
    )
    synced.clear()
    files.append(NAME, [b"2\n"])
    assert synced == [tmp_path / "a" / "b" / NAME]
    (tmp_path / "a" / "b" / NAME).unlink()
    files.append(NAME, [b"3\n"])
    assert tmp_path / "a" / "b" in synced, "the name of the file that took its place"


def test_a_link_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    (tmp_path / NAME).symlink_to(other)
    with pytest.raises(OSError, match="must not be a link") as caught:
        DayFiles(tmp_path).append(NAME, [b"a\n"])
    assert caught.value.errno == errno.ELOOP
    other.write_bytes(b"")
    with pytest.raises(OSError, match="must not be a link"):
        DayFiles(tmp_path).append(NAME, [b"a\n"])
    assert other.read_bytes() == b""


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    with pytest.raises(OSError, match="must be a regular file"):
        DayFiles(tmp_path).append(NAME, [b"a\n"])
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(IsADirectoryError):
        DayFiles(tmp_path).append("folder.jsonl", [b"a\n"])


def test_a_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    DayFiles(tmp_path / "link").append(NAME, [b"a\n"])
    assert (tmp_path / "real" / NAME).read_bytes() == b"a\n"


def test_a_link_to_no_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "missing")
    with pytest.raises(FileNotFoundError):
        DayFiles(tmp_path / "link").append(NAME, [b"a\n"])


@pytest.mark.parametrize(("folder", "file"), [(0o777, 0o600), (0o700, 0o644), (0o755, 0o600)])
def test_who_lets_others_in_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, folder: int, file: int
) -> None:
    place = tmp_path / "journal"
    files = DayFiles(place)
    files.append(NAME, [b"a\n"])
    assert not caplog.records
    place.chmod(folder)
    (place / NAME).chmod(file)
    files = DayFiles(place)
    for _ in range(2):
        files.append(NAME, [b"a\n"])
    warnings = ["others have access" in record.getMessage() for record in caplog.records]
    assert warnings == ([] if folder == 0o755 else [True])
    assert mode(place / NAME) == file


def test_a_file_that_is_moved_away_while_it_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As logrotate does: the lines are in the new file, not in one that may be gone."""
    real = file_locks.lock

    def lock(file: int) -> bool:
        if not (tmp_path / "rotated").exists():
            (tmp_path / NAME).rename(tmp_path / "rotated")
        return real(file)

    monkeypatch.setattr(day_files, "lock", lock)
    DayFiles(tmp_path).append(NAME, [b"a\n"])
    assert (tmp_path / NAME).read_bytes() == b"a\n"
    assert (tmp_path / "rotated").read_bytes() == b""


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    """So nobody writes between the look at the last line and the next one."""
    path = tmp_path / NAME
    with path.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        other.write(b"tor")
        other.flush()
        thread = threading.Thread(target=DayFiles(tmp_path).append, args=(NAME, [b"a\n"]))
        thread.start()
        thread.join(0.05)
        assert thread.is_alive()
        other.write(b"n, and whole after all\n")
        other.flush()
        fcntl.flock(other, fcntl.LOCK_UN)
        thread.join()
    assert path.read_bytes() == b"torn, and whole after all\na\n"


def test_a_lock_that_never_ends_is_passed_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its holder may be stopped for good, and what came must be written."""
    monkeypatch.setattr(file_locks, "LONGEST_WAIT", 0.02)
    with (tmp_path / NAME).open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        DayFiles(tmp_path).append(NAME, [b"a\n"])
    assert (tmp_path / NAME).read_bytes() == b"a\n"
    assert "without it" in caplog.text


def test_a_lock_ends_though_a_child_has_the_file(tmp_path: Path) -> None:
    """Whoever forks while a thread writes gives the child the file, and so the lock."""
    with (tmp_path / NAME).open("ab") as file:
        assert file_locks.lock(file.fileno())
        with os.fdopen(os.dup(file.fileno()), "ab"):  # as the child has it
            file_locks.unlock(file.fileno())
            with (tmp_path / NAME).open("ab") as other:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP])
def test_a_file_system_without_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def flock(_file: int, _how: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", flock)
    assert DayFiles(tmp_path).append(NAME, [b"a\n"]) == [None]


def test_a_full_disk_loses_nothing_else(tmp_path: Path) -> None:
    """What fits is kept, what does not is told, and its torn line swallows nothing."""
    run(
        """
        import resource, sys
        from pathlib import Path
        from msgsend._runtime.journal.day_files import DayFiles

        files = DayFiles(Path(sys.argv[1]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        lines = [b"a" * 599 + b"\\n", b"b" * 599 + b"\\n", b"c\\n"]
        first, second, third = files.append("day", lines)
        assert first is None and second.strerror == third.strerror == "File too large"
        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
        assert files.append("day", [b"d\\n"]) == [None]
        """,
        tmp_path,
    )
    first, torn, last = (tmp_path / "day").read_bytes().splitlines()
    assert (first, torn.strip(b"b"), last) == (b"a" * 599, b"", b"d")


def test_a_write_that_takes_less_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(FileIO):
        def write(self, data: object) -> int:
            return super().write(bytes(cast("memoryview", data)[:3]))

    monkeypatch.setattr(day_files, "FileIO", Slow)
    DayFiles(tmp_path).append(NAME, [b"0123456789\n"])
    assert (tmp_path / NAME).read_bytes() == b"0123456789\n"


def test_a_disk_that_does_not_sync_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="broken"):
        DayFiles(tmp_path).append(NAME, [b"a\n"])


def test_folders_that_cannot_be_synced_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, "no folders here")
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    assert DayFiles(tmp_path / "a").append(NAME, [b"a\n"]) == [None]
