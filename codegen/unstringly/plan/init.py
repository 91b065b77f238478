"""Plans `__init__.py`: the public names of a package, and which of them are imported on first use.

Importing a package to parse with it stays cheap: what needs sockets, or packages that may not be
there, is imported when it is first asked for. Where a record or type is called as something that
the package itself offers, the name is the package's: `records` and `types` have the other.
"""

from collections.abc import Collection, Iterator

from msgspec import Struct

from unstringly.model.contract import Contract
from unstringly.model.spec import PackagePart
from unstringly.plan.vocabulary import words
from unstringly.python.imports import import_lines, in_order
from unstringly.python.nodes import Dict, Name, Symbol, Text
from unstringly.python.statement_nodes import Assign, Docstring

_Names = dict[str, tuple[str, ...]]
"""Public names, by the modules that have them."""

_TEXT: _Names = {
    "_runtime.text.parsed": ("Malformed", "Parsed", "Piece", "RecordPiece", "Separator", "Span"),
}
_CLIENT: _Names = {"_runtime.wire.bindings": ("Binding",)}
_CLIENT_ON_FIRST_USE: _Names = {
    "_runtime.client.addresses": ("PlainTextWarning",),
    "_runtime.transports.async_http_transport": ("AsyncHttpTransport",),
    "_runtime.wire.exchange": ("AsyncTransport", "Request", "Response", "SendFailed", "Transport"),
    "_runtime.transports.http_transport": ("HttpTransport",),
    "async_client": ("AsyncClient",),
    "client": ("Client",),
    "journal": ("FileJournal", "JournalEntry", "JournalResult", "read_journal"),
}
_IN_PROCESS: _Names = {
    "_runtime.testing.in_process": ("AsyncInProcessTransport", "InProcessTransport"),
}
_IF_INSTALLED: _Names = {
    "_runtime.transports.httpx_transport": ("HttpxAsyncTransport", "HttpxTransport")
}
"""These are not in `__all__`: a star import must not need httpx2."""

_MODULES = (
    *("addresses", "async_client", "callbacks", "client", "data_sets", "documents"),
    *(
        "emulator",
        "errors",
        "formatters",
        "journal",
        "languages",
        "message_tables",
        "messages",
        "operations",
    ),
    *("parsers", "records", "server"),
    *("strategies", "tables", "testing", "types"),
)


class Public(Struct, frozen=True):
    """The names that modules of the package have for it; those without any are not there."""

    languages: tuple[str, ...]
    errors: tuple[str, ...]
    types: tuple[str, ...]
    records: tuple[str, ...]
    parsers: tuple[str, ...]
    formatters: tuple[str, ...]
    callbacks: tuple[str, ...]


class Init(Struct, frozen=True):
    """The view of `__init__.py`; `late` and `rows` have what is imported on first use.

    `uses` are all public names that are not the module's own.
    """

    doc: Docstring
    version: str
    eager: str
    late: str
    names: tuple[str, ...]
    rows: tuple[Assign, ...]
    uses: tuple[Symbol, ...]


def init_view(contract: Contract, public: Public, version: str) -> Init:
    """The view of `__init__.py`."""
    late, optional = _on_first_use(contract.spec.package_parts, public)
    fixed = _TEXT | (_CLIENT if PackagePart.CLIENT in contract.spec.package_parts else {})
    fixed |= {"languages": public.languages, "errors": public.errors}
    own = {*_MODULES, *_names_in(fixed), *_names_in(late), *_names_in(optional)}
    users = {"types": public.types, "records": public.records}
    left_out = {module: [name for name in names if name in own] for module, names in users.items()}
    eager = fixed | {
        module: tuple(name for name in names if name not in own) for module, names in users.items()
    }
    eager |= {"parsers": public.parsers, "formatters": public.formatters}
    rows = sorted(
        (name, module)
        for table in (late, optional)
        for module, offered in table.items()
        for name in offered
    )
    entries = tuple((Text(name), Text(f".{module}")) for name, module in rows)
    table = Assign((Name("_ON_FIRST_USE"),), Dict(entries, expanded=True))
    return Init(
        Docstring("\n\n".join(filter(None, (_package_words(contract), _left_out(left_out))))),
        version,
        import_lines(_symbols(eager)),
        "\n".join(_late_imports(late, optional)),
        tuple(in_order([*_names_in(eager), *_names_in(late)])),
        (table,) if rows else (),
        tuple(_symbols(eager | late | optional)),
    )


def _on_first_use(parts: Collection[PackagePart], public: Public) -> tuple[_Names, _Names]:
    """Return the table of what is imported on first use, with the packages that it may need."""
    if PackagePart.CLIENT not in parts:
        return {}, {}
    late = _CLIENT_ON_FIRST_USE | {"callbacks": public.callbacks}
    if PackagePart.TESTING in parts:
        late |= _IN_PROCESS
    return {module: names for module, names in late.items() if names}, _IF_INSTALLED


def _names_in(table: _Names) -> Iterator[str]:
    return (name for names in table.values() for name in names)


def _symbols(table: _Names) -> dict[Symbol, str]:
    symbols = (Symbol(f".{module}", name) for module, names in table.items() for name in names)
    return {symbol: symbol.name for symbol in symbols}


def _late_imports(late: _Names, optional: _Names) -> Iterator[str]:
    """Return the imports for type checkers; a name that is not in `__all__` keeps its name."""
    for module, names in sorted({**late, **optional}.items()):
        if module in optional:
            yield from (f"from .{module} import {name} as {name}" for name in names)
        else:
            yield import_lines(_symbols({module: names}), depth=1)


def _left_out(left_out: dict[str, list[str]]) -> str:
    """Return the paragraph on records and types whose names the package has for others."""
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
