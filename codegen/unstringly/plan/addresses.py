"""Plans `addresses.py`: the addresses of the service, by binding."""

from unstringly.model.contract import Contract
from unstringly.plan.endpoints import member
from unstringly.plan.module import Body
from unstringly.python.build import STR, generic
from unstringly.python.nodes import Dict, Text
from unstringly.python.statement_nodes import AnnotatedAssign
from unstringly.python.symbols import BINDING, FINAL, MAPPING


def addresses_view(contract: Contract) -> Body:
    """Return the view of `addresses.py`."""
    rows = tuple((member(port.binding.kind), Text(port.address)) for port in contract.service.ports)
    type_ = generic(FINAL, generic(MAPPING, BINDING, STR))
    table = AnnotatedAssign("ADDRESSES", type_, Dict(rows, expanded=True))
    return Body(("ADDRESSES",), (table,))
