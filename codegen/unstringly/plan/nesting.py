"""Records and lists inside a padded field, whose writers the strategies ask as well.

What is in a padded field neither begins nor ends with padding. Whether that is so of a record or
list can be told when it is written, by the function that writes it; so that function is public in
`formatters.py`, and the strategies draw no value for which it is not so.
"""

from unstringly.model.contract import Contract, used_definitions
from unstringly.model.grammar import Definition, Record
from unstringly.model.parts import Definitions, is_leaf
from unstringly.plan.vocabulary import function, written_function


def in_padding(contract: Contract) -> frozenset[str]:
    """The names of the records and lists that stand in a padded field of something used."""
    return frozenset(
        name
        for used in used_definitions(contract)
        for name in padded_inside(contract.definitions[used], contract.definitions)
    )


def padded_inside(outer: Definition, definitions: Definitions) -> tuple[str, ...]:
    """The records and lists that stand in a padded field of a definition."""
    if not isinstance(outer, Record):
        return ()
    nested = (field for field in outer.fields if not is_leaf(definitions[field.type]))
    return tuple(field.type for field in nested if field.padded)


def writer(definition: Definition, padded: frozenset[str]) -> str:
    """The name in `formatters.py` of the function that writes a definition."""
    if definition.name in padded:
        return written_function(definition)
    return f"_{function(definition)}"
