"""Findings about the inputs of the generator.

A `Rule` is a kind of problem, with a code that never changes; a `Diagnostic` is one case
of it, at a `Span` of a file. A stage of the pipeline returns its value together with all
its diagnostics, never only the first; `sorted_findings` puts them in reading order and
drops repeated ones. `cli/report.py` makes text, JSON, SARIF or annotations of them.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace


class Severity(Enum):
    """The weight of a diagnostic: only an error keeps a package from being written."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(Struct, frozen=True, order=True):
    """A place in an input file: 1-based line and column, in characters.

    `length` is the number of characters a caret line underlines; it stays on one line.
    """

    file: str
    line: int
    column: int
    length: int = 1

    def shifted(self, offset: int, length: int = 1) -> "Span":
        """Return the span `offset` characters further on the same line."""
        return Span(self.file, self.line, self.column + offset, length)


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of problem: code, default severity, a title of one line, and four parts.

    `wrong` is the state of the inputs, `why` the reason why that matters, `example` shows inputs
    that have it, and `todo` says what to do. `unstringly explain CODE` prints them in this order
    (`cli/explained.py`).
    """

    code: str
    severity: Severity
    title: str
    _: KW_ONLY
    wrong: str
    why: str
    example: str
    todo: str


class Loss(Struct, frozen=True):
    """An operation of the WSDL that is left out of `binding`, or of all bindings if it is empty."""

    operation: str
    binding: str = ""


class Diagnostic(Struct, frozen=True):
    """One finding: `message` says what is wrong, `help` says what to do about it.

    `note` is evidence, such as a witness: it may have several lines, whose columns matter.
    `lost` are the operations that are left out because of it, `about` is the name of the definition
    or operation that it is about, empty for none, and `operations` are further ones, which are
    there. `accept` in a spec can name all of these.
    """

    rule: Rule
    span: Span
    message: str
    help: str = ""
    note: str = ""
    lost: tuple[Loss, ...] = ()
    about: str = ""
    operations: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity


def promoted(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings with every warning made an error."""
    return tuple(
        replace(finding, rule=dataclasses.replace(finding.rule, severity=Severity.ERROR))
        if finding.severity is Severity.WARNING
        else finding
        for finding in findings
    )


def sorted_findings(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings by file, line and column, each once."""
    unique = dict.fromkeys(findings)
    return tuple(
        sorted(unique, key=lambda finding: (finding.span, finding.rule.code, finding.message))
    )


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Say whether any finding is of error severity."""
    return any(finding.severity is Severity.ERROR for finding in findings)
