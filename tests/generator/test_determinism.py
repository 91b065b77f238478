"""The same inputs give the same bytes: whatever the hash seed, folder, locale and Python."""

import os
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

import pytest
from tests.generator.services import (
    GENERATED,
    ROOT,
    SHIPPED,
    SOURCE,
    generated,
    put_settings,
    read_tree,
)

RUN = "from unstringly.cli import main; main()"
PATHS = [str(ROOT / "codegen"), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def run(python: str, cwd: Path, *arguments: str, **environment: str) -> str:
    """Run the generator with a Python, with nothing of our environment but the path."""
    found = subprocess.run(
        [python, "-c", RUN, "generate", *arguments],
        cwd=cwd,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": os.pathsep.join(dict.fromkeys(PATHS)),
            "PYTHONDONTWRITEBYTECODE": "1",
            **environment,
        },
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (found.returncode, found.stderr.decode()) == (0, "")
    return found.stdout.decode()


def pythons() -> dict[str, str]:
    """An interpreter of each version, other than the running one: of pyenv, or on the path."""
    found: dict[str, str] = {}
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    folders = [*versions.glob("*/bin"), *map(Path, os.get_exec_path())]
    for version in VERSIONS:
        if version == f"{sys.version_info.major}.{sys.version_info.minor}":
            continue
        for folder in folders:
            program = folder / f"python{version}"
            if version not in found and "shims" not in program.parts and program.is_file():
                found[version] = str(program)
    return found


PYTHONS = pythons()


@pytest.mark.few(1)
@pytest.mark.some(2)
@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4242"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TZ": "Asia/Shanghai", "SOURCE_DATE_EPOCH": "0", "LANG": "tr_TR.UTF-8"},
        {"PYTHONOPTIMIZE": "2", "COLUMNS": "20", "NO_COLOR": "1"},
    ],
    ids=lambda environment: "-".join(environment),
)
def test_same_in_any_environment(tmp_path: Path, environment: dict[str, str]) -> None:
    put_settings(tmp_path)
    run(sys.executable, tmp_path, f"--source={SOURCE}", "--output=out", **environment)
    assert read_tree(tmp_path / "out") == read_tree(GENERATED)


def test_same_from_a_copy_in_another_folder(tmp_path: Path) -> None:
    folder = tmp_path / "别处 with blanks" / "wsdl"
    for path in ("msgsend/MsgSend.wsdl", "msgsend/grammar.yaml", "msgsend/emulator.py"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((SOURCE / path).read_bytes())
    put_settings(folder.parent)
    settings = (folder.parent / "pyproject.toml").read_text(encoding="utf-8")
    elsewhere = settings.replace('output = "generated"', 'output = "here/there"')
    (folder.parent / "pyproject.toml").write_text(elsewhere, encoding="utf-8")
    run(sys.executable, folder / "msgsend")
    assert read_tree(folder.parent / "here" / "there") == read_tree(GENERATED)


def test_twice_in_one_process_is_once() -> None:
    assert generated(SHIPPED) == generated(SHIPPED) == read_tree(GENERATED)


@pytest.mark.few(0)
@pytest.mark.parametrize("version", VERSIONS)
def test_same_on_every_python(tmp_path: Path, version: str) -> None:
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        program = sys.executable
    elif version in PYTHONS:
        program = PYTHONS[version]
    else:
        pytest.skip(f"no Python {version} here")
    put_settings(tmp_path)
    first = [] if program == sys.executable else [compiled_for(program, tmp_path / "site")]
    path = os.pathsep.join(dict.fromkeys([*first, *PATHS]))
    run(program, tmp_path, f"--source={SOURCE}", "--output=out", PYTHONPATH=path)
    assert read_tree(tmp_path / "out") == read_tree(GENERATED)


def compiled_for(python: str, folder: Path) -> str:
    """A folder with what the generator needs that is compiled for one Python alone."""
    wanted = f"msgspec=={metadata.version('msgspec')}"
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", f"--target={folder}")
    subprocess.run([python, "-m", "pip", "install", *options, wanted], check=True, timeout=120)
    return str(folder)
