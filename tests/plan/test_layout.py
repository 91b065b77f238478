"""Literals, docstrings and wrapped lines of generated code."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from unstringly.plan.layout import call, comment, display_width, docstring, head, quoted, table

NASTY = st.text(
    st.one_of(
        st.sampled_from(
            ['"', "'", "\\", "\n", "{", "}", "#", "\t", "\r", "\0", "\u2028", "\u202e"]
        ),
        st.characters(),
    )
)


@given(NASTY)
def test_a_quoted_text_is_a_literal_of_it(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text
    assert "\n" not in quoted(text)
    quoted(text).encode()


@given(NASTY)
def test_a_docstring_is_one_literal_and_says_the_same(text: str) -> None:
    written = docstring(text, 4)
    value = ast.literal_eval(written)
    assert isinstance(value, str)
    assert "".join(value.split()) == "".join(text.split())
    written.encode()


@given(st.text("ab 中文，。\n", max_size=400))
def test_lines_of_a_docstring_fit(text: str) -> None:
    for line in docstring(text, 4).split("\n"):
        longest_word = max(map(display_width, line.split()), default=0)
        assert display_width(line) <= max(100, longest_word + 8)


@given(NASTY)
def test_a_comment_stays_on_its_line(text: str) -> None:
    module = ast.parse(f"# {comment(text)}\n")
    assert not module.body


@given(st.lists(st.text("abc", min_size=1, max_size=40), min_size=1, max_size=8))
def test_a_call_is_one_expression_however_it_is_wrapped(arguments: list[str]) -> None:
    written = call("f(", arguments)
    expression = ast.parse(written, mode="eval").body
    assert isinstance(expression, ast.Call)
    assert [ast.unparse(each) for each in expression.args] == arguments
    assert all(len(line) <= 100 for line in written.split("\n"))


@given(st.lists(st.integers(0, 10**6).map(str), max_size=60))
def test_a_table_holds_its_items(items: list[str]) -> None:
    assert ast.literal_eval(f"(\n{table(items)}\n)") == tuple(map(int, items))


def test_a_head_is_wrapped_as_a_formatter_would() -> None:
    assert head("f", ["a: int"], "str") == "def f(a: int) -> str:"
    long = "x" * 90
    assert head("f", [], long) == f"def f() -> {long}:", "which `long_lines` breaks"
    assert head("f", ["a: int"], long) == f"def f(\n    a: int,\n) -> {long}:"
