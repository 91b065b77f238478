"""Reports: the three styles, carets, and input that tries to be more than text."""

import json
import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import calls_of

from unstringly.cli.report import Style, render
from unstringly.cli.reporting.shown import MOST_SHOWN, summary
from unstringly.cli.reporting.text import MAX_WIDTH
from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.read.spec.reader import read_spec

ERROR, WARNING, INFO = (
    Rule(code, severity, title, wrong="It is.", why="It is.", example="it is", todo="Nothing.")
    for code, severity, title in (
        ("T101", Severity.ERROR, "an error"),
        ("T102", Severity.WARNING, "a warning"),
        ("T103", Severity.INFO, "an info"),
    )
)


def excerpt(line: str, column: int, length: int = 1) -> list[str]:
    """The two lines with the excerpt and its carets."""
    finding = Diagnostic(ERROR, Span("f", 1, column, length), "m")
    shown = render([finding], {"f": line}, Style.TEXT).splitlines()
    assert shown[:2] == [f"f:1:{column}: error[T101]: m", "  |"]
    return shown[2:4]


def test_text() -> None:
    findings = [
        Diagnostic(ERROR, Span("a.yaml", 2, 3, 4), "first\nsecond line", "do this\nand this"),
        Diagnostic(WARNING, Span("a.yaml", 10, 1), "third"),
        Diagnostic(INFO, Span("b.yaml", 1, 1), "no excerpt"),
    ]
    source = "one\n  two!\n" + "\n" * 7 + "ten"
    assert render(findings, {"a.yaml": source}, Style.TEXT) == (
        "a.yaml:2:3: error[T101]: first\n"
        "  second line\n"
        "  |\n"
        "2 |   two!\n"
        "  |   ^^^^\n"
        "  = help: do this\n"
        "          and this\n"
        "\n"
        "a.yaml:10:1: warning[T102]: third\n"
        "   |\n"
        "10 | ten\n"
        "   | ^\n"
        "\n"
        "b.yaml:1:1: info[T103]: no excerpt\n"
        "\n"
        "1 error, 1 warning, 1 info\n"
    )


def test_nothing_to_report() -> None:
    assert render([], {}, Style.TEXT) == ""
    assert render([], {}, Style.GITHUB) == ""
    assert render([], {}, Style.JSON) == "[]\n"


def test_summary() -> None:
    place = Span("f", 1, 1)
    error, warning, info = (Diagnostic(rule, place, "m") for rule in (ERROR, WARNING, INFO))
    assert summary([error]) == "1 error"
    assert summary([warning, error, error, info, info]) == "2 errors, 1 warning, 2 info"
    assert summary([]) == ""


@pytest.mark.parametrize(
    ("line", "column", "length", "shown"),
    [
        ("abc", 2, 1, ["1 | abc", "  |  ^"]),
        ("abc", 4, 1, ["1 | abc", "  |    ^"]),
        ("abc", 99, 99, ["1 | abc", "  |    ^"]),
        ("abc", 2, 99, ["1 | abc", "  |  ^^"]),
        ("", 1, 1, ["1 |", "  | ^"]),
        ("\tab", 2, 1, ["1 |     ab", "  |     ^"]),
        ("批次: 号", 5, 1, ["1 | 批次: 号", "  |       ^^"]),
        ("ｗｉｄｅ", 2, 2, ["1 | ｗｉｄｅ", "  |   ^^^^"]),
        ("e\u0301x", 3, 1, ["1 | e\u0301x", "  |  ^"]),
        ("e\u0301x", 1, 2, ["1 | e\u0301x", "  | ^"]),
        ("\x1b[2Jx", 5, 1, ["1 | \\x1b[2Jx", "  |        ^"]),
        ("\u202ex\u2028", 2, 2, ["1 | \\u202ex\\u2028", "  |       ^^^^^^^"]),
        ("\u3000x", 2, 1, ["1 | \\u3000x", "  |       ^"]),
        ("\udc80x", 2, 1, ["1 | \\udc80x", "  |       ^"]),
        ("\U000e0041x", 2, 1, ["1 | \\U000e0041x", "  |           ^"]),
    ],
)
def test_carets(line: str, column: int, length: int, shown: list[str]) -> None:
    assert excerpt(line, column, length) == shown


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_end_where_an_editor_ends_them(line_end: str) -> None:
    finding = Diagnostic(ERROR, Span("f", 2, 1), "m")
    source = line_end.join(["a\x85b\u2028c", "second", ""])
    assert "2 | second\n" in render([finding], {"f": source}, Style.TEXT)


@pytest.mark.parametrize("character", ["x", "批", "\x1b", "\t"])
@pytest.mark.parametrize("column", [1, 50, 400, 795, 800])
@pytest.mark.parametrize("length", [1, 5, 300])
def test_a_long_line_is_cut_around_the_span(character: str, column: int, length: int) -> None:
    line = character * (column - 1) + "!" + character * (800 - column)
    shown, carets = excerpt(line, column, length)
    assert width(shown) <= MAX_WIDTH + 4
    assert width(carets) <= MAX_WIDTH + 4
    assert width(shown[: shown.index("!")]) == carets.index("^")
    assert ("…" in shown) or character == "!"


def width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def test_a_file_cannot_speak_to_the_terminal_or_to_github() -> None:
    hostile = "x\x1b[31m\r\n::error::forged\x07\x9b"
    span = Span("a\n::error::,b:%.yaml", 1, 1)
    finding = Diagnostic(ERROR, span, hostile + "%0A", hostile)
    text = render([finding], {span.file: hostile}, Style.TEXT)
    assert not re.search(r"[^\n -~]", text)
    assert text.startswith(r"a\x0a::error::,b:%.yaml:1:1: error[T101]: x\x1b[31m\x0d")
    command = render([finding], {}, Style.GITHUB)
    assert command == (
        r"::error file=a\x0a%3A%3Aerror%3A%3A%2Cb%3A%25.yaml,line=1,col=1,title=T101::"
        r"x\x1b[31m\x0d%0A::error::forged\x07\x9b%250A"
        r"%0Ahelp: x\x1b[31m\x0d%0A::error::forged\x07\x9b"
        "\n"
    )


