"""Plans a whole package: every file that is generated, and where each name comes from."""

from collections.abc import Mapping

from unstringly import __version__
from unstringly.compile.compiled import Compiled
from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract
from unstringly.model.languages import languages_of
from unstringly.model.parts import is_leaf
from unstringly.model.spec import PackagePart
from unstringly.plan.addresses import addresses_view
from unstringly.plan.answers import OFFERED as ANSWERS_OFFERED
from unstringly.plan.answers import answers_view
from unstringly.plan.callbacks import callbacks_view
from unstringly.plan.clients import client_view
from unstringly.plan.data_sets import data_set_modules, declared_rows
from unstringly.plan.documents import documents_view
from unstringly.plan.emulator import BOUND, emulator_view
from unstringly.plan.errors import errors_view, own_names
from unstringly.plan.formatters import formatters_view
from unstringly.plan.grammar_tables import grammar_tables
from unstringly.plan.guards import guards_of
from unstringly.plan.init import Public, init_view
from unstringly.plan.journal import journal_view
from unstringly.plan.languages import languages_view
from unstringly.plan.messages.modules import message_modules
from unstringly.plan.module import Module, View
from unstringly.plan.operations_module import operations_view
from unstringly.plan.parsers import parsers_view
from unstringly.plan.records import records_view
from unstringly.plan.samples import samples_of
from unstringly.plan.server import server_view
from unstringly.plan.strategies import strategies_view
from unstringly.plan.structures import fault_classes
from unstringly.plan.tables import tables_view
from unstringly.plan.testing import OFFERED, testing_view
from unstringly.plan.types import types_view
from unstringly.python.literals import WIDTH, comment, display_width
from unstringly.shapes.service import Shaped

_NO_SHAPES = Shaped()


def plan_package(
    contract: Contract, compiled: Compiled, version: str, shaped: Shaped = _NO_SHAPES
) -> tuple[Module, ...]:
    """The modules of the contract's package, which says that it has this version.

    There are those of the parts that the spec asks for. The module for tests against an emulator
    is `plan_emulator`'s.
    """
    parts = contract.spec.package_parts
    guards = guards_of(contract, compiled)
    samples = samples_of(contract, compiled)
    types, records = types_view(contract), records_view(contract)
    parsers = parsers_view(contract, guards, samples)
    formatters = formatters_view(contract, guards, samples)
    faults = fault_classes(shaped, own_names(contract))
    errors = errors_view(contract, shaped, faults)
    declared = {symbol.name for symbol in faults.values()}
    views: dict[str, View] = {
        "types": types,
        "records": records,
        "parsers": parsers,
        "formatters": formatters,
        "tables": tables_view(contract, compiled, guards),
        "errors": errors,
    }
    offered = dict(_OFFERED) | {"errors": errors.names}
    languages: tuple[str, ...] = ()
    pushes: tuple[str, ...] = ()
    bound = dict(_BOUND)
    if any(kind_of(leaf).codes for leaf in filter(is_leaf, contract.definitions.values())):
        view = views["languages"] = languages_view(languages_of(contract.spec))
        languages = view.names
    if not parts.isdisjoint((PackagePart.CLIENT, PackagePart.SERVER)):
        views["operations"] = operations_view(contract, guards, shaped, faults)
    headers = answers_view(contract, shaped)
    if headers is not None and "operations" in views:
        views["answers"] = headers
        bound |= {"client": ("Answers", "Client"), "async_client": ("Answers", "AsyncClient")}
    if PackagePart.CLIENT in parts:
        views["addresses"] = addresses_view(contract)
        views["client"] = client_view(contract, guards, shaped, is_async=False)
        views["async_client"] = client_view(contract, guards, shaped, is_async=True)
        views["journal"] = journal_view(contract, shaped)
    if PackagePart.SERVER in parts:
        views["server"] = server_view(contract, shaped)
        views["documents"] = documents_view(contract)
    if PackagePart.TESTING in parts:
        views["strategies"] = strategies_view(contract, guards, shaped)
    if PackagePart.CLIENT in parts and contract.spec.callbacks:
        callbacks = views["callbacks"] = callbacks_view(contract, samples)
        pushes = callbacks.names
        bound["callbacks"] = (*bound["callbacks"], *callbacks.known)
    views["__init__"] = init_view(
        contract,
        Public(
            languages=languages,
            errors=tuple(name for name in errors.names if name not in declared),
            types=types.names,
            records=records.names,
            parsers=parsers.names,
            formatters=formatters.names,
            callbacks=pushes,
        ),
        version,
    )
    header = _header(contract)
    messages: tuple[Module, ...] = ()
    if shaped.shapes is not None:
        encoded = any(own.is_encoded for own in (shaped.operations or {}).values())
        spec = contract.spec
        grammars = grammar_tables(contract, compiled)
        messages = message_modules(
            shaped.shapes,
            spec.package,
            header,
            grammars,
            is_encoded=encoded,
            rows=declared_rows(spec),
        )
        messages += data_set_modules(shaped.shapes, spec, header)
    return messages + tuple(
        Module(
            f"{contract.spec.package}/{name}.py",
            f"{name.strip('_')}.py.jinja",
            header,
            view,
            own=f".{name}",
            bound=bound.get(name, ()),
            offered=offered.get(name, ()),
        )
        for name, view in views.items()
    )


