"""Reader of booleans: the spellings of true and false."""

from unstringly.kinds.boolean import SPELLINGS
from unstringly.model.grammar import BooleanType
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.nodes import Scalar
from unstringly.read.spec.rules import CONFLICT


def read_boolean(name: Scalar, cursor: Cursor) -> BooleanType | None:
    """Return the boolean that the keys of a type describe; problems are reported to `cursor`."""
    words, node = cursor.localized("doc"), cursor.node("boolean")
    assert node is not None
    span = cursor.key_span("boolean")
    spellings = Cursor(node, SPELLINGS.names, SPELLINGS.called, span, cursor.findings)
    spellings.require("true")
    spellings.require("false")
    true, false = spellings.spellings("true"), spellings.spellings("false")
    for text in sorted({*true} & {*false}):
        message = f"{quoted(text)} is a spelling of true and of false"
        cursor.report(CONFLICT, spellings.key_span("false"), message, "leave one out")
    if not true or not false:
        return None
    return BooleanType(name.text, words, true, false, name.span)
