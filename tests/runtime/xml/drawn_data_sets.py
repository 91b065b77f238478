"""DataSets as Hypothesis draws them: odd names, all kinds of columns, rows of each state."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from unstringly.runtime.testing.leaf_strategies import leaf_strategy
from unstringly.runtime.xml.dataset_columns import ANY, GUID, LEAVES, Cell, Column, Place, leaf_of
from unstringly.runtime.xml.dataset_row import Row, RowState
from unstringly.runtime.xml.datasets import DataSet, Table

NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5),
    st.lists(st.sampled_from(["_", "x", "0020", "_x0041_", "x005F_", " ", "A", "é", "汇", "-"]))
    .map("".join)
    .filter(bool),
)
TYPES = st.sampled_from([*LEAVES, ANY])
PRESENT = (RowState.UNCHANGED, RowState.INSERTED)
ANY_VALUES = st.one_of(
    st.integers(-(2**31), 2**31 - 1), st.booleans(), st.binary(), st.text("ab<& \n"), st.dates()
)


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
        own.append(Column(name, type_, is_required=is_required, place=place))
    if has_text and own:
        last = own.pop()
        type_ = "string" if last.type in (ANY, GUID) else last.type
        own.append(Column(last.name, type_, place=Place.TEXT))
        own = draw(st.permutations(own))
    return own


def _cells_of(column: Column) -> st.SearchStrategy[object]:
    if column.type == ANY:
        return ANY_VALUES
    return st.uuids() if column.type == GUID else leaf_strategy(leaf_of(column))


@st.composite
def cells(draw: DrawFn, own: list[Column]) -> dict[str, Cell]:
    values: dict[str, Cell] = {}
    for column in own:
        if not column.is_required and draw(st.booleans()):
            values[column.name] = None
            continue
        value = draw(_cells_of(column))
        assert isinstance(value, Cell)
        values[column.name] = value
    return values


@st.composite
def tables(draw: DrawFn, name: str) -> Table:
    own = draw(columns())
    rows: list[Row] = []
    for state in draw(st.lists(st.sampled_from([*PRESENT, RowState.MODIFIED]), max_size=4)):
        before = draw(st.none() | cells(own)) if state is RowState.MODIFIED else None
        rows.append(Row(draw(cells(own)), state=state, before=before))
    return Table(name, own, rows, draw(st.lists(cells(own), max_size=2)))


@st.composite
def data_sets(draw: DrawFn) -> DataSet:
    """Every kind of DataSet that can be made."""
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    own = [draw(tables(name)) for name in names]
    main = names[0] if len(names) == 1 and draw(st.booleans()) else ""
    namespace = draw(st.sampled_from(["", "urn:example:rates", "http://a.example/?b=1&c='2'"]))
    return DataSet(own, name=draw(NAMES), namespace=namespace, main=main)
