"""`unstringly serve`: the emulator on a port, for programs in any language."""

import os
import signal
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
    ) as serving:
        assert serving.stdout is not None
        try:
            words = serving.stdout.readline().split()
            address = next(word for word in words if word.startswith("http://"))
            opener = build_opener(ProxyHandler({}))
            query = "userCode=demo&userPass=s3cret"
            with opener.open(f"{address}/GetBalance?{query}", timeout=10) as response:
                assert b">-3</string>" in response.read()
            line = serving.stdout.readline()
            assert "GetBalance(user_code='demo'" in line
            assert "s3cret" not in line
        finally:
            serving.send_signal(stop)
        try:
            assert "stopped" in serving.communicate(timeout=10)[0]
        finally:
            serving.kill()
    assert serving.returncode == 0


def test_what_cannot_be_served_is_said(tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["serve", *arguments])
        assert result.exit_code == 2
        return result.stderr

    assert "no package 'other'" in said("other", "--output", str(tmp_path))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "__init__.py").write_text("")
    assert "has no emulator" in said("other", "--output", str(tmp_path))
