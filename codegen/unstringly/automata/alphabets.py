"""What a definition is made of, and the alphabet that tells all of it apart."""

from collections.abc import Iterator, Mapping

from unstringly.automata import leaves
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
    sets: list[CharSet] = list(leaves.surrounding_sets(line_ends))
    for name in reachable(definitions, root):
        sets.extend(_sets(definitions[name]))
    return charset.partition(sets)


def reachable(definitions: Definitions, root: str) -> tuple[str, ...]:
    """A definition and all that it is made of, each once, in the order of first mention."""
    found = [root]
    for name in found:
        found.extend(used for used in _used(definitions[name]) if used not in found)
    return tuple(found)


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
