"""The alphabet that tells apart all that a definition is made of, and the limit of its depth."""

from collections.abc import Iterable, Iterator
from itertools import chain

from unstringly.automata import leaves
from unstringly.automata.work import LIMITS, TooLarge, Work
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


def alphabet_of(
    definitions: Definitions, root: str, line_ends: LineEnds, more: Iterable[CharSet] = ()
) -> Alphabet:
    """Return the alphabet of all that a definition is made of, and of more; raises TooLarge."""
    return leaves.alphabet_for(
        chain(
            more,
            leaves.surrounding_sets(line_ends),
            *(_sets(definitions[name]) for name in reachable(definitions, root)),
        )
    )


def check_depth(definitions: Definitions, roots: Iterable[str]) -> None:
    """Raise TooLarge where records and lists stand in one another deeper than is taken."""
    level = dict.fromkeys(roots)
    for _ in range(LIMITS[Work.DEPTH]):
        level = dict.fromkeys(used for name in level for used in parts_of(definitions[name]))
        if not level:
            return
    deepest = max(level, key=lambda name: len(tuple(parts_of(definitions[name]))))
    raise TooLarge(Work.DEPTH, deepest)


def _sets(definition: Definition) -> Iterator[CharSet]:
    """Yield the sets of characters that a definition tells apart, without those of its parts."""
    match definition:
        case Record():
            yield from map(charset.of, chain.from_iterable(_texts_of(definition)))
        case ListGrammar():
            texts = (*definition.separators, *definition.final_separators)
            yield from map(charset.of, chain.from_iterable(texts))
        case ChoiceGrammar():
            pass
        case _:
            yield from leaves.sets_of(leaves.form_of(definition))


def _texts_of(record: Record) -> Iterator[str]:
    """Yield the texts that stand in a record as they are spelled."""
    yield from (*record.separators, *record.initiators, *record.terminators)
    for element in record.elements:
        match element:
            case Field():
                yield from (*element.initiators, *element.terminators, *element.nils)
            case Constant():
                yield element.text
