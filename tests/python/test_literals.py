"""Literals, docstrings and comments of generated code."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from unstringly.plan.layout import table
from unstringly.python.literals import comment, display_width, docstring, quoted

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


@given(st.lists(st.integers(0, 10**6).map(str), max_size=60))
def test_a_table_holds_its_items(items: list[str]) -> None:
    assert ast.literal_eval(f"(\n{table(items)}\n)") == tuple(map(int, items))
