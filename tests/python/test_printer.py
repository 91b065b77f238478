"""Printed modules are as ruff would format them, and mean the same as their nodes."""

import ast
import subprocess
import sys
from typing import get_args
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.python.as_ast import as_ast, parts
from tests.python.drawn_nodes import EXPRESSIONS, STATEMENTS

from unstringly.python import fitting, nodes
from unstringly.python.build import NONE, union
from unstringly.python.nodes import Expression, Name
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Class,
    Docstring,
    Function,
    Node,
    Return,
    Statement,
)
from unstringly.python.statements import module_text

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
"""Strategies of trees are long when they are spelled out."""

_CASES = 60 if settings().max_examples >= 150 else 15


@st.composite
def modules(draw: st.DrawFn) -> str:
    """Return the text of a module."""
    return module_text(draw(st.lists(STATEMENTS, min_size=4, max_size=4)))


@st.composite
def wrapped_and_not(draw: st.DrawFn) -> tuple[str, str]:
    """Return a statement as it is printed, and as it is on a wide page."""
    body = [draw(STATEMENTS)]
    return module_text(body), unwrapped(body)


@st.composite
def expressions(draw: st.DrawFn) -> Expression:
    return draw(EXPRESSIONS)


@st.composite
def node_classes(draw: st.DrawFn) -> set[type]:
    """Return the classes of the nodes of a statement."""
    return {*map(type, parts(draw(STATEMENTS)))}


def unwrapped(body: list[Statement]) -> str:
    """Return the text of a module on a page so wide that nothing is wrapped."""
    with patch.object(fitting, "WIDTH", 1_000_000):
        return module_text(body)


def ruff(*arguments: str, text: str) -> str:
    """Return the module that ruff makes of a module, or its findings."""
    command = [sys.executable, "-m", "ruff", *arguments, "--isolated", "--line-length=100"]
    process = subprocess.run(
        [*command, "--target-version=py311", "-"],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return process.stdout if process.returncode == 0 else process.stderr


@settings(max_examples=_CASES)
@given(modules())
def test_ruff_leaves_it_alone(text: str) -> None:
    assert ruff("format", text=text) == text


@st.composite
def edges(draw: st.DrawFn) -> str:
    """Return a class with a docstring and fields that just fit in a line, or just do not."""
    words = st.integers(80, 104).map(lambda size: "a" * (size // 2) + " " + "b" * (size // 2))
    names = st.integers(10, 60).map(lambda size: Name("A" * size))
    types = names | names.map(lambda name: nodes.Subscript(Name("tuple"), (name, Name("..."))))
    annotations = st.lists(types, min_size=2, max_size=3).map(union)
    defaults = st.sampled_from((NONE, Name("other"), nodes.Text("b" * 30), nodes.Number(5)))
    fields = draw(st.lists(st.builds(AnnotatedAssign, st.just("field"), annotations, defaults)))
    return module_text([Class("C", (Docstring(draw(words)), *fields))])


@settings(max_examples=4 * _CASES)
@given(edges())
def test_ruff_leaves_alone_what_just_fits(text: str) -> None:
    assert ruff("format", text=text) == text


@settings(max_examples=4 * _CASES)
@given(wrapped_and_not())
def test_a_narrow_page_says_the_same_as_a_wide_one(texts: tuple[str, str]) -> None:
    narrow, wide = map(meaning, texts)
    assert narrow == wide


def meaning(text: str) -> str:
    """Return the meaning of a module as a text, where `del (a, b)` is the same as `del a, b`."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Delete) and isinstance(node.targets[0], ast.Tuple):
            node.targets = node.targets[0].elts
    return ast.dump(tree)


@settings(max_examples=4 * _CASES)
@given(expressions())
def test_parentheses_stand_where_the_tree_needs_them(node: Expression) -> None:
    text = module_text([Function("f", (), nodes.Name("g"), (Return(node),))])
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    (returned,) = function.body
    assert isinstance(returned, ast.Return)
    assert returned.value is not None
    assert ast.dump(returned.value) == ast.dump(as_ast(node))


@pytest.mark.few(0)
def test_all_nodes_are_drawn() -> None:
    drawn: set[type] = set()

    @settings(max_examples=400, database=None, phases=[Phase.generate], deadline=None)
    @given(node_classes())
    def draw(classes: set[type]) -> None:
        drawn.update(classes)

    draw()
    assert {*get_args(Node)} - {nodes.Symbol} - drawn == set()
