"""Reader of `types`: the forms of leaves, such as texts, numbers, dates and codes."""

from collections.abc import Callable, Mapping

from unstringly.diagnostics import Diagnostic
from unstringly.model.grammar import (
    Calendar,
    DecimalType,
    Form,
    IntegerType,
    TextType,
    Type,
)
from unstringly.read.patterns.reader import read_pattern
from unstringly.read.spec.booleans import read_boolean
from unstringly.read.spec.cursor import Cursor
from unstringly.read.spec.date_types import date_reader
from unstringly.read.spec.enums import read_enum
from unstringly.read.spec.keys import KINDS, TYPE
from unstringly.read.spec.layers import read_layers
from unstringly.read.spec.names import class_name
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.notations import read_notation
from unstringly.read.spec.numbers import check_number
from unstringly.read.spec.rules import CONFLICT, MISSING_KEY, WRONG_NUMBER

_WIDEST = 200


def read_type(name: Scalar, node: Node, findings: list[Diagnostic]) -> Type | None:
    """Return the type that a mapping defines; None if it has errors."""
    cursor = Cursor(node, TYPE.names, TYPE.called, name.span, findings)
    class_name(name, "a type", findings)
    kind = _kind(cursor)
    if kind is None:
        return None
    definition = _READERS[kind](name, cursor)
    return None if cursor.failed else definition


def _kind(cursor: Cursor) -> str | None:
    """Return the key that decides the kind of a type; report keys that do not go with it.

    None if there is no such key.
    """
    kinds = [kind for kind in KINDS if cursor.has(kind)]
    if not kinds:
        if not cursor.failed:
            choice = ", ".join(f"`{kind}`" for kind in KINDS)
            message = "a type needs a key that says what it is"
            cursor.report(MISSING_KEY, cursor.span, message, f"one of {choice}")
        return None
    for extra in kinds[1:]:
        message = f"a type has one of `{kinds[0]}` and `{extra}`, not both"
        cursor.report(CONFLICT, cursor.key_span(extra), message)
    for key in TYPE.names:
        if key not in KINDS and cursor.has(key) and key not in KINDS[kinds[0]]:
            takers = " or ".join(f"`{kind}`" for kind in KINDS if key in KINDS[kind])
            message = f"`{key}` goes with {takers}, not with `{kinds[0]}`"
            cursor.report(CONFLICT, cursor.key_span(key), message, "leave it out")
    return kinds[0]


def _text(name: Scalar, cursor: Cursor) -> TextType | None:
    form = read_form(cursor, "text")
    excludes = tuple(scalar.text for scalar in cursor.on_the_wire("excludes"))
    words, newtype, untrusted = (
        cursor.localized("doc"),
        cursor.flag("newtype"),
        cursor.flag("untrusted"),
    )
    if form is None:
        return None
    form = Form(form.pattern, form.source, excludes)
    through = read_layers(cursor)
    if through and any(len(text) > 1 for text in excludes):
        message = "with `through`, `excludes` has single characters"
        cursor.report(CONFLICT, cursor.key_span("excludes"), message, "say the rest by the pattern")
    return TextType(name.text, words, form, newtype, untrusted, name.span, through)


def _integer(name: Scalar, cursor: Cursor) -> IntegerType | None:
    form, notation = read_form(cursor, "integer"), read_notation(cursor)
    words, newtype, width = cursor.localized("doc"), cursor.flag("newtype"), _width(cursor)
    if form is None or notation is None:
        return None
    check_number(form.pattern, "integer", notation, cursor)
    return IntegerType(name.text, words, form, newtype, width, notation, name.span)


def _decimal(name: Scalar, cursor: Cursor) -> DecimalType | None:
    form, notation = read_form(cursor, "decimal"), read_notation(cursor)
    words, newtype, width = cursor.localized("doc"), cursor.flag("newtype"), _width(cursor)
    if form is None or notation is None:
        return None
    check_number(form.pattern, "decimal", notation, cursor)
    return DecimalType(name.text, words, form, newtype, width, notation, name.span)


def _width(cursor: Cursor) -> int:
    """Return the digits to which a number is filled up; 0 if not given, or reported."""
    width = cursor.number("width") or 0
    if width > _WIDEST:
        message = f"`width` is at most {_WIDEST}, not {width}"
        cursor.report(WRONG_NUMBER, cursor.key_span("width"), message)
        return 0
    return width


def read_form(cursor: Cursor, key: str) -> Form | None:
    """Return the form that the pattern at a key describes; None if not there, or reported."""
    source = cursor.scalar(key)
    pattern = None if source is None else read_pattern(source, cursor.findings)
    return None if source is None or pattern is None else Form(pattern, source.text)


_READERS: Mapping[str, Callable[[Scalar, Cursor], Type | None]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "datetime": date_reader(Calendar.DATETIME),
    "date": date_reader(Calendar.DATE),
    "time": date_reader(Calendar.TIME),
    "enum": read_enum,
    "boolean": read_boolean,
}
