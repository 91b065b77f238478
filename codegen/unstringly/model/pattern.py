"""Regular expressions as values: the meaning of a lexical form, however it is written.

Patterns are looked up often, and a calendar's is large: the hash of each is computed once, and so
are the sets of characters that it mentions.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias, assert_never

from unstringly.model import charset
from unstringly.model.charset import CharSet


def _hash() -> int:
    """Return the field of a hash that is computed when it is first used."""
    return field(default=-1, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    chars: CharSet


@dataclass(frozen=True, slots=True)
class Sequence:
    """One item after the other; without items, the empty text."""

    items: tuple["Pattern", ...]
    _hash: int = _hash()

    def __hash__(self) -> int:
        return _kept_hash(self, self._hash, (Sequence, self.items))


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of the items."""

    items: tuple["Pattern", ...]
    _hash: int = _hash()

    def __hash__(self) -> int:
        return _kept_hash(self, self._hash, (Choice, self.items))


@dataclass(frozen=True, slots=True)
class Repeat:
    """An item at least `least` and at most `most` times; a `most` of None is no bound."""

    item: "Pattern"
    least: int
    most: int | None
    _hash: int = _hash()

    def __hash__(self) -> int:
        return _kept_hash(self, self._hash, (self.item, self.least, self.most))


def _kept_hash(pattern: "Pattern", kept: int, value: tuple[object, ...]) -> int:
    """Return the hash of a pattern, computed from its value and kept in it the first time."""
    if kept != -1:  # no hash is -1
        return kept
    computed = hash(value)
    object.__setattr__(pattern, "_hash", computed)
    return computed


Pattern: TypeAlias = Chars | Sequence | Choice | Repeat

ANY_TEXT = Repeat(Chars(charset.ANY), 0, None)
EMPTY = Sequence(())


def literal(text: str) -> Pattern:
    """Return the pattern that only `text` matches."""
    return Sequence(tuple(Chars(charset.of(c)) for c in text))


@lru_cache(maxsize=512)
def charsets(pattern: Pattern) -> tuple[CharSet, ...]:
    """Return the sets of characters that the pattern mentions, each once, in order."""
    sets: dict[CharSet, None] = {}
    todo = [pattern]
    while todo:
        part = todo.pop()
        match part:
            case Chars(chars):
                sets[chars] = None
            case Sequence(items) | Choice(items):
                todo.extend(reversed(items))
            case Repeat(item):
                todo.append(item)
            case _:
                assert_never(part)
    return tuple(sets)
