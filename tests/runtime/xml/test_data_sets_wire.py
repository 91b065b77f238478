"""What .NET's own code sends, byte for byte as Mono 6.8 sent it, and what others may send.

`tests/data/data_sets` has the responses of `tests/interop/aspnet_data_sets/MsgSend.asmx`, whose
source says what is in them.
"""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.wire.bindings import SOAP_11
from unstringly.runtime.xml import dataset_reading, dataset_schema
from unstringly.runtime.xml.dataset_reading import read_data_set, read_data_set_or_xml
from unstringly.runtime.xml.dataset_row import RowState
from unstringly.runtime.xml.dataset_types import DATA_SET
from unstringly.runtime.xml.datasets import DataSet, Table
from unstringly.runtime.xml.durations import Duration
from unstringly.runtime.xml.encoded_reading import read_encoded
from unstringly.runtime.xml.encoded_writing import EncodedWriter
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.precise import PreciseDatetime
from unstringly.runtime.xml.reading import Unreadable, read
from unstringly.runtime.xml.tables import Content, Element, Shape
from unstringly.runtime.xml.writing import Writer

WIRE = Path(__file__).parents[2] / "data" / "data_sets"
NAMESPACE = "http://tempuri.org/"
DIFFGR = 'xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1"'
MSDATA = 'xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"'
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def _around(name: str, inner: Element) -> Element:
    return Element("value", name, Shape("", None, lambda: Content((inner,))))


def came(operation: str) -> DataSet | None:
    result = Element("value", f"{NAMESPACE} {operation}Result", DATA_SET, least=0)
    response = _around(f"{NAMESPACE} {operation}Response", result)
    table = _around(f"{SOAP_11} Envelope", _around(f"{SOAP_11} Body", response))
    value = read(table, (WIRE / f"{operation}.xml").read_text(encoding="utf-8")).value
    assert value is None or isinstance(value, DataSet)
    return value


def test_all_kinds_of_columns_and_states() -> None:
    rates = came("GetRates")
    assert rates is not None
    assert (rates.name, list(rates)) == ("Rates of today", ["Rates", "Nothing"])
    table = rates["Rates"]
    assert {own.name: own.type for own in table.columns.values()} == {
        "Currency": "string",
        "Rate": "decimal",
        "Valid until": "dateTime",
        "Id": "guid",
        "Picture": "base64Binary",
        "Is_x0020_fixed": "boolean",
        "Took": "duration",
        "Factor": "double",
        "Any": "anyType",
        "汇率": "short",
        "Letter": "string",
    }
    assert [own.name for own in table.columns.values() if own.is_required] == ["Currency"]
    changed, dollar, odd, new = table.rows
    moment = PreciseDatetime.of(datetime(2014, 6, 10, 15, 34, 11, 123456, UTC), "7")
    expected = {
        "Currency": "EUR",
        "Rate": Decimal("1.75"),
        "Valid until": moment,
        "Id": UUID("0f8fad5b-d9cb-469f-a165-70867728950e"),
        "Picture": b"\1\2",
        "Is_x0020_fixed": True,
        "Took": Duration(minutes=1, seconds=Decimal(30)),
        "Factor": float("inf"),
        "Any": 5,
        "汇率": 7,
        "Letter": "x",
    }
    assert dict(changed) == expected
    assert changed.state is RowState.MODIFIED
    assert changed.before is not None
    assert dict(changed.before) == expected | {"Rate": Decimal("1.50")}
    assert dict(dollar) == dict.fromkeys(expected) | {"Currency": "USD"}
    assert odd["Currency"] == "  <&>\né "
    assert (new["Currency"], new.state) == ("CNY", RowState.INSERTED)
    (deleted,) = table.deleted
    assert deleted.state is RowState.DELETED
    assert (deleted["Currency"], deleted["Picture"], deleted["Any"]) == ("GBP", b"", "text")
    assert rates["Nothing"].rows == ()


def test_rows_in_rows_attributes_and_hidden_columns() -> None:
    orders = came("GetOrders")
    assert orders is not None
    assert orders.namespace == "urn:example:orders"
    assert [dict(row) for row in orders["Order"].rows] == [
        {"Number": 1, "Secret": 17, "Customer": "birch"},
        {"Number": 2, "Secret": None, "Customer": None},
    ]
    lines = orders["Line"].rows
    assert [tuple(row.values()) for row in lines] == [(1, "another"), (2, "two"), (1, None)]
    assert [row.state for row in lines] == [RowState.MODIFIED] + [RowState.UNCHANGED] * 2
    assert lines[0].before is not None
    assert lines[0].before["Text"] == "one"


