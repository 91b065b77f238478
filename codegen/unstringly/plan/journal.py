"""Plans `journal.py`: the types of entries in a journal, and the parsers of their bodies."""

from msgspec import Struct

from unstringly.model.contract import Contract
from unstringly.plan.structures import result_of
from unstringly.plan.vocabulary import python_type
from unstringly.python.build import STR, call, generic, union
from unstringly.python.nodes import Attribute, Dict, Expression, Name, Symbol, Text
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Comment,
    Docstring,
    Return,
    Statement,
)
from unstringly.python.symbols import (
    FILE_JOURNAL,
    ITERATOR,
    MAPPING,
    MAX_SIZE,
    OPERATION_TABLE,
    PARSE_PUSH,
    PARSER,
    PARTIAL,
    PATH_LIKE,
    PUSH,
    READ_RESULTS,
    RECORDED_RESPONSE,
    TYPE_ALIAS,
    parser,
)
from unstringly.shapes.service import Shaped

_RESULT = Name("JournalResult")
_ENTRY = """\
A response: `at` (UTC), `operation`, `raw`, and `result`.

The result is that of the call: what the operation gives, or a MalformedResponse (which an
IncompleteResponse is, too) or ServiceFault."""


class Journal(Struct, frozen=True):
    """The view of `journal.py`."""

    types: tuple[Statement, ...]
    read: Statement
    homes: tuple[Statement, ...]
    uses: tuple[Symbol, ...] = (FILE_JOURNAL, ITERATOR, PATH_LIKE)


def journal_view(contract: Contract, shaped: Shaped) -> Journal:
    """Return the view of `journal.py`."""
    types: list[Expression] = []
    rows: list[tuple[Expression, Expression]] = []
    for operation in contract.operations:
        type_: Expression = STR
        read: Expression = STR
        structured = shaped.structured(operation.name)
        if structured is not None:
            type_, read = structured.result, result_of(structured)
        elif operation.result is not None:
            read = parser(operation.python_name)
            type_ = python_type(contract.definitions, operation.result, writes=False)
        types.append(type_)
        rows.append((Text(operation.name), read))
    arguments: list[Expression] = [Name("path"), OPERATION_TABLE, Name("_PARSERS")]
    options = {"charset": Text(contract.spec.charset)} if contract.spec.charset else {}
    pushed = ""
    if contract.spec.callbacks:
        types.append(PUSH)
        arguments.append(call(PARTIAL, PARSE_PUSH, max_bytes=MAX_SIZE))
        pushed = ", or what was pushed (to the operation `Push`)"
    here = Assign((Attribute(RECORDED_RESPONSE, "__module__"),), Name("__name__"))
    parsers = generic(MAPPING, STR, generic(PARSER, _RESULT))
    return Journal(
        (
            AnnotatedAssign("JournalResult", TYPE_ALIAS, union(types or [STR])),
            Docstring(f"What an operation may answer{pushed}."),
            AnnotatedAssign("JournalEntry", TYPE_ALIAS, generic(RECORDED_RESPONSE, _RESULT)),
            Docstring(_ENTRY),
            AnnotatedAssign("_PARSERS", parsers, Dict(tuple(rows), expanded=bool(rows))),
        ),
        Return(call(READ_RESULTS, *arguments, **options)),
        (Comment("Pickles of entries name this module."), here),
    )
