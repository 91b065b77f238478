"""The places of a contract's leaves: in fields, lists, choices, whole texts and parameters."""

from collections.abc import Iterator

from msgspec import Struct

from unstringly.model.contract import Contract, used_definitions, whole_texts
from unstringly.model.grammar import ChoiceGrammar, ListGrammar, Record
from unstringly.model.parts import is_leaf
from unstringly.model.spec import Parameter


class Use(Struct, frozen=True):
    """A type in a place: padded or not, with or without spellings of None."""

    type: str
    padded: bool
    nils: tuple[str, ...] = ()


def read_uses(contract: Contract) -> tuple[Use, ...]:
    """Return the places of leaves in all whole texts, each once."""
    uses: dict[Use, None] = {}
    used = used_definitions(contract)
    for definition in map(contract.definitions.__getitem__, used):
        match definition:
            case Record(fields=fields):
                uses.update({Use(field.type, field.padded, field.nils): None for field in fields})
            case ListGrammar(items=items, padded=padded):
                uses.update({Use(item, padded): None for item in items})
            case ChoiceGrammar(alternatives=alternatives, padded=padded):
                uses.update({Use(name, padded): None for name in alternatives})
            case _:
                pass
    texts = frozenset(whole_texts(contract))
    uses.update({Use(name, padded=False): None for name in used if name in texts})
    return tuple(use for use in uses if is_leaf(contract.definitions[use.type]))


def sent_uses(contract: Contract) -> tuple[Use, ...]:
    """Return the places of types in parameters that are not fixed, each once."""
    return tuple(
        dict.fromkeys(
            Use(parameter.type, padded=False)
            for parameter in stated_parameters(contract)
            if parameter.type is not None and parameter.fixed is None
        )
    )


def stated_parameters(contract: Contract) -> Iterator[Parameter]:
    """Yield the parameters that the spec states: of each operation, then of its variants."""
    for operation in contract.operations:
        if operation.spec is not None:
            yield from operation.spec.parameters
            for variant in operation.spec.variants:
                yield from variant.parameters
