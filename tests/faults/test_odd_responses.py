"""Odd responses over both clients, with a journal: the right value, or everything is kept."""

from pathlib import Path

import pytest
from tests.faults.clients import Terms, Way, attempt
from tests.faults.odd_heads import BODY, ODD_HEADS, TEXT, OddHead
from tests.faults.servers import Peer, Server
from tests.runtime.wire.odd_cases import Case
from tests.runtime.wire.odd_contents import CASES

from msgsend import (
    Binding,
    FileJournal,
    IncompleteResponse,
    MalformedResponse,
    OutcomeUnknown,
    ServiceFault,
    parse_get_mo,
    parse_get_report,
    read_journal,
)

both_ways = pytest.mark.parametrize("way", ["http", "async"])


def shown(outcome: object) -> object:
    """What of an outcome must be the same when it is read from the journal."""
    match outcome:
        case OutcomeUnknown() as it:
            return type(it), it.operation, it.reason, it.received, it.raw
        case ServiceFault() as it:
            return type(it), it.status, it.code, it.message, it.headers, it.received, it.raw
        case MalformedResponse() as it:
            return type(it), it.reason, it.received, it.raw
        case value:
            return value


@pytest.mark.parametrize("odd", ODD_HEADS, ids=lambda odd: odd.name)
@both_ways
def test_it_is_read_or_kept(odd: OddHead, way: Way, tmp_path: Path) -> None:
    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            peer.send(odd.wire)
            return

    with Server(serve) as server:
        terms = Terms(server.url, journal=FileJournal(tmp_path))
        outcome = attempt(way, terms, "GetReport")
        assert len(server.seen.requests) == 1
    (entry,) = read_journal(tmp_path)
    assert shown(entry.result) == shown(outcome)
    if odd.is_read:
        assert outcome == parse_get_report(TEXT)
        assert entry.raw == BODY
    else:
        assert isinstance(outcome, IncompleteResponse)
        assert outcome.received == entry.raw == odd.wire


@pytest.mark.parametrize(
    "odd", [each for each in ODD_HEADS if not each.is_read][:8], ids=lambda odd: odd.name
)
@both_ways
def test_what_comes_later_is_kept_too(odd: OddHead, way: Way, tmp_path: Path) -> None:
    """A server writes head and body apart, and keeps the connection."""

    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            half = odd.wire.index(b"\r\n\r\n") + 4
            peer.send(odd.wire[:half])
            peer.pause(0.05)
            peer.send(odd.wire[half:])
            peer.read()
            return

    with Server(serve) as server:
        outcome = attempt(way, Terms(server.url, journal=FileJournal(tmp_path)), "GetReport")
    (entry,) = read_journal(tmp_path)
    assert isinstance(outcome, IncompleteResponse)
    assert outcome.received == entry.raw == odd.wire


@pytest.mark.parametrize("pause", [0, 0.05], ids=["at once", "later"])
@pytest.mark.parametrize("framing", ["length", "chunks"])
@both_ways
def test_what_comes_behind_a_short_body_is_kept(
    framing: str, pause: float, way: Way, tmp_path: Path
) -> None:
    """A server counts characters, where it should count bytes."""
    text = f'<string xmlns="http://tempuri.org/">{"好" * 40}|{TEXT}</string>'
    body, short = text.encode(), len(text)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
    if framing == "length":
        wire = [head + b"Content-Length: %d\r\n\r\n" % short, body[:short], body[short:]]
    else:
        chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (short, body[:short])
        wire = [head + b"Transfer-Encoding: chunked\r\n\r\n", chunks, body[short:]]

    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            peer.send(b"".join(wire[:2]) + wire[2][:10])
            peer.pause(pause)
            peer.send(wire[2][10:])

    with Server(serve) as server:
        terms = Terms(server.url, journal=FileJournal(tmp_path))
        outcome = attempt(way, terms, "GetReport")
        assert len(server.seen.requests) == 1
    (entry,) = read_journal(tmp_path)
    assert isinstance(outcome, MalformedResponse)
    assert outcome.received == entry.raw == body
    assert outcome.raw == text
    assert shown(entry.result) == shown(outcome)


def on_the_wire(case: Case) -> bytes:
    fields = [*case.headers, ("Content-Length", str(len(case.body)))]
    lines = [f"HTTP/1.1 {case.status} Odd", *(f"{name}: {value}" for name, value in fields)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + case.body


@pytest.mark.some(100)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@both_ways
def test_odd_contents_are_read_or_kept(case: Case, way: Way, tmp_path: Path) -> None:
    def serve(peer: Peer) -> None:
        for _ in peer.requests():
            peer.send(on_the_wire(case))

    with Server(serve) as server:
        outcome = attempt(
            way,
            Terms(
                server.url,
                Binding[case.binding],
                journal=FileJournal(tmp_path),
                charset=case.charset or None,
                max_bytes=20_000_000,
            ),
            "GetMo",
        )
    (entry,) = read_journal(tmp_path)
    assert entry.raw == case.body
    assert shown(entry.result) == shown(outcome)
    if case.text is None:
        assert type(outcome).__name__ == case.error
        assert isinstance(outcome, ServiceFault | MalformedResponse)
        assert outcome.received == case.body
    else:
        assert outcome == parse_get_mo(case.text)
