"""The layout of the head of a function: its parameters, and the type that it returns.

If a head does not fit on a line, each parameter has one of its own. The returned type is broken
only if it does not fit behind the last of these.
"""

from collections.abc import Sequence
from functools import partial

from unstringly.python.doc import Doc, OnOneLine
from unstringly.python.expressions import (
    IN_BRACKETS,
    NOWHERE,
    Need,
    in_brackets,
    in_statement,
    laid_out,
    listed,
    need,
    parenthesized_if_broken,
)
from unstringly.python.fitting import printed
from unstringly.python.literals import WIDTH, display_width
from unstringly.python.nodes import Attribute, Constant, Expression, Name, Text
from unstringly.python.one_line import one_line
from unstringly.python.statement_nodes import Function, Parameter


def function_head(node: Function, start: str, depth: int) -> Doc:
    """Return the layout between `start`, which ends with the name, and the colon."""
    own: list[Parameter | Name] = [*node.parameters]
    own += [Name("/")] if node.positional_only else []
    own += [Name("*"), *node.keyword_only] if node.keyword_only else []
    return OnOneLine(_on_one_line(own, node.returns), partial(_broken, node, own, start, depth))


def _on_one_line(parameters: Sequence[Parameter | Name], returns: Expression) -> str | None:
    texts = [text for text in map(one_line, parameters) if text is not None]
    returned = one_line(returns)
    if returned is None or len(texts) < len(parameters):
        return None
    return f"({', '.join(texts)}) -> {returned}"


def _broken(node: Function, parameters: Sequence[Parameter | Name], start: str, depth: int) -> Doc:
    """Return the layout of a head that does not fit on a line."""
    returns = in_statement(node.returns)
    if not parameters:
        is_short = isinstance(node.returns, Name | Attribute | Constant | Text)
        first = printed((start, "() -> ", returns, ":"), depth)[0]
        is_short = is_short or display_width(first) > WIDTH
        return ("() -> ", parenthesized_if_broken(node.returns) if is_short else returns)
    inside = listed(list(map(_parameter, parameters)))
    return (in_brackets("(", inside, ")", NOWHERE, expanded=True), " -> ", returns)


def _parameter(parameter: Parameter | Name) -> Doc:
    if isinstance(parameter, Name):
        return parameter.text
    return OnOneLine(one_line(parameter), partial(_broken_parameter, parameter))


def _broken_parameter(parameter: Parameter) -> Doc:
    parts: list[Doc] = [parameter.name]
    if parameter.annotation is not None:
        has_brackets = need(parameter.annotation) is Need.NONE
        laid = laid_out(parameter.annotation, IN_BRACKETS)
        parts += [": ", laid if has_brackets else parenthesized_if_broken(parameter.annotation)]
    if parameter.default is not None:
        equals = "=" if parameter.annotation is None else " = "
        parts += [equals, laid_out(parameter.default, IN_BRACKETS)]
    return tuple(parts)
