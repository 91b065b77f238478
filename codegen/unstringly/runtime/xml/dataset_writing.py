"""DataSets to what is in their elements: an inline schema and a diffgram, as .NET writes them."""

from collections.abc import Iterator, Mapping
from typing import Final

from ..errors.exceptions import Unwritable
from .dataset_columns import ANY, GUID, Cell, Column, Place, leaf_of, name_of_type, simple_named
from .dataset_layout import MSDATA, XSD
from .dataset_names import encoded
from .dataset_row import Row, RowState
from .datasets import DataSet, Table
from .diffgrams import DIFFGR
from .escaping import escaped, unwritable
from .fragments import XmlFragment, clark
from .prefixes import XSI
from .qnames import QName
from .tables import ScopedLeaf

_GUID: Final = (
    "System.Guid, mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089"
)
_OBJECT: Final = _GUID.replace("Guid", "Object")
_CHANGES: Final[Mapping[RowState, str]] = {
    RowState.UNCHANGED: "",
    RowState.INSERTED: ' diffgr:hasChanges="inserted"',
    RowState.MODIFIED: ' diffgr:hasChanges="modified"',
    RowState.DELETED: "",
}
_NAMESPACES: Final = f'xmlns:xs="{XSD}" xmlns:msdata="{MSDATA}"'
_OF_VALUES: Final = f'xmlns:xsi="{XSI}"'


def parts_of(data_set: DataSet) -> tuple[XmlFragment, ...]:
    """Return the schema and the diffgram of a DataSet. Raises Unwritable."""
    schema = "".join(_schema(data_set))
    rows = "".join(_Diffgram(data_set).pieces())
    return XmlFragment(schema.encode()), XmlFragment(rows.encode())


def _schema(data_set: DataSet) -> Iterator[str]:
    name, namespace = encoded(data_set.name), _attribute(data_set.namespace)
    target = f' targetNamespace="{namespace}"' if namespace else ""
    form = ' elementFormDefault="qualified"' if namespace else ""
    main = f' msdata:MainDataTable="{encoded(data_set.main)}"' if data_set.main else ""
    yield f'<xs:schema id="{name}"{target}{form} {_NAMESPACES}><xs:element name="{name}"'
    yield f' msdata:IsDataSet="true"{main} msdata:UseCurrentLocale="true"><xs:complexType>'
    yield '<xs:choice minOccurs="0" maxOccurs="unbounded">'
    for table in data_set.values():
        has_text = any(own.place is Place.TEXT for own in table.columns.values())
        nillable = ' nillable="true"' if has_text else ""
        yield f'<xs:element name="{encoded(table.name)}"{nillable}><xs:complexType>'
        yield from _columns(table)
        yield "</xs:complexType></xs:element>"
    yield "</xs:choice></xs:complexType></xs:element></xs:schema>"


def _columns(table: Table) -> Iterator[str]:
    """Yield the columns of a table, each with its place among all of them."""
    numbered = list(enumerate(table.columns.values()))
    attributes = [
        _declared("attribute", own, number, ' use="required"' if own.is_required else "")
        if own.place is Place.ATTRIBUTE
        else _declared("attribute", own, number, ' use="prohibited"')
        for number, own in numbered
        if own.place in (Place.ATTRIBUTE, Place.HIDDEN)
    ]
    elements = [
        _declared("element", own, number, "" if own.is_required else ' minOccurs="0"')
        for number, own in numbered
        if own.place is Place.ELEMENT
    ]
    texts = [(number, own) for number, own in numbered if own.place is Place.TEXT]
    if not texts:
        yield f"<xs:sequence>{''.join(elements)}</xs:sequence>{''.join(attributes)}"
        return
    if len(texts) > 1 or elements:
        raise Unwritable(table.name, texts[0][1].name, "is not the only column within the row")
    ((number, text),) = texts
    yield f'<xs:simpleContent msdata:ColumnName="{encoded(text.name)}" msdata:Ordinal="{number}">'
    yield f'<xs:extension base="xs:{_type(text)}">{"".join(attributes)}'
    yield "</xs:extension></xs:simpleContent>"


def _declared(kind: str, column: Column, number: int, occurs: str) -> str:
    data_type = {GUID: _GUID, ANY: _OBJECT}.get(column.type, "")
    data_type = _attribute(column.data_type or data_type)
    told = f' msdata:DataType="{data_type}"' if data_type else ""
    form = ' form="unqualified"' if kind == "attribute" else ""
    return (
        f'<xs:{kind} name="{encoded(column.name)}"{form}{told} type="xs:{_type(column)}"'
        f'{occurs} msdata:Ordinal="{number}"/>'
    )


