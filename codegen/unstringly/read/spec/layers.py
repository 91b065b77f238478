"""Reader of layers: the ways in which a text stands inside another one."""

import codecs
import re
from itertools import pairwise

from unstringly.kinds.layered import ENTITIES, LAYER
from unstringly.kinds.octets import CHARSETS
from unstringly.model.layers import Encoded, Entities, Escapes, Layer, Octets
from unstringly.read.spec import nodes
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.rules import CONFLICT, MISSING_KEY, WRONG_TEXT, WRONG_WORD

_WAYS = tuple(way.value for way in Octets)
_CHARSET = re.compile("[0-9A-Za-z_-]{1,20}")


def read_layers(cursor: Cursor) -> tuple[Layer, ...]:
    """Return the layers at `through`, the outermost first; problems are reported to `cursor`."""
    node = cursor.node("through")
    if node is None:
        return ()
    if not isinstance(node, nodes.Sequence):
        cursor.expected(node, "`through` is a list of layers", "leave the key out")
        return ()
    if not node.items:
        cursor.report(WRONG_TEXT, node.span, "`through` is an empty list", "leave the key out")
    layers = [_layer(item, cursor) for item in node.items]
    return tuple(layer for layer in layers if layer is not None)


def _layer(node: Node, around: Cursor) -> Layer | None:
    if isinstance(node, Scalar) and not node.is_missing:
        if node.text == ENTITIES:
            return Entities()
        message = f"a layer is `{ENTITIES}` or a mapping, not {quoted(node.text)}"
        advice = f"a charset goes with it: `{{{node.text}: utf-8}}`" if node.text in _WAYS else ""
        around.report(WRONG_WORD, node.span, message, advice)
        return None
    cursor = Cursor(node, LAYER.names, LAYER.called, node.span, around.findings)
    chosen = [key for key in LAYER.one_of if cursor.has(key)]
    if not chosen:
        if not cursor.failed:
            choice = ", ".join(f"`{key}`" for key in LAYER.one_of)
            cursor.report(MISSING_KEY, node.span, f"a layer needs one of {choice}")
        return None
    for extra in chosen[1:]:
        message = f"a layer has one of `{chosen[0]}` and `{extra}`, not both"
        cursor.report(CONFLICT, cursor.key_span(extra), message, "make two layers of it")
    if chosen[0] != "release" and cursor.has("before"):
        message = f"`before` goes with `release`, not with `{chosen[0]}`"
        cursor.report(CONFLICT, cursor.key_span("before"), message, "leave it out")
    match chosen[0]:
        case "release":
            return _release(cursor)
        case "escapes":
            return _escapes(cursor)
        case way:
            return _encoded(cursor, Octets(way))


def _encoded(cursor: Cursor, way: Octets) -> Layer | None:
    scalar = cursor.scalar(way.value)
    if scalar is None:
        return None
    name = _codec(scalar.text)
    if name is None:
        message = f"{quoted(scalar.text)} is no charset that a layer can have"
        cursor.report(WRONG_WORD, scalar.span, message, f"one of {', '.join(CHARSETS)}")
        return None
    if way is not Octets.HEX and name.startswith("utf-16"):
        message = f"`{way.value}` is of charsets in which ASCII is as it is, so not of {name}"
        cursor.report(WRONG_WORD, scalar.span, message)
        return None
    return Encoded(way, name)


def _codec(label: str) -> str | None:
    """Return the name of a codec by one of its labels; None if no layer can have it."""
    if not _CHARSET.fullmatch(label):
        return None
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return name if name in CHARSETS else None


def _release(cursor: Cursor) -> Layer | None:
    release, before = cursor.scalar("release"), cursor.scalar("before")
    if release is None:
        return None
    if before is None:
        if not cursor.has("before"):
            message = "`release` needs the key `before`"
            cursor.report(MISSING_KEY, cursor.span, message, "the characters that it stands before")
        return None
    if len(release.text) != 1:
        cursor.report(WRONG_TEXT, release.span, "`release` is one character")
        return None
    characters = dict.fromkeys(before.text + release.text)
    return Escapes(tuple((character, release.text + character) for character in characters))


def _escapes(cursor: Cursor) -> Layer | None:
    meant: dict[str, str] = {}
    for spelling, node in cursor.entries("escapes"):
        character = cursor.as_scalar(node, "each of `escapes`")
        if character is None:
            continue
        if len(character.text) != 1:
            message = f"{quoted(spelling.text)} stands for one character"
            cursor.report(WRONG_TEXT, character.span, message)
        elif character.text in meant:
            message = f"{quoted(character.text)} has two spellings in `escapes`"
            cursor.report(WRONG_TEXT, character.span, message, "leave one out")
        elif cursor.is_short(spelling, "each key of `escapes`"):
            meant[character.text] = spelling.text
    if not meant:
        if not cursor.failed:
            cursor.report(WRONG_TEXT, cursor.key_span("escapes"), "`escapes` is an empty mapping")
        return None
    problem = _undecided(meant)
    if problem:
        cursor.report(CONFLICT, cursor.key_span("escapes"), problem)
    return Escapes(tuple(meant.items()))


def _undecided(meant: dict[str, str]) -> str:
    """Say why nobody could tell spellings and other characters apart; empty if all can."""
    spellings = sorted(meant.values())
    first = spellings[0][:1]
    if any(len(spelling) < 2 or spelling[0] != first for spelling in spellings):
        return "all spellings begin with the same character, and have one more"
    if first not in meant:
        return f"{quoted(first)} begins the spellings, so it needs a spelling itself"
    for shorter, longer in pairwise(spellings):
        if longer.startswith(shorter):
            return f"{quoted(longer)} begins with the spelling {quoted(shorter)}"
    return ""
