"""The parameters that are given to a client once, for all of its calls."""

from dataclasses import dataclass, replace

from unstringly.model.calls import planned_calls
from unstringly.model.contract import Contract
from unstringly.model.spec import Parameter
from unstringly.plan.assertions import with_credentials
from unstringly.python import statement_nodes
from unstringly.python.build import STR, generic, union
from unstringly.python.nodes import Display, Text
from unstringly.python.symbols import CALLABLE

_CREDENTIALS = _USERNAME, _PASSWORD = "username", "password"
_SECRET = union([STR, generic(CALLABLE, Display("list", ()), STR)])


@dataclass(frozen=True, slots=True)
class BoundParameter:
    """A parameter that is given to the client, under its Python name."""

    name: str
    signature: statement_nodes.Parameter
    is_secret: bool


def bound_parameters(contract: Contract) -> tuple[BoundParameter, ...]:
    """Return the parameters that all calls of an account share, each once, with a default last.

    A parameter is secret if one of the calls says so, and has a default if all of them have one.
    Where credentials are sent, `username` and `password` are among them.
    """
    shared: dict[str, Parameter] = {}
    for planned in planned_calls(contract):
        for parameter in planned.parameters:
            if parameter.bound:
                first = shared.setdefault(parameter.python_name, parameter)
                shared[parameter.python_name] = replace(
                    first,
                    secret=first.secret or parameter.secret,
                    default=None if parameter.default is None else first.default,
                )
    if with_credentials(contract):
        return _with_credentials(shared)
    return _in_order(shared)


def _with_credentials(shared: dict[str, Parameter]) -> tuple[BoundParameter, ...]:
    """Return the parameters with those of credentials; one of the same name is the same."""
    others = {name: own for name, own in shared.items() if name not in _CREDENTIALS}
    own = (
        BoundParameter(_USERNAME, statement_nodes.Parameter(_USERNAME, STR), is_secret=False),
        BoundParameter(_PASSWORD, statement_nodes.Parameter(_PASSWORD, _SECRET), is_secret=True),
    )
    return (*own, *_in_order(others))


def _in_order(shared: dict[str, Parameter]) -> tuple[BoundParameter, ...]:
    """Return parameters, those with a default last."""
    ordered = sorted(shared.values(), key=lambda parameter: parameter.default is not None)
    return tuple(
        BoundParameter(parameter.python_name, _signature(parameter), parameter.secret)
        for parameter in ordered
    )


def _signature(parameter: Parameter) -> statement_nodes.Parameter:
    """Return a parameter of the client; a secret may also be a function that returns it."""
    type_ = _SECRET if parameter.secret else STR
    default = None if parameter.default is None else Text(parameter.default)
    return statement_nodes.Parameter(parameter.python_name, type_, default)
