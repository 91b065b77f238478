"""The nearest of some names to one that is not among them."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

_LONGEST = 200


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The name that is meant, perhaps; None if none is like it."""
    close = get_close_matches(word[:_LONGEST], [n for n in known if len(n) <= _LONGEST], n=1)
    return close[0] if close else None


def likeness(word: str, name: str | None) -> float:
    """How alike two names are, from 0 to 1; 0 if there is no other."""
    return 0.0 if name is None else SequenceMatcher(None, name, word[:_LONGEST]).ratio()
