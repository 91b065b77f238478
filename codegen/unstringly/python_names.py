"""The names in Python of what is no definition: requests, fields of pushes, a client's parameters.

Those of definitions are their kinds' (`kinds/names.py`).
"""

import keyword
import unicodedata

from unstringly.kinds.package import Package
from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import ListGrammar
from unstringly.model.parts import is_leaf
from unstringly.model.spec import CallbackField
from unstringly.names import call_name, is_identifier, snake_case

PASSED = (
    *("binding", "timeout", "journal", "retries", "when_too_soon", "charset"),
    *("max_in_flight", "queue_timeout", "transport"),
)
"""The names of what a client passes on as it is given."""

OF_SERVERS = ("Handlers", "NotAuthenticated", "Presented", "Secret")
"""The classes of every server."""

GIVEN = ("base_url", "validate", *PASSED)
"""The names of what every client is given."""


def request_class(operation: ContractOperation) -> str:
    """`GetReport2` for the operation of that name; where its name is none in Python, by that.

    `SecretRequest` if it is a name that every server has, `NoneRequest` for a keyword; with the
    number of its call if it has one.
    """
    name = unicodedata.normalize("NFKC", operation.name)
    if is_identifier(name):
        class_name = name[:1].upper() + name[1:]
        own = call_name(operation.name)
        if operation.spec is None and operation.python_name.startswith(f"{own}_"):
            class_name += operation.python_name.removeprefix(f"{own}_")
        return f"{class_name}Request" if class_name in OF_SERVERS else class_name
    pieces = [piece for piece in operation.python_name.split("_") if piece]
    class_name = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    return f"{class_name}Request" if keyword.iskeyword(class_name) else class_name


def field_name(contract: Contract, field: CallbackField) -> str:
    """A field's name in Python: what a list is called, or what the form calls it."""
    definition = contract.definitions[field.type]
    if isinstance(definition, ListGrammar):
        return Package(contract.definitions).of(field.type).function
    return snake_case(field.name)


def known_fields(contract: Contract) -> list[str]:
    """The texts that are in all pushes: whose they are."""
    found: dict[str, int] = {}
    for callback in contract.spec.callbacks:
        for field in callback.fields:
            definition = contract.definitions.get(field.type)
            if definition is None or not is_leaf(definition):
                continue
            if kind_of(definition).is_given_as_text:
                name = field_name(contract, field)
                found[name] = found.get(name, 0) + 1
    return sorted(name for name, times in found.items() if times == len(contract.spec.callbacks))
