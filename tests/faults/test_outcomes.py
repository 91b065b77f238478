"""Which exception each fault becomes, how long that takes, and what has left by then."""

import pytest
from tests.effort import unless_it_hangs
from tests.faults.clients import WAYS, Terms, Way, attempt
from tests.faults.faults import FAULTS
from tests.faults.outcomes import (
    EXCERPTS,
    NEVER,
    OUTCOMES,
    SHORT,
    UNBOUND,
    UNREAD,
    assert_outcome,
    expected_over,
)
from tests.faults.servers import Server

from msgsend import Binding, IncompleteResponse, MalformedResponse, NotSent, ServiceFault

each_way = pytest.mark.parametrize("way", WAYS)


def test_each_fault_has_an_outcome() -> None:
    assert OUTCOMES.keys() == FAULTS.keys()


@pytest.mark.some(120)
@pytest.mark.parametrize(
    ("name", "binding", "retries"),
    [(name, Binding.POST, 3) for name in FAULTS]
    + [(name, Binding.SOAP12, 0) for name, fault in FAULTS.items() if not fault.large],
    ids=lambda value: value.value if isinstance(value, Binding) else None,
)
@each_way
def test_the_outcome_of_a_send(name: str, way: Way, binding: Binding, retries: int) -> None:
    fault = FAULTS[name]
    if way == "httpx" and name in UNBOUND:
        pytest.skip("HttpxTransport does not bound this, and says so")
    timeout = SHORT if fault.hangs or fault.door == "closed" else NEVER
    with Server(fault.serve, door=fault.door) as server:
        limit = 5_000_000 if fault.large else 200_000
        terms = Terms(server.url, binding, timeout, retries, max_bytes=limit)
        outcome = unless_it_hangs(attempt, way, terms, "SendMsg")
    assert_outcome(outcome, expected_over(way, name, binding))
    assert server.seen.began == len(server.seen.requests) <= 1
    if isinstance(outcome, NotSent):
        assert not server.seen.arrived
    elif name not in UNREAD:
        assert len(server.seen.requests) == 1
    if isinstance(outcome, IncompleteResponse | MalformedResponse | ServiceFault):
        assert EXCERPTS.get(name, "") == outcome.excerpt[: len(EXCERPTS.get(name, ""))]
