"""Regular expressions as values: what a lexical form means, whatever it was written in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from unstringly.model import charset
from unstringly.model.charset import CharSet


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    chars: CharSet


@dataclass(frozen=True, slots=True)
class Sequence:
    """One item after the other; without items, the empty text."""

    items: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of the items."""

    items: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """An item at least `least` and at most `most` times; None is without end."""

    item: "Pattern"
    least: int
    most: int | None


Pattern: TypeAlias = Chars | Sequence | Choice | Repeat

ANY_TEXT = Repeat(Chars(charset.ANY), 0, None)
EMPTY = Sequence(())


def literal(text: str) -> Pattern:
    """The pattern that only `text` matches."""
    return Sequence(tuple(Chars(charset.of(c)) for c in text))


def charsets(pattern: Pattern) -> Iterator[CharSet]:
    """Every set of characters that the pattern mentions."""
    match pattern:
        case Chars(chars):
            yield chars
        case Sequence(items) | Choice(items):
            for item in items:
                yield from charsets(item)
        case Repeat(item):
            yield from charsets(item)
        case _:
            assert_never(pattern)
