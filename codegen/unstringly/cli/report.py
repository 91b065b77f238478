"""Findings as text for people, JSON or SARIF for programs, or annotations for GitHub.

Control characters, bidirectional marks, lone surrogates and the like, from whatever file they
came, are shown as escapes in every style, so that no finding can control a terminal.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import assert_never

from unstringly.cli.reporting.github import as_annotations
from unstringly.cli.reporting.json import as_json
from unstringly.cli.reporting.sarif import as_sarif
from unstringly.cli.reporting.text import as_text
from unstringly.diagnostics import Diagnostic


class Style(Enum):
    """The form of a report: for people, for programs, or for GitHub's workflows."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"

    @property
    def is_document(self) -> bool:
        """Say whether a report without findings is written, too."""
        return self in (Style.JSON, Style.SARIF)


def render(findings: Sequence[Diagnostic], sources: Mapping[str, str], style: Style) -> str:
    """Return a report of findings in the order given.

    `sources` holds the text of files by the names that spans use; a finding in any other file
    is shown without an excerpt. People get at most `MOST_SHOWN` findings, and the number of the
    rest. In text and GitHub style no findings make an empty report.
    """
    match style:
        case Style.TEXT:
            return as_text(findings, sources)
        case Style.JSON:
            return as_json(findings)
        case Style.GITHUB:
            return as_annotations(findings)
        case Style.SARIF:
            return as_sarif(findings)
        case _:
            assert_never(style)
