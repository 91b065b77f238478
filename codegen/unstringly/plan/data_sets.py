"""Plans `data_sets.py`: what programs need of DataSets, where messages have some."""

from msgspec import Struct

from unstringly.model.spec import DataSetColumn, DataSetRow, Spec
from unstringly.plan.messages.classes import RECORD
from unstringly.plan.module import Module
from unstringly.plan.vocabulary import words
from unstringly.python.build import NONE, TRUE, call, generic, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import Dict, Expression, Name, Symbol, Text
from unstringly.python.statement_nodes import AnnotatedAssign, Class, Docstring, Statement
from unstringly.python.symbols import FINAL, runtime
from unstringly.runtime.xml.dataset_columns import ANY, GUID
from unstringly.shapes.built_ins import TYPES
from unstringly.shapes.naming import constant_of
from unstringly.shapes.shapes import Shapes

_CELL = runtime("xml.dataset_columns", "Cell")
_COLUMN = runtime("xml.dataset_columns", "Column")
_ROWS_OF = runtime("xml.dataset_records", "RowsOf")
_WRONG_TABLE = runtime("xml.dataset_records", "WrongTable")
_OFFERED = (
    _CELL,
    _COLUMN,
    runtime("xml.dataset_columns", "Place"),
    runtime("xml.datasets", "DataSet"),
    runtime("xml.datasets", "Table"),
    runtime("xml.dataset_row", "Row"),
    runtime("xml.dataset_row", "RowState"),
    runtime("xml.dataset_row", "WrongCell"),
    runtime("xml.fragments", "XmlFragment"),
)


class DataSets(Struct, frozen=True):
    """The view of `data_sets.py`; `uses` is what it has of the runtime for others."""

    names: tuple[str, ...]
    body: tuple[Statement, ...]
    uses: tuple[Symbol, ...]


def data_set_modules(shapes: Shapes, spec: Spec, header: str) -> tuple[Module, ...]:
    """Return the module of a package whose messages have DataSets."""
    if not shapes.has_data_sets:
        return ()
    rows = spec.data_set_rows
    uses = (*_OFFERED, _ROWS_OF, _WRONG_TABLE) if rows else _OFFERED
    offered = tuple(symbol.name for symbol in uses)
    body = tuple(statement for row in rows for statement in (_class(row), _rows_of(row)))
    own = [name for row in rows for name in (row.name, _constant(row))]
    view = DataSets(tuple(in_order([*offered, *own])), body, uses)
    return (
        Module(
            f"{spec.package}/data_sets.py",
            "data_sets.py.jinja",
            header,
            view,
            own=".data_sets",
            offered=offered,
        ),
    )


def declared_rows(spec: Spec) -> tuple[Symbol, ...]:
    """Return the rows of tables that a grammar declares, as other modules name them."""
    return tuple(Symbol(".data_sets", _constant(row)) for row in spec.data_set_rows)


def _constant(row: DataSetRow) -> str:
    return f"{constant_of(row.name)}_ROWS"


def _class(row: DataSetRow) -> Class:
    doc = words(row.words) or f"A row of the table {row.table}."
    fields = (
        AnnotatedAssign(
            own.field,
            _annotation(own) if own.is_required else union([_annotation(own), NONE]),
            None if own.is_required else NONE,
        )
        for own in row.columns
    )
    return Class(row.name, (Docstring(doc), *fields), decorators=(RECORD,))


def _rows_of(row: DataSetRow) -> Statement:
    columns = Dict(tuple((Text(own.field), _column(own)) for own in row.columns))
    made = call(_ROWS_OF, Text(row.table), Name(row.name), columns)
    return AnnotatedAssign(_constant(row), generic(FINAL, generic(_ROWS_OF, Name(row.name))), made)


def _column(column: DataSetColumn) -> Expression:
    named: dict[str, Expression] = {"is_required": TRUE} if column.is_required else {}
    return call(_COLUMN, Text(column.name), Text(column.type), **named)


def _annotation(column: DataSetColumn) -> Expression:
    if column.type == GUID:
        return Symbol("uuid", "UUID")
    return _CELL if column.type == ANY else TYPES[column.type].annotation
