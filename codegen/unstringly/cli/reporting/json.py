"""Findings as JSON, with all that is known of each."""

import json
from collections.abc import Sequence

from unstringly.diagnostics import Diagnostic


def as_json(findings: Sequence[Diagnostic]) -> str:
    """Return a list of all findings, in the order given."""
    return json.dumps([_object(finding) for finding in findings], indent=2) + "\n"


def _object(finding: Diagnostic) -> dict[str, object]:
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
