"""Plans `client.py` and `async_client.py`: a method for each call, one for the pages of a poll."""

from collections.abc import Iterator
from dataclasses import dataclass

from unstringly.model.contract import Contract
from unstringly.model.spec import Effect
from unstringly.plan.bound import bound_parameters
from unstringly.plan.call_parameters import call_signature, call_words
from unstringly.plan.calls import PlannedCall, effect_of, free_name, page_name, planned_calls
from unstringly.plan.client_making import making
from unstringly.plan.guards import Guards
from unstringly.plan.operations_module import SHOWN
from unstringly.plan.rejections import split_result
from unstringly.plan.vocabulary import python_type
from unstringly.python.build import NONE, STR, builtin, call, generic, method, union
from unstringly.python.nodes import Attribute, Await, Expression, Lambda, Name
from unstringly.python.statement_nodes import (
    Assign,
    Delete,
    Docstring,
    Evaluate,
    Function,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.symbols import (
    ASYNC_ITERATOR,
    ASYNC_PAGES,
    EXPECT,
    ITERATOR,
    OPERATIONS,
    PAGES,
    SELF,
    TRACEBACK,
    parameters,
)

_SELF, _CALLER = Name("self"), Attribute(Name("self"), "_caller")


@dataclass(frozen=True, slots=True)
class Client:
    """The view of one of the two modules: what is said of it, and the methods of its class."""

    doc: Docstring
    methods: tuple[Function, ...]


def client_view(contract: Contract, guards: Guards, *, is_async: bool) -> Client:
    """The view of one of the two modules."""
    who = "tasks of asyncio" if is_async else "threads"
    calls = [
        each
        for planned in planned_calls(contract)
        for each in _methods(contract, guards, planned, is_async=is_async)
    ]
    made = making(contract, guards, bound_parameters(contract), is_async=is_async)
    return Client(
        Docstring(f"A client of the service {contract.service.name}, for {who}."),
        (made, *_closing(is_async=is_async), *calls),
    )


def _closing(*, is_async: bool) -> Iterator[Function]:
    """The methods of `with`, and `close`."""
    prefix, name = ("__a", "aclose") if is_async else ("__", "close")

    def done(value: Expression) -> Evaluate:
        return Evaluate(Await(value) if is_async else value)

    error = builtin("BaseException")
    given = (
        Parameter("kind", union([generic(builtin("type"), error), NONE])),
        Parameter("error", union([error, NONE])),
        Parameter("traceback", union([TRACEBACK, NONE])),
    )
    own = Parameter("self")
    entered = (Return(_SELF),)
    closed = (done(method(_SELF, name)),)
    yield Function(f"{prefix}enter__", (own,), SELF, entered, is_async=is_async)
    yield Function(f"{prefix}exit__", (own, *given), NONE, closed, is_async=is_async)
    yield Function(
        name,
        (own,),
        NONE,
        (done(method(_CALLER, name)),),
        doc="Close the connections. Calls after that raise NotSent.",
        is_async=is_async,
    )


def page_calls(contract: Contract) -> dict[str, str]:
    """The names of methods that give pages, and the definition of their lists, by call."""
    return {
        planned.python_name: page
        for planned in planned_calls(contract)
        if (page := _page_of(contract, planned))
    }


def _page_of(contract: Contract, planned: PlannedCall) -> str | None:
    """The definition of the list that a call gives page by page, if it does."""
    if effect_of(planned.operation) is not Effect.DESTRUCTIVE_READ:
        return None
    return split_result(contract.definitions, planned.operation).page(contract.definitions)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call in a method: its statements before, and the request that it makes."""

    sealed: tuple[Statement, ...]
    request: Expression


def _methods(
    contract: Contract, guards: Guards, planned: PlannedCall, *, is_async: bool
) -> Iterator[Function]:
    name, given = planned.python_name, planned.offered
    returns: Expression = STR
    if planned.operation.result is not None:
        returns = python_type(contract.definitions, planned.operation.result, writes=False)
    signature = tuple(call_signature(contract, guards, each) for each in given)
    asked = _asked(planned)
    answer: Expression = method(_CALLER, "call", asked.request)
    yield Function(
        name,
        (Parameter("self"),),
        returns,
        (*asked.sealed, Return(Await(answer) if is_async else answer)),
        doc=call_words(planned),
        keyword_only=signature,
        is_async=is_async,
    )
    page = _page_of(contract, planned)
    if page:
        yield _pages(contract, planned, page, signature, is_async=is_async)


def _asked(planned: PlannedCall) -> _Asked:
    """How the request of a call is made of what is given to its method."""
    names = [each.python_name for each in planned.offered]
    secret = tuple(each.python_name for each in planned.offered if each.secret)
    function = Attribute(OPERATIONS, planned.python_name)
    values: dict[str, Expression] = {name: Name(name) for name in names}
    values["validate"] = Attribute(_SELF, "_validate")
    if not secret:
        return _Asked((), call(function, **values))
    sealed = Name(free_name("sealed", names))
    tried = call(parameters("tried"), function, **values)
    statements = (Assign((sealed,), tried), Delete(secret, SHOWN))
    return _Asked(statements, call(parameters("taken"), sealed))


def _pages(
    contract: Contract,
    planned: PlannedCall,
    page: str,
    signature: tuple[Parameter, ...],
    *,
    is_async: bool,
) -> Function:
    """The method that gives one page after the other."""
    names = [each.name for each in signature]
    values = python_type(contract.definitions, page, writes=False)
    own: dict[str, Expression] = {name: Name(name) for name in names}
    again = call(Attribute(_SELF, planned.python_name), **own)
    asked = _asked(planned)
    sealed = asked.sealed
    if sealed:
        made = Name(free_name("made", names))
        sealed = (*sealed, Assign((made,), asked.request))
        again = method(_CALLER, "call", made)
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
    told = [
        f"{planned.operation.name} again and again: each page before the next is fetched, until "
        "one has neither records nor malformed pieces.",
        "A page that was handed out is fetched for good: keep what you need of it, its "
        "`malformed` pieces too, before you go on.",
    ]
    raised = "Raises Rejected for a code, and what the single call raises." if has_codes else ""
    return "\n\n".join(part for part in (*told, raised) if part)
