"""Plans `answers.py`, and what others need of it: the headers of responses, for who asks."""

from collections.abc import Iterator

from msgspec import Struct

from unstringly.model.calls import planned_calls
from unstringly.model.contract import Contract, ContractOperation
from unstringly.plan.records import FROZEN
from unstringly.plan.structures import root
from unstringly.python.build import NONE, call, generic, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import Dict, Expression, Symbol, Text
from unstringly.python.statement_nodes import AnnotatedAssign, Class, Docstring, Statement
from unstringly.python.symbols import runtime
from unstringly.python_names import request_class
from unstringly.shapes.operations import Structured
from unstringly.shapes.service import Shaped

ANSWER = runtime("xml.answers", "Answer")
ANSWERING = runtime("client.answering", "answering")
MALFORMED = runtime("xml.answers", "MalformedHeader")
OFFERED = (ANSWER.name, MALFORMED.name)
_HEADERS = runtime("xml.answers", "ResponseHeaders")


class Answers(Struct, frozen=True):
    """The view of `answers.py`; `attribute` is the client's, whose calls give such results."""

    attribute: str
    names: tuple[str, ...]
    classes: tuple[Statement, ...]
    uses: tuple[Symbol, ...] = (ANSWER, MALFORMED)


def answers_view(contract: Contract, shaped: Shaped) -> Answers | None:
    """Return the view of `answers.py`; None if no response has headers that are offered."""
    classes = tuple(_classes(contract, shaped))
    if not classes:
        return None
    names = tuple(in_order([*OFFERED, *(own.name for own in classes)]))
    return Answers(answers_attribute(contract), names, classes)


def answers_attribute(contract: Contract) -> str:
    """Return the client's attribute with the calls whose results come with headers."""
    methods = {planned.python_name for planned in planned_calls(contract)}
    return "answers_" if "answers" in methods else "answers"


def has_answers(contract: Contract, shaped: Shaped) -> bool:
    """Say whether some operation offers headers of its responses."""
    return any(_headed(shaped, own) is not None for own in contract.operations)


def answer_of(operation: ContractOperation, structured: Structured | None) -> Expression | None:
    """Return the type of a result with the headers of its response; None without headers."""
    if structured is None or not structured.answers:
        return None
    return generic(ANSWER, structured.result, headers_class(operation))


def headers_class(operation: ContractOperation) -> Symbol:
    """Return the class of the headers of an operation's responses."""
    return Symbol(".answers", f"{request_class(operation)}Headers")


def answered_type(operation: ContractOperation, structured: Structured) -> Expression:
    """Return the type of what a service gives: a result, or one with headers."""
    answer = answer_of(operation, structured)
    return structured.result if answer is None else union([structured.result, answer])


def response_headers(operation: ContractOperation, structured: Structured) -> Expression:
    """Return the description of the headers of an operation's responses."""
    rows = ((Text(own.slot), root(own.element)) for own in structured.answers)
    return call(_HEADERS, headers_class(operation), Dict(tuple(rows)))


def _headed(shaped: Shaped, operation: ContractOperation) -> Structured | None:
    structured = shaped.structured(operation.name)
    return structured if structured is not None and structured.answers else None


def _classes(contract: Contract, shaped: Shaped) -> Iterator[Class]:
    for operation in contract.operations:
        structured = _headed(shaped, operation)
        if structured is None:
            continue
        doc = f"The headers of a response of {operation.name}; None for one that did not come."
        fields = (
            AnnotatedAssign(own.slot, union([own.annotation, NONE]), NONE)
            for own in structured.answers
        )
        name = headers_class(operation).name
        yield Class(name, (Docstring(doc), *fields), decorators=(FROZEN,))
