"""Plans the fast way of a list: which lists can be split, and what their columns are.

A list is split if its items are records of leaves with nothing but one separator between the
fields. Whether a split is a reading is checked at run time (`_runtime/text/split.py`); that it then
is the only one, the proof says, and a package is not written without it.
"""

from unstringly.model.contract import Contract, whole_texts
from unstringly.model.grammar import ChoiceGrammar, Field, ListGrammar, Record
from unstringly.model.parts import is_leaf


def is_split(contract: Contract, name: str) -> bool:
    """Say whether a definition is a list that has the fast way."""
    definition = contract.definitions[name]
    if not isinstance(definition, ListGrammar):
        return False
    separators: set[str] = set()
    for item in map(contract.definitions.__getitem__, definition.items):
        if not isinstance(item, Record) or not _is_plain(contract, item):
            return False
        separators.add(item.separators[0])
    return len(separators) == 1


def split_lists(contract: Contract) -> tuple[str, ...]:
    """The lists with a fast way that some whole text may be, in the spec's order."""
    found = {split_of(contract, name) for name in whole_texts(contract)}
    return tuple(name for name in contract.definitions if name in found)


def split_of(contract: Contract, text: str) -> str | None:
    """The list with a fast way that a whole text may be."""
    definition = contract.definitions[text]
    names = definition.alternatives if isinstance(definition, ChoiceGrammar) else (text,)
    return next((name for name in names if is_split(contract, name)), None)


def _is_plain(contract: Contract, record: Record) -> bool:
    """Say whether there is nothing in a record but contents of leaves and separators."""
    if not record.separators or record.initiators or record.terminators:
        return False
    return all(
        isinstance(element, Field)
        and not element.initiators
        and not element.terminators
        and is_leaf(contract.definitions[element.type])
        for element in record.elements
    )
