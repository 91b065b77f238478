"""The definitions of whole texts, which parsers are generated for, in the spec's order."""

from unstringly.model.contract import Contract, whole_texts


def roots(contract: Contract) -> tuple[str, ...]:
    """Return the definitions of whole texts: of results and of fields of pushes."""
    texts = frozenset(whole_texts(contract))
    return tuple(name for name in contract.definitions if name in texts)


def pushed(contract: Contract) -> tuple[str, ...]:
    """Return the definitions of the fields of pushes."""
    texts = {field.type for callback in contract.spec.callbacks for field in callback.fields}
    return tuple(name for name in contract.definitions if name in texts)
