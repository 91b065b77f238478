"""Each kind of expression in each place of each other kind: parentheses, and where lines end."""

import ast
import re
from collections.abc import Callable
from itertools import product
from typing import TypeAlias, get_args

import pytest
from tests.python.as_ast import as_ast, parts
from tests.python.test_printer import ruff

from unstringly.python import nodes
from unstringly.python.nodes import Expression
from unstringly.python.statement_nodes import Function, Return
from unstringly.python.statements import module_text

Making: TypeAlias = Callable[[Expression], Expression]
"""Makes an expression around another one."""

A, B = nodes.Name("a"), nodes.Name("of_the_account")
INNERMOST: tuple[Expression, ...] = (
    A,
    nodes.Name("y" * 30),
    nodes.Call(nodes.Name("x" * 30), (B,)),
    nodes.Name("z" * 62),
)
"""With the shortest, all fits on a line; with the longest, little does."""

INNER: dict[str, Making] = {
    "name": lambda part: part,
    "attribute": lambda part: nodes.Attribute(part, "of"),
    "call": lambda part: nodes.Call(part, (A,)),
    "call of nothing": lambda part: nodes.Call(part),
    "item": lambda part: nodes.Subscript(part, (A,)),
    "or": lambda part: nodes.Operation("or", (part, B)),
    "and": lambda part: nodes.Operation("and", (part, B)),
    "equal": lambda part: nodes.Operation("==", (part, B)),
    "union": lambda part: nodes.Operation("|", (part, B)),
    "sum": lambda part: nodes.Operation("+", (part, B)),
    "product": lambda part: nodes.Operation("*", (part, B)),
    "three": lambda part: nodes.Operation("+", (part, B, A)),
    "not": nodes.Not,
    "conditional": lambda part: nodes.Conditional(part, B, A),
    "await": nodes.Await,
    "lambda": lambda part: nodes.Lambda(("x",), part),
    "list": lambda part: nodes.Display("list", (part, A)),
    "empty list": lambda _: nodes.Display("list", ()),
    "tuple": lambda part: nodes.Display("tuple", (part,)),
    "dictionary": lambda part: nodes.Dict(((A, part),)),
    "empty dictionary": lambda _: nodes.Dict(()),
    "comprehension": lambda part: nodes.DictComprehension(A, part, "x", B),
    "text": lambda _: nodes.Text("a text " * 8),
    "number": lambda _: nodes.Number(1),
    "constant": lambda _: nodes.Constant("None"),
    "format": lambda part: nodes.Format(("a ", part)),
}
OUTER: dict[str, Making] = {
    **{name: make for name, make in INNER.items() if name not in ("name", "format")},
    "argument": lambda part: nodes.Call(B, (part, A)),
    "key": lambda part: nodes.Subscript(B, (part,)),
    "last of or": lambda part: nodes.Operation("or", (B, part)),
    "last of and": lambda part: nodes.Operation("and", (B, part)),
    "last of equal": lambda part: nodes.Operation("==", (B, part)),
    "last of union": lambda part: nodes.Operation("|", (B, part)),
    "last of sum": lambda part: nodes.Operation("+", (B, part)),
    "last of product": lambda part: nodes.Operation("*", (B, part)),
    "condition": lambda part: nodes.Conditional(B, part, A),
    "otherwise": lambda part: nodes.Conditional(B, A, part),
    "iterable": lambda part: nodes.DictComprehension(A, B, "x", part),
    "generator": lambda part: nodes.Call(B, (nodes.Generator(A, "x", part),)),
}

PAIRS: dict[str, Expression] = {
    f"{inner} in {outer}, {number}": OUTER[outer](INNER[inner](innermost))
    for outer, inner in product(OUTER, INNER)
    for number, innermost in enumerate(INNERMOST)
}


def printed(node: Expression, name: str = "f") -> str:
    """Return a coroutine function that returns an expression."""
    function = Function(name, (), nodes.Name("g"), (Return(node),), is_async=True)
    return module_text([function])


def parsed(text: str) -> ast.expr | None:
    """Return what the function returns, None if it is no Python."""
    try:
        (function,) = ast.parse(text).body
    except SyntaxError:
        return None
    assert isinstance(function, ast.AsyncFunctionDef)
    (returned,) = function.body
    assert isinstance(returned, ast.Return)
    return returned.value


def test_each_kind_is_in_a_pair() -> None:
    kinds = {type(part) for node in PAIRS.values() for part in parts(node)}
    apart = {nodes.Symbol, nodes.Pieces, nodes.Quoted}  # the last only in annotations
    assert {*get_args(Expression)} - apart <= kinds


@pytest.mark.parametrize("outer", OUTER)
def test_a_pair_means_what_it_is_made_of(outer: str) -> None:
    wrong: list[str] = []
    for name, node in PAIRS.items():
        if f" in {outer}, " in name:
            tree = parsed(printed(node))
            if tree is None or ast.dump(tree) != ast.dump(as_ast(node)):
                wrong.append(name)
    assert wrong == []


def test_ruff_leaves_pairs_alone() -> None:
    """But the bodies of long lambdas, which it lays out in a way of its own: none is generated."""
    texts = [printed(node, f"f{at}") for at, node in enumerate(PAIRS.values())]
    formatted = ruff("format", text="\n\n".join(texts))
    functions = re.split(r"^(?=async def )", formatted, flags=re.MULTILINE)[1:]
    changed = {
        name
        for name, text, function in zip(PAIRS, texts, functions, strict=True)
        if function.rstrip() != text.rstrip()
    }
    assert {name for name in changed if not name.endswith(" in lambda, 3")} == set()


def test_long_names_before_returned_types() -> None:
    returned: dict[str, Expression] = {
        "name": nodes.Name("Something"),
        "item": nodes.Subscript(nodes.Attribute(nodes.Name("st"), "Strategy"), (nodes.Name("x"),)),
        "long item": nodes.Subscript(nodes.Name("Some"), (nodes.Name("Y" * 70),)),
        "two": nodes.Subscript(nodes.Name("dict"), (nodes.Name("Y" * 40), nodes.Name("Z" * 40))),
    }
    heads = [
        Function("f" * length, (), type_, (Return(A),))
        for length in range(50, 96)
        for type_ in returned.values()
    ]
    text = module_text(heads)
    assert ruff("format", text=text) == text
