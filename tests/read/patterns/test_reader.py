"""The pattern parser against Python's `re`, and the words it has for what it refuses."""

import contextlib
import re
import warnings
from typing import assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.diagnostics import Diagnostic, Span
from unstringly.model import charset
from unstringly.model.pattern import ANY_TEXT, Chars, Choice, Pattern, Repeat, Sequence, literal
from unstringly.read.patterns.chars import PatternError
from unstringly.read.patterns.reader import RULES, parse_pattern, read_pattern
from unstringly.read.spec.nodes import Scalar

ALPHABET = "ab09_- ,|\t\n\r\x0b\x1c\\]^é١\u2028"
TEXTS = st.text(ALPHABET, max_size=5)


def ends(pattern: Pattern, text: str, start: int) -> frozenset[int]:
    """Where a match that begins at `start` can end: the meaning of patterns, spelled out."""
    match pattern:
        case Chars(chars):
            found = start < len(text) and text[start] in chars
            return frozenset((start + 1,)) if found else frozenset()
        case Sequence(items):
            places = frozenset((start,))
            for item in items:
                places = frozenset(end for at in places for end in ends(item, text, at))
            return places
        case Choice(items):
            return frozenset(end for item in items for end in ends(item, text, start))
        case Repeat(item, least, most):
            places, reached = frozenset((start,)), frozenset[int]()
            for count in range((least if most is None else most) + len(text) + 2):
                if count >= least and (most is None or count <= most):
                    reached |= places
                places = frozenset(end for at in places for end in ends(item, text, at))
            return reached
        case _:
            assert_never(pattern)


def matches(pattern: Pattern, text: str) -> bool:
    return len(text) in ends(pattern, text, 0)


def atoms(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeated = st.sampled_from(["", "*", "+", "?", "{0}", "{2}", "{1,}", "{0,2}", "{1,3}"])
    return st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"({'|'.join(branches)})"),
        st.builds("({}){}".format, inner, repeated),
        st.builds("(?:{}){}".format, inner, repeated),
    )


CLASS_ITEMS = ["a", "b-z", r"\d", r"\W", r"\s", "0-9", r"\]", r"\-", r"\\", ",", "^", "|", r"\x61"]
CLASSES = st.builds(
    "[{}{}{}]".format,
    st.sampled_from(["", "^"]),
    st.lists(st.sampled_from(CLASS_ITEMS).filter(lambda i: i != "^"), min_size=1).map("".join),
    st.sampled_from(["", "-", "^"]),
)
ESCAPES = re.findall(r"\S+", r"\d \D \s \S \w \W \t \r \n \| \\ \x61 \u00e9 \U00000661 \- \^")
LEAVES = st.sampled_from((*"ab09_, -é.", *ESCAPES))
WELL_FORMED = st.recursive(LEAVES | CLASSES, atoms, max_leaves=6).filter(bool)
ANYTHING = st.text(r"ab-019\dwsnx{},|()[]^$.*+?:&~ =!<P", max_size=9)


def compiled(source: str) -> "re.Pattern[str]":
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return re.compile(source, re.ASCII | re.DOTALL)


def reject(error: PatternError, *allowed: str) -> None:
    """Check a refusal: it has a place, and one of the allowed reasons if there are any."""
    assert error.at >= 0
    assert error.length >= 1
    assert not allowed or any(reason in error.message for reason in allowed), error.message


@given(source=WELL_FORMED, texts=st.lists(TEXTS, max_size=5))
def test_a_pattern_means_what_it_means_in_python(source: str, texts: list[str]) -> None:
    try:
        pattern = parse_pattern(source)
    except PatternError as error:
        reject(error, "holds no character", "set operations")
        return
    expected = compiled(source)
    for text in ("", *texts):
        assert matches(pattern, text) is (expected.fullmatch(text) is not None), text


@given(source=ANYTHING, texts=st.lists(TEXTS, max_size=5))
def test_what_is_taken_is_also_taken_by_python_and_means_the_same(
    source: str, texts: list[str]
) -> None:
    try:
        pattern = parse_pattern(source)
    except PatternError as error:
        reject(error)
        return
    expected = compiled(source)
    for text in ("", *texts):
        assert matches(pattern, text) is (expected.fullmatch(text) is not None), text


@given(st.text())
def test_no_text_makes_the_parser_fail_otherwise(source: str) -> None:
    with contextlib.suppress(PatternError):
        parse_pattern(source)


def test_values() -> None:
    assert parse_pattern("ab") == literal("ab")
    assert parse_pattern(".") == Chars(charset.ANY)
    assert parse_pattern("[^,|]+") == Repeat(Chars(~charset.of(",|")), 1, None)
    assert parse_pattern("a|") == Choice((Chars(charset.of("a")), Sequence(())))
    assert parse_pattern("(?:a{2}){3,}") == Repeat(Repeat(Chars(charset.of("a")), 2, 2), 3, None)
    assert parse_pattern(r"[\d\x2D-/]") == Chars(charset.DIGITS | charset.between("-", "/"))
    assert parse_pattern(r"\ud800") == Chars(charset.of("\ud800"))


