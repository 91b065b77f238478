"""Plans `client.py` and `async_client.py`: a method for each call, one for the pages of a poll."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from unstringly.model.contract import Contract
from unstringly.model.spec import Effect, Parameter
from unstringly.plan.calls import PlannedCall, effect_of, page_name, planned_calls
from unstringly.plan.endpoints import MEMBERS
from unstringly.plan.guards import Guards, Use
from unstringly.plan.imports import Imports
from unstringly.plan.layout import call, docstring, quoted
from unstringly.plan.module import Function
from unstringly.plan.operations_module import call_signature, call_words, rule_of
from unstringly.plan.rejections import split_result
from unstringly.plan.vocabulary import python_type

_INDENT = 4
_BODY = 8


@dataclass(frozen=True, slots=True)
class BoundParameter:
    """A parameter that is given to the client, under its Python name."""

    name: str
    signature: str
    is_secret: bool


def bound_parameters(contract: Contract) -> tuple[BoundParameter, ...]:
    """What all calls of an account share, each once, those with a default last."""
    found: dict[str, Parameter] = {}
    for planned in planned_calls(contract):
        for parameter in planned.parameters:
            if parameter.bound:
                known = found.setdefault(parameter.python_name, parameter)
                found[parameter.python_name] = replace(
                    known,
                    secret=known.secret or parameter.secret,
                    default=None if parameter.default is None else known.default,
                )
    given = sorted(found.values(), key=lambda parameter: parameter.default is not None)
    return tuple(
        BoundParameter(
            each.python_name,
            f"{each.python_name}: {'str | Callable[[], str]' if each.secret else 'str'}"
            + ("" if each.default is None else f" = {quoted(each.default)}"),
            each.secret,
        )
        for each in given
    )


def client_view(contract: Contract, guards: Guards, *, is_async: bool) -> dict[str, object]:
    """The view of one of the two modules."""
    imports = Imports()
    methods = [
        each
        for planned in planned_calls(contract)
        for each in _methods(contract, planned, imports, is_async=is_async)
    ]
    bound = bound_parameters(contract)
    secret = [each.name for each in bound if each.is_secret]
    imports.name(".", "operations")
    if secret:
        imports.name("collections.abc", "Callable")
    imports.name("._runtime.client.addresses", "told_address")
    imports.name("._runtime.wire.bindings", "Binding")
    imports.name("._runtime.client.calls", "Credentials")
    imports.name("._runtime.client.flow", "WhenTooSoon")
    imports.name("._runtime.journal.recording", "JournalWriter")
    imports.name("._runtime.client.config", "checked_config")
    imports.name("types", "TracebackType")
    imports.name("typing", "Self")
    imports.name(".addresses", "ADDRESSES")
    if is_async:
        imports.name("._runtime.client.async_callers", "AsyncCaller")
        imports.name("._runtime.transports.async_default", "default_transport")
        imports.name("._runtime.wire.exchange", "AsyncTransport")
    else:
        imports.name("._runtime.client.callers", "Caller")
        imports.name("._runtime.wire.exchange", "Transport")
        imports.name("._runtime.transports.http_transport", "HttpTransport")
    values = [f"{quoted(each.name)}: {each.name}" for each in bound]
    secrets = ", ".join(map(quoted, secret)) + ("," if len(secret) == 1 else "")
    account = [call("{", values, "}", indent=12), *([f"secret=({secrets})"] if secret else [])]
    checks = _checks(contract, guards, imports)
    return {
        "doc": docstring(
            f"A client of the service {contract.service.name}, for "
            f"{'tasks of asyncio' if is_async else 'threads'}."
        ),
        "imports": imports.lines(),
        "bound": [each.signature for each in bound],
        "account": call("account = Credentials(", account, indent=_BODY),
        "unshown": ", ".join(["base_url", *secret]),
        "checks": checks,
        "default": f"Binding.{default_binding(contract)}",
        "methods": methods,
    }


def _checks(contract: Contract, guards: Guards, imports: Imports) -> list[str]:
    """The statements that hold what is given to the client against its types."""
    found: dict[str, str] = {}
    for planned in planned_calls(contract):
        for parameter in planned.parameters:
            table = guards.names.get(Use(parameter.type or "", padded=False))
            most = parameter.max_length
            if not parameter.bound or parameter.fixed is not None or not (table or most):
                continue
            arguments = [quoted(parameter.python_name), rule_of(contract, parameter, indent=20)]
            arguments += [f"form={imports.name('.', 'tables')}.{table}"] if table else []
            arguments += [f"most={most}"] if most is not None else []
            made = call("account.check_form(", arguments, indent=12)
            found.setdefault(parameter.python_name, made)
    return list(found.values())


def default_binding(contract: Contract) -> str:
    """The member of Binding that clients have if nobody says another."""
    kinds = {port.binding.kind for port in contract.service.ports}
    return next(name for kind, name in MEMBERS.items() if kind in kinds)


def addresses_view(contract: Contract) -> dict[str, object]:
    """The view of `addresses.py`."""
    rows = [
        f"Binding.{MEMBERS[port.binding.kind]}: {quoted(port.address)}"
        for port in contract.service.ports
    ]
    return {"rows": rows}


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


def _methods(
    contract: Contract, planned: PlannedCall, imports: Imports, *, is_async: bool
) -> Iterator[Function]:
    name, given = planned.python_name, planned.offered
    returns = "str"
    if planned.operation.result is not None:
        returns = python_type(contract.definitions, planned.operation.result, imports, writes=False)
    signature = ["self", *(["*"] if given else [])]
    signature += [call_signature(contract, each, imports) for each in given]
    arguments = [f"{each.python_name}={each.python_name}" for each in given]
    waited = "await " if is_async else ""
    secret = [each.python_name for each in given if each.secret]
    made = call(f"operations.{name}(", [*arguments, "validate=self._validate"], indent=12)
    sealed: tuple[str, ...] = ()
    if secret:
        tried = imports.name("._runtime.client.parameters", "tried")
        given_to = [f"operations.{name}", *arguments, "validate=self._validate"]
        sealed = (
            call(f"sealed = {tried}(", given_to, indent=_BODY),
            f"del {', '.join(secret)}  # tracebacks may show variables",
        )
        made = f"{imports.name('._runtime.client.parameters', 'taken')}(sealed)"
    yield Function(
        _head(f"{'async ' if is_async else ''}def {name}", signature, returns),
        docstring(call_words(planned), _BODY),
        (*sealed, call(f"return {waited}self._caller.call(", [made], indent=_BODY)),
    )
    page = _page_of(contract, planned)
    if not page:
        return
    values = python_type(contract.definitions, page, imports, writes=False)
    again = f"self.{name}({', '.join(arguments)})"
    if secret:
        sealed = (*sealed, f"made = {made}")
        again = "self._caller.call(made)"
    fetched = f"{waited}{again}"
    if split_result(contract.definitions, planned.operation).codes:
        fetched = f"{imports.name('.errors', 'expect')}({fetched})"
    iterator = imports.name("collections.abc", "AsyncIterator" if is_async else "Iterator")
    pages = imports.name("._runtime.client.pages", "async_pages" if is_async else "pages")
    body = [*sealed, f"return {pages}(lambda: {fetched})"]
    if is_async:
        body = [
            *sealed,
            "",
            f"async def fetch() -> {values}:",
            f"    return {fetched}",
            "",
            f"return {pages}(fetch)",
        ]
    yield Function(
        _head(f"def {page_name(planned)}", signature, f"{iterator}[{values}]"),
        docstring(_page_words(planned, has_codes="expect" in fetched), _BODY),
        tuple(body),
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


def _head(start: str, parameters: list[str], returns: str) -> str:
    line = f"{start}({', '.join(parameters)}) -> {returns}:"
    if _INDENT + len(line) <= 100:
        return line
    return call(f"{start}(", parameters, f") -> {returns}:", indent=_INDENT)
