"""The contents of a form that need no automaton: a set of characters, and a length.

Most contents of most forms are digits, or anything without a delimiter. Such contents are accepted
a whole column at a time (`_runtime/text/forms.py`, Common). A `Common` is a part of the form's
language and never more: the automaton decides about a content outside of it.
"""

from msgspec import Struct

from unstringly.automata import dfa
from unstringly.automata.dfa import DEAD, Dfa
from unstringly.automata.leaves import CR_LF, alphabet_for, sets_of
from unstringly.model import charset
from unstringly.model.charset import CharSet
from unstringly.model.grammar import Form, LineEnds

_MOST_EXCLUDED = 12
"""With more characters than that left out, the ones that a content may have are listed."""

_LAST_ASCII = 127
_ASCII = charset.from_ranges([(0, _LAST_ASCII)])


class Common(Struct, frozen=True):
    """Contents of `least` to `most` characters, all of them among `only`, or none of `without`."""

    only: str | None
    without: tuple[str, ...]
    least: int
    most: int | None


def common_of(form: Form, line_ends: LineEnds) -> Common | None:
    """Return a large and simple part of a form's contents, without those that padding changes.

    None if the form has no such part. Raises TooLarge.
    """
    alphabet = alphabet_for(sets_of(form))
    language = dfa.from_pattern(alphabet, form.pattern)
    excludes = form.excludes if line_ends is LineEnds.KEPT else (*form.excludes, CR_LF)
    parts = (
        _part(language, start, excludes)
        for start in dict.fromkeys(language.rows[0])
        if start != DEAD
    )
    return max((part for part in parts if part is not None), key=_breadth, default=None)


def _breadth(common: Common) -> tuple[bool, int, int]:
    most = 1_000_000 if common.most is None else common.most
    return (common.only is None, most - common.least, len(common.only or ""))


class _Path(Struct, frozen=True):
    """States from the start that the same classes lead along, one for each number of characters.

    `back` is the one of them that the last leads back to; DEAD if no character may follow it.
    """

    states: tuple[int, ...]
    classes: frozenset[int]
    back: int


def _part(language: Dfa, target: int, excludes: tuple[str, ...]) -> Common | None:
    """Return the part whose contents begin with what leads from the start to `target`."""
    path = _path(language, target)
    lengths = _lengths(language, path)
    if lengths is None:
        return None
    least, most = lengths
    chars = _chars(language, path.classes)
    foreign = _characters(~chars)
    if foreign is not None and len(foreign) <= _MOST_EXCLUDED:
        return Common(None, tuple(dict.fromkeys((*foreign, *excludes))), least, most)
    only = _characters(chars & _ASCII)
    if not only or any(all(character in only for character in text) for text in excludes):
        return None
    return Common(only, (), least, most)


def _path(language: Dfa, target: int) -> _Path:
    """Return the path that begins with `target`: where classes part, the most of them go on."""
    classes = [number for number, state in enumerate(language.rows[0]) if state == target]
    states = [0]
    state = target
    while state != DEAD and state not in states:
        states.append(state)
        row = language.rows[state]
        state = _most_frequent([row[number] for number in classes])
        classes = [number for number in classes if row[number] == state]
    return _Path(tuple(states), frozenset(classes), state)


def _most_frequent(targets: list[int]) -> int:
    """Return the target that occurs most often; of several, the first one that is a state."""
    return max(dict.fromkeys(targets), key=lambda target: (targets.count(target), target != DEAD))


def _lengths(language: Dfa, path: _Path) -> tuple[int, int | None] | None:
    """Return the least and most characters of contents, None for no bound.

    Return None if not all lengths between them are lengths of contents.
    """
    accepted = [at for at, state in enumerate(path.states) if language.accepting[state]]
    if not accepted or accepted[-1] - accepted[0] != len(accepted) - 1:
        return None
    if path.back == DEAD:
        return accepted[0], accepted[-1]
    loop = path.states[path.states.index(path.back) :]
    if not all(language.accepting[state] for state in loop):
        return None
    return accepted[0], None


def _chars(language: Dfa, classes: frozenset[int]) -> CharSet:
    alphabet = language.alphabet
    ends = (*(start - 1 for start in alphabet.starts[1:]), charset.LAST)
    return charset.from_ranges(
        (start, end)
        for start, end, number in zip(alphabet.starts, ends, alphabet.classes, strict=True)
        if number in classes
    )


def _characters(chars: CharSet) -> str | None:
    """Return the characters of a set; None if there are more than ASCII has."""
    if any(last - first > _LAST_ASCII for first, last in chars.ranges):
        return None
    return "".join(chr(point) for first, last in chars.ranges for point in range(first, last + 1))
