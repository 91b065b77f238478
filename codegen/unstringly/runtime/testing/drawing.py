"""Hypothesis strategies from automata. Imported by `strategies`, never by the package itself.

A text is drawn as a walk through its automaton: at each state one of the classes that lead
on, then a character of the class. Every class is as likely as any other, however small: the
delimiters are classes of their own, so that values full of delimiters, and of beginnings of
delimiters, come up all the time.
"""

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..errors.exceptions import Unwritable
from ..text.alphabet import Alphabet
from ..text.dates import DateForm
from ..text.forms import DEAD, Form, is_trimmed, write_decimal, write_integer
from ..text.matcher import Machine
from ..text.ways_out import ways_out

E = TypeVar("E", bound=Enum)
U = TypeVar("U")
V = TypeVar("V")

_LONGEST_FIELD = 12
_LONGEST_TEXT = 120
"""The number of steps after which a walk takes the shortest way to an end."""

_SURROGATES = (0xD800, 0xDFFF)


def texts(form: Form) -> SearchStrategy[str]:
    """Draw texts of a form, without lone surrogates, which no wire can carry."""
    steps = [
        [(number, target) for number, target in enumerate(row) if target != DEAD]
        for row in form.rows
    ]
    return _walks(form.alphabet, steps, form.accepting, _LONGEST_FIELD)


def line_texts(form: Form) -> SearchStrategy[str]:
    """Draw texts of a form that can stand before a line end: a final CR would be a part of it."""
    return texts(form).filter(lambda text: not text.endswith("\r"))


def integers(form: Form, width: int = 0) -> SearchStrategy[int]:
    """Draw whole numbers that can be written in a form."""

    def writable(value: int) -> bool:
        return _is_written(lambda: write_integer(form, "", value, width))

    return texts(form).map(int).filter(writable)


def decimals(form: Form, width: int = 0) -> SearchStrategy[Decimal]:
    """Draw decimal numbers that can be written in a form."""

    def writable(value: Decimal) -> bool:
        return _is_written(lambda: write_decimal(form, "", value, width))

    return texts(form).map(Decimal).filter(writable)


def numbers(
    form: Form, read: Callable[[str], V], write: Callable[[Form, str, V], str]
) -> SearchStrategy[V]:
    """Draw numbers of a notation that can be written in a form."""

    def writable(value: V) -> bool:
        return _is_written(lambda: write(form, "", value))

    return texts(form).map(read).filter(writable)


def codes(known: type[E], unknown: Callable[[str], U], form: Form) -> SearchStrategy[E | U]:
    """Draw documented codes, and others of the same form."""
    spellings = frozenset(str(code.value) for code in known)
    others = texts(form).filter(lambda text: text not in spellings).map(unknown)
    return st.one_of(st.sampled_from(known), others)


def datetimes(form: DateForm) -> SearchStrategy[datetime]:
    """Draw naive datetimes that a form can write: whole seconds, or minutes, or hours."""
    return st.datetimes().map(
        lambda value: value.replace(
            minute=value.minute if form.has("minute") else 0,
            second=value.second if form.has("second") else 0,
            microsecond=0,
            fold=0,
        )
    )


def times(form: DateForm) -> SearchStrategy[time]:
    """Draw naive times that a form can write: whole seconds, or minutes, or hours."""
    return datetimes(form).map(datetime.time)


def in_padding(values: SearchStrategy[V], write: Callable[[V], str]) -> SearchStrategy[V]:
    """Draw values for a padded field: their text neither begins nor ends with padding."""
    return values.filter(lambda value: is_trimmed(write(value)))


def not_nil(
    values: SearchStrategy[V], write: Callable[[V], str], nils: tuple[str, ...]
) -> SearchStrategy[V]:
    """Draw values for a field with spellings of None: their text is none of these."""
    return values.filter(lambda value: write(value) not in nils)


def has_no_gap(*names: str) -> Callable[[object], bool]:
    """Make a check that no field in this order is given although one before it is None."""

    def check(record: object) -> bool:
        present = [getattr(record, name) is not None for name in names]
        return present == sorted(present, reverse=True)

    return check


def wire_texts(machine: Machine) -> SearchStrategy[str]:
    """Draw texts for a parser: as the grammar says, damaged in places, and of delimiters only."""
    steps, ends = machine.steps()
    good = _walks(machine.alphabet, steps, ends, _LONGEST_TEXT)
    classes = range(max(number for row in steps for number, _ in row) + 1)
    noise = st.lists(
        st.sampled_from(classes).flatmap(lambda number: _characters(machine.alphabet, number)),
        max_size=8,
    ).map("".join)
    return st.one_of(good, _damaged(good, noise), noise, st.text(max_size=20))


@st.composite
def _damaged(draw: DrawFn, good: SearchStrategy[str], noise: SearchStrategy[str]) -> str:
    """Draw good texts one after the other, with stretches cut out and noise put in."""
    text = "".join(draw(st.lists(good, min_size=1, max_size=3)))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        text = text[:start] + draw(noise) + text[end:]
    return text


def _is_written(write: Callable[[], str]) -> bool:
    try:
        write()
    except Unwritable:
        return False
    return True


def _characters(alphabet: Alphabet, number: int) -> SearchStrategy[str]:
    """Draw characters of a class, the first of each stretch as often as all the others."""
    stretches = [
        part
        for start, end in alphabet.stretches(number)
        for part in ((start, min(end, _SURROGATES[0] - 1)), (max(start, _SURROGATES[1] + 1), end))
        if part[0] <= part[1]
    ]
    if not stretches:
        return st.just("?")
    firsts = st.sampled_from(sorted({chr(start) for start, _ in stretches}))
    inner = st.sampled_from(stretches).flatmap(lambda part: st.integers(*part)).map(chr)
    return firsts | inner


def _walks(
    alphabet: Alphabet,
    steps: list[list[tuple[int, int]]],
    ends: frozenset[int],
    longest: int,
) -> SearchStrategy[str]:
    """Draw walks from state 0 to one of the ends over (class, target) steps."""
    way_out = ways_out(steps, ends)
    characters: dict[int, SearchStrategy[str]] = {}

    @st.composite
    def walk(draw: DrawFn) -> str:
        state = 0
        text: list[str] = []
        while True:
            hurry = len(text) >= longest
            if state in ends and (hurry or not steps[state] or draw(st.integers(0, 4)) == 0):
                return "".join(text)
            choices = [way_out[state]] if hurry else steps[state]
            number, state = draw(st.sampled_from(choices))
            if number not in characters:
                characters[number] = _characters(alphabet, number)
            text.append(draw(characters[number]))

    return walk()
