"""Laws of DataSets: what is written is read back, and what is frozen and typed stays so."""

import pickle
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.runtime.xml.drawn_data_sets import NAMES, data_sets, odd_data_sets

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.dataset_columns import GUID, LEAVES, Cell, Column, Place
from unstringly.runtime.xml.dataset_names import decoded, encoded
from unstringly.runtime.xml.dataset_reading import read_data_set
from unstringly.runtime.xml.dataset_row import Row, RowState, WrongCell
from unstringly.runtime.xml.dataset_types import DATA_SET
from unstringly.runtime.xml.datasets import DataSet, Table
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.tables import Element
from unstringly.runtime.xml.writing import Writer

RESULT = Element("value", "urn:x Result", DATA_SET)
OTHER = Element("value", "urn:y Other", DATA_SET)
WRITER = Writer({"urn:x": "x", "urn:y": "rows"})
RATES = (Column("Currency", is_required=True), Column("Rate", "decimal"), Column("At", "dateTime"))


def _written(data_set: DataSet) -> str | None:
    """What is written of a DataSet; None if there is a character in it that XML lacks."""
    try:
        return WRITER.write(RESULT, data_set)
    except Unwritable as problem:
        why = problem.why
    assert "XML" in why or "character" in why
    return None


@given(data_sets())
def test_what_is_written_is_read_back(data_set: DataSet) -> None:
    text = _written(data_set)
    if text is None:
        return
    again = read(RESULT, text).value
    assert again == data_set
    assert again.raw.name == "{urn:x}Result"
    assert hash(again) == hash(data_set)
    assert read_data_set(data_set.raw) == data_set


@given(odd_data_sets())
def test_whatever_can_be_made_is_read_back_or_refused(data_set: DataSet) -> None:
    try:
        text = WRITER.write(RESULT, data_set)
    except Unwritable:
        return
    assert read(RESULT, text).value == data_set
    assert read_data_set(data_set.raw) == data_set


@given(data_sets())
def test_what_came_goes_on_with_the_same_bytes(data_set: DataSet) -> None:
    """It came from somebody who does not write as we do."""
    text = _written(data_set)
    if text is None:
        return
    text = text.replace("</xs:schema>", "<!-- theirs --><xs:notation name='n'/></xs:schema>")
    text = text.replace("diffgram>", "diffgram >")
    first = read(RESULT, text).value
    sent = WRITER.write(OTHER, first)
    assert [part.data.decode() in sent for part in first.parts] == [True, True]
    second = read(OTHER, sent).value
    pickled = pickle.loads(pickle.dumps(first))
    assert second == first == pickled == data_set
    assert second.parts == first.parts == pickled.parts
    assert b"<!-- theirs -->" in second.parts[0].data
    assert first.raw == pickled.raw
    assert pickle.loads(pickle.dumps(data_set)) == data_set


@example("_x0020 ")
@example("xmlns")
@example("_x0020_x0020 ")
@example(" x0020_")
@given(NAMES)
def test_any_name_is_a_name_of_xml_on_the_wire(name: str) -> None:
    wire = encoded(name)
    assert decoded(wire) == name
    element = XmlFragment(f'<{wire} {wire}=""/>'.encode())
    assert (element.name, element.element().attrib) == (wire, {wire: ""})


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("Order_x0020_Details", "Order Details"),
        ("_x0031_st", "1st"),
        ("_x0078_mlns", "xmlns"),
        ("_x005F_x0020_", "_x0020_"),
        ("a_x0001F600_", "a\U0001f600"),
        ("_xD800_", "_xD800_"),
        ("_x20_", "_x20_"),
    ],
)
def test_names_are_decoded_as_dotnet_does(wire: str, name: str) -> None:
    assert decoded(wire) == name


@pytest.mark.parametrize("name", ["", "\ud800"])
def test_what_cannot_be_sent_is_no_name(name: str) -> None:
    with pytest.raises(ValueError, match="is no name"):
        Column(name)


def test_cells_are_asked_for_by_type() -> None:
    at = datetime(2026, 1, 5, 12)
    row = Row({"Currency": "EUR", "Rate": Decimal(2), "At": at, "None": None, "Yes": True})
    assert row.value("Rate", Decimal) == 2
    assert row.optional("At", datetime) == at
    assert row.optional("None", int) is None
    for name, of, words in (
        ("None", str, "NULL"),
        ("Rate", str, "of the type Decimal"),
        ("At", date, "of the type datetime"),
        ("Yes", int, "of the type bool"),
    ):
        told = f"'{name}' is {words}, and not of the type {of.__name__}"
        with pytest.raises(WrongCell, match=told):
            row.value(name, of)
    with pytest.raises(KeyError):
        row.value("Nothing", str)


def test_a_row_has_all_columns_and_null_where_nothing_came() -> None:
    table = Table("Rates", RATES, [{"Currency": "EUR"}])
    (row,) = table.rows
    assert dict(row) == {"Currency": "EUR", "Rate": None, "At": None}
    assert row.state is RowState.UNCHANGED
    assert row != Row({"Currency": "EUR"})
    assert list(table.columns) == ["Currency", "Rate", "At"]


SAME_LOOKS = (
    ("anyType", 1, True),
    ("anyType", 1, 1.0),
    ("anyType", 1.0, Decimal(1)),
    ("anyType", 0, None),
    ("double", 0.0, float("nan")),
)


