"""The named components of a WSDL, found by qualified name; those of its schemas are beside them.

Each kind of component has names of its own (WSDL 1.1, section 2.1.1; XML Schema part 1, section
2.5): a type and an element may have the same name.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from unstringly.diagnostics import Diagnostic
from unstringly.model.service import QName
from unstringly.read.wsdl.elements import Origins, name_of, reference
from unstringly.read.wsdl.findings import Refused, keep, quoted, quoted_address, suggestion
from unstringly.read.wsdl.names import MOST_COMPARED, NOT_THERE, UNRESOLVED, duplicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xsdata.models.wsdl import Binding, Message, PortType

    from unstringly.read.wsdl.components import Components
    from unstringly.read.wsdl.models import Sources
    from unstringly.read.wsdl.xml import Node

C = TypeVar("C")


class Symbols(Struct, Generic[C], frozen=True):
    """The components of one kind by name; `kind` is the word for it in messages.

    With `whole`, a component of which a part was left out is refused.
    """

    kind: str
    by_name: Mapping[QName, C]
    origins: Origins
    whole: bool

    def referred(self, node: Node, attribute: str) -> C:
        """Return the component that an attribute of an element names; raises `Refused`."""
        return self.get(node, reference(node, attribute))

    def get(self, node: Node, name: QName) -> C:
        """Return the component of a name that an element refers to.

        Raises `Refused` if there is none, or if it was not read whole and has to be.
        """
        component = self.by_name.get(name)
        if component is None:
            raise Refused(self.unresolved(node, name))
        if self.whole:
            self.origins.intact(component)
        return component

    def unresolved(self, node: Node, name: QName) -> Diagnostic:
        """Return the finding (W111) for a name that is not declared, to which an element refers."""
        message = f"there is no {self.kind} {quoted(name.local)} in namespace "
        message += quoted_address(name.namespace)
        known = list(islice(self.by_name, MOST_COMPARED))
        others = [other for other in known if other.local == name.local]
        alike = [other.local for other in known if other.namespace == name.namespace]
        advice = suggestion(name.local, alike)
        if others:
            elsewhere = quoted_address(others[0].namespace)
            advice = f"There is one in namespace {elsewhere}: check the prefix in your copy."
        return Diagnostic(UNRESOLVED, node.span, message, advice or NOT_THERE)


class Catalog(Struct, frozen=True):
    """All components of a WSDL and its schemas that can be referred to by name."""

    origins: Origins
    messages: Symbols[Message]
    port_types: Symbols[PortType]
    bindings: Symbols[Binding]
    components: Components


def build_catalog(
    sources: Sources, components: Components
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """Index the components of all documents; return the index, and findings for bad names."""
    findings: list[Diagnostic] = []

    def index(
        kind: str, components: Iterable[tuple[str | None, C]], *, whole: bool = True
    ) -> Symbols[C]:
        symbols, problems = _index(kind, components, sources.origins, whole=whole)
        findings.extend(problems)
        return symbols

    documents = sources.definitions
    catalog = Catalog(
        sources.origins,
        index("message", [(d.target_namespace, m) for d in documents for m in d.messages]),
        index(
            "port type",
            [(d.target_namespace, p) for d in documents for p in d.port_types],
            whole=False,
        ),
        index(
            "binding", [(d.target_namespace, b) for d in documents for b in d.bindings], whole=False
        ),
        components,
    )
    return catalog, tuple(findings)


def _index(
    kind: str, components: Iterable[tuple[str | None, C]], origins: Origins, *, whole: bool
) -> tuple[Symbols[C], tuple[Diagnostic, ...]]:
    by_name: dict[QName, C] = {}

    def add(item: tuple[str | None, C]) -> None:
        namespace, component = item
        node = origins[component]
        name = QName(namespace or "", name_of(node))
        if name in by_name:
            raise Refused(duplicate(kind, name.local, node.span, origins[by_name[name]].span))
        by_name[name] = component

    _, findings = keep(components, add)
    return Symbols(kind, by_name, origins, whole), findings


def distinct(
    kind: str, components: Iterable[C], origins: Origins
) -> tuple[dict[str, C], tuple[Diagnostic, ...]]:
    """Return the components inside another one by local name, and findings for bad names."""
    unqualified = [(None, component) for component in components]
    symbols, findings = _index(kind, unqualified, origins, whole=False)
    return {name.local: component for name, component in symbols.by_name.items()}, findings
