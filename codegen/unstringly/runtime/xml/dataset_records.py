"""Rows of DataSets as records of a class, where a grammar says what their columns are."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar, final

from ..errors.exceptions import ServiceError
from .dataset_columns import Cell, Column
from .dataset_row import Row
from .datasets import DataSet, Table

RowT = TypeVar("RowT")


class WrongTable(ServiceError, ValueError):
    """A DataSet has no such table, or other columns in it than the grammar says."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(table, why)
        self.table, self.why = table, why

    def __str__(self) -> str:
        return f"the table {self.table!r} {self.why}"


@final
class RowsOf(Generic[RowT]):
    """The rows of a table as records of a class, whose fields have these columns.

    What came is checked against its own schema, and may have more columns.
    """

    __slots__ = ("_cls", "_columns", "_table")

    def __init__(self, table: str, cls: type[RowT], columns: Mapping[str, Column]) -> None:
        self._table, self._cls, self._columns = table, cls, columns

    def of(self, data_set: DataSet) -> tuple[RowT, ...]:
        """Return the rows of a DataSet, without those that were deleted. Raises WrongTable."""
        table = data_set.get(self._table)
        if table is None:
            raise WrongTable(self._table, "is not there")
        for column in self._columns.values():
            known = table.columns.get(column.name)
            if known is None:
                raise WrongTable(self._table, f"has no column {column.name!r}")
            if known.type != column.type:
                words = f"is of type {known.type}, and not {column.type}"
                raise WrongTable(self._table, f"has a column {column.name!r}, which {words}")
        return tuple(self._record(row) for row in table.rows)

    def table(self, records: Iterable[RowT]) -> Table:
        """Return a table with these rows and no other columns, as a service sends it."""
        rows: list[Mapping[str, Cell]] = [
            {column.name: getattr(record, field) for field, column in self._columns.items()}
            for record in records
        ]
        return Table(self._table, self._columns.values(), rows)

    def _record(self, row: Row) -> RowT:
        cells: dict[str, Cell] = {}
        for field, column in self._columns.items():
            cell = cells[field] = row[column.name]
            if cell is None and column.is_required:
                raise WrongTable(self._table, f"has NULL in the column {column.name!r}")
        return self._cls(**cells)
