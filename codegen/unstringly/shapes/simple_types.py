"""Simple types in Python: annotations, leaves, and enumerations that stay open (law 6).

An enumeration over texts is an `Enum` with the schema's own words as values, beside a class of its
own for all other texts, as codes of a grammar are. `Enum | Unknown…` is matched exhaustively by
both type checkers. `Literal` would be cheaper, but a text of a newer service would be typed as one
that it is not, or be a plain `str`, which hides every misspelt comparison.

A union takes the first member that fits, so that an enumeration in one is closed, unless it is the
last member. Enumerations of other values are the Python type of these; they are checked as facets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, assert_never

from msgspec import Struct

from unstringly.model.schema_built_in import BUILT_IN
from unstringly.model.schema_names import ANY_SIMPLE_TYPE, XSD, ComponentName
from unstringly.model.schema_simple import Atomic, ListOf, SimpleType, UnionOf
from unstringly.model.service import QName
from unstringly.python.build import builtin, call, generic, union
from unstringly.python.nodes import Attribute, Constant, Display, Expression, Name, Symbol, Text
from unstringly.python.symbols import runtime
from unstringly.shapes.built_ins import SCOPED, TYPES, is_text, value_of
from unstringly.shapes.facets import facets_of, text_type
from unstringly.shapes.flattening import NoShapeError
from unstringly.shapes.naming import ClassNames, constant_of, member_names
from unstringly.shapes.shapes import Enumeration, LeafTable, LeafValue, Member, Reason

if TYPE_CHECKING:
    from unstringly.diagnostics import Span
    from unstringly.model.schema import Schema

_MOST_STEPS = 500
_MOST_DEPTH = 20

_LIST_OF = runtime("xml.leaves", "list_of")
_QNAMES = runtime("xml.qname_lists", "QNAMES")
_UNION_OF = runtime("xml.leaves", "union_of")
_RESTRICTED = runtime("xml.facets", "restricted")
_ENUMERATION = runtime("xml.enumerations", "enumeration")


def message_class(name: str) -> Symbol:
    """Return a class or an alias of `messages.py`."""
    return Symbol(".messages", name)


class SimpleForm(Struct, frozen=True):
    """A simple type in Python.

    `built_in` is empty for lists and unions. `closed` is the leaf that takes the members of an
    enumeration alone, and `listed` the annotation of these.
    """

    value: LeafValue
    built_in: str = ""
    enumeration: Enumeration | None = None
    item: SimpleForm | None = None
    members: tuple[SimpleForm, ...] = ()
    closed: Expression | None = None

    def source_of(self, text: str) -> Expression:
        """Return the source of the value of a text. Raises ValueError if it is none of the type."""
        if self.enumeration is not None:
            for member in self.enumeration.members:
                if member.value == text:
                    return Attribute(message_class(self.enumeration.class_name), member.name)
            return call(message_class(self.enumeration.unknown), text=Text(text))
        if self.built_in:
            return value_of(self.built_in, text)
        if self.item is not None:
            return Display("tuple", tuple(map(self.item.source_of, text.split())))
        for form in self.members:
            listing = form.enumeration if form is not self.members[-1] else None
            if listing is not None and all(own.value != text for own in listing.members):
                continue
            try:
                return form.source_of(text)
            except ValueError:
                continue
        raise ValueError(f"{text!r} is of no member of the union")


class SimpleTypes:
    """The simple types of a schema, each made when it is asked for first."""

    def __init__(self, schema: Schema, names: ClassNames) -> None:
        self._schema, self._names = schema, names
        self._forms: dict[ComponentName, SimpleForm] = {}
        self.enumerations: dict[ComponentName, Enumeration] = {}
        self.leaves: list[LeafTable] = []
        self.unchecked: dict[ComponentName, Reason] = {}

    def form(self, name: ComponentName, depth: int = 0) -> SimpleForm:
        """Return a simple type in Python. Raises NoShapeError."""
        known = self._forms.get(name)
        if known is None:
            type_ = self._type(name)
            if depth > _MOST_DEPTH:
                raise NoShapeError(f"its types are nested more than {_MOST_DEPTH} deep", type_.span)
            known = self._forms[name] = self._made(type_, depth)
        return known

    def _type(self, name: ComponentName) -> SimpleType:
        type_ = self._schema.components[name]
        assert isinstance(type_, SimpleType)
        return type_

    def _made(self, type_: SimpleType, depth: int) -> SimpleForm:
        if type_.name in BUILT_IN and type_.name.local in TYPES:
            built_in = TYPES[type_.name.local]
            value = LeafValue(built_in.annotation, built_in.leaf, type_.name.local in SCOPED)
            return SimpleForm(value, type_.name.local)
        steps = self._steps(type_)
        match type_.variety:
            case Atomic(built_in=local):
                listing = next((step for step in steps if step.facets.enumeration), None)
                if listing is not None and is_text(local):
                    if listing.name != type_.name:
                        return self.form(listing.name, depth)
                    return self._enumerated(type_, steps, local)
                plain = self.form(ComponentName("type", XSD, local))
            case ListOf(item=item):
                plain = self._list(type_, steps, depth, item)
            case UnionOf(members=members):
                plain = self._union(type_, steps, depth, members)
            case _:
                assert_never(type_.variety)
        return self._with_facets(type_, steps, plain)

    def _steps(self, type_: SimpleType) -> tuple[SimpleType, ...]:
        """Return a type and those that it restricts, but for the built-in ones."""
        steps: list[SimpleType] = []
        while type_.name not in BUILT_IN:
            steps.append(type_)
            if len(steps) > _MOST_STEPS:
                raise NoShapeError(f"it restricts more than {_MOST_STEPS} types", type_.span)
            type_ = self._type(type_.base)
        return tuple(steps)

    def _enumerated(
        self, type_: SimpleType, steps: tuple[SimpleType, ...], local: str
    ) -> SimpleForm:
        base = TYPES[text_type(local, steps)]
        texts: dict[str, str] = {}
        for own in type_.facets.enumeration:
            try:
                source = value_of(text_type(local, steps), own.value)
            except ValueError as error:
                _refuse(error, own.span)
            assert isinstance(source, Text)
            texts.setdefault(source.value, own.documentation)
        names = member_names(texts)
        members = tuple(
            Member(name, text, words)
            for name, (text, words) in zip(names, texts.items(), strict=True)
        )
        class_name = self._names.of(type_.name)
        unknown = self._names.take(f"Unknown{class_name}")
        enumeration = Enumeration(type_.name, class_name, unknown, members, type_.documentation)
        self.enumerations[type_.name] = enumeration
        classes = message_class(class_name), message_class(unknown)
        closed = call(_ENUMERATION, Text(shown(type_.name)), base.leaf, classes[0])
        made = call(_ENUMERATION, Text(shown(type_.name)), base.leaf, *classes)
        leaf = self._table(type_, made)
        return SimpleForm(LeafValue(union(classes), leaf), local, enumeration, closed=closed)

    def _list(
        self, type_: SimpleType, steps: tuple[SimpleType, ...], depth: int, item: ComponentName
    ) -> SimpleForm:
        own = steps[-1]
        if own.base != ANY_SIMPLE_TYPE:
            return self.form(own.base, depth)
        if own.name != type_.name:
            return self.form(own.name, depth)
        inner = self.form(item, depth + 1)
        many = generic(builtin("tuple"), inner.value.annotation, Constant("..."))
        if inner.value.needs_scope:
            return SimpleForm(LeafValue(many, _QNAMES, needs_scope=True), item=inner)
        leaf = self._table(type_, call(_LIST_OF, Text(shown(type_.name)), inner.value.leaf))
        return SimpleForm(LeafValue(many, leaf), item=inner)

    def _union(
        self,
        type_: SimpleType,
        steps: tuple[SimpleType, ...],
        depth: int,
        members: tuple[ComponentName, ...],
    ) -> SimpleForm:
        own = steps[-1]
        if own.name != type_.name:
            return self.form(own.name, depth)
        forms = tuple(self.form(member, depth + 1) for member in members)
        if any(form.value.needs_scope for form in forms):
            raise NoShapeError("it is a union with qualified names", type_.span)
        annotations: list[Expression] = []
        leaves: list[Expression] = []
        for form in forms:
            is_closed = form.enumeration is not None and form is not forms[-1]
            if form.enumeration is not None and form.closed is not None and is_closed:
                annotations.append(message_class(form.enumeration.class_name))
                leaves.append(form.closed)
            else:
                annotations.append(form.value.annotation)
                leaves.append(form.value.leaf)
        leaf = self._table(type_, call(_UNION_OF, Text(shown(type_.name)), *leaves))
        return SimpleForm(LeafValue(union(annotations), leaf), members=forms)

    def _with_facets(
        self, type_: SimpleType, steps: tuple[SimpleType, ...], plain: SimpleForm
    ) -> SimpleForm:
        """Return a form whose leaf checks the facets of all steps, where there are any."""
        if plain.value.needs_scope:
            return plain
        facets, unchecked = facets_of(steps, plain.built_in, plain.source_of)
        if unchecked is not None:
            self.unchecked[type_.name] = Reason(unchecked, type_.span)
        if facets is None:
            return plain
        made = call(_RESTRICTED, Text(shown(type_.name)), plain.value.leaf, facets)
        annotation = plain.value.annotation
        value = LeafValue(annotation, self._table(type_, made))
        return SimpleForm(value, plain.built_in, None, plain.item, plain.members)

    def _table(self, type_: SimpleType, value: Expression) -> Name:
        """Let the tables make a leaf, and return its constant."""
        constant = constant_of(self._names.of(type_.name))
        self.leaves.append(LeafTable(constant, value, _told(type_)))
        return Name(constant)


def shown(name: ComponentName) -> str:
    """Return a component's name for people: `Order`, `Order.Line`, `Order.@currency`."""
    return ".".join([name.local, *(step.strip(":") for step in name.way if step != ":type")])


def _told(type_: SimpleType) -> QName | None:
    """Return the name that tells a type: its own, or that of the type of XML Schema below it."""
    if not type_.name.way:
        return QName(type_.name.namespace, type_.name.local)
    return QName(XSD, type_.variety.built_in) if isinstance(type_.variety, Atomic) else None


def _refuse(error: ValueError, span: Span) -> NoReturn:
    raise NoShapeError(str(error), span) from None
