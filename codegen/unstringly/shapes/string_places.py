"""The places of strings inside of messages, by the names that a spec has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.schema_content import Element
from unstringly.model.schema_names import XSD, ComponentName
from unstringly.nearest import did_you_mean
from unstringly.shapes.shapes import (
    ArrayShape,
    ChoiceSlot,
    ElementSlot,
    LeafValue,
    RecordShape,
    Shapes,
    Slot,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unstringly.model.schema import Schema
    from unstringly.model.service import Message
    from unstringly.model.spec import AttachedString

NOT_THERE = Rule(
    "L115",
    Severity.ERROR,
    "a key of `strings` names nothing in the messages",
    wrong="""\
Each key of `strings` names a string inside of the messages, to the letter: an element or attribute
of a complex type or of a global element, as in `Order.Lines`, or a global element or a simple type
alone. Only what an operation's messages reach can be named.""",
    why="The grammar would be said of nothing, and the string would stay a `str`.",
    example="strings: {Order.Line: order_lines}        where the WSDL has Order.Lines",
    todo="""\
Take the WSDL's spelling. An anonymous type is called as the elements that lead to it; the
parameters of an operation are elements of its wrapper, as in `GetOrder.filter`.""",
)
AMBIGUOUS = Rule(
    "L117",
    Severity.ERROR,
    "a key of `strings` names several things, or one that another key names",
    wrong="""\
Several namespaces have a type or an element of this name, or two keys are two spellings of one
place.""",
    why="It would have to be guessed which grammar belongs to which string.",
    example="strings: {Order.Lines: order_lines}        where two schemas declare an Order",
    todo="""\
Write the namespace before the name, in braces and quotes: `'{urn:example:orders}Order.Lines'`.""",
)
NO_STRING = Rule(
    "L118",
    Severity.ERROR,
    "what a key of `strings` names cannot have a grammar",
    wrong="""\
Only elements and attributes of a simple type that is `xs:string`, or derived from it, have a
grammar: no numbers, structures, lists, unions and enumerations, and nothing with a default or a
fixed text.""",
    why="""\
The schema says already what stands there. A default is a text that nobody sends; whether the
grammar reads it would be decided anew with each version of the WSDL.""",
    example="strings: {Order.Grams: grams}        where Grams is an xs:int",
    todo="Remove the key, or name the string that is meant.",
)
RULES = (NOT_THERE, AMBIGUOUS, NO_STRING)

Part: TypeAlias = ComponentName | tuple[ComponentName, str]
"""A component, or an element or `@attribute` of a type."""

_SPELLED = re.compile(r"\{([^{}]*)\}(.+)", re.DOTALL)


class _Place(NamedTuple):
    """A part, and the namespace of the global component that its name begins with."""

    part: Part
    namespace: str


