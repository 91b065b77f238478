"""Writing: whenever a run ends, in whatever way, a package is the old one or the new one."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings
from tests.generator.services import ROOT, SCRIPT, put_minimal, read_tree

from unstringly.cli import main
from unstringly.durable import TEMPORARY
from unstringly.manifest import MANIFEST
from unstringly.output.exchange import CannotExchange, exchange
from unstringly.output.in_place import UNFINISHED
from unstringly.output.lock import locked
from unstringly.output.write import WORK

KILLED = Path(__file__).with_name("killed.py")
LONG = settings().max_examples >= 400
USUAL = settings().max_examples >= 40
KILLS = 400 if LONG else 60 if settings().max_examples >= 150 else 4 if USUAL else 2
"""How often a run is killed, at steps that are spread over all that it takes."""

CHANCE = random.Random() if LONG else random.Random(1)

USER = {"tiny/notes.txt": "mine\n", "tiny/own/deep.txt": "mine too\n", "apart.txt": "apart\n"}


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder of a project that is generated, and then given other inputs."""
    service = put_minimal(tmp_path / "wsdl" / "tiny")
    (service / "emulator.py").write_text('"""Tests."""\n', encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.unstringly]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["generate"]).exit_code == 0
    for path, text in USER.items():
        (tmp_path / "generated" / path).parent.mkdir(exist_ok=True)
        (tmp_path / "generated" / path).write_text(text, encoding="utf-8")
    change(tmp_path)
    return tmp_path / "generated"


def change(project: Path) -> None:
    """Other inputs: several modules differ, and some files are no longer generated."""
    service = project / "wsdl" / "tiny"
    text = (service / "grammar.yaml").read_text(encoding="utf-8")
    text = text.replace("[a-z]+", "[a-y]+").replace("-1", "-2").replace("Code", "Fault")
    text = f"generate: [client, server]\n{text}"
    (service / "grammar.yaml").write_text(text, encoding="utf-8")


def new_files(output: Path) -> dict[str, str]:
    """What the files will be, written elsewhere; and the user's."""
    elsewhere = output.parent / "elsewhere"
    assert CliRunner().invoke(main, ["generate", f"--output={elsewhere}"]).exit_code == 0
    return read_tree(elsewhere) | USER


def package_of(tree: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in tree.items() if path.startswith("tiny/")}


def modules_of(tree: dict[str, str]) -> dict[str, str]:
    """What can be imported, and what comes with it: no list, and no file that is being written."""
    ours = (MANIFEST, TEMPORARY)
    return {path: text for path, text in package_of(tree).items() if Path(path).name not in ours}


def check_whole(
    output: Path, old: dict[str, str], new: dict[str, str], *, in_place: bool = False
) -> None:
    """The package is one of the two, and the next run makes it the new one, without a trace."""
    of = modules_of if in_place else package_of
    assert of(read_tree(output)) in (of(old), of(new))
    assert CliRunner().invoke(main, ["generate"]).exit_code == 0
    assert read_tree(output) == new
    assert {path.name for path in output.iterdir()} == {"tiny", "pyproject.toml", "apart.txt"}
    assert (output / "tiny" / "notes.txt").stat().st_nlink == 1
    assert CliRunner().invoke(main, ["generate", "--check"]).exit_code == 0


def test_the_inputs_change_several_files(output: Path) -> None:
    old, new = read_tree(output), new_files(output)
    assert len([path for path in old if old[path] != new.get(path)]) >= 4
    assert {*old} > {*new}


