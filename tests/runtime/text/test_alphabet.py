"""Alphabets hold what a page has, not every character that a process has ever met."""

import sys
from bisect import bisect_right

import pytest

from msgsend import tables
from msgsend._runtime.text.alphabet import MOST_CHARACTERS, Alphabet

ALPHABETS = {
    name: alphabet
    for name, table in vars(tables).items()
    if isinstance(alphabet := getattr(table, "alphabet", None), Alphabet)
}
MAX_BYTES = 400_000
"""Of one alphabet; it was 65 to 288 MB."""


def size(alphabet: Alphabet) -> int:
    return sys.getsizeof(alphabet) + sum(map(sys.getsizeof, alphabet))


def test_there_are_alphabets() -> None:
    assert len(ALPHABETS) > 10


@pytest.mark.few(1)
@pytest.mark.some(3)
@pytest.mark.parametrize("name", ALPHABETS)
def test_all_of_unicode_leaves_little_behind(name: str) -> None:
    alphabet = ALPHABETS[name]
    for start in range(0, 0x110000, 0x10000):
        text = "".join(map(chr, range(start, start + 0x10000)))
        text.translate(alphabet)
        assert len(alphabet) <= MOST_CHARACTERS
        assert size(alphabet) <= MAX_BYTES


def test_a_table_that_begins_anew_gives_the_same_classes() -> None:
    starts, classes = (0, 48, 58, 0x4E00, 0x4E10), (0, 1, 0, 2, 0)
    alphabet = Alphabet(starts, classes)
    points = [*range(0, 0x110000, 97), *range(40, 70), *range(0x4DF0, 0x4E20)]
    text = "".join(map(chr, points))
    expected = [classes[bisect_right(starts, point) - 1] for point in points]
    assert list(map(ord, text.translate(alphabet))) == expected


def test_the_characters_of_a_page_are_looked_up_once() -> None:
    class Counted(Alphabet):
        looked_up = 0

        def __missing__(self, point: int) -> str:
            self.looked_up += 1
            return super().__missing__(point)

    alphabet = Counted((0, 48, 58), (0, 1, 0))
    page = "".join(map(chr, range(0x4E00, 0x4E00 + MOST_CHARACTERS)))
    for _ in range(3):
        page.translate(alphabet)
    assert alphabet.looked_up == MOST_CHARACTERS
