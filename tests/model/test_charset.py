"""Sets of characters and their partition into classes, against Python's own sets."""

from hypothesis import given
from hypothesis import strategies as st

from unstringly.model import charset
from unstringly.model.charset import CharSet

POINTS = st.one_of(st.integers(0, 0x10FFFF), st.integers(0, 40), st.integers(0x10FFF0, 0x10FFFF))
RANGES = st.lists(st.tuples(POINTS, POINTS).map(lambda p: (min(p), max(p))), max_size=4)
SETS = RANGES.map(charset.from_ranges)


def edges(*sets: CharSet) -> list[str]:
    """Return the characters at and around every border: no others can tell two sets apart."""
    points = {0, 0x10FFFF}
    for chars in sets:
        for first, last in chars.ranges:
            points |= {first - 1, first, last, last + 1}
    return [chr(point) for point in sorted(points) if 0 <= point <= 0x10FFFF]


@given(SETS, SETS)
def test_operations_are_those_of_sets(left: CharSet, right: CharSet) -> None:
    for character in edges(left, right):
        inside = (character in left, character in right)
        assert (character in left | right) == any(inside)
        assert (character in left & right) == all(inside)
        assert (character in left - right) == (inside == (True, False))
        assert (character in ~left) != inside[0]


@given(SETS)
def test_ranges_are_sorted_and_do_not_touch(one: CharSet) -> None:
    flat = [point for pair in one.ranges for point in pair]
    assert flat == sorted(flat)
    assert all(
        second[0] > first[1] + 1 for first, second in zip(one.ranges, one.ranges[1:], strict=False)
    )
    assert ~~one == one
    assert bool(one) == (one != charset.NONE)


@given(st.lists(SETS, max_size=4))
def test_a_class_is_in_a_set_as_a_whole_or_not_at_all(sets: list[CharSet]) -> None:
    alphabet = charset.partition(sets)
    for one in sets:
        classes = alphabet.classes_in(one)
        for character in edges(*sets):
            assert (alphabet.class_of(character) in classes) == (character in one)


@given(st.lists(SETS, max_size=4))
def test_a_sample_is_of_its_class_and_no_two_classes_are_alike(sets: list[CharSet]) -> None:
    alphabet = charset.partition(sets)
    signatures: set[tuple[bool, ...]] = set()
    for number in range(alphabet.size):
        sample = alphabet.sample(number)
        assert alphabet.class_of(sample) == number
        signatures.add(tuple(sample in one for one in sets))
    assert len(signatures) == alphabet.size