def test_a_table_alone_an_empty_set_and_none() -> None:
    table, empty = came("GetTable"), came("GetEmpty")
    assert table is not None
    assert table.main == "Rates"
    assert [tuple(row.values()) for row in table.only.rows] == [
        ("EUR", Decimal("1.5")),
        ("USD", None),
    ]
    assert {row.state for row in table.only.rows} == {RowState.INSERTED}
    assert empty is not None
    assert dict(empty) == {}
    assert came("GetNull") is None


@pytest.mark.parametrize("operation", ["GetRates", "GetOrders", "GetTable", "GetEmpty"])
def test_what_dotnet_sent_goes_back_with_the_same_bytes(operation: str) -> None:
    data_set = came(operation)
    assert data_set is not None
    whole = (WIRE / f"{operation}.xml").read_text(encoding="utf-8")
    sent = Writer().write(Element("value", "urn:other given", DATA_SET), data_set)
    for part in data_set.parts:
        text = part.data.decode()
        within = text.partition(">")[2]  # the tag declares what is declared above it
        assert within in whole
        assert text in sent


def fragment(rows: str, columns: str = "", before: str = "", more: str = "") -> XmlFragment:
    """A DataSet with a table `T`, which has the column `a` and those that are given."""
    schema = (
        f'<xs:schema {XS} {MSDATA}><xs:element name="D" msdata:IsDataSet="true"><xs:complexType>'
        '<xs:choice maxOccurs="unbounded"><xs:element name="T"><xs:complexType><xs:sequence>'
        f'<xs:element name="a" type="xs:int" minOccurs="0"/>{columns}</xs:sequence>'
        f"</xs:complexType></xs:element></xs:choice></xs:complexType></xs:element>{more}</xs:schema>"
    )
    gram = f"<diffgr:diffgram {DIFFGR} {MSDATA} {XSI}><D>{rows}</D>{before}</diffgr:diffgram>"
    return XmlFragment(f"<r>{schema}{gram}</r>".encode())


def rows_of(own: XmlFragment) -> list[dict[str, object]]:
    return [dict(row) for row in read_data_set(own).only.rows]


def test_what_is_in_no_schema_is_passed_over_and_kept() -> None:
    own = fragment('<T><b/><a>1</a></T><U/><T xmlns="urn:other"><a>2</a></T>')
    assert rows_of(own) == [{"a": 1}]
    assert b"urn:other" in read_data_set(own).raw.data


def test_rows_stand_where_they_say() -> None:
    own = fragment('<T msdata:rowOrder="2"><a>2</a></T><T msdata:rowOrder="1"><a>1</a></T>')
    assert rows_of(own) == [{"a": 1}, {"a": 2}]
    own = fragment('<T msdata:rowOrder="2"><a>2</a></T><T><a>1</a></T>')
    assert rows_of(own) == [{"a": 2}, {"a": 1}]


IDS = ("", "1", "2", " 0", " 1", "0")


@given(
    st.lists(st.sampled_from(IDS), max_size=4),
    st.lists(st.sampled_from(IDS), max_size=4),
)
def test_a_row_was_the_one_with_its_id_and_no_other(now: list[str], before: list[str]) -> None:
    def rows(ids: list[str], first: int) -> str:
        return "".join(
            f"<T{f' diffgr:id={id_!r}' if id_ else ''}><a>{number}</a></T>"
            for number, id_ in enumerate(ids, first)
        )

    was = {id_: number for number, id_ in enumerate(before, 10) if id_}
    is_clear = all(before.count(id_) == 1 >= now.count(id_) for id_ in was)
    own = fragment(rows(now, 0), before=f"<diffgr:before>{rows(before, 10)}</diffgr:before>")
    if not is_clear:
        with pytest.raises(ValueError, match="two rows"):
            read_data_set(own)
        return
    table = read_data_set(own).only
    assert [(row["a"], None if row.before is None else row.before["a"]) for row in table.rows] == [
        (number, was.get(id_)) for number, id_ in enumerate(now)
    ]
    gone = [number for number, id_ in enumerate(before, 10) if not id_ or id_ not in now]
    assert [row["a"] for row in table.deleted] == gone


