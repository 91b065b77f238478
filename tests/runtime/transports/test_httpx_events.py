"""What is seen of an exchange over httpx2, and what its logs show of it."""

import logging
from types import SimpleNamespace

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgsend import Request
from msgsend._runtime.transports.httpx_events import (
    SentAgain,
    TooLarge,
    Watch,
    is_desynchronized,
    quiet_logs,
)

STARTED = "http11.send_request_headers.started"
POST = {"request": SimpleNamespace(method=b"POST")}
CONNECT = {"request": SimpleNamespace(method=b"CONNECT")}


def watched(max_bytes: int = 100, *, has_events: bool = True) -> tuple[Watch, list[str]]:
    """Return a watch, and what it tells: that a response will arrive, that the request leaves."""
    told: list[str] = []
    request = Request(
        "POST",
        "http://localhost/",
        (),
        b"",
        leaving=lambda: told.append("leaving"),
        arriving=lambda _: told.append("arriving"),
    )
    return Watch(request, max_bytes, has_events=has_events), told


def test_a_request_leaves_when_its_head_does_and_once() -> None:
    watch, told = watched()
    watch.on("connection.connect_tcp.started", {})
    watch.on(STARTED, CONNECT)
    assert (watch.sent, told) == (False, [])
    watch.on(STARTED, POST)
    assert (watch.sent, told) == (True, ["arriving", "leaving"])
    with pytest.raises(SentAgain):
        watch.on(STARTED, POST)
    assert told == ["arriving", "leaving"]


def test_where_there_are_no_events_it_is_taken_to_have_left() -> None:
    watch, told = watched(has_events=False)
    assert (watch.sent, told) == (True, ["arriving", "leaving"])


@given(st.lists(st.binary(max_size=40), max_size=8), st.integers(0, 100))
def test_no_byte_of_a_body_is_lost_at_its_limit(pieces: list[bytes], most: int) -> None:
    watch, _ = watched(most)
    arrived = b""
    for piece in pieces:
        arrived += piece
        if len(arrived) > most:
            with pytest.raises(TooLarge, match=f"larger than {most} bytes"):
                watch.body(piece)
        else:
            watch.body(piece)
        assert watch.received() == arrived


@pytest.mark.parametrize("logger", ["httpcore2.http11", "httpcore2.http2"])
def test_logs_show_that_something_arrived_and_not_what(
    logger: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger(logger)
    with quiet_logs():
        log.debug("receive_response_headers.complete return_value=(200, secret)")
        log.debug("send_request_body.started")
        log.debug(TypeError("receive_ of somebody"))
    log.debug("receive_response_headers.complete of another program")
    assert caplog.messages == [
        "receive_response_headers.complete (contents not shown)",
        "send_request_body.started",
        "receive_ of somebody",
        "receive_response_headers.complete of another program",
    ]


@pytest.mark.parametrize("logger", ["hpack.hpack", "hpack.table", "h2.config"])
def test_logs_of_packed_heads_are_for_others_alone(
    logger: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with quiet_logs():
        logging.getLogger(logger).debug("Adding b'/?pass=secret'")
    logging.getLogger(logger).debug("of another program")
    assert caplog.messages == ["of another program"]


@pytest.mark.parametrize(
    ("version", "is_trusted"), [(b"HTTP/2", True), (b"HTTP/1.1", False), (b"HTTP/1.0", False)]
)
def test_a_connection_that_cannot_be_looked_into_is_not_trusted(
    version: bytes, is_trusted: bool
) -> None:
    """Over HTTP/2 each response has a stream of its own, so there is nothing to look for."""
    extensions = {"http_version": version, "network_stream": object()}
    response = httpx2.Response(200, content=b"", extensions=extensions)
    assert is_desynchronized(response) is not is_trusted
