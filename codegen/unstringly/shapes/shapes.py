"""The types of a schema as Python has them: frozen, closed, and without a word of syntax to decide.

A shape stands for a complex type: a record has a class, an array is a tuple. Shapes refer to each
other by the names of components, so they may be recursive. Slots are the fields of classes; each
comes with the particle that fills it. What has no shape stands in `Shapes.problems`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, assert_never

from msgspec import Struct

from unstringly.python.build import NONE
from unstringly.python.nodes import Display

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.diagnostics import Span
    from unstringly.model.schema_content import Wildcard
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import QName
    from unstringly.python.nodes import Expression


@dataclass(frozen=True, slots=True)
class LeafValue:
    """A text of a simple type: its type in Python, and its leaf in the tables.

    `needs_scope` is true for qualified names, whose texts mean nothing alone. `type` is the simple
    type where the schema names it for an element or an attribute, and `string` the leaf of the
    string where it has a grammar.
    """

    annotation: Expression
    leaf: Expression
    needs_scope: bool = False
    type: ComponentName | None = field(default=None, compare=False)
    string: Expression | None = field(default=None, compare=False)


class ShapeValue(Struct, frozen=True):
    """A value of a complex type that has a shape, or of one derived from it."""

    type: ComponentName


class FragmentValue(Struct, frozen=True):
    """XML that stays XML: mixed content."""


class DataSetValue(Struct, frozen=True):
    """A DataSet; XML that stays XML besides, unless it `is_certain` that there is a DataSet."""

    is_certain: bool


class AnyValue(Struct, frozen=True):
    """A value of any type, which `xsi:type` tells."""


Value: TypeAlias = LeafValue | ShapeValue | FragmentValue | DataSetValue | AnyValue


class ElementSlot(Struct, frozen=True):
    """A slot that an element fills, `least` to `most` times (None: any number).

    `default` is the value that a class has for it, and `empty` the text that an empty element
    stands for. `declaration` is the global element that it refers to; None for a local one.
    """

    slot: str
    name: QName
    value: Value
    least: int
    most: int | None
    nillable: bool
    default: Expression | None
    empty: str | None
    documentation: str
    declaration: ComponentName | None = None

    @property
    def can_be_both(self) -> bool:
        """Say whether the element may be absent, and may be nil."""
        return self.nillable and (self.least, self.most) == (0, 1)


class WildcardSlot(Struct, frozen=True):
    """A slot for elements that the schema does not declare."""

    slot: str
    wildcard: Wildcard
    least: int
    most: int | None


class Branch(Struct, frozen=True):
    """One of the alternatives of a choice: a class, and what is in it.

    `nil` is the slot that tells what is nil; it is empty where a None means but one thing.
    """

    class_name: str
    slots: tuple[Slot, ...]
    nil: str


class ChoiceSlot(Struct, frozen=True):
    """A slot for one of several branches, or for a group that is there as a whole.

    `alias` is the name of the union of all branches; it is empty where there is only one.
    """

    slot: str
    alias: str
    branches: tuple[Branch, ...]
    least: int
    most: int | None


Slot: TypeAlias = ElementSlot | WildcardSlot | ChoiceSlot


class AttributeSlot(Struct, frozen=True):
    """A slot for an attribute; `default` is its value where it is absent."""

    slot: str
    name: QName
    value: LeafValue
    is_required: bool
    default: Expression | None
    documentation: str


class TextSlot(Struct, frozen=True):
    """The slot of simple content."""

    slot: str
    value: LeafValue


class RecordShape(Struct, frozen=True):
    """A complex type that is a class.

    `constant` is the name of its table. `derived` are the types that may stand for it, all of them
    with a class too, and `alias` the name of the union of all; it is empty where there is none.
    A wrapper's fields are parameters or results of a call, and its class is no part of what users
    see.
    """

    type: ComponentName
    class_name: str
    constant: str
    slots: tuple[Slot, ...]
    attributes: tuple[AttributeSlot, ...]
    text: TextSlot | None
    nil: str
    is_abstract: bool
    is_wrapper: bool
    derived: tuple[ComponentName, ...]
    alias: str
    documentation: str


class ArrayShape(Struct, frozen=True):
    """A complex type with one repeated element and nothing else: its values are tuples.

    `is_encoded` says that it is an array of SOAP's encoding, whose items have any name.
    """

    type: ComponentName
    constant: str
    items: ElementSlot
    is_encoded: bool


Shape: TypeAlias = RecordShape | ArrayShape


class Member(Struct, frozen=True):
    """A member of an enumeration."""

    name: str
    value: str
    documentation: str


class Enumeration(Struct, frozen=True):
    """A simple type that lists its texts. `unknown` is the class of all others."""

    type: ComponentName
    class_name: str
    unknown: str
    members: tuple[Member, ...]
    documentation: str


class LeafTable(Struct, frozen=True):
    """A leaf that the tables make: its constant, and the expression that makes it.

    `told` is the name that `xsi:type` tells of it, or None for a list or a union without a name.
    """

    constant: str
    value: Expression
    told: QName | None


class GrammarLeaf(Struct, frozen=True):
    """A leaf of strings with a grammar, that the tables make: its constant, and the definition.

    `base` is the leaf of the string in the schema, and `told` the name that `xsi:type` tells.
    """

    constant: str
    grammar: str
    base: Expression
    told: QName


class Reason(Struct, frozen=True):
    """The reason why a component has no shape, and the place of what is at fault."""

    words: str
    span: Span


class Root(Struct, frozen=True):
    """An element or a type that an operation names; `nillable` is the element's."""

    name: ComponentName
    value: Value
    nillable: bool


class Shapes(Struct, frozen=True):
    """All that a service's operations reach.

    `leaves` stand in the order in which they are made. `any_types` are the types by their names
    that a value of any type may have; empty if nothing is of any type. `problems` has what is
    reached and has no shape, and all that needs it; `unchecked` the simple types with facets that
    values are not held against. `has_data_sets` says that something reached is a DataSet.
    `grammar_leaves` are made of `leaves`, behind them.
    """

    roots: tuple[Root, ...]
    records: tuple[RecordShape, ...]
    arrays: tuple[ArrayShape, ...]
    enumerations: tuple[Enumeration, ...]
    leaves: tuple[LeafTable, ...]
    any_types: tuple[tuple[ComponentName, Value], ...]
    problems: Mapping[ComponentName, Reason]
    unchecked: Mapping[ComponentName, Reason]
    has_data_sets: bool = False
    grammar_leaves: tuple[GrammarLeaf, ...] = ()


def default_of(slot: Slot) -> Expression | None:
    """Return the value of a slot that need not be given; None for any other."""
    match slot:
        case ElementSlot(default=default):
            return default
        case ChoiceSlot() | WildcardSlot():
            if slot.least:
                return None
            return NONE if slot.most == 1 else Display("tuple", ())
        case _:
            assert_never(slot)
