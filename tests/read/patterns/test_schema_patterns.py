"""Patterns of XML Schema against libxml2, which knows nothing of Python's `re`."""

import re
import unicodedata
from functools import lru_cache
from importlib import import_module
from itertools import product
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from unstringly.model import charset
from unstringly.read.patterns import unicode_sets
from unstringly.read.patterns.regexes import regex_of
from unstringly.read.patterns.schema_patterns import SchemaPatternError, parse_schema_pattern
from unstringly.runtime.xml import name_characters

_ETREE: Any = import_module("lxml.etree")  # which has no annotations

CHARACTERS = "ab1-.^$|é \n\tAZ_:\\[]()٣\x85\xa0\u2028"
ONES = st.sampled_from(
    [*"ab1 é中", r"\-", r"\.", r"\^", r"\\", r"\|", r"\n", r"\t", r"\[", r"\]", r"\(", r"\)"]
)
# Not \P, which libxml2 takes for \p in a class.
SETS = st.sampled_from(
    [
        *(r"\s", r"\S", r"\d", r"\D", r"\w", r"\W", r"\i", r"\I", r"\c", r"\C"),
        *(r"\p{L}", r"\p{Lu}", r"\p{IsBasicLatin}", r"\p{Nd}"),
    ]
)
ITEMS = ONES | SETS | st.sampled_from(["a-b", "0-9", r"\-", "a-z", "^", "$", "."])


@st.composite
def classes(draw: st.DrawFn) -> str:
    items = draw(st.lists(ITEMS, min_size=1, max_size=3))
    inside = draw(st.sampled_from(["", "^"])) + "".join(items)
    assume(not inside.startswith("^^") and (inside[:1] != "^" or len(inside) > 1))
    if draw(st.integers(0, 3)) == 0:
        inside += f"-[{draw(ITEMS)}]"
        assume("-[^]" not in inside)
    return f"[{inside}]"


SETS_OF_CHARACTERS = ONES | SETS | classes() | st.just(".")
TIMES = st.sampled_from(["", "", "?", "*", "+", "{0}", "{2}", "{1,}", "{0,2}"])
COMMON = st.recursive(
    st.builds("{}{}".format, st.sampled_from("ab1"), TIMES),
    lambda inner: (
        st.builds("({}{}){}".format, inner, inner, TIMES)
        | st.builds("({}|{}){}".format, inner, inner, TIMES)
        | st.builds("{}|{}".format, inner, inner)
    ),
    max_leaves=6,
)
"""Patterns that mean the same in Python, or are refused there."""


@lru_cache(maxsize=2048)
def schema(pattern: str) -> Any:
    text = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="v">'
        f'<xs:simpleType><xs:restriction base="xs:string"><xs:pattern value={quoteattr(pattern)}/>'
        "</xs:restriction></xs:simpleType></xs:element></xs:schema>"
    )
    return _ETREE.XMLSchema(_ETREE.fromstring(text))


def is_valid(pattern: str, text: str) -> bool:
    element = _ETREE.Element("v")
    element.text = text
    return bool(schema(pattern).validate(element))


def regex(pattern: str) -> "re.Pattern[str]":
    return re.compile(regex_of(parse_schema_pattern(pattern)))


def is_settled(text: str) -> bool:
    """Say whether XML has a character, and libxml2 knows it as Unicode 3.2 does.

    It has ideographs and syllables of Hangul by the first and the last one alone.
    """
    stays = unicodedata.category(text) == unicodedata.ucd_3_2_0.category(text)
    return stays and text < "\u3400" and _XML_CHARACTER.fullmatch(text) is not None