_BOUND: Mapping[str, tuple[str, ...]] = {
    "client": ("Client",),
    "async_client": ("AsyncClient",),
    "journal": ("path", "read_journal"),
    "documents": ("DOCUMENTS",),
    "server": (
        *("answered", "asked", "create_app", "handlers", "handler_timeout", "handling"),
        *("max_bytes", "path", "public_url", "threads", "timeout"),
    ),
    "callbacks": (
        *("create_push_app", "handle", "handler_timeout", "journal", "max_bytes", "path"),
        *("refused_bytes", "threads", "timeout"),
    ),
    "testing": ("clock", "emulator", "found", "http", "name", "port", "serve", "serving", "tell"),
}
"""The names that the fixed text of templates binds, by module."""

_OFFERED: Mapping[str, tuple[str, ...]] = {
    "answers": ANSWERS_OFFERED,
    "callbacks": ("InvalidPush",),
    "journal": ("FileJournal",),
    "server": ("NotAuthenticated", "Presented", "Secret"),
}
"""The names of the runtime that modules offer as they are."""


def plan_drawn_emulator(
    contract: Contract, compiled: Compiled, shaped: Shaped
) -> tuple[Module, ...]:
    """The emulator of a service that brings none, where it has all that it needs."""
    if not (contract.spec.takes_emulator and contract.operations):
        return ()
    view = emulator_view(contract, shaped, samples_of(contract, compiled))
    module = Module(
        f"{contract.spec.package}/emulator.py",
        "emulator.py.jinja",
        _header(contract),
        view,
        own=".emulator",
        bound=(*view.names, *BOUND),
    )
    return (module,)


def plan_emulator(contract: Contract) -> tuple[Module, ...]:
    """The module for tests against the service's emulator."""
    view = testing_view(contract)
    path = f"{contract.spec.package}/testing.py"
    module = Module(
        path,
        "testing.py.jinja",
        _header(contract),
        view,
        bound=(view.fixture, *_BOUND["testing"]),
        offered=OFFERED,
    )
    return (module,)


def _header(contract: Contract) -> str:
    """The comment at the top of each module, on two lines if one is too long."""
    made = f"Generated by unstringly {__version__}"
    sources = f"from {contract.spec.wsdl} and grammar.yaml"
    whole = comment(f"{made} {sources}. Do not edit.")
    if display_width(f"# {whole}") <= WIDTH:
        return whole
    return f"{made}. Do not edit.\n# Made {comment(sources)}."
