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
    true, false = spellings.on_the_wire("true"), spellings.on_the_wire("false")
    for scalar in false:
        if any(scalar.text == other.text for other in true):
            message = f"{quoted(scalar.text)} is a spelling of true and of false"
            cursor.report(CONFLICT, scalar.span, message, "leave one out")
    if not true or not false:
        return None
    return BooleanType(name.text, words, _texts(true), _texts(false), name.span)


def _texts(scalars: tuple[Scalar, ...]) -> tuple[str, ...]:
    return tuple(scalar.text for scalar in scalars)
