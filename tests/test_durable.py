"""Files are replaced whole or not at all, also where a file system has no hard links."""

import errno
import os
from pathlib import Path

import pytest

from unstringly.durable import replace_file, take_over


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("file", b"old")]


def _without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)


def test_without_links_a_file_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _without_links(monkeypatch)
    source, path = tmp_path / "source", tmp_path / "path"
    source.write_bytes(b"a program")
    source.chmod(0o750)
    take_over(source, path)
    assert path.read_bytes() == b"a program"
    assert path.stat().st_mode == source.stat().st_mode
    assert path.stat().st_ino != source.stat().st_ino


def test_without_links_a_link_is_copied_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_links(monkeypatch)
    source, path = tmp_path / "source", tmp_path / "path"
    source.symlink_to("nowhere")
    take_over(source, path)
    assert path.readlink() == Path("nowhere")


def test_without_links_there_is_no_copy_of_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_links(monkeypatch)
    source = tmp_path / "source"
    os.mkfifo(source)
    with pytest.raises(OSError, match="not permitted"):
        take_over(source, tmp_path / "path")
    assert [*tmp_path.iterdir()] == [source]
