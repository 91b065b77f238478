"""Words that linking's messages share."""

from collections.abc import Mapping
from difflib import get_close_matches

from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record

_NEAR = 4
_MOST_COMPARED = 200
"""Comparing two names takes some 10 µs, and a spec may have thousands of both."""


def kind(definition: Definition) -> str:
    """What a definition is called in messages."""
    match definition:
        case Record():
            return "record"
        case ListGrammar():
            return "list"
        case ChoiceGrammar():
            return "choice"
        case _:
            return "type"


def did_you_mean(name: str, known: Mapping[str, object]) -> str:
    """The nearest known name, or else some of them all."""
    like = [each for each in known if abs(len(each) - len(name)) <= _NEAR]
    close = get_close_matches(name, like[:_MOST_COMPARED], n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    listed = ", ".join(list(known)[:8])
    return f"there are: {listed}" if listed else ""
