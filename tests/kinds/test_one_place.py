"""Kinds of leaves are told apart where they are read, and in `kinds`: nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from tests.generator.services import ROOT

from unstringly.model.grammar import Type

SOURCES = ROOT / "codegen" / "unstringly"
LEAVES = frozenset(leaf.__name__ for leaf in get_args(Type))
ALLOWED = ("read/", "kinds/", "model/", "runtime/")


class Uses(ast.NodeVisitor):
    """Where a module names the class of a leaf, but in the types of names and of functions."""

    def __init__(self) -> None:
        self.lines: list[int] = []

    def visit_arg(self, node: ast.arg) -> None:
        """The type of a parameter."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """A binding, without its type."""
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function without the type that it returns."""
        for part in (*node.decorator_list, node.args, *node.body):
            self.visit(part)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in LEAVES:
            self.lines.append(node.lineno)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in LEAVES:
            self.lines.append(node.lineno)
        self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Under another name the class could not be recognized."""
        self.lines += [node.lineno for each in node.names if each.name in LEAVES and each.asname]


def uses(source: str) -> list[int]:
    visitor = Uses()
    visitor.visit(ast.parse(source))
    return visitor.lines


def modules() -> Iterator[Path]:
    for path in sorted(SOURCES.rglob("*.py")):
        if not path.relative_to(SOURCES).as_posix().startswith(ALLOWED):
            yield path


def test_there_are_leaves_and_modules() -> None:
    assert {"TextType", "EnumType"} <= LEAVES
    assert {path.parent.name for path in modules()} >= {"check", "plan", "automata", "compile"}


def test_nothing_else_tells_kinds_of_leaves_apart() -> None:
    told_apart = {
        str(path.relative_to(SOURCES)): lines
        for path in modules()
        if (lines := uses(path.read_text(encoding="utf-8")))
    }
    assert told_apart == {}


@pytest.mark.parametrize(
    "source",
    [
        "match leaf:\n    case TextType():\n        pass",
        "match leaf:\n    case Record() | grammar.DateType(calendar=calendar):\n        pass",
        "isinstance(leaf, IntegerType | DecimalType)",
        "type(leaf) is EnumType",
        "WRITERS = {DateType: write}",
        "WRITERS: dict[type, Writer] = {DateType: write}",
        "def f():\n    return isinstance(leaf, (Record, TextType))",
        "from unstringly.model.grammar import TextType as T",
    ],
)
def test_telling_them_apart_is_noticed(source: str) -> None:
    assert uses(source)


@pytest.mark.parametrize(
    "source",
    [
        "from unstringly.model.grammar import EnumType",
        "def unlisted(leaf: EnumType) -> EnumType | None: return leaf.form",
        "codes: EnumType | None = None",
        "match leaf:\n    case Record():\n        pass",
    ],
)
def test_types_of_names_are_not_meant(source: str) -> None:
    assert not uses(source)