@given(SETS_OF_CHARACTERS, st.text(st.characters(codec="utf-8"), max_size=8))
@example("[a-z-[aeiou]]", "bxay")
@example("[^a-z-[1]]", "a1A")
@example(r"\P{L}", "1aé")
@example(r"\P{IsBasicLatin}", "é中1")
def test_a_set_is_what_libxml2_takes(pattern: str, drawn: str) -> None:
    """Only single characters: libxml2 mixes up sets that overlap, and counts."""
    compiled = regex(pattern)
    texts = CHARACTERS + drawn
    if re.search(r"\\[iIcC]", pattern):  # by an older edition of XML
        texts = "".join(filter(str.isascii, texts))
    for text in filter(is_settled, texts):
        assert (compiled.fullmatch(text) is not None) == is_valid(pattern, text), repr(text)


@given(COMMON)
def test_groups_and_repetitions_are_those_of_python(pattern: str) -> None:
    own, theirs = regex(pattern), re.compile(pattern)
    for length in range(5):
        for characters in product("ab1", repeat=length):
            text = "".join(characters)
            assert (own.fullmatch(text) is None) == (theirs.fullmatch(text) is None), text


@pytest.mark.parametrize("character", "^$")
def test_anchors_inside_are_characters(character: str) -> None:
    compiled = regex(f"a{character}b[x{character}]")
    assert compiled.fullmatch(f"a{character}bx")
    assert compiled.fullmatch(f"a{character}b{character}")
    assert compiled.fullmatch("abx") is None


@pytest.mark.parametrize(
    ("count", "lengths"),
    [
        ("{0}", {0}),
        ("{2}", {2}),
        ("{1,}", {1, 2, 3, 4, 5, 6}),
        ("{0,2}", {0, 1, 2}),
        ("{3,5}", {3, 4, 5}),
        ("{0,100}", {0, 1, 2, 3, 4, 5, 6}),
    ],
)
@pytest.mark.parametrize("atom", ["a", "(a)", "[ab]", "(b|a)", "(a?a)", "((a))", r"\p{L}"])
def test_counts(atom: str, count: str, lengths: set[int]) -> None:
    compiled = regex(atom + count)
    matched = {length for length in range(7) if compiled.fullmatch("a" * length)}
    if atom == "(a?a)":
        least, most = min(lengths), 2 * max(lengths)
        assert matched == set(range(least, min(most, 6) + 1))
    else:
        assert matched == lengths


def sampled(chars: charset.CharSet) -> list[str]:
    """The ends of ranges, and what lies beside them, as far as XML has them."""
    points = {p for span in chars.ranges for end in span for p in (end - 1, end, end + 1)}
    kept = [
        p for p in sorted(points) if _XML_CHARACTER.fullmatch(chr(p) if 0 <= p < 0x110000 else "")
    ]
    return list(map(chr, kept))


_XML_CHARACTER = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LATER = charset.from_ranges([(0x4DB6, 0x4DBF), (0xD7A4, 0xD7AF), (0xFEFF, 0xFEFF)])
"""What lies in other blocks since Unicode 3.2, as libxml2 has them."""


@pytest.mark.parametrize("name", sorted(unicode_sets.block_names()))
def test_blocks_are_those_of_libxml2(name: str) -> None:
    block = unicode_sets.of_block(name)
    assert block is not None
    pattern = f"\\p{{Is{name}}}"
    compiled = regex(pattern)
    for text in (text for text in sampled(block) if text not in LATER):
        assert (compiled.fullmatch(text) is not None) == (text in block)
        assert is_valid(pattern, text) == (text in block), hex(ord(text))


def test_names_are_those_of_the_runtime() -> None:
    starts = re.compile(name_characters.NAME_PATTERN)
    characters = re.compile(name_characters.NMTOKEN_PATTERN)
    for text in sampled(unicode_sets.NAME_CHARACTERS | unicode_sets.NAME_STARTS):
        assert (starts.fullmatch(text) is not None) == (text in unicode_sets.NAME_STARTS)
        assert (characters.fullmatch(text) is not None) == (text in unicode_sets.NAME_CHARACTERS)


