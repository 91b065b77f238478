"""Search for the known name that an unknown one may stand for.

There may be thousands of unknown names and thousands of known ones, so a name is not compared with
all of them. A slip of the hand leaves the beginning or the end of a name as it was. So the right
name stands near the wrong one in the list sorted by beginnings, or in the list sorted by ends.
"""

from bisect import bisect
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

_FEW = 32
"""If there are no more known names than these, each one is compared."""
_NEAR = 8
"""Names compared on each side of the place where an unknown one would stand in a sorted list."""
_MOST_CHANGED = 2
"""Characters that a slip of the hand may change."""
_LEAST_LIKENESS = 0.8
"""The likeness of a name to one that a slip of the hand has made of it, from 0 to 1."""
_LONGEST = 60
"""Characters of the longest name that is compared; longer ones take too much time."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like `name`; None if none is like it."""
    names = tuple(known)
    if len(name) > _LONGEST:
        return None
    candidates = names if len(names) <= _FEW else _near(name, names)
    matches = get_close_matches(
        name, [candidate for candidate in candidates if len(candidate) <= _LONGEST], n=1
    )
    return matches[0] if matches else None


def nearest_first(name: str, known: Iterable[str], most: int) -> tuple[str, ...]:
    """Return so many known names at most: those that are like `name`, the most like one first.

    Others follow in their order.
    """
    names = tuple(known)
    candidates = names if len(names) <= _FEW else _near(name, names)
    close = get_close_matches(name[:_LONGEST], candidates, n=most) if name else ()
    return tuple(dict.fromkeys((*close, *names[:most])))[:most]


def did_you_mean(
    name: str,
    known: Iterable[str],
    quoted: Callable[[str], str] = "`{}`".format,
    *,
    only_slips: bool = False,
) -> str:
    """Return a question such as "did you mean `x`?"; empty if no known name is like `name`.

    With `only_slips` a name is suggested only if a slip of the hand can turn it into `name`: where
    names are made of the same words, many are alike.
    """
    close = nearest(name, known)
    if close is None or (only_slips and not _is_slip(name, close)):
        return ""
    return f"did you mean {quoted(close)}?"


def _is_slip(name: str, other: str) -> bool:
    return _changed(name, other) <= _MOST_CHANGED and likeness(name, other) >= _LEAST_LIKENESS


def likeness(name: str, other: str | None) -> float:
    """Return the likeness of two names, from 0 to 1; 0 if there is no other."""
    return 0.0 if other is None else SequenceMatcher(None, other, name[:_LONGEST]).ratio()


def _changed(name: str, other: str) -> int:
    """Return the number of characters that are replaced, added or removed between two names."""
    steps = SequenceMatcher(None, other, name[:_LONGEST]).get_opcodes()
    return sum(max(b - a, d - c) for step, a, b, c, d in steps if step != "equal")


def _near(name: str, names: tuple[str, ...]) -> Iterable[str]:
    by_beginning, by_end = _sorted(names)
    first, last = bisect(by_beginning, name), bisect(by_end, name[::-1])
    near = by_beginning[max(first - _NEAR, 0) : first + _NEAR]
    ends = by_end[max(last - _NEAR, 0) : last + _NEAR]
    return dict.fromkeys((*near, *(backward[::-1] for backward in ends)))


@lru_cache(maxsize=4)
def _sorted(names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return sorted(names), sorted(name[::-1] for name in names)
