"""What is fetched is bounded, and comes from nowhere that the user would not have asked."""

import shutil
import socket
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.vendor.serving import Answer, redirect, serving

from unstringly.read.wsdl.bytes import LARGEST_FILE
from unstringly.vendor import fetching
from unstringly.vendor.fetching import MOST_REDIRECTS, Fetched, NotFetched, fetch

HERE = frozenset({"127.0.0.1"})


def refusal(address: str, hosts: frozenset[str] = HERE, seconds: float = 30) -> str:
    with pytest.raises(NotFetched) as caught:
        fetch(address, hosts, seconds)
    return str(caught.value)


def test_a_document_is_fetched_as_it_is() -> None:
    data = b"\xef\xbb\xbf<a>\r\n\xff</a>"
    with serving({"/x.xsd?a=b&c=%20d": data}) as served:
        address = f"{served.base}/x.xsd?a=b&c=%20d"
        assert fetch(address, HERE) == Fetched(data, address)
        assert fetch(f"{served.base}/x.xsd?a=b&c= d", HERE).data == data
    assert served.headers[0]["Host"] == served.base.removeprefix("http://")
    assert not {"Cookie", "Authorization", "Referer"} & served.headers[0].keys()


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "data:text/xml,<a/>"),
        *("http:///x", "http://", "//127.0.0.1/x", "/etc/passwd", "x.xsd", "http://[::1", ""),
        *("http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://127.0.0.1:0/"),
        *("http://me:secret@127.0.0.1/", "http://me@127.0.0.1/", "\\\\host\\share\\x.xsd"),
    ],
)
def test_other_addresses_are_not_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    message = refusal(address)
    assert "AssertionError" not in message
    assert "secret" not in message


def test_a_host_in_a_private_network_must_be_named() -> None:
    with serving({"/x": b"<a/>"}) as served:
        for address in (served.base, served.base.replace("127.0.0.1", "localhost")):
            assert "add --host" in refusal(f"{address}/x", frozenset({"example.com"}))
        assert served.asked == []


def test_a_redirect_into_a_private_network_is_not_followed() -> None:
    with serving({"/x": b"<a/>"}) as inner, serving({"/x": redirect("")}) as outer:
        to = inner.base.replace("127.0.0.1", "localhost")
        outer.answers["/x"] = redirect(f"{to}/x")
        assert "localhost" in refusal(f"{outer.base}/x")
        assert (inner.asked, outer.asked) == ([], ["/x"])


def test_a_public_name_with_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(*_args: object, **_kwargs: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("169.254.169.254", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert "169.254.169.254" in refusal("http://metadata.example.com/latest")


def test_redirects_are_followed_and_counted() -> None:
    with serving({"/end.xsd": b"<a/>", "/s/0": redirect("../end.xsd#part")}) as served:
        for step in range(1, MOST_REDIRECTS + 1):
            served.answers[f"/s/{step}"] = redirect(f"{step - 1}")
        last = f"{served.base}/s/{MOST_REDIRECTS - 1}"
        assert fetch(last, HERE) == Fetched(b"<a/>", f"{served.base}/end.xsd")
        assert "redirected" in refusal(f"{served.base}/s/{MOST_REDIRECTS}")
        served.answers["/loop"] = redirect("/loop")
        before = len(served.asked)
        assert "redirected" in refusal(f"{served.base}/loop")
        assert len(served.asked) - before == MOST_REDIRECTS + 1


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://a:b@127.0.0.1/"])
def test_redirects_to_other_schemes_are_refused(to: str) -> None:
    with serving({"/x": redirect(to)}) as served:
        refusal(f"{served.base}/x")
        assert served.asked == ["/x"]


def test_no_redirect_leads_from_https_to_http(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(address: object, _hosts: object) -> str:
        asked.append(str(address))
        return "http://127.0.0.1/x"

    monkeypatch.setattr(fetching, "_asked", answer)
    assert "from https" in refusal("https://127.0.0.1/x")
    assert len(asked) == 1


def headers(*pairs: tuple[str, str], then: bytes = b"") -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in pairs:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(then)

    return answer


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 1_000_000)
    except OSError:
        return


def dripping(handler: BaseHTTPRequestHandler) -> None:
    try:
        for _ in range(100):
            handler.wfile.write(b"H")
            time.sleep(0.02)
    except OSError:
        return


def broken(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(500)


def closed(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(401)


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\0\xff\r\n\r\n")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (headers(("Content-Length", str(LARGEST_FILE + 1))), "more than"),
        (endless, "more than"),
        (headers(("Content-Length", "9"), then=b"<a/>"), "could not be asked|ended before"),
        (headers(("Transfer-Encoding", "chunked"), then=b"4\r\n<a/>\r\n9"), "could not be asked"),
        (headers(("Content-Encoding", "gzip"), then=b"x"), "compressed"),
        (garbage, "could not be asked"),
        (broken, "500"),
        (closed, "save the document yourself"),
        (silent, "could not be asked"),
    ],
)
def test_answers_that_are_no_whole_document(answer: Answer, words: str) -> None:
    with serving({"/x": answer}) as served, pytest.raises(NotFetched, match=words):
        fetch(f"{served.base}/x", HERE)


def test_all_of_it_ends_in_time() -> None:
    with serving({"/x": dripping}) as served:
        start = time.monotonic()
        assert "0.3 seconds" in refusal(f"{served.base}/x", seconds=0.3)
        assert time.monotonic() - start < 30


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert "could not be asked" in refusal(f"http://127.0.0.1:{port}/x")


def test_a_certificate_must_be_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("there is no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = [program, *request.split(), *names, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving({"/x": b"<a/>"}, context) as served:
        assert "CERTIFICATE_VERIFY_FAILED" in refusal(f"{served.base}/x")
        assert served.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch(f"{served.base}/x", HERE).data == b"<a/>"
        served.answers["/y"] = redirect(f"http{served.base.removeprefix('https')}/x")
        assert "from https" in refusal(f"{served.base}/y")
