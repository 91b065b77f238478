"""Signatures of operations, by which ports that offer the same operation are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from unstringly.model.schema_content import (
    AnyElement,
    ComplexContent,
    ComplexType,
    Derivation,
    Element,
    ElementRef,
    GroupRef,
    LocalElement,
    ModelGroup,
)
from unstringly.model.schema_simple import Atomic, SimpleType
from unstringly.model.schema_walks import bases, leaves
from unstringly.model.service import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unstringly.model.schema import Schema
    from unstringly.model.schema_content import Particle
    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import Message, Operation, QName

_SOAP = (BindingKind.SOAP11, BindingKind.SOAP12)
_ANYTHING = "any"


class Signature(Struct, frozen=True):
    """The names of the parameters and the types of the results; no results at all if one-way.

    Types of parameters do not count: HTTP ports declare each as a string.
    """

    parameters: tuple[str, ...]
    results: tuple[str, ...] | None

    def __str__(self) -> str:
        """Return the signature in one line, such as `(user, text) -> string`."""
        parameters = f"({', '.join(self.parameters)})"
        if self.results is None:
            return f"{parameters}, one-way"
        return f"{parameters} -> {', '.join(self.results) or 'nothing'}"


class Offer(Struct, frozen=True):
    """An operation as a binding of some kind offers it."""

    operation: Operation
    kind: BindingKind

    def agrees(self, other: Offer, schema: Schema) -> bool:
        """Say whether one call can go over either binding.

        Texts go into whatever element each binding has for them. Other messages of SOAP must have
        the same elements; HTTP has others by its nature, so signatures are compared.
        """
        if self.kind in _SOAP and other.kind in _SOAP and not (self.is_text and other.is_text):
            return self.bodies() == other.bodies()
        return self.signature(schema) == other.signature(schema)

    @property
    def is_text(self) -> bool:
        """Say whether all messages have the text form."""
        output = self.operation.output
        return self.operation.input.is_text and output is not None and output.is_text

    def bodies(self) -> tuple[QName | None, QName | None, bool]:
        """Return the elements of the request and of the response; False stands for one-way."""
        return (*self._elements(), self.operation.output is not None)

    def _elements(self) -> tuple[QName | None, QName | None]:
        output = self.operation.output
        return self.operation.input.element, None if output is None else output.element

    def signature(self, schema: Schema) -> Signature:
        """Return the signature; the schema has the bodies that were made of parts."""
        output = self.operation.output
        results = None if output is None else tuple(_results(output, schema, self.kind))
        return Signature(tuple(_parameters(self.operation.input, schema)), results)

    def shown(self, schema: Schema, other: Offer) -> str:
        """Return the signature in one line; the elements if that of the other one is the same."""
        own = str(self.signature(schema))
        if own != str(other.signature(schema)):
            return own
        return " -> ".join(_qualified(name) if name else "nothing" for name in self._elements())


def _parameters(message: Message, schema: Schema) -> Iterator[str]:
    if message.is_text:
        yield from (part.name for part in message.parts)
    elif message.body is not None:
        element = _element(schema, message.body)
        fields = _fields(schema, element)
        if fields is None:
            yield element.name.local
        else:
            yield from (_name(schema, field) for field in fields)


def _results(message: Message, schema: Schema, kind: BindingKind) -> Iterator[str]:
    if message.is_text:
        yield from (part.type.local for part in message.parts)
    elif message.body is not None:
        element = _element(schema, message.body)
        fields = _fields(schema, element) if kind in _SOAP else None
        if fields is None:
            yield _type(schema, element.type)
        else:
            yield from (_type_of(schema, field) for field in fields)


def _element(schema: Schema, name: ComponentName) -> Element:
    element = schema.components[name]
    assert isinstance(element, Element)
    return element


def _fields(schema: Schema, element: Element) -> list[Particle] | None:
    """Return what stands in an element, in order; None if that is a text."""
    type_ = schema.components[element.type]
    if not isinstance(type_, ComplexType) or not isinstance(type_.content, ComplexContent):
        return None
    row: list[ComplexType] = []
    for base in bases(schema, type_.name):
        if isinstance(base, ComplexType):
            row.append(base)
            if base.derivation is Derivation.RESTRICTION:
                break
    contents = [base.content for base in reversed(row)]
    return [
        leaf
        for content in contents
        if isinstance(content, ComplexContent)
        for leaf in leaves(content.particle)
    ]


def _name(schema: Schema, field: Particle) -> str:
    match field:
        case LocalElement(declaration=element):
            return element.name.local
        case ElementRef(name=name) | GroupRef(name=name):
            return name.local
        case AnyElement() | ModelGroup():
            return _ANYTHING
        case _:
            assert_never(field)


def _type_of(schema: Schema, field: Particle) -> str:
    match field:
        case LocalElement(declaration=element):
            return _type(schema, element.type)
        case ElementRef(name=name):
            return _type(schema, _element(schema, name).type)
        case GroupRef(name=name):
            return name.local
        case AnyElement() | ModelGroup():
            return _ANYTHING
        case _:
            assert_never(field)


def _type(schema: Schema, name: ComponentName) -> str:
    """Return the name of a type: that of the built-in one which a simple type restricts.

    An anonymous type of nothing but elements that are declared elsewhere, or may be any, has their
    names: so a DataSet in one message is one in another.
    """
    match schema.components[name]:
        case SimpleType(variety=Atomic(built_in=built_in)):
            return built_in
        case ComplexType() as type_ if name.way and (parts := _elsewhere(type_)):
            return "+".join(_name(schema, part) for part in parts)
        case _:
            return "/".join((name.local, *name.way))


def _elsewhere(type_: ComplexType) -> list[Particle]:
    """Return what stands in a type, if all of it is declared elsewhere or may be anything."""
    content = type_.content
    parts = [*leaves(content.particle)] if isinstance(content, ComplexContent) else []
    is_all = all(isinstance(part, AnyElement | ElementRef) for part in parts)
    return parts if is_all and not type_.attributes.items else []


def _qualified(name: QName) -> str:
    return f"{{{name.namespace}}}{name.local}"
