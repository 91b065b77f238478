"""The contents of a form that need no automaton: a set of characters, and a length.

Most contents of most forms are digits, or anything without a delimiter. Such contents are told
a whole column at a time (`_runtime/text/forms.py`, Common). What is planned here is a part of the
form's language and never more: a content outside of it is asked of the automaton.
"""

from dataclasses import dataclass

from unstringly.automata import dfa
from unstringly.automata.dfa import DEAD, Dfa
from unstringly.automata.leaves import CR_LF, alphabet_for, sets_of
from unstringly.model import charset
from unstringly.model.charset import CharSet
from unstringly.model.grammar import Form, LineEnds

_MOST_EXCLUDED = 12
"""More characters than that are better told by those that a content may have."""

_LAST_ASCII = 127
_ASCII = charset.from_ranges([(0, _LAST_ASCII)])


@dataclass(frozen=True, slots=True)
class Common:
    """Contents of `least` to `most` characters, all of them among `only`, or none of `without`."""

    only: str | None
    without: tuple[str, ...]
    least: int
    most: int | None


def common_of(form: Form, line_ends: LineEnds) -> Common | None:
    """A large and simple part of a form's contents, those that padding would change left out.

    None if the form has no such part. Raises TooLarge.
    """
    alphabet = alphabet_for(sets_of(form))
    language = dfa.from_pattern(alphabet, form.pattern)
    excludes = form.excludes if line_ends is LineEnds.KEPT else (*form.excludes, CR_LF)
    found = [
        common
        for start in dict.fromkeys(language.rows[0])
        if start != DEAD
        for common in _from(language, start, excludes)
    ]
    return max(found, key=_breadth, default=None)


def _breadth(common: Common) -> tuple[bool, int, int]:
    most = 1_000_000 if common.most is None else common.most
    return (common.only is None, most - common.least, len(common.only or ""))


def _from(language: Dfa, target: int, excludes: tuple[str, ...]) -> list[Common]:
    """The part whose contents begin with what leads from the start to `target`."""
    classes = {number for number, there in enumerate(language.rows[0]) if there == target}
    states = [0]
    here = target
    while here != DEAD and here not in states:
        states.append(here)
        after = {language.rows[here][number] for number in classes}
        if len(after) > 1:
            following = max(after, key=[language.rows[here][c] for c in classes].count)
            classes = {number for number in classes if language.rows[here][number] == following}
            here = following
        else:
            (here,) = after
    accepted = [at for at, state in enumerate(states) if language.accepting[state]]
    if not accepted or accepted[-1] - accepted[0] != len(accepted) - 1:
        return []
    most: int | None = accepted[-1]
    if here != DEAD:
        loop = states[states.index(here) :]
        if not all(language.accepting[state] for state in loop):
            return []
        most = None
    chars = _chars(language, classes)
    foreign = _characters(~chars)
    if foreign is not None and len(foreign) <= _MOST_EXCLUDED:
        without = tuple(dict.fromkeys((*foreign, *excludes)))
        return [Common(None, without, accepted[0], most)]
    only = _characters(chars & _ASCII)
    if not only or any(all(c in only for c in text) for text in excludes):
        return []
    return [Common(only, (), accepted[0], most)]


def _chars(language: Dfa, classes: set[int]) -> CharSet:
    alphabet = language.alphabet
    ends = (*(start - 1 for start in alphabet.starts[1:]), charset.LAST)
    return charset.from_ranges(
        (start, end)
        for start, end, number in zip(alphabet.starts, ends, alphabet.classes, strict=True)
        if number in classes
    )


def _characters(chars: CharSet) -> str | None:
    """The characters of a set; None if there are more than ASCII has."""
    if any(last - first > _LAST_ASCII for first, last in chars.ranges):
        return None
    return "".join(chr(point) for first, last in chars.ranges for point in range(first, last + 1))
