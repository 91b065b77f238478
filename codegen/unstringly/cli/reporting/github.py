"""Findings as workflow commands of GitHub, which annotate the lines of a pull request."""

from collections.abc import Sequence

from unstringly.cli.reporting.shown import shown
from unstringly.cli.visible import visible, visible_lines
from unstringly.diagnostics import Diagnostic, Severity

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_annotations(findings: Sequence[Diagnostic]) -> str:
    """Return a command for each finding, at most as many as people are shown."""
    listed, more = shown(findings)
    return "".join((*map(_command, listed), f"::notice::{_data(more)}\n" if more else ""))


def with_advice(finding: Diagnostic) -> str:
    """Return the message of a finding with its note and its help, each on lines of its own."""
    message = visible_lines(finding.message)
    for word, text in (("note", finding.note), ("help", finding.help)):
        if text:
            message += f"\n{word}: {visible_lines(text)}"
    return message


def _command(finding: Diagnostic) -> str:
    """Return a workflow command of GitHub, with `%`, `,`, `:` and line ends escaped."""
    span = finding.span
    places = {
        "file": _property(visible(span.file)),
        "line": str(span.line),
        "col": str(span.column),
        "title": _property(finding.rule.code),
    }
    listed = ",".join(f"{key}={value}" for key, value in places.items())
    return f"::{_WORDS[finding.severity]} {listed}::{_data(with_advice(finding))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
