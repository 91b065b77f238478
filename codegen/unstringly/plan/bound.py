"""What is given to a client once, for all of its calls."""

from dataclasses import dataclass, replace

from unstringly.model.contract import Contract
from unstringly.model.spec import Parameter
from unstringly.plan.calls import planned_calls
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
    return tuple(BoundParameter(each.python_name, _signature(each), each.secret) for each in given)


def _signature(parameter: Parameter) -> statement_nodes.Parameter:
    """A secret may be a function that gives it."""
    function = generic(CALLABLE, Display("list", ()), STR)
    type_ = union([STR, function]) if parameter.secret else STR
    default = None if parameter.default is None else Text(parameter.default)
    return statement_nodes.Parameter(parameter.python_name, type_, default)
