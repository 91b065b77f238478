"""The driver of a response over a socket: what it keeps, when it stops, and in which order."""

import socket
import struct
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from time import monotonic, sleep

import pytest
from tests.effort import unless_it_hangs
from tests.runtime.client.fakes import request_on
from tests.runtime.transports.answering import ANSWER

from msgsend import HttpTransport, SendFailed
from msgsend._runtime.wire.exchange import Arriving, Request, Response

Serve = Callable[[socket.socket], None]
PAGE = b"<html>" + b"13900000000,hello;" * 5_000
REFUSED = b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n" + PAGE


@contextmanager
def serving(serve: Serve) -> Generator[str]:
    """One connection, served by a function that gets it."""

    def run() -> None:
        with suppress(OSError):
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                serve(connection)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def outcome(
    url: str,
    *,
    seconds: float = 5,
    body: bytes = b"",
    max_bytes: int = 1 << 20,
    arriving: Callable[[Arriving], None] = lambda _: None,
    leaving: Callable[[], None] = lambda: None,
) -> Response | SendFailed:
    transport = HttpTransport(max_bytes=max_bytes)
    request = Request("POST", url, (), body, leaving=leaving, arriving=arriving)
    try:
        return transport.send(request, monotonic() + seconds)
    except SendFailed as failed:
        return failed
    finally:
        transport.close()


def failure(url: str, *, seconds: float = 5, max_bytes: int = 1 << 20) -> SendFailed:
    failed = outcome(url, seconds=seconds, max_bytes=max_bytes)
    assert isinstance(failed, SendFailed)
    return failed


def _pieces(connection: socket.socket) -> None:
    request_on(connection)
    for at in range(0, len(REFUSED), 9_000):
        connection.sendall(REFUSED[at : at + 9_000])
        sleep(0.01)
    request_on(connection)  # until the client closes


def _at_once(connection: socket.socket) -> None:
    request_on(connection)
    connection.sendall(REFUSED)


@pytest.mark.parametrize("serve", [_pieces, _at_once])
def test_what_was_refused_is_read_to_its_end(serve: Serve) -> None:
    with serving(serve) as url:
        failed = unless_it_hangs(partial(failure, url, seconds=3600))
    assert (failed.received, failed.has_head, failed.status, failed.sent) == (
        REFUSED,
        True,
        None,
        True,
    )
    assert "no HTTP response" in failed.reason


def test_what_was_refused_is_read_until_the_deadline_and_its_limit() -> None:
    def pour(connection: socket.socket) -> None:
        request_on(connection)
        connection.sendall(REFUSED[:50])
        for _ in range(200):
            connection.sendall(b"x")
            sleep(0.02)

    with serving(pour) as url:
        failed = failure(url, seconds=0.3)
    assert failed.received.startswith(REFUSED[:50] + b"x")
    assert len(failed.received) < 250
    with serving(_at_once) as url:
        failed = failure(url, max_bytes=200)
    assert 200 < len(failed.received) <= len(REFUSED)


CUTS = {
    "in the head": (b"HTTP/1.1 200 OK\r\nX: y", True, b"HTTP/1.1 200 OK\r\nX: y"),
    "in the body": (ANSWER[:-1], False, b"o"),
    "in a chunk": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n5\r\nhel",
        False,
        b"okhel",
    ),
    "before anything": (b"", False, b""),
}


@pytest.mark.parametrize("name", CUTS)
@pytest.mark.parametrize("ending", ["closed", "reset", "late"])
def test_what_is_cut_is_kept_as_far_as_it_came(name: str, ending: str) -> None:
    data, has_head, received = CUTS[name]

    def serve(connection: socket.socket) -> None:
        request_on(connection)
        connection.sendall(data)
        if ending == "reset":
            sleep(0.05)  # a reset would overtake what was sent
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if ending == "late":
            request_on(connection)

    with serving(serve) as url:
        failed = failure(url, seconds=0.3 if ending == "late" else 5)
    assert (failed.has_head, failed.received) == (has_head, received)
    reasons = {"closed": "ended", "reset": "broke", "late": "no whole response in time"}
    assert reasons[ending] in failed.reason


def test_an_answer_before_the_request_is_read_is_an_answer() -> None:
    """A server that refuses a large body may answer, and close, without reading all of it."""

    def serve(connection: socket.socket) -> None:
        connection.recv(1)
        connection.sendall(b"HTTP/1.1 413 No\r\nContent-Length: 2\r\n\r\nok")
        connection.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            while connection.recv(1 << 16):
                pass

    with serving(serve) as url:
        response = outcome(url, body=b"x" * 2_000_000)
    assert isinstance(response, Response)
    assert (response.status, response.body) == (413, b"ok")


def test_whoever_asks_is_told_in_this_order() -> None:
    calls: list[str] = []
    replies: list[Arriving] = []

    def arriving(reply: Arriving) -> None:
        calls.append("arriving")
        replies.append(reply)

    def serve(connection: socket.socket) -> None:
        request_on(connection)
        calls.append("request")
        connection.sendall(ANSWER)

    with serving(serve) as url:
        response = outcome(url, arriving=arriving, leaving=lambda: calls.append("leaving"))
    assert calls == ["arriving", "leaving", "request"]
    assert isinstance(response, Response)
    (reply,) = replies
    assert (reply.is_whole, reply.status, reply.received()) == (True, 200, b"ok")


def test_an_interrupt_while_reading_comes_with_what_was_received() -> None:
    class Stop(BaseException):
        pass

    def arriving(reply: Arriving) -> None:
        kept.append(reply)

    def leaving() -> None:
        raise Stop

    kept: list[Arriving] = []
    with serving(lambda connection: connection.sendall(ANSWER)) as url:
        failed = outcome(url, arriving=arriving, leaving=leaving)
    assert isinstance(failed, SendFailed)
    assert isinstance(failed.interrupt, Stop)
    assert failed.sent
    assert failed.interrupt.__traceback__ is None
