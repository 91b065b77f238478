"""The servers of these tests count right: otherwise the tests would prove nothing."""

import socket
import threading
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from tests.faults.answers import good
from tests.faults.faults import FAULTS, Reply
from tests.faults.servers import HOST, PATH, Door, Peer, Server

FORM = "userPass=a%26b&DesNo=13900000000"
TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


def port_of(server: Server) -> int:
    port = urlsplit(server.url).port
    assert port is not None
    return port


def test_whole_requests_are_counted_and_kept() -> None:
    with Server(Reply(good)) as server:
        connection = HTTPConnection(HOST, port_of(server))
        for _ in range(2):
            connection.request("POST", f"{PATH}/SendMsg", FORM, TYPE)
            assert b">13900000000<" in connection.getresponse().read()
        connection.close()
    assert (server.seen.connections, server.seen.began, len(server.seen.requests)) == (1, 2, 2)
    assert server.seen.requests[1].parameters["userPass"] == "a&b"
    assert server.seen.requests[0].raw == server.seen.requests[1].raw
    assert bytes(server.seen.arrived) == b"".join(request.raw for request in server.seen.requests)


@pytest.mark.parametrize("cut", [1, 30, -1])
def test_a_request_that_does_not_end_has_begun(cut: int) -> None:
    wire = f"POST {PATH} HTTP/1.1\r\nContent-Length: {len(FORM)}\r\n\r\n{FORM}".encode()
    with Server(Reply(good)) as server, socket.create_connection((HOST, port_of(server))) as client:
        client.sendall(wire[:cut])
    assert (server.seen.began, len(server.seen.requests)) == (1, 0)
    assert server.seen.arrived == wire[:cut]


def test_what_comes_at_once_is_counted_apart() -> None:
    wire = f"GET {PATH}/GetMo?a=b HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    with Server(Peer.ignore) as server, socket.create_connection((HOST, port_of(server))) as client:
        client.sendall(wire * 2 + wire[:5])
    assert (server.seen.began, len(server.seen.requests)) == (3, 2)
    assert server.seen.requests[0].operation == "GetMo"


@pytest.mark.parametrize("door", ["closed", "full"])
def test_some_doors_are_closed(door: Door) -> None:
    with (
        Server(Reply(good), door=door) as server,
        pytest.raises(OSError, match=r"refused|timed out"),
    ):
        socket.create_connection((HOST, port_of(server)), 0.2)
    assert server.seen.connections == 0


def test_no_thread_stays_behind() -> None:
    before = {*threading.enumerate()}  # those of other tests may end meanwhile
    with ExitStack() as clients:
        for name in ("never read", "body without end", "no fault"):
            fault = FAULTS[name]
            with Server(fault.serve) as server:
                client = socket.create_connection((HOST, port_of(server)))
                clients.enter_context(client)
                client.sendall(f"GET {PATH}/GetMo?a=b HTTP/1.1\r\n\r\n".encode())
        assert before >= {*threading.enumerate()}
