"""The pool of the default transport: what is kept, for how long, and whose it is."""

import os
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress

import httpx2
import pytest
from tests.runtime.client.fakes import PHONE, SECRET, SIGNED, answered, request_on

from msgsend import Client, HttpTransport, HttpxTransport, NotSent

KEPT_LONG = httpx2.Limits(keepalive_expiry=60)
"""Connections are there still when a child has ended, also where that takes it seconds."""


@contextmanager
def server() -> Generator[tuple[str, list[int]]]:
    """A server that counts its connections, and answers what it has read with a number."""
    served: list[int] = []
    open_ones: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer(connection: socket.socket, number: int) -> None:
            body = answered(str(number)).body
            head = (
                f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            with connection, suppress(OSError):
                while request_on(connection):
                    connection.sendall(head.encode() + body)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    open_ones.append(connection)
                    served.append(len(served) + 1)
                    threading.Thread(target=answer, args=(connection, len(served))).start()

        thread = threading.Thread(target=accept)
        thread.start()
        port = listening.getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}/Services/MsgSend.asmx", served
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in open_ones:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def client(address: str, transport: HttpTransport | HttpxTransport) -> Client:
    return Client(user_code="demo", user_pass=SECRET, base_url=address, transport=transport)


def send(sender: Client) -> object:
    return sender.send_msg(des_no=PHONE, msg=SIGNED)


def test_a_connection_serves_again_until_its_time_is_up() -> None:
    with server() as (address, _), client(address, HttpTransport(keep_alive=0.3)) as sender:
        assert [send(sender), send(sender)] == ["1", "1"]
        time.sleep(0.4)
        assert send(sender) == "2"


def test_nothing_is_kept_where_nothing_shall_be() -> None:
    with server() as (address, _), client(address, HttpTransport(keep_alive=0)) as sender:
        assert [send(sender), send(sender)] == ["1", "2"]


def test_a_connection_to_another_address_makes_room() -> None:
    with server() as (address, _), server() as (another, _):
        transport = HttpTransport(connections=1)
        with client(address, transport) as first:
            second = client(another, transport)
            assert [send(first), send(second), send(first)] == ["1", "1", "2"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("kind", [HttpTransport, HttpxTransport])
def test_a_fork_does_not_share_connections(
    kind: type[HttpTransport | HttpxTransport], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes that read from one connection would read each other's answers."""
    monkeypatch.setattr("msgsend._runtime.transports.httpx_transport.LIMITS", KEPT_LONG)
    transport = HttpTransport(keep_alive=60) if kind is HttpTransport else HttpxTransport()
    with server() as (address, served), client(address, transport) as sender:
        assert send(sender) == "1"
        child = os.fork()
        if not child:
            os._exit(0 if send(sender) == "2" else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert send(sender) == "1"
        assert len(served) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_after_a_fork_a_transport_of_somebodys_own_is_not_used() -> None:
    own = HttpxTransport(httpx2.HTTPTransport(limits=KEPT_LONG))
    with server() as (address, served), client(address, own) as sender:
        assert send(sender) == "1"
        child = os.fork()
        if not child:
            try:
                send(sender)
            except NotSent as error:
                os._exit(0 if "another process's" in str(error) else 2)
            os._exit(1)
        assert os.waitpid(child, 0)[1] == 0
        assert send(sender) == "1"
        assert len(served) == 1


def test_a_closed_pool_gives_no_connection() -> None:
    with server() as (address, _):
        sender = client(address, HttpTransport())
        send(sender)
        sender.close()
        with pytest.raises(NotSent, match="closed"):
            send(sender)
