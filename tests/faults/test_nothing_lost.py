"""What came is in the journal before anything is read from it, whatever happens then."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import pytest
from tests.faults.answers import document, fault, good, message
from tests.faults.clients import CALLS, OURS, PHONE, SIGNED, Terms, Way, attempt, gateway
from tests.faults.faults import FAULTS, LIMIT, Flood, Reply
from tests.faults.outcomes import SHORT
from tests.faults.servers import Peer, Seen, Server
from tests.faults.test_outcomes import each_way

from msgsend import (
    IncompleteResponse,
    JournalFailed,
    MalformedResponse,
    Parsed,
    ServiceFault,
)


@dataclass
class Kept:
    """A journal in memory."""

    entries: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])

    def __call__(self, operation: str, raw: bytes) -> None:
        self.entries.append((operation, raw))

    @property
    def only(self) -> bytes:
        ((_, raw),) = self.entries
        return raw


XML: Final = "text/xml; charset=utf-8"
BODIES: Final[dict[str, tuple[str, str, bytes]]] = {
    "result": ("200 OK", XML, b'<string xmlns="http://tempuri.org/">1</string>'),
    "result that is none": ("200 OK", XML, b'<string xmlns="http://tempuri.org/">OK</string>'),
    "other XML": ("200 OK", XML, b"<error>123</error>"),
    "no XML": ("200 OK", XML, b"2314357620085030623"),
    "page 200": ("200 OK", "text/html", b"<html>Please log in</html>"),
    "page 500": ("500 No", "text/html", b"<html>Server Error</html>"),
    "page 502": ("502 Bad Gateway", "text/html", b"<html>Bad Gateway</html>"),
    "redirect": ("302 Found", "text/html", b'<html><a href="/login">here</a></html>'),
    "fault": ("500 Sorry", XML, fault("soap11", "It broke.").encode()),
    "of another charset": ("200 OK", XML, "<a>敏感词</a>".encode("gb18030")),
    "of no charset": ("500 Sorry", "text/plain", bytes(range(256))),
    "compressed": ("200 OK", "application/gzip", b"\x1f\x8b\x08\x00\xff\xfe"),
    "document type": ("200 OK", XML, b"<!DOCTYPE a><a/>"),
}


@pytest.mark.parametrize("name", BODIES)
@each_way
def test_every_body_is_kept_as_it_came(name: str, way: Way) -> None:
    status, kind, body = BODIES[name]
    kept = Kept()
    with Server(Reply(lambda _: message(body, kind, status))) as server:
        attempt(way, Terms(server.url, journal=kept), "SendMsg")
    assert kept.entries == [("SendMsg", body)]


@pytest.mark.parametrize("operation", CALLS)
@each_way
def test_every_operation_is_kept_under_its_name(operation: str, way: Way) -> None:
    kept = Kept()
    with Server(Reply(good)) as server:
        outcome = attempt(way, Terms(server.url, journal=kept), operation)
        (request,) = server.seen.requests
    assert not isinstance(outcome, Exception)
    assert kept.entries == [(operation, document(request).encode())]


def test_the_body_is_kept_before_it_is_read() -> None:
    """A result that nothing can read is in the journal when the exception says so."""
    kept = Kept()
    with Server(FAULTS["XML cut"].serve) as server:
        outcome = attempt("http", Terms(server.url, journal=kept), "GetReport")
    assert isinstance(outcome, MalformedResponse)
    assert kept.only.decode() == outcome.raw


@pytest.mark.parametrize("then", ["close", "keep"], ids=["closed", "stalled"])
@pytest.mark.parametrize("length", [1, 20, 100])
@each_way
def test_a_cut_body_is_kept_as_far_as_it_came(way: Way, length: int, then: str) -> None:
    kept, body = Kept(), b"<string>" + b"1" * 200

    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            peer.send(message(body[:length], length=len(body)))
            if then == "close":
                return

    with Server(serve) as server:
        outcome = attempt(way, Terms(server.url, timeout=SHORT, journal=kept), "GetReport")
    assert isinstance(outcome, IncompleteResponse)
    assert kept.entries == [("GetReport", body[:length])]
    assert outcome.received == body[:length]
    assert outcome.raw == body[:length].decode()


@pytest.mark.parametrize(
    "name", ["body cut by a reset", "body drips", "chunked, cut", "chunked, stalled"]
)
@each_way
def test_a_body_that_ends_in_other_ways_is_kept(name: str, way: Way) -> None:
    kept = Kept()
    with Server(FAULTS[name].serve) as server:
        outcome = attempt(way, Terms(server.url, timeout=SHORT, journal=kept), "GetReport")
        (request,) = server.seen.requests
    assert isinstance(outcome, IncompleteResponse)
    assert kept.only == outcome.received
    assert document(request).encode().startswith(kept.only)
    assert kept.only or name == "body cut by a reset"  # which may overtake what came before


@pytest.mark.parametrize("length", [-1, LIMIT + 1, 10**12])
@each_way
def test_a_large_body_is_kept_up_to_the_limit(length: int, way: Way) -> None:
    kept, start = Kept(), b"<string>"
    flood = Flood(message(start, length=length), b"1" * 10_000)
    with Server(flood) as server:
        outcome = attempt(way, Terms(server.url, journal=kept), "GetReport")
    assert isinstance(outcome, IncompleteResponse)
    assert kept.only == outcome.received
    assert LIMIT <= len(kept.only) < LIMIT + 100_000
    assert kept.only == start + b"1" * (len(kept.only) - len(start))


@pytest.mark.parametrize("more", [0, 1])
@each_way
def test_the_limit_is_exact(more: int, way: Way) -> None:
    kept = Kept()

    def wire(request: Seen) -> bytes:
        return good(request, "1" * (LIMIT + more - len(document(request, ""))))

    with Server(Reply(wire)) as server:
        outcome = attempt(way, Terms(server.url, journal=kept), "SendMsg")
    assert isinstance(outcome, IncompleteResponse) is bool(more)
    assert len(kept.only) >= LIMIT


class Full(Exception):
    """What a journal may raise."""


@pytest.mark.parametrize("name", ["no fault", "page 500", "body cut", "no form of a result"])
@each_way
def test_a_journal_that_fails_is_told_with_what_came(name: str, way: Way) -> None:
    calls: list[bytes] = []

    def journal(operation: str, raw: bytes) -> None:
        calls.append(raw)
        raise Full(operation)

    with Server(FAULTS[name].serve) as server:
        outcome = attempt(way, Terms(server.url, journal=journal, retries=3), "GetReport")
    assert isinstance(outcome, JournalFailed)
    assert [outcome.raw] == calls
    assert isinstance(outcome.__cause__, Full)
    assert len(server.seen.requests) == 1


def test_without_a_journal_nothing_is_missing() -> None:
    with Server(FAULTS["page 500"].serve) as server:
        outcome = attempt("http", Terms(server.url), "GetReport")
    assert isinstance(outcome, ServiceFault)


# ---- Ctrl-C


@contextmanager
def usual_interrupt() -> Generator[None]:
    """Whatever runs the tests may have its own idea of SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def interrupt() -> None:
    ident = threading.main_thread().ident
    assert ident is not None
    signal.pthread_kill(ident, signal.SIGINT)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no signals to threads here")
