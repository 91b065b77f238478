"""The layouts of expressions: they break, and have parentheses, where ruff would add these.

An expression stands in brackets (`IN_BRACKETS`), or in parentheses that are written only if the
expression does not fit (the number of their group), or at a place where no line may end
(`NOWHERE`). Brackets that do not fit on a line have an item a line, and a comma behind the last.
"""

from collections.abc import Sequence
from enum import Enum
from functools import partial
from itertools import count
from typing import assert_never

from msgspec.structs import replace

from unstringly.python.doc import (
    SOFT,
    SPACE,
    Doc,
    FitsBroken,
    Indent,
    OnOneLine,
    Parenthesized,
    Where,
    group,
)
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
from unstringly.python.one_line import lambda_head, must_be_expanded, one_line, text_of
from unstringly.python.operators import can_do_without, is_in_parentheses

NOWHERE, IN_BRACKETS = -1, -2

Place = int
"""NOWHERE, IN_BRACKETS, or the number of the group of optional parentheses."""

_numbers = count()


class Need(Enum):
    """The need of an expression that may not fit: parentheses, those only if they help, or none."""

    PARENTHESES = 1
    IF_THEY_HELP = 2
    NONE = 3


def need(node: Expression) -> Need:
    """Return the need of an expression that may have more than one line."""
    match node:
        case Operation() | Conditional() | Lambda() | Pieces():
            return Need.PARENTHESES
        case Name() | Symbol() | Text() | Quoted() | Format() | Number() | Constant():
            return Need.IF_THEY_HELP
        case Call(function=inner) | Subscript(value=inner) | Attribute(value=inner):
            return Need.NONE if is_in_parentheses(inner, node) else need(inner)
        case Await(value=inner) | Not(value=inner):
            return Need.NONE if is_in_parentheses(inner, node) else need(inner)
        case Display() | Dict() | DictComprehension():
            return Need.NONE
        case _:
            assert_never(node)


def in_statement(node: Expression) -> Doc:
    """Return the layout of an expression at the end of a statement or before its colon."""
    return OnOneLine(one_line(node), partial(_in_statement, node))


def _in_statement(node: Expression) -> Doc:
    """Return the layout of an expression at the end of a statement, where it does not fit."""
    match need(node):
        case Need.PARENTHESES if can_do_without(node):
            number = next(_numbers)
            inner = Indent((SOFT, laid_out(node, number)), number)
            parts = (Where("(", True), inner, SOFT, Where(")", True))
            return group(parts, number)
        case Need.PARENTHESES:
            return parenthesized_if_broken(node)
        case Need.IF_THEY_HELP:
            number = next(_numbers)
            return Parenthesized(laid_out(node, number), number)
        case Need.NONE:
            return laid_out(node, NOWHERE)


def parenthesized_if_broken(node: Expression) -> Doc:
    """Return the layout of an expression that has parentheses if it does not fit on the line."""
    return optional_parentheses(laid_out(node, IN_BRACKETS))


def optional_parentheses(content: Doc) -> Doc:
    """Return a layout that has parentheses if it does not fit on the line."""
    return group((Where("(", True), Indent((SOFT, content)), SOFT, Where(")", True)))


def laid_out(node: Expression | Keyword | Generator | Slice, place: Place) -> Doc:
    """Return the layout of an expression in a place; raises TypeError for a Symbol."""
    if place >= 0:
        return _broken(node, place)
    match node:
        case Name() | Text() | Number() | Constant() | Quoted() | Format():
            return text_of(node)
        case _:
            return OnOneLine(one_line(node), partial(_broken, node, place))


def _broken(node: Expression | Keyword | Generator | Slice, place: Place) -> Doc:
    """Return the layout of an expression with its line ends, for where it may not fit."""
    match node:
        case Name() | Text() | Number() | Constant() | Quoted() | Format() | Symbol():
            return text_of(node)
        case Attribute(value=value, name=name):
            return (_operand(value, node, place), f".{name}")
        case Call(function=function, arguments=arguments):
            return (_operand(function, node, place), _arguments(arguments, place))
        case Keyword(name=name, value=value):
            return (f"{name}=", laid_out(value, place))
        case Pieces(values=values):
            return _pieces(values)
        case Display():
            return _display(node, place)
        case Dict(entries=entries):
            pairs = tuple(_pair(key, value) for key, value in entries)
            return in_brackets("{", listed(pairs), "}", place, expanded=must_be_expanded(node))
        case Subscript():
            return _subscript(node, place)
        case Slice(start=start, stop=stop):
            return (_bound(start, place), ":", _bound(stop, place))
        case Operation():
            return _operation(node, place)
        case Not(value=value):
            return ("not ", _operand(value, node, place))
        case Conditional():
            return _group(_branches(node, place), place)
        case Lambda(parameters=parameters, body=body):
            return (lambda_head(parameters), laid_out(body, place))
        case Generator():
            return _loop(laid_out(node.element, IN_BRACKETS), node.target, node.iterable)
        case DictComprehension():
            element = _pair(node.key, node.value)
            return in_brackets("{", _loop(element, node.target, node.iterable), "}", place)
        case Await(value=value):
            return ("await ", _operand(value, node, place))
        case _:
            assert_never(node)


