"""The layout of the head of a function: its parameters, and the type that it returns.

If a head does not fit on a line, each parameter has one of its own. The returned type is broken
only if it does not fit behind the last of these.
"""

from unstringly.python.doc import Doc
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
from unstringly.python.nodes import Attribute, Constant, Name, Text
from unstringly.python.statement_nodes import Function, Parameter


def function_head(node: Function, start: str, depth: int) -> Doc:
    """Return the layout between `start`, which ends with the name, and the colon."""
    parameters = list(map(_parameter, node.parameters))
    parameters += ["/"] if node.positional_only else []
    if node.keyword_only:
        parameters += ["*", *map(_parameter, node.keyword_only)]
    returns = in_statement(node.returns)
    if not parameters:
        is_short = isinstance(node.returns, Name | Attribute | Constant | Text)
        first = printed((start, "() -> ", returns, ":"), depth)[0]
        is_short = is_short or display_width(first) > WIDTH
        return ("() -> ", parenthesized_if_broken(node.returns) if is_short else returns)
    inside = listed(parameters)
    flat = printed((start, in_brackets("(", inside, ")", NOWHERE), " -> ", returns, ":"), depth)
    is_long = len(flat) > 1 or display_width(flat[0]) > WIDTH
    return (in_brackets("(", inside, ")", NOWHERE, expanded=is_long), " -> ", returns)


def _parameter(parameter: Parameter) -> Doc:
    parts: list[Doc] = [parameter.name]
    if parameter.annotation is not None:
        has_brackets = need(parameter.annotation) is Need.NONE
        laid = laid_out(parameter.annotation, IN_BRACKETS)
        parts += [": ", laid if has_brackets else parenthesized_if_broken(parameter.annotation)]
    if parameter.default is not None:
        equals = "=" if parameter.annotation is None else " = "
        parts += [equals, laid_out(parameter.default, IN_BRACKETS)]
    return tuple(parts)
