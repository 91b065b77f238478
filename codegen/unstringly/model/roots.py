"""Which definitions code is generated for: whole texts that come, in the spec's order."""

from unstringly.model.contract import Contract, whole_texts


def roots(contract: Contract) -> tuple[str, ...]:
    """The definitions of whole texts, results and fields of pushes, in the spec's order."""
    texts = frozenset(whole_texts(contract))
    return tuple(name for name in contract.definitions if name in texts)


def pushed(contract: Contract) -> tuple[str, ...]:
    """The definitions of the fields of pushes, in the spec's order."""
    texts = {field.type for callback in contract.spec.callbacks for field in callback.fields}
    return tuple(name for name in contract.definitions if name in texts)
