"""What the whole generator makes of a changed WSDL: findings, or a package without harm."""

import ast
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.effort import calls_of
from tests.generator.hostile import CANARY
from tests.generator.importing import imported_files

from unstringly.checked import Checked
from unstringly.cli.report import Style, render
from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check

PACKAGE: Final = "it_is"

DANGEROUS: Final = frozenset(
    ("eval", "exec", "open", "print", "compile", "__import__", "input", "breakpoint")
)
IMPORTED: Final = frozenset(
    (
        *("builtins", "collections.abc", "contextlib", "dataclasses", "datetime", "decimal"),
        *("enum", "hypothesis", "importlib", "os", "pytest", "sys", "types", "typing"),
    )
)
"""Modules outside of itself that a generated module may import."""

_CALLS = 400_000
_CALLS_A_BYTE = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """The files of the package, by path; none if there are errors."""

    checked: Checked
    files: Mapping[str, str]


def generate(folder: Path, shown_from: Path) -> Outcome:
    """Read a service's folder and build its package, in which nothing may be of the WSDL's making.

    Whatever is not so fails.
    """
    checked = check([folder], shown_from)
    for finding in checked.findings:
        assert finding.message
        assert finding.span.line >= 1
        assert finding.span.column >= 1
    for style in (Style.TEXT, Style.JSON):
        report = render(checked.findings, checked.sources, style)
        assert all(character == "\n" or character.isprintable() for character in report)
    if not checked.ok:
        assert any(finding.severity is Severity.ERROR for finding in checked.findings)
        return Outcome(checked, {})
    files = build(checked, whole=True)
    for path, text in files.items():
        parts = path.split("/")
        assert ".." not in parts
        assert all(parts), path
        if path.endswith(".py") and "_runtime" not in parts:
            assert all(character == "\n" or character.isprintable() for character in text), path
            assert_harmless(path, text)
    return Outcome(checked, files)


def assert_harmless(path: str, text: str) -> None:
    """A module compiles, imports what it may, and calls nothing that can do everything."""
    tree = ast.parse(text, path)
    compile(tree, path, "exec", dont_inherit=True)
    defined: set[str] = set()
    called: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                assert {name.name for name in names} <= IMPORTED, path
            case ast.ImportFrom(module=module, level=0):
                assert module in IMPORTED, (path, module)
            case ast.Call(func=ast.Name(id=name)):
                called.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                defined.add(name)
            case ast.alias(name=name):
                defined.add(name)
            case _:
                pass
    assert not (called & DANGEROUS) - defined, path


def import_all(folder: Path, files: Mapping[str, str]) -> None:
    """Import each module, where what would run leaves a trace."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        with imported_files(files, PACKAGE):
            for path in files:
                if path.endswith(".py") and path.startswith(f"{PACKAGE}/"):
                    __import__(path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    finally:
        os.chdir(before)
    assert not (folder / CANARY).exists()


def calls_to_generate(folder: Path, shown_from: Path) -> int:
    """The number of functions that are called to read a service and to build its package."""

    def run() -> None:
        checked = check([folder], shown_from)
        if checked.ok:
            build(checked, whole=True)

    return calls_of(run)


def assert_bounded(folder: Path, shown_from: Path) -> None:
    """No more functions are called than the files of a service have bytes, times a number."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    calls = calls_to_generate(folder, shown_from)
    assert calls < _CALLS + _CALLS_A_BYTE * size, (calls, size)
