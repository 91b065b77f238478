"""The tables of `message_tables.py`, by which messages are read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from unstringly.model.schema_names import XSD
from unstringly.plan.messages.classes import record_class_of
from unstringly.plan.messages.grammar_leaves import NO_GRAMMARS, GrammarTable
from unstringly.plan.messages.ordering import in_order_of_use
from unstringly.plan.messages.shape_rows import ANYTHING, ShapeRows, table_symbol
from unstringly.python.build import STR, TRUE, call, generic
from unstringly.python.imports import in_order
from unstringly.python.nodes import Dict, Expression, Name, Symbol, Text
from unstringly.python.statement_nodes import AnnotatedAssign, Statement
from unstringly.python.symbols import FINAL, MAPPING, runtime
from unstringly.shapes.annotations import TABLES_MODULE, Annotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unstringly.model.schema_names import ComponentName
    from unstringly.model.service import QName
    from unstringly.shapes.shapes import Root, Shapes

ELEMENTS, TYPES, WRITER = "ROOT_ELEMENTS", "ROOT_TYPES", "XML_WRITER"
SECOND_ELEMENTS = "SECOND_ELEMENTS"
"""Elements of rpc style whose names other ones have on the wire too."""

ENCODED_WRITER = "ENCODED_WRITER"


class TablesBody(Struct, frozen=True):
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
        self._annotations = Annotations(shapes)
        self._rows = ShapeRows(shapes, rows)
        self.namespaces = self._rows.namespaces

    def statements(self) -> Iterator[Statement]:
        """Yield leaves, classes of wrappers, shapes, and the roots behind all of them."""
        own = [*self._statements()]
        yield from self._rows.data_sets.statements()
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
        shape = generic(FINAL, table_symbol("Shape"))
        for record in shapes.records:
            yield AnnotatedAssign(record.constant, shape, self._rows.record(record))
        for array in shapes.arrays:
            yield AnnotatedAssign(array.constant, shape, self._rows.array(array))
        elements = [root for root in shapes.roots if root.name.kind == "element"]
        types = [root for root in shapes.roots if root.name.kind == "type"]
        by_name = generic(MAPPING, STR, table_symbol("Element"))
        second = [root for root in elements if root.name.is_second]
        first = [root for root in elements if not root.name.is_second]
        roots = call(table_symbol("by_name"), *map(self._root, first))
        others = Dict(
            tuple((self._rows.named(own.name), self._rows.type_of(own.value)) for own in types)
        )
        if self._rows.has_any:
            any_type = generic(FINAL, table_symbol("AnyType"))
            yield AnnotatedAssign(ANYTHING, any_type, self._rows.anything())
        yield AnnotatedAssign(ELEMENTS, generic(FINAL, by_name), roots)
        if second:
            table = Dict(tuple((Text(key_of(own.name)), self._root(own)) for own in second))
            yield AnnotatedAssign(SECOND_ELEMENTS, generic(FINAL, by_name), table)
        by_name = generic(MAPPING, STR, table_symbol("Type"))
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

    def _root(self, root: Root) -> Expression:
        named: dict[str, Expression] = {"nillable": TRUE} if root.nillable else {}
        return call(
            table_symbol("Element"),
            Text("value"),
            Text(key_of(root.name)) if root.name.is_unsent else self._rows.named(root.name),
            self._rows.type_of(root.value),
            **named,
        )
