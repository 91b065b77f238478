"""Long lines are broken as ruff breaks them, and say what they said."""

import ast
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from unstringly.long_lines import fitted

NAMES = st.sampled_from(
    ["A", "Some", "PermanentFailureOfAccount", "x_" * 20 + "x", "词" * 15, "Y" * 120]
)
TYPES = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.builds("Parsed[{}]".format, inner),
        st.lists(inner, min_size=2, max_size=5).map(" | ".join),
    ),
    max_leaves=8,
)
TEXTS = st.text(st.sampled_from("a (|,\"'\\#)"), max_size=40).map(repr)
ARGUMENTS = st.lists(st.one_of(NAMES, TEXTS, TYPES), min_size=1, max_size=6)
CALLS = st.builds("{}({})".format, NAMES, ARGUMENTS.map(", ".join))


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line such as the plans and templates write."""
    names = [f"{draw(NAMES)}{number}" for number in range(draw(st.integers(0, 5)))]
    head = ", ".join(f"{name}: {draw(TYPES)}" for name in names)
    with_default = f"last: {draw(TYPES)} = {draw(st.one_of(TEXTS, NAMES))}"
    return draw(
        st.sampled_from(
            [
                f"def f({head}) -> {draw(TYPES)}:\n    return x\n",
                f"class C:\n    async def f(self, {with_default}) -> None:\n        return x\n",
                f"Alias: TypeAlias = {draw(TYPES)}\n",
                f"def f():\n    return {draw(CALLS)}\n",
                f"def f():\n    if isinstance(x, {draw(TYPES)}):\n        raise {draw(CALLS)}\n",
                f"def f():\n    return tuple({draw(CALLS)} for each in {draw(CALLS)})\n",
                f"f(\n    {draw(CALLS)},\n    {draw(TYPES)},\n)\n",
            ]
        )
    )


@given(lines())
def test_a_line_says_what_it_said(line: str) -> None:
    assert ast.dump(ast.parse(fitted(line))) == ast.dump(ast.parse(line))


@settings(max_examples=max(8, settings().max_examples * 15 // 100))
@given(st.lists(lines(), min_size=20, max_size=20))
def test_no_line_is_left_that_can_be_broken(drawn: list[str]) -> None:
    long = [line for text in drawn for line in fitted(text).splitlines() if len(line.strip()) > 100]
    assert [line for line in long if ", " in line and '"' not in line and "'" not in line] == []


EXAMPLES = """
def whole() -> {long}:
    return x


def permanent() -> st.SearchStrategy[Of1 | Of2]:
    return drawing.codes(Of1, Of2, tables.FORM)


def expect(result: T | Of1 | Of2) -> T:
    if isinstance(result, Of1 | Of2 | Of3):
        raise Rejected(result)
    return result


def words(text: str, channel: str = "0", *, number: Of1 | Of2 | Of3 = Of4) -> Call[Of1 | Of2]:
    del Of1, Of2, Of3
    return Call(Of1, {"amount": text_parameter("amount", amount, "is no (Of1", form=Of2)}, parse)


def items(reading: Reading) -> tuple[Of1, ...]:
    return tuple(_of1(reading, Of1) for reading in reading.items(Of2, Of3))


def record(value: Element) -> Of1:
    first, second, Of1, Of2, Of3 = record.texts
    Of1, Of2, Of3, Of4, Of5 = record.texts
    return Of1(first=None if Of1 == "" else Of2(Of3), second=Of5)


def written(value: Of1) -> str:
    contents = [
        "first=" + ("" if value.Of1 is None else Of2.write_date("Of1", value.Of1)),
        "second=" + write_text(tables.Of2, "Of1", value.Of2, value.Of3) + ";",
    ]
    return "+" + ",".join(contents) + Of1.terminator + Of2.terminator + Of3.terminator


Result: TypeAlias = Iterable[Of1 | Of2] | Of3 | Of4
"""
LONG = (
    EXAMPLES.lstrip("\n").replace("Of", "PermanentFailureOfAnAccount").replace("{long}", "x" * 95)
)


def test_ruff_would_not_format_them_otherwise() -> None:
    text = fitted(LONG)
    assert max(map(len, text.splitlines())) <= 100 < max(map(len, LONG.splitlines()))
    command = ["ruff", "format", "--isolated", "--line-length=100", "-"]
    done = subprocess.run(
        [sys.executable, "-m", *command],
        input=text,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout == text


def test_docstrings_and_comments_stay() -> None:
    words = "word, (word) | " * 10
    text = f'"""{words}\n{words}\n"""\nx = f(1)  # {words}.\n'
    assert fitted(text) == text
