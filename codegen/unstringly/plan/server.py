"""Plans `server.py`: what requests hold, what a service's handlers are, and its application."""

from urllib.parse import urlsplit

from msgspec import Struct

from unstringly.model.calls import free_name, own_call
from unstringly.model.contract import Contract, ContractOperation
from unstringly.plan.answers import answered_type
from unstringly.plan.assertions import NOT_AUTHENTICATED, PRESENTED, with_credentials
from unstringly.plan.docstrings import operation_words
from unstringly.plan.records import FROZEN
from unstringly.plan.structures import arguments_of
from unstringly.plan.vocabulary import python_type
from unstringly.python.build import FALSE, NONE, STR, call, generic, method, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import (
    Attribute,
    Await,
    Constant,
    Dict,
    Display,
    Expression,
    Name,
    Subscript,
    Symbol,
    Text,
)
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
    APP,
    ASKED,
    AWAITABLE,
    CALLABLE,
    DOCUMENTS,
    FIELD,
    HANDLER,
    HANDLER_TIMEOUT,
    HANDLING,
    MAPPING,
    MAX_BYTES,
    OPERATION_TABLE,
    PROTOCOL,
    SECRET,
    SERVICE,
    SERVICE_APP,
    THREADS,
    TYPE_ALIAS,
    formatter,
)
from unstringly.python_names import request_class
from unstringly.shapes.operations import Structured
from unstringly.shapes.service import Shaped

_NO_SHAPES = Shaped()

_HANDLERS = Name("Handlers")


class Server(Struct, frozen=True):
    """The view of `server.py`."""

    names: tuple[str, ...]
    classes: tuple[Statement, ...]
    path: str
    service: str
    answers: tuple[Statement, ...]
    uses: tuple[Symbol, ...] = (
        *(APP, ASKED, DOCUMENTS, HANDLER_TIMEOUT, HANDLING, MAX_BYTES),
        *(OPERATION_TABLE, SERVICE, SERVICE_APP, THREADS),
    )
    offered: tuple[Symbol, ...] = ()


def server_view(contract: Contract, shaped: Shaped = _NO_SHAPES) -> Server:
    """The view of `server.py`."""
    operations = contract.operations
    structures = {each.name: shaped.structured(each.name) for each in operations}
    credentialed = with_credentials(contract)
    requests = [
        _class(each, structures[each.name], has_credentials=each.name in credentialed)
        for each in operations
    ]
    aliases = [_alias(contract, each, structures[each.name]) for each in operations]
    handlers = Class(
        "Handlers",
        (
            Docstring(
                "A method for each operation, which gives its result, or something to await "
                "that does."
            ),
            *(_method(each, structures[each.name]) for each in operations),
        ),
        bases=(PROTOCOL,),
    )
    names = ["Handlers", "create_app", *(each.name for each in requests)]
    if any(parameter.secret for each in operations for parameter in own_call(each).parameters):
        names.append(SECRET.name)
    offered: tuple[Symbol, ...] = ()
    if credentialed:
        offered = (NOT_AUTHENTICATED, PRESENTED)
        names += [symbol.name for symbol in offered]
    given = Display("list", (_HANDLERS, ASKED, HANDLING))
    answer = generic(CALLABLE, given, generic(AWAITABLE, STR))
    rows = tuple((Text(each.name), Name(f"_{each.python_name}")) for each in operations)
    table = Dict(rows, expanded=bool(rows))
    return Server(
        tuple(in_order(names)),
        (*requests, *aliases, handlers),
        path_of(contract),
        contract.service.name,
        (
            *(
                _answer(each, structures[each.name], has_credentials=each.name in credentialed)
                for each in operations
            ),
            AnnotatedAssign("_ANSWERS", generic(MAPPING, STR, answer), table),
        ),
        offered=offered,
    )


def path_of(contract: Contract) -> str:
    """Return the path at which a service is served: that of its first port."""
    path = urlsplit(contract.service.ports[0].address).path.strip()
    return path if path.startswith("/") else "/"


