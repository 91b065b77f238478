"""Credentials and addresses that policies or the grammar ask for, on both sides."""

import importlib
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from tests.cases.vaults import SOAP, Changing, Handlers, client, vault_of

CREDENTIALS = ["username_token", "username_token_digest", "http_basic", "policies"]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:  # Any: as above
    with vault_of(tmp_path_factory.mktemp("vault")) as package:
        yield package


@pytest.mark.parametrize("way", [*CREDENTIALS, "none"])
@SOAP
def test_a_service_sees_who_calls(tmp_path: Path, way: str, binding: str) -> None:
    with vault_of(tmp_path, way) as package:
        handlers = Handlers(package)
        transport = Changing(package, handlers)
        if way == "none":
            with pytest.raises(TypeError, match="username"):
                client(package, transport, binding)
            caller = package.Client(binding=package.Binding[binding], transport=transport)
            caller.open(number=1)
            assert not hasattr(handlers.asked[0], "credentials")
            assert b"UsernameToken" not in transport.sent[0].body
            return
        caller = client(package, transport, binding)
        caller.open(number=1)
        came = handlers.asked[0].credentials
        assert came.username == "me"
        assert came.matches("open sesame")
        assert not came.matches("open sesam")
        assert not came.matches("")
        shown = f"{handlers.asked[0]!r}{came!r}{caller!r}{transport.sent[0]!r}"
        assert "sesame" not in shown
        is_text = b"sesame" in transport.sent[0].body
        assert is_text == (way == "username_token")


@pytest.mark.parametrize("way", CREDENTIALS)
@SOAP
def test_a_service_may_refuse(tmp_path: Path, way: str, binding: str) -> None:
    with vault_of(tmp_path, way) as package:
        caller = client(package, Changing(package, Handlers(package, password="other")), binding)
        with pytest.raises(package.ServiceFault) as caught:
            caller.close_()
        is_basic = way == "http_basic"
        assert caught.value.status == (401 if is_basic else 500)
        assert (caught.value.header("WWW-Authenticate") is not None) == is_basic
        assert caught.value.message == "The credentials are not accepted."


def test_what_cannot_be_carried_is_named(tmp_path: Path) -> None:
    for way, wrong in (
        ("username_token", {"password": "a\0"}),
        ("username_token", {"username": "a\ud800"}),
        ("http_basic", {"username": "a:b"}),
        ("http_basic", {"password": "a\nb"}),
    ):
        with vault_of(tmp_path, way) as package:
            caller = client(package, Changing(package, Handlers(package)), **wrong)
            with pytest.raises(package.InvalidParameter) as caught:
                caller.open(number=1)
            assert caught.value.parameter == next(iter(wrong))
            carrier = "HTTP Basic" if way == "http_basic" else "post|soap11|soap12"
            assert re.search(f"({carrier}) cannot carry U\\+", str(caught.value))


def test_a_transport_with_an_account_of_its_own_sends_none(tmp_path: Path) -> None:
    with vault_of(tmp_path, "http_basic") as package:
        transport = package.HttpTransport(auth=("gateway", "open barley"))
        caller = client(package, transport, base_url="http://127.0.0.1:9/", retries=3)
        with pytest.raises(package.NotSent, match="a header Authorization of its own") as caught:
            caller.open(number=1)
        assert "barley" not in str(caught.value)
        assert "sesame" not in str(caught.value)


def test_a_password_may_be_a_function(vault: Any) -> None:
    handlers = Handlers(vault)
    passwords = iter(["one", "two"])
    caller = client(vault, Changing(vault, handlers), password=lambda: next(passwords))
    for password in ("one", "two"):
        caller.open(number=1)
        assert handlers.asked[-1].credentials.matches(password)


def test_a_request_that_is_repeated_has_another_nonce_and_name(vault: Any) -> None:
    exchange = importlib.import_module("vault._runtime.wire.exchange")
    transport = Changing(vault, Handlers(vault))
    transport.failures.append(exchange.SendFailed("cut", sent=True))
    client(vault, transport, retries=1).open(number=1)
    first, second = (own.body for own in transport.sent)
    for name in (b"wsse:Nonce", b"wsa:MessageID"):
        (one,), (other,) = (
            re.findall(b"<%s [^>]*>([^<]+)<" % name, own) for own in (first, second)
        )
        assert one != other


@SOAP
def test_a_response_says_which_request_it_belongs_to(
    vault: Any, binding: str, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[bytes] = []

    def note(body: bytes) -> bytes:
        seen.append(body)
        return body

    transport = Changing(vault, Handlers(vault), note)
    client(vault, transport, binding).open(number=1)
    (sent,) = re.findall(rb"<wsa:MessageID [^>]*>([^<]+)<", transport.sent[0].body)
    assert re.findall(rb"<wsa:RelatesTo [^>]*>([^<]+)<", seen[0]) == [sent]
    assert re.findall(rb"<wsa:Action [^>]*>([^<]+)<", seen[0]) == [b"urn:vault:opened"]
    assert caplog.records == []


@SOAP
def test_a_response_to_another_request_counts_and_is_logged(
    vault: Any, binding: str, caplog: pytest.LogCaptureFixture
) -> None:
    transport = Changing(
        vault, Handlers(vault), lambda body: body.replace(b">urn:uuid:", b">urn:uuid:0")
    )
    assert len(client(vault, transport, binding).open(number=1)) == 2
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "Open" in record.getMessage()
    assert "uuid" not in record.getMessage()
