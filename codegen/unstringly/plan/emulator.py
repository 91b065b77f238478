"""Plans `emulator.py` for a service that brings none: scripted results, and drawn ones."""

from collections.abc import Mapping

from msgspec import Struct

from unstringly.model.calls import free_name
from unstringly.model.contract import Contract, ContractOperation
from unstringly.plan.answers import answered_type
from unstringly.plan.server import path_of
from unstringly.plan.vocabulary import python_type
from unstringly.python.build import NONE, STR, call, generic, in_pieces, union
from unstringly.python.nodes import Attribute, Dict, Expression, Name, Symbol, Text
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Class,
    Docstring,
    Evaluate,
    Function,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.symbols import (
    CALLABLE,
    MAPPING,
    OPERATION_TABLE,
    TYPE_ALIAS,
    formatter,
    parser,
    runtime,
)
from unstringly.python_names import request_class
from unstringly.shapes.service import Shaped

_SERVER = Symbol(".", "server")
_DRAWN = "testing.drawn_service"
_TEXTS = runtime(_DRAWN, "Texts")
_DRAWN_RESULTS = runtime("testing.drawn_results", "DrawnResults")
_ANSWERING = runtime(_DRAWN, "Answering")
_REQUEST = Name("Request")


class Emulator(Struct, frozen=True):
    """The view of `emulator.py`: `texts` is the table of results that are texts, if there is one.

    `draws` says that other results are drawn; `more` is what that needs.
    """

    names: tuple[str, ...]
    path: str
    requests: Statement
    texts: tuple[Statement, ...]
    answers: Statement
    draws: bool
    more: tuple[Symbol, ...]
    uses: tuple[Symbol, ...] = (
        CALLABLE,
        OPERATION_TABLE,
        _SERVER,
        runtime("testing.emulation", "Clock"),
        runtime(_DRAWN, "DrawnService"),
        runtime("testing.faulty_app", "faulty"),
    )


BOUND = ("app", "clock", "seed", "tell")
"""The names that the fixed text of the template binds, besides those that the module offers."""

NAMES = ("PATH", "Answers", "Emulator", "Request")
"""The names that the module offers."""


def emulator_view(contract: Contract, shaped: Shaped, samples: Mapping[str, str]) -> Emulator:
    """Return the view of `emulator.py`; `samples` are texts of definitions, by their names."""
    requests = union(map(_request, contract.operations))
    rows = tuple(
        (Text(own.name), _texts(own, samples))
        for own in contract.operations
        if shaped.structured(own.name) is None
    )
    draws = len(rows) < len(contract.operations)
    table = AnnotatedAssign("_TEXTS", generic(MAPPING, STR, _TEXTS), Dict(rows, expanded=True))
    return Emulator(
        NAMES,
        path_of(contract),
        AnnotatedAssign(_REQUEST.text, TYPE_ALIAS, requests),
        (table,) if rows else (),
        _answers(contract, shaped),
        draws=draws,
        more=(_DRAWN_RESULTS,) if draws else (),
    )


def _request(operation: ContractOperation) -> Expression:
    return Attribute(_SERVER, request_class(operation))


def _texts(operation: ContractOperation, samples: Mapping[str, str]) -> Expression:
    """Return the parser, the formatter and an example of an operation whose results are texts."""
    name = operation.python_name
    write = formatter(f"format_{name}")
    if operation.result is None:
        return call(_TEXTS, STR, write)
    sample = samples.get(operation.result)
    example = () if sample is None else (in_pieces(sample),)
    return call(_TEXTS, parser(name), write, *example)


def _answers(contract: Contract, shaped: Shaped) -> Class:
    """Return the class with a method for each operation."""
    names = [own.python_name for own in contract.operations]
    answer = Attribute(Name("self"), free_name("_answer", names))
    init = Function(
        "__init__",
        (Parameter("self"), Parameter("answer", generic(_ANSWERING, _REQUEST))),
        NONE,
        (Assign((answer,), Name("answer")),),
    )
    methods = (_method(contract, own, shaped, answer) for own in contract.operations)
    doc = "The handlers of the service: `answer` gives the result of an operation by its name."
    return Class("Answers", (Docstring(doc), init, *methods))


def _method(
    contract: Contract, operation: ContractOperation, shaped: Shaped, answer: Expression
) -> Function:
    structured = shaped.structured(operation.name)
    type_: Expression = STR
    if structured is not None:
        type_ = answered_type(operation, structured)
    elif operation.result is not None:
        type_ = python_type(contract.definitions, operation.result, writes=True)
    value = call(answer, Text(operation.name), Name("request"))
    result = AnnotatedAssign("result", type_, value)
    return Function(
        operation.python_name,
        (Parameter("self"), Parameter("request", _request(operation))),
        type_,
        (Evaluate(value),) if type_ == NONE else (result, Return(Name("result"))),
        doc=f"Answer a request of {operation.name}.",
        positional_only=True,
    )
