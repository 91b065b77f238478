"""Structured operations in generated code: their messages, arguments and results."""

from collections.abc import Collection, Mapping

from unstringly.model.calls import PlannedCall
from unstringly.model.schema_names import ComponentName
from unstringly.model.spec import Parameter
from unstringly.names import snake_case
from unstringly.plan.endpoints import member
from unstringly.plan.messages.tables import ENCODED_WRITER, WRITER, key_of, table_of
from unstringly.python.build import FALSE, NONE, TRUE, call, tuple_of
from unstringly.python.nodes import Dict, Expression, Name, Subscript, Symbol, Text
from unstringly.python.symbols import runtime
from unstringly.shapes.annotations import TABLES_MODULE
from unstringly.shapes.arguments import Argument
from unstringly.shapes.operations import Structured
from unstringly.shapes.service import Shaped

_LITERAL = runtime("xml.messages", "Messages"), runtime("xml.answers", "HeadedMessages")
_ENCODED = (
    runtime("xml.encoded_messages", "EncodedMessages"),
    runtime("xml.encoded_answers", "HeadedEncodedMessages"),
)
_PARTS = (
    runtime("xml.part_messages", "PartMessages"),
    runtime("xml.part_answers", "HeadedPartMessages"),
)


def fault_classes(shaped: Shaped, taken: Collection[str]) -> dict[ComponentName, Symbol]:
    """Return the exceptions of declared faults by their elements; `taken` are other names there."""
    classes: dict[ComponentName, Symbol] = {}
    names = set(taken)
    for structured in (shaped.operations or {}).values():
        for element in structured.faults:
            if element not in classes:
                name = exception_name(element.local, names)
                names.add(name)
                classes[element] = Symbol(".errors", name)
    return classes


def exception_name(local: str, taken: Collection[str]) -> str:
    """Return the name of the exception for an element: `OrderFault`, or `OrderFaultError`."""
    words = [word for word in snake_case(local).split("_") if word]
    base = name = "".join(word[:1].upper() + word[1:] for word in words) or "Declared"
    if not name.isidentifier():
        base = name = f"Fault{name}"
    number = 1
    while name in taken:
        name = f"{base}Error" if number == 1 else f"{base}Error{number}"
        number += 1
    return name


def messages(
    structured: Structured,
    faults: Mapping[ComponentName, Symbol],
    answers: Expression | None = None,
) -> Expression:
    """Return the messages of an operation, by their tables; `faults` are all exceptions.

    `answers` describes the headers of its responses, if it has some.
    """
    options: dict[str, Expression] = {}
    if structured.slot:
        options["result"] = Text(structured.slot)
    if not structured.is_wrapped and structured.request is not None:
        options["is_wrapped"] = FALSE
    if structured.is_one_way:
        options["is_one_way"] = TRUE
    elif structured.is_void:
        options["is_void"] = TRUE
    if structured.headers:
        headers: list[tuple[Expression, Expression]] = [
            (Text(slot), root(body)) for slot, body in structured.headers.items()
        ]
        options["headers"] = Dict(tuple(headers))
    if structured.faults:
        declared = ((faults[element], root(element)) for element in structured.faults)
        options["faults"] = Dict(tuple(declared))
    if structured.roots:
        leaf = structured.root_leaf
        rows = ((member(kind), _of(body, leaf)) for kind, body in structured.roots.items())
        options["roots"] = Dict(tuple(rows))
    encoded = structured.is_encoded
    bodies = [body for body in (structured.request, structured.response) if body is not None]
    if spread := [root(body) for body in bodies if body.is_spread]:
        options["spread"] = tuple_of(*spread)
    if answers is not None:
        options["answers"] = answers
    plain, headed = _ENCODED if encoded else _PARTS if spread else _LITERAL
    made = plain if answers is None else headed
    writer = Symbol(TABLES_MODULE, ENCODED_WRITER if encoded else WRITER)
    request, response = _root_or_none(structured.request), _root_or_none(structured.response)
    return call(made, request, response, writer, **options)


def root(body: ComponentName) -> Expression:
    """Return the table of an element of a message."""
    return Subscript(Symbol(TABLES_MODULE, table_of(body)), (Text(key_of(body)),))


def _of(body: ComponentName, leaf: Expression | None) -> Expression:
    """Return the table of an element whose text has a grammar: the leaf is another one."""
    if not isinstance(leaf, Name):
        return root(body)
    replaced = Symbol("dataclasses", "replace")
    return call(replaced, root(body), type=Symbol(TABLES_MODULE, leaf.text))


def _root_or_none(body: ComponentName | None) -> Expression:
    return NONE if body is None else root(body)


def result_of(structured: Structured, watched: str = "") -> Expression:
    """Return the function that gives the result of what has been read.

    `watched` is the operation whose lists tell when they are dropped unread; empty for none.
    """
    if watched and not structured.is_void:
        return call(runtime("xml.watching", "watched"), Text(watched))
    return runtime("xml.messages", "nothing" if structured.is_void else "whole")


def arguments_of(structured: Structured | None) -> dict[str, Argument]:
    """Return the arguments of a structured operation by the names of their parameters."""
    return {} if structured is None else {own.name: own for own in structured.arguments}


def is_typed(argument: Argument | None, parameter: Parameter) -> bool:
    """Say whether a parameter takes values of its type in the schema, and not a text."""
    if argument is None or parameter.fixed is not None:
        return False
    described = (parameter.type, parameter.default, parameter.max_length)
    is_plain = not parameter.secret and all(value is None for value in described)
    return not argument.is_text or is_plain


def in_order(planned: PlannedCall, structured: Structured | None) -> tuple[Parameter, ...]:
    """Return the parameters that callers give, those without a default first."""
    arguments = arguments_of(structured)

    def has_default(parameter: Parameter) -> bool:
        argument = arguments.get(parameter.name)
        own = (
            argument is not None and is_typed(argument, parameter) and argument.default is not None
        )
        return own or parameter.default is not None

    return tuple(sorted(planned.offered, key=has_default))
