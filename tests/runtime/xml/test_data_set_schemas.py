"""What an inline schema says of the tables and columns of a DataSet."""

from datetime import datetime

import pytest
from tests.runtime.xml.test_data_sets_wire import fragment

from unstringly.runtime.xml.dataset_reading import read_data_set


def test_named_types_and_references_are_followed() -> None:
    types = (
        '<xs:simpleType name="A"><xs:restriction base="B"/></xs:simpleType>'
        '<xs:simpleType name="B"><xs:restriction base="xs:date"/></xs:simpleType>'
        '<xs:simpleType name="C"><xs:restriction base="C"/></xs:simpleType>'
        '<xs:element name="U" type="V"/><xs:complexType name="V"><xs:sequence>'
        '<xs:element name="x" type="xs:boolean"/></xs:sequence></xs:complexType>'
    )
    columns = '<xs:element name="d" type="A"/><xs:element name="c" type="C"/><xs:element ref="U"/>'
    own = fragment("<T><d>2026-01-05</d><c>c</c><U><x>1</x></U></T>", columns, more=types)
    data_set = read_data_set(own)
    assert {name: tuple(table.columns) for name, table in data_set.items()} == {
        "U": ("x",),
        "T": ("a", "d", "c"),
    }
    assert data_set["T"].rows[0]["d"] == datetime(2026, 1, 5).date()
    assert data_set["T"].rows[0]["c"] == "c"
    assert data_set["U"].rows[0]["x"] is True


@pytest.mark.parametrize(
    ("columns", "required"),
    [
        ('<xs:element name="b"/>', "b"),
        ('<xs:element name="b" minOccurs=" 0 "/>', ""),
        ('<xs:element name="b" minOccurs="00"/>', ""),
        ('<xs:element name="b" nillable="true"/>', ""),
        ('<xs:element ref="g"/>', "g"),
        ('<xs:element ref="g" minOccurs="0"/>', ""),
        ('<xs:element ref="n"/>', ""),
        ('<xs:sequence><xs:element name="b"/></xs:sequence>', "b"),
        ('<xs:sequence minOccurs="0"><xs:element name="b"/></xs:sequence>', ""),
        (
            '<xs:sequence minOccurs="0"><xs:all><xs:element name="b"/><xs:element name="c"/>'
            '</xs:all></xs:sequence><xs:element name="d"/>',
            "d",
        ),
        ('<xs:choice><xs:element name="b"/></xs:choice>', "b"),
        ('<xs:choice minOccurs="0"><xs:element ref="g"/></xs:choice>', ""),
        ('<xs:choice><xs:element name="b"/><xs:element name="c"/></xs:choice>', ""),
        (
            '<xs:choice><xs:sequence><xs:element name="b"/></xs:sequence>'
            '<xs:element name="c"/></xs:choice>',
            "",
        ),
    ],
)
def test_a_column_is_required_if_each_row_has_a_value_of_it(columns: str, required: str) -> None:
    more = '<xs:element name="g" type="xs:int"/><xs:element name="n" nillable="1"/>'
    own = read_data_set(fragment("", columns, more=more)).only
    assert [name for name, column in own.columns.items() if column.is_required] == [*required]
