"""Each file is written in one step: an interrupted run leaves old files and new, and no others."""

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.generator.services import put_minimal, read_tree

from unstringly.cli import main


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder of a project that is generated, and then given other inputs."""
    put_minimal(tmp_path / "wsdl" / "tiny")
    (tmp_path / "pyproject.toml").write_text("[tool.unstringly]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["generate"]).exit_code == 0
    grammar = tmp_path / "wsdl" / "tiny" / "grammar.yaml"
    text = grammar.read_text(encoding="utf-8").replace("[a-z]+", "[a-y]+").replace("-1", "-2")
    grammar.write_text(text.replace("Code", "Fault"), encoding="utf-8")
    return tmp_path / "generated"


def new_files(output: Path) -> dict[str, str]:
    """What the files will be, written elsewhere."""
    elsewhere = output.parent / "elsewhere"
    assert CliRunner().invoke(main, ["generate", f"--output={elsewhere}"]).exit_code == 0
    return read_tree(elsewhere)


def test_the_inputs_change_several_files(output: Path) -> None:
    old, new = read_tree(output), new_files(output)
    assert len([path for path in old if old[path] != new[path]]) >= 4


@pytest.mark.parametrize("problem", [OSError(errno.ENOSPC, "disk full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["replace", "rename", "chmod", "fdopen", "fsync"])
@pytest.mark.parametrize("after", [0, 2])
def test_interrupted(
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    problem: BaseException,
    step: str,
    after: int,
) -> None:
    old, new = read_tree(output), new_files(output)
    real = getattr(os, step)
    calls = 0

    def fail(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls > after:
            raise problem
        return real(*args, **kwargs)

    monkeypatch.setattr(os, step, fail)
    result = CliRunner().invoke(main, ["generate"])
    monkeypatch.undo()
    os.chdir(output.parent)
    now = read_tree(output)
    assert sorted(now) == sorted(old)
    assert all(text in (old[path], new[path]) for path, text in now.items())
    if calls <= after:
        assert now == new
        return
    assert result.exit_code in (1, 2)
    changed = [path for path in now if now[path] != old[path]]
    assert len(changed) == after if step == "replace" else len(changed) <= after
    if isinstance(problem, OSError):
        assert result.exit_code == 2
        assert result.stderr.startswith("unstringly: ")
        assert "disk full" in result.stderr
        assert result.stderr.count("\n") == 1
    assert CliRunner().invoke(main, ["generate"]).exit_code == 0
    assert read_tree(output) == new


def test_read_only_folder(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = read_tree(output)

    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", str(output / "tiny"))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    result = CliRunner().invoke(main, ["generate"])
    assert result.exit_code == 2
    assert result.stderr == f"unstringly: {output / 'tiny'}: Permission denied\n"
    assert read_tree(output) == old


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_really_read_only_folder(output: Path) -> None:
    old = read_tree(output)
    (output / "tiny").chmod(0o555)
    try:
        result = CliRunner().invoke(main, ["generate"])
    finally:
        (output / "tiny").chmod(0o755)
    assert result.exit_code == 2
    assert "Permission denied" in result.stderr
    assert read_tree(output) == old
