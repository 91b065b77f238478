"""What may have been meant by a name that is not known.

There may be thousands of such names and thousands that are known, so a name is not compared with
all of them: a slip leaves either the beginning or the end of a name as it was, so what was meant
stands near it where names are sorted by their beginnings, or by their ends.
"""

from bisect import bisect
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

_FEW = 32
"""Known names that are compared all."""
_NEAR = 8
"""Names before and after the place where a name would stand."""
_LONGEST = 60
"""Characters of a name that can be compared in little time."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like another one; None if none is like it."""
    names = tuple(known)
    if len(name) > _LONGEST:
        return None
    candidates = names if len(names) <= _FEW else _near(name, names)
    found = get_close_matches(name, [each for each in candidates if len(each) <= _LONGEST], n=1)
    return found[0] if found else None


def likeness(name: str, other: str | None) -> float:
    """How alike two names are, from 0 to 1; 0 if there is no other."""
    return 0.0 if other is None else SequenceMatcher(None, other, name[:_LONGEST]).ratio()


def changed(name: str, other: str) -> int:
    """How many characters a name has in one place that another one lacks, or has otherwise."""
    steps = SequenceMatcher(None, other, name[:_LONGEST]).get_opcodes()
    return sum(max(b - a, d - c) for step, a, b, c, d in steps if step != "equal")


def _near(name: str, names: tuple[str, ...]) -> Iterable[str]:
    by_beginning, by_end = _sorted(names)
    first, last = bisect(by_beginning, name), bisect(by_end, name[::-1])
    near = by_beginning[max(first - _NEAR, 0) : first + _NEAR]
    ends = by_end[max(last - _NEAR, 0) : last + _NEAR]
    return dict.fromkeys((*near, *(each[::-1] for each in ends)))


@lru_cache(maxsize=4)
def _sorted(names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return sorted(names), sorted(each[::-1] for each in names)
