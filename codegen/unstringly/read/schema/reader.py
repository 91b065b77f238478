"""Reading of the schemas of a WSDL into a `Schema`.

    path ─documents─▶ xsdata's models ─index─▶ models by name ─drafting─▶ drafts
    ─unresolved, ordering, finishing─▶ components ─spoiling─▶ Schema

Each step is a module of this room: `documents` (files, imports, chameleon includes), `vintages`
(drafts of XML Schema), `models` (elements to xsdata's models), `known` (schemas of standards),
`index` (names), `drafting` with `simple_types`, `attributes`, `elements` and `complex_types` (each
component by itself, in its `places`), `ordering` (bases first), `finishing` (what a component has
from its base) and `spoiling` (the reach of faults).

No input makes the reader raise, nothing is fetched, and no step calls itself: rows of types, groups
in groups and circles cost what they are long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, sorted_findings
from unstringly.model.schema import Component, Schema
from unstringly.model.schema_built_in import BUILT_IN
from unstringly.model.schema_content import ComplexType, Element
from unstringly.model.schema_simple import SimpleType
from unstringly.read.schema import documents as schema_documents
from unstringly.read.schema import places as schema_places
from unstringly.read.schema.drafts import Draft, definitions, draft_references
from unstringly.read.schema.finishing import check_attributes, finish
from unstringly.read.schema.ordering import order_by_definition
from unstringly.read.schema.places import WRONG
from unstringly.read.schema.spoiling import spoilt
from unstringly.read.schema.unresolved import Unresolved
from unstringly.read.wsdl.findings import Refused, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.model.schema_names import ComponentName
    from unstringly.read.schema.documents import Documents

    Faults = dict[ComponentName, tuple[Diagnostic, ...]]

RULES = (*schema_documents.RULES, *schema_places.RULES)


def read_schema(documents: Documents) -> tuple[Schema, tuple[Diagnostic, ...]]:
    """Return the schema that all documents make together, and all findings in reading order."""
    from unstringly.read.schema.drafting import draft_components  # xsdata is slow to import
    from unstringly.read.schema.index import index_components

    index = index_components(documents)
    drafts, faulty = draft_components(index)
    faults: Faults = dict(faulty)
    needs = _resolve(drafts, faults, documents)
    ordered = order_by_definition(drafts)
    for circle in ordered.circular:
        for name in circle:
            _add(faults, name, _circular(drafts[name], circle))
    components = _finished(drafts, ordered.order, faults)
    problems = spoilt(needs, faults)
    usable = {name: component for name, component in components.items() if name not in problems}
    findings = (finding for damage in faults.values() for finding in damage)
    return (
        Schema({**BUILT_IN, **usable}, problems, _substitutes(usable), _derived(usable)),
        sorted_findings((*documents.findings, *index.findings, *findings)),
    )


def _resolve(
    drafts: Mapping[ComponentName, Draft], faults: Faults, documents: Documents
) -> dict[ComponentName, list[ComponentName]]:
    """Return what each draft refers to; add a fault for what leads to nothing."""
    unresolved = Unresolved(documents.missing)
    unresolved.learn(BUILT_IN)
    unresolved.learn(drafts)
    needs: dict[ComponentName, list[ComponentName]] = {}
    at_fault = frozenset(faults)
    for name, draft in drafts.items():
        others = needs[name] = []
        for reference in draft_references(draft):
            if reference.name in drafts or reference.name in at_fault:
                others.append(reference.name)
            elif reference.name not in BUILT_IN:
                _add(faults, name, unresolved.finding(reference))
    return needs


def _finished(
    drafts: Mapping[ComponentName, Draft], order: tuple[ComponentName, ...], faults: Faults
) -> dict[ComponentName, Component]:
    """Return all components whose definitions are there; add a fault where they do not fit."""
    done: dict[ComponentName, Component] = dict(BUILT_IN)
    for name in order:
        draft = drafts[name]
        if name in faults or any(other not in done for other in definitions(draft)):
            continue
        try:
            done.update(finish(draft, done))
        except Refused as refusal:
            faults[name] = refusal.findings
    components = {name: component for name, component in done.items() if name not in BUILT_IN}
    for name, component in components.items():
        try:
            check_attributes(component, done)
        except Refused as refusal:
            faults[name] = refusal.findings
    return components


def _add(faults: Faults, name: ComponentName, finding: Diagnostic) -> None:
    faults[name] = (*faults.get(name, ()), finding)


def _circular(draft: Draft, circle: tuple[ComponentName, ...]) -> Diagnostic:
    other = circle[-1] if circle[0] == draft.name else circle[0]
    through = "" if len(circle) == 1 else f", by way of {quoted(other.local)}"
    message = f"this is defined by itself{through}"
    return Diagnostic(WRONG, draft.span, message, "Correct it in your copy.")


def _substitutes(
    components: Mapping[ComponentName, Component],
) -> dict[ComponentName, tuple[ComponentName, ...]]:
    members: dict[ComponentName, list[ComponentName]] = {}
    for name, component in components.items():
        if isinstance(component, Element) and component.head is not None:
            members.setdefault(component.head, []).append(name)
    return {head: tuple(names) for head, names in members.items()}


def _derived(
    components: Mapping[ComponentName, Component],
) -> dict[ComponentName, tuple[ComponentName, ...]]:
    derived: dict[ComponentName, list[ComponentName]] = {}
    for name, component in components.items():
        if isinstance(component, SimpleType | ComplexType):
            derived.setdefault(component.base, []).append(name)
    return {base: tuple(names) for base, names in derived.items()}
