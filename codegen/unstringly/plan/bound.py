"""The parameters that are given to a client once, for all of its calls."""

from msgspec import Struct
from msgspec.structs import replace

from unstringly.model.calls import planned_calls
from unstringly.model.contract import Contract
from unstringly.model.spec import Parameter
from unstringly.plan.assertions import with_credentials
from unstringly.python import statement_nodes
from unstringly.python.build import STR, generic, union
from unstringly.python.nodes import Display, Text
from unstringly.python.symbols import CALLABLE

_SECRET = union([STR, generic(CALLABLE, Display("list", ()), STR)])


class BoundParameter(Struct, frozen=True):
    """A parameter that is given to the client, under its Python name."""

    name: str
    is_secret: bool = False
    default: str | None = None

    @property
    def signature(self) -> statement_nodes.Parameter:
        """Return the parameter of the client; a secret may also be a function that returns it."""
        type_ = _SECRET if self.is_secret else STR
        default = None if self.default is None else Text(self.default)
        return statement_nodes.Parameter(self.name, type_, default)

    def also_of(self, parameter: Parameter) -> "BoundParameter":
        """Return the parameter as it is when a call has it too."""
        return replace(
            self,
            is_secret=self.is_secret or parameter.secret,
            default=None if parameter.default is None else self.default,
        )


_CREDENTIALS = (BoundParameter("username"), BoundParameter("password", is_secret=True))


def bound_parameters(contract: Contract) -> tuple[BoundParameter, ...]:
    """Return the parameters that all calls of an account share, each once, with a default last.

    A parameter is secret if one of the calls says so, and has a default if all of them have one.
    Where credentials are sent, `username` and `password` are among them: a parameter of the grammar
    with such a name is the same one, and what the grammar says of it holds.
    """
    shared: dict[str, BoundParameter] = {}
    for planned in planned_calls(contract):
        for parameter in planned.parameters:
            if parameter.bound:
                name = parameter.python_name
                first = shared.setdefault(name, BoundParameter(name, default=parameter.default))
                shared[name] = first.also_of(parameter)
    if with_credentials(contract):
        credentials = {own.name: _joined(own, shared.get(own.name)) for own in _CREDENTIALS}
        shared = credentials | {
            name: own for name, own in shared.items() if name not in credentials
        }
    return tuple(sorted(shared.values(), key=lambda parameter: parameter.default is not None))


def _joined(own: BoundParameter, said: BoundParameter | None) -> BoundParameter:
    """Return a credential as the grammar has it; a password is secret whatever that says."""
    return own if said is None else replace(said, is_secret=own.is_secret or said.is_secret)
