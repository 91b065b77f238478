"""The rows of a diffgram, put into tables: which of them were others, and where they stand."""

from dataclasses import dataclass, field
from typing import Final

from .building import Unfit
from .dataset_columns import Cell
from .dataset_layout import Layout, SetLayout
from .dataset_row import Row, RowState, row_of
from .datasets import Table, table_of

_MOST_SHOWN: Final = 40


@dataclass(slots=True, eq=False)
class OpenRow:
    """A row under way, and then one that is whole. `order` is the place that it says it has."""

    layout: Layout
    id: str
    state: RowState
    order: int | None
    cells: dict[str, Cell] = field(default_factory=dict[str, Cell])
    is_null: bool = False


def table_of_rows(layout: Layout, current: list[OpenRow], before: list[OpenRow]) -> Table:
    """Return a table with rows in the order that they tell, if all of them do. Raises Unfit.

    A row without an id is none of those that there were.
    """
    earlier = {row.id: row for row in before if row.id}
    _check_ids(layout, [row for row in before if row.id])
    _check_ids(layout, [row for row in current if row.id in earlier])
    columns = layout.columns
    rows: list[Row] = []
    known: set[str] = set()
    for row in _in_order(current):
        own = earlier.get(row.id)
        if own is not None:
            known.add(row.id)
        state = row.state if own is None else RowState.MODIFIED
        rows.append(row_of(columns, row.cells, state, None if own is None else own.cells))
    gone = [row for row in before if row.id not in known]
    deleted = [row_of(columns, row.cells, RowState.DELETED, None) for row in _in_order(gone)]
    return table_of(layout.name, columns, tuple(rows), tuple(deleted))


def _check_ids(layout: Layout, rows: list[OpenRow]) -> None:
    """Raise Unfit for an id of two rows, since one of them would get what the other was."""
    met: set[str] = set()
    for row in rows:
        if row.id in met:
            shown = row.id[:_MOST_SHOWN]
            raise Unfit(f"two rows of {layout.name!r} are, or were, the row {shown!r}")
        met.add(row.id)


def _in_order(rows: list[OpenRow]) -> list[OpenRow]:
    numbered = [(row.order, row) for row in rows if row.order is not None]
    if len(numbered) < len(rows):
        return rows
    return [row for _, row in sorted(numbered, key=lambda pair: pair[0])]


def without_rows(layout: SetLayout) -> tuple[Table, ...]:
    """Return tables without rows, for a DataSet without a diffgram."""
    return tuple(table_of_rows(own, [], []) for own in layout.tables.values())
