"""What is read of a service's folder: regular files that lie in it, and no more than they may have.

A case of `golden/folder` is a service with the whole output of `check` in `expected.txt`. What git
cannot keep (pipes, devices, large files, links to absolute paths) is made here.
"""

import os
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.generator.services import MINIMAL_WSDL, ROOT, put_minimal, read_tree

from unstringly.check.examples import SAMPLE_OTHERWISE
from unstringly.cli import main
from unstringly.pipeline import check
from unstringly.read import addresses, emulator_file, samples
from unstringly.regular_files import Missing, Unfit, read_regular

GOLDEN = ROOT / "tests" / "golden" / "folder"
CASES = sorted(path.name for path in GOLDEN.iterdir())
CODE = '"""Only for tests."""\n'


def invoke(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, monkeypatch: pytest.MonkeyPatch, update_golden: bool) -> None:
    monkeypatch.chdir(GOLDEN)
    result = invoke("check", case, "--source=.")
    expected = GOLDEN / case / "expected.txt"
    if update_golden:
        expected.write_text(result.stderr, encoding="utf-8", newline="\n")
    assert result.stderr == expected.read_bytes().decode("utf-8")
    assert f"[{case.split('_')[0]}]" in result.stderr


def test_every_rule_has_a_case() -> None:
    rules = (*emulator_file.RULES, *addresses.RULES, *samples.RULES, SAMPLE_OTHERWISE)
    assert {case.split("_")[0] for case in CASES} == {rule.code for rule in rules}


# What a name in the folder may be, other than a file


def link_out(path: Path) -> None:
    secret = path.parent.parent.parent / "secret"
    secret.write_text("the secret\n", encoding="utf-8")
    path.symlink_to(secret)


def link_out_by_a_folder(path: Path) -> None:
    elsewhere = path.parent.parent.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / path.name).write_text("the secret\n", encoding="utf-8")
    (path.parent / "inside").symlink_to(elsewhere)
    path.symlink_to(Path("inside", path.name))


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_a_process_file(path: Path) -> None:
    path.symlink_to("/proc/self/environ")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(path.parent)  # the address of a socket is short
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


def folder(path: Path) -> None:
    path.mkdir()


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def nothing(path: Path) -> None:
    path.symlink_to("nothing")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(400_000_000)


ODD = (
    *(link_out, link_out_by_a_folder, link_to_a_device, link_to_a_process_file),
    *(pipe, unix_socket, folder, circle, nothing, huge),
)
FILES = {"grammar.yaml": "S101", "Tiny.wsdl": "W101", "emulator.py": "F102"}
MOST_MEMORY = 600 * 1024 * 1024


WITH_LITTLE_MEMORY = f"""\
import resource, runpy
resource.setrlimit(resource.RLIMIT_AS, ({MOST_MEMORY}, {MOST_MEMORY}))
runpy.run_module("unstringly", run_name="__main__")
"""
"""Sets the limit itself: a fork of this process would be one of all that other tests imported."""


