"""Plans `__init__.py`: the public names of a package, and which of them are imported on first use.

Importing a package to parse with it stays cheap: what needs sockets, or packages that may not be
there, is imported when it is first asked for. Where a record or type is called as something that
the package itself offers, the name is the package's: `records` and `types` have the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from unstringly.model.contract import Contract
from unstringly.plan.vocabulary import words
from unstringly.python.imports import import_lines, in_order
from unstringly.python.nodes import Dict, Name, Symbol, Text
from unstringly.python.statement_nodes import Assign, Docstring

_RUNTIME: dict[str, tuple[str, ...]] = {
    "_runtime.wire.bindings": ("Binding",),
    "_runtime.text.parsed": ("Malformed", "Parsed", "Piece", "RecordPiece", "Separator", "Span"),
}
_ON_FIRST_USE: dict[str, tuple[str, ...]] = {
    "_runtime.client.addresses": ("PlainTextWarning",),
    "_runtime.transports.async_http_transport": ("AsyncHttpTransport",),
    "_runtime.wire.exchange": ("AsyncTransport", "Request", "Response", "SendFailed", "Transport"),
    "_runtime.transports.http_transport": ("HttpTransport",),
    "_runtime.testing.in_process": ("AsyncInProcessTransport", "InProcessTransport"),
    "async_client": ("AsyncClient",),
    "client": ("Client",),
    "journal": ("FileJournal", "JournalEntry", "JournalResult", "read_journal"),
}
_IF_INSTALLED: dict[str, tuple[str, ...]] = {
    "_runtime.transports.httpx_transport": ("HttpxAsyncTransport", "HttpxTransport")
}
"""These are not in `__all__`: a star import must not need httpx2."""

_PACKAGE_NAMES = frozenset(
    name
    for table in (_RUNTIME, _ON_FIRST_USE, _IF_INSTALLED)
    for names in table.values()
    for name in names
)
"""The names that every package offers itself."""


_MODULES = (
    *("addresses", "async_client", "callbacks", "client", "documents", "emulator", "errors"),
    *("formatters", "journal", "languages", "operations", "parsers", "records", "server"),
    *("strategies", "tables", "testing", "types"),
)


@dataclass(frozen=True, slots=True)
class Public:
    """The names that modules of the package have for it."""

    has_codes: bool
    errors: tuple[str, ...]
    types: tuple[str, ...]
    records: tuple[str, ...]
    parsers: tuple[str, ...]
    formatters: tuple[str, ...]
    callbacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Init:
    """The view of `__init__.py`."""

    doc: Docstring
    version: str
    eager: str
    late: str
    names: tuple[str, ...]
    rows: Assign


def init_view(contract: Contract, public: Public, version: str) -> Init:
    """The view of `__init__.py`."""
    late = dict(_ON_FIRST_USE)
    if public.callbacks:
        late["callbacks"] = public.callbacks
    own = {"Language", *_PACKAGE_NAMES, *_MODULES, *public.errors, *public.callbacks}
    users = {"types": public.types, "records": public.records}
    left_out = {module: [name for name in names if name in own] for module, names in users.items()}
    eager = {**_RUNTIME, "errors": public.errors}
    if public.has_codes:
        eager["languages"] = ("Language",)
    eager |= {
        module: tuple(name for name in names if name not in own) for module, names in users.items()
    }
    eager |= {"parsers": public.parsers, "formatters": public.formatters}
    names = [name for table in (eager, late) for offered in table.values() for name in offered]
    rows = sorted(
        (name, module)
        for table in (late, _IF_INSTALLED)
        for module, offered in table.items()
        for name in offered
    )
    entries = tuple((Text(name), Text(f".{module}")) for name, module in rows)
    return Init(
        Docstring("\n\n".join(filter(None, (_package_words(contract), _left_out(left_out))))),
        version,
        import_lines(_symbols(eager)),
        "\n".join(_late_imports(late)),
        tuple(in_order(names)),
        Assign((Name("_ON_FIRST_USE"),), Dict(entries, expanded=True)),
    )


def _symbols(table: dict[str, tuple[str, ...]]) -> dict[Symbol, str]:
    symbols = (Symbol(f".{module}", name) for module, names in table.items() for name in names)
    return {symbol: symbol.name for symbol in symbols}


def _late_imports(late: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """What type checkers see; a name that is not in `__all__` is imported as itself."""
    for module, names in sorted({**late, **_IF_INSTALLED}.items()):
        if module in _IF_INSTALLED:
            yield from (f"from .{module} import {name} as {name}" for name in names)
        else:
            yield import_lines(_symbols({module: names}), depth=1)


def _left_out(left_out: dict[str, list[str]]) -> str:
    """What is said of records and types whose names the package has for something else."""
    names = [f"`{module}.{name}`" for module, names in left_out.items() for name in names]
    return f"Under a name of the package's own, and not here: {', '.join(names)}." if names else ""


def _package_words(contract: Contract) -> str:
    spec = contract.spec
    parts = [words(spec.words) or f"Typed access to the service {contract.service.name}."]
    if spec.document.title:
        source = " ".join(
            part
            for part in (spec.document.title, spec.document.version, spec.document.date)
            if part
        )
        parts.append(f"Source: {source}.")
    return "\n\n".join(parts)
