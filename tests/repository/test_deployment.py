"""What docs/deployment.md says of stopping, and the Python on that page."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from tests.runtime.server.pushes import FORM, REPORT

from msgsend import PhoneNumber
from msgsend.testing import Emulator, async_client, client

PAGE = Path(__file__).parents[2] / "docs" / "deployment.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
PHONE = PhoneNumber("13900000000")

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")


def block(with_: str) -> str:
    """The Python on the page that defines something, and what stands before it."""
    at = next(number for number, code in enumerate(BLOCKS) if with_ in code)
    return "\n".join(BLOCKS[at - 1 : at + 1]) if with_ == "async def main" else BLOCKS[at]


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


APP = """
import asyncio, os, time
from msgsend import create_push_app

def blocking(push):
    print("begun", flush=True)
    time.sleep(0.5)
    print("ended", flush=True)

async def waiting(push):
    print("begun", flush=True)
    await asyncio.sleep(0.5)
    print("ended", flush=True)

app = create_push_app(globals()[os.environ["HANDLER"]], path="/push", account="demo")
"""


@contextmanager
def serving(folder: Path, port: int, **environment: str) -> Generator["subprocess.Popen[str]"]:
    """uvicorn, as a process of its own."""
    command = [sys.executable, "-m", "uvicorn", "pushes:app", "--no-access-log"]
    command += ["--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def connected(port: int) -> HTTPConnection:
    for _ in range(200):
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.connect()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return connection
    raise AssertionError("uvicorn did not start")


@needs_signals
@pytest.mark.parametrize("handler", ["blocking", "waiting"])
def test_a_push_that_is_being_handled_gets_its_answer(handler: str, tmp_path: Path) -> None:
    (tmp_path / "pushes.py").write_text(APP)
    port = free_port()
    with serving(tmp_path, port, HANDLER=handler) as process:
        connection = connected(port)
        connection.request("POST", "/push", REPORT, {"Content-Type": FORM})
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.terminate()
        assert connection.getresponse().read() == b"OK"
        connection.close()
        assert process.wait(10) in (0, -signal.SIGTERM)
        assert process.stdout.read() == "ended\n"


def test_the_application_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUSH_PATH", "/push/2f9c41b7a06d")
    monkeypatch.setenv("GATEWAY_ACCOUNT", "demo")
    exec(block("create_push_app").replace("/var/lib/sms/pushes", str(tmp_path)), {})


def test_the_service_of_the_page() -> None:
    names: dict[str, Any] = {}  # whatever is on the page
    exec(block("public_url"), names)
    names["service"](object())


@needs_signals
def test_a_worker_ends_after_its_call(capsys: pytest.CaptureFixture[str]) -> None:
    emulator = Emulator()
    emulator.reply(PHONE, "yes")
    names: dict[str, Any] = {}  # whatever is on the page
    exec(block("def work"), names)
    before = signal.getsignal(signal.SIGTERM)
    threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGTERM]).start()
    try:
        names["work"](client(emulator))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capsys.readouterr().out == "1 replies\n"


@needs_signals
def test_a_worker_with_tasks_ends_after_its_call(capsys: pytest.CaptureFixture[str]) -> None:
    emulator = Emulator()
    emulator.reply(PHONE, "yes")
    names: dict[str, Any] = {}  # whatever is on the page
    exec(block("async def main"), names)
    threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGTERM]).start()
    asyncio.run(names["main"](async_client(emulator)))
    assert capsys.readouterr().out == "1 replies\n"
