"""The annotations of values and slots."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from unstringly.python.build import NONE, builtin, generic, union
from unstringly.python.nodes import Constant, Expression, Symbol, Text
from unstringly.python.symbols import LITERAL, runtime
from unstringly.shapes.shapes import (
    AnyValue,
    ArrayShape,
    AttributeSlot,
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
    from collections.abc import Iterable, Mapping

    from unstringly.model.schema_names import ComponentName

OBJECT = builtin("object")
XML_FRAGMENT = runtime("xml.fragments", "XmlFragment")
DATA_SET = runtime("xml.datasets", "DataSet")
TABLES_MODULE = ".message_tables"


def record_class(record: RecordShape) -> Symbol:
    """Return the class of a record: that of a wrapper stands with the tables."""
    if record.is_wrapper:
        return Symbol(TABLES_MODULE, record.class_name)
    return message_class(record.class_name)


class Annotations:
    """The annotations of values, by the shapes that they refer to."""

    def __init__(self, shapes: Shapes) -> None:
        self._records: Mapping[ComponentName, RecordShape] = {
            record.type: record for record in shapes.records
        }
        self._arrays: Mapping[ComponentName, ArrayShape] = {
            array.type: array for array in shapes.arrays
        }

    def of_value(self, value: Value) -> Expression:
        """Return the annotation of a value."""
        match value:
            case LeafValue(annotation=annotation):
                return annotation
            case FragmentValue():
                return XML_FRAGMENT
            case DataSetValue(is_certain=is_certain):
                return DATA_SET if is_certain else union([DATA_SET, XML_FRAGMENT])
            case AnyValue():
                return OBJECT
            case ShapeValue(type=name):
                record = self._records.get(name)
                if record is None:
                    return self.of_slot(self._arrays[name].items)
                return message_class(record.alias) if record.alias else record_class(record)
            case _:
                assert_never(value)

    def of_slot(self, slot: Slot) -> Expression:
        """Return the annotation of a field; that of the items of an array is a tuple's."""
        match slot:
            case ElementSlot():
                value = self.of_value(slot.value)
                one = _or_none(value) if slot.nillable else value
            case WildcardSlot():
                one = XML_FRAGMENT
            case ChoiceSlot(alias=alias, branches=branches):
                one = message_class(alias or branches[0].class_name)
            case _:
                assert_never(slot)
        if slot.most != 1:
            return generic(builtin("tuple"), one, Constant("..."))
        return one if slot.least else _or_none(one)

    def or_none(self, annotation: Expression) -> Expression:
        """Return the annotation of a value that may be nil."""
        return _or_none(annotation)

    def of_attribute(self, slot: AttributeSlot) -> Expression:
        """Return the annotation of an attribute's field."""
        annotation = slot.value.annotation
        return _or_none(annotation) if slot.default == NONE else annotation


def of_nil(slots: Iterable[Slot]) -> Expression:
    """Return the annotation of the field that tells what is nil."""
    names = [own.slot for own in slots if isinstance(own, ElementSlot) and own.can_be_both]
    return generic(builtin("frozenset"), generic(LITERAL, *map(Text, names)))


def _or_none(annotation: Expression) -> Expression:
    return annotation if annotation == OBJECT else union([annotation, NONE])
