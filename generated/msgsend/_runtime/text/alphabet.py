# Copied by unstringly 0.1.0. Do not edit.
"""Character classes: an automaton does not see characters, only the class of each."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

MOST_CHARACTERS: Final = 4_096
"""The most characters that an alphabet remembers: more than a page has, in at most about 250 kB."""


class Alphabet(dict[int, str]):
    """A table for `str.translate` that turns each character into the character of its class.

    Class number n is the character `chr(n)`. `starts[i]` is the first code point of the i-th
    stretch of characters, `classes[i]` is their class. The class of a code point is looked up when
    it is first met, and remembered. A table that is full is emptied and begins anew.
    """

    def __init__(self, starts: Iterable[int], classes: Iterable[int]) -> None:
        super().__init__()
        self._starts = tuple(starts)
        self._classes = tuple(classes)

    def __missing__(self, point: int) -> str:
        number = self._classes[bisect_right(self._starts, point) - 1]
        if len(self) >= MOST_CHARACTERS:
            self.clear()
        character = self[point] = chr(number)
        return character

    def stretches(self, number: int) -> tuple[tuple[int, int], ...]:
        """Return the inclusive ranges of code points that make up a class."""
        ends = (*self._starts[1:], 0x110000)
        return tuple(
            (start, end - 1)
            for start, end, owner in zip(self._starts, ends, self._classes, strict=True)
            if owner == number
        )
