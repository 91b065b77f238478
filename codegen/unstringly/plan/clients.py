"""Plans `client.py` and `async_client.py`: a method for each call, one for the pages of a poll."""

from collections.abc import Iterator

from msgspec import Struct

from unstringly.model.calls import PlannedCall, effect_of, free_name, page_name, planned_calls
from unstringly.model.contract import Contract
from unstringly.model.spec import Effect
from unstringly.plan.answers import (
    ANSWERING,
    answer_of,
    answers_attribute,
    has_answers,
    headers_class,
)
from unstringly.plan.bound import bound_parameters
from unstringly.plan.call_parameters import call_words, signature_of
from unstringly.plan.client_making import making
from unstringly.plan.guards import Guards
from unstringly.plan.operations_module import SHOWN
from unstringly.plan.rejections import split_result
from unstringly.plan.vocabulary import python_type
from unstringly.python.build import BOOL, NONE, STR, builtin, call, generic, method, union
from unstringly.python.nodes import Attribute, Await, Expression, Lambda, Name
from unstringly.python.statement_nodes import (
    Assign,
    Class,
    Delete,
    Docstring,
    Evaluate,
    Function,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.symbols import (
    ASYNC_CALLER,
    ASYNC_ITERATOR,
    ASYNC_PAGES,
    CALLER,
    EXPECT,
    ITERATOR,
    OPERATIONS,
    PAGES,
    SELF,
    TRACEBACK,
    parameters,
)
from unstringly.shapes.service import Shaped

_SELF, _CALLER = Name("self"), Attribute(Name("self"), "_caller")


class Client(Struct, frozen=True):
    """The view of one of the two modules: its docstring, and the methods of its class.

    `more` is the class of calls whose results come with headers, if there are such.
    """

    doc: Docstring
    methods: tuple[Function, ...]
    more: tuple[Statement, ...] = ()


_DATA_SETS = """\
No DataSet is held against the tables that the grammar declares, neither one that is sent nor one \
that comes. `RowsOf.of` holds the rows that come against them, when it is asked for these."""


def client_view(contract: Contract, guards: Guards, shaped: Shaped, *, is_async: bool) -> Client:
    """Return the view of one of the two modules."""
    who = "tasks of asyncio" if is_async else "threads"
    calls = [
        function
        for planned in planned_calls(contract)
        for function in _methods(contract, guards, shaped, planned, is_async=is_async)
    ]
    more: tuple[Statement, ...] = ()
    if has_answers(contract, shaped):
        more = (_answers(contract, guards, shaped, is_async=is_async),)
    init = making(
        contract,
        guards,
        bound_parameters(contract),
        answers=answers_attribute(contract) if more else "",
        is_async=is_async,
    )
    paragraphs = [f"A client of the service {contract.service.name}, for {who}."]
    if contract.spec.data_set_rows:
        paragraphs.append(_DATA_SETS)
    return Client(
        Docstring("\n\n".join(paragraphs)),
        (init, *_closing(is_async=is_async), *calls),
        more,
    )


def _answers(contract: Contract, guards: Guards, shaped: Shaped, *, is_async: bool) -> Class:
    """Return the class of calls whose results come with the headers of their responses."""
    caller = ASYNC_CALLER if is_async else CALLER
    init = Function(
        "__init__",
        (Parameter("self"), Parameter("caller", caller), Parameter("validate", BOOL)),
        NONE,
        (
            Assign((_CALLER,), Name("caller")),
            Assign((Attribute(_SELF, "_validate"),), Name("validate")),
        ),
    )
    methods: list[Function] = []
    for planned in planned_calls(contract):
        structured = shaped.structured(planned.operation.name)
        returns = answer_of(planned.operation, structured)
        if returns is None:
            continue
        request = _request(planned)
        value = call(ANSWERING, request.value, headers_class(planned.operation))
        answer: Expression = method(_CALLER, "call", value)
        methods.append(
            Function(
                planned.python_name,
                (Parameter("self"),),
                returns,
                (*request.sealed, Return(Await(answer) if is_async else answer)),
                doc=call_words(planned),
                keyword_only=signature_of(contract, guards, planned, structured),
                is_async=is_async,
            )
        )
    doc = "The calls of a client whose results come with the headers of their responses."
    return Class("Answers", (Docstring(doc), init, *methods))


def _closing(*, is_async: bool) -> Iterator[Function]:
    """Yield the methods of `with`, and `close`."""
    prefix, name = ("__a", "aclose") if is_async else ("__", "close")

    def done(value: Expression) -> Evaluate:
        return Evaluate(Await(value) if is_async else value)

    error = builtin("BaseException")
    raised = (
        Parameter("kind", union([generic(builtin("type"), error), NONE])),
        Parameter("error", union([error, NONE])),
        Parameter("traceback", union([TRACEBACK, NONE])),
    )
    own = Parameter("self")
    enter = (Return(_SELF),)
    close = (done(method(_SELF, name)),)
    yield Function(f"{prefix}enter__", (own,), SELF, enter, is_async=is_async)
    yield Function(f"{prefix}exit__", (own, *raised), NONE, close, is_async=is_async)
    yield Function(
        name,
        (own,),
        NONE,
        (done(method(_CALLER, name)),),
        doc="Close the connections. Calls after that raise NotSent.",
        is_async=is_async,
    )


def page_calls(contract: Contract) -> dict[str, str]:
    """Return, by the name of a call, the definition of the list that it gives page by page."""
    return {
        planned.python_name: page
        for planned in planned_calls(contract)
        if (page := _page_of(contract, planned))
    }


def _page_of(contract: Contract, planned: PlannedCall) -> str | None:
    """Return the definition of the list that a call gives page by page, or None."""
    if effect_of(planned.operation) is not Effect.DESTRUCTIVE_READ:
        return None
    return split_result(contract.definitions, planned.operation).page(contract.definitions)


class _Request(Struct, frozen=True):
    """The request of a method, and the statements before it that hide secrets."""

    sealed: tuple[Statement, ...]
    value: Expression


def _methods(
    contract: Contract, guards: Guards, shaped: Shaped, planned: PlannedCall, *, is_async: bool
) -> Iterator[Function]:
    """Yield the method of a call, and the one for its pages if it has pages."""
    returns: Expression = STR
    structured = shaped.structured(planned.operation.name)
    if structured is not None:
        returns = structured.result
    elif planned.operation.result is not None:
        returns = python_type(contract.definitions, planned.operation.result, writes=False)
    signature = signature_of(contract, guards, planned, structured)
    request = _request(planned)
    answer: Expression = method(_CALLER, "call", request.value)
    yield Function(
        planned.python_name,
        (Parameter("self"),),
        returns,
        (*request.sealed, Return(Await(answer) if is_async else answer)),
        doc=call_words(planned),
        keyword_only=signature,
        is_async=is_async,
    )
    page = _page_of(contract, planned)
    if page:
        yield _pages(contract, planned, page, signature, is_async=is_async)


def _request(planned: PlannedCall) -> _Request:
    """Return the request of a call, made of the parameters of its method."""
    names = [parameter.python_name for parameter in planned.offered]
    secret = tuple(parameter.python_name for parameter in planned.offered if parameter.secret)
    function = Attribute(OPERATIONS, planned.python_name)
    values: dict[str, Expression] = {name: Name(name) for name in names}
    values["validate"] = Attribute(_SELF, "_validate")
    if not secret:
        return _Request((), call(function, **values))
    sealed = Name(free_name("sealed", names))
    tried = call(parameters("tried"), function, **values)
    statements = (Assign((sealed,), tried), Delete(secret, SHOWN))
    return _Request(statements, call(parameters("taken"), sealed))


def _pages(
    contract: Contract,
    planned: PlannedCall,
    page: str,
    signature: tuple[Parameter, ...],
    *,
    is_async: bool,
) -> Function:
    """Return the method that gives one page after the other."""
    names = [parameter.name for parameter in signature]
    values = python_type(contract.definitions, page, writes=False)
    own: dict[str, Expression] = {name: Name(name) for name in names}
    again = call(Attribute(_SELF, planned.python_name), **own)
    request = _request(planned)
    sealed = request.sealed
    if sealed:
        request_name = Name(free_name("made", names))
        sealed = (*sealed, Assign((request_name,), request.value))
        again = method(_CALLER, "call", request_name)
    fetched: Expression = Await(again) if is_async else again
    has_codes = bool(split_result(contract.definitions, planned.operation).codes)
    if has_codes:
        fetched = call(EXPECT, fetched)
    body: tuple[Statement, ...] = (Return(call(PAGES, Lambda((), fetched))),)
    if is_async:
        fetch = free_name("fetch", names)
        inner = Function(fetch, (), values, (Return(fetched),), is_async=True)
        body = (inner, Return(call(ASYNC_PAGES, Name(fetch))))
    return Function(
        page_name(planned),
        (Parameter("self"),),
        generic(ASYNC_ITERATOR if is_async else ITERATOR, values),
        (*sealed, *body),
        doc=_page_words(planned, has_codes=has_codes),
        keyword_only=signature,
    )


def _page_words(planned: PlannedCall, *, has_codes: bool) -> str:
    """Return the docstring of the method that gives pages."""
    paragraphs = [
        f"{planned.operation.name} again and again: each page before the next is fetched, until "
        "one has neither records nor malformed pieces.",
        "A page that was handed out is fetched for good: keep what you need of it, its "
        "`malformed` pieces too, before you go on.",
    ]
    if has_codes:
        paragraphs.append("Raises Rejected for a code, and what the single call raises.")
    return "\n\n".join(paragraphs)
