"""DataSets to what is in their elements: an inline schema and a diffgram, as .NET writes them.

What is written is read again as the same DataSet; anything else is refused before it is sent.
"""

from collections.abc import Iterator
from typing import Final

from ..errors.exceptions import Unwritable
from ..wire.xml_events import has_long_tag
from .dataset_columns import ANY, GUID, Column, Place
from .dataset_layout import MOST_COLUMNS, MOST_NODES, MSDATA, XSD
from .dataset_names import encoded
from .datasets import DataSet, Table
from .diffgram_writing import diffgram
from .diffgrams import DIFFGR
from .escaping import escaped, unwritable
from .fragments import XmlFragment
from .scopes import is_declarable

_GUID: Final = (
    "System.Guid, mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089"
)
_OBJECT: Final = _GUID.replace("Guid", "Object")
_NAMESPACES: Final = f'xmlns:xs="{XSD}" xmlns:msdata="{MSDATA}"'
_NODES_A_TABLE: Final = 4


def parts_of(data_set: DataSet) -> tuple[XmlFragment, ...]:
    """Return the schema and the diffgram of a DataSet. Raises Unwritable."""
    _check(data_set)
    return _part("".join(_schema(data_set))), _part(diffgram(data_set))


def _check(data_set: DataSet) -> None:
    """Raise Unwritable for a DataSet that would not be read again."""
    namespace = data_set.namespace
    if namespace and (namespace == DIFFGR or not is_declarable(namespace)):
        raise Unwritable("namespace", namespace, "is no namespace of a DataSet")
    columns = sum(len(table.columns) for table in data_set.values())
    if columns > MOST_COLUMNS or columns + _NODES_A_TABLE * (len(data_set) + 1) > MOST_NODES:
        raise Unwritable("", data_set.name, "has too many columns, or tables")


def _part(text: str) -> XmlFragment:
    if has_long_tag(text):
        raise Unwritable("", "a row or a column", "is too long for a tag")
    try:
        return XmlFragment(text.encode())
    except ValueError as error:
        raise unwritable(error) from None


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


def _attribute(text: str) -> str:
    return escaped(text, is_attribute=True)
