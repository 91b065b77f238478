"""One run at a time writes into a folder, also where folders themselves cannot be locked."""

import errno
import fcntl
import os
import threading
from pathlib import Path

import pytest

from unstringly.output.lock import LOCK_FILE, locked


def _refused(path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse to lock a folder, as NFS does it."""
    lock = fcntl.flock

    def flock(descriptor: int, operation: int) -> None:
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            raise OSError(number, os.strerror(number))
        lock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", flock)


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    _assert_exclusive(tmp_path / "out")
    assert [*(tmp_path / "out").iterdir()] == []


@pytest.mark.parametrize("number", [errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOTSUP])
def test_a_file_is_locked_where_folders_cannot_be(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refused(tmp_path, number, monkeypatch)
    _assert_exclusive(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]


def test_another_error_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _refused(tmp_path, errno.EIO, monkeypatch)
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match="Input/output") as problem, locked(tmp_path, pytest.fail):
        pytest.fail("it is not locked")
    assert problem.value.errno == errno.EIO
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_folder_that_is_moved_away_meanwhile_is_not_the_locked_one(tmp_path: Path) -> None:
    output = tmp_path / "out"
    waits = threading.Event()
    is_there: list[bool] = []

    def second() -> None:
        with locked(output, waits.set):
            is_there.append(output.is_dir())

    with locked(output, pytest.fail):
        other = threading.Thread(target=second)
        other.start()
        assert waits.wait(20)
        output.rename(tmp_path / "moved")
    other.join()
    assert is_there == [True]


def _assert_exclusive(output: Path) -> None:
    waits = threading.Event()
    order: list[str] = []

    def second() -> None:
        with locked(output, waits.set):
            order.append("second")

    with locked(output, pytest.fail):
        other = threading.Thread(target=second)
        other.start()
        assert waits.wait(20)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
