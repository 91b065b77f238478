"""Contents that need no automaton are of the form, and the usual forms have such contents."""

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from unstringly.automata.leaves import contents_of
from unstringly.compile.common import Common, common_of
from unstringly.model.grammar import Form, LineEnds
from unstringly.read.patterns.reader import parse_pattern
from unstringly.runtime.text import forms

ATOMS = ("a", "b", "[0-9]", "[^,|]", ".", r"\S", "[ab]", "-", "(ab|ba)", "(a|)")
REPEATS = ("", "*", "+", "?", "{2}", "{1,3}", "{0,2}")
ROWS = st.lists(
    st.builds("{}{}".format, st.sampled_from(ATOMS), st.sampled_from(REPEATS)),
    min_size=1,
    max_size=3,
).map("".join)
PATTERNS = st.one_of(ROWS, st.builds("{}|{}".format, ROWS, ROWS))
EXCLUDES = st.lists(st.sampled_from([",", "ab", "|;|", "\n", "aa"]), max_size=2, unique=True)
CONTENTS = st.lists(st.text("ab01,|;- \n\r\0é\ud800", max_size=5), max_size=3)


def form(pattern: str, *excludes: str) -> Form:
    return Form(parse_pattern(pattern), pattern, excludes)


def at_run_time(common: Common) -> forms.Common:
    return forms.Common(
        only=common.only, without=common.without, least=common.least, most=common.most
    )


@given(PATTERNS, EXCLUDES, CONTENTS, st.sampled_from(LineEnds), st.booleans())
def test_what_is_told_at_once_is_of_the_form(
    pattern: str, excludes: list[str], contents: list[str], line_ends: LineEnds, padded: bool
) -> None:
    given_form = form(pattern, *excludes)
    common = common_of(given_form, line_ends)
    event("none" if common is None else "only" if common.only is not None else "without")
    contents = [content.strip(" \t\r\n") for content in contents] if padded else contents
    assume(common is not None and at_run_time(common).holds_all(contents))
    language = contents_of(given_form, line_ends, padded=padded, nils=()).written
    assert [content for content in contents if not language.accepts(content)] == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[0-9]+", Common("0123456789", (), 1, None)),
        (r"\+?[0-9]+", Common("0123456789", (), 1, None)),
        ("[0-9]{1,9}", Common("0123456789", (), 1, 9)),
        ("[0-9]{11}", Common("0123456789", (), 11, 11)),
        ("[^,|]+", Common(None, (",", "|"), 1, None)),
        (".*", Common(None, (), 0, None)),
        ("abc", None),
        ("(ab)+", None),
    ],
)
def test_the_usual_forms_are_told_at_once(pattern: str, expected: Common | None) -> None:
    common = common_of(form(pattern), LineEnds.KEPT)
    assert common == expected


def test_delimiters_that_a_content_excludes_are_looked_for() -> None:
    common = common_of(form(".*", "|;|", "|;\n"), LineEnds.LF)
    assert common == Common(None, ("|;|", "|;\n", "\r\n"), 0, None)
