"""The types of elements with DataSets in tables, and DataSets that tests draw."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from ..errors.exceptions import Unwritable
from .dataset_columns import GUID, Cell, Column, leaf_of
from .dataset_reading import read_data_set, read_data_set_or_xml
from .dataset_row import Row, RowState
from .datasets import DataSet, Table
from .fragments import XmlFragment
from .tables import Leaf, Whole

_LARGEST: Final = (1 << 128) - 1
_STATES: Final = (RowState.UNCHANGED, RowState.INSERTED, RowState.MODIFIED)


def _parts(value: object) -> tuple[XmlFragment, ...] | None:
    """Return what is in the element of a DataSet; None for XML, which is the element."""
    if isinstance(value, XmlFragment):
        return None
    if not isinstance(value, DataSet):
        raise Unwritable("", type(value).__name__, "stands where a DataSet must be")
    return value.parts


def _parts_of_data_set(value: object) -> tuple[XmlFragment, ...] | None:
    if isinstance(value, XmlFragment):
        raise Unwritable("", "XmlFragment", "stands where a DataSet must be")
    return _parts(value)


class DataSets(Whole):
    """An element that has a DataSet in it; those for tests have tables like these.

    With `is_certain`, XML that is none is refused; else it stays an `XmlFragment`.
    """

    __slots__ = ("_is_certain",)

    def __init__(self, tables: tuple[Table, ...], *, is_certain: bool) -> None:
        read = read_data_set if is_certain else read_data_set_or_xml
        parts = _parts_of_data_set if is_certain else _parts
        super().__init__(read, parts, partial(drawn_data_set, tables))
        object.__setattr__(self, "_is_certain", is_certain)

    _is_certain: bool

    def like(self, *tables: Table) -> "DataSets":
        """Return the same type with other tables for tests."""
        return DataSets(tables, is_certain=self._is_certain)


def drawn_data_set(
    tables: tuple[Table, ...],
    number: Callable[[int, int], int],
    leaf: Callable[[Leaf], object],
) -> DataSet:
    """Return a DataSet with such tables, of numbers from … to …, and of values of leaves."""
    return DataSet(_drawn_table(table, number, leaf) for table in tables)


def _drawn_table(
    table: Table, number: Callable[[int, int], int], leaf: Callable[[Leaf], object]
) -> Table:
    columns = table.columns.values()

    def cell(column: Column) -> Cell:
        is_null = not (column.is_required or number(0, 4))
        return None if is_null else _drawn_cell(column, number, leaf)

    def cells() -> dict[str, Cell]:
        return {column.name: cell(column) for column in columns}

    def row() -> Row:
        state = _STATES[number(0, 2)]
        return Row(cells(), state=state, before=cells() if state is RowState.MODIFIED else None)

    rows = [row() for _ in range(number(0, 3))]
    return Table(table.name, columns, rows, [cells() for _ in range(number(0, 1))])


def _drawn_cell(
    column: Column, number: Callable[[int, int], int], leaf: Callable[[Leaf], object]
) -> Cell:
    if column.type == GUID:
        return UUID(int=number(0, _LARGEST))
    return _cell(leaf(leaf_of(column)))


def _cell(value: object) -> Cell:
    assert isinstance(value, Cell)
    return value


_USUAL: Final = tuple(
    Column(name, type_)
    for name, type_ in (
        ("name", "string"),
        ("number", "int"),
        ("price", "decimal"),
        ("valid until", "dateTime"),
        ("is open", "boolean"),
        ("share", "double"),
    )
)
_TABLES: Final = (Table("Table", _USUAL), Table("Table1", _USUAL[:2]))

DATA_SET: Final = DataSets(_TABLES, is_certain=True)
"""An element that has a DataSet in it."""
DATA_SET_OR_XML: Final = DataSets(_TABLES, is_certain=False)
"""An element that may have a DataSet in it: what has none is an `XmlFragment`."""
