"""Law 1: a text has at most one reading, and parse gives exactly that one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.laws import bridge, oracle
from tests.laws.declared import ROWS
from tests.laws.oracle import Element
from tests.laws.results import (
    LISTS,
    REPLIES,
    RESULTS,
    SCALARS,
    TIMED_REPORTS,
    TIMES,
    Result,
    parsed,
    seen,
)

from msgsend import MalformedResponse, RecordPiece, tables

MACHINES = {
    "SendMsg": tables.SUBMISSION,
    "GetBalance": tables.BALANCE_RESULT,
    "GetReport": tables.REPORT_RESULT,
    "GetReport2": tables.TIMED_REPORT_RESULT,
    "GetMo": tables.REPLY_RESULT,
}
"""For the spans of single fields, which no public function tells."""


def record_of(text: str, element: Element) -> object:
    """The record that the oracle's element stands for."""
    contents = [text[part.start : part.end] for part in element.parts]
    return ROWS[element.name].value(contents)


def check(result: Result, raw: str) -> None:
    text = oracle.line_feeds_only(raw)
    places = oracle.raw_places(raw)
    found = oracle.readings(result.form, text)
    assert len(found) <= 1, found
    machine = MACHINES[result.name]
    marks = machine.read(text)
    if not found:
        seen("no reading")
        assert marks is None
        return
    (reading,) = found
    seen(f"{len(reading)} elements" if len(reading) < 3 else "more elements")
    assert marks is not None
    assert bridge.elements(machine.elements, marks) == reading
    value = result.parse(raw)
    if len(reading) == 1 and reading[0].name in result.scalars:
        (element,) = reading
        expected = result.scalars[element.name].value(text[element.start : element.end])
        assert value == expected
        assert type(value) is type(expected)
        return
    records = parsed(value)
    assert records is not None
    assert records.malformed == ()
    items = [piece for piece in records.pieces() if isinstance(piece, RecordPiece)]
    assert [piece.record for piece in items] == [record_of(text, each) for each in reading]
    assert [tuple(piece.span) for piece in items] == [
        (places[each.start], places[each.end]) for each in reading
    ]


@pytest.mark.parametrize("result", RESULTS, ids=str)
@given(data=st.data())
def test_texts_of_tokens(result: Result, data: DataObject) -> None:
    check(result, data.draw(result.texts()))


@pytest.mark.parametrize("result", RESULTS, ids=str)
@given(data=st.data())
def test_texts_near_the_grammar(result: Result, data: DataObject) -> None:
    text = data.draw(result.wire)
    assume(len(text) <= 120)
    check(result, text)


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_records_with_padding_everywhere(result: Result, data: DataObject) -> None:
    """Written lists with padding put in at any place: most keep a reading, and none has two."""
    text = data.draw(
        st.lists(st.one_of(*result.records), min_size=1, max_size=2).map(result.format)
    )
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from((" ", "\n", "\r\n", "\t"))) + text[at:]
    assume(len(text) <= 150)
    check(result, text)


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("result", [TIMED_REPORTS, REPLIES], ids=str)
def test_times_on_the_calendar_and_off_it(result: Result, time: str) -> None:
    before, after = ("1|,|x|,|", "|,|9") if result is REPLIES else ("1,2,", ",x")
    check(result, before + time + after)


@pytest.mark.parametrize("result", SCALARS, ids=str)
@given(data=st.data())
def test_what_has_no_reading_is_malformed(result: Result, data: DataObject) -> None:
    """A result that is no list raises exactly if it has no reading, and keeps the text."""
    raw = data.draw(result.texts(4))
    if oracle.readings(result.form, oracle.line_feeds_only(raw)):
        result.parse(raw)
        return
    with pytest.raises(MalformedResponse) as caught:
        result.parse(raw)
    assert caught.value.raw == raw
