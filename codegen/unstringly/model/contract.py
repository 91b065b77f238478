"""The contract: a service and its grammar spec, linked.

Every name that a contract mentions is defined, and every definition in it is used the way
its kind allows. Anything else is left out here, and stands in the linker's diagnostics.
"""

from collections.abc import Mapping

from msgspec import Struct

from unstringly.model.grammar import Definition
from unstringly.model.parts import reachable
from unstringly.model.service import Operation, Service
from unstringly.model.spec import OperationSpec, Spec


class ContractOperation(Struct, frozen=True):
    """An operation of the service, with its part of the spec; `spec` is None if there is none.

    `result` names the grammar of its string result; if it is None, the result stays a `str`.
    """

    name: str
    python_name: str
    operation: Operation
    spec: OperationSpec | None
    result: str | None


class Contract(Struct, frozen=True):
    """Everything that code is generated from."""

    service: Service
    spec: Spec
    definitions: Mapping[str, Definition]
    operations: tuple[ContractOperation, ...]


def text_operations(contract: Contract) -> tuple[ContractOperation, ...]:
    """Return the operations whose results are texts."""
    return tuple(own for own in contract.operations if not own.operation.is_structured)


def whole_texts(contract: Contract) -> tuple[str, ...]:
    """Return the definitions of results, fields of pushes and strings in messages, each once."""
    results = [operation.result for operation in contract.operations]
    pushed = [field.type for callback in contract.spec.callbacks for field in callback.fields]
    inside = [own.grammar for own in contract.spec.strings]
    names = dict.fromkeys((*results, *pushed, *inside))
    return tuple(name for name in names if name is not None and name in contract.definitions)


def used_definitions(contract: Contract) -> tuple[str, ...]:
    """Return the definitions that some whole text is made of, in the spec's order."""
    used: set[str] = set()
    for name in whole_texts(contract):
        used.update(reachable(contract.definitions, name))
    return tuple(name for name in contract.definitions if name in used)
