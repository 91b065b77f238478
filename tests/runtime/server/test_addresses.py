"""The address that a service's documents have: of the header Host, or the one that it was told."""

import asyncio
import re
import socket
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.server.asgi import PATH, raw
from tests.runtime.server.handlers import Handlers

from msgsend import InvalidParameter, server
from msgsend._runtime.server.asgi import App
from msgsend._runtime.testing.socket_server import serving

SOAP = re.compile(rb'<soap:address location="([^"]*)"')


def wsdl(app: App, host: bytes | None, **scope: object) -> tuple[int, bytes]:
    headers = [] if host is None else [(b"host", host)]
    message = {"type": "http.request"}
    asked = {"method": "GET", "path": PATH, "query_string": b"WSDL", "headers": headers} | scope
    return asyncio.run(raw(app, message, **asked))


def addresses(body: bytes) -> set[str | None]:
    elements = ElementTree.fromstring(body).iter()
    return {element.get("location") for element in elements if element.tag.endswith("}address")}


GOOD = [
    "x",
    "here.example:1210",
    "127.0.0.1:80",
    "[::1]:8080",
    "[fe80::1]",
    "a_b-c.example.",
    "XN--FSQ:65535",
]


@pytest.mark.parametrize("host", GOOD)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_is_written_into_the_documents(host: str, scheme: str) -> None:
    status, body = wsdl(server.create_app(Handlers()), host.encode(), scheme=scheme)
    assert (status, addresses(body)) == (200, {f"{scheme}://{host}{PATH}"})


def test_without_a_host_it_is_this_machine() -> None:
    for host in (None, b""):
        _, body = wsdl(server.create_app(Handlers()), host)
        assert addresses(body) == {f"http://localhost{PATH}"}


ATTACKS = [
    b'x"/><soap:address location="http://evil.example/',
    b"x' y='z",
    b"x&y<z>",
    b"user@evil.example",
    b"evil.example/other",
    b"evil.example#",
    b"evil.example?",
    b"x:",
    b"x:123456",
    b"x:65536",
    b"x:1:2",
    b"[::1",
    b"::1",
    b"x y",
    b"x\ty",
    b"x,y",
    b"\xff\xfe",
    b"-x",
    b"a" * 400,
]


@pytest.mark.parametrize("host", [*ATTACKS, b"x\n", b"x\r\ny: z"])
def test_what_is_no_host_is_a_bad_request(host: bytes) -> None:
    assert wsdl(server.create_app(Handlers()), host)[0] == 400


@pytest.mark.parametrize("http", ["h11", "httptools"])
def test_no_attack_comes_through_a_socket(http: str) -> None:
    """Some are refused by the server itself; none ends up in a document, and calls go on."""
    with serving(server.create_app(Handlers()), http=http) as address:
        parts = urlsplit(address)
        for host in ATTACKS:
            for query, good in ((b"?WSDL", b"400"), (b"/GetMo2?userCode=&userPass=", b"200")):
                with socket.create_connection((parts.hostname, parts.port), timeout=5) as asking:
                    head = b"GET " + PATH.encode() + query + b" HTTP/1.1\r\nHost: " + host
                    asking.sendall(head + b"\r\nConnection: close\r\n\r\n")
                    response = b"".join(iter(lambda: asking.recv(65536), b""))
                assert response.split()[1] in (b"400", good), host
                assert not SOAP.search(response)


@given(host=st.binary(max_size=20))
def test_a_document_has_one_address_whatever_the_host_is(host: bytes) -> None:
    status, body = wsdl(server.create_app(Handlers()), host)
    if status == 200:
        (address,) = addresses(body)
        parts = urlsplit(address or "")
        assert (parts.scheme, parts.netloc, parts.path) == (
            "http",
            host.decode("ascii") or "localhost",
            PATH,
        )


def test_a_public_address_stands_in_for_the_host() -> None:
    public = "https://sms.example/gateway/MsgSend.asmx"
    app = server.create_app(Handlers(), public_url=f"{public}/")
    for host in (b"other.example", b'"><x', None):
        status, body = wsdl(app, host)
        assert (status, addresses(body)) == (200, {public})


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-forwarded-proto", "forwarded"])
def test_headers_of_proxies_are_not_read(header: str) -> None:
    headers = [(b"host", b"here.example"), (header.encode(), b"https")]
    _, body = wsdl(server.create_app(Handlers()), None, headers=headers)
    assert addresses(body) == {f"http://here.example{PATH}"}


@pytest.mark.parametrize(
    "public_url",
    ["", "sms.example", "/x", "ftp://x/", "https://u:p@x/", "https://x/?a", "http://x y"],
)
def test_what_is_no_address_is_refused(public_url: str) -> None:
    with pytest.raises(InvalidParameter) as raised:
        server.create_app(Handlers(), public_url=public_url)
    assert raised.value.parameter == "public_url"


@pytest.mark.parametrize("path", ["", "x", "/x?y", "/x#y"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(InvalidParameter) as raised:
        server.create_app(Handlers(), path=path)
    assert raised.value.parameter == "path"
