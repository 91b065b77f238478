"""Making a client: what is refused, what is warned of, and what is imported for it."""

import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.runtime.client.fakes import SECRET

from msgsend import (
    AsyncClient,
    Binding,
    Client,
    FileJournal,
    HttpxAsyncTransport,
    HttpxTransport,
    InvalidParameter,
    PlainTextWarning,
    create_push_app,
)

ROOT = Path(__file__).parents[3]
LOCAL = "http://127.0.0.1/Services/MsgSend.asmx"

REFUSED: dict[str, tuple[str, Callable[[], object]]] = {
    "no address": ("base_url", lambda: made(base_url="gateway.example")),
    "another scheme": ("base_url", lambda: made(base_url="ftp://gateway.example/x")),
    "a query": ("base_url", lambda: made(base_url=f"{LOCAL}?userPass=1")),
    "a user": ("base_url", lambda: made(base_url="http://me:me@127.0.0.1/x")),
    "a port out of range": ("base_url", lambda: made(base_url="http://127.0.0.1:123456/x")),
    "a line end": ("base_url", lambda: made(base_url="http://127.0.0.1/x\r\nHost: y")),
    "no time": ("timeout", lambda: made(timeout=0)),
    "time without end": ("timeout", lambda: made(timeout=float("inf"))),
    "not a number": ("timeout", lambda: made(timeout=float("nan"))),
    "an empty query": ("base_url", lambda: made(base_url=f"{LOCAL}?")),
    "an empty fragment": ("base_url", lambda: made(base_url=f"{LOCAL}#")),
    "a journal that is awaited": ("journal", lambda: with_any("journal", asynchronous)),
    "the class of a journal": ("journal", lambda: with_any("journal", FileJournal)),
    "an object that is awaited": ("journal", lambda: with_any("journal", Asynchronous())),
    "a client of httpx2": ("transport", lambda: with_any("transport", httpx2.Client())),
    "an asynchronous client of httpx2": (
        "transport",
        lambda: with_any("transport", httpx2.AsyncClient(), AsyncClient),
    ),
    "a journal of pushes that is awaited": (
        "journal",
        lambda: pushed_to(Asynchronous()),
    ),
    "negative retries": ("retries", lambda: made(retries=-1)),
    "retries without end": ("retries", lambda: with_any("retries", float("inf"))),
    "retries that are no number": ("retries", lambda: with_any("retries", float("nan"))),
    "half a retry": ("retries", lambda: with_any("retries", 0.5)),
    "far too much time": ("timeout", lambda: with_any("timeout", 10**400)),
    "a list of bindings": ("binding", lambda: with_any("binding", [Binding.POST])),
    "the name of a binding": ("binding", lambda: with_any("binding", "POST")),
    "a number for a charset": ("charset", lambda: with_any("charset", 936)),
    "another pause": ("when_too_soon", lambda: with_any("when_too_soon", "never")),
    "a transport for tasks": ("transport", lambda: with_any("transport", HttpxAsyncTransport())),
    "a transport of httpx2": ("transport", lambda: with_any("transport", httpx2.HTTPTransport())),
    "the class of a transport": ("transport", lambda: with_any("transport", HttpxTransport)),
    "a transport for threads": (
        "transport",
        lambda: with_any("transport", HttpxTransport(), AsyncClient),
    ),
}


async def asynchronous(name: str, raw: bytes) -> None:
    raise AssertionError("nobody awaits it")


class Asynchronous:
    async def __call__(self, name: str, raw: bytes) -> None:
        raise AssertionError("nobody awaits it")


def pushed_to(journal: Any) -> object:  # as somebody has it who checks no types
    return create_push_app(lambda _: None, path="/x", account="demo", journal=journal)


def with_any(name: str, value: object, kind: type[Client | AsyncClient] = Client) -> object:
    given: dict[str, Any] = {name: value}  # as somebody has it who checks no types
    return kind(user_code="demo", user_pass=SECRET, base_url=LOCAL, **given)


def made(
    base_url: str = LOCAL, binding: Binding = Binding.POST, timeout: float = 10, retries: int = 0
) -> Client:
    return Client(
        user_code="demo",
        user_pass=SECRET,
        base_url=base_url,
        binding=binding,
        timeout=timeout,
        retries=retries,
    )


@pytest.mark.parametrize("name", REFUSED)
def test_arguments_are_checked(name: str) -> None:
    parameter, call = REFUSED[name]
    with pytest.raises(InvalidParameter) as raised:
        call()
    assert raised.value.parameter == parameter
    assert raised.value.__context__ is None


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        (LOCAL, False),
        ("http://localhost:8080/x", False),
        ("http://[::1]/x", False),
        ("http://127.9.9.9/x", False),
        ("https://gateway.example/x", False),
        ("http://gateway.example/x", True),
        ("http://127.0.0.1.gateway.example/x", True),
        ("http://10.0.0.1/x", True),
    ],
)
def test_plain_http_is_warned_of_once(address: str, warned: bool) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        made(base_url=address)
        made(base_url=address)
    assert [warning.category for warning in caught] == [PlainTextWarning] * warned
    assert all(warning.filename == __file__ for warning in caught), "it points at the caller"


def test_the_address_of_the_wsdl_is_used_and_warned_of() -> None:
    with pytest.warns(PlainTextWarning, match="password"):
        Client(user_code="demo", user_pass=SECRET)


def imported_by(program: str) -> set[str]:
    """The modules that a program has loaded at its end."""
    code = f"{program}\nimport sys; print(*sys.modules)"
    process = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "generated")},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return set(process.stdout.split())


def test_parsing_imports_nothing_for_the_network() -> None:
    loaded = imported_by("from msgsend import parse_get_mo; parse_get_mo('')")
    assert not loaded & {"http", "ssl", "socket", "asyncio", "logging", "httpx2", "msgsend.client"}


def test_the_synchronous_client_needs_the_standard_library_only() -> None:
    loaded = imported_by(
        "from msgsend import Client\n"
        f"Client(user_code='demo', user_pass='x', base_url='{LOCAL}').close()"
    )
    assert "msgsend.client" in loaded
    assert not loaded & {"asyncio", "httpx2", "httpcore2", "h11", "anyio", "logging", "json"}


def test_the_asynchronous_client_needs_the_standard_library_only() -> None:
    loaded = imported_by(
        "import asyncio\nfrom msgsend import AsyncClient\n"
        f"made = AsyncClient(user_code='demo', user_pass='x', base_url='{LOCAL}', timeout=0.2)\n"
        "async def call():\n"
        "    async with made:\n"
        "        try: await made.get_mo()\n"
        "        except Exception as error: print(type(error))\n"
        "asyncio.run(call())"
    )
    assert "msgsend._runtime.transports.async_http_transport" in loaded
    assert not loaded & {"http.client", "httpx2", "httpcore2", "h11", "anyio"}


def test_unknown_names_are_unknown() -> None:
    with pytest.raises(ImportError):
        exec("from msgsend import Nothing")
