"""Patterns of XML Schema in Python match what libxml2 matches."""

from importlib import import_module
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unstringly.plan.messages.patterns import python_pattern
from unstringly.runtime.xml.lexical import compiled

_ETREE: Any = import_module("lxml.etree")  # which has no annotations

PIECES = st.sampled_from(
    (
        *("a", "b", "-", ".", "\\d", "\\D", "\\s", "\\S", "\\.", "\\-", "\\\\", "[ab]", "[^a]"),
        *("[a-c]", "[\\d.]", "[a\\-z]", "(a|b)", "(ab)", "^", "$", "[$^]", "\\^", "&", "é"),
    )
)
TIMES = st.sampled_from(("", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,}"))
PATTERNS = st.lists(st.tuples(PIECES, TIMES).map("".join), min_size=1, max_size=4)
TEXTS = st.text("abcz.-\\$^&é1٣ \t", max_size=5)


def takes(pattern: str, text: str) -> bool:
    """Say what libxml2 says. Raises XMLSchemaParseError for what it takes for no pattern."""
    schema = _ETREE.fromstring(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="e"><simpleType>'
        f'<restriction base="string"><pattern value={quoteattr(pattern)}/></restriction>'
        "</simpleType></element></schema>"
    )
    element = _ETREE.Element("e")
    element.text = text
    return bool(_ETREE.XMLSchema(schema).validate(element))


@given(st.lists(PATTERNS.map("".join), min_size=1, max_size=2).map("|".join), TEXTS)
def test_they_match_the_same(source: str, text: str) -> None:
    pattern = python_pattern(source)
    assert pattern is not None
    try:
        expected = takes(source, text)
    except _ETREE.XMLSchemaParseError:
        assume(False)
        return
    assert (compiled(pattern).fullmatch(text) is not None) == expected


@pytest.mark.parametrize(
    "source",
    [
        "\\i\\c*",
        "\\p{L}",
        "[a-z-[aeiou]]",
        "\\w+",
        "(",
        ")",
        "[",
        "a{",
        "a**",
        "*",
        "a++",
        "\\q",
    ],
)
def test_what_has_no_short_equal_is_left(source: str) -> None:
    assert python_pattern(source) is None


@given(st.text("ab()[]{}*+?|\\^$-.,0192dswpi&~", max_size=12), TEXTS)
def test_no_text_makes_it_fail(source: str, text: str) -> None:
    pattern = python_pattern(source)
    if pattern is not None:
        compiled(pattern).fullmatch(text)
