"""No verb asks the network, but for `unstringly vendor --fetch`."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.generator.services import MINIMAL_GRAMMAR, put
from tests.read.wsdl.test_imports import having, schema
from tests.test_rooms import SOURCES, graph, imported, modules

CONNECTING = {"socket", "ssl", "http", "http.client", "http.server", "urllib.request", "asyncio"}

GUARDED = """\
import sys
def guard(event, _):
    if event.startswith("socket.") or event in ("urllib.Request", "ftplib.connect"):
        raise RuntimeError(f"the network was asked: {event}")
sys.addaudithook(guard)
from unstringly.cli import main
main(sys.argv[1:])
"""


def test_one_module_can_open_a_connection() -> None:
    able = {name for name, path in modules() if CONNECTING & set(imported(path))}
    assert able == {"vendor.fetching"}
    users = {name for name, others in graph().items() if "vendor.fetching" in others}
    assert users == {"cli.vendor", "vendor.once", "vendor.steps"}
    assert (SOURCES / "vendor" / "fetching.py").is_file()


def guarded(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("check",), 0),
        (("vendor",), 1),
        (("vendor", "--fetch", "--dry-run"), 1),
        (("generate",), 0),
        (("explain", "W126"), 0),
    ],
)
def test_nothing_else_does(tmp_path: Path, arguments: tuple[str, ...], status: int) -> None:
    remote = '<xs:import namespace="urn:o" schemaLocation="http://127.0.0.1/o.xsd"/>'
    put(tmp_path / "wsdl" / "tiny", "Tiny.wsdl", having(schema("urn:a", remote)), MINIMAL_GRAMMAR)
    result = guarded(tmp_path, *arguments)
    assert "Traceback" not in result.stderr
    assert result.returncode == status, result.stderr


def test_the_guard_sees_a_connection(tmp_path: Path) -> None:
    remote = '<xs:import namespace="urn:o" schemaLocation="http://127.0.0.1/o.xsd"/>'
    put(tmp_path / "wsdl" / "tiny", "Tiny.wsdl", having(schema("urn:a", remote)), MINIMAL_GRAMMAR)
    result = guarded(tmp_path, "vendor", "--fetch")
    assert "the network was asked: socket." in result.stderr
