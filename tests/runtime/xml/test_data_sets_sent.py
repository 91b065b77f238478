"""What a DataSet may be that is read again as the same, and what is refused before it is sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.xml.drawn_data_sets import odd_fragments
from tests.runtime.xml.drawn_tables import fragments
from tests.runtime.xml.test_data_sets import RATES, RESULT, WRITER

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml import dataset_writing
from unstringly.runtime.xml.dataset_columns import Column, Place
from unstringly.runtime.xml.dataset_reading import read_data_set
from unstringly.runtime.xml.datasets import DataSet, Table
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.qnames import QName
from unstringly.runtime.xml.reading import read


def _of_fragment(cell: XmlFragment, namespace: str = "") -> DataSet:
    """A DataSet with one cell, in the column `a`."""
    return DataSet([Table("T", [Column("a", "anyType")], [{"a": cell}])], namespace=namespace)


@given(st.sampled_from(["a", "urn:x a", "urn:汇 a"]), st.data())
def test_a_fragment_in_a_cell_stays_what_it_is(name: str, data: st.DataObject) -> None:
    cell = data.draw(fragments(name))
    made = _of_fragment(cell, name.rpartition(" ")[0])
    again = read(RESULT, WRITER.write(RESULT, made)).value
    assert again.only.rows[0]["a"] == cell
    assert again == made


@given(st.sampled_from(["a", "urn:x a"]), st.data())
def test_any_fragment_stays_what_it_is_or_is_refused(name: str, data: st.DataObject) -> None:
    made = _of_fragment(data.draw(odd_fragments(name)), name.rpartition(" ")[0])
    try:
        text = WRITER.write(RESULT, made)
    except Unwritable:
        return
    assert read(RESULT, text).value == made


XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    "told",
    [
        f"{XSI} i:nil='0'",
        f"{XSI} i:type='xs:int'",
        f"{XSI} xmlns:s='urn:s' i:type='s:int'",
        "title='xs: rows: diffgr: msdata: xsi: xs_:'",
    ],
)
def test_what_looks_like_a_prefix_is_none(told: str) -> None:
    made = _of_fragment(XmlFragment(f"<a {told}>5</a>".encode()))
    assert read(RESULT, WRITER.write(RESULT, made)).value == made
    assert read_data_set(made.raw) == made


@pytest.mark.parametrize(
    "told",
    [
        f"{XSI} i:nil=' 1 '",
        f"{XSI} xmlns:s='http://www.w3.org/2001/XMLSchema' i:type='s:int'",
        f"{XSI} xmlns='' xmlns:s='http://www.w3.org/2001/XMLSchema' i:type=' s:QName '",
    ],
)
def test_a_fragment_that_is_read_as_a_value_is_refused(told: str) -> None:
    with pytest.raises(Unwritable, match="tells a type or that it is nil") as caught:
        WRITER.write(RESULT, _of_fragment(XmlFragment(f"<a {told}/>".encode())))
    assert caught.value.field == "T.rows[0].a"


@pytest.mark.parametrize("depth", range(93, 100))
def test_a_deep_fragment_is_read_back_or_refused(depth: int) -> None:
    cell = XmlFragment(b"<a>" + b"<b>" * depth + b"</b>" * depth + b"</a>")
    made = _of_fragment(cell)
    if depth > 95:
        with pytest.raises(Unwritable, match="nested too deeply"):
            WRITER.write(RESULT, made)
    else:
        assert read(RESULT, WRITER.write(RESULT, made)).value == made


@pytest.mark.parametrize(
    "namespace",
    [
        *("urn:schemas-microsoft-com:xml-diffgram-v1", "http://www.w3.org/XML/1998/namespace"),
        *("http://www.w3.org/2000/xmlns/", " urn:a", "urn:a b", "urn:a\n", "u" * 2_001, "\u2003"),
    ],
)
def test_a_namespace_that_is_not_read_again_is_refused(namespace: str) -> None:
    made = DataSet([Table("Rates", RATES, [{"Currency": "EUR"}])], namespace=namespace)
    with pytest.raises(Unwritable, match="no namespace of a DataSet") as caught:
        WRITER.write(RESULT, made)
    assert caught.value.field == "namespace"


def test_names_of_any_namespace_are_read_back_or_refused() -> None:
    columns = [Column("a", "anyType")]
    for namespace in ("", "urn:a", "http://www.w3.org/XML/1998/namespace", "urn:'<&>\""):
        made = DataSet([Table("T", columns, [{"a": QName(namespace, "b")}])])
        assert read(RESULT, WRITER.write(RESULT, made)).value == made
    for namespace in ("http://www.w3.org/2000/xmlns/", "a b", "u" * 2_001):
        made = DataSet([Table("T", columns, [{"a": QName(namespace, "b")}])])
        with pytest.raises(Unwritable, match="can be declared") as caught:
            WRITER.write(RESULT, made)
        assert caught.value.field == "T.rows[0].a"


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"is_required": True, "place": Place.TEXT}, "that it is required"),
        ({"is_required": True, "place": Place.HIDDEN}, "that it is required"),
        ({"data_type": "System.Guid, mscorlib"}, "another type in .NET"),
        ({"type": "guid", "data_type": "System.String"}, "another type in .NET"),
        ({"type": "int", "data_type": "System.DateTimeOffset"}, "another type in .NET"),
        ({"type": "anyType", "data_type": "System.Object"}, "another type in .NET"),
    ],
)
def test_what_no_schema_can_say_of_a_column_is_refused(named: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Column("a", **named)


def test_names_of_types_are_compared_as_a_whole() -> None:
    for name in ("System.GuidOfMine", "System.Objects, mine", "System.DateTimeOffsets"):
        columns = [Column("a", "string", data_type=name), Column("b", "anyType", data_type=name)]
        made = DataSet([Table("T", columns, [{"a": "x", "b": "y"}])])
        assert read(RESULT, WRITER.write(RESULT, made)).value == made


def test_more_than_is_read_again_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset_writing, "MOST_COLUMNS", 2_000)
    many = [Column(f"c{at}", place=Place.ATTRIBUTE) for at in range(2_000)]
    row = {column.name: "a text" for column in many}
    for tables, words in (
        ([Table("T", many, [row])], "too long for a tag"),
        ([Table("T", [Column("c" * 20_000)])], "too long for a tag"),
        ([Table("T", many), Table("U", many[:1])], "too many columns"),
    ):
        with pytest.raises(Unwritable, match=words):
            WRITER.write(RESULT, DataSet(tables))
