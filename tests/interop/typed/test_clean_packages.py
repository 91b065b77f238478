"""Packages of public WSDLs are imported without a warning, and are clean for all tools.

They share one runtime, the generator's own, since that is the same in all of them: otherwise the
tools would look at it for each package anew. It belongs to the gate.
"""

import importlib
import os
import re
import subprocess
import sys
import sysconfig
import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.generator.importing import imported_files
from tests.generator.services import ROOT
from tests.interop.corpus import PACKAGE, Entry, package_of
from tests.laws.test_laid_out import NAMES_OF_USERS

pytestmark = pytest.mark.some(0)

LEAST = 150
"""At least so many WSDLs have a package."""

MYPY = (sys.executable, "-m", "mypy")
SCRIPTS = Path(sysconfig.get_path("scripts"))
OF_RUNTIME = re.compile(r"^( *)from \._runtime\.", re.MULTILINE)
LONG_NAMES = ",E501,E741"
"""Lines may be as long as a name in them, and a name may be one letter: they are the service's."""


def test_all_packages_are_clean(corpus: list[Entry], tmp_path: Path) -> None:
    as_generated, with_one_runtime = tmp_path / "as_generated", tmp_path / "with_one_runtime"
    count = 0
    for entry in corpus:
        package = package_of(entry, tmp_path / "in" / entry.name)
        if package is None:
            continue
        import_all(package.files)
        modules = {
            path.removeprefix(f"{PACKAGE}/"): text
            for path, text in package.files.items()
            if path.endswith(".py") and "/_runtime/" not in path
        }
        for path, text in modules.items():
            put(as_generated / f"p{count}" / path, text)
            rewritten = OF_RUNTIME.sub(r"\1from unstringly.runtime.", text)
            put(with_one_runtime / f"p{count}" / path, rewritten)
        count += 1
    assert count >= LEAST
    put(
        with_one_runtime / "pyrightconfig.json",
        f'{{"typeCheckingMode": "strict", "extraPaths": ["{ROOT / "codegen"}"], "include": ["."]}}',
    )
    ruff, ours = str(SCRIPTS / "ruff"), ["--no-cache", f"--config={ROOT / 'pyproject.toml'}"]
    isolated = ["--no-cache", "--isolated", "--config=line-length=100"]
    commands = (
        ([ruff, "format", "--diff", *ours, "."], as_generated),
        ([ruff, "check", *ours, NAMES_OF_USERS + LONG_NAMES, "."], as_generated),
        ([ruff, "check", *isolated, "--ignore=E741", "."], as_generated),
        (
            [sys.executable, "-m", "mypy", "--strict", "--cache-dir=/dev/null", "."],
            with_one_runtime,
        ),
        ([str(SCRIPTS / "pyright"), "-p", "."], with_one_runtime),
    )
    problems = [told for command, folder in commands if (told := said_by(command, folder))]
    assert problems == []


def import_all(files: Mapping[str, str]) -> None:
    """Import all modules of a package; any warning is an error."""
    with warnings.catch_warnings(), imported_files(files, PACKAGE):
        warnings.simplefilter("error")
        for path in files:
            if path.endswith(".py") and "/_runtime/" not in path:
                name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                importlib.import_module(name)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def said_by(command: list[str], folder: Path) -> str:
    """Return what a tool has against a folder; empty if it is content."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"MYPYPATH": str(ROOT / "codegen")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return done.stdout[-3000:] + done.stderr[-3000:] if done.returncode else ""
