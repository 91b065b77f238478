"""DataSets as Hypothesis draws them: odd names, all kinds of columns, rows of each state.

`data_sets` are those that can be sent, but for characters that XML lacks. Among `odd_data_sets` are
those that would be read as something else, so far as they can be made.
"""

from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.runtime.xml.drawn_tables import fragments

from unstringly.runtime.testing.leaf_strategies import leaf_strategy
from unstringly.runtime.xml.dataset_columns import ANY, GUID, LEAVES, Cell, Column, Place, leaf_of
from unstringly.runtime.xml.dataset_layout import MSDATA, XSD
from unstringly.runtime.xml.dataset_names import encoded
from unstringly.runtime.xml.dataset_row import Row, RowState
from unstringly.runtime.xml.datasets import DataSet, Table
from unstringly.runtime.xml.diffgrams import DIFFGR
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.prefixes import XML, XSI
from unstringly.runtime.xml.qnames import QName

NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5),
    st.lists(st.sampled_from(["_", "x", "0020", "_x0041_", "x005F_", " ", "A", "é", "汇", "-"]))
    .map("".join)
    .filter(bool),
    st.sampled_from(["xmlns", "xml", "Xmlns", "before", "errors", "hidden", "DocumentElement"]),
)
TYPES = st.sampled_from([*LEAVES, ANY])
STATES = st.sampled_from([RowState.UNCHANGED, RowState.INSERTED, RowState.MODIFIED])
USUAL_NAMESPACES = (
    "",
    "urn:example:rates",
    "http://a.example/?b=1&c='2'",
    "urn:汇",
    XSD,
    XSI,
    MSDATA,
)
NAMESPACES = st.sampled_from(USUAL_NAMESPACES)
ODD_NAMESPACES = st.sampled_from(
    [
        *(DIFFGR, XML, "http://www.w3.org/2000/xmlns/", " ", " urn:a", "urn:a b", "urn:a\n"),
        *("\u3000urn:a", "urn:a\x85", "urn:a\x01", "u" * 2_000, "u" * 2_001, "xml", '"'),
    ]
) | st.text(max_size=3)
DATA_TYPES = st.sampled_from(
    ["", "System.Char", "System.UInt16, mscorlib", "System.Data.SqlTypes.SqlGuid", ' a\n"<&']
)
ODD_DATA_TYPES = (
    st.sampled_from(["System.Guid", "System.DateTimeOffset, mscorlib", "System.Object", "\x01"])
    | DATA_TYPES
)
ODD_TEXTS = st.sampled_from(["xs:", "rows: diffgr:id", "msdata:x xsi:y", "q:", "&#1;", "a:b"])
"""Of fragments: what looks like prefixes that nobody declares, and no character of XML."""

