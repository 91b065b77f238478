"""The octets of characters in a charset, as sequences of sets of octets."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from unstringly.kinds.digit_ranges import Digits, spans
from unstringly.model.charset import CharSet, from_ranges

OctetSets = tuple[frozenset[int], ...]
"""For each place, the octets that may stand there."""

UNICODE: Final = ("utf-8", "utf-16-be", "utf-16-le")
TABLES: Final = (
    *("ascii", "gb2312", "gbk", "big5", "cp950", "shift_jis", "cp932", "euc_kr", "cp949"),
    *(f"iso8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    *(f"cp125{number}" for number in range(9)),
    *("koi8-r", "koi8-u"),
)
CHARSETS: Final = (*UNICODE, *TABLES)
"""Charsets in which each character has octets of its own, by the names of Python's codecs."""

_SURROGATES: Final = from_ranges([(0xD800, 0xDFFF)])
_CONTINUED: Final = (0x80, 0xBF)
_ANY: Final = (0, 0xFF)
_UTF_8: Final[tuple[tuple[int, int, Digits], ...]] = (
    (0, 0x7F, ((0, 0x7F),)),
    (0x80, 0x7FF, ((0xC2, 0xDF), _CONTINUED)),
    (0x800, 0xFFFF, ((0xE0, 0xEF), _CONTINUED, _CONTINUED)),
    (0x10000, 0x10FFFF, ((0xF0, 0xF4), _CONTINUED, _CONTINUED, _CONTINUED)),
)
_UTF_16: Final[tuple[tuple[int, int, Digits], ...]] = (
    (0, 0xFFFF, (_ANY, _ANY)),
    (0x10000, 0x10FFFF, ((0xD8, 0xDB), _ANY, (0xDC, 0xDF), _ANY)),
)


def octet_sets(charset: str, chars: CharSet, *, written: bool) -> Iterator[OctetSets]:
    """Yield the octets that characters of a set have, each sequence in one of the results.

    With `written` they are those that the codec writes; there may be others that it reads.
    """
    match charset:
        case "utf-8":
            yield from _ranges(charset, chars, _UTF_8)
        case "utf-16-be":
            yield from _ranges(charset, chars, _UTF_16)
        case "utf-16-le":
            for sets in _ranges("utf-16-be", chars, _UTF_16):
                yield tuple(sets[at ^ 1] for at in range(len(sets)))
        case _:
            yield from _tabled(charset, chars, written=written)


def _ranges(
    charset: str, chars: CharSet, lengths: tuple[tuple[int, int, Digits], ...]
) -> Iterator[OctetSets]:
    for low, high, bounds in lengths:
        for first, last in ((chars - _SURROGATES) & from_ranges([(low, high)])).ranges:
            ends = (chr(first).encode(charset), chr(last).encode(charset))
            for digits in spans(*ends, bounds):
                yield tuple(frozenset(range(a, b + 1)) for a, b in digits)


def _tabled(charset: str, chars: CharSet, *, written: bool) -> Iterator[OctetSets]:
    single: set[int] = set()
    double: dict[int, set[int]] = defaultdict(set)
    for character, octets, is_written in _table(charset):
        if (is_written or not written) and character in chars:
            if len(octets) == 1:
                single.add(octets[0])
            else:
                double[octets[0]].add(octets[1])
    if single:
        yield (frozenset(single),)
    leads: dict[frozenset[int], set[int]] = defaultdict(set)
    for lead, seconds in double.items():
        leads[frozenset(seconds)].add(lead)
    for trails, firsts in leads.items():
        yield (frozenset(firsts), trails)


@lru_cache(maxsize=8)
def _table(charset: str) -> tuple[tuple[str, bytes, bool], ...]:
    """Return the characters of a charset, their octets, and whether the codec writes those."""
    entries: list[tuple[str, bytes, bool]] = []
    for lead in range(0x100):
        if _add(entries, charset, bytes((lead,))):
            continue
        for trail in range(0x100):
            _add(entries, charset, bytes((lead, trail)))
    return tuple(entries)


def _add(entries: list[tuple[str, bytes, bool]], charset: str, octets: bytes) -> bool:
    try:
        character = octets.decode(charset)
    except UnicodeDecodeError:
        return False
    if len(character) == 1:
        entries.append((character, octets, character.encode(charset, "ignore") == octets))
    return True
