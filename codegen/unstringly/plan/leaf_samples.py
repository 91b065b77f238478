"""Contents of leaves that look like what a service sends: examples for people.

A number is one of a few that everybody reads at once, a code is the first that is documented, a
text is what the type's own words name (`such as 2314357620085030623`), or else the name of the
type (`place`), or digits or letters that its form allows. Each is of its form: what is not is
passed over.
"""

from unstringly.automata.dfa import DEAD, Dfa
from unstringly.kinds.leaf import Leaf, LeafKind

_DIGITS = "1234567890"
_LENGTHS = (5, 4, 6, 3, 8, 10, 7, 2, 1, 9, *range(11, 41))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OTHERS = "-./:_+#*=@,;|"
_MOST_STATES = 1_000


def natural_content(kind: LeafKind[Leaf], language: Dfa) -> str | None:
    """A content of a leaf that a reader takes in at once; None if there is none at all.

    `language` are the contents that can be written in the leaf's place.
    """
    content = next(filter(language.accepts, kind.examples), None)
    return _walked(language) if content is None else content


def shortest_content(kind: LeafKind[Leaf], language: Dfa) -> str | None:
    """A content of a leaf that is as short as can be."""
    return natural_content(kind, language) if kind.is_regular else language.shortest()


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
