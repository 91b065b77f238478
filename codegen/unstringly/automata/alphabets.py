"""What a definition is made of, and the alphabet that tells all of it apart."""

from collections.abc import Iterable, Iterator, Mapping
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

Definitions = Mapping[str, Definition]


def alphabet_of(definitions: Definitions, root: str, line_ends: LineEnds) -> Alphabet:
    """The alphabet of everything that a definition is made of."""
    return leaves.alphabet_for(
        chain(
            leaves.surrounding_sets(line_ends),
            *(_sets(definitions[name]) for name in reachable(definitions, root)),
        )
    )


def reachable(definitions: Definitions, root: str) -> tuple[str, ...]:
    """A definition and all that it is made of, each once, in the order of first mention."""
    found = {root: None}
    todo = [root]
    for name in todo:
        for used in _used(definitions[name]):
            if used not in found:
                found[used] = None
                todo.append(used)
    return tuple(found)


def check_depth(definitions: Definitions, roots: Iterable[str]) -> None:
    """Raise TooLarge where records and lists stand in one another deeper than is taken."""
    level = dict.fromkeys(roots)
    for _ in range(LIMITS[What.DEPTH]):
        level = dict.fromkeys(used for name in level for used in _used(definitions[name]))
        if not level:
            return
    deepest = max(level, key=lambda name: len(tuple(_used(definitions[name]))))
    raise TooLarge(What.DEPTH, deepest)


def _used(definition: Definition) -> Iterator[str]:
    match definition:
        case Record():
            yield from dict.fromkeys(field.type for field in definition.fields)
        case ListGrammar(items=items):
            yield from items
        case ChoiceGrammar(alternatives=alternatives):
            yield from alternatives
        case _:
            return


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
