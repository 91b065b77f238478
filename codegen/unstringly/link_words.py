"""Words that linking's messages share."""

from collections.abc import Mapping
from difflib import get_close_matches

from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record


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
    close = get_close_matches(name, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    listed = ", ".join(list(known)[:8])
    return f"there are: {listed}" if listed else ""
