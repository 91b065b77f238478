"""Both distributions as they are published: the same bytes again, typed where they are installed,
and an sdist that can test itself.

The tests of an sdist are all collected, and some are run, one of each kind that reads files beside
the code: `make test` in an unpacked sdist runs them all, and takes as long as in the repository.
"""

import json
import os
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.distributions.building import (
    built,
    environment_with,
    run,
    show_dependencies_to,
    unpacked,
)
from tests.distributions.conftest import PROJECTS, Built
from tests.generator.services import ROOT

USERS = ROOT / "tests" / "typing" / "programs"
"""Programs that say by `assert_type` what they get; those named ok_… have no error."""

GENERATOR_USER = Path(__file__).parent / "programs" / "uses_generator.py"

QUICK = (
    "tests/automata",
    "tests/gateway/test_wire.py",
    "tests/read/spec/test_schema.py",
    "tests/read/wsdl/test_served.py",
    "tests/repository/test_readme.py",
    "tests/link/test_golden.py",
)


@pytest.mark.parametrize("name", PROJECTS)
def test_built_again_the_bytes_are_the_same(
    distributions: Mapping[str, Built], name: str, tmp_path: Path
) -> None:
    """From the unpacked sdist: another folder, other times, modes and no Git."""
    before = distributions[name]
    project = unpacked(before.sdist, tmp_path / "unpacked")
    for path in project.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
        os.utime(path, (1, 1))
    wheel = built(project, "wheel", tmp_path / "again")
    sdist = built(project, "sdist", tmp_path / "again")
    assert wheel.name == before.wheel.name
    assert wheel.read_bytes() == before.wheel.read_bytes()
    assert sdist.read_bytes() == before.sdist.read_bytes()


@pytest.fixture(scope="module")
def user(distributions: Mapping[str, Built], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a user's project, with `environment`: the client alone is installed in it."""
    folder = tmp_path_factory.mktemp("user")
    for program in USERS.glob("ok_*.py"):
        (folder / program.name).write_bytes(program.read_bytes())
    environment_with(distributions["msgsend_client"].wheel, folder / "environment")
    return folder


@pytest.fixture(scope="module")
def developer(distributions: Mapping[str, Built], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the generator, and what it depends on."""
    folder = tmp_path_factory.mktemp("developer")
    (folder / GENERATOR_USER.name).write_bytes(GENERATOR_USER.read_bytes())
    show_dependencies_to(
        environment_with(distributions["unstringly"].wheel, folder / "environment")
    )
    return folder


def check_with_mypy(project: Path) -> None:
    programs = sorted(path.name for path in project.glob("*.py"))
    strict = ("--strict", "--enable-error-code=exhaustive-match", "--config-file=")
    python = f"--python-executable={project / 'environment' / 'bin' / 'python'}"
    assert programs
    run(sys.executable, "-m", "mypy", *strict, python, *programs, cwd=project)


def check_with_pyright(project: Path) -> None:
    settings = {
        "include": ["*.py"],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "venvPath": ".",
        "venv": "environment",
    }
    (project / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    pyright = Path(sysconfig.get_path("scripts")) / "pyright"
    report = json.loads(run(pyright, "--outputjson", cwd=project))
    assert report["summary"]["filesAnalyzed"] == len([*project.glob("*.py")])
    assert report["generalDiagnostics"] == []


def test_the_installed_client_is_typed(user: Path) -> None:
    check_with_mypy(user)
    check_with_pyright(user)


def test_the_installed_generator_is_typed(developer: Path) -> None:
    check_with_mypy(developer)
    check_with_pyright(developer)


@pytest.fixture(scope="module")
def project(distributions: Mapping[str, Built], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generator's sdist, unpacked."""
    return unpacked(distributions["unstringly"].sdist, tmp_path_factory.mktemp("sdist"))


def test_an_sdist_has_all_its_tests(project: Path) -> None:
    """Each module of them can be imported there: it finds its data, and the code it asks."""

    def collected(folder: Path) -> set[str]:
        found = run_pytest(folder, "--collect-only")
        return {line.split("::")[0] for line in found.splitlines() if "::" in line}

    assert collected(project) == collected(ROOT)


def test_an_sdist_passes_its_tests(project: Path) -> None:
    assert " passed" in run_pytest(project, *QUICK)


def run_pytest(project: Path, *arguments: str) -> str:
    """What pytest says in a project, of which it takes all code but that of installed packages."""
    where = "import msgsend, unstringly, sys; print(msgsend.__file__, unstringly.__file__)"
    sources = os.pathsep.join((str(project / "codegen"), str(project / "generated")))
    imported = run(sys.executable, "-c", where, cwd=project, PYTHONPATH=sources)
    assert all(path.startswith(str(project)) for path in imported.split())
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)
    return run(*command, cwd=project, UNSTRINGLY_CORPUS=str(project / "none"))
