"""The inline schema of a DataSet: which elements are rows of which table, and which are cells.

Only what a DataSet has is looked at: columns are elements of simple types, attributes, or the text
of a row. Facets, constraints and relations are not. Nothing here is recursive, and no type is
written out more often than `_MOST_COLUMNS` allows.
"""

from collections.abc import Iterator
from typing import Final

from ..wire.xml_events import Refused
from .building import Unfit
from .dataset_columns import ANY, GUID, LEAVES, Column, Place
from .dataset_layout import MSDATA, XSD, Layout, Node, SetLayout
from .dataset_names import decoded

SCHEMA: Final = f"{XSD} schema"

_MOST_COLUMNS: Final = 100_000
_MOST_DIGITS: Final = 6
_DATA_TYPE: Final = f"{MSDATA} DataType"
_ORDINAL: Final = f"{MSDATA} Ordinal"
_GROUPS: Final = (f"{XSD} sequence", f"{XSD} choice", f"{XSD} all")
_DERIVED: Final = (f"{XSD} extension", f"{XSD} restriction")
_ATTRIBUTE: Final = f"{XSD} attribute"
_COMPLEX: Final = f"{XSD} complexType"
_COMPLEX_CONTENT: Final = f"{XSD} complexContent"
_ELEMENT: Final = f"{XSD} element"
_SIMPLE: Final = f"{XSD} simpleType"
_SIMPLE_CONTENT: Final = f"{XSD} simpleContent"


def set_layout(schemas: list[Node]) -> SetLayout:
    """Return what schemas say of a DataSet. Raises Unfit, and Refused for too many columns."""
    return _Schemas(schemas).layout()


