"""Proxies over httpx2, only when asked for; and what is refused when a transport is made."""

import asyncio
import base64
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import httpx2
import pytest
from tests.faults.answers import good
from tests.faults.evidence import texts_of, whole_log
from tests.faults.faults import Reply
from tests.faults.servers import Server
from tests.faults.test_tls import certificate, server_context, trusting
from tests.runtime.client.fakes import PHONE, SECRET, SIGNED
from tests.runtime.transports.proxies import forwarding

from msgsend import (
    AsyncClient,
    Client,
    HttpxAsyncTransport,
    HttpxTransport,
    MsgSendError,
    NotSent,
    expect,
)

__all__ = ["certificate"]

Kind: TypeAlias = type[HttpxTransport] | type[HttpxAsyncTransport]
KINDS: Final = (HttpxTransport, HttpxAsyncTransport)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=["threads", "tasks"])
PASSWORD: Final = "pr0xy-t41l"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def sent(
    kind: Kind, url: str, *, proxy: str | None = None, tls: ssl.SSLContext | None = None
) -> object:
    """A batch number, or what was raised."""
    common: dict[str, Any] = {"user_code": "demo", "user_pass": SECRET, "base_url": url}

    async def run() -> object:
        transport = HttpxAsyncTransport(proxy=proxy, tls=tls)
        async with AsyncClient(**common, transport=transport, timeout=5) as sender:
            return expect(await sender.send_msg(des_no=PHONE, msg=SIGNED))

    try:
        if kind is HttpxAsyncTransport:
            return asyncio.run(run())
        with Client(**common, transport=HttpxTransport(proxy=proxy, tls=tls), timeout=5) as sender:
            return expect(sender.send_msg(des_no=PHONE, msg=SIGNED))
    except MsgSendError as error:
        return error


@each_kind
def test_a_call_goes_through_the_proxy_that_is_given(kind: Kind) -> None:
    with forwarding() as proxy, Server(Reply(good)) as server:
        assert sent(kind, server.url, proxy=proxy.address(f"me:{PASSWORD}")) == PHONE
        line = f"POST {server.url}/SendMsg HTTP/1.1\r\n".encode()
    (head,) = proxy.heads
    assert head.startswith(line)
    credentials = base64.b64encode(f"me:{PASSWORD}".encode())
    assert b"proxy-authorization: basic " + credentials.lower() in head.lower()
    assert len(server.seen.requests) == 1


@each_kind
def test_an_encrypted_call_goes_through_a_tunnel(kind: Kind, certificate: Path) -> None:
    with forwarding() as proxy, Server(Reply(good), tls=server_context(certificate)) as server:
        result = sent(kind, server.url, proxy=proxy.address(), tls=trusting(certificate))
        assert result == PHONE
    (head,) = proxy.heads
    assert head.startswith(b"CONNECT 127.0.0.1:")
    assert len(server.seen.requests) == 1


@each_kind
def test_the_environment_is_read_when_that_is_asked(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    with forwarding() as proxy, Server(Reply(good)) as server:
        monkeypatch.setenv("http_proxy", proxy.address())
        assert sent(kind, server.url) == PHONE
        assert proxy.heads == []
        assert sent(kind, server.url, proxy="environment") == PHONE
        assert len(proxy.heads) == 1
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert sent(kind, server.url, proxy="environment") == PHONE
        assert len(proxy.heads) == 1
        monkeypatch.delenv("no_proxy")
        monkeypatch.setenv("http_proxy", proxy.address().removeprefix("http://"))
        assert sent(kind, server.url, proxy="environment") == PHONE
        assert len(proxy.heads) == 2


def shown(texts: Iterable[str]) -> list[str]:
    """What shows the password, but for this file's own frames."""
    return [text for text in texts if PASSWORD in text and not text.startswith(__file__)]


@each_kind
def test_a_proxy_that_is_not_there_shows_no_password(kind: Kind) -> None:
    with Server(Reply(good), door="closed") as nobody, whole_log() as log:
        address = nobody.url.removeprefix("http://").partition("/")[0]
        outcome = sent(kind, "https://gateway.invalid/x", proxy=f"http://me:{PASSWORD}@{address}")
    assert isinstance(outcome, NotSent)
    assert shown((*log.texts, *texts_of(outcome))) == []


ADDRESSES: Final = {
    "no scheme": f"me:{PASSWORD}@127.0.0.1:8080",
    "another scheme": f"ftp://me:{PASSWORD}@127.0.0.1:8080",
    "no host": f"http://me:{PASSWORD}@",
    "no port": f"http://me:{PASSWORD}@127.0.0.1:port",
}


@pytest.mark.parametrize("name", ADDRESSES)
@each_kind
def test_what_is_no_address_of_a_proxy_is_refused_and_not_shown(kind: Kind, name: str) -> None:
    with pytest.raises(ValueError, match=r"^proxy: give an address such as") as raised:
        kind(proxy=ADDRESSES[name])
    assert shown(texts_of(raised.value)) == []


@each_kind
def test_a_password_is_nowhere_in_a_transport(kind: Kind) -> None:
    attributes = vars(kind(proxy=f"http://me:{PASSWORD}@127.0.0.1:8080"))
    inner = [getattr(value, "__dict__", None) for value in attributes.values()]
    assert shown((repr(attributes), repr(inner))) == []


# ---- transports that are none


def of_another_library() -> object:
    return type("HTTPTransport", (), {"__module__": "httpx"})()


Wrong: TypeAlias = tuple[Kind, object, str]
WRONG: Final[dict[str, Wrong]] = {
    "httpx": (HttpxTransport, of_another_library(), "not one of httpx.HTTPTransport"),
    "httpx, tasks": (HttpxAsyncTransport, of_another_library(), "not one of httpx.HTTPTransport"),
    "for tasks": (
        HttpxTransport,
        httpx2.AsyncHTTPTransport(),
        r"such as httpx2.HTTPTransport\(\), not one of httpx2.AsyncHTTPTransport",
    ),
    "for threads": (
        HttpxAsyncTransport,
        httpx2.HTTPTransport(),
        r"such as httpx2.AsyncHTTPTransport\(\), not one of httpx2.HTTPTransport",
    ),
    "a class": (HttpxTransport, httpx2.HTTPTransport, "not the class httpx2.HTTPTransport"),
    "a client": (HttpxTransport, httpx2.Client(), "not one of httpx2.Client"),
    "an address": (HttpxTransport, "http://127.0.0.1:8080", "not one of builtins.str"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_transport_of_httpx2_is_refused(name: str) -> None:
    kind, given, reason = WRONG[name]
    make: Any = kind  # as somebody has it who checks no types
    with pytest.raises(TypeError, match=reason):
        make(given)


@each_kind
@pytest.mark.parametrize("also", ["proxy", "tls"])
def test_a_transport_that_is_given_has_its_own_ways(
    kind: Kind, also: Literal["proxy", "tls"]
) -> None:
    make: Any = kind
    given = httpx2.HTTPTransport() if kind is HttpxTransport else httpx2.AsyncHTTPTransport()
    value = "environment" if also == "proxy" else ssl.create_default_context()
    with pytest.raises(TypeError, match="is made with its proxy"):
        make(given, **{also: value})
