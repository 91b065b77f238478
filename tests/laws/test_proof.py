"""Law 1 for grammars that nobody would write: the proof says what the oracle finds.

A grammar is proved to have one reading exactly if the oracle finds no text with two, among all
short texts and some longer ones; and a witness is a text in which the oracle finds two, and no
shorter one has two.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.laws import bridge, oracle
from tests.laws.bridge import Sketch
from tests.laws.test_random_grammars import (
    LONGEST,
    cases,
    characters,
    choices,
    is_rich,
    leaves,
    lists,
    records,
)

from unstringly.check.readings import find_ambiguity

SHORT = 400
"""Texts that are tried for each grammar, the shortest ones over its characters."""

GRAMMARS = st.one_of(lists(), choices(), records("Item"), leaves("Item"))


def short_texts(sketch: Sketch) -> Iterator[str]:
    """All texts over a grammar's characters, shorter ones first."""
    letters = sorted(set("".join(characters(sketch))))
    for length in range(LONGEST):
        for text in product(letters, repeat=length):
            yield "".join(text)


def is_ambiguous(sketch: Sketch, text: str) -> bool:
    return len(oracle.readings(bridge.form(sketch), text)) > 1


@given(cases(GRAMMARS))
def test_the_proof_says_what_the_oracle_finds(case: tuple[Sketch, list[str]]) -> None:
    sketch, drawn = case
    found = find_ambiguity(*bridge.automaton_of(sketch))
    event("one reading" if found is None else "two readings")
    if found is None:
        assert [text for text in drawn if is_ambiguous(sketch, text)] == []
    elif len(found.text) <= LONGEST:
        assert is_ambiguous(sketch, found.text), found
    least = LONGEST if found is None else len(found.text)
    for text, _ in zip(short_texts(sketch), range(SHORT), strict=False):
        if len(text) >= least:
            break
        assert not is_ambiguous(sketch, text), (text, found)


@given(cases(GRAMMARS))
def test_both_readings_of_a_witness_are_the_oracles(case: tuple[Sketch, list[str]]) -> None:
    sketch, _ = case
    alphabet, automaton = bridge.automaton_of(sketch)
    found = find_ambiguity(alphabet, automaton)
    if found is None or len(found.text) > LONGEST:
        return
    names = tuple(element.name for element in automaton.elements)
    shown = {
        bridge.elements(names, [(gap, mark.element, mark.closes) for gap, mark in reading])
        for reading in (found.first, found.second)
    }
    assert len(shown) == 2
    assert shown <= oracle.readings(bridge.form(sketch), found.text)


@pytest.mark.few(0)
@pytest.mark.parametrize("rich", [False, True])
def test_grammars_of_both_kinds_are_drawn(rich: bool) -> None:
    """At least a fifth has one reading, and at least a fifth has not; so of those that have more
    than contents between separators, and of those that do not.
    """
    answers: list[bool] = []

    @settings(max_examples=300, derandomize=True, database=None)
    @given(GRAMMARS)
    def ask(sketch: Sketch) -> None:
        if is_rich(sketch) is rich:
            answers.append(find_ambiguity(*bridge.automaton_of(sketch)) is None)

    ask()
    assert len(answers) >= 60
    assert sum(answers) >= len(answers) / 5
    assert len(answers) - sum(answers) >= len(answers) / 5
