"""Findings as text for people, JSON for programs, or annotations for GitHub.

Control characters, bidirectional marks, lone surrogates and the like, from whatever file they
came, are shown as escapes in every style, so that no finding can control a terminal.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import assert_never

from unstringly.cli.visible import visible, visible_character, visible_lines
from unstringly.counting import counted
from unstringly.diagnostics import Diagnostic, Severity, Span

MAX_WIDTH = 96
"""Columns of an excerpt."""

MOST_SHOWN = 100
"""Findings that are shown to people, errors before the rest; programs get them all."""

_NEAR = 4 * MAX_WIDTH
"""Characters on each side of a span that are looked at: a line may be as long as its file."""
_TAB = "    "
_CUT = "…"


class Style(Enum):
    """The form of a report: for people, for programs, or for GitHub's workflows."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def render(findings: Sequence[Diagnostic], sources: Mapping[str, str], style: Style) -> str:
    """Return a report of findings in the order given.

    `sources` holds the text of files by the names that spans use; a finding in any other file
    is shown without an excerpt. People get at most `MOST_SHOWN` findings, and the number of the
    rest. In text and GitHub style no findings make an empty report.
    """
    match style:
        case Style.TEXT:
            return _text(findings, sources)
        case Style.JSON:
            return json.dumps([_json(finding) for finding in findings], indent=2) + "\n"
        case Style.GITHUB:
            shown, more = _shown(findings)
            return "".join((*map(_github, shown), f"::notice::{_data(more)}\n" if more else ""))
        case _:
            assert_never(style)


def summary(findings: Iterable[Diagnostic]) -> str:
    """Return the numbers of findings of each severity, such as `2 errors, 1 warning`."""
    severities = [finding.severity for finding in findings]
    counts = ((severity.value, severities.count(severity)) for severity in Severity)
    return ", ".join(
        f"{count} {word}" if word == Severity.INFO.value else counted(count, word)
        for word, count in counts
        if count
    )


def _text(findings: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    if not findings:
        return ""
    shown, more = _shown(findings)
    files = {finding.span.file for finding in shown}
    lines = {file: _split_lines(text) for file, text in sources.items() if file in files}
    blocks = [_block(finding, lines.get(finding.span.file, ())) for finding in shown]
    return "\n".join((*blocks, *((f"{more}\n",) if more else ()), summary(findings))) + "\n"


def _shown(findings: Sequence[Diagnostic]) -> tuple[Sequence[Diagnostic], str]:
    """Return the findings that people are shown, in the order given, and a line about the rest."""
    if len(findings) <= MOST_SHOWN:
        return findings, ""
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    order = sorted(range(len(findings)), key=lambda index: ranks[findings[index].severity])
    shown = [findings[index] for index in sorted(order[:MOST_SHOWN])]
    rest = summary(findings[index] for index in order[MOST_SHOWN:])
    return shown, f"not shown: {rest} more; --error-format=json lists all"


def _block(finding: Diagnostic, lines: Sequence[str]) -> str:
    """Return one finding as text: a headline, its excerpt, note and help.

    grammar.yaml:4:5: error[S105]: a list has no key `seperator`
      |
    4 |     seperator: '|'
      |     ^^^^^^^^^
      = help: did you mean `separator`?
    """
    span = finding.span
    head = f"{visible(span.file)}:{span.line}:{span.column}: "
    head += f"{finding.severity.value}[{finding.rule.code}]: "
    shown = [head + _indented(visible_lines(finding.message), 2)]
    margin = " " * len(str(span.line))
    if 0 < span.line <= len(lines):
        excerpt, carets = _excerpt(lines[span.line - 1], span)
        shown.append(f"{margin} |")
        shown.append(f"{span.line} | {excerpt}".rstrip())
        shown.append(f"{margin} | {carets}")
    for word, text in (("note", finding.note), ("help", finding.help)):
        if text:
            word_head = f"{margin} = {word}: "
            shown.append(word_head + _indented(visible_lines(text), len(word_head)))
    return "\n".join(shown) + "\n"


def _excerpt(line: str, span: Span) -> tuple[str, str]:
    """Return a line of a file, cut around the span if it is long, and the carets under the span.

    The time does not grow with the line, which may be a whole file with all findings on it.
    """
    start = min(max(span.column - 1, 0), len(line))
    low, high = max(start - _NEAR, 0), min(start + _NEAR, len(line))
    cells = [_shown_cell(character) for character in line[low:high]]
    start -= low
    end = min(start + max(span.length, 0), len(cells))
    first, last = _window(cells, start, end)
    before = _CUT if low + first else ""
    after = _CUT if low + last < len(line) else ""
    indent = len(before) + _width("".join(cells[first:start]))
    carets = max(_width("".join(cells[start : min(end, last)])), 1)
    return before + "".join(cells[first:last]) + after, " " * indent + "^" * carets


def _window(cells: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return the range of cells to show: the beginning of the span, and what fits around it."""
    widths = [_width(cell) for cell in cells]
    if sum(widths) <= MAX_WIDTH:
        return 0, len(cells)
    room = MAX_WIDTH - 2
    last = start
    while last < end and room >= widths[last]:
        room -= widths[last]
        last += 1
    first = start
    while first > 0 and room // 2 >= widths[first - 1] and room > MAX_WIDTH // 3:
        room -= widths[first - 1]
        first -= 1
    while last < len(cells) and room >= widths[last]:
        room -= widths[last]
        last += 1
    while first > 0 and room >= widths[first - 1]:
        room -= widths[first - 1]
        first -= 1
    return first, last


def _json(finding: Diagnostic) -> dict[str, object]:
    return {
        "code": finding.rule.code,
        "severity": finding.severity.value,
        "file": finding.span.file,
        "line": finding.span.line,
        "column": finding.span.column,
        "length": finding.span.length,
        "message": finding.message,
        "note": finding.note,
        "help": finding.help,
        "lost": [{"operation": each.operation, "binding": each.binding} for each in finding.lost],
        "rule": finding.rule.title,
    }


_GITHUB_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _github(finding: Diagnostic) -> str:
    """Return a workflow command of GitHub, with `%`, `,`, `:` and line ends escaped."""
    span = finding.span
    places = {
        "file": _property(visible(span.file)),
        "line": str(span.line),
        "col": str(span.column),
        "title": _property(finding.rule.code),
    }
    message = visible_lines(finding.message)
    for word, text in (("note", finding.note), ("help", finding.help)):
        if text:
            message += f"\n{word}: {visible_lines(text)}"
    listed = ",".join(f"{key}={value}" for key, value in places.items())
    return f"::{_GITHUB_WORDS[finding.severity]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _split_lines(text: str) -> list[str]:
    """Return lines as an editor has them: ended by LF, CR or CR LF, and by nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


def _shown_cell(character: str) -> str:
    return _TAB if character == "\t" else visible_character(character)


def _width(text: str) -> int:
    """Return the columns that visible characters take on a terminal."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
