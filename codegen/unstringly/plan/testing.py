"""Plans `testing.py`: the service in memory, where the package has an emulator."""

from dataclasses import dataclass

from unstringly.model.calls import free_name
from unstringly.model.contract import Contract
from unstringly.plan.bound import bound_parameters
from unstringly.plan.client_making import default_binding
from unstringly.python.imports import in_order
from unstringly.python.nodes import Symbol
from unstringly.python.symbols import (
    BINDING,
    CALLABLE,
    JOURNAL_WRITER,
    WHEN_TOO_SOON,
    runtime,
)

_EMULATION = "testing.emulation"
_SERVING = "testing.emulator_serving"
_IN_PROCESS = "testing.in_process"
_POSTING = "testing.posting"


@dataclass(frozen=True, slots=True)
class Testing:
    """The view of `testing.py`; `bound` are the names of what each client is given.

    `emulator` is what the functions that make clients call their emulator, beside these; `fixture`
    is the name of the fixture for pytest.
    """

    package: str
    names: tuple[str, ...]
    fixture: str
    bound: tuple[str, ...]
    emulator: str
    default: str
    uses: tuple[Symbol, ...] = (
        *(CALLABLE, BINDING, JOURNAL_WRITER, WHEN_TOO_SOON),
        Symbol("collections.abc", "Generator"),
        Symbol("contextlib", "AbstractContextManager"),
        Symbol("contextlib", "contextmanager"),
        Symbol("sys", "argv"),
        Symbol("typing", "TYPE_CHECKING"),
        *(runtime(_EMULATION, name) for name in ("Clock", "Fault")),
        runtime(_SERVING, "serving_emulator"),
        runtime(_SERVING, "serve_as_command"),
        runtime(_SERVING, "serve_until_interrupted"),
        runtime(_IN_PROCESS, "AsyncInProcessTransport"),
        runtime(_IN_PROCESS, "InProcessTransport"),
        Symbol(".client", "Client"),
    )
    posting: tuple[Symbol, ...] = ()


OFFERED = ("Clock", "Fault", "post", "post_to")
"""The names of the runtime that the module may offer."""

_NAMES = ("PATH", "Clock", "Emulator", "Fault", "async_client", "client", "emulator")
_SERVE = ("serve", "serving")
_POSTED = ("post", "post_to")


def testing_view(contract: Contract) -> Testing:
    """The view of `testing.py`; pushes can be posted where the service has some."""
    package = contract.spec.package
    bound = tuple(each.name for each in bound_parameters(contract))
    posted = _POSTED if contract.spec.callbacks else ()
    fixture = f"{package}_emulator"
    return Testing(
        package,
        tuple(in_order([*_NAMES, fixture, *posted, *_SERVE])),
        fixture,
        bound,
        free_name("emulator", bound),
        default_binding(contract),
        posting=tuple(runtime(_POSTING, name) for name in posted),
    )
