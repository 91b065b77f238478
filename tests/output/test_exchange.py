"""Two paths are exchanged in one step, or nothing has changed."""

import ctypes
import errno
import os
from pathlib import Path

import pytest

from unstringly.output.exchange import CannotExchange, exchange


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with a file, and an empty one."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    (first / "file").touch()
    return first, second


def _is_as_it_was(paths: tuple[Path, Path]) -> bool:
    first, second = paths
    return (first / "file").is_file() and not any(second.iterdir())


def _with_library(library: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object, **__: object) -> object:
        return library

    monkeypatch.setattr(ctypes, "CDLL", load)


def test_folders_are_exchanged(paths: tuple[Path, Path]) -> None:
    try:
        exchange(*paths)
    except CannotExchange:
        assert _is_as_it_was(paths)
        pytest.skip("this file system has no such step")
    assert _is_as_it_was((paths[1], paths[0]))


def test_what_is_not_there_is_an_error_of_the_system(paths: tuple[Path, Path]) -> None:
    with pytest.raises(OSError, match="No such file") as problem:
        exchange(paths[0], paths[1] / "none")
    assert problem.value.errno == errno.ENOENT
    assert problem.value.filename == str(paths[0])
    assert _is_as_it_was(paths)


def test_another_system_cannot(paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    try:
        with pytest.raises(CannotExchange):
            exchange(*paths)
    finally:
        monkeypatch.undo()
    assert _is_as_it_was(paths)


def test_a_system_without_the_function_cannot(
    paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_library(object(), monkeypatch)
    with pytest.raises(CannotExchange):
        exchange(*paths)
    assert _is_as_it_was(paths)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_a_file_system_without_the_step_cannot(
    paths: tuple[Path, Path], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Library:
        def renameat2(self, *_: object) -> int:
            ctypes.set_errno(number)
            return -1

    _with_library(Library(), monkeypatch)
    with pytest.raises(CannotExchange):
        exchange(*paths)
    assert _is_as_it_was(paths)
