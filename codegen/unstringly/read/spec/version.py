"""The version of the language in which a grammar is written; a grammar that names none is of 1.

It is read before anything else: keys that a later version adds would only be unknown ones.
"""

from typing import Final

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.keys import VERSION
from unstringly.read.spec.nodes import Mapping, Scalar

KEY: Final = "unstringly"

NEWER: Final = Rule(
    "S121",
    Severity.ERROR,
    "a grammar is of a version of the language that this generator does not read",
    wrong="""\
`unstringly: 2` says that the grammar is written in version 2 of the language. This generator
reads version 1, and so a grammar without that key. Nothing else in the file was looked at.""",
    why="""\
A later version may give a key another meaning. To read such a grammar as if it were an older one
could give a package that reads texts wrongly.""",
    example="unstringly: 2",
    todo="""\
Use a newer unstringly. If the grammar has nothing that is new, write `unstringly: 1`.""",
)


def is_readable(root: Mapping, span: Span, findings: list[Diagnostic]) -> bool:
    """Say whether this generator reads the grammar's version; report any other (S121)."""
    keys = [key.text for key, _ in root.entries]  # any keys: unknown ones are reported later
    cursor = Cursor(root, [KEY, *keys], "a spec", span, findings)
    scalar = cursor.scalar(KEY)
    if scalar is None or scalar.text == str(VERSION):
        return True
    cursor.report(NEWER, scalar.span, _message(scalar), _what_to_do(scalar))
    return False


def _message(scalar: Scalar) -> str:
    if _is_later(scalar):
        known = f"this generator reads version {VERSION}"
        return f"the grammar is of version {scalar.text} of the language, and {known}"
    return f"`{KEY}` is the version of the language, {VERSION}, and not {quoted(scalar.text)}"


def _what_to_do(scalar: Scalar) -> str:
    if _is_later(scalar):
        return f"use a newer unstringly, or write `{KEY}: {VERSION}` if nothing newer is used"
    return f"write `{KEY}: {VERSION}`, or leave it out"


def _is_later(scalar: Scalar) -> bool:
    text = scalar.text
    return text.isascii() and text.isdigit() and text.lstrip("0") not in ("", str(VERSION))
