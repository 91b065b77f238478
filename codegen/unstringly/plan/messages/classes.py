"""The classes of `messages.py`: enumerations, records, branches of choices, and their unions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from unstringly.plan.messages.ordering import in_order_of_use
from unstringly.python.build import STR, builtin, call, in_pieces, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import Name
from unstringly.python.scope import symbols_of
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Class,
    Docstring,
    Statement,
)
from unstringly.python.symbols import ENUM, FINAL_CLASS, TYPE_ALIAS, runtime
from unstringly.shapes.annotations import Annotations, of_nil
from unstringly.shapes.shapes import (
    AttributeSlot,
    Branch,
    ChoiceSlot,
    ElementSlot,
    Enumeration,
    RecordShape,
    Shapes,
    Slot,
    default_of,
)
from unstringly.shapes.simple_types import message_class, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unstringly.python.nodes import Expression, Symbol

RECORD = runtime("xml.records", "record")
UNKNOWN_TYPE = runtime("xml.fragments", "UnknownType")
_OF_VALUES: Final = frozenset(
    f"._runtime.xml.{module}" for module in ("calendar_parts", "durations", "fragments", "qnames")
)
"""The modules of the runtime whose classes are those of values."""


class MessagesView(Struct, frozen=True):
    """The view of `messages.py`: the names in `__all__`, and the statements below it.

    `uses` are the classes of the runtime that values may be of: users make and match them.
    """

    names: tuple[str, ...]
    body: tuple[Statement, ...]
    uses: tuple[Symbol, ...]


def messages_view(shapes: Shapes) -> MessagesView:
    """Return the view of `messages.py`."""
    annotations = Annotations(shapes)
    public = [record for record in shapes.records if not record.is_wrapper]
    body = [
        *(part for own in shapes.enumerations for part in _enumeration(own)),
        *(part for record in shapes.records for part in branch_classes(record, annotations)),
        *(record_class_of(record, annotations) for record in public),
        *(_any_of(record, shapes) for record in shapes.records if record.alias),
    ]
    names = [own.name for own in body if isinstance(own, Class | AnnotatedAssign)]
    uses = tuple(
        symbol
        for symbol in symbols_of((*body, *_unseen(shapes, annotations)))
        if symbol.module in _OF_VALUES and symbol.name not in names
    )
    names += [symbol.name for symbol in uses]
    return MessagesView(tuple(in_order(names)), tuple(in_order_of_use(body, ".messages")), uses)


def _unseen(shapes: Shapes, annotations: Annotations) -> Iterator[Expression]:
    """Yield annotations of parameters and results, which stand in no class of `messages.py`."""
    yield from (annotations.of_value(root.value) for root in shapes.roots)
    for record in shapes.records:
        if record.is_wrapper:
            yield from map(annotations.of_slot, record.slots)
            yield from map(annotations.of_attribute, record.attributes)


def _enumeration(enumeration: Enumeration) -> Iterator[Statement]:
    name = enumeration.class_name
    body: list[Statement] = [
        Docstring(words(enumeration.documentation) or f"The texts of {shown(enumeration.type)}.")
    ]
    for member in enumeration.members:
        body.append(Assign((Name(member.name),), in_pieces(member.value)))
        if text := words(member.documentation):
            body.append(Docstring(text))
    yield Class(name, tuple(body), bases=(ENUM,))
    doc = Docstring(f"A text that {name} does not list, kept as it came.")
    yield Class(
        enumeration.unknown,
        (doc, AnnotatedAssign("text", STR)),
        decorators=(FINAL_CLASS, RECORD),
    )


def record_class_of(record: RecordShape, annotations: Annotations) -> Class:
    """Return the class of a record."""
    body: list[Statement] = [Docstring(_record_words(record))]
    if record.text is not None:
        body.append(AnnotatedAssign(record.text.slot, record.text.value.annotation))
    body += _fields(record.slots, record.nil, annotations)
    body += [part for own in record.attributes for part in _attribute(own, annotations)]
    return Class(record.class_name, tuple(body), decorators=(RECORD,))


def branch_classes(record: RecordShape, annotations: Annotations) -> Iterator[Statement]:
    """Yield the classes of the branches of a record's choices, each choice's union behind them."""
    for choice in _choices(record.slots):
        for branch in choice.branches:
            yield from _branch(choice, branch, annotations)
        if choice.alias:
            classes = [message_class(branch.class_name) for branch in choice.branches]
            yield AnnotatedAssign(choice.alias, TYPE_ALIAS, union(classes))


def _choices(slots: tuple[Slot, ...]) -> Iterator[ChoiceSlot]:
    """Yield all choices, inner ones first."""
    for slot in slots:
        if isinstance(slot, ChoiceSlot):
            for branch in slot.branches:
                yield from _choices(branch.slots)
            yield slot


def _branch(choice: ChoiceSlot, branch: Branch, annotations: Annotations) -> Iterator[Class]:
    names = ", ".join(slot.slot for slot in branch.slots)
    doc = f"One of {choice.alias}: {names}." if choice.alias else f"A group: {names}."
    body = (Docstring(doc), *_fields(branch.slots, branch.nil, annotations))
    yield Class(branch.class_name, body, decorators=(FINAL_CLASS, RECORD))


def _any_of(record: RecordShape, shapes: Shapes) -> Statement:
    """Return the union of a type and all that are derived from it."""
    classes = {own.type: own.class_name for own in shapes.records if not own.is_abstract}
    names = [record.type, *record.derived]
    known = [message_class(classes[name]) for name in names if name in classes]
    return AnnotatedAssign(record.alias, TYPE_ALIAS, union([*known, UNKNOWN_TYPE]))


def _fields(slots: tuple[Slot, ...], nil: str, annotations: Annotations) -> Iterator[Statement]:
    for slot in slots:
        yield AnnotatedAssign(slot.slot, annotations.of_slot(slot), default_of(slot))
        if isinstance(slot, ElementSlot) and (text := words(slot.documentation)):
            yield Docstring(text)
    if nil:
        yield AnnotatedAssign(nil, of_nil(slots), call(builtin("frozenset")))
        yield Docstring("The fields whose None is sent as nil, and not left out.")


def _attribute(slot: AttributeSlot, annotations: Annotations) -> Iterator[Statement]:
    yield AnnotatedAssign(slot.slot, annotations.of_attribute(slot), slot.default)
    if text := words(slot.documentation):
        yield Docstring(text)


def _record_words(record: RecordShape) -> str:
    told = words(record.documentation)
    if not told:
        kind = "The content of the element" if record.type.way else "The type"
        told = f"{kind} {shown(record.type)}."
    if record.is_abstract:
        told += f"\n\nThere is no value of this type alone: see {record.alias}."
    return told


def words(documentation: str) -> str:
    """Return documentation as paragraphs: lines without margins, no empty lines but single ones."""
    lines = [line.strip() for line in documentation.replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
