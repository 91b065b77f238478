"""The definitions of whole texts, which parsers are generated for, in the spec's order."""

from unstringly.model.contract import Contract, whole_texts


def roots(contract: Contract) -> tuple[str, ...]:
    """Return the definitions of whole texts."""
    texts = frozenset(whole_texts(contract))
    return tuple(name for name in contract.definitions if name in texts)


def named_texts(contract: Contract) -> tuple[str, ...]:
    """Return the definitions whose parsers have their names: of pushes and strings in messages."""
    texts = {field.type for callback in contract.spec.callbacks for field in callback.fields}
    texts |= {own.grammar for own in contract.spec.strings}
    return tuple(name for name in contract.definitions if name in texts)


def inner_texts(contract: Contract) -> tuple[str, ...]:
    """Return the definitions of strings inside of messages."""
    texts = {own.grammar for own in contract.spec.strings}
    return tuple(name for name in contract.definitions if name in texts)