REFUSED = [
    # pattern, code, column of the problem from 0, its length, a part of the message or help
    ("", "P101", 0, 1, "empty pattern"),
    ("a\n", "P101", 1, 1, r"write `\n`"),
    ("(a", "P101", 0, 1, "not closed"),
    ("a)", "P101", 1, 1, "closes nothing"),
    ("[a", "P101", 0, 1, "not closed"),
    ("a]", "P101", 1, 1, r"write `\]`"),
    ("a}", "P101", 1, 1, r"write `\}`"),
    ("a\\", "P101", 1, 1, "backslash at the end"),
    (r"\x4", "P101", 0, 3, "2 hexadecimal digits"),
    (r"\xzz", "P101", 0, 4, "2 hexadecimal digits"),
    (r"\U00110000", "P101", 0, 10, "no such character"),
    ("^a", "P102", 0, 1, "anchor"),
    ("a$", "P102", 1, 1, "anchor"),
    (r"\bx", "P102", 0, 2, "anchor"),
    ("a+?", "P102", 2, 1, "lazy"),
    ("a*+", "P102", 2, 1, "possessive"),
    ("a(?=b)", "P102", 1, 3, "look-ahead"),
    ("(?!a)b", "P102", 0, 3, "look-ahead"),
    ("(?<=a)b", "P102", 0, 4, "look-behind"),
    ("(?<!a)b", "P102", 0, 4, "look-behind"),
    ("(?P<n>a)", "P102", 0, 4, "named group"),
    ("(?<n>a)", "P102", 0, 3, "named group"),
    ("(?i)a", "P102", 0, 2, "flag"),
    ("(?#x)a", "P102", 0, 3, "comment"),
    ("(?>a)", "P102", 0, 3, "atomic"),
    ("(?(1)a|b)", "P102", 0, 3, "conditional"),
    (r"(a)\1", "P102", 3, 2, "back-reference"),
    ("(?P=n)", "P102", 0, 4, "back-reference"),
    (r"\0", "P102", 0, 2, r"\x00"),
    (r"\p{L}", "P102", 0, 2, "Unicode property"),
    (r"\q", "P102", 0, 2, "escape"),
    ("[[:digit:]]", "P102", 1, 1, r"\d"),
    ("[a&&b]", "P102", 2, 2, "set operations"),
    ("[]", "P103", 0, 2, "empty"),
    ("[^]", "P103", 0, 3, "empty"),
    (r"[^\s\S]", "P103", 0, 7, "no character"),
    ("[a-", "P101", 2, 1, "not closed"),
    ("[z-a]", "P103", 1, 3, "wrong way round"),
    (r"[a-\d]", "P103", 1, 4, "range"),
    ("[a-c-e]", "P103", 4, 1, "hyphen"),
    ("[+--]", "P103", 2, 2, "hyphen"),
    ("*a", "P104", 0, 1, "nothing before"),
    ("a|+", "P104", 2, 1, "nothing before"),
    ("a**", "P104", 2, 1, "in a group"),
    ("a{2}{3}", "P104", 4, 1, "in a group"),
    ("a{3,2}", "P104", 1, 5, "{2,3}"),
    ("a{,3}", "P104", 1, 4, "{0,3}"),
    ("a{1, 2}", "P104", 1, 6, "not a repetition"),
    ("a{", "P104", 1, 1, "not a repetition"),
    ("a{1001}", "P105", 1, 6, "1,001"),
    ("(a{40}){0,40}", "P105", 7, 6, "1,600"),
    ("a{600}b{700}", "P105", 7, 5, "1,300"),
    ("a" * 1001, "P105", 0, 1001, "1,001"),
    ("a{99999999999999999999}", "P105", 1, 22, "too large"),
    ("(" * 30 + "a" + ")" * 30, "P105", 24, 1, "24 levels"),
]


@pytest.mark.parametrize(("source", "code", "at", "length", "words"), REFUSED)
def test_refused(source: str, code: str, at: int, length: int, words: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse_pattern(source)
    error = caught.value
    assert (error.rule.code, error.at, error.length) == (code, at, length)
    assert words in f"{error.message} {error.help}"


def test_every_rule_is_broken_by_an_example() -> None:
    assert {rule.code for rule in RULES} == {code for _, code, *_ in REFUSED}


def test_any_is_every_text() -> None:
    findings: list[Diagnostic] = []
    assert read_pattern(Scalar("any", Span("f", 1, 1, 3), "any"), findings) == ANY_TEXT
    assert findings == []


def test_a_finding_stands_at_its_place_in_the_file() -> None:
    findings: list[Diagnostic] = []
    scalar = Scalar("it's+?", Span("f", 7, 10, 9), "'it''s+?'")
    assert read_pattern(scalar, findings) is None
    assert [finding.span for finding in findings] == [Span("f", 7, 17, 1)]
