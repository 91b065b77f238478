"""Records and lists in padded fields: what format writes is read back, and nothing is lost."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.laws.bridge import FieldSketch, ListSketch, RecordSketch
from tests.laws.leaf_kinds import BY_NAME
from tests.laws.test_whole_language import (
    check_reading,
    check_strategies,
    check_writing,
    package,
    wire,
)
from tests.laws.typed_sketches import leaf_of, spec_of
from tests.laws.typed_values import Row, Rows, Single, to_python, written

from unstringly.model.grammar import Trailing

MOST = min(100, settings().max_examples)
"""Examples of each case: there are many cases, and each example takes long."""

PHRASE, WORD = leaf_of(BY_NAME["Phrase"]), leaf_of(BY_NAME["Word"])
INNER = RecordSketch("Inner", (FieldSketch("a", PHRASE), FieldSketch("b", PHRASE)), (",",))
LINES = ListSketch("lines", (PHRASE,), (",",))


def outer(content: RecordSketch | ListSketch, *, last: bool, both: bool) -> RecordSketch:
    """A record with a padded field; the other one is padded as well, or not."""
    fields = FieldSketch("x", content, padded=True), FieldSketch("n", WORD, padded=both)
    return RecordSketch("Outer", fields[::-1] if last else fields, (";",))


class Place(NamedTuple):
    content: RecordSketch | ListSketch
    last: bool
    both: bool


PLACES = [
    Place(content, last, both)
    for content in (INNER, LINES)
    for last in (False, True)
    for both in (False, True)
]


def place_id(place: Place) -> str:
    where = f"{'last' if place.last else 'first'}, {'record' if place.both else 'field'} padded"
    return f"{place.content.name}, {where}"


@pytest.mark.few(3)
@pytest.mark.some(6)
@pytest.mark.parametrize("place", PLACES, ids=place_id)
@pytest.mark.parametrize("lf", [False, True])
def test_padding_is_refused_or_kept(place: Place, lf: bool) -> None:
    sketch = outer(place.content, last=place.last, both=place.both)
    with package(sketch, lf=lf, documented=False) as service:
        if isinstance(service, list):
            assert place.content is LINES
            assert service == ["G101"]  # no lines, or one that is empty
            return

        @settings(max_examples=MOST)
        @given(st.data())
        def ask(data: DataObject) -> None:
            check_writing(service, data)
            check_strategies(service, data)

        ask()


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [(" q", "r", "x"), ("q", " ", "x"), ("", "\t", "x"), ("q", "r", None), (" ", "", "x")],
)
def test_the_field_is_named(first: str, second: str, field: str | None) -> None:
    sketch = outer(INNER, last=False, both=True)
    cells = Row("Inner", (Single("Phrase", first), Single("Phrase", second))), Single("Word", "z")
    with package(sketch, lf=False, documented=False) as service:
        assert not isinstance(service, list)
        module, value = service.module, Row("Outer", cells)
        record = to_python(module, sketch, value)
        if field is None:
            assert module.format_ask(record) == written(sketch, value) == f"{first},{second};z"
            return
        with pytest.raises(module.Unwritable, match="padding") as caught:
            module.format_ask(record)
        assert getattr(caught.value, "field") == field  # noqa: B009 - of any package


@pytest.mark.parametrize("separator", ["\n", " ", ";\n", "\t"])
@pytest.mark.parametrize("trailing", [Trailing.WRITTEN, Trailing.REQUIRED])
def test_what_always_ends_with_padding_is_no_padded_field(
    separator: str, trailing: Trailing
) -> None:
    lines = ListSketch("lines", (WORD,), (separator,), trailing=trailing)
    sketch = outer(lines, last=True, both=True)
    with package(sketch, lf=False, documented=False) as service:
        assert service == ["G107"], spec_of(sketch)
    fields = tuple(FieldSketch(field.name, field.content) for field in _fields(sketch))
    unpadded = RecordSketch("Outer", fields, sketch.separators)
    with package(unpadded, lf=False, documented=False) as service:
        assert not isinstance(service, list)
        rows = Rows((Single("Word", "a"), Single("Word", "b")))
        value = to_python(service.module, unpadded, Row("Outer", (Single("Word", "n"), rows)))
        text = service.module.format_ask(value)
        assert text == f"n;a{separator}b{separator}"
        assert service.module.parse_ask(text) == value


def _fields(sketch: RecordSketch) -> tuple[FieldSketch, ...]:
    return tuple(field for field in sketch.fields if isinstance(field, FieldSketch))


SEPARATORS = st.sampled_from(("\n", " ", "|", ";\n", "; "))
ROWS = st.builds(
    ListSketch,
    st.just("rows"),
    st.sampled_from(((WORD,), (PHRASE,))),
    st.lists(SEPARATORS, min_size=1, max_size=2, unique=True).map(tuple),
    leading=st.booleans(),
    trailing=st.sampled_from(Trailing),
    repeated=st.booleans(),
    padded=st.booleans(),
)


@settings(max_examples=MOST)
@given(ROWS, st.booleans(), st.data())
def test_what_is_read_in_a_padded_field_can_be_written(
    rows: ListSketch, inside: bool, data: DataObject
) -> None:
    """Also where a list may end, begin or go on otherwise than it is written."""
    first = FieldSketch("a", WORD, terminators=("=",))
    content = RecordSketch("Inner", (first, FieldSketch("b", rows)), ()) if inside else rows
    last = FieldSketch("n", WORD)
    sketch = RecordSketch("Outer", (FieldSketch("x", content, padded=True), last), ("#",))
    with package(sketch, lf=False, documented=False) as service:
        if not isinstance(service, list):
            for text in data.draw(st.lists(wire(sketch), min_size=5, max_size=12)):
                check_reading(service, text)


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (ListSketch("rows", (WORD,), ("\n",), trailing=Trailing.WRITTEN), ["G107"]),
        (ListSketch("rows", (WORD,), ("\n",), trailing=Trailing.ALLOWED), []),
        (ListSketch("rows", (WORD,), ("|",), trailing=Trailing.WRITTEN), []),
        (ListSketch("rows", (WORD,), ("\n", "|"), trailing=Trailing.REQUIRED), ["G107"]),
        (ListSketch("rows", (WORD,), ("|", "\n"), trailing=Trailing.REQUIRED), []),
    ],
)
def test_lists_that_are_read_otherwise_than_written(rows: ListSketch, codes: list[str]) -> None:
    first = FieldSketch("a", WORD, terminators=("=",))
    inner = RecordSketch("Inner", (first, FieldSketch("b", rows)), ())
    padded = FieldSketch("x", inner, padded=True)
    sketch = RecordSketch("Outer", (padded, FieldSketch("n", WORD)), ("#",))
    with package(sketch, lf=False, documented=False) as service:
        assert (service if isinstance(service, list) else []) == codes


def test_a_list_that_begins_with_a_blank_behind_a_separator() -> None:
    """`|` and ` a`: written without the separator, the blank would be padding."""
    rows = ListSketch("rows", (leaf_of(BY_NAME["Blank"]),), ("|",), leading=True)
    sketch = outer(rows, last=False, both=False)
    with package(sketch, lf=False, documented=False) as service:
        assert service == ["G107"]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        (FieldSketch("a", WORD, nils=("nil",)), "nil", "'nil' is a spelling of None here"),
        (FieldSketch("a", PHRASE, padded=True), "a ", "' ' ends a padded field"),
        (FieldSketch("a", PHRASE, padded=True, nils=("",)), "", "'' is a spelling of None here"),
        (FieldSketch("a", WORD, padded=True), "a ", "' ' at character 2 does not fit the form"),
        (FieldSketch("a", WORD), "", "'' ends too early for the form"),
    ],
)
def test_the_reason_is_true(field: FieldSketch, value: str, reason: str) -> None:
    sketch = RecordSketch("Row", (field,), ())
    with package(sketch, lf=False, documented=False) as service:
        assert not isinstance(service, list)
        row = service.module.Row(a=value)
        with pytest.raises(service.module.Unwritable) as caught:
            service.module.format_ask(row)
        assert reason in str(caught.value)
