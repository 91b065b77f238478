"""Strings inside of messages that have a grammar: the key `strings` of a spec.

A place is an element or attribute of a type (`Order.Lines`), or whatever a name stands for alone: a
global element, a simple type, a complex type with simple content. A type is called by its name, an
anonymous one by the elements that lead to it (`Track`, `Order.Line`), and a named one also by the
global elements that are of it. What is said of a type holds for those that are derived from it,
unless the spec says otherwise of them.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic
from unstringly.kinds.package import Package
from unstringly.model.parts import may_be_list
from unstringly.model.schema_names import XSD, ComponentName
from unstringly.model.schema_simple import Atomic, SimpleType
from unstringly.model.schema_walks import bases
from unstringly.model.service import QName
from unstringly.python.build import STR, union
from unstringly.python.nodes import Name
from unstringly.python.symbols import MALFORMED
from unstringly.shapes.naming import constant_of
from unstringly.shapes.shapes import (
    ArrayShape,
    AttributeSlot,
    ChoiceSlot,
    ElementSlot,
    GrammarLeaf,
    LeafValue,
    RecordShape,
    Root,
    Shapes,
    Slot,
    Value,
    WildcardSlot,
)
from unstringly.shapes.string_places import Part, Places, has_default
from unstringly.shapes.string_rules import NO_STRING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unstringly.model.parts import Definitions
    from unstringly.model.schema import Schema
    from unstringly.model.spec import AttachedString
    from unstringly.python.nodes import Expression


def with_strings(
    shapes: Shapes,
    schema: Schema,
    strings: Sequence[AttachedString],
    definitions: Definitions,
    bodies: Mapping[ComponentName, str],
) -> tuple[Shapes, tuple[Diagnostic, ...]]:
    """Return shapes whose strings have the types of their grammars, and what does not fit.

    `definitions` are those that may be used, `bodies` the names that `Places` takes.
    """
    if not strings:
        return shapes, ()
    places = Places(shapes, schema, bodies)
    attached, findings = places.resolved(strings)
    attaching = _Attaching(schema, places, attached, definitions, _constants(shapes))
    changed = replace(
        shapes,
        roots=tuple(map(attaching.root, shapes.roots)),
        records=tuple(map(attaching.record, shapes.records)),
        arrays=tuple(map(attaching.array, shapes.arrays)),
    )
    changed = replace(changed, grammar_leaves=tuple(attaching.leaves.values()))
    return changed, (*findings, *attaching.findings.values())


def _constants(shapes: Shapes) -> set[str]:
    """Return the names that the tables have."""
    records = (name for own in shapes.records for name in (own.constant, own.class_name))
    others = (own.constant for row in (shapes.arrays, shapes.leaves) for own in row)
    return {*records, *others}


class _Attaching:
    """Gives values their grammars. `leaves` are those that the tables have to make."""

    def __init__(
        self,
        schema: Schema,
        places: Places,
        attached: Mapping[Part, AttachedString],
        definitions: Definitions,
        taken: set[str],
    ) -> None:
        self._schema, self._places, self._attached = schema, places, attached
        self._definitions, self._taken = definitions, taken
        self.leaves: dict[tuple[str, Expression], GrammarLeaf] = {}
        self.findings: dict[AttachedString, Diagnostic] = {}

    def root(self, root: Root) -> Root:
        """Return an element or type that an operation names."""
        return replace(root, value=self._value(root.value, (root.name,), has_default=False))

    def array(self, array: ArrayShape) -> ArrayShape:
        """Return an array."""
        return replace(array, items=self._element(array.items, (array.type,)))

    def record(self, record: RecordShape) -> RecordShape:
        """Return a record."""
        owners = tuple(base.name for base in bases(self._schema, record.type))
        text = record.text
        if text is not None:
            value = self._value(text.value, owners, has_default=False)
            assert isinstance(value, LeafValue)
            text = replace(text, value=value)
        return replace(
            record,
            slots=tuple(self._slot(slot, owners) for slot in record.slots),
            attributes=tuple(self._attribute(slot, owners) for slot in record.attributes),
            text=text,
        )

    def _slot(self, slot: Slot, owners: tuple[ComponentName, ...]) -> Slot:
        match slot:
            case ElementSlot():
                return self._element(slot, owners)
            case ChoiceSlot(branches=branches):
                changed = (
                    replace(branch, slots=tuple(self._slot(own, owners) for own in branch.slots))
                    for branch in branches
                )
                return replace(slot, branches=tuple(changed))
            case WildcardSlot():
                return slot
            case _:
                assert_never(slot)

    def _element(self, slot: ElementSlot, owners: tuple[ComponentName, ...]) -> ElementSlot:
        parts: tuple[Part, ...] = tuple((owner, slot.name.local) for owner in owners)
        if slot.declaration is not None:
            parts = (*parts, slot.declaration)
        value = self._value(slot.value, parts, has_default=has_default(slot))
        return replace(slot, value=value)

    def _attribute(self, slot: AttributeSlot, owners: tuple[ComponentName, ...]) -> AttributeSlot:
        parts = tuple((owner, f"@{slot.name.local}") for owner in owners)
        value = self._value(slot.value, parts, has_default=has_default(slot))
        assert isinstance(value, LeafValue)
        return replace(slot, value=value)

    def _value(self, value: Value, parts: tuple[Part, ...], *, has_default: bool) -> Value:
        """Return a value with its grammar, if it has one; `parts` are its names, nearest first."""
        if isinstance(value, LeafValue) and value.type is not None:
            parts = (*parts, value.type)
        own = next((self._attached[part] for part in parts if part in self._attached), None)
        if own is None:
            return value
        reason = self._refusal(value, has_default=has_default)
        if reason is not None:
            message = f"{own.place!r} {reason}"
            help_text = "remove it from `strings`: only strings without a default have a grammar"
            others = self._places.strings_near(own.place)
            help_text += f", such as {others}" if others else ""
            self.findings.setdefault(own, Diagnostic(NO_STRING, own.span, message, help_text))
            return value
        assert isinstance(value, LeafValue)
        return value if own.grammar not in self._definitions else self._leaf(value, own.grammar)

    def _refusal(self, value: Value, *, has_default: bool) -> str | None:
        """Say why a value cannot have a grammar; None if it can."""
        if not isinstance(value, LeafValue) or value.type is None:
            return "is a structure, and no string"
        type_ = self._schema.components[value.type]
        assert isinstance(type_, SimpleType)
        if not isinstance(type_.variety, Atomic):
            return "is a list or a union, and no string"
        rows = [base.name.local for base in bases(self._schema, value.type)]
        if "string" not in rows:
            return f"is of the type {type_.variety.built_in}, and no string"
        if value.annotation != STR:
            return "is an enumeration, whose texts the schema lists"
        return "has a default or fixed text" if has_default else None

    def _leaf(self, value: LeafValue, grammar: str) -> LeafValue:
        key = (grammar, value.leaf)
        leaf = self.leaves.get(key)
        if leaf is None:
            name = constant = f"{constant_of(grammar)}_TEXT"
            number = 1
            while constant in self._taken:
                number += 1
                constant = f"{name}_{number}"
            self._taken.add(constant)
            assert value.type is not None
            leaf = self.leaves[key] = GrammarLeaf(
                constant, grammar, value.leaf, self._told(value.type)
            )
        read = Package(self._definitions).of(grammar).annotation(writes=False)
        if not may_be_list(self._definitions, grammar):
            read = union([read, MALFORMED])
        return dataclasses.replace(
            value, annotation=read, leaf=Name(leaf.constant), string=value.leaf
        )

    def _told(self, name: ComponentName) -> QName:
        """Return the name by which `xsi:type` tells a simple type."""
        if not name.way:
            return QName(name.namespace, name.local)
        type_ = self._schema.components[name]
        assert isinstance(type_, SimpleType)
        assert isinstance(type_.variety, Atomic)
        return QName(XSD, type_.variety.built_in)