def in_brackets(
    left: str, content: Doc, right: str, place: Place, *, expanded: bool = False
) -> Doc:
    """Return a content in brackets that stand in a place; the brackets stay empty without one."""
    if content == ():
        return left + right
    inside: Doc = group((Indent((SOFT, content)), SOFT), expanded=expanded)
    if place >= 0:
        inside = FitsBroken(inside, place)
    return (left, inside, right)


def listed(items: Sequence[Doc]) -> Doc:
    """Return items with commas between them, and behind the last if it has its own line."""
    parts: list[Doc] = []
    for item in items:
        parts += [",", SPACE] if parts else []
        parts.append(item)
    return (*parts, Where(",", True)) if parts else ()


def _operand(value: Expression, outer: Expression, place: Place) -> Doc:
    """Return a part of an expression, in parentheses if it would mean something else without."""
    if is_in_parentheses(value, outer):
        return in_brackets("(", laid_out(value, IN_BRACKETS), ")", place)
    return laid_out(value, place)


def _pieces(values: Sequence[str]) -> Doc:
    """Return one literal if that fits, otherwise a literal a line."""
    on_lines = tuple(part for text in values for part in (SPACE, quoted(text)))[1:]
    return group((Where(quoted("".join(values)), False), Where(on_lines, True)))


def _subscript(node: Subscript, place: Place) -> Doc:
    items = tuple(laid_out(item, IN_BRACKETS) for item in node.items)
    inside = items[0] if len(items) == 1 else listed(items)
    return (_operand(node.value, node, place), in_brackets("[", inside, "]", place))


def _bound(node: Expression | None, place: Place) -> Doc:
    """Return a bound of a slice, which may be missing."""
    return "" if node is None else laid_out(node, place)


def _arguments(arguments: Sequence[Expression | Keyword | Generator], place: Place) -> Doc:
    if len(arguments) == 1 and isinstance(arguments[0], Generator):
        return in_brackets("(", laid_out(arguments[0], IN_BRACKETS), ")", place)
    items = [laid_out(argument, IN_BRACKETS) for argument in arguments]
    return in_brackets("(", listed(items), ")", place)


def _display(node: Display, place: Place) -> Doc:
    items = [laid_out(item, IN_BRACKETS) for item in node.items]
    is_expanded = must_be_expanded(node)
    match node.kind:
        case "list":
            return in_brackets("[", listed(items), "]", place, expanded=is_expanded)
        case "set":
            return in_brackets("{", listed(items), "}", place, expanded=is_expanded)
        case "tuple":
            inside = (items[0], ",") if len(items) == 1 else listed(items)
            return in_brackets("(", inside, ")", place, expanded=is_expanded)


def _pair(key: Expression, value: Expression) -> Doc:
    return group((laid_out(key, IN_BRACKETS), ": ", laid_out(value, IN_BRACKETS)))


def _loop(element: Doc, target: str, iterable: Expression) -> Doc:
    inside = laid_out(iterable, IN_BRACKETS)
    if isinstance(iterable, Conditional | Lambda):
        inside = in_brackets("(", inside, ")", IN_BRACKETS)
    loop = (f"for {target} in ", inside)
    return group((group(element), SPACE, group(loop)))


def _operation(node: Operation, place: Place) -> Doc:
    return _group(_chained(node, place), place)


def _chained(node: Operation, place: Place) -> tuple[Doc, ...]:
    """Return operands with operators between them; an `and` breaks where its `or` does."""
    parts: list[Doc] = []
    for operand in node.operands:
        parts += [*_may_end(place), f"{node.operator} "] if parts else []
        match operand:
            case Operation(operator="and") if node.operator == "or":
                parts += _chained(operand, place)
            case _:
                parts.append(_operand(operand, node, place))
    return tuple(parts)


def _branches(node: Conditional, place: Place) -> Doc:
    then, test = _operand(node.then, node, place), _operand(node.test, node, place)
    last = node.otherwise
    otherwise = _branches(last, place) if isinstance(last, Conditional) else laid_out(last, place)
    return (then, *_may_end(place), "if ", test, *_may_end(place), "else ", otherwise)


def _may_end(place: Place) -> tuple[Doc, ...]:
    """Return a blank, or the end of a line if the expression is in parentheses."""
    if place == NOWHERE:
        return (" ",)
    if place == IN_BRACKETS:
        return (SPACE,)
    return (Where(SPACE, True, place), Where(" ", False, place))


def _group(content: Doc, place: Place) -> Doc:
    if place == NOWHERE:
        return content
    return group(content) if place == IN_BRACKETS else replace(group(content), only_if_broken=place)
