"""Words that linking's messages share."""

from collections.abc import Mapping
from itertools import islice

from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record
from unstringly.spellings import closest


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
    close = closest(name, known)
    if close is not None:
        return f"did you mean {close!r}?"
    listed = ", ".join(islice(known, 8))
    return f"there are: {listed}" if listed else ""
