"""What is sent again, and when: nothing that may have arrived, unless it only reads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from time import monotonic
from typing import Final

import pytest
from tests.effort import unless_it_hangs
from tests.faults.answers import good
from tests.faults.clients import (
    CALLS,
    PHONE,
    SIGNED,
    WAYS,
    Terms,
    Way,
    async_client,
    attempt,
    gateway,
)
from tests.faults.faults import FAULTS
from tests.faults.outcomes import Expected, assert_outcome, expected_over
from tests.faults.servers import Peer, Server
from tests.faults.test_outcomes import each_way

from msgsend import Client, MsgSendError, NotSent, OutcomeUnknown, Request, Response, SendFailed


@each_way
@pytest.mark.parametrize(
    "name", ["read and closed", "no HTTP", "body cut", "page 502", "empty 200"]
)
@pytest.mark.parametrize("operation", [name for name in CALLS if name != "GetBalance"])
def test_polls_and_sends_are_not_repeated(name: str, way: Way, operation: str) -> None:
    with Server(FAULTS[name].serve) as server:
        outcome = attempt(way, Terms(server.url, retries=3), operation)
    assert_outcome(outcome, expected_over(way, name))
    assert [request.operation for request in server.seen.requests] == [operation]


@each_way
@pytest.mark.parametrize("name", ["never answered", "read and closed", "body cut", "no HTTP"])
def test_a_balance_is_not_asked_for_again_too_soon(name: str, way: Way) -> None:
    """Its timeout ends before the five seconds do that the service wants in between."""
    with Server(FAULTS[name].serve) as server:
        outcome = attempt(way, Terms(server.url, timeout=0.6, retries=3), "GetBalance")
    assert_outcome(outcome, expected_over(way, name))
    assert server.seen.began == 1


def test_a_balance_is_asked_for_again() -> None:
    """The first answer does not come; the second one does, five seconds later."""

    def seconds_between(way: Way) -> float:
        times: list[float] = []

        def serve(peer: Peer) -> None:
            for request in peer.requests():
                times.append(monotonic())
                if len(times) == 1:
                    return
                peer.send(good(request))

        with Server(serve) as server:
            outcome = attempt(way, Terms(server.url, timeout=10, retries=3), "GetBalance")
        assert outcome == Decimal("1234.50")
        assert len(server.seen.requests) == 2
        return times[1] - times[0]

    with ThreadPoolExecutor() as threads:  # they wait at the same time
        assert all(seconds >= 5 for seconds in threads.map(seconds_between, WAYS))


@each_way
def test_a_request_of_which_a_part_left_may_have_arrived(way: Way) -> None:
    """Nobody reads, and it is too large for the buffers between: it leaves only in part."""
    with Server(Peer.ignore) as server:
        sender = gateway(way, Terms(server.url, timeout=3, retries=3, validate=False))
        send = partial(sender.call, "send_msg", des_no=PHONE, msg="x" * 10_000_000)
        with pytest.raises(OutcomeUnknown):
            unless_it_hangs(send)
        sender.close()
    assert server.seen.connections == 1
    assert not server.seen.requests


@dataclass
class Stub:
    """A transport that fails as it is told, and then answers."""

    failures: list[Exception]
    sent: int = 0

    def send(self, request: Request, deadline: float) -> Response:
        self.sent += 1
        if self.failures:
            raise self.failures.pop(0)
        body = f'<string xmlns="http://tempuri.org/">{PHONE}</string>'
        return Response(200, (("Content-Type", "text/xml"),), body.encode())

    def close(self) -> None: ...


@dataclass
class AsyncStub:
    """The same, for tasks."""

    stub: Stub

    async def send(self, request: Request, deadline: float) -> Response:
        return self.stub.send(request, deadline)

    async def aclose(self) -> None: ...


def _failures(*sent: bool) -> list[Exception]:
    return [SendFailed("a test", sent=has_left) for has_left in sent]


STUBBED: Final[dict[str, tuple[list[Exception], int, Expected, int]]] = {
    "a proof each time, and an answer": (_failures(False, False), 3, PHONE, 3),
    "a proof each time": (_failures(False, False, False), 2, NotSent, 3),
    "no retries": (_failures(False), 0, NotSent, 1),
    "no proof": (_failures(True), 3, OutcomeUnknown, 1),
    "a proof, then none": (_failures(False, True), 3, OutcomeUnknown, 2),
    "anything else": ([RuntimeError("a test")], 3, OutcomeUnknown, 1),
}
"""What a transport raises, how many retries a client has, what comes of it, how often it sends."""


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("name", STUBBED)
def test_a_send_is_repeated_only_after_a_proof(name: str, is_async: bool) -> None:
    failures, retries, expected, sent = STUBBED[name]
    stub = Stub(list(failures))
    terms = Terms("http://127.0.0.1:9/a", retries=retries)

    async def call() -> object:
        return await async_client(terms, AsyncStub(stub)).send_msg(des_no=PHONE, msg=SIGNED)

    outcome: object
    try:
        if is_async:
            outcome = asyncio.run(call())
        else:
            outcome = Client(**terms.common, transport=stub).send_msg(des_no=PHONE, msg=SIGNED)
    except MsgSendError as error:
        outcome = error
    assert_outcome(outcome, expected)
    assert stub.sent == sent
