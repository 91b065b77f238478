"""The parameters of structured requests: those of a wrapper, the only one, and those of headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.names import snake_case
from unstringly.python.build import NONE, STR, builtin, call
from unstringly.shapes.annotations import Annotations, of_nil
from unstringly.shapes.naming import FieldNames, field_name
from unstringly.shapes.shapes import (
    AttributeSlot,
    ElementSlot,
    LeafValue,
    RecordShape,
    Shapes,
    ShapeValue,
    Value,
    default_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import Header
    from unstringly.python.nodes import Expression


class Argument(Struct, frozen=True):
    """A parameter of a structured request.

    `name` is that of its element or attribute, by which the grammar mentions it, and `slot` that of
    the field that it fills. `is_text` says that any text may be given for it. A repeated one takes
    several values. A field of a header has the names of both, as in `AuthHeader.Password`.
    """

    name: str
    slot: str
    annotation: Expression
    default: Expression | None
    documentation: str
    is_text: bool
    value: Value | None = None
    is_repeated: bool = False


class AnswerHeader(Struct, frozen=True):
    """A header of a response: the field for it, its element, and its annotation without a None."""

    slot: str
    element: ComponentName
    annotation: Expression


class Arguments:
    """The parameters of a service's operations, by the shapes of their messages."""

    def __init__(self, shapes: Shapes) -> None:
        self._values = {root.name: root.value for root in shapes.roots}
        self._nillable = {root.name for root in shapes.roots if root.nillable}
        self._records = {record.type: record for record in shapes.records}
        self._annotations = Annotations(shapes)

    def of_request(
        self, body: ComponentName | None, wrapper: RecordShape | None
    ) -> tuple[Argument, ...]:
        """Return the parameters of a request: the slots of its wrapper, or the element itself."""
        if body is None:
            return ()
        if wrapper is None:
            annotation = self.annotation(body)
            name, slot = body.local, snake_case(body.local)
            return (Argument(name, slot, annotation, None, "", is_text=False),)
        return tuple(self._of_record(wrapper))

    def slots_of_headers(
        self, headers: tuple[Header, ...], arguments: tuple[Argument, ...]
    ) -> dict[str, Header]:
        """Return the headers by slots that no argument has."""
        slots: dict[str, Header] = {}
        for header in headers:
            slot = snake_case(header.element.local)
            while slot in slots or any(own.slot == slot for own in arguments):
                slot = f"{slot}_header"
            slots[slot] = header
        return slots

    def of_header(
        self, slot: str, header: Header, mentioned: Collection[str]
    ) -> Iterator[Argument]:
        """Yield the parameter of a header, or one for each of its fields if some are mentioned."""
        name = header.element.local
        value = self._values[header.element]
        record = self._records.get(value.type) if isinstance(value, ShapeValue) else None
        if record is not None and any(own.startswith(f"{name}.") for own in mentioned):
            for own in self._of_record(record):
                own = replace(own, name=f"{name}.{own.name}", slot=f"{slot}.{own.slot}")
                if own.default is None and not header.is_required:
                    annotation = self._annotations.or_none(own.annotation)
                    own = replace(own, annotation=annotation, default=NONE)
                yield own
            return
        annotation = self.annotation(header.element)
        default = None if header.is_required else NONE
        if default is not None:
            annotation = self._annotations.or_none(annotation)
        yield Argument(name, slot, annotation, default, "", is_text=_is_string(value))

    def answer_headers(self, headers: tuple[Header, ...]) -> tuple[AnswerHeader, ...]:
        """Return the headers of a response whose elements have shapes."""
        names = FieldNames()
        return tuple(
            AnswerHeader(
                names.take(field_name(own.element.local)),
                own.element,
                self._annotations.of_value(self._values[own.element]),
            )
            for own in headers
            if own.element in self._values
        )

    def annotation(self, body: ComponentName) -> Expression:
        """Return the annotation of a root element."""
        annotation = self._annotations.of_value(self._values[body])
        return self._annotations.or_none(annotation) if body in self._nillable else annotation

    def _of_record(self, record: RecordShape) -> Iterator[Argument]:
        names = _names(record)
        for slot in record.slots:
            annotation = self._annotations.of_slot(slot)
            is_element = isinstance(slot, ElementSlot)
            value = slot.value if isinstance(slot, ElementSlot) else None
            yield Argument(
                names[slot.slot],
                slot.slot,
                annotation,
                default_of(slot),
                slot.documentation if isinstance(slot, ElementSlot) else "",
                is_text=is_element and slot.most == 1 and _is_string(value),
                value=value,
                is_repeated=is_element and slot.most != 1,
            )
        if record.nil:
            default = call(builtin("frozenset"))
            yield Argument(record.nil, record.nil, of_nil(record.slots), default, "", is_text=False)
        for attribute in record.attributes:
            annotation = self._annotations.of_attribute(attribute)
            name, text = names[attribute.slot], _is_string(attribute.value)
            yield Argument(
                name,
                attribute.slot,
                annotation,
                attribute.default,
                attribute.documentation,
                is_text=text,
            )


def _names(record: RecordShape) -> dict[str, str]:
    """Return the names of slots: those of elements and attributes that no other has."""
    named: list[ElementSlot | AttributeSlot] = [
        *(slot for slot in record.slots if isinstance(slot, ElementSlot)),
        *record.attributes,
    ]
    locals_ = [own.name.local for own in named]
    names = {slot.slot: slot.slot for slot in record.slots}
    for own in named:
        is_alone = locals_.count(own.name.local) == 1
        names[own.slot] = own.name.local if is_alone else own.slot
    return names


def _is_string(value: Value | None) -> bool:
    return isinstance(value, LeafValue) and value.annotation == STR
