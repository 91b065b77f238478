"""The text of an expression on one line: what is printed wherever it fits.

`expressions.py` says where lines may end in the others; both write the same, but for line ends,
the commas before closing brackets, and parentheses that are there only for line ends.
"""

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from unstringly.python.literals import quoted
from unstringly.python.nodes import (
    Attribute,
    Await,
    Call,
    Conditional,
    Constant,
    Dict,
    DictComprehension,
    Display,
    Expression,
    Format,
    Generator,
    Keyword,
    Lambda,
    Name,
    Not,
    Number,
    Operation,
    Pieces,
    Quoted,
    Slice,
    Subscript,
    Symbol,
    Text,
)
from unstringly.python.operators import is_in_parentheses
from unstringly.python.statement_nodes import Parameter

Part: TypeAlias = Expression | Keyword | Generator | Slice | Parameter
"""What can stand in a line: an expression, or a part of a call, a subscript or a head."""


class MustBreak(ValueError):
    """An expression that has no text on one line: each of its items has a line of its own."""


def one_line(node: Part) -> str | None:
    """Return the text of an expression on one line; None if it must have several."""
    try:
        return text_of(node)
    except MustBreak:
        return None


def text_of(node: Part) -> str:
    """Return the text of an expression on one line.

    Raises MustBreak if it must have several, and TypeError for a Symbol.
    """
    match node:
        case Name(text=text):
            return text
        case Call(function=function, arguments=arguments):
            return f"{_operand(function, node)}({_listed(arguments)})"
        case Text(value=text):
            return quoted(text)
        case Attribute(value=value, name=name):
            return f"{_operand(value, node)}.{name}"
        case Subscript(value=value, items=items):
            return f"{_operand(value, node)}[{_listed(items)}]"
        case Keyword(name=name, value=value):
            return f"{name}={text_of(value)}"
        case Constant(word=word):
            return word
        case Display():
            return _display(node)
        case Operation(operator=operator, operands=operands):
            return f" {operator} ".join([_operand(operand, node) for operand in operands])
        case Parameter():
            return _parameter(node)
        case Dict():
            return _dict(node)
        case Number(value=number):
            return repr(number)
        case Quoted(value=value):
            return quoted(text_of(value))
        case Pieces(values=values):
            return quoted("".join(values))
        case Format(parts=parts):
            return f'f"{"".join(map(_formatted, parts))}"'
        case Slice(start=start, stop=stop):
            return f"{_bound(start)}:{_bound(stop)}"
        case Not(value=value):
            return f"not {_operand(value, node)}"
        case Conditional(test=test, then=then, otherwise=otherwise):
            condition = f"{_operand(then, node)} if {_operand(test, node)}"
            return f"{condition} else {text_of(otherwise)}"
        case Lambda(parameters=parameters, body=body):
            return f"{lambda_head(parameters)}{text_of(body)}"
        case Generator(element=element, target=target, iterable=iterable):
            return _loop(text_of(element), target, iterable)
        case DictComprehension(key=key, value=value, target=target, iterable=iterable):
            return f"{{{_loop(_pair((key, value)), target, iterable)}}}"
        case Await(value=value):
            return f"await {_operand(value, node)}"
        case Symbol():
            raise TypeError(f"{node} has no name in this module")
        case _:
            assert_never(node)


def must_be_expanded(node: Display | Dict) -> bool:
    """Say whether each item has a line of its own; the only one of a tuple has none."""
    match node:
        case Display(kind="tuple", items=items):
            return node.expanded and len(items) > 1
        case Display(items=items):
            return node.expanded and bool(items)
        case Dict(entries=entries):
            return node.expanded and bool(entries)
        case _:
            assert_never(node)


def lambda_head(parameters: tuple[str, ...]) -> str:
    """Return what stands before the body of a lambda."""
    return f"lambda {', '.join(parameters)}: " if parameters else "lambda: "


def _operand(value: Expression, outer: Expression) -> str:
    """Return a part of an expression, in parentheses if it would mean something else without."""
    text = text_of(value)
    return f"({text})" if is_in_parentheses(value, outer) else text


def _listed(items: Iterable[Part]) -> str:
    return ", ".join([text_of(item) for item in items])


def _display(node: Display) -> str:
    if must_be_expanded(node):
        raise MustBreak
    inside = _listed(node.items)
    match node.kind:
        case "list":
            return f"[{inside}]"
        case "set":
            return f"{{{inside}}}"
        case "tuple":
            return f"({inside},)" if len(node.items) == 1 else f"({inside})"


def _dict(node: Dict) -> str:
    if must_be_expanded(node):
        raise MustBreak
    return f"{{{', '.join(map(_pair, node.entries))}}}"


def _pair(entry: tuple[Expression, Expression]) -> str:
    key, value = entry
    return f"{text_of(key)}: {text_of(value)}"


def _loop(element: str, target: str, iterable: Expression) -> str:
    inside = text_of(iterable)
    if isinstance(iterable, Conditional | Lambda):
        inside = f"({inside})"
    return f"{element} for {target} in {inside}"


def _bound(node: Expression | None) -> str:
    """Return a bound of a slice, which may be missing."""
    return "" if node is None else text_of(node)


def _formatted(part: str | Expression) -> str:
    """Return a part of an f-string, which is in double quotes."""
    if not isinstance(part, str):
        return f"{{{text_of(part)}}}"
    return quoted(f"'{part}")[2:-1].replace("{", "{{").replace("}", "}}")


def _parameter(parameter: Parameter) -> str:
    text = parameter.name
    if parameter.annotation is not None:
        text = f"{text}: {text_of(parameter.annotation)}"
    if parameter.default is None:
        return text
    equals = "=" if parameter.annotation is None else " = "
    return f"{text}{equals}{text_of(parameter.default)}"