@pytest.mark.few(3)
@pytest.mark.some(10)
@pytest.mark.parametrize("problem", [OSError(errno.ENOSPC, "disk full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["rename", "replace", "link", "chmod", "fsync", "mkdir", "open"])
@pytest.mark.parametrize("after", [0, 2, 5])
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
    monkeypatch.chdir(output.parent)
    if calls <= after:
        assert read_tree(output) == new
    elif result.exit_code != 0 and isinstance(problem, OSError) and step != "open":
        assert result.exit_code == 2
        assert result.stderr.startswith("unstringly: ")
        assert "disk full" in result.stderr
        assert result.stderr.count("\n") == 1
    check_whole(output, old, new)


def test_a_disk_that_gets_full(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At whatever file, nothing has changed, and nothing is left behind."""
    old, new = read_tree(output), new_files(output)
    real = os.fsync
    for most in range(100):
        calls = 0

        def fail(descriptor: int, most: int = most) -> None:
            nonlocal calls
            calls += 1
            if calls > most:
                raise OSError(errno.ENOSPC, "disk full")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fail)
        result = CliRunner().invoke(main, ["generate"])
        if result.exit_code == 0:
            assert most > 5
            break
        assert result.exit_code == 2
        assert not (output / WORK).exists()
        assert package_of(read_tree(output)) in (package_of(old), package_of(new))
    monkeypatch.undo()
    monkeypatch.chdir(output.parent)
    check_whole(output, old, new)


def test_read_only_folder(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = read_tree(output)
    real = os.access

    def refuse(path: str | Path, mode: int) -> bool:
        return Path(path) != output / "tiny" and real(path, mode)

    monkeypatch.setattr(os, "access", refuse)
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


# Processes that are killed


def run_killed(project: Path, number: int, way: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(ROOT / "codegen"), str(ROOT)])
    return subprocess.run(
        [sys.executable, KILLED, str(number), way, "generate"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


def restore(output: Path, old: dict[str, str], held: Path) -> None:
    """The output folder as it was."""
    subprocess.run(["rm", "-rf", output], check=True)
    subprocess.run(["cp", "-a", held, output], check=True)
    assert read_tree(output) == old


@pytest.mark.few(0)
@pytest.mark.some(1)
@pytest.mark.parametrize("way", ["exchange", "in-place"])
def test_killed_at_any_step(output: Path, way: str) -> None:
    """No half of a package can be imported, and the next run makes it whole."""
    old, new = read_tree(output), new_files(output)
    held = output.parent / "held"
    subprocess.run(["cp", "-a", output, held], check=True)
    steps, exit_code = run_killed(output.parent, 0, way).stdout.split()
    assert exit_code == "0"
    total, kills = int(steps), KILLS
    assert total > 50
    halves = killed = 0
    for index in range(kills):
        restore(output, old, held)
        number = 1 + total * index // kills + CHANCE.randrange(max(total // kills, 1))
        killed += run_killed(output.parent, number, way).returncode == -signal.SIGKILL
        package = read_tree(output)
        if way == "in-place" and package["tiny/__init__.py"] == UNFINISHED.decode():
            halves += 1
            refused = subprocess.run(
                [sys.executable, "-c", "import tiny.parsers"],
                cwd=output,
                capture_output=True,
                check=False,
                encoding="utf-8",
            )
            assert refused.returncode == 1
            assert "ImportError: this package is half written: run" in refused.stderr
            result = CliRunner().invoke(main, ["generate"])
            assert result.exit_code == 0
            assert "replacing" not in result.stdout
        check_whole(output, old, new, in_place=way == "in-place")
    assert killed > 0.8 * kills
    assert halves or way == "exchange"


@pytest.mark.few(0)
def test_killed_at_any_time(output: Path) -> None:
    """As above, at moments that the steps do not name."""
    old, new = read_tree(output), new_files(output)
    held = output.parent / "held"
    subprocess.run(["cp", "-a", output, held], check=True)
    began = time.monotonic()
    subprocess.run([SCRIPT, "generate"], cwd=output.parent, check=True, capture_output=True)
    took = time.monotonic() - began
    for _ in range(KILLS // 2):
        restore(output, old, held)
        process = subprocess.Popen(
            [SCRIPT, "generate"], cwd=output.parent, stdout=subprocess.DEVNULL
        )
        time.sleep(CHANCE.uniform(took / 2, took))
        process.kill()
        process.wait()
        check_whole(output, old, new)


@pytest.mark.few(0)
def test_killed_while_the_first_package_is_written(tmp_path: Path) -> None:
    put_minimal(tmp_path / "wsdl" / "tiny")
    (tmp_path / "pyproject.toml").write_text("[tool.unstringly]\n", encoding="utf-8")
    steps = int(run_killed(tmp_path, 0, "exchange").stdout.split()[0])
    output = tmp_path / "generated"
    new = read_tree(output)
    for number in range(1, steps, max(2 * steps // KILLS, 1)):
        subprocess.run(["rm", "-rf", output], check=True)
        run_killed(tmp_path, number, "exchange")
        package = package_of(read_tree(output) if output.exists() else {})
        assert package in ({}, package_of(new))
        assert run_killed(tmp_path, 0, "exchange").stdout.endswith(" 0\n")
        assert read_tree(output) == new
        assert {path.name for path in output.iterdir()} == {"tiny", "pyproject.toml"}


# Several runs at once


@pytest.mark.few(0)
def test_runs_at_once(output: Path) -> None:
    """Each waits for the one before; none removes what is another's."""
    new = new_files(output)
    for _ in range(5 if LONG else 2 if KILLS >= 60 else 1):
        runs = [
            subprocess.Popen(
                [SCRIPT, "generate"],
                cwd=output.parent,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
            for _ in range(4)
        ]
        said = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] == [0] * 4, said
        assert read_tree(output) == new
        assert {path.name for path in output.iterdir()} == {"tiny", "pyproject.toml", "apart.txt"}
        (output / "tiny" / "types.py").write_bytes(b"")


def test_a_run_waits_for_another_and_says_so(output: Path) -> None:
    old, new = read_tree(output), new_files(output)
    with locked(output, lambda: None):
        run = subprocess.Popen(
            [SCRIPT, "generate"], cwd=output.parent, stderr=subprocess.PIPE, encoding="utf-8"
        )
        assert run.stderr is not None
        lines = iter(run.stderr.readline, "")
        assert any(
            line == "generated: another run is writing here; waiting for it\n" for line in lines
        )
        assert read_tree(output) == old
    run.communicate(timeout=60)
    assert run.returncode == 0
    assert read_tree(output) == new


def test_the_lock_of_a_folder_that_was_replaced(tmp_path: Path) -> None:
    """A run that has waited locks the folder that is there now."""
    output = tmp_path / "out"
    times = 0

    def replaced() -> None:
        nonlocal times
        times += 1

    with locked(output, replaced):
        output.rename(tmp_path / "away")
        with locked(output, replaced):
            assert output.is_dir()
    assert times == 0


# What an interrupted run and the user have left


def test_what_the_user_saved_meanwhile_is_brought_back(output: Path) -> None:
    """Files that are only in the old package, which an interrupted run has not cleared away."""
    subprocess.run(["cp", "-a", output / "tiny", output.parent / "tiny"], check=True)
    assert CliRunner().invoke(main, ["generate"]).exit_code == 0
    new = read_tree(output)
    spare = output / WORK / "old-1"
    spare.mkdir(parents=True)
    (output.parent / "tiny").rename(spare / "tiny")
    (spare / "tiny" / "saved.txt").write_text("saved\n", encoding="utf-8")
    (spare / "tiny" / "notes.txt").write_text("another\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["generate"])
    assert result.exit_code == 0
    left = f"generated/{WORK}/old-1/tiny/notes.txt"
    assert f"warning: {left} is left of an interrupted run" in result.stderr
    path = f"{WORK}/old-1/tiny/notes.txt"
    assert read_tree(output) == new | {"tiny/saved.txt": "saved\n", path: "another\n"}


def test_a_package_that_is_not_in_its_place_is_put_there(output: Path) -> None:
    old = package_of(read_tree(output))
    spare = output / WORK / "old-1"
    spare.mkdir(parents=True)
    (output / "tiny").rename(spare / "tiny")
    grammar = output.parent / "wsdl" / "tiny" / "grammar.yaml"
    other = put_minimal(output.parent / "wsdl" / "other") / "grammar.yaml"
    other.write_text(f"package: other\n{other.read_text(encoding='utf-8')}", encoding="utf-8")
    assert CliRunner().invoke(main, ["generate", "other"]).exit_code == 0
    assert package_of(read_tree(output)) == old
    assert grammar.exists()
    assert not (output / WORK).exists()


def test_a_work_folder_that_is_a_link(output: Path) -> None:
    elsewhere = output.parent / "elsewhere"
    (elsewhere / "new" / "precious").mkdir(parents=True)
    (elsewhere / "new" / "precious" / "file").write_text("precious\n", encoding="utf-8")
    (output / WORK).symlink_to(elsewhere)
    CliRunner().invoke(main, ["generate"])
    assert (elsewhere / "new" / "precious" / "file").exists()


# Exchanging


def test_exchange(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    try:
        exchange(tmp_path / "one", tmp_path / "other")
    except CannotExchange:
        pytest.skip("this file system exchanges nothing")
    assert (tmp_path / "one" / "file").read_text(encoding="utf-8") == "other"
    assert (tmp_path / "other" / "file").read_text(encoding="utf-8") == "one"
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "nothing")


def test_in_place(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where folders cannot be exchanged the result is the same."""

    def cannot(*_: object) -> None:
        raise CannotExchange

    new = new_files(output)
    monkeypatch.setattr("unstringly.output.write.exchange", cannot)
    result = CliRunner().invoke(main, ["generate"])
    assert result.exit_code == 0
    assert read_tree(output) == new
    assert {path.name for path in output.iterdir()} == {"tiny", "pyproject.toml", "apart.txt"}


@pytest.mark.parametrize("with_files", [False, True])
def test_remove_in_place(output: Path, monkeypatch: pytest.MonkeyPatch, with_files: bool) -> None:
    def cannot(*_: object) -> None:
        raise CannotExchange

    real = os.rename

    def cannot_rename(source: Path, target: Path) -> None:
        if source == output / "tiny":
            raise OSError(errno.EXDEV, "cross-device link")
        real(source, target)

    if not with_files:
        (output / "tiny" / "notes.txt").unlink()
        (output / "tiny" / "own" / "deep.txt").unlink()
        (output / "tiny" / "own").rmdir()
        monkeypatch.setattr(os, "rename", cannot_rename)
    service = output.parent / "wsdl" / "tiny"
    service.rename(service.with_name("other"))
    grammar = service.with_name("other") / "grammar.yaml"
    grammar.write_text(f"package: other\n{grammar.read_text(encoding='utf-8')}", encoding="utf-8")
    monkeypatch.setattr("unstringly.output.write.exchange", cannot)
    assert CliRunner().invoke(main, ["generate"]).exit_code == 0
    kept = {path: text for path, text in USER.items() if path.startswith("tiny/")}
    assert package_of(read_tree(output)) == (kept if with_files else {})
    assert (output / "tiny").exists() == with_files
