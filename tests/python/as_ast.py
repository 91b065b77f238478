"""Nodes as trees of Python's own module `ast`, made without printing them."""

import ast
from collections.abc import Iterator
from typing import assert_never, cast

from msgspec import Struct
from msgspec.structs import astuple

from unstringly.python import nodes
from unstringly.python.nodes import Expression

_BINARY = {"|": ast.BitOr, "+": ast.Add, "*": ast.Mult}
_BOOLEAN = {"or": ast.Or, "and": ast.And}
_COMPARED = {"==": ast.Eq, "!=": ast.NotEq, "in": ast.In, "is": ast.Is, "is not": ast.IsNot}
_WORDS = {"None": None, "True": True, "False": False, "...": ...}


def parts(tree: object) -> Iterator[object]:
    """Yield a node, and all nodes in it."""
    if isinstance(tree, tuple):
        for part in cast("tuple[object, ...]", tree):
            yield from parts(part)
    elif isinstance(tree, Struct):
        yield tree
        yield from parts(astuple(tree))


def as_ast(node: Expression) -> ast.expr:
    """Return the tree of an expression."""
    match node:
        case nodes.Name(text=text):
            return _name(text)
        case nodes.Attribute(value=value, name=name):
            return ast.Attribute(as_ast(value), name, ast.Load())
        case nodes.Call(function=function, arguments=arguments):
            positional = [
                argument for argument in arguments if not isinstance(argument, nodes.Keyword)
            ]
            named = [keyword for keyword in arguments if isinstance(keyword, nodes.Keyword)]
            keywords = [ast.keyword(keyword.name, as_ast(keyword.value)) for keyword in named]
            return ast.Call(as_ast(function), [*map(_argument, positional)], keywords)
        case nodes.Text(value=value) | nodes.Number(value=value):
            return ast.Constant(value)
        case nodes.Quoted(value=value):
            return ast.Constant(ast.unparse(as_ast(value)))
        case nodes.Pieces(values=values):
            return ast.Constant("".join(values))
        case nodes.Format(parts=pieces):
            return ast.JoinedStr([*map(_piece, pieces)])
        case nodes.Constant(word=word):
            return ast.Constant(_WORDS[word])
        case nodes.Display(kind="set", items=items):
            return ast.Set([*map(as_ast, items)])
        case nodes.Display(kind=kind, items=items):
            class_ = ast.List if kind == "list" else ast.Tuple
            return class_([*map(as_ast, items)], ast.Load())
        case nodes.Dict(entries=entries):
            return ast.Dict([as_ast(key) for key, _ in entries], [as_ast(v) for _, v in entries])
        case nodes.Subscript(value=value, items=items):
            inside = [*map(_item, items)]
            index = inside[0] if len(inside) == 1 else ast.Tuple(inside, ast.Load())
            return ast.Subscript(as_ast(value), index, ast.Load())
        case nodes.Operation():
            return _operation(node)
        case nodes.Not(value=value):
            return ast.UnaryOp(ast.Not(), as_ast(value))
        case nodes.Conditional(test=test, then=then, otherwise=otherwise):
            return ast.IfExp(as_ast(test), as_ast(then), as_ast(otherwise))
        case nodes.DictComprehension(key=key, value=value, target=target, iterable=iterable):
            return ast.DictComp(as_ast(key), as_ast(value), [_loop(target, iterable)])
        case nodes.Await(value=value):
            return ast.Await(as_ast(value))
        case nodes.Lambda(parameters=parameters, body=body):
            own = [ast.arg(parameter) for parameter in parameters]
            return ast.Lambda(ast.arguments([], own, None, [], [], None, []), as_ast(body))
        case nodes.Symbol():
            raise TypeError(node)
        case _:
            assert_never(node)


def _name(text: str) -> ast.Name:
    return ast.Name(text, ast.Load())


def _argument(node: Expression | nodes.Generator) -> ast.expr:
    if isinstance(node, nodes.Generator):
        return ast.GeneratorExp(as_ast(node.element), [_loop(node.target, node.iterable)])
    return as_ast(node)


def _loop(target: str, iterable: Expression) -> ast.comprehension:
    return ast.comprehension(ast.Name(target, ast.Store()), as_ast(iterable), [], 0)


def _item(node: Expression | nodes.Slice) -> ast.expr:
    if isinstance(node, nodes.Slice):
        start = None if node.start is None else as_ast(node.start)
        stop = None if node.stop is None else as_ast(node.stop)
        return ast.Slice(start, stop)
    return as_ast(node)


def _piece(part: str | Expression) -> ast.expr:
    return ast.Constant(part) if isinstance(part, str) else ast.FormattedValue(as_ast(part), -1)


def _operation(node: nodes.Operation) -> ast.expr:
    operands = [*map(as_ast, node.operands)]
    if node.operator in _BOOLEAN:
        return ast.BoolOp(_BOOLEAN[node.operator](), operands)
    if node.operator in _COMPARED:
        left, right = operands
        return ast.Compare(left, [_COMPARED[node.operator]()], [right])
    left, *others = operands
    for right in others:
        left = ast.BinOp(left, _BINARY[node.operator](), right)
    return left
