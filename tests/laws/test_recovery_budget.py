"""Law 4 for long texts: recovery goes from stretch to stretch, and has a budget.

However short the stretches are, what comes of a text is the same: the oracle of recovery is asked
with stretches of one character, and long texts are recovered as a whole and in stretches. Behind
the budget nothing is lost, and what can be read is read.
"""

from collections.abc import Generator
from contextlib import contextmanager
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.effort import at_most_steps
from tests.laws import bridge
from tests.laws.bridge import ListSketch, Sketch
from tests.laws.results import LISTS, REPLIES, REPORTS, TIME, Result, parsed
from tests.laws.test_parse_is_total import check_best, check_pieces, hostile
from tests.laws.test_random_grammars import cases, check_recovery, lists

from msgsend import (
    Malformed,
    Parsed,
    RecordPiece,
    SmsReport,
    parse_get_mo,
    parse_get_report,
    parse_replies,
    parse_reports,
)
from msgsend._runtime.text import recovery as shipped
from unstringly.check.readings import find_ambiguity
from unstringly.runtime.text import recovery as ours

KEPT = "is kept as one piece"
WHOLE = 1 << 60
REPLY = f"13900000000|,|x|,|{TIME}"


@contextmanager
def bounded(*, stretch: int = ours.STRETCH, budget: int = ours.BUDGET) -> Generator[None]:
    """Another length of stretches, and another budget."""
    with (
        patch.multiple(ours, STRETCH=stretch, BUDGET=budget),
        patch.multiple(shipped, STRETCH=stretch, BUDGET=budget),
    ):
        yield


def recovered(result: Result, text: str) -> Parsed[object]:
    found = parsed(result.parse(text))
    assert found is not None
    return found


@pytest.mark.few(0)
@settings(max_examples=max(25, settings().max_examples // 2))
@given(cases(lists()), st.sampled_from((1, 2, 3)))
def test_short_stretches_of_random_grammars(case: tuple[Sketch, list[str]], stretch: int) -> None:
    """Of grammars with one reading: of two, one stretch would take this and one that."""
    sketch, texts = case
    assert isinstance(sketch, ListSketch)
    assume(find_ambiguity(*bridge.automaton_of(sketch)) is None)
    with bounded(stretch=stretch):
        for text in texts:
            check_recovery(sketch, text)


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_short_stretches(result: Result, data: DataObject) -> None:
    with bounded(stretch=data.draw(st.sampled_from((1, 5)))):
        check_best(result, data.draw(result.texts()))


@pytest.mark.parametrize("result", LISTS, ids=str)
@settings(max_examples=settings().max_examples // 3)
@given(data=st.data())
def test_a_long_text_comes_out_as_if_it_were_recovered_as_a_whole(
    result: Result, data: DataObject
) -> None:
    parts = data.draw(st.lists(st.one_of(hostile(result), result.wire), min_size=1, max_size=6))
    text = "".join(part[:1_000] for part in parts)
    with bounded(stretch=WHOLE, budget=WHOLE):
        whole = result.parse(text)
    for stretch in (1, 40):
        with bounded(stretch=stretch):
            assert result.parse(text) == whole


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_nothing_is_lost_behind_the_budget(result: Result, data: DataObject) -> None:
    """Pieces make up the text, and a text that has a reading is read, whatever the budget is."""
    text = data.draw(st.one_of(hostile(result), result.wire, result.texts()))
    budget = data.draw(st.sampled_from((0, 0, 5, 40)))
    full = parsed(result.parse(text))
    with bounded(stretch=data.draw(st.sampled_from((1, 20))), budget=budget):
        found = parsed(result.parse(text))
    assert (found is None) == (full is None)
    if found is None or full is None:
        return
    if not full.malformed:
        assert found == full
    kept = [piece for piece in found.malformed if piece.reason.startswith(KEPT)]
    if not kept:
        check_pieces(result, text)
    check_joined(found, text)
    lost = sum(len(piece.raw) for piece in found.malformed if piece not in kept)
    assert lost <= budget or "\r" in text or not kept


def check_joined(found: Parsed[object], text: str) -> None:
    """The pieces are in order, join to the text, and pieces that are no separators stand apart."""
    pieces = found.pieces()
    assert "".join(piece.raw for piece in pieces) == text
    solid = [isinstance(piece, Malformed | RecordPiece) for piece in pieces]
    assert not any(left and right for left, right in pairwise(solid))
    assert [piece for piece in pieces if isinstance(piece, Malformed)] == list(found.malformed)


def test_behind_the_budget_good_stretches_are_read() -> None:
    good = "1,13900000000,DELIVRD|"
    text = "x|" + good * 100 + "y|z|" + good * 100 + "|y||"
    with bounded(stretch=1, budget=2):
        found = recovered(REPORTS, text)
    assert len(found) == 200
    assert [piece.raw for piece in found.malformed] == ["x", "y", "z", "y"]
    assert [piece.reason.startswith(KEPT) for piece in found.malformed] == [False, True, True, True]
    check_joined(found, text)


def test_a_longer_stretch_is_kept_as_one_piece_between_its_separators() -> None:
    text = "|;|\n" + "|;|".join(("x", REPLY, "y")) + "|;||;|"
    with bounded(stretch=WHOLE, budget=0):
        found = recovered(REPLIES, text)
    (piece,) = found.malformed
    assert piece.raw == "|;|".join(("x", REPLY, "y"))
    assert len(found) == 0
    check_joined(found, text)


def test_one_malformed_record_costs_a_long_page_nothing_else() -> None:
    records = [f"{at},13900000000,DELIVRD" for at in range(30_000)]
    text = "|".join((*records[:20_000], "1,2,", *records[20_000:], ""))
    assert len(text) > 3 * ours.BUDGET
    found = parse_get_report(text)
    assert isinstance(found, Parsed)
    assert [piece.raw for piece in found.malformed] == ["1,2,"]
    assert all(isinstance(report, SmsReport) for report in found)
    assert len(found) == len(records)


SLOW = {
    "the shortest malformed records": (parse_get_report, "", "x|", ""),
    "two ways to begin a long record": (parse_get_mo, "x|;|;|1|,|", "x", f"|,|{TIME}"),
    "separators of fields and records": (parse_get_mo, "", "|,|;|", ""),
    "halves of separators": (parse_get_mo, "", "|;", ""),
    "a time after a time": (parse_replies, "x|;|;|1|,|", f"|,|{TIME}", ""),
    "commas": (parse_reports, "", ",", ""),
    "good records between malformed ones": (parse_get_report, "", "1,2,|1,2,x|", ""),
}


ALL = settings().max_examples >= 150
"""Whether there is time for all of them, at all lengths."""


@pytest.mark.parametrize("case", SLOW if ALL else tuple(SLOW)[:1])
def test_the_worst_texts_take_seconds_and_not_minutes(case: str) -> None:
    """The most that a budget lasts for takes some 1 to 2 s; a text of 16 MB, some 10 s."""
    parse, before, unit, after = SLOW[case]
    for length, most in ((ours.BUDGET - 100, 800), *(((16_000_000, 5_000),) if ALL else ())):
        text = before + unit * ((length - len(before + after)) // len(unit)) + after
        with at_most_steps(most):
            found = parse(text)
        assert isinstance(found, Parsed)
        assert "".join(piece.raw for piece in found.pieces()) == text
        assert len(found.malformed) <= ours.BUDGET