def test_github() -> None:
    findings = [
        Diagnostic(WARNING, Span("wsdl/a/grammar.yaml", 3, 7, 2), "批次"),
        Diagnostic(INFO, Span("f", 1, 1), "m", "h"),
    ]
    assert render(findings, {}, Style.GITHUB) == (
        "::warning file=wsdl/a/grammar.yaml,line=3,col=7,title=T102::批次\n"
        "::notice file=f,line=1,col=1,title=T103::m%0Ahelp: h\n"
    )


def test_json() -> None:
    finding = Diagnostic(ERROR, Span("f", 3, 7, 2), "m\x1b批\udc80", "h", "n\n ^")
    text = render([finding], {}, Style.JSON)
    assert text.isascii()
    assert json.loads(text) == [
        {
            "code": "T101",
            "severity": "error",
            "file": "f",
            "line": 3,
            "column": 7,
            "length": 2,
            "message": "m\x1b批\udc80",
            "note": "n\n ^",
            "help": "h",
            "lost": [],
            "rule": "an error",
        }
    ]


# Lines and reports that are long


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("character", ["x", "批", "\x1b", "\u0301"])
def test_the_length_of_a_line_costs_nothing(character: str, style: Style) -> None:
    def findings(length: int) -> list[Diagnostic]:
        return [Diagnostic(ERROR, Span("f", 1, length // 2 + each), "m") for each in range(50)]

    short, long = 2_000, 200_000
    few, many = (
        calls_of(partial(render, findings(length), {"f": character * length}, style))
        for length in (short, long)
    )
    assert many < few + 1_000


@pytest.mark.some(1)
@pytest.mark.parametrize("style", Style)
def test_the_work_grows_with_the_findings_and_no_faster(style: Style) -> None:
    def findings(count: int) -> list[Diagnostic]:
        return [Diagnostic(ERROR, Span("f", 1, each + 1), "m") for each in range(count)]

    few, many = (
        calls_of(partial(render, findings(count), {"f": "x" * count}, style))
        for count in (2_000, 20_000)
    )
    assert many < 11 * few


def test_an_excerpt_of_characters_without_width_is_cut() -> None:
    shown, _ = excerpt("\u0301" * 100_000, 50_000)
    assert len(shown) < 20 * MAX_WIDTH


def test_people_are_shown_so_many_findings_and_the_number_of_the_rest() -> None:
    warnings = [Diagnostic(WARNING, Span("f", each + 1, 1), "m") for each in range(MOST_SHOWN + 40)]
    errors = [Diagnostic(ERROR, Span("f", 1000 + each, 1), "m") for each in range(30)]
    infos = [Diagnostic(INFO, Span("f", 2000, 1), "m")]
    findings = [*warnings, *errors, *infos]
    rest = "not shown: 70 warnings, 1 info more; --error-format=json lists all"
    text = render(findings, {}, Style.TEXT)
    assert text.count("warning[") == MOST_SHOWN - 30
    assert text.count("error[") == 30
    assert text.index("warning[") < text.index("error[")
    assert text.endswith(f"\n{rest}\n\n30 errors, 140 warnings, 1 info\n")
    commands = render(findings, {}, Style.GITHUB).splitlines()
    assert len(commands) == MOST_SHOWN + 1
    assert commands[-1] == f"::notice::{rest}"
    listed = cast("list[object]", json.loads(render(findings, {}, Style.JSON)))
    assert len(listed) == len(findings)


def test_as_many_findings_as_are_shown() -> None:
    findings = [Diagnostic(ERROR, Span("f", each + 1, 1), "m") for each in range(MOST_SHOWN)]
    assert "not shown" not in render(findings, {}, Style.TEXT)
    assert render(findings, {}, Style.GITHUB).count("\n") == MOST_SHOWN


WILD = st.text(st.characters() | st.sampled_from("\t\n\r\x1b\u202e批\u0301"), max_size=200)
SPANS = st.builds(Span, WILD, st.integers(0, 5), st.integers(1, 300), st.integers(0, 300))
FINDINGS = st.builds(Diagnostic, st.sampled_from([ERROR, WARNING, INFO]), SPANS, WILD, WILD)


@given(st.lists(FINDINGS, max_size=3), WILD, st.sampled_from(Style))
def test_any_finding_is_rendered_as_printable_text(
    findings: list[Diagnostic], source: str, style: Style
) -> None:
    sources = {finding.span.file: source for finding in findings}
    shown = render(findings, sources, style)
    assert all(character.isprintable() or character == "\n" for character in shown)
    shown.encode()
    if style is Style.GITHUB:
        assert shown.count("\n") == len(findings)
        assert all(line.startswith("::") for line in shown.splitlines())
    if style is Style.JSON:
        assert len(cast("list[object]", json.loads(shown))) == len(findings)


def test_a_spec_with_findings(tmp_path: Path) -> None:
    path = tmp_path / "grammar.yaml"
    path.write_text("service: 短信\ntypes:\n  A: {text: '批[9-0]'}\n", encoding="utf-8")
    _, findings = read_spec(path, "grammar.yaml")
    shown = render(findings, {"grammar.yaml": path.read_text(encoding="utf-8")}, Style.TEXT)
    assert "3 |   A: {text: '批[9-0]'}\n  |                 ^^^\n" in shown
    assert shown.endswith("2 errors\n")