class Places:
    """All that shapes have a name for."""

    def __init__(self, shapes: Shapes, schema: Schema) -> None:
        self._places: dict[str, list[_Place]] = {}
        self._elements: dict[ComponentName, list[ComponentName]] = {}
        for name, component in schema.components.items():
            if isinstance(component, Element) and not component.type.way:
                self._elements.setdefault(component.type, []).append(name)
        for root in shapes.roots:
            if root.name.kind == "element" and not root.name.way:
                self._add(root.name.local, root.name, root.name.namespace)
            self._value(root.value)
        for record in shapes.records:
            self._record(record)
        for array in shapes.arrays:
            self._slots(array)

    def resolved(
        self, strings: Iterable[AttachedString]
    ) -> tuple[Mapping[Part, AttachedString], tuple[Diagnostic, ...]]:
        """Return what has a grammar, and findings for keys that cannot be told."""
        attached: dict[Part, AttachedString] = {}
        findings: list[Diagnostic] = []
        for own in strings:
            namespace, name = _spelled(own.place)
            places = [
                place
                for place in self._places.get(name, ())
                if namespace is None or place.namespace == namespace
            ]
            namespaces = dict.fromkeys(place.namespace for place in places)
            if not places:
                message = f"no message has a string that is called {own.place!r}"
                findings.append(Diagnostic(NOT_THERE, own.span, message, self._advice(name)))
            elif len(namespaces) > 1:
                message = f"{own.place!r} is in {' and in '.join(map(repr, namespaces))}"
                first = next(iter(namespaces))
                help_text = f"write the namespace before it: '{{{first}}}{name}'"
                findings.append(Diagnostic(AMBIGUOUS, own.span, message, help_text))
            elif other := next((attached[p.part] for p in places if p.part in attached), None):
                message = f"{own.place!r} is what {other.place!r} names"
                findings.append(Diagnostic(AMBIGUOUS, own.span, message, "remove one of them"))
            else:
                attached |= dict.fromkeys((place.part for place in places), own)
        return attached, tuple(findings)

    def _advice(self, name: str) -> str:
        """Return what may be meant by a name that names nothing in its namespace."""
        if name in self._places:
            return f"it is in the namespace {self._places[name][0].namespace!r}"
        inner = next((other for other in self._places if other.startswith(f"{name}.")), None)
        if inner is not None:
            return f"name an element or attribute of it, such as {inner!r}"
        return did_you_mean(name, self._places, repr)

    def _add(self, name: str, part: Part, namespace: str) -> None:
        places = self._places.setdefault(name, [])
        place = _Place(part, namespace)
        if place not in places:
            places.append(place)

    def _value(self, value: Value) -> None:
        """Add a simple type that is named."""
        name = value.type if isinstance(value, LeafValue) else None
        if name is not None and not name.way and name.namespace != XSD:
            self._add(name.local, name, name.namespace)

    def _record(self, record: RecordShape) -> None:
        self._slots(record)
        locals_ = {slot.name.local for slot in _elements(record.slots)}
        for attribute in record.attributes:
            local = attribute.name.local
            self._value(attribute.value)
            self._part(record.type, f"@{local}", f"@{local}")
            if local not in locals_:
                self._part(record.type, local, f"@{local}")
        if record.text is not None:
            self._value(record.text.value)
            for owner, name in self._names(record.type):
                self._add(name, record.type, owner.namespace)

    def _slots(self, shape: RecordShape | ArrayShape) -> None:
        slots = shape.slots if isinstance(shape, RecordShape) else (shape.items,)
        for slot in _elements(slots):
            self._value(slot.value)
            self._part(shape.type, slot.name.local, slot.name.local)
            if slot.declaration is not None:
                own = slot.declaration
                self._add(own.local, own, own.namespace)

    def _part(self, owner: ComponentName, name: str, part: str) -> None:
        for component, called in self._names(owner):
            self._add(f"{called}.{name}", (owner, part), component.namespace)

    def _names(self, owner: ComponentName) -> Iterator[tuple[ComponentName, str]]:
        """Yield the names of a type: its own, and those of the global elements of it."""
        steps = (step for step in owner.way if not step.startswith(":"))
        yield owner, ".".join((owner.local, *steps))
        for element in self._elements.get(owner, ()):
            yield element, element.local


def _elements(slots: Iterable[Slot]) -> Iterator[ElementSlot]:
    """Yield the elements of some slots, those in choices included."""
    for slot in slots:
        if isinstance(slot, ElementSlot):
            yield slot
        elif isinstance(slot, ChoiceSlot):
            for branch in slot.branches:
                yield from _elements(branch.slots)


def _spelled(place: str) -> tuple[str | None, str]:
    """Return the namespace of a key, None if it has none, and the name."""
    match = _SPELLED.fullmatch(place)
    return (None, place) if match is None else (match[1], match[2])


def names_parts(strings: Iterable[AttachedString], schema: Schema, message: Message) -> bool:
    """Say whether some key names a part of a message that may be texts."""
    if message.body is None:
        return False
    component = schema.components.get(message.body)
    owners = [message.body.local]
    if isinstance(component, Element) and not component.type.way:
        owners.append(component.type.local)
    names = {f"{owner}.{part.name}" for owner in owners for part in message.parts}
    declared = (part.declared for part in message.parts)
    names |= {type_.local for type_ in declared if type_ is not None and type_.namespace != XSD}
    return any(_spelled(own.place)[1] in names for own in strings)
