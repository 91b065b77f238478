"""DataSets of ADO.NET: tables whose columns and rows a response brings along.

    rates = client.get_rates()
    for row in rates["Rates"].rows:
        print(row["Currency"], row.value("Rate", Decimal))

All of it is frozen. What came is kept as it came (`raw`), and so are constraints, relations and
whatever else is in its schema; a DataSet that is sent back is sent with the same bytes.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import final

from .dataset_columns import Column
from .dataset_names import encoded
from .dataset_row import Cells, Frozen, Row, RowState, put, row_of, same_rows
from .fragments import XmlFragment


@final
class Table(Frozen):
    """A table. `rows` are those that it has, `deleted` those that it had.

    Raises ValueError for a column that is not there, for two of one name, and for a row in the
    wrong place.
    """

    __slots__ = ("columns", "deleted", "name", "rows")
    name: str
    columns: Mapping[str, Column]
    """By name, in order."""
    rows: tuple[Row, ...]
    deleted: tuple[Row, ...]

    def __init__(
        self,
        name: str,
        columns: Iterable[Column],
        rows: Iterable[Cells] = (),
        deleted: Iterable[Cells] = (),
    ) -> None:
        encoded(name)
        own: dict[str, Column] = {}
        for column in columns:
            if column.name in own:
                raise ValueError(f"two columns of {name!r} have the name {column.name!r}")
            own[column.name] = column
        placing = _Placing(own)
        current = tuple(placing.placed(row) for row in rows)
        if any(row.state is RowState.DELETED for row in current):
            raise ValueError(f"a row of {name!r} is said to be deleted")
        _fill_table(self, name, own, current, tuple(placing.placed_deleted(row) for row in deleted))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return (
            self.name == other.name
            and [*self.columns.values()] == [*other.columns.values()]
            and same_rows(self.rows, other.rows)
            and same_rows(self.deleted, other.deleted)
        )

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.columns), len(self.rows)))

    def __repr__(self) -> str:
        return f"<Table {self.name!r} of {len(self.columns)} columns, {len(self.rows)} rows>"

    def __reduce__(self) -> tuple[object, ...]:
        return Table, (self.name, tuple(self.columns.values()), self.rows, self.deleted)


@final
class DataSet(Frozen, Mapping[str, Table]):
    """Tables by name, in order.

    `main` is the name of the only table, if this is a DataTable. Raises ValueError for two tables
    of one name. DataSets are equal if their names and tables are, whatever else `raw` holds.
    """

    __slots__ = ("_parts", "_raw", "_tables", "main", "name", "namespace")
    _parts: "tuple[XmlFragment, ...] | None"
    _raw: "XmlFragment | None"
    _tables: Mapping[str, Table]
    main: str
    name: str
    namespace: str

    def __init__(
        self,
        tables: Iterable[Table] = (),
        *,
        name: str = "NewDataSet",
        namespace: str = "",
        main: str = "",
    ) -> None:
        own: dict[str, Table] = {}
        for table in tables:
            if table.name in own:
                raise ValueError(f"two tables have the name {table.name!r}")
            own[table.name] = table
        encoded(name)
        if main and list(own) != [main]:
            raise ValueError(f"{main!r} is not the only table")
        for slot, value in (("main", main), ("name", name), ("namespace", namespace)):
            put(self, slot, value)
        put(self, "_tables", own)
        put(self, "_parts", None)
        put(self, "_raw", None)

    @property
    def only(self) -> Table:
        """The only table, as of a DataTable. Raises ValueError if there is another number."""
        if len(self._tables) != 1:
            raise ValueError(f"there are {len(self._tables)} tables, and not one")
        return next(iter(self._tables.values()))

    @property
    def raw(self) -> XmlFragment:
        """The element as it came. For a DataSet that was made, raises Unwritable as sending it."""
        if self._raw is None:
            inner = b"".join(part.data for part in self.parts)
            put(self, "_raw", XmlFragment(b"<DataSet>%b</DataSet>" % inner))
        assert self._raw is not None
        return self._raw

    @property
    def parts(self) -> tuple[XmlFragment, ...]:
        """What is in the element: schemas and a diffgram. Raises Unwritable as `raw`."""
        if self._parts is None:
            from .dataset_writing import parts_of

            put(self, "_parts", parts_of(self))
        assert self._parts is not None
        return self._parts

    def __getitem__(self, table: str) -> Table:
        return self._tables[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DataSet):
            return NotImplemented
        return (self.name, self.namespace, self.main, tuple(self._tables.values())) == (
            other.name,
            other.namespace,
            other.main,
            tuple(other._tables.values()),
        )

    def __hash__(self) -> int:
        return hash((self.name, self.namespace, tuple(self._tables)))

    def __repr__(self) -> str:
        return f"<DataSet {self.name!r} of {', '.join(map(repr, self._tables)) or 'no table'}>"

    def __reduce__(self) -> tuple[object, ...]:
        tables = tuple(self._tables.values())
        return _again, (tables, self.name, self.namespace, self.main, self._raw, self._parts)


def came(data_set: DataSet, raw: XmlFragment, parts: tuple[XmlFragment, ...]) -> DataSet:
    """Return a new DataSet with what it was read from."""
    put(data_set, "_raw", raw)
    put(data_set, "_parts", parts)
    return data_set


def table_of(
    name: str, columns: Mapping[str, Column], rows: tuple[Row, ...], deleted: tuple[Row, ...]
) -> Table:
    """Return a table of rows with these columns, which need no look."""
    table = Table.__new__(Table)
    _fill_table(table, name, columns, rows, deleted)
    return table


def _fill_table(
    table: Table,
    name: str,
    columns: Mapping[str, Column],
    rows: tuple[Row, ...],
    deleted: tuple[Row, ...],
) -> None:
    put(table, "name", name)
    put(table, "columns", MappingProxyType(columns))
    put(table, "rows", rows)
    put(table, "deleted", deleted)


class _Placing:
    """Puts rows into a table; the names of columns that many rows share are looked at once."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self._known: Mapping[str, object] = columns

    def placed(self, given: Cells) -> Row:
        """Return a row of the table. Raises ValueError for a cell of no column."""
        if not isinstance(given, Row):
            self._check(given)
            return row_of(self._columns, given, RowState.UNCHANGED, None)
        names, cells, before = given.inside()
        if names is not self._known:
            self._check(names)
            self._known = names
        if before is not None:
            self._check(before)
        return row_of(self._columns, cells, given.state, before)

    def placed_deleted(self, given: Cells) -> Row:
        """Return a row that the table had. Raises ValueError as `placed`."""
        _, cells, _ = self.placed(given).inside()
        return row_of(self._columns, cells, RowState.DELETED, None)

    def _check(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._columns:
                raise ValueError(f"there is no column {name!r}")


def _again(
    tables: tuple[Table, ...],
    name: str,
    namespace: str,
    main: str,
    raw: XmlFragment | None,
    parts: tuple[XmlFragment, ...] | None,
) -> DataSet:
    """Return the DataSet that was pickled."""
    data_set = DataSet(tables, name=name, namespace=namespace, main=main)
    return data_set if raw is None or parts is None else came(data_set, raw, parts)
