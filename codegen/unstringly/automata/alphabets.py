"""The alphabet that tells apart all that a definition is made of, and how deep it may stand."""

from collections.abc import Iterable, Iterator
from itertools import chain

from unstringly.automata import leaves
from unstringly.automata.work import LIMITS, TooLarge, What
from unstringly.model import charset
from unstringly.model.charset import Alphabet, CharSet
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    Definition,
    Field,
    LineEnds,
    ListGrammar,
    Record,
)
from unstringly.model.parts import Definitions, parts_of, reachable


def alphabet_of(definitions: Definitions, root: str, line_ends: LineEnds) -> Alphabet:
    """The alphabet of everything that a definition is made of."""
    return leaves.alphabet_for(
        chain(
            leaves.surrounding_sets(line_ends),
            *(_sets(definitions[name]) for name in reachable(definitions, root)),
        )
    )


def check_depth(definitions: Definitions, roots: Iterable[str]) -> None:
    """Raise TooLarge where records and lists stand in one another deeper than is taken."""
    level = dict.fromkeys(roots)
    for _ in range(LIMITS[What.DEPTH]):
        level = dict.fromkeys(used for name in level for used in parts_of(definitions[name]))
        if not level:
            return
    deepest = max(level, key=lambda name: len(tuple(parts_of(definitions[name]))))
    raise TooLarge(What.DEPTH, deepest)


def _sets(definition: Definition) -> Iterator[CharSet]:
    texts: list[str] = []
    match definition:
        case Record():
            texts += [*definition.separators, definition.initiator, definition.terminator]
            for element in definition.elements:
                match element:
                    case Field():
                        texts += [element.initiator, element.terminator, element.nil or ""]
                    case Constant():
                        texts.append(element.text)
        case ListGrammar():
            texts += [*definition.separators, *definition.final_separators]
        case ChoiceGrammar():
            pass
        case _:
            yield from leaves.sets_of(leaves.form_of(definition))
    for text in texts:
        yield from map(charset.of, text)
