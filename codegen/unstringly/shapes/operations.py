"""The operations of a service whose parameters and results are more than texts.

An operation takes and gives texts, if all of its messages may be texts, and the grammar mentions it
or they are strings without restrictions, and it declares neither faults nor headers of responses.
The messages of any other are structured: elements whose types have shapes.

The element of a request is a wrapper if its type is a record that nothing is derived from, and it
is named as the operation is, or the type has no name. Then its slots are the parameters; otherwise
the element is the only one. The element of a response is taken apart in the same way, unless there
is more than one slot in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from unstringly.model.schema_names import XSD
from unstringly.model.service import BindingKind, Message, Operation, Part, QName
from unstringly.python.build import NONE
from unstringly.shapes.annotations import Annotations
from unstringly.shapes.arguments import AnswerHeader, Argument, Arguments
from unstringly.shapes.bound import SOAP
from unstringly.shapes.shapes import (
    ElementSlot,
    LeafValue,
    RecordShape,
    Shapes,
    ShapeValue,
    Slot,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from unstringly.model.schema_names import ComponentName
    from unstringly.python.nodes import Expression

_RESPONSE = "Response"


class Structured(Struct, frozen=True):
    """An operation with structured messages.

    `request` and `response` are the elements of its bodies; None where nothing is in them. A void
    one has no result, whatever is in its response. The result is the field `slot` of the response's
    value, or the whole of it if `slot` is empty. `roots` are the elements of responses over GET
    and POST. `headers` are those of the request by the slots of their parameters, and `faults` the
    types of the details of declared faults, by their elements. The messages of an encoded one are
    in SOAP's encoding. `root_leaf` is the leaf of responses over GET and POST whose text has a
    grammar as the result over SOAP. `answers` are the headers of responses.
    """

    request: ComponentName | None
    arguments: tuple[Argument, ...]
    is_wrapped: bool
    response: ComponentName | None
    result: Expression
    slot: str
    is_void: bool
    is_one_way: bool
    is_encoded: bool
    roots: Mapping[BindingKind, ComponentName]
    headers: Mapping[str, ComponentName]
    faults: Mapping[ComponentName, Expression]
    root_leaf: Expression | None = None
    answers: tuple[AnswerHeader, ...] = ()


class Operations:
    """The structured operations of a service, by the shapes of their messages."""

    def __init__(self, shapes: Shapes) -> None:
        self._values = {root.name: root.value for root in shapes.roots}
        self._nillable = {root.name for root in shapes.roots if root.nillable}
        self._records = {record.type: record for record in shapes.records}
        self._arrays = {array.type: array for array in shapes.arrays}
        self._annotations = Annotations(shapes)
        self._arguments = Arguments(shapes)

    def structured(
        self, bound: Mapping[BindingKind, Operation], mentioned: Collection[str]
    ) -> Structured:
        """Return an operation; what its messages name has shapes. `bound` has it by binding.

        `mentioned` are the parameters that the grammar speaks of: a header some of whose fields it
        names has a parameter for each of them.
        """
        kind = next((kind for kind in SOAP if kind in bound), next(iter(bound)))
        operation = bound[kind]
        request = operation.input.body
        wrapper = self._wrapper(request, operation.local)
        arguments = self._arguments.of_request(request, wrapper)
        headers = self._arguments.slots_of_headers(operation.input.headers, arguments)
        for slot, header in headers.items():
            arguments += tuple(self._arguments.of_header(slot, header, mentioned))
        response = None if operation.output is None else operation.output.body
        slots = self._result_slots(response, f"{operation.local}{_RESPONSE}")
        first = Structured(
            request=request,
            arguments=arguments,
            is_wrapped=wrapper is not None,
            response=response,
            result=NONE,
            slot="",
            is_void=slots == () or response is None,
            is_one_way=operation.output is None,
            is_encoded=operation.input.is_encoded,
            roots={},
            headers={slot: header.element for slot, header in headers.items()},
            faults={
                fault.element: self._arguments.annotation(fault.element)
                for fault in operation.faults
                if fault.element in self._values
            },
            answers=self._arguments.answer_headers(
                () if operation.output is None else operation.output.headers
            ),
        )
        if response is None:
            return first
        result, slot = self._arguments.annotation(response), ""
        value: Value | None = self._values[response]
        if slots is not None and len(slots) == 1:
            only = slots[0]
            slot, result = only.slot, self._annotations.of_slot(only)
            value = only.value if isinstance(only, ElementSlot) and only.most == 1 else None
        roots = {
            kind: own.output.body
            for kind, own in bound.items()
            if kind not in SOAP
            and own.output is not None
            and own.output.body is not None
            and self._is_carried(own.input, operation.input, arguments)
            and (
                own.output.body == response
                or (not first.is_void and _is_alike(self._values.get(own.output.body), value))
            )
        }
        if first.is_void:
            return replace(first, roots=roots)
        has_grammar = isinstance(value, LeafValue) and value.string is not None and kind in SOAP
        leaf = value.leaf if isinstance(value, LeafValue) and has_grammar else None
        return replace(first, result=result, slot=slot, roots=roots, root_leaf=leaf)

    def _wrapper(self, body: ComponentName | None, name: str) -> RecordShape | None:
        """Return the record whose slots are parameters or results; None if there is no such one."""
        value = None if body is None else self._values[body]
        if body is None or body in self._nillable or not isinstance(value, ShapeValue):
            return None
        record = self._records.get(value.type)
        if record is None or record.alias or record.text is not None:
            return None
        return record if value.type.way or body.local == name else None

    def _result_slots(self, body: ComponentName | None, name: str) -> tuple[Slot, ...] | None:
        """Return the slots of a response that is taken apart; None for one that is not."""
        record = self._wrapper(body, name)
        if record is None or record.attributes or len(record.slots) > 1:
            return None
        return record.slots

    def _is_carried(
        self, message: Message, leading: Message, arguments: tuple[Argument, ...]
    ) -> bool:
        """Say whether the arguments for the leading message go into another one over HTTP."""
        if message.element is not None:  # which is posted as it is
            return message.body == leading.body and not leading.headers
        return self._is_form(message, arguments, is_only=message is leading)

    def _is_form(self, message: Message, arguments: tuple[Argument, ...], *, is_only: bool) -> bool:
        """Say whether all arguments are texts in a form, and those that its message names."""
        if any("." in own.slot or own.value is None for own in arguments):
            return False  # of a header, or of a choice
        if not is_only and {part.name for part in message.parts} != {own.name for own in arguments}:
            return False
        return all(map(self._has_texts, arguments))

    def _has_texts(self, argument: Argument) -> bool:
        """Say whether an argument is a text, or a tuple of texts, in a form."""
        value = argument.value
        if isinstance(value, ShapeValue) and not argument.is_repeated:
            array = self._arrays.get(value.type)
            value = None if array is None else array.items.value
        return isinstance(value, LeafValue) and not value.needs_scope


def _is_alike(root: Value | None, result: Value | None) -> bool:
    """Say whether a response over GET or POST has the result, or the string that is read as it."""
    if isinstance(root, LeafValue) and isinstance(result, LeafValue) and result.string is not None:
        return result.string in (root.leaf, root.string)
    return root == result


def with_parts(operation: Operation, structured: Structured) -> Operation:
    """Return an operation with a part for each parameter of its request, for the grammar's sake."""
    parts = tuple(
        Part(
            own.name,
            QName(XSD, "string" if own.is_text else "anyType"),
            operation.input.span,
            slot=own.slot,
            documentation=own.documentation,
        )
        for own in structured.arguments
    )
    output = None if operation.output is None else replace(operation.output, parts=())
    return replace(
        operation, input=replace(operation.input, parts=parts), output=output, is_structured=True
    )
