"""Plans `testing.py`: the service in memory, where the package has an emulator."""

from msgspec import Struct
from msgspec.structs import replace

from unstringly.model.calls import free_name
from unstringly.model.contract import Contract
from unstringly.plan.bound import bound_parameters
from unstringly.plan.client_making import common_parameters
from unstringly.python.build import STR, call
from unstringly.python.imports import in_order
from unstringly.python.nodes import Attribute, Expression, Name, Symbol, Text
from unstringly.python.statement_nodes import Function, Parameter, Return
from unstringly.python.symbols import CALLABLE, runtime

_EMULATION = "testing.emulation"
_SERVING = "testing.emulator_serving"
_IN_PROCESS = "testing.in_process"
_POSTING = "testing.posting"
_CLIENT = Symbol(".client", "Client")
_EMULATOR = Symbol(".emulator", "Emulator")


class Testing(Struct, frozen=True):
    """The view of `testing.py`: functions that make clients, and the name of pytest's fixture."""

    package: str
    names: tuple[str, ...]
    fixture: str
    clients: tuple[Function, ...]
    uses: tuple[Symbol, ...] = (
        CALLABLE,
        _EMULATOR,
        Symbol(".emulator", "PATH"),
        Symbol("collections.abc", "Generator"),
        Symbol("contextlib", "AbstractContextManager"),
        Symbol("contextlib", "contextmanager"),
        Symbol("sys", "argv"),
        Symbol("typing", "TYPE_CHECKING"),
        *(runtime(_EMULATION, name) for name in ("Clock", "Fault")),
        runtime(_SERVING, "serving_emulator"),
        runtime(_SERVING, "serve_as_command"),
        runtime(_SERVING, "serve_until_interrupted"),
    )
    posting: tuple[Symbol, ...] = ()


OFFERED = ("PATH", "Clock", "Emulator", "Fault", "post", "post_to")
"""The names of other modules that the module may offer."""

_TAKEN = ("binding", "timeout", "journal", "validate", "retries", "when_too_soon")
"""The parameters of all clients that those of an emulator have, too."""

_DEMO = Text("demo")
"""The default of what belongs to an account: emulators begin with one of that name."""

_NAMES = ("PATH", "Clock", "Emulator", "Fault", "async_client", "client", "emulator")
_SERVE = ("serve", "serving")
_POSTED = ("post", "post_to")


def testing_view(contract: Contract) -> Testing:
    """The view of `testing.py`; pushes can be posted where the service has some."""
    package = contract.spec.package
    posted = _POSTED if contract.spec.callbacks else ()
    fixture = f"{package}_emulator"
    return Testing(
        package,
        tuple(in_order([*_NAMES, fixture, *posted, *_SERVE])),
        fixture,
        (_sync_client(contract), _async_client(contract)),
        posting=tuple(runtime(_POSTING, name) for name in posted),
    )


def _sync_client(contract: Contract) -> Function:
    transport = runtime(_IN_PROCESS, "InProcessTransport")
    doc = "A client of an emulator in this process; close it when you are done."
    return _maker(contract, "client", _CLIENT, _CLIENT, transport, doc, is_async=False)


def _async_client(contract: Contract) -> Function:
    """Return the function for tasks, which imports their client when it is called."""
    transport = runtime(_IN_PROCESS, "AsyncInProcessTransport")
    late = call(Name("_async_client"))
    returns = Text("AsyncClient")
    return _maker(
        contract, "async_client", late, returns, transport, "The same for tasks.", is_async=True
    )


def _maker(
    contract: Contract,
    name: str,
    client: Expression,
    returns: Expression,
    transport: Symbol,
    doc: str,
    *,
    is_async: bool,
) -> Function:
    """Return a function that makes a client of an emulator, which does not wait for pauses."""
    bound = [parameter.name for parameter in bound_parameters(contract)]
    emulator = free_name("emulator", bound)
    common = {each.name: each for each in common_parameters(contract, is_async=is_async)}
    common["when_too_soon"] = replace(common["when_too_soon"], default=Text("raise"))
    given: dict[str, Expression] = {
        "base_url": Attribute(Name(emulator), "address"),
        "transport": call(transport, Attribute(Name(emulator), "app")),
    }
    passed = {each: given.get(each, Name(each)) for each in common if each in (*_TAKEN, *given)}
    arguments = {each: Name(each) for each in bound} | passed
    own = tuple(Parameter(each, STR, _DEMO) for each in bound)
    return Function(
        name,
        (Parameter(emulator, _EMULATOR),),
        returns,
        (Return(call(client, **arguments)),),
        doc=doc,
        keyword_only=(*own, *(common[each] for each in _TAKEN)),
    )
