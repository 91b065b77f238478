"""Records and lists inside a padded field, whose writers the strategies ask as well."""

from unstringly.model.contract import Contract, used_definitions
from unstringly.model.grammar import Definition, Record
from unstringly.model.parts import Definitions, is_leaf


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