def test_without_a_schema_cells_are_texts() -> None:
    own = XmlFragment(
        f"<r><diffgr:diffgram {DIFFGR}><D><T n='1'><a_x0020_b>1</a_x0020_b><x><y/></x></T>"
        "<T><x/></T></D></diffgr:diffgram></r>".encode()
    )
    first, second = read_data_set(own).only.rows
    assert (first["n"], first["a b"]) == ("1", "1")
    assert isinstance(first["x"], XmlFragment)
    assert dict(second) == {"n": None, "a b": None, "x": ""}


@pytest.mark.parametrize(
    ("rows", "name", "namespace"),
    [
        ("<Rates_x0020_of/>", "Rates of", ""),
        ('<Rates xmlns="urn:r"><T/></Rates>', "Rates", "urn:r"),
        ('<DocumentElement xmlns="urn:r"/>', "NewDataSet", "urn:r"),
        ("", "NewDataSet", ""),
    ],
)
def test_without_a_schema_the_rows_tell_the_name(rows: str, name: str, namespace: str) -> None:
    own = XmlFragment(
        f"<r><d:diffgram {DIFFGR.replace('diffgr=', 'd=')}>{rows}</d:diffgram></r>".encode()
    )
    data_set = read_data_set(own)
    assert (data_set.name, data_set.namespace) == (name, namespace)
    assert read_data_set(DataSet(data_set.values(), name=name, namespace=namespace).raw) == data_set


def test_elements_beside_schema_and_diffgram_go_back_too() -> None:
    text = fragment("<T><a>1</a></T>").data.decode()
    for place in ("<xs:schema ", "<diffgr:diffgram ", "</r>"):
        own = XmlFragment(text.replace(place, f'<o xmlns="urn:o"><p/>&#13;x</o>{place}').encode())
        data_set = read_data_set(own)
        assert data_set == read_data_set(fragment("<T><a>1</a></T>"))
        sent = Writer().write(Element("value", "urn:r r", DATA_SET), data_set)
        assert '<o xmlns="urn:o"><p/>&#13;x</o>' in sent
        order = [part.name.rpartition("}")[2] for part in data_set.parts]
        again = read(Element("value", "urn:r r", DATA_SET), sent).value
        assert [part.name.rpartition("}")[2] for part in again.parts] == order
        assert len(order) == 3


@pytest.mark.parametrize("operation", ["GetRates", "GetOrders", "GetTable", "GetEmpty"])
def test_what_came_can_be_made_anew(operation: str) -> None:
    """A program takes tables, rows and columns of what came into a DataSet of its own."""
    own = came(operation)
    assert own is not None
    tables = [Table(name, t.columns.values(), t.rows, t.deleted) for name, t in own.items()]
    made = DataSet(tables, name=own.name, namespace=own.namespace, main=own.main)
    assert made == own
    assert made.parts != own.parts
    assert read_data_set(made.raw) == own


def test_a_schema_alone_has_no_rows_and_nothing_at_all_is_none() -> None:
    schema = fragment("").data.partition(b"<diffgr")[0] + b"</r>"
    assert read_data_set(XmlFragment(schema)).only.rows == ()
    for text in ("<r/>", "<r>text</r>", "<r><other/></r>"):
        own = XmlFragment(text.encode())
        with pytest.raises(ValueError, match=r"neither a schema|a text between"):
            read_data_set(own)


def test_what_may_be_something_else_stays_xml() -> None:
    for own in (
        *(XmlFragment(text) for text in (b"<r/>", b"<r><a/><b/></r>", b"<r>text</r>")),
        fragment("<T><a>x</a></T>"),
    ):
        assert read_data_set_or_xml(own) is own
    assert isinstance(read_data_set_or_xml(fragment("")), DataSet)


def test_characters_that_xml_lacks_are_read() -> None:
    own = fragment("<T><s>a~b</s></T>", '<xs:element name="s" type="xs:string"/>').data.decode()
    data_set = read(Element("value", "r", DATA_SET), own.replace("~", "&#1;")).value
    assert dict(data_set.only.rows[0]) == {"a": None, "s": "a\1b"}
    with pytest.raises(Unwritable, match="invalid character"):
        Writer().write(Element("value", "r", DATA_SET), data_set)


