"""The rows of shapes in `message_tables.py`: what stands in a record, an array, or anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from unstringly.model.service import QName
from unstringly.plan.messages.data_set_types import DataSetTypes
from unstringly.plan.messages.namespaces import Namespaces
from unstringly.python.build import NONE, TRUE, builtin, call, tuple_of
from unstringly.python.nodes import (
    Call,
    Dict,
    Display,
    Expression,
    Keyword,
    Lambda,
    Name,
    Number,
    Symbol,
    Text,
)
from unstringly.python.symbols import runtime
from unstringly.shapes.annotations import record_class
from unstringly.shapes.shapes import (
    AnyValue,
    ArrayShape,
    AttributeSlot,
    Branch,
    ChoiceSlot,
    DataSetValue,
    ElementSlot,
    FragmentValue,
    LeafValue,
    RecordShape,
    Shapes,
    ShapeValue,
    Slot,
    Value,
    WildcardSlot,
)
from unstringly.shapes.simple_types import message_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unstringly.model.schema_names import ComponentName

ANYTHING = "_ANYTHING"
"""The name of the type of anything, in `message_tables.py`."""

_ANY_TYPE = runtime("xml.anything", "any_type")


def table_symbol(name: str) -> Symbol:
    """Return the symbol of something in the module of the runtime that tables are made of."""
    return runtime("xml.tables", name)


class ShapeRows:
    """Makes the rows, and knows what they have met: namespaces, DataSets, and anything."""

    def __init__(self, shapes: Shapes, rows: tuple[Symbol, ...]) -> None:
        self._shapes = shapes
        self.data_sets = DataSetTypes(rows)
        self.namespaces = Namespaces()
        self.has_any = False
        self._constants: Mapping[ComponentName, str] = {
            **{record.type: record.constant for record in shapes.records},
            **{array.type: array.constant for array in shapes.arrays},
        }

    def named(self, name: ComponentName) -> Expression:
        """Return the name of a component, with its namespace."""
        return self.namespaces.named(QName(name.namespace, name.local))

    def type_of(self, value: Value) -> Expression:
        """Return the leaf, the shape, or the other type, of a value."""
        match value:
            case LeafValue(leaf=leaf):
                return leaf
            case ShapeValue(type=name):
                return Name(self._constants[name])
            case FragmentValue():
                return table_symbol("WHOLE")
            case DataSetValue(is_certain=is_certain):
                return self.data_sets.named(is_certain=is_certain)
            case AnyValue():
                self.has_any = True
                return Name(ANYTHING)
            case _:
                assert_never(value)

    def record(self, record: RecordShape) -> Expression:
        """Return the shape of a record."""
        content: list[Expression | Keyword] = []
        if record.slots:
            content.append(self._particles(record.slots))
        if record.attributes:
            attributes = tuple_of(*map(self._attribute, record.attributes))
            content.append(Keyword("attributes", attributes))
        if record.text is not None:
            text = call(table_symbol("Text"), Text(record.text.slot), record.text.value.leaf)
            content.append(Keyword("text", text))
        if record.derived:
            derived = (Name(self._constants[name]) for name in record.derived)
            content.append(Keyword("derived", call(table_symbol("by_name"), *derived)))
        made = self._shape(
            record.type, record_class(record), Call(table_symbol("Content"), tuple(content))
        )
        extra: list[Keyword] = []
        if record.is_abstract:
            extra.append(Keyword("is_abstract", TRUE))
        if record.nil:
            extra.append(Keyword("nil", Text(record.nil)))
        return Call(made.function, (*made.arguments, *extra))

    def array(self, array: ArrayShape) -> Expression:
        """Return the shape of an array."""
        items = call(table_symbol("Content"), self._particles((array.items,)))
        shape = self._shape(array.type, NONE, items)
        own = (Keyword("is_array", TRUE),) if array.is_encoded else ()
        return Call(shape.function, (*shape.arguments, *own))

    def anything(self) -> Expression:
        """Return the source of the type of anything."""
        types = dict(self._shapes.any_types)
        shapes = tuple(
            self.type_of(value) for value in types.values() if isinstance(value, ShapeValue)
        )
        leaves = tuple(
            (self.named(name), self.type_of(value))
            for name, value in types.items()
            if not isinstance(value, ShapeValue)
        )
        classes = tuple(
            (message_class(cls), self.named(own.type))
            for own in self._shapes.enumerations
            if own.type in types
            for cls in (own.class_name, own.unknown)
        )
        named: dict[str, Expression] = {}
        if shapes:
            named["shapes"] = Lambda((), tuple_of(*shapes))
        if leaves:
            named["leaves"] = Lambda((), Dict(leaves))
        if classes:
            named["classes"] = Lambda((), Dict(classes))
        return call(_ANY_TYPE, **named)

    def _shape(self, name: ComponentName, cls: Expression, content: Call) -> Call:
        told = Text("") if name.way else self.named(name)
        return call(table_symbol("Shape"), told, cls, Lambda((), content))

    def _particles(self, slots: tuple[Slot, ...]) -> Expression:
        return tuple_of(*map(self._particle, slots))

    def _particle(self, slot: Slot) -> Expression:
        match slot:
            case ElementSlot():
                return self._element(slot)
            case WildcardSlot():
                return _wildcard(slot)
            case ChoiceSlot(slot=name, branches=branches, least=least, most=most):
                rows = tuple_of(*map(self._branch, branches))
                return call(table_symbol("Choice"), Text(name), rows, **_times(least, most, (1, 1)))
            case _:
                assert_never(slot)

    def _branch(self, branch: Branch) -> Expression:
        named: dict[str, Expression] = {"nil": Text(branch.nil)} if branch.nil else {}
        particles = self._particles(branch.slots)
        return call(table_symbol("Branch"), message_class(branch.class_name), particles, **named)

    def _element(self, slot: ElementSlot) -> Expression:
        named = _times(slot.least, slot.most, (1, 1))
        if slot.nillable:
            named["nillable"] = TRUE
        if slot.most != 1:
            named["missing"] = Display("tuple", ())
        if slot.empty is not None:
            named["default"] = Text(slot.empty)
        return call(
            table_symbol("Element"),
            Text(slot.slot),
            self.namespaces.named(slot.name),
            self.type_of(slot.value),
            **named,
        )

    def _attribute(self, slot: AttributeSlot) -> Expression:
        named: dict[str, Expression] = {}
        if slot.is_required:
            named["is_required"] = TRUE
        elif slot.default not in (None, NONE):
            named["missing"] = slot.default or NONE
        name = self.namespaces.named(slot.name)
        return call(table_symbol("Attribute"), Text(slot.slot), name, slot.value.leaf, **named)


def _times(least: int, most: int | None, usual: tuple[int, int | None]) -> dict[str, Expression]:
    """Return the arguments that say how often something occurs, where that is not as usual."""
    named: dict[str, Expression] = {}
    if least != usual[0]:
        named["least"] = Number(least)
    if most != usual[1]:
        named["most"] = NONE if most is None else Number(most)
    return named


def _wildcard(slot: WildcardSlot) -> Expression:
    named = _times(slot.least, slot.most, (0, None))
    namespaces = Display("list", tuple(map(Text, slot.wildcard.namespaces)))
    if slot.wildcard.namespaces or not slot.wildcard.negated:
        key = "excluded" if slot.wildcard.negated else "namespaces"
        named[key] = call(builtin("frozenset"), namespaces)
    return call(table_symbol("Wildcard"), Text(slot.slot), **named)
