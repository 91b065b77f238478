"""Findings in SARIF 2.1.0, which code hosts and editors read (OASIS, section numbers of it below).

One run has all findings, and the rules that they break. Columns count characters, and the first is
1 (3.30.4), as in a `Span`; the end of a region is the column behind it (3.30.7).
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from unstringly import __version__
from unstringly.cli.reporting.github import with_advice
from unstringly.diagnostics import Diagnostic, Rule, Severity, Span

VERSION = "2.1.0"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def as_sarif(findings: Sequence[Diagnostic]) -> str:
    """Return a log (3.13) with one run, which has all findings in the order given."""
    rules = list({finding.rule.code: finding.rule for finding in findings}.values())
    indices = {rule.code: index for index, rule in enumerate(rules)}
    driver = {"name": "unstringly", "version": __version__, "rules": list(map(_rule, rules))}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, indices) for finding in findings],
    }
    log = {"$schema": _SCHEMA, "version": VERSION, "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    """Return a rule as a reporting descriptor (3.49); `help` is what `explain` says to do."""
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.wrong}\n\n{rule.why}"},
        "help": {"text": rule.todo},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Diagnostic, indices: Mapping[str, int]) -> dict[str, object]:
    """Return a finding as a result (3.27)."""
    place = {"artifactLocation": {"uri": _uri(finding.span.file)}, "region": _region(finding.span)}
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": indices[finding.rule.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": with_advice(finding)},
        "locations": [{"physicalLocation": place}],
    }


def _uri(file: str) -> str:
    """Return a file as a reference that is relative to the working folder, or absolute."""
    scheme = "file://" if PurePosixPath(file).is_absolute() else ""
    return scheme + quote(file, errors="surrogatepass")


def _region(span: Span) -> dict[str, int]:
    line, column = max(span.line, 1), max(span.column, 1)
    return {
        "startLine": line,
        "startColumn": column,
        "endColumn": column + max(span.length, 0),
    }
