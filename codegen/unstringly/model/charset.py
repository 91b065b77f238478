"""Sets of characters, as sorted ranges of code points.

The universe is every code point that a Python `str` can hold, lone surrogates included:
a parser has to say something about each of them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from msgspec import Struct

LAST = 0x10FFFF


class CharSet(Struct, frozen=True):
    """A set of code points: disjoint, sorted, inclusive ranges that do not touch."""

    ranges: tuple[tuple[int, int], ...]

    def __contains__(self, character: str) -> bool:
        point = ord(character)
        at = bisect_right(self.ranges, (point, LAST)) - 1
        return at >= 0 and self.ranges[at][0] <= point <= self.ranges[at][1]

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __invert__(self) -> "CharSet":
        gaps: list[tuple[int, int]] = []
        start = 0
        for first, last in self.ranges:
            if start < first:
                gaps.append((start, first - 1))
            start = last + 1
        if start <= LAST:
            gaps.append((start, LAST))
        return CharSet(tuple(gaps))

    def __or__(self, other: "CharSet") -> "CharSet":
        return from_ranges((*self.ranges, *other.ranges))

    def __and__(self, other: "CharSet") -> "CharSet":
        return ~(~self | ~other)

    def __sub__(self, other: "CharSet") -> "CharSet":
        return self & ~other


def from_ranges(ranges: Iterable[tuple[int, int]]) -> CharSet:
    """Return the union of inclusive ranges, which may overlap and come in any order."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return CharSet(tuple(merged))


@lru_cache(maxsize=4096)
def of(characters: str) -> CharSet:
    """Return the set of the characters of a string."""
    return from_ranges((ord(c), ord(c)) for c in characters)


def between(first: str, last: str) -> CharSet:
    """Return the characters from `first` to `last`, both included."""
    return from_ranges([(ord(first), ord(last))])


ANY = from_ranges([(0, LAST)])
NONE = CharSet(())
DIGITS = between("0", "9")
BLANKS = " \t\r\n"
PADDING = of(BLANKS)


class Alphabet(Struct, frozen=True):
    """A partition of all characters into classes that nothing in a grammar tells apart.

    `starts[i]` is the first code point of the i-th stretch, `classes[i]` the class of every
    code point in it. Classes are numbered from 0 in the order of their first code point.
    """

    starts: tuple[int, ...]
    classes: tuple[int, ...]

    @property
    def size(self) -> int:
        """The number of classes."""
        return max(self.classes) + 1

    @property
    def first(self) -> tuple[int, ...]:
        """The first code point of each class."""
        first_of: dict[int, int] = {}
        for start, number in zip(self.starts, self.classes, strict=True):
            first_of.setdefault(number, start)
        return tuple(first_of.values())

    def class_of(self, character: str) -> int:
        """Return the class that a character belongs to."""
        return self.classes[bisect_right(self.starts, ord(character)) - 1]

    def classes_in(self, characters: CharSet) -> tuple[int, ...]:
        """Return the classes inside a set that the partition was made from, in order."""
        inside = chain.from_iterable(_stretches(self.starts, characters))
        return tuple(sorted({self.classes[at] for at in inside}))

    def sample(self, number: int) -> str:
        """Return a member of a class that witnesses show: a printable one, if there is one."""
        best = -1
        ends = (*self.starts[1:], LAST + 1)
        for start, end, owner in zip(self.starts, ends, self.classes, strict=True):
            if owner != number:
                continue
            for point in _preferred(start, end):
                if best < 0 or _rank(point) < _rank(best):
                    best = point
        return chr(best)


def _preferred(start: int, end: int) -> Iterator[int]:
    """Yield the code points of a stretch, `end` excluded, that may be the best to show."""
    yield start
    for point in (0x30, 0x61, 0x41, 0x21):
        if start <= point < end:
            yield point


def _rank(point: int) -> tuple[int, int]:
    """Return the key that sorts code points by how well they can be shown, best first."""
    character = chr(point)
    if point < 0x7F and character.isalnum():
        return (0, point)
    if 0x20 < point < 0x7F:
        return (1, point)
    return (2, point) if character.isprintable() else (3, point)


def partition(
    sets: Iterable[CharSet], count: Callable[[int], None] = lambda steps: None
) -> Alphabet:
    """Return the coarsest alphabet in which each of the sets is a union of classes.

    `count` gets the steps: the number of stretches in each set or in its complement.
    """
    unique = tuple(dict.fromkeys(sets))
    cuts = sorted({0, *(p for s in unique for first, last in s.ranges for p in (first, last + 1))})
    starts = [cut for cut in cuts if cut <= LAST]
    classes = [0] * len(starts)
    number_of_classes = 1
    for chars in unique:
        # A set and its complement tell the same characters apart.
        size = sum(map(len, _stretches(starts, chars)))
        smaller = chars if 2 * size <= len(starts) else ~chars
        count(1 + len(chars.ranges) + min(size, len(starts) - size))
        split: dict[int, int] = {}
        for at in chain.from_iterable(_stretches(starts, smaller)):
            classes[at] = split.setdefault(classes[at], number_of_classes + len(split))
        number_of_classes += len(split)
    numbers: dict[int, int] = {}
    return Alphabet(
        tuple(starts), tuple(numbers.setdefault(number, len(numbers)) for number in classes)
    )


def _stretches(starts: Sequence[int], characters: CharSet) -> Iterator[range]:
    """Yield the numbers of the stretches inside a set, range by range."""
    for first, last in characters.ranges:
        yield range(bisect_left(starts, first), bisect_right(starts, last))
