"""Reader of enums: documented codes, and the form of codes that are not documented."""

import re

from unstringly.diagnostics import Rule, Severity
from unstringly.kinds.enum import VALUES
from unstringly.model.grammar import CodeValue, EnumType, Form, LocalizedText, Member
from unstringly.read.patterns.reader import read_pattern
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.keys import MEMBER
from unstringly.read.spec.names import claim, member_name
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.rules import CONFLICT, MISSING_KEY

INTEGER_SPELLING = Rule(
    "S115",
    Severity.ERROR,
    "a code with an integer value is not spelled like that integer",
    wrong="""\
With `values: integer`, a member's value is `int(spelling)`. A spelling such as `01`, `+1`,
`-0` or `1_000` has the value of another spelling.""",
    why="""\
Two codes could have one value, and Python would make the second member an alias of the
first.""",
    example="{enum: {01: SENT, 1: FAILED}, values: integer}",
    todo="Keep such codes as they are, with `values: text` (the default).",
)

RULES = (INTEGER_SPELLING,)


_CANONICAL = re.compile("0|-?[1-9][0-9]{0,17}", re.ASCII)


def read_enum(name: Scalar, cursor: Cursor) -> EnumType | None:
    """Return the enum that the keys of a type describe; problems are reported to `cursor`."""
    words = cursor.localized("doc")
    values = cursor.one_of("values", VALUES, CodeValue.TEXT)
    form = _open_form(cursor)
    taken: dict[str, Scalar] = {}
    members: list[Member] = []
    for spelling, node in cursor.entries("enum"):
        if values is CodeValue.INTEGER and not _CANONICAL.fullmatch(spelling.text):
            message = f"{quoted(spelling.text)} is not how an integer is spelled"
            cursor.report(INTEGER_SPELLING, spelling.span, message, "use `values: text`")
        cursor.is_short(spelling, "a code")
        member = _member(spelling, node, taken, cursor)
        if member is not None:
            members.append(member)
    if not members and not cursor.failed:
        span = cursor.key_span("enum")
        cursor.report(MISSING_KEY, span, "an enum needs at least one member")
    return EnumType(name.text, words, values, tuple(members), form, name.span)


def _open_form(cursor: Cursor) -> Form | None:
    """Return the form of codes that are not documented; None for a closed enum."""
    is_open = cursor.flag("open")
    source = cursor.scalar("form")
    if is_open and not cursor.has("form"):
        message = "an open enum needs a `form`, which says what its other codes look like"
        cursor.report(CONFLICT, cursor.key_span("open"), message, "for example `form: '[0-9]+'`")
    if source is None:
        return None
    if not is_open:
        message = "`form` describes codes beyond the members, so the enum must be open"
        cursor.report(CONFLICT, cursor.key_span("form"), message, "add `open: true`")
    pattern = read_pattern(source, cursor.findings)
    return None if pattern is None else Form(pattern, source.text)


def _member(spelling: Scalar, node: Node, taken: dict[str, Scalar], owner: Cursor) -> Member | None:
    """Return a member, given as a name or as a mapping with one; None if it has no name."""
    if isinstance(node, Scalar) and not node.is_missing:
        name: Scalar | None = node
        words = LocalizedText()
    else:
        cursor = Cursor(node, MEMBER.names, MEMBER.called, spelling.span, owner.findings)
        cursor.require("name")
        name, words = cursor.scalar("name"), cursor.localized("doc")
    if name is None:
        return None
    member_name(name, owner.findings)
    claim(name, name.text, taken, "member", owner.findings)
    return Member(spelling.text, name.text, words, spelling.span)
