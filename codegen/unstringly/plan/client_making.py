"""Plans `__init__` of the clients: its parameters, and the checks of them."""

from collections.abc import Sequence

from unstringly.model.calls import free_name, planned_calls
from unstringly.model.contract import Contract
from unstringly.model.uses import Use
from unstringly.plan.addresses import has_others
from unstringly.plan.bound import BoundParameter
from unstringly.plan.call_parameters import rule_of
from unstringly.plan.endpoints import MEMBERS
from unstringly.plan.guards import Guards
from unstringly.plan.operations_module import SHOWN
from unstringly.python.build import (
    BOOL,
    FALSE,
    INT,
    NONE,
    STR,
    TRUE,
    builtin,
    call,
    texts,
    union,
)
from unstringly.python.nodes import (
    Attribute,
    Conditional,
    Dict,
    Expression,
    Name,
    Number,
    Operation,
    Text,
)
from unstringly.python.statement_nodes import (
    Assign,
    Delete,
    Evaluate,
    Function,
    If,
    Parameter,
    Statement,
)
from unstringly.python.symbols import (
    ADDRESSES,
    ASYNC_CALLER,
    ASYNC_TRANSPORT,
    BINDING,
    CALLER,
    CHECKED_CONFIG,
    CREDENTIALS,
    DEFAULT_TRANSPORT,
    HTTP_TRANSPORT,
    JOURNAL_WRITER,
    OTHER_ADDRESSES,
    TABLES,
    TOLD_ADDRESS,
    TRANSPORT,
    WHEN_TOO_SOON,
)
from unstringly.python_names import PASSED

_FLOAT = builtin("float")


def making(
    contract: Contract,
    guards: Guards,
    bound: Sequence[BoundParameter],
    *,
    answers: str = "",
    is_async: bool,
) -> Function:
    """Return `__init__` of a client, with the bound parameters and those of all clients.

    `answers` is the attribute with the calls whose results come with headers; empty without.
    """
    names = [parameter.name for parameter in bound]
    account, address, config = (
        Name(free_name(name, names)) for name in ("account", "address", "config")
    )
    secret = [parameter.name for parameter in bound if parameter.is_secret]
    values = Dict(tuple((Text(name), Name(name)) for name in names))
    options: dict[str, Expression] = {"secret": texts(secret)} if secret else {}
    checks = _checks(contract, guards, account)
    common = common_parameters(contract, is_async=is_async)
    passed: dict[str, Expression] = {name: Name(name) for name in PASSED}
    elsewhere: dict[str, Expression] = {"others": OTHER_ADDRESSES} if has_others(contract) else {}
    body: list[Statement] = [
        Assign((account,), call(CREDENTIALS, values, **options)),
        Assign((address,), call(TOLD_ADDRESS, Name("base_url"))),
        Delete(("base_url", *secret), SHOWN),
        *([If(Name("validate"), checks)] if checks else []),
        Assign(
            (config,),
            call(
                CHECKED_CONFIG,
                account,
                ADDRESSES,
                address,
                **passed,
                is_async=TRUE if is_async else FALSE,
                **elsewhere,
            ),
        ),
        Assign((Attribute(Name("self"), "_validate"),), Name("validate")),
        Assign((Attribute(Name("self"), "_caller"),), _caller(config, is_async=is_async)),
    ]
    if answers:
        own = call(Name("Answers"), Attribute(Name("self"), "_caller"), Name("validate"))
        body.append(Assign((Attribute(Name("self"), answers),), own))
    keywords = (*(parameter.signature for parameter in bound), *common)
    return Function("__init__", (Parameter("self"),), NONE, tuple(body), keyword_only=keywords)


def common_parameters(contract: Contract, *, is_async: bool) -> tuple[Parameter, ...]:
    """Return the parameters that every client has, beside those of the account."""

    def maybe(type_: Expression) -> Expression:
        return union([type_, NONE])

    transport = ASYNC_TRANSPORT if is_async else TRANSPORT
    return (
        Parameter("base_url", maybe(STR), NONE),
        Parameter("binding", BINDING, Attribute(BINDING, default_binding(contract))),
        Parameter("timeout", _FLOAT, Number(10.0)),
        Parameter("journal", maybe(JOURNAL_WRITER), NONE),
        Parameter("transport", maybe(transport), NONE),
        Parameter("validate", BOOL, TRUE),
        Parameter("retries", INT, Number(0)),
        Parameter("when_too_soon", WHEN_TOO_SOON, Text("wait")),
        Parameter("charset", maybe(STR), NONE),
        Parameter("max_in_flight", INT, Number(64)),
        Parameter("queue_timeout", maybe(_FLOAT), NONE),
    )


def _caller(config: Name, *, is_async: bool) -> Expression:
    default = call(DEFAULT_TRANSPORT if is_async else HTTP_TRANSPORT)
    transport = Name("transport")
    used = Conditional(Operation("is", (transport, NONE)), default, transport)
    return call(ASYNC_CALLER if is_async else CALLER, config, used)


def _checks(contract: Contract, guards: Guards, account: Name) -> tuple[Statement, ...]:
    """Return the statements that check the parameters of the account, one for each."""
    checks: dict[str, Statement] = {}
    for planned in planned_calls(contract):
        for parameter in planned.parameters:
            table = guards.names.get(Use(parameter.type or "", padded=False))
            most = parameter.max_length
            if not parameter.bound or parameter.fixed is not None or not (table or most):
                continue
            options: dict[str, Expression] = {}
            if table:
                options["form"] = Attribute(TABLES, table)
            if most is not None:
                options["most"] = Number(most)
            name, rule = Text(parameter.python_name), rule_of(contract, parameter)
            check = call(Attribute(account, "check_form"), name, rule, **options)
            checks.setdefault(parameter.python_name, Evaluate(check))
    return tuple(checks.values())


def default_binding(contract: Contract) -> str:
    """Return the name of the member of Binding that clients use by default.

    It is the first that the leading service has. If ports of a kind differ in their operations, it
    is the first of those with the most.
    """
    service = contract.service
    leading = {port.binding.kind for port in service.ports if port.service == service.name}
    kinds = [port.binding.kind for port in service.ports]
    offered = {kind: 0 for kind in MEMBERS if kind in (leading or kinds)}
    if len({*kinds}) < len(kinds):
        for port in service.ports:
            if port.binding.kind in offered:
                offered[port.binding.kind] += len(port.binding.operations)
    return MEMBERS[max(offered, key=lambda kind: offered[kind])]
