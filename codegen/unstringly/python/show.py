"""Expressions for people: on one line, with the names that symbols have in their own modules."""

from unstringly.python.nodes import Expression
from unstringly.python.one_line import text_of
from unstringly.python.scope import Scope, symbols_of


def shown(node: Expression) -> str:
    """Return the expression on one line."""
    names = {symbol: symbol.local or symbol.name for symbol in symbols_of(node)}
    return text_of(Scope(names).resolved(node))
