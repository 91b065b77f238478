"""A connection that ends at any byte: never two sends, no false proof, and nothing lost."""

import asyncio
from collections.abc import Callable
from typing import Final

import pytest
from tests.faults.answers import chunked, good
from tests.faults.exchanges import closed, outcome, request
from tests.faults.servers import Behaviour, Peer, Seen, Server

from msgsend import AsyncHttpTransport, HttpTransport, Request, Response, SendFailed

Transport = AsyncHttpTransport | HttpTransport
each_transport = pytest.mark.parametrize("made", [AsyncHttpTransport, HttpTransport])
ANSWERS: Final[dict[str, Callable[[Seen], bytes]]] = {"length": good, "chunks": chunked}


async def _all_of(made: type[Transport], sent: Request, times: int) -> list[Response | SendFailed]:
    transport = made()
    try:
        return [await outcome(transport, sent) for _ in range(times)]
    finally:
        await closed(transport)


class _Cutting:
    """Serves each connection with one byte more of the answer, and then ends it."""

    def __init__(self, answer: Callable[[Seen], bytes], end: Behaviour) -> None:
        self._answer = answer
        self._end = end
        self.sent = 0

    def __call__(self, peer: Peer) -> None:
        for seen in peer.requests():
            wire = self._answer(seen)[: self.sent]
            self.sent += 1
            peer.send(wire)
            self._end(peer)
            return


def _close(_: Peer) -> None:
    """Closed by returning."""


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("end", [_close, Peer.reset], ids=["closed", "reset"])
@each_transport
def test_a_response_that_is_cut_at_any_byte(
    made: type[Transport], end: Behaviour, kind: str
) -> None:
    answer = ANSWERS[kind]
    with Server(_Cutting(answer, end)) as server:
        sent = request(server.url)
        length = len(answer(_seen(sent)))
        outcomes = asyncio.run(_all_of(made, sent, length))
        whole = answer(server.seen.requests[0])
    assert server.seen.connections == len(server.seen.requests) == length
    head, end_of_head, _ = whole.partition(b"\r\n\r\n")
    body = good(server.seen.requests[0]).partition(b"\r\n\r\n")[2]
    for cut, came in enumerate(outcomes):
        assert isinstance(came, SendFailed)
        assert came.sent
        if end is Peer.reset:  # which may overtake what came before
            assert (whole if came.has_head else body).startswith(came.received)
        elif cut < len(head + end_of_head):
            assert (came.received, came.has_head) == (whole[:cut], cut > 0)
            assert came.status is None
        elif kind == "length":
            assert (came.received, came.status) == (body[: cut - len(head + end_of_head)], 200)
        else:
            assert body.startswith(came.received)
            assert came.status == 200


def _seen(sent: Request) -> Seen:
    head = f"POST {sent.url.partition('//')[2].partition('/')[2]} HTTP/1.1\r\n\r\n"
    return Seen(f"{head.replace(' ', ' /', 1)}".encode() + sent.body)


@each_transport
def test_a_request_that_is_cut_at_any_byte(made: type[Transport]) -> None:
    """The server has read some bytes of it, and resets the connection."""
    taken: list[int] = []

    def serve(peer: Peer) -> None:
        wanted = len(taken)
        taken.append(peer.take(wanted))
        peer.reset()

    with Server(serve) as server:
        sent = request(server.url)
        outcomes = asyncio.run(_all_of(made, sent, 200))
    assert server.seen.connections == len(outcomes)
    assert taken == list(range(len(outcomes)))
    for count, came in zip(taken, outcomes, strict=True):
        assert isinstance(came, SendFailed)
        assert came.sent or not count
        assert came.received == b""


@each_transport
def test_an_answer_before_all_is_read_is_not_lost(made: type[Transport]) -> None:
    """As servers do to whom a request is too large: they answer, and close."""

    def serve(peer: Peer) -> None:
        peer.take(1000)
        peer.send(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno\n")
        peer.pause(0.2)
        peer.reset()

    with Server(serve) as server:
        (came,) = asyncio.run(_all_of(made, request(server.url, more=20_000_000), 1))
    assert isinstance(came, Response)
    assert (came.status, came.body) == (413, b"no\n")


@each_transport
def test_what_is_refused_is_read_to_its_end(made: type[Transport]) -> None:
    refused = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n"

    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            for piece in (refused, b"one ", b"two ", b"three"):
                peer.send(piece)
                peer.pause(0.05)
            peer.hold()

    with Server(serve) as server:
        (came,) = asyncio.run(_all_of(made, request(server.url), 1))
    assert isinstance(came, SendFailed)
    assert came.sent
    assert came.has_head
    assert came.received == refused + b"one two three"
