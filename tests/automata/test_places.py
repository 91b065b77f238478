"""A place takes the texts that Python says it takes, and all that stands there goes through it."""

from hypothesis import given
from hypothesis import strategies as st

from unstringly.automata import dfa, leaves
from unstringly.automata.places import ANYWHERE, Place
from unstringly.model import charset
from unstringly.read.patterns.reader import parse_pattern

TEXTS = st.text(" \tab,;", max_size=6)
PLACES = st.builds(
    Place,
    st.booleans(),
    st.lists(st.text("ab,; ", min_size=1, max_size=2), max_size=2).map(tuple),
    st.lists(st.text("a ,", max_size=2), max_size=2).map(tuple),
)


@given(PLACES, TEXTS)
def test_a_place_takes_what_it_says(place: Place, text: str) -> None:
    alphabet = leaves.alphabet_for([charset.PADDING, *map(charset.of, "ab,; ")])
    expected = (
        not any(each in text for each in place.excludes)
        and (not place.padded or text == text.strip(" \t\r\n"))
        and text not in place.nils
    )
    assert place.language(alphabet).accepts(text) == expected


@given(TEXTS)
def test_every_text_can_stand_anywhere(text: str) -> None:
    alphabet = leaves.alphabet_for([charset.PADDING])
    assert ANYWHERE.language(alphabet).accepts(text)


@given(PLACES, st.sampled_from(["a*", "[ab,; ]*", "a,|b", " ?a ?"]), TEXTS)
def test_a_language_within_a_place_is_what_both_have(place: Place, pattern: str, text: str) -> None:
    alphabet = leaves.alphabet_for([charset.PADDING, *map(charset.of, "ab,; ")])
    language = dfa.from_pattern(alphabet, parse_pattern(pattern))
    both = language.accepts(text) and place.language(alphabet).accepts(text)
    assert place.within(language).accepts(text) == both
