"""Record classes under mypy --strict and pyright strict, in a program of a user's."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Final

import pytest
from tests.generator.services import ROOT

PROGRAM: Final = """
from __future__ import annotations

import dataclasses
from typing import TypeAlias, assert_never, assert_type, final

from unstringly.runtime.xml.fragments import UnknownType
from unstringly.runtime.xml.records import record


@final
@record
class Cat:
    name: str
    lives: int = 9


@final
@record
class Dog:
    name: str
    friends: tuple[AnyAnimal, ...] = ()


AnyAnimal: TypeAlias = Cat | Dog | UnknownType

cat = Cat(name="Tom")
assert_type(cat, Cat)
assert_type(cat.lives, int)
assert_type(dataclasses.replace(cat, lives=8), Cat)
assert_type(Dog(name="Rex", friends=(cat,)).friends, tuple[AnyAnimal, ...])
print({cat: 1}, cat == cat, [field.name for field in dataclasses.fields(cat)])


def name(animal: AnyAnimal) -> str:
    match animal:
        case Cat(name=own) | Dog(name=own):
            return own
        case UnknownType():
            return animal.name
    assert_never(animal)


Cat()  # error
Cat("Tom")  # error
Cat(name=1)  # error
Cat(name="Tom", age=2)  # error
cat.name = "Tim"  # error
cat.age  # error
cat < cat  # error
"""


def lines_of_mypy(program: Path) -> set[int]:
    command = [sys.executable, "-m", "mypy", "--strict", "--output=json", program.name]
    text = output(command, program.parent, MYPYPATH=str(ROOT / "codegen"))
    errors = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return {error["line"] for error in errors if error["file"] == program.name}


def lines_of_pyright(program: Path) -> set[int]:
    settings = {
        "include": ["."],
        "extraPaths": [str(ROOT / "codegen")],
        "typeCheckingMode": "strict",
        "reportUnusedExpression": False,
    }
    (program.parent / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [str(Path(sysconfig.get_path("scripts")) / "pyright"), "--outputjson"]
    errors = json.loads(output(command, program.parent))["generalDiagnostics"]
    return {error["range"]["start"]["line"] + 1 for error in errors}


def output(command: list[str], folder: Path, **environment: str) -> str:
    ran = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 1, ran.stderr or "no error is found"
    return ran.stdout


@pytest.mark.few(0)
@pytest.mark.parametrize("lines", [lines_of_mypy, lines_of_pyright], ids=["mypy", "pyright"])
def test_checkers_see_dataclasses(lines: object, tmp_path: Path) -> None:
    assert callable(lines)
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    marked = {n for n, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith("# error")}
    assert lines(program) == marked
