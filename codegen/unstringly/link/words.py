"""Words that linking's messages share."""

from collections.abc import Collection, Sequence

from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record
from unstringly.nearest import did_you_mean as nearest_question

_MOST_NAMED = 8


def kind(definition: Definition) -> str:
    """The word for a definition in messages."""
    match definition:
        case Record():
            return "record"
        case ListGrammar():
            return "list"
        case ChoiceGrammar():
            return "choice"
        case _:
            return "type"


def did_you_mean(name: str, known: Sequence[str], said: Collection[str] = ()) -> str:
    """The nearest known name, or else some of them all; none of those that are said already."""
    left = [each for each in known if each not in said]
    question = nearest_question(name, left, repr)
    if question:
        return question
    if left:
        return f"{'there are' if len(left) == len(known) else 'not described yet'}: {_some(left)}"
    return f"remove it: what there is stands here already ({_some(known)})" if known else ""


def _some(names: Sequence[str]) -> str:
    """The first names, and how many there are besides."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