NESTED = '<xs:element name="{}"><xs:complexType><xs:sequence/></xs:complexType></xs:element>'
RECURSIVE = (
    '<xs:element name="R"><xs:complexType><xs:sequence><xs:element ref="R" minOccurs="0"/>'
    "</xs:sequence></xs:complexType></xs:element>"
)
TEXT_TABLE = (
    f'<r><xs:schema {XS} {MSDATA}><xs:element name="D" msdata:IsDataSet="true"><xs:complexType>'
    '<xs:choice maxOccurs="unbounded"><xs:element name="T"><xs:complexType><xs:simpleContent>'
    '<xs:extension base="xs:int"/></xs:simpleContent></xs:complexType></xs:element></xs:choice>'
    f"</xs:complexType></xs:element></xs:schema><diffgr:diffgram {DIFFGR} {MSDATA}>"
    "<D>{rows}</D></diffgr:diffgram></r>"
)


@pytest.mark.parametrize(
    ("rows", "columns", "before", "words"),
    [
        ("<T><a>x</a></T>", "", "", r"T\[1\]/a: 'x' is not of type int"),
        ("<T/><T><a>1</a><a>2</a></T>", "", "", r"T\[2\]/a: there is more than one"),
        ("<T><a><b/></a></T>", "", "", r"T\[1\]/a: it has an element in it"),
        ("<T>text</T>", "", "", "a text between its elements"),
        ('<T diffgr:hasChanges="odd"/>', "", "", "changes of no known kind"),
        ("</D><E/><D>", "", "", "more than one DataSet"),
        ("", '<xs:element name="a"/>', "", "two columns of 'T' have the name 'a'"),
        ("", '<xs:element name=""/>', "", "a column without a name"),
        (
            "",
            "",
            '<diffgr:before><T diffgr:id="1"/><T diffgr:id="1"/></diffgr:before>',
            "two rows of 'T' are, or were, the row '1'",
        ),
        (
            '<T diffgr:id="1"/><T diffgr:id="1"/>',
            "",
            '<diffgr:before><T diffgr:id="1"/></diffgr:before>',
            "two rows of 'T' are, or were, the row '1'",
        ),
        ("<T>" * 101 + "</T>" * 101, "", "", "nested too deeply"),
        ('<T><a xsi:nil="1">1</a></T>', "", "", r"T\[1\]/a: it is nil, and has a text"),
        ("", NESTED.format("T"), "", "two tables 'T', or one without a name"),
        ("", NESTED.format(""), "", "two tables '', or one without a name"),
    ],
)
def test_what_would_be_wrong_or_lost_is_refused(
    rows: str, columns: str, before: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        read_data_set(fragment(rows, columns, before))


def test_errors_beside_the_rows_are_passed_over_and_kept() -> None:
    errors = '<diffgr:errors><T diffgr:Error="late"><a/></T></diffgr:errors>'
    own = read_data_set(fragment("<T><a>1</a></T>", "", errors))
    assert [dict(row) for row in own.only.rows] == [{"a": 1}]
    assert errors.encode() in own.raw.data


def test_a_cell_that_is_nil_is_null() -> None:
    nil = '<T><a xsi:nil=" true "> </a></T><T><a xsi:nil="0">1</a></T>'
    assert rows_of(fragment(nil)) == [{"a": None}, {"a": 1}]


def test_a_row_of_a_text_has_no_elements() -> None:
    text = TEXT_TABLE.format(rows="<T>1</T><T>2</T>")
    assert [dict(row) for row in read_data_set(XmlFragment(text.encode())).only.rows] == [
        {"text": 1},
        {"text": 2},
    ]
    with pytest.raises(ValueError, match="it has an element in it, and is a row of a text"):
        read_data_set(XmlFragment(TEXT_TABLE.format(rows="<T>1<b/></T>").encode()))


def test_rows_are_nested_no_deeper_than_other_elements() -> None:
    """The schema has a table whose rows stand in its rows."""
    schema = fragment("", '<xs:element ref="R"/>', "", RECURSIVE).data.decode()
    for depth in (1, 40):
        rows = f"<T>{'<R>' * depth}{'</R>' * depth}</T>"
        own = read_data_set(XmlFragment(schema.replace("<D></D>", f"<D>{rows}</D>").encode()))
        assert len(own["R"].rows) == depth
    rows = f"<T>{'<R>' * 200}{'</R>' * 200}</T>"
    with pytest.raises(ValueError, match="nested too deeply"):
        read_data_set(XmlFragment(schema.replace("<D></D>", f"<D>{rows}</D>").encode()))


@pytest.mark.parametrize(
    ("module", "bound", "words"),
    [
        (dataset_reading, "MOST_NODES", "too large a schema"),
        (dataset_reading, "_MOST_PARTS", "too many schemas in it"),
        (dataset_schema, "MOST_COLUMNS", "too many columns"),
    ],
)
def test_what_is_too_large_is_refused(
    module: ModuleType, bound: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = fragment("<T><a>1</a></T>")
    most = {"MOST_NODES": 8, "_MOST_PARTS": 2, "MOST_COLUMNS": 1}[bound]
    monkeypatch.setattr(module, bound, most)
    assert rows_of(own) == [{"a": 1}]
    monkeypatch.setattr(module, bound, most - 1)
    with pytest.raises(ValueError, match=words):
        read_data_set(own)


def test_annotations_of_a_schema_say_nothing() -> None:
    note = "<xs:annotation><xs:appinfo><x a='1'/></xs:appinfo></xs:annotation>"
    own = fragment("<T><a>1</a></T>", note, "", note)
    assert rows_of(own) == [{"a": 1}]
    assert note.encode() in read_data_set(own).raw.data


def test_the_place_is_within_the_response() -> None:
    own = fragment("<T><a>x</a></T>").data.decode()
    with pytest.raises(Unreadable, match=r"does not fit at r: T\[1\]/a: 'x'") as caught:
        read(Element("value", "r", DATA_SET), own)
    assert caught.value.path == "r"


def test_a_schema_behind_the_rows_or_of_something_else_is_refused() -> None:
    data = fragment("").data
    schema, gram = data[3:].partition(b"<diffgr")[0], data[data.index(b"<diffgr") : -4]
    for inner, words in (
        (gram + schema, "behind the rows"),
        (gram + gram, "more than one diffgram"),
        (schema + schema.replace(b'"D"', b'"E"'), "none of one DataSet"),
        (schema.replace(b"IsDataSet", b"Is"), "none of one DataSet"),
        (b"text" + schema, "a text between"),
    ):
        with pytest.raises(ValueError, match=words):
            read_data_set(XmlFragment(b"<r>%b</r>" % inner))


def test_a_document_type_is_refused_before_a_data_set_is_looked_for() -> None:
    with pytest.raises(Unreadable, match="document type"):
        read(Element("value", "r", DATA_SET), "<!DOCTYPE r []>" + fragment("").data.decode())


@given(st.sampled_from(["GetRates", "GetOrders", "GetTable"]), st.data())
def test_damage_is_a_data_set_or_a_refusal(operation: str, data: st.DataObject) -> None:
    """Whatever bytes come, nothing else is raised than what every caller knows."""
    text = (WIRE / f"{operation}.xml").read_text(encoding="utf-8")
    pieces = st.sampled_from(
        [
            *("", "<", ">", "<a>", "</a>", '"', "&#1;", "x", "_x0020_", "1", ' xsi:nil="true"'),
            *(
                " type='xs:anyType'",
                " msdata:Ordinal='9'",
                "<xs:element name='Rates'/>",
                "<Rates/>",
            ),
        ]
    )
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + data.draw(pieces) + text[end:]
    result = Element("value", f"{NAMESPACE} {operation}Result", DATA_SET, least=0)
    response = _around(f"{NAMESPACE} {operation}Response", result)
    table = _around(f"{SOAP_11} Envelope", _around(f"{SOAP_11} Body", response))
    try:
        value = read(table, text).value
    except Unreadable:
        return
    assert value is None or isinstance(value, DataSet)
    if value is not None:
        assert read_data_set(value.raw) == value


def test_data_sets_in_soaps_encoding() -> None:
    """.NET sends them so in rpc style: with the same identifier in each of them."""
    own = fragment("<T><a>1</a></T>").data.decode().replace("<xs:schema ", '<xs:schema id="D" ')
    inner = own.removeprefix("<r>").removesuffix("</r>")
    both = Shape(
        "",
        None,
        lambda: Content((Element("items", "r", DATA_SET, most=None, missing=()),)),
    )
    text = f"<both><r>{inner}</r><r>{inner}</r></both>"
    first, second = read_encoded(Element("value", "both", both), text).value
    assert first == second == read_data_set(fragment("<T><a>1</a></T>"))
    root = Element("value", "r", DATA_SET)
    assert read_encoded(root, EncodedWriter().write(root, first)).value == first