_TOLD = (
    *("string", "boolean", "int", "double", "decimal", "base64Binary", "dateTime", "date", "time"),
    *("duration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
)
_XML_NAMES = st.sampled_from(["a", "_", "é.1", "xmlns"])
ANY_VALUES: SearchStrategy[object] = st.one_of(
    *(leaf_strategy(LEAVES[name]) for name in _TOLD),
    st.builds(QName, NAMESPACES | st.just(XML), _XML_NAMES),
)
ODD_VALUES: SearchStrategy[object] = st.one_of(
    st.uuids(), st.integers(), st.builds(QName, ODD_NAMESPACES, _XML_NAMES | NAMES)
)


@st.composite
def odd_fragments(draw: DrawFn, name: str) -> XmlFragment:
    """An element of a name, or of another, that may tell a type or that it is nil."""
    namespace, _, local = name.rpartition(" ")
    tag = draw(st.sampled_from([local] * 5 + ["other"]))
    told = draw(
        st.sampled_from(
            ["", 'i:nil="1"', "i:nil=' true '", 'i:nil="0"']
            + [f'i:type="{own}"' for own in ("s:int", "xs:int", "s:NMTOKENS", "t", "i:nil", "")]
        )
    )
    space = f" xmlns={quoteattr(namespace)}" if namespace else ""
    text = draw(ODD_TEXTS) if draw(st.booleans()) else "5"
    deep = draw(st.sampled_from([0, 0, 0, 94, 95, 96, 97, 98, 99]))
    inner = "<b>" * deep + text + "</b>" * deep
    data = f'<{tag} xmlns:i="{XSI}" xmlns:s="{XSD}"{space} {told}>{inner}</{tag}>'
    try:
        return XmlFragment(data.encode())
    except ValueError:
        return XmlFragment(b"<a/>")


@st.composite
def columns(draw: DrawFn) -> list[Column]:
    """Columns of a table: with a text of the row, or with elements, and attributes besides."""
    has_text = draw(st.booleans())
    names = draw(st.lists(NAMES, max_size=4, unique=True))
    places = [Place.ATTRIBUTE, Place.HIDDEN] + ([] if has_text else [Place.ELEMENT] * 3)
    own: list[Column] = []
    for name in names:
        type_, place = draw(TYPES), draw(st.sampled_from(places))
        if type_ == ANY and place is not Place.ELEMENT:
            type_ = "string"
        is_required = place in (Place.ELEMENT, Place.ATTRIBUTE) and draw(st.booleans())
        data_type = "" if type_ == GUID else draw(DATA_TYPES)
        own.append(Column(name, type_, is_required, place, data_type))
    if has_text and own:
        last = own.pop()
        type_ = "string" if last.type in (ANY, GUID) else last.type
        own.append(Column(last.name, type_, place=Place.TEXT))
        own = draw(st.permutations(own))
    return own


@st.composite
def odd_columns(draw: DrawFn) -> list[Column]:
    """Columns of which anything is said, so far as they can be made."""
    own: list[Column] = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=2, unique=True)):
        try:
            column = Column(
                name,
                draw(st.sampled_from([ANY, ANY, GUID]) | TYPES),
                draw(st.booleans()),
                draw(st.sampled_from([Place.ELEMENT, *Place])),
                draw(st.just("") | ODD_DATA_TYPES),
            )
        except ValueError:  # nobody can make it, so nobody sends it
            continue
        own.append(column)
    return own


def _cells_of(column: Column, namespace: str, *, is_odd: bool) -> SearchStrategy[object]:
    if column.type == GUID:
        return st.uuids()
    if column.type != ANY:
        return leaf_strategy(leaf_of(column))
    name = f"{namespace} {encoded(column.name)}".strip()
    if is_odd:
        usual = fragments(name) if namespace in USUAL_NAMESPACES else odd_fragments(name)
        return ANY_VALUES | ODD_VALUES | usual | odd_fragments(name)
    return ANY_VALUES | fragments(name)


@st.composite
def cells(draw: DrawFn, own: list[Column], namespace: str, *, is_odd: bool) -> dict[str, Cell]:
    values: dict[str, Cell] = {}
    for column in own:
        if not column.is_required and draw(st.booleans()):
            values[column.name] = None
            continue
        value = draw(_cells_of(column, namespace, is_odd=is_odd))
        assert isinstance(value, Cell)
        values[column.name] = value
    return values


@st.composite
def tables(draw: DrawFn, name: str, namespace: str, *, is_odd: bool) -> Table:
    own = draw(odd_columns() if is_odd else columns())
    row_cells = cells(own, namespace, is_odd=is_odd)
    rows: list[Row] = []
    for state in draw(st.lists(STATES, min_size=int(is_odd), max_size=4)):
        before = draw(st.none() | row_cells) if state is RowState.MODIFIED else None
        rows.append(Row(draw(row_cells), state=state, before=before))
    return Table(name, own, rows, draw(st.lists(row_cells, max_size=2)))


@st.composite
def data_sets(draw: DrawFn, *, is_odd: bool = False) -> DataSet:
    """Every kind of DataSet that can be sent."""
    names = draw(st.lists(NAMES, min_size=int(is_odd), max_size=3, unique=True))
    is_usual = not is_odd or draw(st.integers(0, 4))
    namespace = draw(NAMESPACES if is_usual else ODD_NAMESPACES)
    own = [draw(tables(name, namespace, is_odd=is_odd)) for name in names]
    main = names[0] if len(names) == 1 and draw(st.booleans()) else ""
    return DataSet(own, name=draw(NAMES), namespace=namespace, main=main)


def odd_data_sets() -> SearchStrategy[DataSet]:
    """Every kind of DataSet that can be made."""
    return data_sets(is_odd=True)
