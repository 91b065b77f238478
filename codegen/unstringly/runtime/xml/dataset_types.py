"""The types of elements with DataSets in tables, and DataSets that tests draw."""

from collections.abc import Callable
from typing import Final

from ..errors.exceptions import Unwritable
from .dataset_columns import LEAVES, Cell, Column
from .dataset_reading import read_data_set, read_data_set_or_xml
from .dataset_row import Row, RowState
from .datasets import DataSet, Table
from .fragments import XmlFragment
from .tables import Leaf, Whole

_TYPES: Final = ("string", "int", "decimal", "dateTime", "boolean", "double")
_NAMES: Final = ("name", "number", "amount", "valid until", "is open", "share")
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


def drawn_data_set(number: Callable[[int, int], int], leaf: Callable[[Leaf], object]) -> DataSet:
    """Return a DataSet, of what a source chooses: numbers from … to …, and values of leaves."""
    return DataSet(_drawn_table(at, number, leaf) for at in range(number(1, 2)))


def _drawn_table(
    at: int, number: Callable[[int, int], int], leaf: Callable[[Leaf], object]
) -> Table:
    count = number(1, len(_TYPES))
    columns = [Column(name, type_) for name, type_ in zip(_NAMES, _TYPES, strict=True)][:count]

    def cells() -> dict[str, Cell]:
        return {
            own.name: _cell(leaf(LEAVES[own.type])) if number(0, 4) else None for own in columns
        }

    def row() -> Row:
        state = _STATES[number(0, 2)]
        return Row(cells(), state=state, before=cells() if state is RowState.MODIFIED else None)

    rows = [row() for _ in range(number(0, 3))]
    return Table(f"Table{at or ''}", columns, rows, [cells() for _ in range(number(0, 1))])


def _cell(value: object) -> Cell:
    assert isinstance(value, Cell)
    return value


DATA_SET: Final = Whole(read_data_set, _parts_of_data_set, drawn_data_set)
"""An element that has a DataSet in it."""
DATA_SET_OR_XML: Final = Whole(read_data_set_or_xml, _parts, drawn_data_set)
"""An element that may have a DataSet in it: what has none is an `XmlFragment`."""
