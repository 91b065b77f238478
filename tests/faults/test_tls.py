"""Encrypted connections: trust, the wrong protocol at either end, and endings without a goodbye."""

import gc
import shutil
import ssl
import subprocess
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from tests.faults.answers import document, good, media, message
from tests.faults.clients import OURS, PHONE, SIGNED, Terms, Way, attempt, gateway
from tests.faults.evidence import leaks, texts_of, whole_log
from tests.faults.faults import FAULTS, Reply
from tests.faults.outcomes import LONG, OUTCOMES, SHORT, Expected, assert_outcome
from tests.faults.servers import HOST, Behaviour, Peer, Server
from tests.faults.test_outcomes import each_way

from msgsend import (
    Client,
    HttpTransport,
    IncompleteResponse,
    MalformedResponse,
    NotSent,
    OutcomeUnknown,
    Parsed,
)


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Generator[None]:
    """A connection that nobody closed tells so when it is collected: here, and not later."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that signs itself, for the address of the servers, with its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("there is no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1"  # RSA takes a busy machine a minute
    arguments = f"req -x509 {key} -nodes -days 2 -subj /CN=localhost"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    names = ["-addext", f"subjectAltName=IP:{HOST},DNS:localhost"]
    subprocess.run(
        [program, *arguments.split(), *files, *names], check=True, capture_output=True, timeout=60
    )
    return folder


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder / "certificate.pem")


def server_context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


@each_way
def test_encrypted_connections_are_kept(certificate: Path, way: Way) -> None:
    with Server(Reply(good), tls=server_context(certificate)) as server:
        sender = gateway(way, Terms(server.url, timeout=LONG, tls=trusting(certificate)))
        for _ in range(3):
            assert sender.call("send_msg", des_no=PHONE, msg=SIGNED) == PHONE
        sender.close()
    assert (server.seen.connections, len(server.seen.requests)) == (1, 3)


@each_way
def test_records_that_arrive_at_once_are_read_one_behind_the_other(
    certificate: Path, way: Way
) -> None:
    page = "|".join(f"{number:08}" for number in range(3000))

    def serve(peer: Peer) -> None:
        for seen in peer.requests():
            wire = good(seen, page)
            with peer.together():
                for at in range(0, len(wire), 777):
                    peer.send(wire[at : at + 777])

    with Server(serve, tls=server_context(certificate)) as server:
        sender = gateway(way, Terms(server.url, timeout=LONG, tls=trusting(certificate)))
        for _ in range(2):
            result = sender.call("get_mo2")
            assert isinstance(result, Parsed)
            assert result.raw == page
            assert len(result.malformed) == 1
        sender.close()


@pytest.mark.parametrize("way", OURS)
def test_a_broken_record_costs_nothing_of_those_before_it(certificate: Path, way: Way) -> None:
    def serve(peer: Peer) -> None:
        for seen in peer.requests():
            with peer.together():
                peer.send(good(seen))
                peer.send_bare(b"\x17\x03\x03\x00\x20" + bytes(32))

    with Server(serve, tls=server_context(certificate)) as server:
        terms = Terms(server.url, timeout=LONG, tls=trusting(certificate))
        assert attempt(way, terms, "SendMsg") == PHONE


@pytest.mark.some(4)
@pytest.mark.parametrize(
    "name",
    ["body cut", "body cut by a reset", "read and closed", "never answered", "chunked, cut"],
)
@each_way
def test_faults_are_the_same_through_encryption(certificate: Path, name: str, way: Way) -> None:
    timeout = SHORT + 0.5 if FAULTS[name].hangs else LONG
    with Server(FAULTS[name].serve, tls=server_context(certificate)) as server:
        terms = Terms(server.url, timeout=timeout, retries=3, tls=trusting(certificate))
        assert_outcome(attempt(way, terms, "SendMsg"), OUTCOMES[name])
    assert len(server.seen.requests) == 1


@each_way
def test_a_certificate_that_nobody_trusts_gets_no_request(certificate: Path, way: Way) -> None:
    with Server(Reply(good), tls=server_context(certificate)) as server, whole_log() as log:
        outcome = attempt(way, Terms(server.url, timeout=LONG), "SendMsg")
    assert isinstance(outcome, NotSent)
    assert not server.seen.requests
    assert leaks(*log.texts, *texts_of(outcome)) == []


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CA of our own, and what it signed: `server`, `other` of another address, and `client`."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("there is no openssl to make certificates with")
    folder = tmp_path_factory.mktemp("authority")
    key = "-newkey rsa:2048 -nodes -days 2"
    usage = "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign"
    commands = [f"req -x509 {key} -subj /CN=authority -keyout ca.key -out ca.pem {usage}"]
    for name, address in (("server", HOST), ("other", "127.0.0.9"), ("client", "127.0.0.9")):
        (folder / f"{name}.ext").write_text(f"subjectAltName=IP:{address}\n")
        commands += [
            f"req {key} -subj /CN={name} -keyout {name}.key -out {name}.csr".replace("-days 2", ""),
            f"x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
            f" -extfile {name}.ext -out {name}.pem",
        ]
    for arguments in commands:
        subprocess.run(
            [program, *arguments.split()], cwd=folder, check=True, capture_output=True, timeout=60
        )
    return folder


def test_an_authority_of_ones_own_and_a_certificate_for_the_client(authority: Path) -> None:
    """As the docstring of HttpTransport has it."""
    asking = serving_as(authority, "server")
    asking.load_verify_locations(authority / "ca.pem")
    asking.verify_mode = ssl.CERT_REQUIRED
    context = ssl.create_default_context(cafile=authority / "ca.pem")
    context.load_cert_chain(authority / "client.pem", authority / "client.key")
    with Server(Reply(good), tls=asking) as server:
        terms = Terms(server.url, timeout=LONG, tls=context)
        with Client(**terms.common, transport=HttpTransport(tls=context)) as client:
            for _ in range(2):
                assert client.send_msg(des_no=PHONE, msg=SIGNED) == PHONE
    assert server.seen.connections == 1


def serving_as(authority: Path, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / f"{name}.pem", authority / f"{name}.key")
    return context


@each_way
def test_a_certificate_for_somebody_else_gets_no_request(authority: Path, way: Way) -> None:
    tls = ssl.create_default_context(cafile=authority / "ca.pem")
    with Server(Reply(good), tls=serving_as(authority, "other")) as server:
        outcome = attempt(way, Terms(server.url, timeout=LONG, tls=tls), "SendMsg")
    assert isinstance(outcome, NotSent)
    assert not server.seen.requests
    assert server.seen.connections == 1


@pytest.mark.parametrize(
    ("name", "is_trusted", "told"),
    [("server", False, "unable to get local issuer"), ("other", True, f"not valid for '{HOST}'")],
)
def test_a_bad_certificate_is_told_from_no_connection_and_not_tried_again(
    authority: Path, name: str, is_trusted: bool, told: str
) -> None:
    tls = ssl.create_default_context(cafile=authority / "ca.pem") if is_trusted else None
    with Server(Reply(good), tls=serving_as(authority, name)) as server:
        terms = Terms(server.url, timeout=LONG, retries=3, tls=tls)
        outcome = attempt("http", terms, "SendMsg")
    assert isinstance(outcome, NotSent)
    assert "the server's certificate is not trusted: " in outcome.reason
    assert told in outcome.reason
    assert server.seen.connections == 1


def _no_tls(peer: Peer) -> None:
    peer.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    peer.hold()


def _reset(peer: Peer) -> None:
    peer.read()
    peer.reset()


PLAIN: dict[str, tuple[Behaviour, float]] = {
    "an answer": (_no_tls, LONG),
    "silence": (Peer.hold, SHORT),
    "its end": (lambda _: None, LONG),
    "a reset": (_reset, LONG),
}


@pytest.mark.some(4)
@pytest.mark.parametrize("name", PLAIN)
@each_way
def test_a_server_without_encryption_gets_no_request(name: str, way: Way) -> None:
    serve, timeout = PLAIN[name]
    with Server(serve) as server, whole_log() as log:
        url = server.url.replace("http://", "https://")
        outcome = attempt(way, Terms(url, timeout=timeout), "SendMsg")
    assert isinstance(outcome, NotSent)
    assert b"SendMsg" not in server.seen.arrived
    assert leaks(server.seen.arrived.decode("latin-1")) == []
    assert leaks(*log.texts, *texts_of(outcome)) == []


@each_way
def test_a_request_without_encryption_may_have_arrived(certificate: Path, way: Way) -> None:
    """The server answers it with an alert, which is no HTTP."""
    with Server(Reply(good), tls=server_context(certificate)) as server, whole_log() as log:
        url = server.url.replace("https://", "http://")
        outcome = attempt(way, Terms(url, timeout=LONG, retries=3), "SendMsg")
    assert server.seen.arrived.startswith(b"POST ")
    assert server.seen.connections == 1
    assert isinstance(outcome, OutcomeUnknown)
    assert leaks(*log.texts, *texts_of(outcome)) == []


@each_way
def test_a_refusal_behind_the_handshake_comes_too_late(certificate: Path, way: Way) -> None:
    """In TLS 1.3 a client learns that its certificate is missing when it has already written."""
    context = server_context(certificate)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(certificate / "certificate.pem")
    with Server(Reply(good), tls=context) as server:
        terms = Terms(server.url, timeout=LONG, retries=3, tls=trusting(certificate))
        outcome = attempt(way, terms, "SendMsg")
    assert_outcome(outcome, OutcomeUnknown)
    assert server.seen.connections == 1


ENDINGS: dict[str, tuple[Reply, Expected]] = {
    # Without a length only the end of the connection ends the body. One that says no goodbye
    # (a close_notify) may be anybody's doing: if it is taken for the end, XML must tell.
    "cut": (
        Reply(lambda r: message(document(r)[:-20], media(r), length=-1), "close"),
        (IncompleteResponse, MalformedResponse),
    ),
    "cut by a reset": (
        Reply(lambda r: message(document(r)[:-20], media(r), length=-1), "reset"),
        (IncompleteResponse, MalformedResponse, OutcomeUnknown),
    ),
}


@pytest.mark.parametrize("name", ENDINGS)
@each_way
def test_an_end_without_a_goodbye_is_no_result(certificate: Path, name: str, way: Way) -> None:
    serve, expected = ENDINGS[name]
    with Server(serve, tls=server_context(certificate)) as server:
        terms = Terms(server.url, timeout=LONG, tls=trusting(certificate))
        assert_outcome(attempt(way, terms, "SendMsg"), expected)


@pytest.mark.parametrize("way", ["http", "async"])
def test_a_handshake_has_the_same_deadline(way: Way) -> None:
    """The beginning of a TLS record comes, and then its content byte by byte, for ten seconds."""
    dripped = threading.Event()

    def drip(peer: Peer) -> None:
        peer.send(b"\x16\x03\x03\x40\x00")
        peer.drip(bytes(500), 0.02)
        dripped.set()

    with Server(drip) as server:
        url = server.url.replace("http://", "https://")
        outcome = attempt(way, Terms(url, timeout=SHORT), "SendMsg")
        assert not dripped.is_set()
    assert isinstance(outcome, NotSent)
