"""`unstringly serve`: the emulator on a port, for programs in any language."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from click.testing import CliRunner
from tests.generator.services import ROOT

from unstringly.cli import main

RUN = """
import signal
from unstringly.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background ignores
main()
"""


@pytest.mark.few(1)
@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent otherwise there")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_interrupted(stop: signal.Signals) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "codegen"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", "msgsend", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            words = process.stdout.readline().split()
            address = next(word for word in words if word.startswith("http://"))
            opener = build_opener(ProxyHandler({}))
            query = "userCode=demo&userPass=s3cret"
            with opener.open(f"{address}/GetBalance?{query}", timeout=10) as response:
                assert b">-3</string>" in response.read()
            line = process.stdout.readline()
            assert "GetBalance(user_code='demo'" in line
            assert "s3cret" not in line
        finally:
            process.send_signal(stop)
        try:
            assert "stopped" in process.communicate(timeout=10)[0]
        finally:
            process.kill()
    assert process.returncode == 0


def test_what_cannot_be_served_is_said(tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["serve", *arguments])
        assert result.exit_code == 2
        return result.stderr

    assert "no generated package 'other'" in said("other", "--output", str(tmp_path))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "__init__.py").write_text("")
    assert "has no emulator" in said("other", "--output", str(tmp_path))


def served_once(*command: str, cwd: Path) -> str:
    """What a server says when it has begun; it is interrupted then."""
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT / "codegen"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            return process.stdout.readline()
        finally:
            process.kill()


@pytest.mark.few(1)
@pytest.mark.parametrize("given", ["msgsend", "generated/msgsend", "./generated/msgsend/"])
def test_a_name_or_a_path_can_be_given(given: str) -> None:
    assert served_once("-c", RUN, "serve", given, "--port", "0", cwd=ROOT).startswith("serving ")


def test_an_installed_package_is_served_from_anywhere(tmp_path: Path) -> None:
    assert served_once("-c", RUN, "serve", "msgsend", "--port=0", cwd=tmp_path).startswith(
        "serving "
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("msgsnd", "did you mean 'msgsend'?"),
        ("nothing", "there are: msgsend"),
        ("json", "no generated package 'json'"),
        ("os.path", "no generated package 'os.path'"),
        ("/nowhere/msgsend", "no generated package '/nowhere/msgsend'"),
        ("generated", "there are: msgsend"),
        ("", "no generated package ''"),
    ],
)
def test_what_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, given: str, told: str) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["serve", given])
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert result.stderr.startswith("unstringly: ")


def test_without_uvicorn_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(main, ["serve", "msgsend", "--port=0"])
    assert result.exit_code == 2
    assert "pip install uvicorn" in result.stderr


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("emulator.py", "x = 1\ndef f(:\n", "broken/emulator.py:2: SyntaxError: "),
        ("emulator.py", "\n1 / 0\n", "broken/emulator.py:2: ZeroDivisionError: "),
        ("emulator.py", "import no_such_thing\n", "broken/emulator.py:1: ModuleNotFoundError: "),
        ("emulator.py", "open('/no/such/file')\n", "broken/emulator.py:1: FileNotFoundError: "),
        ("emulator.py", "raise SystemExit\n", "broken/emulator.py:1: SystemExit"),
        ("emulator.py", "raise ValueError('a\\nb')\n", "broken/emulator.py:1: ValueError: a b"),
        ("emulator.py", "def Emulator(): ...\n", "broken/testing.py:4: TypeError: "),
        ("emulator.py", "def Emulator(tell, clock):\n  1 / 0\n", "emulator.py:2: ZeroDivision"),
        ("emulator.py", "def Emulator(tell, clock):\n  open('/no/it')\n", "emulator.py:2: FileNot"),
        ("testing.py", "", "broken/testing.py has no function `serve`: run `unstringly generate`"),
        ("__init__.py", "1 / 0", "broken/__init__.py:1: ZeroDivisionError: "),
    ],
)
def test_a_package_whose_code_cannot_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str, told: str
) -> None:
    """In one line that names the file, and the line where there is one."""
    folder = tmp_path / "broken"
    folder.mkdir()
    files = {
        "__init__.py": "",
        "emulator.py": "",
        "testing.py": "from . import emulator\n\n"
        "def serve(port, tell):\n    emulator.Emulator(tell, clock=1)\n",
    }
    for each, text in (files | {name: code}).items():
        (folder / each).write_text(text)
    monkeypatch.setattr(sys, "path", list(sys.path))
    known = set(sys.modules)
    try:
        result = CliRunner().invoke(main, ["serve", "broken", "--output", str(tmp_path)])
    finally:
        for each in set(sys.modules) - known:
            del sys.modules[each]
    assert result.exit_code == 2, result.exception
    assert told in result.stderr
    assert result.stderr.startswith("unstringly: ")
    assert result.stderr.count("\n") == 1


def module(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "msgsend.testing", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=30,
    )


def test_the_module_serves(tmp_path: Path) -> None:
    assert served_once("-m", "msgsend.testing", "0", cwd=tmp_path).startswith("serving http://127")
    for wrong in (("x",), ("70000",), ("1", "2"), ("-1",), ("٣",)):
        done = module(*wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            "usage: python -m msgsend.testing [PORT]; the port is 8080 unless given\n"
        )


def test_the_module_says_that_a_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = module(str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "Address already in use" in done.stderr
    assert "Traceback" not in done.stderr