def _type(column: Column) -> str:
    return "string" if column.type == GUID else column.type


class _Kind:
    """What all rows of a table have: their tag, and columns with their names on the wire."""

    def __init__(self, table: Table, prefix: str) -> None:
        columns = table.columns.values()
        self.tag = prefix + encoded(table.name)
        self.columns = {own.name: (own, encoded(own.name)) for own in columns}
        self.required = frozenset(own.name for own in columns if own.is_required)
        self.has_text = any(own.place is Place.TEXT for own in columns)


class _Diffgram:
    """The rows of a DataSet, each with a number of its own."""

    def __init__(self, data_set: DataSet) -> None:
        self._data_set = data_set
        self._prefix = "rows:" if data_set.namespace else ""
        self._before: list[str] = []
        self._number = 0

    def pieces(self) -> Iterator[str]:
        data_set = self._data_set
        namespace = _attribute(data_set.namespace)
        own = f' xmlns:rows="{namespace}"' if namespace else ""
        yield f'<diffgr:diffgram xmlns:diffgr="{DIFFGR}" xmlns:msdata="{MSDATA}"'
        yield f' xmlns:xs="{XSD}" {_OF_VALUES}{own}>'
        name = self._prefix + ("DocumentElement" if data_set.main else encoded(data_set.name))
        rows = [piece for table in data_set.values() for piece in self._table(table)]
        if rows:
            yield f"<{name}>"
            yield from rows
            yield f"</{name}>"
        if self._before:
            yield "<diffgr:before>"
            yield from self._before
            yield "</diffgr:before>"
        yield "</diffgr:diffgram>"

    def _table(self, table: Table) -> Iterator[str]:
        kind = _Kind(table, self._prefix)
        for number, row in enumerate((*table.rows, *table.deleted)):
            self._number += 1
            opening = f'diffgr:id="row{self._number}" msdata:rowOrder="{number}"'
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
        attributes, content = [opening, _CHANGES[row.state]], list[str]()
        is_null = kind.has_text
        for name, cell in cells.items():
            column, wire = kind.columns[name]
            try:
                match column.place:
                    case Place.ATTRIBUTE | Place.HIDDEN:
                        start = "msdata:hidden" if column.place is Place.HIDDEN else ""
                        text = escaped(leaf_of(column).write(cell), is_attribute=True)
                        attributes.append(f' {start}{wire}="{text}"')
                    case Place.TEXT:
                        content.append(escaped(leaf_of(column).write(cell)))
                        is_null = False
                    case Place.ELEMENT:
                        content.append(self._cell(column, wire, cell))
            except ValueError as error:
                raise unwritable(error).inside(name) from None
        nil = ' xsi:nil="true"' if is_null else ""
        return f"<{kind.tag} {''.join(attributes)}{nil}>{''.join(content)}</{kind.tag}>"

    def _cell(self, column: Column, wire: str, cell: Cell) -> str:
        """Return the element of a cell."""
        tag = self._prefix + wire
        if column.type != ANY:
            return f"<{tag}>{escaped(leaf_of(column).write(cell))}</{tag}>"
        if isinstance(cell, XmlFragment):
            if cell.name != clark(f"{self._data_set.namespace} {wire}".strip()):
                raise Unwritable("", cell.name, "is no element of the column")
            XmlFragment(cell.data)  # raises for references to characters that XML lacks
            return cell.data.decode()
        name = name_of_type(cell)
        leaf = simple_named(name)
        if leaf is None:
            raise Unwritable("", type(cell).__name__, "is of no type that a cell can tell")
        local = name.rpartition(" ")[2]
        if isinstance(leaf, ScopedLeaf):
            assert isinstance(cell, QName)
            space = f' xmlns:q="{_attribute(cell.namespace)}"' if cell.namespace else ""
            text = leaf.write(cell, {cell.namespace: "q"})
            return f'<{tag}{space} xsi:type="xs:{local}">{escaped(text)}</{tag}>'
        return f'<{tag} xsi:type="xs:{local}">{escaped(leaf.write(cell))}</{tag}>'


def _attribute(text: str) -> str:
    return escaped(text, is_attribute=True)
