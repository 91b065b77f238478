"""How many findings people are shown, and what is said of the rest."""

from collections.abc import Iterable, Sequence

from unstringly.counting import counted
from unstringly.diagnostics import Diagnostic, Severity

MOST_SHOWN = 100
"""Findings that are shown to people, errors before the rest; programs get them all."""


def summary(findings: Iterable[Diagnostic]) -> str:
    """Return the numbers of findings of each severity, such as `2 errors, 1 warning`."""
    severities = [finding.severity for finding in findings]
    counts = ((severity.value, severities.count(severity)) for severity in Severity)
    return ", ".join(
        f"{count} {word}" if word == Severity.INFO.value else counted(count, word)
        for word, count in counts
        if count
    )


def shown(findings: Sequence[Diagnostic]) -> tuple[Sequence[Diagnostic], str]:
    """Return the findings that people are shown, in the order given, and a line about the rest."""
    if len(findings) <= MOST_SHOWN:
        return findings, ""
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    order = sorted(range(len(findings)), key=lambda index: ranks[findings[index].severity])
    shown = [findings[index] for index in sorted(order[:MOST_SHOWN])]
    rest = summary(findings[index] for index in order[MOST_SHOWN:])
    return shown, f"not shown: {rest} more; --error-format=json lists all"
