"""The applications on uvicorn, with both of the parsers that it has for HTTP."""

import socket
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from tests.runtime.server.handlers import Handlers
from tests.runtime.server.pushes import FORM, PATH, REPORT

from msgsend import Binding, Client, Push, create_push_app, expect, server
from msgsend._runtime.server.asgi import App
from msgsend._runtime.testing.socket_server import serving

each_parser = pytest.mark.parametrize("http", ["h11", "httptools"])


@contextmanager
def connected(app: App, http: str) -> Generator[HTTPConnection]:
    with serving(app, http=http) as address:
        parts = urlsplit(address)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
        try:
            yield connection
        finally:
            connection.close()


@each_parser
def test_pushes(http: str) -> None:
    pushes: list[Push] = []
    app = create_push_app(pushes.append, path=PATH, account="demo", max_bytes=1000)
    cases = [
        ("POST", PATH, REPORT, FORM, 200),
        ("POST", PATH, b"account=you&GetReport=", FORM, 403),
        ("POST", PATH, b"account=demo", FORM, 400),
        ("POST", PATH, b"{}", "application/json", 415),
        ("POST", PATH, b"x" * 1001, FORM, 413),
        ("POST", "/elsewhere", REPORT, FORM, 404),
        ("GET", PATH, b"", FORM, 405),
    ]
    for method, path, body, kind, status in cases:
        with connected(app, http) as connection:
            connection.request(method, path, body, {"Content-Type": kind})
            response = connection.getresponse()
            assert (response.status, response.getheader("allow")) == (
                status,
                "POST" if status == 405 else None,
            )
    assert len(pushes) == 1


@each_parser
def test_a_chunked_push_is_not_read_without_end(http: str) -> None:
    app = create_push_app(lambda _: None, path=PATH, account="demo", max_bytes=1000)
    with connected(app, http) as connection:
        pieces = iter([b"x" * 600, b"x" * 600])
        connection.request("POST", PATH, pieces, {"Content-Type": FORM}, encode_chunked=True)
        assert connection.getresponse().status == 413


@each_parser
def test_a_slow_push_is_not_waited_for(http: str) -> None:
    pushes: list[Push] = []
    app = create_push_app(pushes.append, path=PATH, account="demo", timeout=0.2)
    with serving(app, http=http) as address:
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname, parts.port), timeout=5) as slow:
            head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
            slow.sendall(f"{head}Content-Length: {len(REPORT)}\r\n\r\n".encode() + REPORT[:5])
            assert slow.recv(1000).startswith(b"HTTP/1.1 408")
    assert pushes == []


@each_parser
def test_a_response_is_not_held_back(http: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Head and body leave at once: no call waits 40 ms for the client's acknowledgement."""
    accepted: list[int] = []
    accept = socket.socket.accept

    def noted(listening: socket.socket) -> tuple[socket.socket, object]:
        connection, address = accept(listening)
        accepted.append(connection.dup().detach())
        return connection, address

    monkeypatch.setattr(socket.socket, "accept", noted)
    with connected(server.create_app(Handlers()), http) as connection:
        connection.request("GET", "/Services/MsgSend.asmx")
        assert connection.getresponse().read()
        (descriptor,) = accepted
        with socket.socket(fileno=descriptor) as held:
            assert held.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@each_parser
@pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
def test_the_service(http: str, binding: Binding) -> None:
    handlers = Handlers()
    with serving(server.create_app(handlers), http=http) as address:
        base_url = f"{address}/Services/MsgSend.asmx"
        with Client(user_code="demo", user_pass="x", base_url=base_url, binding=binding) as client:
            for number in range(3):
                text = f"{number}: <&>]]> 验证码【签名】"
                assert (
                    expect(client.send_msg(des_no="13900000000", msg=text)) == "2314357620085030623"
                )
                request = handlers.asked[-1]
                assert isinstance(request, server.SendMsg)
                assert request.msg == text
