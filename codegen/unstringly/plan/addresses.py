"""Plans `addresses.py`: the addresses of the service, and of operations that are elsewhere."""

from collections.abc import Iterator

from unstringly.model.contract import Contract
from unstringly.model.service import BindingKind
from unstringly.plan.endpoints import member
from unstringly.plan.module import Body
from unstringly.python.build import STR, generic
from unstringly.python.nodes import Dict, Expression, Text
from unstringly.python.statement_nodes import AnnotatedAssign
from unstringly.python.symbols import ADDRESSES, BINDING, FINAL, MAPPING, OTHER_ADDRESSES


def addresses_view(contract: Contract) -> Body:
    """Return the view of `addresses.py`."""
    rows = tuple((member(kind), Text(address)) for kind, address in _addresses(contract).items())
    by_binding = generic(MAPPING, BINDING, STR)
    table = Dict(rows, expanded=True)
    tables = [AnnotatedAssign(ADDRESSES.name, generic(FINAL, by_binding), table)]
    if has_others(contract):
        type_ = generic(FINAL, generic(MAPPING, STR, by_binding))
        table = Dict(tuple(_others(contract)), expanded=True)
        tables.append(AnnotatedAssign(OTHER_ADDRESSES.name, type_, table))
    return Body(tuple(own.name for own in tables), tuple(tables))


def has_others(contract: Contract) -> bool:
    """Say whether operations have another address than the one of the service."""
    return any(_others(contract))


def _addresses(contract: Contract) -> dict[BindingKind, str]:
    """Return the address of the first port of each kind that has one; it is empty if none has."""
    addresses: dict[BindingKind, str] = {}
    for port in contract.service.ports:
        kind = port.binding.kind
        addresses[kind] = addresses.get(kind) or port.address
    return addresses


def _others(contract: Contract) -> Iterator[tuple[Expression, Expression]]:
    """Yield each operation that is elsewhere, with its addresses by binding."""
    addresses = _addresses(contract)
    elsewhere: dict[str, list[tuple[Expression, Expression]]] = {}
    for port in contract.service.ports:
        kind = port.binding.kind
        if port.address.rstrip("/") != addresses[kind].rstrip("/"):
            for bound in port.binding.operations:
                others = elsewhere.setdefault(bound.name, [])
                others.append((member(kind), Text(port.address)))
    for operation in contract.operations:
        if operation.name in elsewhere:
            yield Text(operation.name), Dict(tuple(elsewhere[operation.name]))
