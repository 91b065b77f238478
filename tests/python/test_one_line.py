"""What fits on a line is printed without a layout, and its layout would print the same."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from tests.python.drawn_nodes import BLOCKS, EXPRESSIONS

from unstringly.python import expressions, statements
from unstringly.python.doc import Doc, FirstThatFits, Line, OnOneLine
from unstringly.python.expressions import IN_BRACKETS, laid_out
from unstringly.python.fitting import STEP, Printer, printed
from unstringly.python.nodes import Call, Dict, Display, Expression, Name, Text
from unstringly.python.one_line import MustBreak, one_line, text_of
from unstringly.python.statement_nodes import (
    Assign,
    Evaluate,
    Function,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.statements import module_text

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
"""Strategies of trees are long when they are spelled out."""

_CASES = 200 if settings().max_examples >= 150 else 20


def bare(content: Doc) -> Doc:
    """Return a layout in which no text says what is printed where it fits."""
    match content:
        case OnOneLine():
            return bare(content.layout)
        case tuple():
            return tuple(map(bare, content))
        case FirstThatFits(ways=ways):
            return FirstThatFits(tuple(map(bare, ways)))
        case str() | Line():
            return content
        case _:
            return replace(content, content=bare(content.content))


def printed_bare(content: Doc, depth: int = 0) -> list[str]:
    """Return the lines of a layout as the printer makes them that knows no texts."""
    margin = " " * (STEP * depth)
    first, *others = Printer(len(margin)).printed(bare(content), len(margin))
    return [margin + first, *others]


@settings(max_examples=_CASES)
@given(BLOCKS)
def test_a_layout_prints_what_its_text_says(statement: Statement) -> None:
    text = module_text([statement])
    with patch.object(statements, "printed", printed_bare):
        assert module_text([statement]) == text


@settings(max_examples=_CASES)
@given(EXPRESSIONS)
def test_a_text_is_one_line_of_python(node: Expression) -> None:
    """An expression has none exactly if it has several lines on the widest page."""
    with patch("unstringly.python.fitting.WIDTH", 1_000_000):
        lines = printed(bare(laid_out(node, IN_BRACKETS)))
    assert one_line(node) == (lines[0] if len(lines) == 1 else None)


def test_no_layout_is_made_of_what_fits() -> None:
    value = Call(Name("value"), (Text("of"), Name("it")))
    body = (Assign((Name("a"),), value), Evaluate(value), Return(Name("a")))
    with patch.object(expressions, "_broken", side_effect=AssertionError):
        text = module_text([Function("f", (Parameter("a", Name("str")),), Name("str"), body)])
    assert text.count("\n") == 4


def test_what_must_break_has_no_text() -> None:
    items = (Name("a"), Name("b"))
    wide = Display("list", items, expanded=True)
    assert one_line(Call(Name("f"), (wide,))) is None
    assert one_line(Dict(((Name("a"), wide),))) is None
    with pytest.raises(MustBreak):
        text_of(wide)
    assert one_line(Display("tuple", items[:1], expanded=True)) == "(a,)"
    assert one_line(Display("list", (), expanded=True)) == "[]"
