"""Which definitions code is generated for: whole texts that come, and what these lead to."""

from unstringly.automata.alphabets import reachable
from unstringly.model.contract import Contract, whole_texts


def roots(contract: Contract) -> tuple[str, ...]:
    """The definitions of whole texts, results and fields of pushes, in the spec's order."""
    texts = frozenset(whole_texts(contract))
    return tuple(name for name in contract.definitions if name in texts)


def used_definitions(contract: Contract) -> tuple[str, ...]:
    """The definitions that some whole text leads to, in the spec's order."""
    used: set[str] = set()
    for name in whole_texts(contract):
        used.update(reachable(contract.definitions, name))
    return tuple(name for name in contract.definitions if name in used)


def pushed(contract: Contract) -> tuple[str, ...]:
    """The definitions of the fields of pushes, in the spec's order."""
    texts = {field.type for callback in contract.spec.callbacks for field in callback.fields}
    return tuple(name for name in contract.definitions if name in texts)
