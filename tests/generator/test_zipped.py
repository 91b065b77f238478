"""A package in a zip file: nothing in it looks for files beside itself."""

import subprocess
import sys
import zipapp
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.generator.services import GENERATED

MAIN = """
import asyncio
import sys
from xml.etree import ElementTree

import msgsend
from msgsend import server
from msgsend._runtime.wire.exchange import Request
from msgsend._runtime.testing.in_process import InProcessTransport
from msgsend.testing import client, emulator
from time import monotonic

assert ".pyz" in msgsend.__file__ or ".zip" in msgsend.__file__, msgsend.__file__


def wsdl_of(app, path):
    request = Request("GET", f"http://here.example{path}?WSDL", (), b"")
    transport = InProcessTransport(app)
    root = ElementTree.fromstring(transport.send(request, monotonic() + 10).body)
    transport.close()
    return {each.get("location") for each in root.iter() if each.tag.endswith("}address")}


path = "/Services/MsgSend.asmx"
assert wsdl_of(server.create_app(object()), path) == {f"http://here.example{path}"}
with emulator() as gateway:
    for binding in msgsend.Binding:
        with client(gateway, binding=binding) as made:
            sent = msgsend.expect(made.send_msg(des_no="13900000000", msg="x【y】"))
            assert sent == gateway.sent[-1].batch
    assert wsdl_of(gateway.app, path) == {f"http://here.example{path}"}
print("done")
"""


def zipped(folder: Path) -> Path:
    """A folder with the package in a zip file, and nothing else."""
    path = folder / "package.zip"
    with ZipFile(path, "w") as archive:
        for file in sorted((GENERATED / "msgsend").rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(GENERATED))
    return path


def run(folder: Path, *arguments: str) -> str:
    """What an interpreter prints that knows this package from nowhere else."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_a_zipapp(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    with ZipFile(zipped(tmp_path)) as archive:
        archive.extractall(tmp_path / "app")
    (tmp_path / "app" / "__main__.py").write_text(MAIN, encoding="utf-8")
    zipapp.create_archive(tmp_path / "app", tmp_path / "app.pyz")
    assert run(tmp_path, "app.pyz") == "done\n"


@pytest.mark.parametrize("data", [True, False], ids=["with data", "modules alone"])
def test_from_a_zip_file_on_the_path(tmp_path: Path, data: bool) -> None:
    """Tools that freeze programs collect modules, and leave out what is no module."""
    whole = zipped(tmp_path)
    with ZipFile(whole) as source, ZipFile(tmp_path / "lib.zip", "w") as target:
        for name in source.namelist():
            if data or name.endswith(".py"):
                target.writestr(name, source.read(name))
    whole.unlink()
    program = f"import sys; sys.path.insert(0, 'lib.zip')\n{MAIN}"
    assert run(tmp_path, "-c", program) == "done\n"


def test_no_module_of_a_package_looks_for_its_file() -> None:
    for path in sorted((GENERATED / "msgsend").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "__file__" not in text, path
        assert "__path__" not in text, path
