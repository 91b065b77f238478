"""Which definitions code is generated for: what results are, and what these lead to."""

from unstringly.automata.alphabets import reachable
from unstringly.model.contract import Contract


def roots(contract: Contract) -> tuple[str, ...]:
    """The definitions that are the whole result of some operation, in the spec's order."""
    results = {operation.result for operation in contract.operations}
    return tuple(name for name in contract.definitions if name in results)


def used_definitions(contract: Contract) -> tuple[str, ...]:
    """The definitions that some result leads to, in the spec's order."""
    used: set[str] = set()
    for operation in contract.operations:
        if operation.result is not None:
            used.update(reachable(contract.definitions, operation.result))
    return tuple(name for name in contract.definitions if name in used)
