"""Contents of leaves that look like what a service sends: examples for people.

A number is one of a few that everybody reads at once, a code is the first that is documented, a
text is what the type's own words name (`such as 2314357620085030623`), or else the name of the
type (`place`), or digits or letters that its form allows. Each is of its form: what is not is
passed over.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from unstringly.automata.dfa import DEAD, Dfa
from unstringly.model.grammar import (
    DatePart,
    DateType,
    DecimalType,
    EnumType,
    IntegerType,
    TextType,
    Type,
)
from unstringly.names import in_words, snake_case

_WHEN = datetime(2031, 5, 4, 9, 15, 0)
_NUMBERS = ("42", "7", "3", "120", "2", "1", "12345", "0", "-1")
_DECIMALS = ("12.50", "12.5", "1.5", "12", "0.5", "-12.50", *_NUMBERS)
_DIGITS = "1234567890"
_PHONE, _OF_PHONES = "13900000000", re.compile("phone|mobile")
_NAMED = re.compile(r"[0-9A-Za-z+-][0-9A-Za-z.:/+_-]{2,18}[0-9A-Za-z]")
_LENGTHS = (5, 4, 6, 3, 8, 10, 7, 2, 1, 9, *range(11, 41))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OTHERS = "-./:_+#*=@,;|"
_MOST_STATES = 1_000


def natural_content(leaf: Type, language: Dfa | None) -> str | None:
    """A content of a leaf that a reader takes in at once; None if there is none at all.

    `language` are the contents that can be written in the leaf's place; a date needs none.
    """
    if language is None:
        return _date(leaf) if isinstance(leaf, DateType) else None
    for content in _candidates(leaf):
        if language.accepts(content):
            return content
    return _walked(language)


def shortest_content(leaf: Type, language: Dfa | None) -> str | None:
    """A content of a leaf that is as short as can be."""
    return natural_content(leaf, language) if language is None else language.shortest()


def _candidates(leaf: Type) -> Iterator[str]:
    match leaf:
        case EnumType(members=members):
            yield from sorted((each.spelling for each in members), key=lambda text: not text)
        case IntegerType(width=width):
            yield from (_zeros(text, width) for text in _NUMBERS)
        case DecimalType(width=width):
            yield from (_zeros(text, width) for text in _DECIMALS)
        case TextType():
            yield from _texts(leaf)
        case DateType():
            yield _date(leaf)
        case _:
            assert_never(leaf)


def _zeros(number: str, width: int) -> str:
    """A number with so many digits before the point."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, rest = digits.partition(".")
    return f"{sign}{whole.zfill(width)}{point}{rest}"


def _texts(leaf: TextType) -> Iterator[str]:
    """What the words of a text say, its name, and digits."""
    for token in _NAMED.findall(" ".join(leaf.words.paragraphs)):
        if any(character.isdigit() for character in token):
            yield token
    words = in_words(leaf.name)
    if _OF_PHONES.search(words):
        yield _PHONE
    yield words
    yield snake_case(leaf.name).strip("_")
    yield from words.split()
    for length in _LENGTHS:
        yield (_DIGITS * 4)[:length]


def _date(leaf: DateType) -> str:
    return "".join(
        f"{_WHEN:{part.value}}" if isinstance(part, DatePart) else part for part in leaf.parts
    )


def _walked(language: Dfa) -> str | None:
    """A text of some characters: digits where they may stand, else letters, else what may."""
    if len(language.rows) > _MOST_STATES:
        return language.shortest()
    ends = [{state for state, accepts in enumerate(language.accepting) if accepts}]
    for _ in range(max(_LENGTHS)):
        before = ends[-1]
        ends.append({s for s, row in enumerate(language.rows) if not before.isdisjoint(row)})
    length = next((length for length in _LENGTHS if 0 in ends[length]), None)
    if length is None:
        return language.shortest()
    text, state = "", 0
    for left in range(length, 0, -1):
        text += _next(language, state, ends[left - 1], text)
        state = language.rows[state][language.alphabet.class_of(text[-1])]
    return text


def _next(language: Dfa, state: int, targets: set[int], text: str) -> str:
    """The character to go on with, so that one of the states is reached."""
    row, alphabet = language.rows[state], language.alphabet
    digits, letters = sum(map(str.isdigit, text)), sum(map(str.isalpha, text))
    first_digits = _DIGITS[digits % 10 :] + _DIGITS
    first_letters = _LETTERS[letters % 26 :] + _LETTERS
    for character in first_digits + first_letters + first_letters.upper() + _OTHERS:
        if row[alphabet.class_of(character)] in targets:
            return character
    return next(
        alphabet.sample(number)
        for number, target in enumerate(row)
        if target != DEAD and target in targets
    )
