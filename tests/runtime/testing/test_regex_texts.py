"""Texts of patterns: Python's own `re` is the judge, and the generator makes the expressions."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from unstringly.model import charset
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence
from unstringly.read.patterns.regexes import regex_of
from unstringly.read.patterns.schema_patterns import parse_schema_pattern
from unstringly.runtime.testing.regex_texts import text_of

POINTS = st.sampled_from([*map(ord, "azA09_-^]\\[|&~. \t\n\r"), 0x7F, 0x85, 0xE9, 0x4E2D, 0x1F600])
SPANS = st.tuples(POINTS, POINTS).map(lambda ends: (min(ends), max(ends)))
SETS = st.lists(SPANS, min_size=1, max_size=4).map(charset.from_ranges)
CHARACTERS = (SETS | SETS.map(lambda own: ~own)).filter(bool).map(Chars)
COUNTS = st.integers(0, 3)
TIMES = st.sampled_from([(0, None), (1, None), (0, 1)]) | st.tuples(COUNTS, COUNTS).map(
    lambda pair: (min(pair), max(pair))
)


def repeated(item: Pattern, times: tuple[int, int | None]) -> Repeat:
    return Repeat(item, *times)


def patterns() -> SearchStrategy[Pattern]:
    """Patterns that have a text."""

    def larger(inner: SearchStrategy[Pattern]) -> SearchStrategy[Pattern]:
        return (
            st.lists(inner, max_size=3).map(tuple).map(Sequence)
            | st.lists(inner, min_size=1, max_size=3).map(tuple).map(Choice)
            | st.builds(repeated, inner, TIMES)
        )

    return st.recursive(CHARACTERS, larger, max_leaves=8)


@given(patterns(), st.integers(0, 99), st.none() | st.integers(0, 20))
def test_each_text_matches(pattern: Pattern, seed: int, longest: int | None) -> None:
    regex = regex_of(pattern)
    text = text_of(regex, Random(seed), longest)
    assert re.fullmatch(regex, text)
    assert text_of(regex, Random(seed), longest) == text


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[0-9]{8}", "[0-9]{8}"),
        (r"\d{4}-\d{2}", "[0-9]{4}-[0-9]{2}"),
        (r"\i\c*", "[a-zA-Z][a-zA-Z0-9]*"),
        (r"\p{Lu}+", "[A-Z]+"),
        (r".{3}", "[a-zA-Z0-9]{3}"),
        ("[^a-zA-Z0-9]", r"[ \-_./:,;@+#*=!?'\"()\[\]{}<>&%$|~^`\\éü中ж]"),
        ("[à-ÿ]", "[à-ÿ]"),
        ("[一-丁]", "[一-丁]"),
        (r"[\dx-]", "[0-9x-]"),
    ],
)
def test_people_can_read_them(pattern: str, expected: str) -> None:
    for seed in range(20):
        text = text_of(regex_of(parse_schema_pattern(pattern)), Random(seed))
        assert re.fullmatch(expected, text), text


@given(st.integers(0, 60))
def test_a_text_is_as_long_as_is_asked(size: int) -> None:
    assert len(text_of("[a-z]*", Random(1), size)) == size
    assert len(text_of("[A-Z]{2}[0-9]{0,20}", Random(1), size)) == max(2, min(22, size))


@pytest.mark.parametrize(
    "regex", ["(?=a)", "(a)", "a)", "[a", "(?:a", "a{", "a{1", "a{,2}", r"\w", r"\1", "^a$", "\\"]
)
def test_other_pieces_are_refused(regex: str) -> None:
    with pytest.raises(ValueError, match="another piece"):
        text_of(regex, Random(1))


def test_digits_may_stand_in_a_class() -> None:
    for regex in (r"[\d]{3}", r"[x\d]{3}", r"[^\d]{3}", r"[^\x20-\uffff]"):
        for seed in range(5):
            assert re.fullmatch(regex, text_of(regex, Random(seed)))


@pytest.mark.parametrize("regex", ["(?!)", "a(?!)", "(?:(?!)|(?!)b)+", "[^\0-\U0010ffff]"])
def test_nothing_matches_nothing(regex: str) -> None:
    with pytest.raises(ValueError, match="no character"):
        text_of(regex, Random(1))
