"""A service that wants credentials and addresses, and has headers in its responses: its package."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.generator.importing import imported_files

from unstringly.pipeline import build, check

CASE = Path(__file__).parent / "vault"
Change: TypeAlias = Callable[[bytes], bytes]
SOAP = pytest.mark.parametrize("binding", ["SOAP11", "SOAP12"])


def files_of(folder: Path, way: str = "") -> dict[str, str]:
    """The files of the package; with `way`, that is the grammar's for credentials."""
    case = folder / "vault"
    case.mkdir(exist_ok=True)
    for name in ("vault.wsdl", "grammar.yaml"):
        text = (CASE / name).read_text(encoding="utf-8")
        if name == "grammar.yaml" and way:
            keys = f"wsdl: vault.wsdl\npackage: vault_{way}\n"
            keys += "" if way == "policies" else f"credentials: {way}"
            text = text.replace("wsdl: vault.wsdl", keys)
        (case / name).write_text(text, encoding="utf-8")
    checked = check([case], folder)
    assert checked.findings == ()
    return build(checked, whole=True)


@contextmanager
def vault_of(folder: Path, way: str = "") -> Generator[Any]:  # Any: a package that was just made
    """The package; with `way`, it is another one."""
    name = f"vault_{way}" if way else "vault"
    with imported_files(files_of(folder, way), name) as package:
        for module in ("errors", "messages", "answers", "server", "testing", "emulator"):
            importlib.import_module(f"{name}.{module}")
        yield package


@dataclass
class Handlers:
    """A service that does as it is told, and notes what it was asked."""

    package: Any  # Any: as above
    headers: Any = None
    password: str | None = None
    asked: list[Any] = field(default_factory=list[Any])

    def _take(self, request: Any) -> None:
        self.asked.append(request)
        if self.password is not None:
            came = request.credentials
            if came is None or not came.matches(self.password):
                raise self.package.server.NotAuthenticated

    def open(self, request: Any, /) -> Any:
        self._take(request)
        item = self.package.messages.Item(name="a&b", grams=request.number)
        items = (item, item)
        if self.headers is None:
            return items
        return self.package.answers.Answer(items, self.headers)

    def close_(self, request: Any, /) -> None:
        self._take(request)


class Changing:
    """A transport to a service in this process that notes requests, and may change responses."""

    def __init__(self, package: Any, handlers: Handlers, change: Change | None = None) -> None:
        app = package.server.create_app(handlers)
        self.inner = package.InProcessTransport(app)
        self.change = change
        self.sent: list[Any] = []
        self.failures: list[Any] = []

    def send(self, request: Any, deadline: float) -> Any:
        self.sent.append(request)
        if self.failures:
            raise self.failures.pop()
        response = self.inner.send(request, deadline)
        if self.change is None:
            return response
        return type(response)(response.status, response.headers, self.change(response.body))

    def close(self) -> None:
        self.inner.close()


def client(package: Any, transport: Any, binding: str = "SOAP11", **options: Any) -> Any:
    account = {"username": "me", "password": "open sesame"}
    given = {**account, "binding": package.Binding[binding], "transport": transport, **options}
    return package.Client(**given)


def told(package: Any, *, left: int = 3, trace: str | None = "x <y>") -> Any:
    quota = package.messages.Quota(left=left, until=date(2026, 1, 5))
    return package.answers.OpenHeaders(quota=quota, trace=trace)


def assert_no_complaint(files: dict[str, str], package: str, folder: Path) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    python = [sys.executable, "-m"]
    for command in (
        [*python, "mypy", "--strict", package],
        [*python, "ruff", "check", "--isolated", "--line-length=100", package],
        [*python, "ruff", "format", "--check", "--isolated", "--line-length=100", package],
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
