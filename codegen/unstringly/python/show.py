"""Expressions for people: on one line, with the names that symbols have in their own modules."""

from unstringly.python.doc import (
    Doc,
    FirstThatFits,
    FitsBroken,
    Group,
    Indent,
    Line,
    Parenthesized,
    Where,
)
from unstringly.python.expressions import IN_BRACKETS, laid_out
from unstringly.python.nodes import Expression
from unstringly.python.scope import Scope, symbols_of


def shown(node: Expression) -> str:
    """Return the expression on one line."""
    names = {symbol: symbol.local or symbol.name for symbol in symbols_of(node)}
    return _flat(laid_out(Scope(names).resolved(node), IN_BRACKETS))


def _flat(content: Doc) -> str:
    match content:
        case str():
            return content
        case tuple():
            return "".join(map(_flat, content))
        case Line(kind=kind):
            return " " if kind == "space" else ""
        case Where(content=inner, is_broken=is_broken):
            return "" if is_broken else _flat(inner)
        case FirstThatFits(ways=ways):
            return _flat(ways[0])
        case Group() | Indent() | FitsBroken() | Parenthesized():
            return _flat(content.content)
