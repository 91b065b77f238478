"""G110: a delimiter with a backslash in it that was meant as an escape.

YAML reads escapes in double quotes only. `'\\n'` in single quotes, and `\\n` without quotes, are a
backslash and the letter n.
"""

import re
from collections.abc import Iterator

from unstringly.check.delimiters import delimiters_of
from unstringly.check.subject import Finding, Subject
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.spec_cursor import quoted

NOT_AN_ESCAPE = Rule(
    "G110",
    Severity.WARNING,
    "a delimiter or code holds a backslash and a letter, which is no line end",
    wrong="""\
YAML reads `\\n` as a line feed in double quotes only. In single quotes, or without quotes, it
is two characters, a backslash and an `n`. The same is true of `\\r`, `\\t`, `\\x`, `\\u` and `\\0`.
Patterns are not meant: in a pattern `\\n` is a line feed, however it is quoted.""",
    why="""\
Services hardly ever send a backslash and a letter, so a delimiter that is spelled so is never
found, and nothing is read.""",
    example=r"separator: '\n'",
    todo=r"""Write the text in double quotes, `separator: "\n"`; there a backslash that is meant is
written twice. If the service does send a backslash and a letter, accept the finding with
`accept: {Reports: {codes: G110, reason: the service writes a backslash and n}}`.""",
)

RULES = (NOT_AN_ESCAPE,)

_ESCAPE = re.compile(r"\\(?:[nrtx0]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_SPECIAL = re.compile(rf"{_ESCAPE.pattern}|[\\\"]")


def check_escapes(subject: Subject) -> Iterator[Finding]:
    """A finding for each delimiter, constant or code that holds what looks like an escape."""
    for definition in subject.contract.definitions.values():
        for delimiter in delimiters_of(definition):
            escape = _ESCAPE.search(delimiter.text)
            if escape is None:
                continue
            letter = escape.group()[1]
            message = (
                f"the {delimiter.what} {quoted(delimiter.text)} holds a backslash and `{letter}`, "
                "which are two characters"
            )
            help_text = (
                f"in YAML an escape stands in double quotes: {_in_double_quotes(delimiter.text)}; "
                f"or `accept: {{{definition.name}: {{codes: G110, reason: …}}}}`"
            )
            diagnostic = Diagnostic(NOT_AN_ESCAPE, delimiter.span, message, help_text)
            yield Finding(definition.name, diagnostic)


def _in_double_quotes(text: str) -> str:
    """The text as YAML spells it with its escapes meant: other backslashes, and quotes, escaped."""

    def spelled(found: re.Match[str]) -> str:
        return found.group() if len(found.group()) > 1 else f"\\{found.group()}"

    return f'"{_SPECIAL.sub(spelled, text)}"'
