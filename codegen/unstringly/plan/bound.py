"""The parameters that are given to a client once, for all of its calls."""

from dataclasses import dataclass, replace

from unstringly.model.calls import planned_calls
from unstringly.model.contract import Contract
from unstringly.model.spec import Parameter
from unstringly.python import statement_nodes
from unstringly.python.build import STR, generic, union
from unstringly.python.nodes import Display, Text
from unstringly.python.symbols import CALLABLE


@dataclass(frozen=True, slots=True)
class BoundParameter:
    """A parameter that is given to the client, under its Python name."""

    name: str
    signature: statement_nodes.Parameter
    is_secret: bool


def bound_parameters(contract: Contract) -> tuple[BoundParameter, ...]:
    """Return the parameters that all calls of an account share, each once, with a default last.

    A parameter is secret if one of the calls says so, and has a default if all of them have one.
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
    ordered = sorted(shared.values(), key=lambda parameter: parameter.default is not None)
    return tuple(
        BoundParameter(parameter.python_name, _signature(parameter), parameter.secret)
        for parameter in ordered
    )


def _signature(parameter: Parameter) -> statement_nodes.Parameter:
    """Return a parameter of the client; a secret may also be a function that returns it."""
    function = generic(CALLABLE, Display("list", ()), STR)
    type_ = union([STR, function]) if parameter.secret else STR
    default = None if parameter.default is None else Text(parameter.default)
    return statement_nodes.Parameter(parameter.python_name, type_, default)
