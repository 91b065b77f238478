"""What is released works where it is installed: both wheels, each in an environment of its own.

Nothing is fetched: the generator's dependencies are those of the running environment, which a
`.pth` file shows to the new one. The client has none, and gets none.
"""

import sys
import zipfile
from pathlib import Path

import pytest
from tests.distributions.building import built, environment_with, run, show_dependencies_to
from tests.generator.services import GENERATED, ROOT, SOURCE, put_settings, read_tree

# Nothing of these may be loaded by an import of a generated package, which is to be cheap.
HEAVY = ("hypothesis", "httpx", "httpx2", "http.client", "ssl", "asyncio", "xsdata", "unstringly")


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("generator")
    wheel = built(ROOT, "wheel", folder)
    scripts = environment_with(wheel, folder / "environment")
    show_dependencies_to(scripts)
    return wheel, scripts


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("client")
    wheel = built(GENERATED, "wheel", folder)
    return wheel, environment_with(wheel, folder / "environment")


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as file:
        return {name for name in file.namelist() if ".dist-info/" not in name}


@pytest.mark.few(0)
def test_the_generators_wheel_has_all_it_needs(generator: tuple[Path, Path]) -> None:
    inside = names(generator[0])
    for folder, prefix in ((ROOT / "codegen", ""), (ROOT / "templates", "unstringly/templates/")):
        for path in read_tree(folder):
            assert f"{prefix}{path}" in inside
    assert "unstringly/py.typed" in inside
    assert {name.split("/")[0] for name in inside} == {"unstringly"}


@pytest.mark.few(0)
def test_the_installed_generator_generates_the_same(
    generator: tuple[Path, Path], tmp_path: Path
) -> None:
    scripts = generator[1]
    where = run(
        scripts / "python", "-c", "import unstringly; print(unstringly.__file__)", cwd=Path("/")
    )
    assert where.startswith(str(scripts.parent))
    command = (scripts / "unstringly", "generate", f"--source={SOURCE}", "--output=out")
    put_settings(tmp_path)
    run(*command, cwd=tmp_path)
    assert read_tree(tmp_path / "out") == read_tree(GENERATED)
    assert "up to date" in run(*command, cwd=tmp_path)


@pytest.mark.few(0)
def test_the_clients_wheel_is_the_generated_packages(client: tuple[Path, Path]) -> None:
    inside = names(client[0])
    assert inside == {path for path in read_tree(GENERATED) if path != "pyproject.toml"}
    assert "msgsend/py.typed" in inside
    with zipfile.ZipFile(client[0]) as file:
        (metadata,) = (name for name in file.namelist() if name.endswith("/METADATA"))
        lines = file.read(metadata).decode().splitlines()
        licenses = [name for name in file.namelist() if "/licenses/" in name]
        texts = [file.read(name) for name in licenses]
    assert texts == [(ROOT / "LICENSE").read_bytes()]
    assert "License-Expression: MIT" in lines
    assert "# msgsend-client" in lines  # its README
    required = [line for line in lines if line.startswith("Requires-Dist: ")]
    assert [line for line in required if "extra ==" not in line] == []


USE = """
import sys
before = set(sys.modules)
import msgsend
heavy = [name for name in {heavy!r} if name in set(sys.modules) - before]
assert not heavy, heavy
result = msgsend.parse_get_report("1,13900000000,DELIVRD|x|")
assert result[0].status is msgsend.DeliveryStatus.DELIVERED
assert [piece.raw for piece in result.malformed] == ["x"]
assert msgsend.format_get_report(list(result)) == "1,13900000000,DELIVRD|"
from importlib.metadata import version
assert msgsend.__version__ == version("msgsend-client")
assert msgsend.parse_send_msg("-3") is msgsend.ErrorCode.BAD_CREDENTIALS
try:
    msgsend.parse_send_msg("")
except msgsend.MsgSendError as problem:
    assert isinstance(problem, msgsend.MalformedResponse)
assert not [name for name in sys.modules if "site-packages" in str(
    getattr(sys.modules[name], "__file__", "")) and not name.startswith("msgsend")]
print(msgsend.__file__)
"""


def test_the_client_needs_the_standard_library_only(
    client: tuple[Path, Path], tmp_path: Path
) -> None:
    python = client[1] / "python"
    where = run(python, "-I", "-c", USE.format(heavy=HEAVY), cwd=tmp_path)
    assert where.startswith(str(client[1].parent))


def test_what_is_imported_is_known_to_be_heavy() -> None:
    """So that the list above cannot rot: what it names can be imported, or is not installed."""
    code = "import sys, ssl, http.client, asyncio, xsdata, hypothesis; print(*sys.modules)"
    loaded = run(sys.executable, "-c", code, cwd=ROOT).split()
    assert {*HEAVY} - {*loaded} <= {"httpx", "httpx2", "unstringly"}