def _class(
    operation: ContractOperation, structured: Structured | None, *, has_credentials: bool
) -> Class:
    """The class of an operation's requests."""
    parameters = own_call(operation).parameters
    arguments = arguments_of(structured)
    told = f"A request of {operation.name}: texts as they came, which nobody has checked."
    if structured is not None:
        told = f"A request of {operation.name}, whose values are of their types in the schema."
    if any(parameter.secret for parameter in parameters):
        told += "\n\nWhat is a Secret shows nowhere, and does not count for `==`: ask `matches`."
    unseen = call(FIELD, repr=FALSE, compare=FALSE)
    came: tuple[Statement, ...] = ()
    if has_credentials:
        told += (
            "\n\nCredentials are those that came with it, which nobody has checked: ask `matches`, "
            "and raise NotAuthenticated."
        )
        maybe = union([PRESENTED, NONE])
        default = call(FIELD, default=NONE, repr=FALSE, compare=FALSE)
        came = (AnnotatedAssign(_credentials(operation), maybe, default),)
    fields = (
        AnnotatedAssign(each.python_name, SECRET, unseen)
        if each.secret
        else AnnotatedAssign(
            each.python_name,
            arguments[each.name].annotation if each.name in arguments else STR,
        )
        for each in parameters
    )
    return Class(request_class(operation), (Docstring(told), *fields, *came), decorators=(FROZEN,))


def _alias(
    contract: Contract, operation: ContractOperation, structured: Structured | None
) -> AnnotatedAssign:
    result: Expression = STR
    if structured is not None:
        result = answered_type(operation, structured)
    elif operation.result is not None:
        result = python_type(contract.definitions, operation.result, writes=True)
    return AnnotatedAssign(_result(operation).text, TYPE_ALIAS, result)


def _result(operation: ContractOperation) -> Name:
    return Name(f"_{request_class(operation)}Result")


def _method(operation: ContractOperation, structured: Structured | None) -> Function:
    """The method that handlers have for an operation."""
    result = _result(operation)
    told = operation_words(operation, has_result=structured is None or not structured.is_void)
    return Function(
        operation.python_name,
        (Parameter("self"), Parameter("request", Name(request_class(operation)))),
        union([result, generic(AWAITABLE, result)]),
        (Evaluate(Constant("...")),),
        doc=f"Answer a request of {operation.name}.\n\n{told}",
        positional_only=True,
    )


def _credentials(operation: ContractOperation) -> str:
    """Return the name of the field with the credentials of a request."""
    return free_name("credentials", (own.python_name for own in own_call(operation).parameters))


def _answer(
    operation: ContractOperation, structured: Structured | None, *, has_credentials: bool
) -> Function:
    """The function that answers a request of an operation."""
    arguments = arguments_of(structured)
    write: Expression = formatter(f"format_{operation.python_name}")
    if structured is not None:
        write = Attribute(Name("asked"), "answered")
    asked, handler = Name("asked"), Name("handler")
    class_, python_name = Name(request_class(operation)), operation.python_name
    values: dict[str, Expression] = {}
    for each in own_call(operation).parameters:
        texts = Attribute(asked, "secrets" if each.secret else "parameters")
        name = arguments[each.name].slot if each.name in arguments else each.name
        values[each.python_name] = Subscript(texts, (Text(name),))
    if has_credentials:
        values[_credentials(operation)] = Attribute(Attribute(asked, "came"), "credentials")
    typed = generic(HANDLER, class_, _result(operation), STR)
    own = Attribute(Name("handlers"), python_name)
    answered = method(Name("handling"), "result", handler, Name("request"))
    body = (
        Assign((Name("request"),), call(class_, **values)),
        Assign((handler,), call(typed, own, write)),
        Return(Await(answered)),
    )
    given = (
        Parameter("handlers", _HANDLERS),
        Parameter("asked", ASKED),
        Parameter("handling", HANDLING),
    )
    return Function(f"_{python_name}", given, STR, body, is_async=True)