def test_each_character_is_of_one_category() -> None:
    """All but surrogates, which are of none in XML Schema."""
    majors = [unicode_sets.of_category(name) or charset.NONE for name in "LMNPZSC"]
    total = charset.NONE
    for chars in majors:
        assert chars
        assert not total & chars
        total |= chars
    assert total == ~charset.from_ranges([(0xD800, 0xDFFF)])


def test_words_are_all_but_punctuation_separators_and_controls() -> None:
    matched = [text for text in "a1é中$+٣^_-. \n\u200b\U0001f600" if regex(r"\w").fullmatch(text)]
    assert matched == [*"a1é中$+٣^", "\U0001f600"]


@pytest.mark.parametrize(
    ("pattern", "message", "at"),
    [
        ("^a$", "a `^` is no anchor in XML Schema", 0),
        ("a$", "a `$` is no anchor in XML Schema", 1),
        ("a(b", "a `(` is not closed", 1),
        ("a)b", "a `)` closes nothing", 1),
        ("[a", "a `[` is not closed", 0),
        ("[a-", "a class is not closed", 3),
        ("[]", "a class is empty", 0),
        ("[^]", "a class is empty", 0),
        ("[a[b]", "a `[` stands in a class without a backslash", 2),
        ("[b-a]", "a range does not go from one character to a later one", 1),
        (r"[a-\d]", "a range does not go from one character to a later one", 1),
        ("[a-[b]c]", "a subtraction is not the end of its class", 6),
        ("*a", "a `*` stands where nothing can", 0),
        ("a**", "a `*` stands where nothing can", 2),
        ("(?:a)", "a `?` stands where nothing can", 1),
        ("a]", "a `]` stands where nothing can", 1),
        ("a}", "a `}` stands where nothing can", 1),
        ("a{", "a `{` begins no count of repetitions", 1),
        ("a{,2}", "a `{` begins no count of repetitions", 1),
        ("a{x}", "a `{` begins no count of repetitions", 1),
        ("a{3,2}", "a count ends below its beginning", 1),
        ("a{1234567}", "a count has more than 6 digits", 1),
        (r"\b", r"there is no escape `\b`", 0),
        (r"(a)\1", r"there is no escape `\1`", 3),
        ("a\\", r"there is no escape `\`", 1),
        (r"\p{Foo}", "no property `Foo` is known", 0),
        (r"\p{IsFoo}", "no property `IsFoo` is known", 0),
        (r"\p{Cs}", "no property `Cs` is known", 0),
        (r"\pL", "a property has no name in braces", 0),
        ("(" * 25 + ")" * 25, "groups are deeper than 24 levels", 24),
        ("a" * 20_001, "the pattern has more than 20,000 characters", 0),
    ],
)
def test_what_is_no_pattern_is_named(pattern: str, message: str, at: int) -> None:
    with pytest.raises(SchemaPatternError) as raised:
        parse_schema_pattern(pattern)
    assert (raised.value.message, raised.value.at) == (message, at)
    assert str(raised.value) == f"{message} (character {at + 1})"


@given(st.text("ab[](){}\\^$-|*+?.,01pPdwIs", max_size=12))
def test_any_text_is_a_pattern_or_none(source: str) -> None:
    """What is one is also an expression for Python, without a warning."""
    try:
        pattern = parse_schema_pattern(source)
    except SchemaPatternError:
        return
    re.compile(regex_of(pattern))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[0-9]{1,3}", "[0-9]{1,3}"),
        (r"[\da-fA-F]{8}", r"[\dA-Fa-f]{8}"),
        (r"\d+(a|b)?", r"\d+(?:a|b)?"),
        (".*@.*", r"[^\n\r]*@[^\n\r]*"),
        (r"\-?P", "-?P"),
        ("GET|POST", "GET|POST"),
        ("[^,]", "[^,]"),
        ("[ab-[b]]", "a"),
        ("[a-[a]]", "(?!)"),
        (r"[\s\S]", r"[\s\S]"),
    ],
)
def test_expressions_that_people_read(pattern: str, expected: str) -> None:
    assert regex_of(parse_schema_pattern(pattern)) == expected
