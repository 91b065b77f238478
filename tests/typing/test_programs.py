"""Programs that use a generated package, under mypy --strict and pyright strict.

A line that must not type-check is marked `# error: mypy[CODE], pyright[RULE]`, behind the line
or alone on the line before it. Each marked line has an error of each kind that it names, and no
other line has any.
"""

import dataclasses
import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import msgsend

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
MARK = re.compile(r"# error: (\w+\[[\w-]+\](?:, \w+\[[\w-]+\])*)$")
KIND = re.compile(r"(\w+)\[([\w-]+)\]")


class Problem(NamedTuple):
    """An error of a checker; `kind` is a code of mypy or a rule of pyright."""

    file: str
    line: int
    kind: str
    message: str = ""


def marked(checker: str) -> set[Problem]:
    """The errors that the programs say a checker must find."""
    found: set[Problem] = set()
    for path in PROGRAMS:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            mark = MARK.search(line)
            if mark is None:
                assert "# error:" not in line, f"{path.name}:{number} is no mark"
                continue
            below = line.lstrip().startswith("#")
            for name, kind in KIND.findall(mark[1]):
                assert name in ("mypy", "pyright")
                if name == checker:
                    found.add(Problem(path.name, number + below, kind))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs in a project of a user's own, that has the package beside it."""
    folder = tmp_path_factory.mktemp("user")
    for path in PROGRAMS:
        (folder / path.name).write_bytes(path.read_bytes())
    settings = {
        "include": ["."],
        "extraPaths": [str(ROOT / "generated")],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    strict = "[mypy]\nstrict = true\nenable_error_code = exhaustive-match\npython_version = 3.11\n"
    (folder / "mypy.ini").write_text(strict, encoding="utf-8")
    return folder


def mypy(folder: Path) -> Iterator[Problem]:
    command = [sys.executable, "-m", "mypy", "--output=json", *(path.name for path in PROGRAMS)]
    found = run(command, folder, MYPYPATH=str(ROOT / "generated"))
    for line in found.splitlines():
        error = json.loads(line)
        if error["severity"] == "error":
            yield Problem(error["file"], error["line"], error["code"], error["message"])


def pyright(folder: Path) -> Iterator[Problem]:
    command = [str(Path(sysconfig.get_path("scripts")) / "pyright"), "--outputjson"]
    report = json.loads(run(command, folder))
    assert report["summary"]["filesAnalyzed"] == len(PROGRAMS)
    for error in report["generalDiagnostics"]:
        line = error["range"]["start"]["line"] + 1
        yield Problem(Path(error["file"]).name, line, error["rule"], error["message"])


def run(command: list[str], folder: Path, **environment: str) -> str:
    found = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert found.returncode == 1, found.stderr or "the checker finds nothing at all"
    return found.stdout


@pytest.mark.some(1)
@pytest.mark.parametrize("checker", [mypy, pyright], ids=lambda checker: checker.__name__)
def test_programs(folder: Path, checker: Callable[[Path], Iterator[Problem]]) -> None:
    problems = {*checker(folder)}
    expected = marked(checker.__name__)
    assert len(expected) > 50
    found = {problem._replace(message="") for problem in problems}
    assert sorted(expected - found) == [], "marked, and taken by the checker"
    lines = {(each.file, each.line) for each in expected}
    unmarked = {each for each in problems if (each.file, each.line) not in lines}
    assert sorted(unmarked) == [], "not marked, and refused by the checker"


def test_every_program_is_of_one_kind() -> None:
    files = {problem.file for problem in marked("mypy") | marked("pyright")}
    assert files == {path.name for path in PROGRAMS if not path.name.startswith("ok_")}
    assert len(PROGRAMS) > len(files) > 0


def test_every_result_and_field_is_asserted() -> None:
    """So that nothing can be added to the package without saying what its type is."""
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in PROGRAMS if path.name.startswith("ok_")
    )
    package: Any = msgsend
    public: list[str] = package.__all__
    for name in public:
        if name.startswith("parse_"):
            assert f"assert_type(msgsend.{name}(" in text, name
        elif name.startswith("format_"):
            assert f"assert_type(msgsend.{name}(" in text.replace("(\n    ", "("), name
            given = text.replace("(\n    ", " ").replace("\n)", "\n")
            assert name.endswith("_push") or f" msgsend.{name}\n" in given, name
    records = [getattr(package, name) for name in public if name in package.records.__all__]
    fields = [field.name for record in records for field in dataclasses.fields(record)]
    assert len(fields) > 15
    assert [name for name in fields if not re.search(rf"assert_type\(\w+\.{name}, ", text)] == []
