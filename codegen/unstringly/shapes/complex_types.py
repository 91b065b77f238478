"""Complex types in Python: a record, an array, or XML that stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from unstringly.model.schema_content import (
    ComplexContent,
    ComplexType,
    Derivation,
    Element,
    Occurs,
    SimpleContent,
)
from unstringly.model.schema_names import ANY_TYPE, ComponentName
from unstringly.model.schema_simple import SimpleType
from unstringly.model.service import QName
from unstringly.python.build import NONE
from unstringly.python.nodes import Display, Expression
from unstringly.shapes.attributes import UsedAttribute, attributes_of
from unstringly.shapes.data_sets import data_set_value
from unstringly.shapes.flattening import (
    Flat,
    FlatChoice,
    FlatElement,
    FlatWildcard,
    NoShapeError,
    flat_content,
)
from unstringly.shapes.naming import (
    ClassNames,
    FieldNames,
    capitalized,
    constant_of,
    field_name,
)
from unstringly.shapes.shapes import (
    AnyValue,
    ArrayShape,
    AttributeSlot,
    Branch,
    ChoiceSlot,
    ElementSlot,
    FragmentValue,
    LeafValue,
    RecordShape,
    Shape,
    ShapeValue,
    Slot,
    TextSlot,
    Value,
    WildcardSlot,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from unstringly.diagnostics import Span
    from unstringly.model.schema import Schema
    from unstringly.shapes.simple_types import SimpleTypes

_MOST_NESTED = 5
"""Arrays of arrays that are tuples of tuples; those around them are records."""
_NO_ITEMS = Display("tuple", ())


class ComplexTypes:
    """The complex types of a schema; `messages` are those whose content is a message's."""

    def __init__(
        self,
        schema: Schema,
        names: ClassNames,
        simple: SimpleTypes,
        messages: Collection[ComponentName] = (),
    ) -> None:
        self._schema, self._names, self._simple = schema, names, simple
        self._messages = messages
        self._mixed: dict[ComponentName, bool] = {}
        self._items: dict[ComponentName, FlatElement | None] = {}

    def value(self, name: ComponentName) -> Value:
        """Return what an element of a type is in Python. Raises NoShapeError."""
        if name == ANY_TYPE:
            return AnyValue()
        type_ = self._schema.components[name]
        if isinstance(type_, SimpleType):
            return replace(self._simple.form(name).value, type=name)
        assert isinstance(type_, ComplexType)
        data_set = data_set_value(self._schema, type_, is_message=name in self._messages)
        if data_set is not None:
            return data_set
        return FragmentValue() if self._is_mixed(type_) else ShapeValue(name)

    def shape(self, type_: ComplexType, *, is_wrapper: bool) -> Shape:
        """Return the shape of a type that is not mixed. Raises NoShapeError."""
        if not is_wrapper and self._is_array(type_.name):
            item = self._item(type_.name)
            assert item is not None
            slot = self._element(item, FieldNames())
            constant = constant_of(self._names.of(type_.name))
            return ArrayShape(type_.name, constant, slot, is_encoded=type_.array is not None)
        return self._record(type_, is_wrapper=is_wrapper)

    def _is_mixed(self, type_: ComplexType) -> bool:
        row: list[ComponentName] = []
        base: object = type_
        is_mixed = False
        while isinstance(base, ComplexType) and base.name != ANY_TYPE and not is_mixed:
            if base.name in self._mixed:
                is_mixed = self._mixed[base.name]
                break
            row.append(base.name)
            is_mixed = isinstance(base.content, ComplexContent) and base.content.mixed
            base = self._schema.components[base.base]
        for name in row:
            self._mixed[name] = is_mixed
        return is_mixed

    def _is_array(self, name: ComponentName) -> bool:
        """Say whether a type is an array, and no array of itself or of too many in each other."""
        for depth in range(_MOST_NESTED):
            item = self._item(name)
            if item is None:
                return depth > 0
            name = item.element.type
        return False

    def _item(self, name: ComponentName) -> FlatElement | None:
        """Return the one repeated element that a type has; None if it has anything else."""
        if name not in self._items:
            type_ = self._schema.components[name]
            self._items[name] = (
                self._own_item(type_)
                if isinstance(type_, ComplexType) and name != ANY_TYPE
                else None
            )
        return self._items[name]

    def _own_item(self, type_: ComplexType) -> FlatElement | None:
        if type_.array is not None:
            if type_.array.ranks != (1,):
                raise NoShapeError("it is an array of more dimensions than one", type_.span)
            return FlatElement(_encoded_item(type_.array.item, type_.span), Occurs(0, None))
        is_plain = (
            type_.base == ANY_TYPE
            and type_.derivation is Derivation.RESTRICTION
            and isinstance(type_.content, ComplexContent)
            and not (type_.abstract or type_.attributes.items)
            and not type_.attributes.wildcard
            and type_.name not in self._schema.derived
        )
        if not is_plain or self._is_mixed(type_):
            return None
        content = flat_content(self._schema, type_)
        first = content[0] if len(content) == 1 else None
        return first if isinstance(first, FlatElement) and first.occurs.most != 1 else None

    def _record(self, type_: ComplexType, *, is_wrapper: bool) -> RecordShape:
        class_name = self._names.of(type_.name)
        names = FieldNames(self._names.without_capitals)
        text = None
        if isinstance(type_.content, SimpleContent):
            form = self._simple.form(type_.content.type)
            value = replace(form.value, type=type_.content.type)
            text = TextSlot(names.take("value"), value)
            slots: tuple[Slot, ...] = ()
        else:
            slots = self._slots(flat_content(self._schema, type_), class_name, names)
        nil = _nil(slots, names)
        attributes = tuple(
            self._attribute(used, names) for used in attributes_of(self._schema, type_)
        )
        return RecordShape(
            type_.name,
            class_name,
            constant_of(class_name),
            slots,
            attributes,
            text,
            nil,
            is_abstract=type_.abstract,
            is_wrapper=is_wrapper,
            derived=(),
            alias="",
            documentation=type_.documentation,
        )

    def _slots(
        self, content: tuple[Flat, ...], class_name: str, names: FieldNames
    ) -> tuple[Slot, ...]:
        return tuple(self._slot(flat, class_name, names) for flat in content)

    def _slot(self, flat: Flat, class_name: str, names: FieldNames) -> Slot:
        match flat:
            case FlatElement():
                return self._element(flat, names)
            case FlatWildcard(wildcard=wildcard, occurs=occurs):
                slot = names.take("any_element" if occurs.most == 1 else "any_elements")
                return WildcardSlot(slot, wildcard, occurs.least, occurs.most)
            case FlatChoice():
                return self._choice(flat, class_name, names)
            case _:
                assert_never(flat)

    def _choice(self, choice: FlatChoice, class_name: str, names: FieldNames) -> ChoiceSlot:
        is_group = len(choice.branches) == 1
        many = "" if choice.occurs.most == 1 else "s"
        if choice.head:
            slot, alias = field_name(choice.head), f"{class_name}{capitalized(choice.head)}"
        elif is_group:
            slot, alias = f"group{many}", ""
        else:
            slot, alias = f"choice{many}", f"{class_name}Choice"
        slot = names.take(slot)
        alias = self._names.take(alias) if alias else ""
        branches: list[Branch] = []
        for row in choice.branches:
            own = self._names.take(f"{class_name}{_first_words(row)}{'Group' if is_group else ''}")
            inner = FieldNames(self._names.without_capitals)
            slots = self._slots(row, own, inner)
            branches.append(Branch(own, slots, _nil(slots, inner)))
        least, most = choice.occurs.least, choice.occurs.most
        return ChoiceSlot(slot, alias, tuple(branches), least, most)

    def _element(self, flat: FlatElement, names: FieldNames) -> ElementSlot:
        element, occurs = flat.element, flat.occurs
        value = self.value(element.type)
        text = element.default if element.fixed is None else element.fixed
        stands_for = self._source(element.type, text, element.span)
        default: Expression | None = None
        if occurs.least == 0:
            default = NONE if occurs.most == 1 else _NO_ITEMS
        elif occurs.most == 1:
            default = stands_for
        return ElementSlot(
            names.take(field_name(element.name.local)),
            element.name,
            value,
            occurs.least,
            occurs.most,
            element.nillable,
            default,
            text if text and stands_for is not None else None,
            element.documentation,
            self._declaration(element),
        )

    def _declaration(self, element: Element) -> ComponentName | None:
        """Return the name of a global element; None for a local one."""
        name = ComponentName("element", element.name.namespace, element.name.local)
        return name if self._schema.components.get(name) is element else None

    def _source(self, type_: ComponentName, text: str | None, span: Span) -> Expression | None:
        """Return the source of a default or fixed value; None for none, and of complex types."""
        if text is None or not isinstance(self._schema.components[type_], SimpleType):
            return None
        try:
            return self._simple.form(type_).source_of(text)
        except ValueError as error:
            raise NoShapeError(str(error), span) from None

    def _attribute(self, used: UsedAttribute, names: FieldNames) -> AttributeSlot:
        declaration = used.declaration
        value = self.value(declaration.type)
        assert isinstance(value, LeafValue)
        default = self._source(declaration.type, used.default, declaration.span)
        if used.is_required:
            default = default if used.is_fixed else None
        elif default is None:
            default = NONE
        return AttributeSlot(
            names.take(field_name(declaration.name.local)),
            declaration.name,
            value,
            used.is_required,
            default,
            declaration.documentation,
        )


def _nil(slots: tuple[Slot, ...], names: FieldNames) -> str:
    """Return the name of the slot that tells what is nil, or nothing where that is plain."""
    is_needed = any(isinstance(slot, ElementSlot) and slot.can_be_both for slot in slots)
    return names.take("nil") if is_needed else ""


def _first_words(row: tuple[Flat, ...]) -> str:
    """Return the name of the element that a row begins with, for the name of a class."""
    first = row[0]
    while isinstance(first, FlatChoice):
        first = first.branches[0][0]
    return "Any" if isinstance(first, FlatWildcard) else capitalized(first.element.name.local)


def _encoded_item(type_: ComponentName, span: Span) -> Element:
    """Return the element of an array of SOAP's encoding."""
    return Element(QName("", "item"), type_, True, None, None, False, None, "", span)
