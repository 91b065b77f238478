"""Short ways to write the nodes that most plans need."""

import re
from collections.abc import Iterable

from unstringly.python.literals import display_width
from unstringly.python.nodes import (
    Attribute,
    Call,
    Constant,
    Display,
    Expression,
    Generator,
    Keyword,
    Operation,
    Pieces,
    Subscript,
    Symbol,
    Text,
)

NONE = Constant("None")
TRUE, FALSE = Constant("True"), Constant("False")


def builtin(name: str) -> Symbol:
    """Return a built-in name, such as `str`."""
    return Symbol("builtins", name)


STR, INT, BOOL = builtin("str"), builtin("int"), builtin("bool")


def call(function: Expression, /, *arguments: Expression | Generator, **named: Expression) -> Call:
    """Return a call with positional and named arguments."""
    keywords = (Keyword(name, value) for name, value in named.items())
    return Call(function, (*arguments, *keywords))


def method(value: Expression, name: str, *arguments: Expression) -> Call:
    """Return `value.name(arguments)`."""
    return Call(Attribute(value, name), arguments)


def generic(value: Expression, *items: Expression) -> Subscript:
    """Return `value[items]`."""
    return Subscript(value, items)


def members(type_: Expression) -> tuple[Expression, ...]:
    """Return the alternatives of a type: those of a union, or the type itself."""
    if isinstance(type_, Operation) and type_.operator == "|":
        return type_.operands
    return (type_,)


def union(types: Iterable[Expression]) -> Expression:
    """Return the union of some types, each once, None last; raises ValueError if there is none."""
    unique = dict.fromkeys(member for type_ in types for member in members(type_))
    ordered = sorted(unique, key=lambda type_: type_ == NONE)
    if not ordered:
        raise ValueError("a union of no types")
    return ordered[0] if len(ordered) == 1 else Operation("|", tuple(ordered))


def texts(values: Iterable[str]) -> Display:
    """Return a tuple of string literals."""
    return Display("tuple", tuple(map(Text, values)))


def tuple_of(*items: Expression) -> Display:
    """Return a tuple of expressions."""
    return Display("tuple", items)


_ROOM = 80
"""The columns for a literal in a call in a dictionary in a call, its quotes left out."""


def in_pieces(*lines: str) -> Text | Pieces:
    """Return lines of text as one argument of a call, broken behind blanks where it is long."""
    pieces = tuple(piece for line in lines for piece in _broken(line))
    return Text(pieces[0]) if len(pieces) == 1 else Pieces(pieces)


def _broken(text: str) -> list[str]:
    """Return the text in pieces that fit into a line, broken behind blanks if there are any."""
    pieces = [""]
    for word in re.split("(?<= )|(?<=[，。；：])", text):
        if pieces[-1] and display_width(pieces[-1] + word) > _ROOM:
            pieces.append("")
        pieces[-1] += word
    return pieces
