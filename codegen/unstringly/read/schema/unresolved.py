"""References that lead to nothing, and where that may be."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct, field

from unstringly.diagnostics import Diagnostic
from unstringly.read.wsdl.elements import place
from unstringly.read.wsdl.findings import quoted, quoted_address, suggestion
from unstringly.read.wsdl.names import MOST_COMPARED, NOT_THERE, UNRESOLVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unstringly.model.schema_names import ComponentName, Kind
    from unstringly.model.schema_walks import Reference

_MOST_SUGGESTED = 50
"""Unknown names for which another one is looked for."""


class Unresolved(Struct):
    """The names of all components, and the findings for those that are not among them."""

    missing: Mapping[str, Diagnostic]
    by_namespace: dict[tuple[Kind, str], list[str]] = field(
        default_factory=dict["tuple[Kind, str]", list[str]]
    )
    by_local: dict[tuple[Kind, str], str] = field(default_factory=dict["tuple[Kind, str]", str])
    helps: dict[ComponentName, str] = field(default_factory=dict["ComponentName", str])

    def learn(self, names: Iterable[ComponentName]) -> None:
        """Take in the names of the components that there are."""
        for name in names:
            if not name.way:
                self.by_namespace.setdefault((name.kind, name.namespace), []).append(name.local)
                self.by_local.setdefault((name.kind, name.local), name.namespace)

    def finding(self, reference: Reference) -> Diagnostic:
        """Return the finding (W111) for a reference to a component that is not declared."""
        name, span = reference
        if name not in self.helps:
            self.helps[name] = self._help(name)
        message = f"there is no {name.kind} {quoted(name.local)} in namespace "
        message += quoted_address(name.namespace)
        return Diagnostic(UNRESOLVED, span, message, self.helps[name])

    def _help(self, name: ComponentName) -> str:
        import_ = self.missing.get(name.namespace)
        other = self.by_local.get((name.kind, name.local))
        if import_ is not None and (name.namespace or other is None):
            return f"See the finding at {place(import_.span)}: that document may declare it."
        if other is not None:
            there = quoted_address(other)
            return f"There is one in namespace {there}: check the prefix in your copy."
        if len(self.helps) >= _MOST_SUGGESTED:
            return NOT_THERE
        alike = self.by_namespace.get((name.kind, name.namespace), [])
        return suggestion(name.local, islice(alike, MOST_COMPARED)) or NOT_THERE