class _Schemas:
    """Schemas under way; each element with a complex type is a table, found once."""

    def __init__(self, schemas: list[Node]) -> None:
        self._elements: dict[str, Node] = {}
        self._types: dict[str, Node] = {}
        for schema in schemas:
            namespace = schema.attributes.get("targetNamespace", "")
            for child in schema.children:
                name = f"{namespace} {child.attributes.get('name', '')}".strip()
                if child.name == _ELEMENT:
                    self._elements.setdefault(name, child)
                elif child.name in (_COMPLEX, _SIMPLE):
                    self._types.setdefault(name, child)
        self._layouts: dict[Node, Layout] = {}
        self._tables: dict[str, Layout] = {}
        self._waiting: list[tuple[Node, Layout]] = []
        self._columns = 0

    def layout(self) -> SetLayout:
        roots = [own for own in self._elements.values() if own.is_true(f"{MSDATA} IsDataSet")]
        if len(roots) != 1:
            raise Unfit("its schema is none of one DataSet")
        (root,) = roots
        root_type = self._complex(root)
        if root_type is not None:
            for element in self._members(root_type):
                if self._complex(element) is not None:
                    self._table(element)
        for element in self._elements.values():
            if element is not root and self._complex(element) is not None:
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
        type_ = self._complex(element)
        columns: list[tuple[int | None, Column]] = []
        for node in () if type_ is None else self._attributes(type_):
            column = self._attribute(node)
            columns.append((_ordinal(node), column))
            layout.attributes[_attribute_name(node, column)] = column
        for node in () if type_ is None else self._members(type_):
            if self._complex(node) is not None:
                layout.nested[self._wire_name(node)] = self._table(node)
                continue
            column = self._column(node, Place.ELEMENT, is_required=_is_required(node))
            columns.append((_ordinal(node), column))
            layout.elements[self._wire_name(node)] = column
        content = None if type_ is None else type_.first(_SIMPLE_CONTENT)
        if content is not None:
            layout.text = self._text(content)
            columns.append((_ordinal(content), layout.text))
        for column in _in_order(columns):
            if column.name in layout.columns:
                raise Unfit(f"two columns of {layout.name!r} have the name {column.name!r}")
            layout.columns[column.name] = column
        self._columns += len(columns)
        if self._columns > _MOST_COLUMNS:
            raise Refused("has a DataSet with too many columns")

    def _complex(self, element: Node) -> Node | None:
        """Return the complex type of an element, if it has one."""
        own = element.first(_COMPLEX)
        if own is None:
            own = self._types.get(element.attributes.get("type", ""))
        return own if own is not None and own.name == _COMPLEX else None

    def _parts(self, type_: Node) -> list[Node]:
        """Return a type and what it extends, the first of these first; content within them."""
        row: list[Node] = []
        met: set[Node] = set()
        next_type: Node | None = type_
        while next_type is not None and next_type not in met:
            met.add(next_type)
            content = next_type.first(_COMPLEX_CONTENT, _SIMPLE_CONTENT)
            derived = None if content is None else content.first(*_DERIVED)
            row.append(next_type if derived is None else derived)
            base = None if derived is None else self._types.get(derived.attributes.get("base", ""))
            next_type = base if base is not None and base.name == _COMPLEX else None
            if len(met) > _MOST_COLUMNS:
                raise Refused("has a DataSet with too many types")
            self._columns += len(met) > 1
        return row[::-1]

    def _members(self, type_: Node) -> Iterator[Node]:
        """Yield the elements in a type, as they are declared."""
        waiting = [group for part in reversed(self._parts(type_)) for group in _groups(part)]
        while waiting:
            node = waiting.pop()
            if node.name == _ELEMENT:
                declared = self._elements.get(node.attributes.get("ref", ""))
                yield node if declared is None else declared
            else:
                waiting += reversed(node.children if node.name in _GROUPS else [])

    def _attributes(self, type_: Node) -> Iterator[Node]:
        for part in self._parts(type_):
            for child in part.children:
                if child.name == _ATTRIBUTE and "name" in child.attributes:
                    yield child

    def _wire_name(self, element: Node) -> str:
        """Return the name that an element has in documents."""
        local = element.attributes.get("name", "")
        is_global = self._elements.get(_global_name(element)) is element
        return _in_schema(element, local, "elementFormDefault", is_global=is_global)

    def _attribute(self, node: Node) -> Column:
        is_hidden = node.attributes.get("use") == "prohibited"
        place = Place.HIDDEN if is_hidden else Place.ATTRIBUTE
        return self._column(node, place, is_required=node.attributes.get("use") == "required")

    def _text(self, content: Node) -> Column:
        derived = content.first(*_DERIVED)
        name = content.attributes.get(f"{MSDATA} ColumnName", "") or "text"
        base = "" if derived is None else derived.attributes.get("base", "")
        return Column(decoded(name), self._simple(base, None), place=Place.TEXT)

    def _column(self, node: Node, place: Place, *, is_required: bool) -> Column:
        data_type = node.attributes.get(_DATA_TYPE, "")
        type_ = self._simple(node.attributes.get("type", ""), node)
        if data_type.startswith("System.Guid"):
            type_, data_type = GUID, ""
        elif data_type.startswith("System.DateTimeOffset"):
            type_ = "dateTime"
        if type_ == ANY:
            if place is not Place.ELEMENT:
                type_ = "string"
            data_type = "" if data_type.startswith("System.Object") else data_type
        name = decoded(node.attributes.get("name", ""))
        if not name:
            raise Unfit("its schema has a column without a name")
        return Column(name, type_, is_required, place, data_type)

    def _simple(self, name: str, node: Node | None) -> str:
        """Return the built-in type that a type is, or restricts; a text if there is none."""
        met: set[str] = set()
        if node is not None and not name:
            name = _base(node.first(_SIMPLE))
        while name not in met:
            met.add(name)
            namespace, _, local = name.rpartition(" ")
            if namespace == XSD:
                return local if local in LEAVES or local == ANY else "string"
            declared = self._types.get(name)
            name = "" if declared is None else _base(declared)
            self._columns += 1  # rows of types are work
            if self._columns > _MOST_COLUMNS:
                raise Refused("has a DataSet with too many types")
        return "string"


def _base(simple: Node | None) -> str:
    """Return the name of the type that a simple type restricts."""
    restriction = None if simple is None else simple.first(f"{XSD} restriction")
    if restriction is None:
        return ""
    return restriction.attributes.get("base", "") or _base_within(restriction)


def _base_within(restriction: Node) -> str:
    inner = restriction.first(_SIMPLE)
    deeper = None if inner is None else inner.first(f"{XSD} restriction")
    return "" if deeper is None else deeper.attributes.get("base", "")


def _groups(part: Node) -> list[Node]:
    return [child for child in reversed(part.children) if child.name in _GROUPS]


def _global_name(node: Node) -> str:
    namespace = "" if node.of is None else node.of.attributes.get("targetNamespace", "")
    return f"{namespace} {node.attributes.get('name', '')}".strip()


def _in_schema(node: Node, local: str, default: str, *, is_global: bool) -> str:
    """Return the name of a declaration in documents, by the form that it has."""
    schema = {} if node.of is None else node.of.attributes
    form = node.attributes.get("form", schema.get(default, ""))
    is_qualified = is_global or form == "qualified"
    namespace = schema.get("targetNamespace", "") if is_qualified else ""
    return f"{namespace} {local}".strip()


def _attribute_name(node: Node, column: Column) -> str:
    local = node.attributes["name"]
    if column.place is Place.HIDDEN:
        return f"{MSDATA} hidden{local}"
    return _in_schema(node, local, "attributeFormDefault", is_global=False)


def _is_required(node: Node) -> bool:
    return node.attributes.get("minOccurs", "1").strip(" \t\r\n") != "0"


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