@pytest.mark.parametrize("sent", [0, 60, 110], ids=["nothing", "the head", "half a body"])
@pytest.mark.parametrize("way", ["http", "httpx"])
def test_an_interrupt_is_raised_again_when_what_came_is_safe(way: Way, sent: int) -> None:
    kept = Kept()

    def serve(peer: Peer) -> None:
        for request in peer.requests():
            if len(server.seen.requests) > 1:
                peer.send(good(request))
                continue
            peer.send(good(request)[:sent])
            peer.pause(0.1)  # so that the client has read it
            interrupt()

    with Server(serve) as server, usual_interrupt():
        sender = gateway(way, Terms(server.url, journal=kept, retries=3))
        with pytest.raises(KeyboardInterrupt):
            sender.call("get_report")
        first = list(kept.entries)
        assert isinstance(sender.call("get_report"), Parsed)
        sender.close()
    body = document(server.seen.requests[0]).encode()
    head, end, begun = good(server.seen.requests[0])[:sent].partition(b"\r\n\r\n")
    cut_head = head if way in OURS else b""  # httpx2 does not give out heads that are cut
    came = begun if end else cut_head
    assert [raw for _, raw in first if raw] == [came] * bool(came)
    assert kept.entries[-1] == ("GetReport", body)
    assert len(server.seen.requests) == server.seen.connections == 2


def test_an_interrupt_in_a_journal_is_raised_again() -> None:
    def journal(operation: str, raw: bytes) -> None:
        raise KeyboardInterrupt

    with Server(Reply(good)) as server:
        sender = gateway("http", Terms(server.url, journal=journal))
        with pytest.raises(KeyboardInterrupt):
            sender.call("send_msg", des_no=PHONE, msg=SIGNED)
        sender.close()
