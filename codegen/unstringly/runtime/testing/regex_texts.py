r"""Texts that a pattern of a schema matches, drawn by its regular expression.

The generator makes the expressions of a few pieces: characters, classes, groups, branches and
counts. Any other piece is a ValueError. The same pieces and the same random numbers give the same
text, in every version of Python, and nothing but the standard library is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Final, TypeAlias

_LAST: Final = 0x10FFFF
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t"}
_HEX: Final = {"x": 2, "u": 4, "U": 8}
_READABLE: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_OTHERS: Final = " -_./:,;@+#*=!?'\"()[]{}<>&%$|~^`\\éü中ж"
_MORE: Final = 3
"""The most repetitions above those that have to be, where there is no bound."""

_OF_XML: Final = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000), (9, 10))
"""The characters of XML but for CR, which few texts keep."""

_Ranges: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Characters:
    """One character of some ranges, or of none of them."""

    ranges: _Ranges
    negated: bool = False

    def has(self, character: str) -> bool:
        point = ord(character)
        return any(first <= point <= last for first, last in self.ranges) is not self.negated

    def drawn(self, random: Random) -> str:
        """Return a character that people read at once, if there is one. Raises ValueError."""
        known = [character for character in _READABLE if self.has(character)]
        known = known or [character for character in _OTHERS if self.has(character)]
        if known:
            return random.choice(known)
        if self.negated:
            other = next(filter(self.has, map(chr, chain(*_OF_XML))), None)
            if other is not None:
                return other
        if self.negated or not self.ranges:
            raise ValueError("no character matches")
        first, last = random.choice(self.ranges)
        return chr(random.randint(first, min(last, first + 50)))


@dataclass(frozen=True, slots=True)
class _Repeated:
    part: "_Part"
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class _Branches:
    branches: tuple[tuple[_Repeated, ...], ...]


_Part: TypeAlias = _Characters | _Branches


def text_of(regex: str, random: Random, longest: int | None = None) -> str:
    """Return a text that matches an expression as a whole; with few characters, if it can.

    As long as there are fewer than `longest` characters, what may be repeated is; None for as many
    repetitions as look natural. Raises ValueError for an expression of other pieces, and for one
    that nothing matches.
    """
    parts = _Reader(regex).whole()
    pieces: list[str] = []
    _draw(parts, random, longest, pieces)
    return "".join(pieces)


def _draw(part: _Part, random: Random, longest: int | None, pieces: list[str]) -> None:
    if isinstance(part, _Characters):
        pieces.append(part.drawn(random))
        return
    for repeated in random.choice(part.branches):
        most = repeated.least + _MORE if repeated.most is None else repeated.most
        if longest is None:
            times = random.randint(repeated.least, min(most, repeated.least + _MORE))
        else:
            most = longest if repeated.most is None else most
            left = max(0, longest - sum(map(len, pieces)))
            times = max(repeated.least, min(most, left))
        for _ in range(times):
            _draw(repeated.part, random, longest, pieces)


class _Reader:
    """Reads an expression once, from left to right."""

    def __init__(self, regex: str) -> None:
        self._regex = regex
        self._at = 0

    def whole(self) -> _Branches:
        branches = self._branches()
        if self._at < len(self._regex):
            raise self._unknown()
        return branches

    def _branches(self) -> _Branches:
        branches = [self._branch()]
        while self._takes("|"):
            branches.append(self._branch())
        return _Branches(tuple(branches))

    def _branch(self) -> tuple[_Repeated, ...]:
        parts: list[_Repeated] = []
        while self._at < len(self._regex) and self._regex[self._at] not in "|)":
            part = self._part()
            parts.append(_Repeated(part, *self._times()))
        return tuple(parts)

    def _part(self) -> _Part:
        if self._takes("(?!)"):
            return _Characters(())
        if self._takes(r"[\s\S]"):
            return _Characters((), negated=True)
        if self._takes("(?:"):
            branches = self._branches()
            self._must(")")
            return branches
        if self._takes(r"\d"):
            return _DIGITS
        if self._takes("["):
            return self._class()
        if self._regex[self._at] in "({*+?.^$":
            raise self._unknown()
        point = self._point()
        return _Characters(((point, point),))

    def _class(self) -> _Characters:
        negated = self._takes("^")
        ranges: list[tuple[int, int]] = []
        while not self._takes("]"):
            if self._takes(r"\d"):
                ranges += _DIGITS.ranges
                continue
            first = self._point()
            ranges.append((first, self._point() if self._takes("-") else first))
        return _Characters(tuple(ranges), negated)

    def _point(self) -> int:
        """Return the number of a character, escaped or not."""
        character = self._next()
        if character != "\\":
            return ord(character)
        character = self._next()
        if character in _HEX:
            digits = "".join(self._next() for _ in range(_HEX[character]))
            return min(int(digits, 16), _LAST)
        if character.isalnum() and character not in _ESCAPED:
            raise self._unknown()
        return ord(_ESCAPED.get(character, character))

    def _times(self) -> tuple[int, int | None]:
        if self._takes("*"):
            return 0, None
        if self._takes("+"):
            return 1, None
        if self._takes("?"):
            return 0, 1
        if not self._takes("{"):
            return 1, 1
        least = self._number()
        most: int | None = least
        if self._takes(","):
            most = None if self._regex.startswith("}", self._at) else self._number()
        self._must("}")
        return least, most

    def _number(self) -> int:
        digits = self._while(str.isdigit)
        if not digits:
            raise self._unknown()
        return int(digits)

    def _while(self, fits: Callable[[str], bool]) -> str:
        start = self._at
        while self._at < len(self._regex) and fits(self._regex[self._at]):
            self._at += 1
        return self._regex[start : self._at]

    def _next(self) -> str:
        if self._at >= len(self._regex):
            raise self._unknown()
        self._at += 1
        return self._regex[self._at - 1]

    def _takes(self, text: str) -> bool:
        is_here = self._regex.startswith(text, self._at)
        self._at += len(text) * is_here
        return is_here

    def _must(self, text: str) -> None:
        if not self._takes(text):
            raise self._unknown()

    def _unknown(self) -> ValueError:
        return ValueError(f"the expression has another piece at {self._at}")


_DIGITS: Final = _Characters(((0x30, 0x39),))
"""The digits that are drawn for `\\d`, which stands for those of all scripts."""
