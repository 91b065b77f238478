"""The rows of DataSets to diffgrams, each with a number of its own."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from ..errors.exceptions import Unwritable
from .dataset_columns import ANY, Cell, Column, Place, leaf_of, name_of_type, simple_named
from .dataset_layout import MSDATA, XSD
from .dataset_names import encoded
from .dataset_row import Row, RowState
from .datasets import DataSet, Table
from .diffgrams import DIFFGR, OF_A_TABLE, is_nil, told_leaf
from .escaping import escaped, unwritable
from .fragments import XmlFragment, clark, loose_prefixes
from .prefixes import XML, XSI
from .qnames import QName
from .reading import opened
from .scopes import is_declarable
from .tables import ScopedLeaf

_AROUND: Final = 4
"""The elements around a cell: that of the DataSet, the diffgram, and those of the rows."""

_CHANGES: Final[Mapping[RowState, str]] = {
    RowState.UNCHANGED: "",
    RowState.INSERTED: "inserted",
    RowState.MODIFIED: "modified",
    RowState.DELETED: "",
}


class _Prefixes(NamedTuple):
    """The prefixes that a diffgram declares."""

    diffgr: str = "diffgr"
    msdata: str = "msdata"
    xs: str = "xs"
    xsi: str = "xsi"
    rows: str = "rows"

    def without(self, taken: AbstractSet[str]) -> "_Prefixes":
        """Return prefixes that are none of some others."""
        own = self
        while not taken.isdisjoint(own):
            own = _Prefixes(*(f"{prefix}_" for prefix in own))
        return own


def diffgram(data_set: DataSet) -> str:
    """Return the diffgram of a DataSet. Raises Unwritable."""
    usual = _Prefixes()
    writer = _Diffgram(data_set, usual)
    text = "".join(writer.pieces())
    free = usual.without(writer.loose)
    return text if free == usual else "".join(_Diffgram(data_set, free).pieces())


class _Kind:
    """What all rows of a table have: their tag, and columns with their names on the wire."""

    def __init__(self, table: Table, prefix: str) -> None:
        columns = table.columns.values()
        self.tag = prefix + encoded(table.name)
        self.columns = {own.name: (own, encoded(own.name)) for own in columns}
        self.required = frozenset(own.name for own in columns if own.is_required)
        self.has_text = any(own.place is Place.TEXT for own in columns)


class _Diffgram:
    """The rows of a DataSet, each with a number of its own.

    `loose` are the prefixes that fragments seem to use, and do not declare.
    """

    def __init__(self, data_set: DataSet, prefixes: _Prefixes) -> None:
        self._data_set, self._to = data_set, prefixes
        self._prefix = f"{prefixes.rows}:" if data_set.namespace else ""
        self._before: list[str] = []
        self._number = 0
        self.loose: set[str] = set()

    def pieces(self) -> Iterator[str]:
        """Yield the pieces of the diffgram. Raises Unwritable."""
        data_set, to = self._data_set, self._to
        spaces = {to.diffgr: DIFFGR, to.msdata: MSDATA, to.xs: XSD, to.xsi: XSI}
        if data_set.namespace:
            spaces[to.rows] = data_set.namespace
        yield f"<{to.diffgr}:diffgram"
        yield from (f' xmlns:{prefix}="{_attribute(own)}"' for prefix, own in spaces.items())
        yield ">"
        name = self._prefix + (OF_A_TABLE if data_set.main else encoded(data_set.name))
        rows = [piece for table in data_set.values() for piece in self._table(table)]
        if rows:
            yield f"<{name}>"
            yield from rows
            yield f"</{name}>"
        if self._before:
            yield f"<{to.diffgr}:before>"
            yield from self._before
            yield f"</{to.diffgr}:before>"
        yield f"</{to.diffgr}:diffgram>"

    def _table(self, table: Table) -> Iterator[str]:
        kind, to = _Kind(table, self._prefix), self._to
        for number, row in enumerate((*table.rows, *table.deleted)):
            self._number += 1
            opening = f'{to.diffgr}:id="row{self._number}" {to.msdata}:rowOrder="{number}"'
            try:
                piece = self._row(kind, row, opening)
                if row.state is RowState.DELETED:
                    self._before.append(piece)
                    continue
                yield piece
                if row.before is not None:
                    self._before.append(self._row(kind, row.before, opening))
            except ValueError as error:
                problem = unwritable(error).inside(f"rows[{number}]")
                raise problem.inside(table.name) from None

    def _row(self, kind: "_Kind", row: Row, opening: str) -> str:
        """Return the element of a row."""
        _, cells, _ = row.inside()
        if not kind.required <= cells.keys():
            name = min(kind.required - cells.keys())
            raise Unwritable(name, "None", "stands where a value must be sent")
        changes = _CHANGES[row.state]
        told = f' {self._to.diffgr}:hasChanges="{changes}"' if changes else ""
        attributes, content = [opening, told], list[str]()
        is_null = kind.has_text
        for name, cell in cells.items():
            column, wire = kind.columns[name]
            try:
                match column.place:
                    case Place.ATTRIBUTE | Place.HIDDEN:
                        start = f"{self._to.msdata}:hidden" if column.place is Place.HIDDEN else ""
                        text = escaped(leaf_of(column).write(cell), is_attribute=True)
                        attributes.append(f' {start}{wire}="{text}"')
                    case Place.TEXT:
                        content.append(escaped(leaf_of(column).write(cell)))
                        is_null = False
                    case Place.ELEMENT:
                        content.append(self._cell(column, wire, cell))
            except ValueError as error:
                raise unwritable(error).inside(name) from None
        nil = f' {self._to.xsi}:nil="true"' if is_null else ""
        return f"<{kind.tag} {''.join(attributes)}{nil}>{''.join(content)}</{kind.tag}>"

    def _cell(self, column: Column, wire: str, cell: Cell) -> str:
        """Return the element of a cell."""
        tag = self._prefix + wire
        if column.type != ANY:
            return f"<{tag}>{escaped(leaf_of(column).write(cell))}</{tag}>"
        if isinstance(cell, XmlFragment):
            return self._kept(clark(f"{self._data_set.namespace} {wire}".strip()), cell)
        name = name_of_type(cell)
        leaf = simple_named(name)
        if leaf is None:
            raise Unwritable("", type(cell).__name__, "is of no type that a cell can tell")
        told = f'{self._to.xsi}:type="{self._to.xs}:{name.rpartition(" ")[2]}"'
        if isinstance(leaf, ScopedLeaf):
            space, text = _qualified(leaf, cell)
            return f"<{tag}{space} {told}>{escaped(text)}</{tag}>"
        return f"<{tag} {told}>{escaped(leaf.write(cell))}</{tag}>"

    def _kept(self, name: str, cell: XmlFragment) -> str:
        """Return a cell that is XML, if it is read as the same XML."""
        if cell.name != name:
            raise Unwritable("", cell.name, "is no element of the column")
        # this raises for references to characters that XML lacks, and for too deep a nesting
        XmlFragment(b"<a>" * _AROUND + cell.data + b"</a>" * _AROUND)
        if _is_value(cell):
            raise Unwritable("", cell.name, "tells a type or that it is nil, and is read as that")
        self.loose |= loose_prefixes(cell.data)
        return cell.data.decode()


def _qualified(leaf: ScopedLeaf, name: Cell) -> tuple[str, str]:
    """Return the declaration that a name needs, and the name."""
    assert isinstance(name, QName)
    if name.namespace in ("", XML):
        return "", leaf.write(name, {"": ""})
    if not is_declarable(name.namespace):
        raise Unwritable("", name.namespace, "is no namespace that can be declared")
    return f' xmlns:q="{_attribute(name.namespace)}"', leaf.write(name, {name.namespace: "q"})


def _is_value(cell: XmlFragment) -> bool:
    """Say whether an element is read as NULL, or as a value of the type that it tells."""
    source = opened(cell.data.decode())
    roots: list[bool] = []

    def start(_: str, attributes: Mapping[str, str]) -> None:
        told = is_nil(attributes) or told_leaf(source.scope.namespaces, attributes) is not None
        roots.append(told)
        source.parser.StartElementHandler = None

    source.parser.StartElementHandler = start
    source.parser.Parse(source.data, True)
    return roots == [True]


def _attribute(text: str) -> str:
    return escaped(text, is_attribute=True)
