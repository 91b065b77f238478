"""The places of strings inside of messages, by the names that a spec has for them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema_content import Element
from unstringly.model.schema_names import XSD, ComponentName
from unstringly.nearest import did_you_mean, nearest, nearest_first
from unstringly.python.build import NONE, STR
from unstringly.python.nodes import Display
from unstringly.shapes.shapes import (
    ArrayShape,
    AttributeSlot,
    ChoiceSlot,
    ElementSlot,
    LeafValue,
    RecordShape,
    Shapes,
    Slot,
    Value,
)
from unstringly.shapes.string_keys import spelled
from unstringly.shapes.string_rules import AMBIGUOUS, NOT_THERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unstringly.model.schema import Schema
    from unstringly.model.spec import AttachedString

Part: TypeAlias = ComponentName | tuple[ComponentName, str]
"""A component, or an element or `@attribute` of a type."""

_MOST_TOLD = 8
"""The most names that a finding tells."""

_MOST_COMPARED = 1_000
"""The most names of several types that one is compared with."""


class _Place(NamedTuple):
    """A part, and the namespace of the global component that its name begins with."""

    part: Part
    namespace: str


class _Owner(NamedTuple):
    """A type, and the namespace of the component that it is called by."""

    type: ComponentName
    namespace: str


class Places:
    """All that shapes have a name for.

    A name is kept in two parts, owner and part: a type may have thousands of parts, and thousands
    of global elements may be of it. `bodies` are the names of `names_of_bodies`.
    """

    def __init__(self, shapes: Shapes, schema: Schema, bodies: Mapping[ComponentName, str]) -> None:
        self._bodies = bodies
        self._alone: dict[str, dict[_Place, None]] = {}
        self._owners: dict[str, dict[_Owner, None]] = {}
        self._parts: dict[ComponentName, dict[str, str]] = {}
        self._strings: dict[ComponentName, dict[str, None]] = {}
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
            namespace, name = spelled(own.place)
            places = [
                place
                for place in self._named(name)
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

    def strings_near(self, place: str) -> str:
        """Return the strings in a place, or else beside it, nearest first; empty for none."""
        name = spelled(place)[1]
        told = (self._told(owner, part) for owner, part in ((name, ""), *_splits(name)))
        return next(filter(None, told), "")

    def _named(self, name: str) -> Iterator[_Place]:
        """Yield what a name stands for."""
        yield from self._alone.get(name, ())
        for called, part in _splits(name):
            for owner in self._owners.get(called, ()):
                own = self._parts[owner.type].get(part)
                if own is not None:
                    yield _Place((owner.type, own), owner.namespace)

    def _advice(self, name: str) -> str:
        """Return what may be meant by a name that names nothing in its namespace."""
        elsewhere = next(self._named(name), None)
        if elsewhere is not None:
            return f"it is in the namespace {elsewhere.namespace!r}"
        inside = name if name in self._owners else None
        inside = inside or next((own for own in self._owners if own.startswith(f"{name}.")), None)
        if inside is not None:
            told = self._told(inside, "")
            return f"name a string in it: {told}" if told else f"{inside!r} has no string"
        for called, part in _splits(name):
            owner = called if called in self._owners else nearest(called, self._owners)
            if owner is not None:
                return self._meant(owner, part)
        close = nearest(name, self._alone)
        if close is not None:
            return f"did you mean {close!r}?"
        known = tuple(islice(self._every_string(), _MOST_COMPARED))
        if not known:
            return "no message has a string that may have a grammar"
        return f"messages have such strings as {_row(nearest_first(name, known, _MOST_TOLD))}"

    def _meant(self, owner: str, part: str) -> str:
        """Return the string of an owner that may be meant, and all that the owner has."""
        known = (f"{owner}.{own}" for own in self._of(owner, self._strings))
        question = did_you_mean(f"{owner}.{part}", known, repr)
        told = self._told(owner, part)
        strings = f"{owner!r} has the strings {told}" if told else f"{owner!r} has no string"
        return f"{question} {strings}".strip()

    def _told(self, owner: str, part: str) -> str:
        """Return the strings of an owner in words, those that are most like a part first."""
        strings = self._of(owner, self._strings)
        shown = nearest_first(part, strings, _MOST_TOLD)
        more = len(strings) - len(shown)
        others = f" and {more} more" if more else ""
        return _row(f"{owner}.{own}" for own in shown) + others

    def _every_string(self) -> Iterator[str]:
        for owner in self._owners:
            yield from (f"{owner}.{part}" for part in self._of(owner, self._strings))

    def _of(self, owner: str, known: Mapping[ComponentName, Iterable[str]]) -> tuple[str, ...]:
        types = (own.type for own in self._owners.get(owner, ()))
        return tuple(dict.fromkeys(part for type_ in types for part in known.get(type_, ())))

    def _add(self, name: str, part: Part, namespace: str) -> None:
        self._alone.setdefault(name, {})[_Place(part, namespace)] = None

    def _value(self, value: Value) -> None:
        """Add a simple type that is named."""
        name = value.type if isinstance(value, LeafValue) else None
        if name is not None and not name.way and name.namespace != XSD:
            self._add(name.local, name, name.namespace)

    def _record(self, record: RecordShape) -> None:
        self._slots(record)
        locals_ = {slot.name.local for slot in _elements(record.slots)}
        parts = self._parts_of(record.type) if record.attributes else {}
        for attribute in record.attributes:
            local = attribute.name.local
            self._value(attribute.value)
            parts[f"@{local}"] = f"@{local}"
            if local not in locals_:
                parts[local] = f"@{local}"
            if _may_have_grammar(attribute):
                self._note(record.type, f"@{local}" if local in locals_ else local)
        if record.text is not None:
            self._value(record.text.value)
            for owner, name in self._names(record.type):
                self._add(name, record.type, owner.namespace)

    def _slots(self, shape: RecordShape | ArrayShape) -> None:
        slots = shape.slots if isinstance(shape, RecordShape) else (shape.items,)
        for slot in _elements(slots):
            self._value(slot.value)
            self._parts_of(shape.type)[slot.name.local] = slot.name.local
            if _may_have_grammar(slot):
                self._note(shape.type, slot.name.local)
            if slot.declaration is not None:
                own = slot.declaration
                self._add(own.local, own, own.namespace)

    def _note(self, owner: ComponentName, part: str) -> None:
        """Note that a part may have a grammar."""
        self._strings.setdefault(owner, {})[part] = None

    def _parts_of(self, owner: ComponentName) -> dict[str, str]:
        """Return the parts of a type by their names; on first use the type gets its own names."""
        if owner not in self._parts:
            self._parts[owner] = {}
            for component, called in self._names(owner):
                own = _Owner(owner, component.namespace)
                self._owners.setdefault(called, {})[own] = None
        return self._parts[owner]

    def _names(self, owner: ComponentName) -> Iterator[tuple[ComponentName, str]]:
        """Yield the names of a type: its own, and those of the global elements of it."""
        steps = (step for step in owner.way if not step.startswith(":"))
        body = self._bodies.get(replace(owner, way=owner.way[:1])) if owner.way else None
        yield owner, ".".join((owner.local, *steps)) if body is None else body
        for element in self._elements.get(owner, ()):
            yield element, element.local


def has_default(slot: ElementSlot | AttributeSlot) -> bool:
    """Say whether an element or attribute has a default or fixed text."""
    is_filled = isinstance(slot, ElementSlot) and slot.empty is not None
    return is_filled or slot.default not in (None, NONE, Display("tuple", ()))


def _may_have_grammar(slot: ElementSlot | AttributeSlot) -> bool:
    is_string = isinstance(slot.value, LeafValue) and slot.value.annotation == STR
    return is_string and not has_default(slot)


def _row(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield each way to take a name for an owner and its part; the longest owner is first."""
    at = name.rfind(".")
    while at >= 0:
        yield name[:at], name[at + 1 :]
        at = name.rfind(".", 0, at)


def _elements(slots: Iterable[Slot]) -> Iterator[ElementSlot]:
    """Yield the elements of some slots, those in choices included."""
    for slot in slots:
        if isinstance(slot, ElementSlot):
            yield slot
        elif isinstance(slot, ChoiceSlot):
            for branch in slot.branches:
                yield from _elements(branch.slots)
