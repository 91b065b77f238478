"""Leaves of strings with a grammar: the text of the schema's type, as the grammar reads it.

What the type says about white space comes first, so that a value has the text without it; the
facets of the type are asked of the text that the grammar writes. A text that is of no form of the
grammar costs only itself: it is a `Malformed` in its place, and the document is read. A list has
its malformed pieces in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Final, TypeAlias, TypeVar, cast

from ..errors.exceptions import MalformedResponse, Unwritable
from ..text.matcher import Machine
from ..text.parsed import Malformed, Parsed, Span
from .leaves import Leaf
from .lexical import wrong_python_type

T = TypeVar("T")

Choose: TypeAlias = Callable[[int, int], int]
"""A function that returns a number from the first one to the second."""

_LONGEST: Final = 60
"""The number of characters after which a text that is drawn comes to its end."""

_FIRST_SHOWN, _SURROGATES = 0x20, (0xD800, 0xDFFF)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The origin of a leaf with a grammar: its machine, and texts that people take in at once."""

    machine: Machine
    samples: tuple[str, ...]

    def text(self, choose: Choose) -> str:
        """Return a text that the grammar reads, drawn step by step."""
        steps, ends, ways_out = _ways(self.machine)
        state, text = 0, ""
        while True:
            is_long = len(text) >= _LONGEST
            if state in ends and (is_long or not steps[state] or not choose(0, 4)):
                return text
            row = [ways_out[state]] if is_long else steps[state]
            number, state = row[choose(0, len(row) - 1)]
            text += self._character(number, choose)

    def _character(self, number: int, choose: Choose) -> str:
        """Return a character of a class: the first one that shows, or any other."""
        ranges = [
            part
            for start, end in self.machine.alphabet.stretches(number)
            for part in (
                (start, min(end, _SURROGATES[0] - 1)),
                (max(start, _SURROGATES[1] + 1), end),
            )
            if part[0] <= part[1]
        ]
        if not ranges:
            return "?"
        start, end = ranges[choose(0, len(ranges) - 1)]
        shown = max(start, _FIRST_SHOWN) if end >= _FIRST_SHOWN else start
        return chr(shown if choose(0, 1) else choose(shown, end))


_Step: TypeAlias = tuple[int, int]
"""A class of characters, and the state that one of them leads to."""


@cache
def _ways(machine: Machine) -> tuple[list[list[_Step]], frozenset[int], dict[int, _Step]]:
    """Return the steps of each state, the final states, and a first step on a way to one of these.

    Every state has a way to an end.
    """
    steps, ends = machine.steps()
    known = set(ends)
    ways_out: dict[int, _Step] = {}
    while len(ways_out) < len(steps):
        fresh = {
            state: step
            for state, row in enumerate(steps)
            if state not in ways_out
            for step in row
            if step[1] in known
        }
        if not fresh:
            break
        ways_out |= fresh
        known |= fresh.keys()
    return steps, ends, ways_out


def list_leaf(
    base: Leaf[str],
    parse: Callable[[str], T],
    write: Callable[[T], str],
    machine: Machine,
    samples: tuple[str, ...],
) -> Leaf[T]:
    """Return the leaf of a grammar that reads every text, since it may be a list.

    `base` is the leaf of the text itself. A list that was read from a text is written as that text.
    """

    def read(text: str) -> T:
        return parse(base.read(text))

    def written(value: object) -> str:
        if isinstance(value, tuple | list):
            records: object = value
            raise wrong_python_type(records, "a Parsed, which the function `as_…` makes of records")
        text = _written(write, value)
        if isinstance(value, Parsed) and text != value.raw and parse(value.raw) == value:
            text = value.raw
        return base.write(text)

    return Leaf(base.name, read, written, Grammar(machine, samples))


def value_leaf(
    base: Leaf[str],
    parse: Callable[[str], T],
    write: Callable[[T], str],
    machine: Machine,
    samples: tuple[str, ...],
) -> Leaf[T | Malformed]:
    """Return the leaf of a grammar that is no list: a text that it does not read is a Malformed."""

    def read(text: str) -> T | Malformed:
        content = base.read(text)
        try:
            return parse(content)
        except MalformedResponse as problem:
            return Malformed(content, Span(0, len(content)), problem.reason)

    def written(value: object) -> str:
        if isinstance(value, Malformed):
            raise Unwritable("", value.raw, "is a malformed piece, which is not written")
        return base.write(_written(write, value))

    return Leaf(base.name, read, written, Grammar(machine, samples))


def _written(write: Callable[[T], str], value: object) -> str:
    """Return the text of a value. Raises Unwritable, with the place in the value.

    A formatter calls a value that is no record and no list by its type, which is no place here.
    """
    try:
        return write(cast("T", value))  # it refuses what is no such value
    except Unwritable as problem:
        first = problem.field.partition(".")[0].partition("[")[0]
        is_place = not first or isinstance(value, Parsed) or first in _fields(value)
        if is_place:
            raise
        raise Unwritable("", problem.part, problem.why) from None


def _fields(value: object) -> Iterable[str]:
    return (own.name for own in fields(value)) if is_dataclass(value) else ()
