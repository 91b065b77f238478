"""What the transports over httpx2 do not send, and say so: closed, too late, of another process."""

import asyncio
import os
from time import monotonic

import httpx2
import pytest

from msgsend import HttpxAsyncTransport, HttpxTransport, Request, SendFailed

REQUEST = Request("GET", "http://127.0.0.1:9/x", (), b"", lambda: pytest.fail("it has left"))


def _refused(transport: HttpxTransport, seconds: float = 5) -> SendFailed:
    with pytest.raises(SendFailed) as refused:
        transport.send(REQUEST, monotonic() + seconds)
    return refused.value


async def _async_refused(transport: HttpxAsyncTransport, seconds: float = 5) -> SendFailed:
    with pytest.raises(SendFailed) as refused:
        await transport.send(REQUEST, monotonic() + seconds)
    return refused.value


def _facts(failed: SendFailed) -> tuple[str, bool, bool]:
    return failed.reason, failed.sent, failed.is_final


def test_a_closed_transport() -> None:
    transport = HttpxTransport()
    transport.close()
    assert _facts(_refused(transport)) == ("the client is closed", False, True)

    async def run() -> SendFailed:
        transport = HttpxAsyncTransport()
        await transport.aclose()
        return await _async_refused(transport)

    assert _facts(asyncio.run(run())) == ("the client is closed", False, True)


def test_no_time() -> None:
    transport = HttpxTransport()
    assert _facts(_refused(transport, -1)) == ("no time was left", False, False)
    transport.close()

    async def run() -> SendFailed:
        transport = HttpxAsyncTransport()
        failed = await _async_refused(transport, -1)
        await transport.aclose()
        return failed

    assert _facts(asyncio.run(run())) == ("no time was left", False, False)


def test_connections_of_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a given transport may be the parent's, and cannot be made anew."""
    given = HttpxTransport(httpx2.HTTPTransport())
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: -1)
        failed = _refused(given)
    assert _facts(failed) == ("its connections are another process's", False, True)
    given.close()


def test_connections_of_another_loop() -> None:
    given = HttpxAsyncTransport(httpx2.AsyncHTTPTransport())

    async def once() -> SendFailed:
        with pytest.raises(SendFailed) as failed:
            await given.send(Request("GET", "http://127.0.0.1:9/x", (), b""), monotonic() + 5)
        return failed.value

    assert not asyncio.run(once()).is_final
    reason = "its connections are another event loop's, or another process's"
    assert _facts(asyncio.run(_async_refused(given))) == (reason, False, True)


def test_a_name_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look-up gives an empty list."""

    def no_address(*_: object) -> tuple[()]:
        return ()

    monkeypatch.setattr("msgsend._runtime.transports.httpx_transport.resolve", no_address)
    transport = HttpxTransport()
    failed = _refused(transport)
    assert not failed.sent
    assert "127.0.0.1 has no address" in failed.reason
    transport.close()
