"""Reader of `datasets`: the rows of DataSets whose columns the author knows."""

from unstringly.diagnostics import Diagnostic
from unstringly.model.spec import DataSetColumn, DataSetRow
from unstringly.names import is_identifier, parameter_name, snake_case
from unstringly.nearest import did_you_mean
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.keys import COLUMN, DATA_SET_ROW
from unstringly.read.spec.names import (
    NOT_A_NAME,
    TAKEN_NAME,
    claim,
    class_name,
    python_name,
    wire_name,
)
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.rules import MISSING_KEY, WRONG_WORD

OFFERED = frozenset(
    (
        *("Cell", "Column", "DataSet", "Place", "Row", "RowState", "RowsOf", "Table"),
        *("WrongCell", "WrongTable", "XmlFragment"),
    )
)
"""Names that the module of the rows has besides."""

_RENAME = "rename one of them"
_ADVICE = "a DataSet has one table of a name; put all columns that are known into one row"


def read_data_set_rows(owner: Cursor) -> tuple[DataSetRow, ...]:
    """Return the rows that a spec declares, those with errors left out."""
    taken: dict[str, Scalar] = {}
    tables: dict[str, Scalar] = {}
    rows: list[DataSetRow] = []
    for key, node in owner.entries("datasets"):
        row = _row(key, node, taken, tables, owner.findings)
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _row(
    name: Scalar,
    node: Node,
    taken: dict[str, Scalar],
    tables: dict[str, Scalar],
    findings: list[Diagnostic],
) -> DataSetRow | None:
    cursor = Cursor(node, DATA_SET_ROW.names, DATA_SET_ROW.called, name.span, findings)
    class_name(name, "a row", findings)
    if name.text in OFFERED:
        message = f"a row named `{name.text}` would hide what is called so there"
        cursor.report(TAKEN_NAME, name.span, message, "choose another name")
    claim(name, f"{snake_case(name.text).upper()}_ROWS", taken, "constant", findings, _RENAME)
    table = cursor.scalar("table")
    table_name = name.text if table is None else wire_name(table, "a table", findings)
    claim(name if table is None else table, table_name, tables, "table", findings, _ADVICE)
    cursor.require("columns")
    columns: list[DataSetColumn] = []
    fields: dict[str, Scalar] = {}
    for key, column in cursor.entries("columns"):
        columns.append(_column(key, column, fields, cursor))
    if not columns and not cursor.failed:
        message = "a row of a DataSet needs at least one column"
        cursor.report(MISSING_KEY, cursor.key_span("columns"), message)
    if cursor.failed:
        return None
    return DataSetRow(
        name=name.text,
        table=table_name,
        words=cursor.localized("doc"),
        columns=tuple(columns),
        span=name.span,
    )


def _column(name: Scalar, node: Node, taken: dict[str, Scalar], owner: Cursor) -> DataSetColumn:
    """Return a column; a text alone is the name of its type."""
    wire_name(name, "a column", owner.findings)
    field, is_required = parameter_name(name.text), False
    type_: Scalar | None
    if isinstance(node, Scalar) and not node.is_missing:
        type_ = node
    else:
        cursor = Cursor(node, COLUMN.names, COLUMN.called, name.span, owner.findings)
        cursor.require("type")
        type_, is_required = cursor.scalar("type"), cursor.flag("required")
        given = cursor.scalar("python_name")
        field = field if given is None else python_name(given, "a column", owner.findings)
    if not is_identifier(field) and field == parameter_name(name.text):
        message = f"{quoted(name.text)} makes no name in Python"
        owner.report(NOT_A_NAME, name.span, message, "give it a `python_name`")
    claim(name, field, taken, "column", owner.findings)
    known = () if type_ is None else _types()
    if type_ is not None and type_.text not in known:
        message = (
            "the type of a column is one of XML Schema, `guid` or `anyType`, "
            f"not {quoted(type_.text)}"
        )
        owner.report(WRONG_WORD, type_.span, message, did_you_mean(type_.text, known))
    return DataSetColumn(name.text, field, "" if type_ is None else type_.text, is_required)


def _types() -> tuple[str, ...]:
    """Return the types that a column may have."""
    from unstringly.runtime.xml.dataset_columns import ANY, LEAVES  # is slow to import

    return (*LEAVES, ANY)
