"""Leaf languages against Python's `re`, string methods and calendar."""

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.automata import dfa, leaves
from unstringly.automata.dfa import Dfa
from unstringly.diagnostics import Span
from unstringly.model import charset
from unstringly.model.grammar import Calendar, DatePart, DateType, Layout, LineEnds, LocalizedText
from unstringly.model.pattern import charsets
from unstringly.read.patterns.reader import parse_pattern

ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "(a|bc)", "()"])


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{2,}"])).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
    )


PATTERNS = st.recursive(ATOMS, combined, max_leaves=6)
TEXTS = st.text("abc\n", max_size=7)


def language(pattern: str) -> Dfa:
    parsed = parse_pattern(pattern)
    sets = [*charsets(parsed), *map(charset.of, "abc\n \r")]
    return dfa.from_pattern(charset.partition(sets), parsed)


@given(PATTERNS, st.lists(TEXTS, max_size=8))
def test_a_pattern_matches_as_in_python(pattern: str, texts: list[str]) -> None:
    automaton = language(pattern)
    for text in texts:
        assert automaton.accepts(text) == bool(re.fullmatch(pattern, text, re.DOTALL)), text


@given(PATTERNS, PATTERNS, st.lists(TEXTS, max_size=8))
def test_operations_are_those_of_languages(left: str, right: str, texts: list[str]) -> None:
    sets = [*charsets(parse_pattern(left)), *charsets(parse_pattern(right))]
    alphabet = charset.partition([*sets, *map(charset.of, "abc\n")])
    one = dfa.from_pattern(alphabet, parse_pattern(left))
    other = dfa.from_pattern(alphabet, parse_pattern(right))
    for text in texts:
        both = (one.accepts(text), other.accepts(text))
        assert (one & other).accepts(text) == all(both)
        assert (one | other).accepts(text) == any(both)
        assert (one - other).accepts(text) == (both == (True, False))
    assert (one - one).is_empty
    assert (one | one) == one


@given(PATTERNS)
def test_the_automaton_is_minimal_and_trimmed(pattern: str) -> None:
    automaton = language(pattern)
    doubled = language(f"({pattern})|({pattern})")
    assert automaton.rows == doubled.rows
    assert automaton.accepting == doubled.accepting


@pytest.mark.parametrize(
    ("pattern", "length"),
    [("()", 0), ("a", 1), ("a|bc", 2), ("a{3,5}", 5), ("a*", None), ("(ab)*c", None), ("[^a]", 1)],
)
def test_the_longest_text(pattern: str, length: int | None) -> None:
    assert language(pattern).longest() == length


def test_nothing_has_no_longest_text() -> None:
    automaton = language("a")
    assert (automaton - automaton).longest() == -1


@given(st.lists(st.text("ab;|", min_size=1, max_size=3), min_size=1, max_size=3),
       st.text("ab;|", max_size=8))  # fmt: skip
def test_containing_is_in(needles: list[str], text: str) -> None:
    alphabet = charset.partition(map(charset.of, "ab;|"))
    is_contained = dfa.containing(alphabet, tuple(needles)).accepts(text)
    assert is_contained == any(needle in text for needle in needles)


@given(st.text("a \t\r\n\u3000", max_size=6))
def test_trimmed_is_strip_of_the_four(text: str) -> None:
    alphabet = charset.partition([charset.PADDING, charset.of("\u3000")])
    assert dfa.trimmed(alphabet).accepts(text) == (text.strip(" \t\r\n") == text)


FULL = DateType(
    "Stamp",
    LocalizedText(),
    Calendar.DATETIME,
    (
        Layout(
            (DatePart.YEAR, "/", DatePart.MONTH, "/", DatePart.DAY, " ", DatePart.HOUR, ":",
             DatePart.MINUTE, ":", DatePart.SECOND),
            "%Y/%m/%d %H:%M:%S",
        ),
    ),
    zeros_optional=True,
    span=Span("spec", 1, 1),
)  # fmt: skip


@pytest.fixture(scope="module")
def stamps() -> Dfa:
    form = leaves.form_of(FULL)
    sets = [*leaves.sets_of(form), *leaves.surrounding_sets(LineEnds.KEPT)]
    return leaves.language(charset.partition(sets), form, padded=False, line_ends=LineEnds.KEPT)


def exists(text: str) -> bool:
    match = re.fullmatch(
        r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2}) ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})", text
    )
    if match is None:
        return False
    try:
        datetime(*map(int, match.groups()))  # type: ignore[arg-type]  # six numbers are not seen
    except ValueError:
        return False
    return True


@pytest.mark.some(0)
def test_every_day_from_1_to_9999_and_no_other(stamps: Dfa) -> None:
    day = date(1, 1, 1)
    step = timedelta(days=13)  # coprime to the length of weeks, months and leap cycles
    for _ in range(3652059 // 13):
        assert stamps.accepts(f"{day.year:04}/{day.month}/{day.day:02} 0:00:0")
        if day > date.max - step:
            break
        day += step
    for year in range(1, 10000, 7):
        leap = exists(f"{year:04}/2/29 0:0:0")
        assert stamps.accepts(f"{year:04}/2/29 0:0:0") == leap
        assert stamps.accepts(f"{year:04}/02/29 23:59:59") == leap


NUMBERS = st.one_of(st.integers(0, 70), st.sampled_from([0, 1, 12, 13, 28, 29, 30, 31, 59, 60]))
WRITTEN = st.tuples(NUMBERS, st.sampled_from(["{}", "{:02}", "{:03}"])).map(
    lambda pair: pair[1].format(pair[0])
)


@given(
    st.one_of(st.integers(0, 9999).map("{:04}".format), st.sampled_from(["1900", "2000", "0000"])),
    WRITTEN, WRITTEN, WRITTEN, WRITTEN, WRITTEN,
)  # fmt: skip
def test_a_time_is_read_exactly_if_it_exists(
    stamps: Dfa, year: str, month: str, day: str, hour: str, minute: str, second: str
) -> None:
    text = f"{year}/{month}/{day} {hour}:{minute}:{second}"
    assert stamps.accepts(text) == exists(text)
