"""The value that a list parser gives."""

import pickle
from collections.abc import Sequence

import pytest

from unstringly.runtime.text.parsed import Malformed, Parsed, RecordPiece, Separator, Span

RAW = " a|x|b|"
PARSED = Parsed(
    RAW,
    ["A", "B"],
    [Malformed("x", Span(3, 4), "stops fitting")],
    [Span(1, 2), Span(5, 6)],
)


def test_it_is_a_sequence_of_the_good_records() -> None:
    assert isinstance(PARSED, Sequence)
    assert list(PARSED) == ["A", "B"]
    assert len(PARSED) == 2
    assert PARSED[-1] == "B"
    assert PARSED[:1] == ("A",)
    assert "A" in PARSED
    assert PARSED.index("B") == 1
    with pytest.raises(IndexError):
        PARSED[2]


def test_the_pieces_are_everything_in_order() -> None:
    assert PARSED.pieces() == (
        Separator(" ", Span(0, 1)),
        RecordPiece("a", Span(1, 2), "A"),
        Separator("|", Span(2, 3)),
        Malformed("x", Span(3, 4), "stops fitting"),
        Separator("|", Span(4, 5)),
        RecordPiece("b", Span(5, 6), "B"),
        Separator("|", Span(6, 7)),
    )
    assert "".join(piece.raw for piece in PARSED.pieces()) == RAW


def test_it_equals_only_another_one() -> None:
    same = Parsed(RAW, ["A", "B"], PARSED.malformed, [Span(1, 2), Span(5, 6)])
    assert same == PARSED
    assert hash(same) == hash(PARSED)
    assert Parsed("a|b", ["A", "B"], (), [Span(0, 1), Span(2, 3)]) != PARSED
    unlike: list[object] = [["A", "B"], ("A", "B"), None, RAW]
    assert all(other != PARSED for other in unlike)


def test_an_empty_one_is_false_and_keeps_its_text() -> None:
    empty: Parsed[str] = Parsed("| |", [], (), ())
    assert not empty
    assert empty.raw == "| |"
    assert empty.pieces() == (Separator("| |", Span(0, 3)),)
    assert Parsed("", [], (), ()).pieces() == ()


def test_it_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(PARSED)) == PARSED


def test_it_cannot_be_given_other_attributes() -> None:
    with pytest.raises(AttributeError):
        PARSED.extra = 1  # type: ignore[attr-defined]  # that is the test
