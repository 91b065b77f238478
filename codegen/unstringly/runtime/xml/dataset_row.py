"""The rows of DataSets: frozen mappings that keep the cells that are there, and no others."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Final, TypeAlias, TypeVar, final

from ..errors.exceptions import ServiceError
from .dataset_columns import Cell, Column

CellT = TypeVar("CellT")
Cells: TypeAlias = Mapping[str, Cell]


class RowState(Enum):
    """What has become of a row since the service took it from its database."""

    UNCHANGED = "unchanged"
    INSERTED = "inserted"
    MODIFIED = "modified"
    DELETED = "deleted"


class WrongCell(ServiceError, TypeError):
    """A cell is NULL, or of another type than was asked for. The value is not kept."""

    def __init__(self, column: str, kind: str, wanted: str) -> None:
        super().__init__(column, kind, wanted)
        self.column, self.kind, self.wanted = column, kind, wanted

    def __str__(self) -> str:
        return f"the cell of {self.column!r} is {self.kind}, and not of the type {self.wanted}"


class Frozen:
    """A base of objects whose slots are set once."""

    __slots__ = ()

    def __setattr__(self, name: str, _: object, /) -> None:
        raise AttributeError(f"cannot assign to {name!r}: it does not change")

    def __delattr__(self, name: str, /) -> None:
        raise AttributeError(f"cannot delete {name!r}: it does not change")


put: Final = object.__setattr__


@final
class Row(Frozen, Mapping[str, Cell]):
    """The cells of a row by the names of its columns, all of them; None is NULL.

    `before` are the cells that a modified row had, if they are known. A deleted row has the cells
    that it had. Raises ValueError for a row that is not modified, and was something else.
    """

    __slots__ = ("_before", "_cells", "_columns", "_state")
    _before: "Row | None"
    _cells: Cells
    _columns: Mapping[str, object]
    _state: RowState

    def __init__(
        self,
        cells: Cells,
        *,
        state: RowState = RowState.UNCHANGED,
        before: Cells | None = None,
    ) -> None:
        if before is not None and state is not RowState.MODIFIED:
            raise ValueError("only a modified row has cells that it had before")
        own = dict(cells)
        earlier = None if before is None else Row(before)
        _fill(self, own, {name: cell for name, cell in own.items() if cell is not None}, state)
        put(self, "_before", earlier)

    @property
    def state(self) -> RowState:
        """What has become of the row."""
        return self._state

    @property
    def before(self) -> "Row | None":
        """The cells that a modified row had."""
        return self._before

    def value(self, column: str, of: type[CellT]) -> CellT:
        """Return a cell of a type. Raises KeyError for no such column, else WrongCell."""
        cell: object = self[column]
        if isinstance(cell, of) and not _is_of_subclass(cell, of):
            return cell
        kind = "NULL" if cell is None else f"of the type {type(cell).__name__}"
        raise WrongCell(column, kind, of.__name__)

    def optional(self, column: str, of: type[CellT]) -> CellT | None:
        """Return a cell of a type, or None for NULL. Raises KeyError and WrongCell as `value`."""
        return None if self[column] is None else self.value(column, of)

    def __getitem__(self, column: str) -> Cell:
        cell = self._cells.get(column)
        if cell is None and column not in self._columns:
            raise KeyError(column)
        return cell

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return self._columns.keys() == other._columns.keys() and self.is_like(other)

    def __hash__(self) -> int:
        return hash((self._state, frozenset(self._cells)))

    def __repr__(self) -> str:
        return f"<Row {dict(self)!r}, {self._state.value}>"

    def __reduce__(self) -> tuple[object, ...]:
        return _row, (self._columns, self._cells, self._state, self._before)

    def is_like(self, other: "Row") -> bool:
        """Say whether a row is equal to one of a table that has the same columns."""
        before, other_before = self._before, other._before
        if self._state is not other._state or not _same_cells(self._cells, other._cells):
            return False
        if before is None or other_before is None:
            return before is other_before
        return _same_cells(before._cells, other_before._cells)

    def inside(
        self,
    ) -> tuple[Mapping[str, object], Cells, Cells | None]:
        """Return the columns, the cells that are not NULL, and those that there were."""
        return self._columns, self._cells, None if self._before is None else self._before._cells


def row_of(
    columns: Mapping[str, Column],
    cells: Cells,
    state: RowState,
    before: Cells | None,
) -> Row:
    """Return a row of a table with these columns, whose cells need no look."""
    earlier = None if before is None else _row(columns, before, RowState.UNCHANGED, None)
    return _row(columns, cells, state, earlier)


def _row(
    columns: Mapping[str, object],
    cells: Cells,
    state: RowState,
    before: "Row | None",
) -> Row:
    row = Row.__new__(Row)
    present = {name: cell for name, cell in cells.items() if cell is not None}
    _fill(row, columns, present, state)
    put(row, "_before", before)
    return row


def _fill(row: Row, columns: Mapping[str, object], cells: Cells, state: RowState) -> None:
    put(row, "_columns", columns)
    put(row, "_cells", cells)
    put(row, "_state", state)


def _is_of_subclass(cell: object, of: type) -> bool:
    """Say whether a cell is of another type of cells, which Python has below this one."""
    is_number = of is int and isinstance(cell, bool)
    return is_number or (of is date and isinstance(cell, datetime))


def same_rows(ones: tuple[Row, ...], others: tuple[Row, ...]) -> bool:
    """Say whether rows are equal whose tables have the same columns."""
    return len(ones) == len(others) and all(map(Row.is_like, ones, others))


def _same_cells(ones: Cells, others: Cells) -> bool:
    """Say whether cells are equal and of the same types, and NaN among them is NaN.

    All of a row are compared at once, which costs no call for each.
    """
    if ones.keys() != others.keys():
        return False
    if ones == others:
        return [*map(type, ones.values())] == [*map(type, map(others.__getitem__, ones))]
    return all(_same(cell, others[name]) for name, cell in ones.items())


def _same(one: Cell, other: Cell) -> bool:
    if type(one) is not type(other):
        return False
    is_nan = one != one and other != other  # which says so of any number
    return one == other or is_nan