@pytest.mark.few(3)
@pytest.mark.some(8)
@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", FILES)
def test_what_is_no_file_of_the_folder(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    """It is a finding, in little time and memory, and nothing of it is shown."""
    service = put_minimal(tmp_path / "in" / "tiny")
    (service / name).unlink(missing_ok=True)
    make(service / name)
    found = subprocess.run(
        [sys.executable, "-c", WITH_LITTLE_MEMORY, "generate", "--source=in", "--output=out"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "codegen"), "PRIVATE": "the secret"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert found.returncode == 1, found.stderr
    assert f"in/tiny/{name}:1:1: error[{FILES[name]}]: " in found.stderr
    assert "secret" not in found.stdout + found.stderr
    assert "Traceback" not in found.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", FILES)
def test_links_within_the_folder_are_followed(tmp_path: Path, name: str) -> None:
    service = put_minimal(tmp_path / "in" / "tiny")
    (service / "emulator.py").write_text(CODE, encoding="utf-8")
    (service / "kept").mkdir()
    (service / name).rename(service / "kept" / "the_file")
    (service / name).symlink_to(Path("kept", "the_file"))
    output = tmp_path / "out"
    result = invoke("generate", f"--source={tmp_path / 'in'}", f"--output={output}")
    assert result.exit_code == 0, result.stderr
    assert (output / "tiny" / "emulator.py").read_text(encoding="utf-8") == CODE


def test_a_folder_that_is_a_link(tmp_path: Path) -> None:
    """Where a service's folder is, its owner says; its files lie in it all the same."""
    put_minimal(tmp_path / "elsewhere" / "tiny")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "tiny").symlink_to(tmp_path / "elsewhere" / "tiny")
    result = invoke("check", f"--source={tmp_path / 'in'}")
    assert result.exit_code == 0, result.stderr


def test_an_emulator_that_is_not_utf_8(tmp_path: Path) -> None:
    """It is not changed into other characters in silence."""
    service = put_minimal(tmp_path / "in" / "tiny")
    (service / "emulator.py").write_bytes(b'# one\n"""caf\xe9"""\n')
    result = invoke("check", f"--source={tmp_path / 'in'}")
    assert result.exit_code == 1
    assert "emulator.py:2:7: error[F102]: byte 0xE9 is not UTF-8" in result.stderr


@pytest.mark.parametrize(
    ("code", "place"),
    [
        (b"x = 1\ndef f(:\n", "2:7"),
        (b"x = 1\nif x:\n", "2:"),
        (b"x = '\0'\n", "1:"),
        (b"# coding: no-such-thing\n", "1:"),
        (b"# coding: hex\n", "1:"),
        (b"x = " + b"(" * 500, "1:"),
        (b"x = " + b"-" * 20_000 + b"1\n", "1:"),
    ],
    ids=["head", "end", "null", "coding", "hex", "nested", "signs"],
)
def test_an_emulator_that_is_no_python(tmp_path: Path, code: bytes, place: str) -> None:
    service = put_minimal(tmp_path / "in" / "tiny")
    (service / "emulator.py").write_bytes(code)
    result = invoke("check", f"--source={tmp_path / 'in'}")
    assert result.exit_code == 1
    assert f"emulator.py:{place}" in result.stderr
    assert "error[F103]: Python cannot read this: " in result.stderr


def test_an_emulator_is_read_as_python_reads_it(tmp_path: Path) -> None:
    """It may begin with a byte order mark; what Python only warns of is not told."""
    service = put_minimal(tmp_path / "in" / "tiny")
    (service / "emulator.py").write_bytes(b"\xef\xbb\xbfx = '\\d'\nraise SystemExit('was run')\n")
    with warnings.catch_warnings(action="error"):
        result = invoke("check", f"--source={tmp_path / 'in'}")
    assert (result.exit_code, "was run" in result.stderr) == (0, False)


def test_code_is_told_of_also_where_the_grammar_cannot_be_read(tmp_path: Path) -> None:
    service = put_minimal(tmp_path / "in" / "tiny")
    (service / "emulator.py").write_text(CODE, encoding="utf-8")
    (service / "grammar.yaml").write_bytes(b"\xff")
    result = invoke("check", f"--source={tmp_path / 'in'}")
    assert "info[F101]" in result.stderr


def test_a_size_is_asked_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = put_minimal(tmp_path / "in" / "tiny")
    for name in FILES:
        huge(service / name)
    opened: list[str] = []

    def refuse(path: Path, *_: object) -> int:
        opened.append(str(path))
        raise OSError("opened")

    monkeypatch.setattr(os, "open", refuse)
    checked = check([service], tmp_path)
    monkeypatch.undo()
    assert opened == []
    assert {each.rule.code for each in checked.findings} == {"S101", "F102"}


# The reader


def test_read_regular(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert read_regular(file, 5) == b"12345"
    assert read_regular(file, 5, inside=tmp_path) == b"12345"
    with pytest.raises(Unfit, match="it has 5 bytes, and at most 4 are read"):
        read_regular(file, 4)
    with pytest.raises(Missing):
        read_regular(tmp_path / "other", 5)
    with pytest.raises(Missing):
        read_regular(file / "below", 5)
    with pytest.raises(Unfit, match="not a regular file"):
        read_regular(tmp_path, 5)
    with pytest.raises(Unfit):
        read_regular(tmp_path / ("n" * 5000), 5)
    with pytest.raises(Unfit):
        read_regular(tmp_path / "a\0b", 5)


def test_a_file_whose_size_the_system_does_not_tell() -> None:
    """Files below /proc say that they are empty."""
    file = Path("/proc/self/environ")
    if not file.exists():
        pytest.skip("there is no /proc here")
    with pytest.raises(Unfit, match="at most 3 are read"):
        read_regular(file, 3)


def test_a_file_that_changes_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "file", tmp_path / "pipe"
    file.write_text(MINIMAL_WSDL, encoding="utf-8")
    os.mkfifo(other)
    real = os.open

    def swap(path: Path, *arguments: int) -> int:
        other.replace(file)
        assert arguments[0] & os.O_NONBLOCK, "a pipe would be waited for"
        return real(path, *arguments)

    monkeypatch.setattr(os, "open", swap)
    with pytest.raises(Unfit, match="not a regular file"):
        read_regular(file, 1_000_000)


def test_the_golden_folders_generate_what_they_should(tmp_path: Path) -> None:
    arguments = ("generate", "F101_brings_code", f"--source={GOLDEN}", f"--output={tmp_path}")
    assert invoke(*arguments).exit_code == 0
    assert read_tree(tmp_path)["tiny/emulator.py"] == (
        GOLDEN / "F101_brings_code" / "emulator.py"
    ).read_text(encoding="utf-8")
