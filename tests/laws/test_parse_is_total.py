"""Law 4: no text makes a list parser raise, and nothing of it is lost. Line ends: LF is taken."""

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy
from tests.laws import oracle, oracle_recovery
from tests.laws.declared import ROWS
from tests.laws.results import LISTS, REPLIES, REPORTS, TIME, Result, parsed, records_of, seen

from msgsend import Malformed, Parsed, RecordPiece, Separator

SHORT = 120


def is_separating(result: Result, text: str) -> bool:
    """Whether a text contains a separator."""
    text = oracle.line_feeds_only(text)
    return any(each in text for each in result.list_form.separators)


def check_pieces(result: Result, raw: str) -> Parsed[object] | None:
    """What holds for every text whatever, without the oracle; None if it is an error code."""
    found = parsed(result.parse(raw))
    if found is None:
        return None
    pieces = found.pieces()
    assert found.raw == raw
    assert "".join(piece.raw for piece in pieces) == raw
    at = 0
    for piece in pieces:
        assert piece.span == (at, at + len(piece.raw))
        assert piece.raw == raw[piece.span.start : piece.span.end] != ""
        at = piece.span.end
    for left, right in pairwise(pieces):
        assert isinstance(left, Separator) != isinstance(right, Separator)
    assert [piece.record for piece in pieces if isinstance(piece, RecordPiece)] == list(found)
    assert [piece for piece in pieces if isinstance(piece, Malformed)] == list(found.malformed)
    assert not any(is_separating(result, piece.raw) for piece in found.malformed)
    return found


def check_best(result: Result, raw: str) -> None:
    """That the result is the one reading, or the best decomposition."""
    value = check_pieces(result, raw)
    text = oracle.line_feeds_only(raw)
    found = oracle.readings(result.form, text)
    if value is None:
        assert found
        return
    pieces = value.pieces()
    places = oracle.raw_places(raw)
    best = oracle_recovery.recovery(result.list_form, text)
    lost = sum(len(oracle.line_feeds_only(piece.raw)) for piece in value.malformed)
    assert lost == best.malformed
    assert (lost == 0) == bool(found)
    items = [piece for piece in pieces if isinstance(piece, RecordPiece)]
    assert [tuple(piece.span) for piece in items] == [
        (places[start], places[end]) for start, end in best.items
    ]
    seen("malformed" if lost else "read")
    seen(f"{len(items)} records")
    for piece in items:
        content = oracle.line_feeds_only(piece.raw)
        (element,) = oracle.item_readings(result.list_form, content)
        contents = [content[part.start : part.end] for part in element.parts]
        assert piece.record == ROWS[element.name].value(contents)


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_texts_of_tokens(result: Result, data: DataObject) -> None:
    check_best(result, data.draw(result.texts()))


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_texts_near_the_grammar(result: Result, data: DataObject) -> None:
    text = data.draw(result.wire)
    check_pieces(result, text)
    assume(len(text) <= SHORT)
    check_best(result, text)


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_damaged_records(result: Result, data: DataObject) -> None:
    """Written lists with tokens put over parts of them: good records between malformed pieces."""
    text = data.draw(
        st.lists(st.one_of(*result.records), min_size=1, max_size=3).map(result.format)
    )
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 4)))
        text = text[:start] + data.draw(st.sampled_from(result.tokens)) + text[end:]
    assume(len(text) <= SHORT)
    check_best(result, text)


REPLY = f"1|,|x|,|{TIME}"
CLOSE = [
    (REPLIES, f"|;|;|{REPLY}"),
    (REPLIES, f"x|;|;|{REPLY}"),
    (REPLIES, f"{REPLY}|;|;|{REPLY}"),
    (REPLIES, f"{REPLY}|;|;|{REPLY}|,|9"),
    (REPLIES, f"{REPLY}|,|9|;|;|{REPLY}"),
    (REPLIES, f"{REPLY}|;|;\n{REPLY}"),
    (REPLIES, f"x|;|;\n{REPLY}|;"),
    (REPLIES, f"{REPLY}|;{REPLY}"),
    (REPLIES, f"{REPLY}|,|{REPLY}|,||;|{REPLY}"),
    (REPLIES, f"{REPLY}|;|{REPLY}|,|{REPLY}|;|;"),
    (REPORTS, "1,2,3,4,|5,6,7"),
    (REPORTS, "1,2,3,4|,5|6,7,8,9,0|"),
]
"""Where what looks best at first costs more later, or exactly as much."""


@pytest.mark.parametrize(("result", "text"), CLOSE)
def test_what_looks_best_at_first(result: Result, text: str) -> None:
    check_best(result, text)


def hostile(result: Result) -> SearchStrategy[str]:
    """Long mixtures of everything, with what other parsers stumble over."""
    parts = (
        "\ud800",
        "\udfff",
        "\0",
        "\U0010ffff",
        "7" * 5_000,
        "-" + "1" * 5_000,
        f"1,{'3' * 5_000},DELIVRD",
        f"1,2,{'3' * 5_000},4,0",
        f"{'1' * 5_000}|,|x|,|{TIME}",
        "|,|" * 50,
        "|;" * 50,
        "\r" * 20,
        *result.tokens,
    )
    return st.lists(st.one_of(st.sampled_from(parts), st.characters()), max_size=30).map("".join)


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_nothing_raises(result: Result, data: DataObject) -> None:
    check_pieces(result, data.draw(hostile(result)))


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(text=st.text(st.characters(codec=None, categories=None)))
@example("\ud800")
@example("\0")
@example("１２,²,\u3000|\u2028")
def test_any_text_whatever(result: Result, text: str) -> None:
    check_best(result, text)


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_carriage_returns_before_a_line_feed_are_nothing(result: Result, data: DataObject) -> None:
    """The values are those of the text with line feeds alone, the spans those of the text."""
    units = ("\n", "\r\n", "\r\r\n", "\r")
    tokens = st.one_of(st.sampled_from(result.tokens), st.sampled_from(units))
    raw = "".join(data.draw(st.lists(tokens, max_size=12)))
    text = oracle.line_feeds_only(raw)
    places = oracle.raw_places(raw)
    found, expected = parsed(result.parse(raw)), parsed(result.parse(text))
    if found is None or expected is None:
        assert result.parse(raw) == result.parse(text)
        return
    assert list(found) == list(expected)
    assert [tuple(piece.span) for piece in found.pieces()] == [
        (places[piece.span.start], places[piece.span.end]) for piece in expected.pieces()
    ]


def test_a_text_keeps_its_lone_carriage_returns() -> None:
    (reply,) = records_of(REPLIES.parse(f"1|,|a\rb\r\r\nc\r|,|{TIME}|;\r\n"))
    assert getattr(reply, "content", None) == "a\rb\nc\r"
