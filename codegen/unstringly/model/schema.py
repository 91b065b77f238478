"""The components of XML Schema, as the schemas of a WSDL declare them.

Components refer to each other by name, never by value, so types may be recursive, and groups are
shared by all that use them. A component says what it declares itself; what it has from its base
type stands with that type, and `model/schema_walks.py` goes there. A `Schema` is closed: what a
component refers to is there too. What could not be read, and all that needs it, is left out, and
`Schema.problem_of` says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

from unstringly.model.schema_content import Attribute, AttributeGroup, ComplexType, Element, Group
from unstringly.model.schema_simple import SimpleType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.diagnostics import Diagnostic
    from unstringly.model.schema_names import ComponentName

Component: TypeAlias = SimpleType | ComplexType | Element | Attribute | Group | AttributeGroup


class Problem(Struct, frozen=True):
    """The reason why a component is left out: the component that is at fault, and findings.

    `at` is the component itself, or the nearest faulty one that it needs.
    """

    at: ComponentName
    findings: tuple[Diagnostic, ...]


class Schema(Struct, frozen=True):
    """All components that can be used, built-in ones included, and what became of the others.

    `substitutes` has the direct members of substitution groups by their heads, `derived` the direct
    derivations of types by their bases, both in reading order.
    """

    components: Mapping[ComponentName, Component]
    problems: Mapping[ComponentName, Problem] = field(
        default_factory=dict["ComponentName", Problem]
    )
    substitutes: Mapping[ComponentName, tuple[ComponentName, ...]] = field(
        default_factory=dict["ComponentName", "tuple[ComponentName, ...]"]
    )
    derived: Mapping[ComponentName, tuple[ComponentName, ...]] = field(
        default_factory=dict["ComponentName", "tuple[ComponentName, ...]"]
    )

    def problem_of(self, name: ComponentName) -> Problem | None:
        """Return the reason why a component is left out; None if it is there, or never was."""
        return self.problems.get(name)
