"""The inline schema of a DataSet: which elements are rows of which table, and which are cells.

Only what a DataSet has is looked at: columns are elements of simple types, attributes, or the text
of a row. Facets, constraints and relations are not.
"""

from collections.abc import Mapping
from typing import Final

from ..wire.xml_events import Refused
from .building import Unfit
from .dataset_columns import ANY, Column, Place, told_type
from .dataset_declarations import Declarations, global_name
from .dataset_layout import MOST_COLUMNS, MSDATA, XSD, Layout, Node, SetLayout
from .dataset_names import decoded

SCHEMA: Final = f"{XSD} schema"

_MOST_DIGITS: Final = 6
_NO_ATTRIBUTES: Final[Mapping[str, str]] = {}
_COLUMN_NAME: Final = f"{MSDATA} ColumnName"
_DATA_TYPE: Final = f"{MSDATA} DataType"
_ORDINAL: Final = f"{MSDATA} Ordinal"


def set_layout(schemas: list[Node]) -> SetLayout:
    """Return what schemas say of a DataSet. Raises Unfit, and Refused for too many columns."""
    return _Schemas(schemas).layout()


class _Schemas:
    """Schemas under way; each element with a complex type is a table, found once."""

    def __init__(self, schemas: list[Node]) -> None:
        self._declared = Declarations(schemas)
        self._layouts: dict[Node, Layout] = {}
        self._tables: dict[str, Layout] = {}
        self._waiting: list[tuple[Node, Layout]] = []
        self._columns = 0

    def layout(self) -> SetLayout:
        declared = self._declared
        roots = [own for own in declared.elements.values() if own.is_true(f"{MSDATA} IsDataSet")]
        if len(roots) != 1:
            raise Unfit("its schema is none of one DataSet")
        (root,) = roots
        root_type = declared.complex_type(root)
        for member in () if root_type is None else declared.members(root_type):
            if declared.complex_type(member.element) is not None:
                self._table(member.element)
        for element in declared.elements.values():
            if element is not root and declared.complex_type(element) is not None:
                self._table(element)
        while self._waiting:
            self._fill(*self._waiting.pop())
        main = decoded(root.attributes.get(f"{MSDATA} MainDataTable", "").rpartition(":")[2])
        names = [layout.name for layout in self._tables.values()]
        return SetLayout(
            name=decoded(root.attributes.get("name", "")) or "NewDataSet",
            namespace="" if root.of is None else root.of.attributes.get("targetNamespace", ""),
            main=main if names == [main] else "",
            tables=self._tables,
        )

    def _table(self, element: Node) -> Layout:
        """Return the table whose rows are an element."""
        known = self._layouts.get(element)
        if known is not None:
            return known
        layout = Layout(decoded(element.attributes.get("name", "")))
        name = self._wire_name(element)
        if name in self._tables or not layout.name:
            raise Unfit(f"its schema has two tables {layout.name!r}, or one without a name")
        self._layouts[element] = self._tables[name] = layout
        self._waiting.append((element, layout))
        return layout

    def _fill(self, element: Node, layout: Layout) -> None:
        """Find the columns of a table, and the tables whose rows stand in its rows."""
        type_ = self._declared.complex_type(element)
        if type_ is None:
            return
        columns: list[tuple[int | None, Column]] = []
        for node in self._declared.attributes(type_):
            column = self._attribute(node)
            columns.append((_ordinal(node), column))
            layout.attributes[_attribute_name(node, column)] = column
        for member in self._declared.members(type_):
            node = member.element
            if self._declared.complex_type(node) is not None:
                layout.nested[self._wire_name(node)] = self._table(node)
                continue
            column = self._column(node, Place.ELEMENT, is_required=member.is_required)
            columns.append((_ordinal(node), column))
            layout.elements[self._wire_name(node)] = column
        text = self._declared.text(type_)
        if text is not None:
            content, base = text
            name = content.attributes.get(_COLUMN_NAME, "") or "text"
            layout.text = Column(decoded(name), self._declared.simple_type(base), place=Place.TEXT)
            columns.append((_ordinal(content), layout.text))
        for column in _in_order(columns):
            if column.name in layout.columns:
                raise Unfit(f"two columns of {layout.name!r} have the name {column.name!r}")
            layout.columns[column.name] = column
        self._columns += len(columns)
        if self._columns > MOST_COLUMNS:
            raise Refused("has a DataSet with too many columns")

    def _wire_name(self, element: Node) -> str:
        """Return the name that an element has in documents."""
        local = element.attributes.get("name", "")
        is_global = self._declared.elements.get(global_name(element)) is element
        return _in_schema(element, local, "elementFormDefault", is_global=is_global)

    def _attribute(self, node: Node) -> Column:
        is_hidden = node.attributes.get("use") == "prohibited"
        place = Place.HIDDEN if is_hidden else Place.ATTRIBUTE
        return self._column(node, place, is_required=node.attributes.get("use") == "required")

    def _column(self, node: Node, place: Place, *, is_required: bool) -> Column:
        told = self._declared.type_of(node), node.attributes.get(_DATA_TYPE, "")
        type_, data_type = told_type(*told)
        if type_ == ANY and place is not Place.ELEMENT:
            type_ = "string"
        name = decoded(node.attributes.get("name", ""))
        if not name:
            raise Unfit("its schema has a column without a name")
        return Column(name, type_, is_required, place, data_type)


def _in_schema(node: Node, local: str, default: str, *, is_global: bool) -> str:
    """Return the name of a declaration in documents, by the form that it has."""
    schema = _NO_ATTRIBUTES if node.of is None else node.of.attributes
    form = node.attributes.get("form", schema.get(default, ""))
    is_qualified = is_global or form == "qualified"
    namespace = schema.get("targetNamespace", "") if is_qualified else ""
    return f"{namespace} {local}".strip()


def _attribute_name(node: Node, column: Column) -> str:
    local = node.attributes["name"]
    if column.place is Place.HIDDEN:
        return f"{MSDATA} hidden{local}"
    return _in_schema(node, local, "attributeFormDefault", is_global=False)


def _ordinal(node: Node) -> int | None:
    """Return the place that a column says it has among all of its table."""
    text = node.attributes.get(_ORDINAL, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None


def _in_order(columns: list[tuple[int | None, Column]]) -> list[Column]:
    """Return columns in the places that they have; those without fill what is left, in order."""
    placed: dict[int, Column] = {}
    others: list[Column] = []
    for place, column in columns:
        if place is None or place >= len(columns) or place in placed:
            others.append(column)
        else:
            placed[place] = column
    rest = iter(others)
    return [placed[at] if at in placed else next(rest) for at in range(len(columns))]
