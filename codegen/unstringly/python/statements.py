"""The lines of statements and definitions."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from unstringly.python.doc import SOFT, Doc, FirstThatFits, Indent, group
from unstringly.python.expressions import (
    IN_BRACKETS,
    NOWHERE,
    Need,
    in_brackets,
    in_statement,
    laid_out,
    listed,
    need,
    optional_parentheses,
)
from unstringly.python.fitting import STEP, printed
from unstringly.python.heads import function_head
from unstringly.python.literals import comment, docstring
from unstringly.python.nodes import (
    Attribute,
    Call,
    Constant,
    Display,
    Expression,
    Name,
    Number,
    Subscript,
    Text,
)
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Class,
    Comment,
    Delete,
    Docstring,
    Evaluate,
    For,
    Function,
    If,
    Match,
    Raise,
    Return,
    Statement,
)


def statement_lines(node: Statement, depth: int = 0) -> list[str]:
    """Return the lines of a statement, indented to a depth."""
    match node:
        case Assign():
            return printed(_assign(node), depth)
        case AnnotatedAssign():
            return printed(_annotated(node), depth)
        case Return(value=value):
            return printed(("return ", in_statement(value)), depth)
        case Raise(value=value):
            return printed(("raise ", in_statement(value)), depth)
        case Evaluate(value=value):
            return printed(in_statement(value), depth)
        case Delete():
            return _delete(node, depth)
        case If():
            return _if(node, depth)
        case For(target=target, values=values, body=body):
            return _headed((f"for {target} in ", in_statement(values), ":"), body, depth)
        case Match():
            return _match(node, depth)
        case Docstring(text=text):
            margin = " " * (STEP * depth)
            return (margin + docstring(text, len(margin))).split("\n")
        case Comment(text=text):
            return [f"{' ' * (STEP * depth)}# {comment(text)}".rstrip()]
        case Function():
            return _function(node, depth)
        case Class():
            return _class(node, depth)
        case _:
            assert_never(node)


def body_lines(body: Sequence[Statement], depth: int) -> list[str]:
    """Return the lines of statements, with empty ones around definitions, in modules everywhere."""
    lines: list[str] = []
    for number, node in enumerate(body):
        if number:
            statements = (item for item in body[number:] if not isinstance(item, Comment))
            lines += [""] * _blank_lines(body[number - 1], next(statements, node), depth)
        lines += statement_lines(node, depth)
    return lines


def _blank_lines(before: Statement, after: Statement, depth: int) -> int:
    """Return the number of empty lines between two statements; comments belong to the second."""
    if isinstance(before, Comment):
        return 0
    if isinstance(after, Function | Class) or isinstance(before, Function | Class):
        return 2 if depth == 0 else 1
    return int(depth == 0 and not isinstance(after, Docstring))


def _if(node: If, depth: int) -> list[str]:
    lines = _headed(("if ", in_statement(node.test), ":"), node.body, depth)
    return [*lines, *_headed("else:", node.otherwise, depth)] if node.otherwise else lines


def _match(node: Match, depth: int) -> list[str]:
    lines = printed(("match ", in_statement(node.subject), ":"), depth)
    for case in node.cases:
        lines += _headed(("case ", in_statement(case.pattern), ":"), case.body, depth + 1)
    return lines


def _headed(head: Doc, body: Sequence[Statement], depth: int) -> list[str]:
    """Return the lines of a head at a depth, and of the statements below it."""
    return [*printed(head, depth), *body_lines(body, depth + 1)]


def _assign(node: Assign) -> Doc:
    if len(node.targets) == 1 and not node.unpacked:
        return (laid_out(node.targets[0], NOWHERE), " = ", in_statement(node.value))
    if len(node.targets) == 1:
        target: Doc = laid_out(Display("tuple", node.targets), NOWHERE)
        return _right_first(target, node.value)
    items = listed([laid_out(target, IN_BRACKETS) for target in node.targets])
    return _right_first(optional_parentheses(items), node.value)


def _right_first(target: Doc, value: Expression) -> Doc:
    """Return an assignment whose value is broken rather than its target."""
    is_open = isinstance(value, Call | Subscript | Attribute)
    if not is_open or need(value) is not Need.IF_THEY_HELP:
        return (target, " = ", in_statement(value))
    inner = laid_out(value, NOWHERE)
    return FirstThatFits(
        (
            (target, " = ", inner),
            (target, " = ", group(inner, expanded=True)),
            (target, " = (", group((Indent((SOFT, inner)), SOFT), expanded=True), ")"),
            (group(target, expanded=True), " = ", inner),
        )
    )


def _value_first(target: Doc, value: Expression) -> Doc:
    """Return an assignment of a single word, which gets parentheses rather than its target."""
    inner = laid_out(value, NOWHERE)
    return FirstThatFits(
        (
            (target, " = ", inner),
            (target, " = (", group((Indent((SOFT, inner)), SOFT), expanded=True), ")"),
            (group(target, expanded=True), " = ", inner),
        )
    )


def _annotated(node: AnnotatedAssign) -> Doc:
    head = f"{node.name}: "
    if node.value is None:
        return (head, in_statement(node.annotation))
    if need(node.annotation) is Need.PARENTHESES:
        target = in_statement(node.annotation)
        if isinstance(node.value, Name | Text | Number | Constant):
            return (head, _value_first(target, node.value))
        return (head, _right_first(target, node.value))
    annotation = laid_out(node.annotation, NOWHERE)
    if isinstance(node.annotation, Subscript):
        return (head, _right_first(annotation, node.value))
    return (head, annotation, " = ", in_statement(node.value))


def _delete(node: Delete, depth: int) -> list[str]:
    above = statement_lines(Comment(node.comment), depth) if node.comment else []
    has_more = len(node.names) > 1
    items = optional_parentheses(listed(node.names)) if has_more else node.names[0]
    return [*above, *printed(("del ", items), depth)]


def _function(node: Function, depth: int) -> list[str]:
    lines = _decorators(node.decorators, depth)
    start = f"{'async ' if node.is_async else ''}def {node.name}"
    lines += printed((start, function_head(node, start, depth), ":"), depth)
    body: tuple[Statement, ...] = (Docstring(node.doc), *node.body) if node.doc else node.body
    return [*lines, *body_lines(body, depth + 1)]


def _class(node: Class, depth: int) -> list[str]:
    bases = listed([laid_out(base, IN_BRACKETS) for base in node.bases])
    head = (f"class {node.name}", in_brackets("(", bases, ")", NOWHERE) if node.bases else "", ":")
    lines = [*_decorators(node.decorators, depth), *printed(head, depth)]
    first, *others = node.body
    blank = [""] if isinstance(first, Docstring) and others else []
    return [*lines, *statement_lines(first, depth + 1), *blank, *body_lines(others, depth + 1)]


def _decorators(decorators: Sequence[Expression], depth: int) -> list[str]:
    laid = [("@", laid_out(decorator, NOWHERE)) for decorator in decorators]
    return [line for decorator in laid for line in printed(decorator, depth)]


def module_text(body: Iterable[Statement]) -> str:
    """Return the text of some statements of a module, with a line end at its end."""
    return "\n".join(body_lines(tuple(body), 0)) + "\n"
