"""Programs that fork, and programs with green threads: each runs in a process of its own."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def run(*arguments: str) -> None:
    process = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "generated", ROOT)))},
        timeout=300,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_forks_while_threads_make_calls() -> None:
    run("tests.runtime.transports.forking")


# Not imported here: it would warn of every fork from then on.
@pytest.mark.skipif(find_spec("eventlet") is None, reason="no eventlet")
@pytest.mark.parametrize("patched", ["early", "late"])
def test_green_threads(patched: str) -> None:
    run("tests.runtime.transports.green", patched)
