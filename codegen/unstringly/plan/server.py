"""Plans `server.py`: what requests hold, what a service's handlers are, and its application."""

import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from unstringly.diagnostics import Diagnostic
from unstringly.link_rules import NAMES_COLLIDE
from unstringly.model.contract import Contract, ContractOperation
from unstringly.names import is_identifier
from unstringly.plan.calls import own_call
from unstringly.plan.imports import Imports, Qualified, in_order
from unstringly.plan.layout import call, docstring, quoted
from unstringly.plan.operations import operation_words
from unstringly.plan.reserved import SERVER
from unstringly.plan.vocabulary import python_type


@dataclass(frozen=True, slots=True)
class _Request:
    """An operation: the class of its requests, its method, and how it is answered."""

    name: str
    doc: str
    fields: tuple[str, ...]
    alias: str
    method: str
    method_doc: str
    literal: str
    answer: str
    answer_head: str
    made: str
    handler: str


def server_view(contract: Contract) -> dict[str, object]:
    """The view of `server.py`."""
    imports = Qualified()
    requests = [_request(contract, operation, imports) for operation in contract.operations]
    for name in ("Awaitable", "Callable", "Mapping"):
        imports.name("collections.abc", name)
    imports.name("dataclasses", "dataclass")
    has_secrets = any(p.secret for each in contract.operations for p in own_call(each).parameters)
    names = ["Handlers", "create_app", *(each.name for each in requests)]
    if has_secrets:
        imports.name("dataclasses", "field")
        names.append(imports.name("._runtime.errors.sealed", "Secret"))
    imports.name("typing", "Protocol")
    imports.name("typing", "TypeAlias")
    imports.name("._runtime.server.apps", "service_app")
    imports.name("._runtime.server.asgi", "App")
    imports.name("._runtime.wire.exchange", "MAX_BYTES")
    for name in ("HANDLER_TIMEOUT", "THREADS", "Handler", "Handling"):
        imports.name("._runtime.server.handling", name)
    imports.name("._runtime.server.service", "Asked")
    imports.name("._runtime.server.service", "Service")
    imports.name(".documents", "DOCUMENTS")
    imports.name(".operations", "OPERATIONS")
    return {
        "imports": imports.lines(),
        "names": in_order(names),
        "requests": requests,
        "service_literal": quoted(contract.service.name),
        "path": quoted(_path(contract)),
    }


def request_class(operation: ContractOperation) -> str:
    """`GetReport2` for the operation of that name; where its name is none in Python, by that."""
    name = unicodedata.normalize("NFKC", operation.name)
    if is_identifier(name):
        return name[:1].upper() + name[1:]
    pieces = [piece for piece in operation.python_name.split("_") if piece]
    return "".join(piece[:1].upper() + piece[1:] for piece in pieces)


def _path(contract: Contract) -> str:
    path = urlsplit(contract.service.ports[0].address).path.strip()
    return path if path.startswith("/") else "/"


def _request(contract: Contract, operation: ContractOperation, imports: Imports) -> _Request:
    parameters = own_call(operation).parameters
    name, method = request_class(operation), operation.python_name
    result = "str"
    if operation.result is not None:
        result = python_type(contract.definitions, operation.result, imports, writes=True)
    formatter = imports.name(".formatters", f"format_{method}")
    given = [
        f"{p.python_name}=asked.{'secrets' if p.secret else 'parameters'}[{quoted(p.name)}]"
        for p in parameters
    ]
    alias = f"_{name}Result"
    told = f"A request of {operation.name}: texts as they came, which nobody has checked."
    if any(parameter.secret for parameter in parameters):
        told += "\n\nWhat is a Secret shows nowhere, and does not count for `==`: ask `matches`."
    head = ["self", f"request: {name}", "/"]
    made = call(f"request = {name}(", given, indent=4)
    answer = ["handlers: Handlers", "asked: Asked", "handling: Handling"]
    own = call(
        f"handler = Handler[{name}, {alias}, str](",
        [f"handlers.{method}", formatter],
        indent=4,
    )
    return _Request(
        name,
        docstring(told, 4),
        tuple(
            f"{p.python_name}: {'Secret = field(repr=False, compare=False)' if p.secret else 'str'}"
            for p in parameters
        ),
        f"{alias}: TypeAlias = {result}",
        call(f"def {method}(", head, f") -> {alias} | Awaitable[{alias}]:", indent=4),
        docstring(f"Answer a request of {operation.name}.\n\n{operation_words(operation)}", 8),
        quoted(operation.name),
        f"_{method}",
        call(f"async def _{method}(", answer, ") -> str:"),
        made,
        own,
    )


def server_collisions(contract: Contract) -> list[Diagnostic]:
    """Operations whose requests would be called like something else."""
    taken = set(SERVER)
    found: list[Diagnostic] = []
    for operation in contract.operations:
        name = request_class(operation)
        if name in taken:
            span = operation.operation.span if operation.spec is None else operation.spec.span
            message = f"the request of {operation.name!r} would be called {name!r}, which is taken"
            found.append(Diagnostic(NAMES_COLLIDE, span, message, "give it a `python_name`"))
        taken.add(name)
    return found
