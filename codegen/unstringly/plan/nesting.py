"""What stands in fields that do not take all of its texts; strategies ask its writers as well."""

from unstringly.model.contract import Contract, used_definitions
from unstringly.model.grammar import Definition, Record
from unstringly.model.parts import Definitions, is_leaf


def in_padding(contract: Contract) -> frozenset[str]:
    """The names of what stands in a padded field of something used, leaves left out."""
    return frozenset(
        name
        for used in used_definitions(contract)
        for name in padded_inside(contract.definitions[used], contract.definitions)
    )


def in_fields(contract: Contract) -> frozenset[str]:
    """The names of what stands in fields of the records that are used."""
    used = map(contract.definitions.__getitem__, used_definitions(contract))
    records = (each for each in used if isinstance(each, Record))
    return frozenset(field.type for record in records for field in record.fields)


def padded_inside(outer: Definition, definitions: Definitions) -> tuple[str, ...]:
    """The records, lists and choices in a padded field of a definition, or in one with `nil`."""
    if not isinstance(outer, Record):
        return ()
    nested = (field for field in outer.fields if not is_leaf(definitions[field.type]))
    return tuple(field.type for field in nested if field.padded or field.nils)
