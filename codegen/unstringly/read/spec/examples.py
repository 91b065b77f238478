"""Reader of `examples`: texts of definitions, and what their author says that they mean."""

from collections.abc import Iterator

from unstringly.model.examples import (
    NO_PIECE,
    SOME_PIECE,
    Count,
    Example,
    Said,
    SaidFields,
    SaidList,
    SaidText,
)
from unstringly.read.spec import nodes
from unstringly.read.spec.cursor import FLAG, Cursor
from unstringly.read.spec.keys import EXAMPLE
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.rules import CONFLICT, WRONG_TEXT

MOST = 2_000
"""The characters of a text in the spec; longer ones are samples."""

_NONE = "~"


def read_examples(owner: Cursor) -> Iterator[Example]:
    """Yield the examples of all definitions that have some; problems are reported."""
    for name, node in owner.entries("examples"):
        if not isinstance(node, nodes.Sequence):
            owner.expected(node, "each of `examples` is a list of examples", "leave it out")
            continue
        if not node.items:
            message = f"`{name.text}` has an empty list of examples"
            owner.report(WRONG_TEXT, node.span, message, "leave it out")
        for item in node.items:
            example = _example(owner, name, item)
            if example is not None:
                yield example


def _example(owner: Cursor, name: Scalar, node: Node) -> Example | None:
    """Return an example, which is a text or a mapping; None if it has errors."""
    if isinstance(node, Scalar):
        text = owner.as_scalar(node, "each of `examples`")
        if text is None or not _is_short(owner, text):
            return None
        return _of_text(name, text, None, NO_PIECE)
    cursor = Cursor(node, EXAMPLE.names, EXAMPLE.called, node.span, owner.findings)
    cursor.require("text")
    text, meaning = cursor.scalar("text"), cursor.node("means")
    means = None if meaning is None else _said(cursor, meaning)
    malformed = _pieces(cursor)
    if text is None or not _is_short(cursor, text) or cursor.failed:
        return None
    return _of_text(name, text, means, malformed)


def _of_text(name: Scalar, text: Scalar, means: Said | None, malformed: Count) -> Example:
    places = [text.at(at) for at in range(len(text.text) + 1)]
    columns = tuple(place.column - text.span.column for place in places)
    columns = columns if text.source is not None and len(set(columns)) == len(columns) else ()
    return Example(name.text, name.span, text.text, text.span, columns, means, malformed)


def _is_short(cursor: Cursor, text: Scalar) -> bool:
    """Say whether a text is short enough for a spec; a longer one is reported (S110)."""
    if len(text.text) <= MOST:
        return True
    message = f"an example has {len(text.text):,} characters, and at most {MOST:,}"
    cursor.report(WRONG_TEXT, text.span, message, "put it into a file below `samples`")
    return False


def _pieces(cursor: Cursor) -> Count:
    """Return the number of malformed pieces that an example says to have."""
    scalar = cursor.scalar("malformed")
    if scalar is None:
        return NO_PIECE
    if scalar.text in FLAG:
        return SOME_PIECE if FLAG[scalar.text] else NO_PIECE
    number = cursor.number("malformed")
    return NO_PIECE if number is None else Count(number, number)


def _said(cursor: Cursor, node: Node) -> Said:
    """Return a meaning as it stands in the file; `~` is None, and `'~'` a text."""
    match node:
        case nodes.Sequence(items=items):
            return SaidList(tuple(_said(cursor, item) for item in items), node.span)
        case nodes.Mapping(entries=entries):
            if not entries:
                message = "a mapping without an entry means nothing"
                cursor.report(CONFLICT, node.span, message, "write `~` for None, `[]` for no item")
            said = ((key.text, key.span, _said(cursor, value)) for key, value in entries)
            return SaidFields(tuple(said), node.span)
        case Scalar():
            cursor.as_scalar(node, "a meaning")
            return SaidText(None if node.source == _NONE else node.text, node.span)
