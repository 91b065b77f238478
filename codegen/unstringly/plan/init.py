"""Plans `__init__.py`: the public names of a package, and which of them are imported on first use.

Importing a package to parse with it stays cheap: what needs sockets, or packages that may not be
there, is imported when it is first asked for.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from unstringly.model.contract import Contract
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import docstring, quoted
from unstringly.plan.vocabulary import words

_EAGER: dict[str, tuple[str, ...]] = {
    "_runtime.wire.bindings": ("Binding",),
    "_runtime.text.codes": ("Language",),
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


def init_view(
    contract: Contract, views: Mapping[str, Mapping[str, object]], version: str
) -> dict[str, object]:
    """The view of `__init__.py`."""
    eager = dict(_EAGER)
    for name in ("errors", "types", "records", "parsers", "formatters"):
        eager[name] = tuple(cast("list[str]", views[name]["names"]))
    late_names = _ON_FIRST_USE
    if "callbacks" in views:
        pushes = tuple(cast("list[str]", views["callbacks"]["names"]))
        late_names = late_names | {"callbacks": pushes}
    public = in_order(
        name for table in (eager, late_names) for names in table.values() for name in names
    )
    late = sorted(
        (name, module)
        for table in (late_names, _IF_INSTALLED)
        for module, names in table.items()
        for name in names
    )
    return {
        "doc": docstring(_package_words(contract)),
        "version": quoted(version),
        "imports": "\n".join(
            _import(module, names) for module, names in sorted(eager.items()) if names
        ),
        "late_imports": "\n".join(_late_imports(late_names)),
        "names": [quoted(name) for name in public],
        "rows": [f"{quoted(name)}: {quoted('.' + module)}" for name, module in late],
    }


def _late_imports(late_names: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What type checkers see; a name that is not in `__all__` is imported as itself."""
    for module, names in sorted({**late_names, **_IF_INSTALLED}.items()):
        if module in _IF_INSTALLED:
            yield from (f"from .{module} import {name} as {name}" for name in names)
        else:
            yield _import(module, names, indent=4)


def _import(module: str, names: tuple[str, ...], indent: int = 0) -> str:
    imports = Imports()
    for name in names:
        imports.name(f".{module}", name)
    return imports.lines(indent=indent)


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
