"""Findings as text for people, each with an excerpt of its file."""

import unicodedata
from collections.abc import Mapping, Sequence

from unstringly.cli.reporting.shown import shown, summary
from unstringly.cli.visible import visible, visible_character, visible_lines
from unstringly.diagnostics import Diagnostic, Span

MAX_WIDTH = 96
"""Columns of an excerpt."""

_NEAR = 4 * MAX_WIDTH
"""Characters on each side of a span that are looked at: a line may be as long as its file."""
_TAB = "    "
_CUT = "…"


def as_text(findings: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """Return a block for each finding, then their numbers; empty without findings."""
    if not findings:
        return ""
    listed, more = shown(findings)
    files = {finding.span.file for finding in listed}
    lines = {file: _split_lines(text) for file, text in sources.items() if file in files}
    blocks = [_block(finding, lines.get(finding.span.file, ())) for finding in listed]
    return "\n".join((*blocks, *((f"{more}\n",) if more else ()), summary(findings))) + "\n"


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