@pytest.mark.parametrize(("type_", "one", "other"), SAME_LOOKS)
def test_cells_are_equal_if_their_types_are_too(type_: str, one: Cell, other: Cell) -> None:
    columns = [Column("a", type_), Column("b", type_)]

    def table(a: Cell, b: Cell, *, deleted: bool = False, was: bool = False) -> Table:
        row = Row({"b": b, "a": a})
        changed = Row({"a": a}, state=RowState.MODIFIED, before=row)
        rows = [changed] if was else [row]
        return Table("T", columns, () if deleted else rows, rows if deleted else ())

    for named in ({}, {"deleted": True}, {"was": True}):
        assert table(one, other, **named) == table(one, other, **named)
        assert table(one, other, **named) != table(one, one, **named)
        assert table(one, other, **named) != table(other, other, **named)


def test_not_a_number_is_itself_in_cells() -> None:
    one, other = (Table("T", [Column("a", "double")], [{"a": float("nan")}]) for _ in range(2))
    assert one == other
    assert one.rows[0] == other.rows[0]
    assert one != Table("T", [Column("a", "double")], [{"a": 1.0}])
    assert one != Table("T", [Column("a", "double"), Column("b")], [{"a": float("nan")}])


def test_what_is_equal_has_one_hash_and_anything_else_is_not_equal() -> None:
    def made(currency: str) -> DataSet:
        return DataSet([Table("Rates", RATES, [{"Currency": currency}])])

    one, same, other = made("EUR"), made("EUR"), made("USD")
    assert {one: 1, one.only: 2, one.only.rows[0]: 3} == {
        same: 1,
        same.only: 2,
        same.only.rows[0]: 3,
    }
    for own, unlike in (
        (one, other),
        (one.only, other.only),
        (one.only.rows[0], other.only.rows[0]),
    ):
        assert own != unlike
        assert own != "EUR"
    assert one.only.rows[0] != Row({"Currency": 1, "Rate": None, "At": None})


def test_they_show_what_is_in_them() -> None:
    table = Table("Rates", [Column("Currency")], [{"Currency": "EUR"}])
    assert repr(table.rows[0]) == "<Row {'Currency': 'EUR'}, unchanged>"
    assert repr(table) == "<Table 'Rates' of 1 columns, 1 rows>"
    assert repr(DataSet([table], name="D")) == "<DataSet 'D' of 'Rates'>"
    assert repr(DataSet(name="D")) == "<DataSet 'D' of no table>"


@given(st.uuids())
def test_a_guid_is_read_as_what_was_sent_and_nothing_else_is(guid: UUID) -> None:
    leaf = LEAVES[GUID]
    assert leaf.read(leaf.write(guid)) == leaf.read(f" {str(guid).upper()} ") == guid
    for text in (guid.hex, f"{{{guid}}}", str(guid)[1:], f"{guid}0", f"urn:uuid:{guid}", ""):
        with pytest.raises(NotOfType):
            leaf.read(text)
        with pytest.raises(Unwritable, match="is not a UUID"):
            leaf.write(text)


def test_nothing_changes() -> None:
    data_set = DataSet([Table("Rates", RATES, [{"Currency": "EUR"}])])
    for own in (data_set, data_set.only, data_set.only.rows[0]):
        with pytest.raises(AttributeError, match="does not change"):
            setattr(own, "name", "x")  # noqa: B010  # as a type checker would not let it
        with pytest.raises(AttributeError, match="does not change"):
            delattr(own, "name")  # as above


def test_what_no_data_set_can_be_is_refused_where_it_is_made() -> None:
    deleted = Row({"Currency": "EUR"}, state=RowState.DELETED)
    with pytest.raises(ValueError, match="no column 'Other'"):
        Table("Rates", RATES, [{"Other": 1}])
    with pytest.raises(ValueError, match="two columns"):
        Table("Rates", [*RATES, RATES[0]])
    with pytest.raises(ValueError, match="said to be deleted"):
        Table("Rates", RATES, [deleted])
    with pytest.raises(ValueError, match="only a modified row"):
        Row({}, before={})
    with pytest.raises(ValueError, match="two tables"):
        DataSet([Table("Rates", RATES), Table("Rates", RATES)])
    with pytest.raises(ValueError, match="not the only table"):
        DataSet([], main="Rates")
    with pytest.raises(ValueError, match="there are 0 tables"):
        _ = DataSet().only
    with pytest.raises(ValueError, match="no type of a column"):
        Column("Rate", "money")
    with pytest.raises(ValueError, match="has to be an element"):
        Column("Rate", "anyType", place=Place.ATTRIBUTE)
    with pytest.raises(ValueError, match="which no schema says more of"):
        Column("Rate", "guid", place=Place.TEXT)
    (again,) = Table("Rates", RATES, deleted=[deleted]).deleted
    assert (again.state, again["Currency"], again["Rate"]) == (RowState.DELETED, "EUR", None)


@pytest.mark.parametrize(
    ("table", "place"),
    [
        (Table("Rates", RATES, [{"Currency": "EUR", "Rate": 1.5}]), "Rates.rows[0].Rate"),
        (Table("Rates", RATES, [{"Currency": "\x01"}]), "Rates.rows[0].Currency"),
        (Table("Rates", RATES, [{"Currency": "EUR"}, {}]), "Rates.rows[1].Currency"),
        (Table("Rates", [Column("a", place=Place.TEXT), Column("b")]), "Rates"),
        (Table("T", [Column("a", "anyType")], [{"a": XmlFragment(b"<b/>")}]), "T.rows[0].a"),
    ],
)
def test_what_cannot_be_written_is_named(table: Table, place: str) -> None:
    with pytest.raises(Unwritable) as caught:
        WRITER.write(RESULT, DataSet([table]))
    assert caught.value.field == place


def test_only_a_data_set_is_written() -> None:
    for other in ("text", XmlFragment(b'<Result xmlns="urn:x"/>')):
        with pytest.raises(Unwritable, match="stands where a DataSet must be"):
            WRITER.write(RESULT, other)
