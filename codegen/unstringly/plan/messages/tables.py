"""The tables of `message_tables.py`, by which messages are read and written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from unstringly.model.schema_names import XSD
from unstringly.model.service import QName
from unstringly.plan.messages.classes import record_class_of
from unstringly.plan.messages.data_set_types import DataSetTypes
from unstringly.plan.messages.grammar_leaves import NO_GRAMMARS, GrammarTable
from unstringly.plan.messages.namespaces import Namespaces
from unstringly.plan.messages.ordering import in_order_of_use
from unstringly.python.build import NONE, STR, TRUE, builtin, call, generic, tuple_of
from unstringly.python.imports import in_order
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
from unstringly.python.statement_nodes import AnnotatedAssign, Statement
from unstringly.python.symbols import FINAL, MAPPING, runtime
from unstringly.shapes.annotations import TABLES_MODULE, Annotations, record_class
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
    Root,
    Shapes,
    ShapeValue,
    Slot,
    Value,
    WildcardSlot,
)
from unstringly.shapes.simple_types import message_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unstringly.model.schema_names import ComponentName

ELEMENTS, TYPES, WRITER = "ROOT_ELEMENTS", "ROOT_TYPES", "XML_WRITER"
SECOND_ELEMENTS = "SECOND_ELEMENTS"
"""Elements of rpc style whose names other ones have on the wire too."""

ENCODED_WRITER = "ENCODED_WRITER"
_ANYTHING = "_ANYTHING"
_ANY_TYPE = runtime("xml.anything", "any_type")


def _table(name: str) -> Symbol:
    return runtime("xml.tables", name)


@dataclass(frozen=True, slots=True)
class TablesBody:
    """The view of `message_tables.py`."""

    names: tuple[str, ...]
    body: tuple[Statement, ...]


def key_of(body: ComponentName) -> str:
    """Return the key of an element: its name, with the way of one that is not alone with it."""
    return f"{body.namespace} {body.local}{''.join(body.way)}".strip()


def table_of(body: ComponentName) -> str:
    """Return the name of the table that has an element."""
    return SECOND_ELEMENTS if body.is_second else ELEMENTS


def tables_view(
    shapes: Shapes,
    grammars: Mapping[str, GrammarTable] = NO_GRAMMARS,
    *,
    is_encoded: bool = False,
    rows: tuple[Symbol, ...] = (),
) -> TablesBody:
    """Return the view of `message_tables.py`; `is_encoded`: with a writer for SOAP's encoding.

    `grammars` are those of strings inside of messages, by their names. `rows` are the tables whose
    columns a grammar declares: DataSets for tests have these.
    """
    tables = _Tables(shapes, grammars, rows)
    statements = [*tables.statements(), *tables.writers(is_encoded=is_encoded)]
    body = (*tables.namespaces.statements(), *statements)
    names = [ELEMENTS, TYPES, WRITER, *([ENCODED_WRITER] if is_encoded else [])]
    names += [SECOND_ELEMENTS] if any(root.name.is_second for root in shapes.roots) else []
    return TablesBody(tuple(in_order(names)), body)


class _Tables:
    def __init__(
        self,
        shapes: Shapes,
        grammars: Mapping[str, GrammarTable],
        rows: tuple[Symbol, ...],
    ) -> None:
        self._shapes, self._grammars = shapes, grammars
        self._data_sets = DataSetTypes(rows)
        self._annotations = Annotations(shapes)
        self.namespaces = Namespaces()
        self._constants: Mapping[ComponentName, str] = {
            **{record.type: record.constant for record in shapes.records},
            **{array.type: array.constant for array in shapes.arrays},
        }
        self._has_any = False

    def statements(self) -> Iterator[Statement]:
        """Yield leaves, classes of wrappers, shapes, and the roots behind all of them."""
        own = [*self._statements()]
        yield from self._data_sets.statements()
        yield from own

    def _statements(self) -> Iterator[Statement]:
        shapes = self._shapes
        for leaf in shapes.leaves:
            yield AnnotatedAssign(leaf.constant, FINAL, leaf.value)
        for own in shapes.grammar_leaves:
            yield AnnotatedAssign(own.constant, FINAL, self._grammars[own.grammar].leaf(own.base))
        wrappers = [own for own in shapes.records if own.is_wrapper]
        yield from in_order_of_use(
            [record_class_of(record, self._annotations) for record in wrappers], TABLES_MODULE
        )
        shape = generic(FINAL, _table("Shape"))
        for record in shapes.records:
            yield AnnotatedAssign(record.constant, shape, self._record(record))
        for array in shapes.arrays:
            yield AnnotatedAssign(array.constant, shape, self._array(array))
        elements = [root for root in shapes.roots if root.name.kind == "element"]
        types = [root for root in shapes.roots if root.name.kind == "type"]
        by_name = generic(MAPPING, STR, _table("Element"))
        second = [root for root in elements if root.name.is_second]
        first = [root for root in elements if not root.name.is_second]
        roots = call(_table("by_name"), *map(self._root, first))
        others = Dict(tuple((self._global(own.name), self._type(own.value)) for own in types))
        if self._has_any:
            any_type = generic(FINAL, _table("AnyType"))
            yield AnnotatedAssign(_ANYTHING, any_type, self._anything())
        yield AnnotatedAssign(ELEMENTS, generic(FINAL, by_name), roots)
        if second:
            table = Dict(tuple((Text(key_of(own.name)), self._root(own)) for own in second))
            yield AnnotatedAssign(SECOND_ELEMENTS, generic(FINAL, by_name), table)
        by_name = generic(MAPPING, STR, _table("Type"))
        yield AnnotatedAssign(TYPES, generic(FINAL, by_name), others)

    def writers(self, *, is_encoded: bool) -> Iterator[Statement]:
        """Yield the writers, which know the prefixes of all namespaces that were met by then."""
        prefixes = Dict(tuple(self.namespaces.prefixes()))
        writer = call(runtime("xml.writing", "Writer"), prefixes)
        yield AnnotatedAssign(WRITER, FINAL, writer)
        if is_encoded:
            told = [(leaf.constant, leaf.told) for leaf in self._shapes.leaves]
            told += [(leaf.constant, leaf.told) for leaf in self._shapes.grammar_leaves]
            types = Dict(tuple((Name(constant), self._told(name)) for constant, name in told))
            prefixes = Dict(tuple(self.namespaces.prefixes()))
            writer = call(runtime("xml.encoded_writing", "EncodedWriter"), prefixes, types)
            yield AnnotatedAssign(ENCODED_WRITER, FINAL, writer)

    def _told(self, name: QName | None) -> Expression:
        if name is None or name.namespace == XSD:  # which has a prefix of its own in the runtime
            return Text("" if name is None else f"{XSD} {name.local}")
        return self.namespaces.named(name)

    def _global(self, name: ComponentName) -> Expression:
        return self.namespaces.named(QName(name.namespace, name.local))

    def _root(self, root: Root) -> Expression:
        named: dict[str, Expression] = {"nillable": TRUE} if root.nillable else {}
        return call(
            _table("Element"),
            Text("value"),
            Text(key_of(root.name)) if root.name.is_unsent else self._global(root.name),
            self._type(root.value),
            **named,
        )

    def _type(self, value: Value) -> Expression:
        match value:
            case LeafValue(leaf=leaf):
                return leaf
            case ShapeValue(type=name):
                return Name(self._constants[name])
            case FragmentValue():
                return _table("WHOLE")
            case DataSetValue(is_certain=is_certain):
                return self._data_sets.named(is_certain=is_certain)
            case AnyValue():
                self._has_any = True
                return Name(_ANYTHING)
            case _:
                assert_never(value)

    def _shape(self, name: ComponentName, cls: Expression, content: Call) -> Call:
        told = Text("") if name.way else self._global(name)
        return call(_table("Shape"), told, cls, Lambda((), content))

    def _record(self, record: RecordShape) -> Expression:
        content: list[Expression | Keyword] = []
        if record.slots:
            content.append(self._particles(record.slots))
        if record.attributes:
            attributes = tuple_of(*map(self._attribute, record.attributes))
            content.append(Keyword("attributes", attributes))
        if record.text is not None:
            text = call(_table("Text"), Text(record.text.slot), record.text.value.leaf)
            content.append(Keyword("text", text))
        if record.derived:
            derived = (Name(self._constants[name]) for name in record.derived)
            content.append(Keyword("derived", call(_table("by_name"), *derived)))
        made = self._shape(
            record.type, record_class(record), Call(_table("Content"), tuple(content))
        )
        extra: list[Keyword] = []
        if record.is_abstract:
            extra.append(Keyword("is_abstract", TRUE))
        if record.nil:
            extra.append(Keyword("nil", Text(record.nil)))
        return Call(made.function, (*made.arguments, *extra))

    def _array(self, array: ArrayShape) -> Expression:
        items = call(_table("Content"), self._particles((array.items,)))
        shape = self._shape(array.type, NONE, items)
        own = (Keyword("is_array", TRUE),) if array.is_encoded else ()
        return Call(shape.function, (*shape.arguments, *own))

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
                return call(_table("Choice"), Text(name), rows, **_times(least, most, (1, 1)))
            case _:
                assert_never(slot)

    def _branch(self, branch: Branch) -> Expression:
        named: dict[str, Expression] = {"nil": Text(branch.nil)} if branch.nil else {}
        particles = self._particles(branch.slots)
        return call(_table("Branch"), message_class(branch.class_name), particles, **named)

    def _element(self, slot: ElementSlot) -> Expression:
        named = _times(slot.least, slot.most, (1, 1))
        if slot.nillable:
            named["nillable"] = TRUE
        if slot.most != 1:
            named["missing"] = Display("tuple", ())
        if slot.empty is not None:
            named["default"] = Text(slot.empty)
        return call(
            _table("Element"),
            Text(slot.slot),
            self.namespaces.named(slot.name),
            self._type(slot.value),
            **named,
        )

    def _attribute(self, slot: AttributeSlot) -> Expression:
        named: dict[str, Expression] = {}
        if slot.is_required:
            named["is_required"] = TRUE
        elif slot.default not in (None, NONE):
            named["missing"] = slot.default or NONE
        name = self.namespaces.named(slot.name)
        return call(_table("Attribute"), Text(slot.slot), name, slot.value.leaf, **named)

    def _anything(self) -> Expression:
        """Return the source of the type of anything."""
        types = dict(self._shapes.any_types)
        shapes = tuple(
            self._type(value) for value in types.values() if isinstance(value, ShapeValue)
        )
        leaves = tuple(
            (self._global(name), self._type(value))
            for name, value in types.items()
            if not isinstance(value, ShapeValue)
        )
        classes = tuple(
            (message_class(cls), self._global(own.type))
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
    return call(_table("Wildcard"), Text(slot.slot), **named)
