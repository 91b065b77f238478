"""G110: a delimiter with a backslash in it that was meant as an escape.

YAML reads escapes in double quotes only. `'\\n'` in single quotes, and `\\n` without quotes, are a
backslash and the letter n.
"""

import re
import sys
from collections.abc import Iterator

from unstringly.check.delimiters import delimiters_of
from unstringly.check.leaves import XML_CHARACTERS
from unstringly.check.subject import Finding, Subject
from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.kinds.leaf import Spelled
from unstringly.model.spec import OperationSpec
from unstringly.read.spec.cursor import quoted

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
written twice, and octal escapes such as `\012` are none: a line feed is `\n`. If the service does
send a backslash and a letter, accept the finding with
`accept: {Reports: {codes: G110, reason: the service writes a backslash and n}}`.""",
)

RULES = (NOT_AN_ESCAPE,)

_ESCAPE = re.compile(r"\\(?:[nrtx0]|[1-3][0-7]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_YAML = re.compile(
    r"\\(?:[nrt]|0(?![0-7])|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|[^\\]|(?P<other>\\)"
)
"""An escape that YAML has in double quotes, a character, or a backslash that is something else."""

_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def check_escapes(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each text of the spec, but patterns, that seems to hold an escape."""
    for definition in subject.contract.definitions.values():
        for delimiter in delimiters_of(definition):
            yield from _findings(definition.name, delimiter)
    for operation in subject.contract.spec.operations:
        for delimiter in dict.fromkeys(_sent_and_null(operation)):
            yield from _findings(operation.name, delimiter)


def _sent_and_null(operation: OperationSpec) -> Iterator[Spelled]:
    """Yield the texts of an operation that are sent or read as they are spelled."""
    if operation.null:
        yield Spelled("null", operation.null, operation.null_span)
    varied = (parameter for variant in operation.variants for parameter in variant.parameters)
    for parameter in (*operation.parameters, *varied):
        if parameter.default:
            yield Spelled("default", parameter.default, parameter.span)
        if parameter.fixed:
            yield Spelled("fixed text", parameter.fixed, parameter.span)


def _findings(about: str, delimiter: Spelled) -> Iterator[Finding]:
    escape = _ESCAPE.search(delimiter.text)
    if escape is None:
        return
    message = (
        f"the {delimiter.what} {quoted(delimiter.text)} holds a backslash and "
        f"`{escape.group()[1]}`, which are two characters"
    )
    help_text = f"{_advice(delimiter.text)}; or `accept: {{{about}: {{codes: G110, reason: …}}}}`"
    yield Finding(about, Diagnostic(NOT_AN_ESCAPE, delimiter.span, message, help_text))


def _advice(text: str) -> str:
    """Return advice: the text in double quotes, if that is possible and XML can carry it."""
    rule = "in YAML an escape stands in double quotes"
    spelled = ""
    for match in _YAML.finditer(text):
        piece = match.group()
        if match["other"]:
            return f"{rule}, where none is octal, and a backslash that is meant is written twice"
        character = _meant(piece)
        if character is None or character not in XML_CHARACTERS:
            return f"{rule}, and what `{piece}` would be there, XML cannot carry"
        if len(piece) == 1 and not character.isprintable():
            return rule
        spelled += '\\"' if piece == '"' else piece
    return f'{rule}: "{spelled}"'


def _meant(spelled: str) -> str | None:
    """Return the character that an escape or a character means; None if there is none."""
    if len(spelled) == 1:
        return spelled
    if spelled[1] in _LETTERS:
        return _LETTERS[spelled[1]]
    point = int(spelled[2:], 16)
    return chr(point) if point <= sys.maxunicode else None
