"""The clients under test, behind one face: `Client` and `AsyncClient`, over two transports each."""

import asyncio
import ssl
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, Final, Literal, Protocol, TypeAlias

import httpx2
from hypothesis import settings
from tests.faults.echoes import PASSWORD
from tests.faults.faults import LIMIT

from msgsend import (
    AsyncClient,
    AsyncHttpTransport,
    AsyncTransport,
    Binding,
    Client,
    HttpTransport,
    HttpxAsyncTransport,
    HttpxTransport,
    MsgSendError,
    Transport,
)

Way: TypeAlias = Literal["http", "httpx", "async", "async httpx"]
ASYNC_WAYS: Final[tuple[Way, ...]] = ("async", "async httpx")
OURS: Final[tuple[Way, ...]] = ("http", "async")
"""Those with our own reader of responses."""
WAYS: Final[tuple[Way, ...]] = (
    (*OURS, "httpx", "async httpx") if settings().max_examples >= 150 else OURS
)
"""The gate asks the adapters all that our own are asked; others have `clients/test_httpx.py`."""
PHONE: Final = "13900000000"
SIGNED: Final = "您的验证码是 <1234> & 5分钟内有效【签名】"
CALLS: Final[dict[str, tuple[str, dict[str, object]]]] = {
    "SendMsg": ("send_msg", {"des_no": PHONE, "msg": SIGNED}),
    "SendVoiceCode": ("send_voice_code", {"des_no": PHONE, "voice_code": "1234", "amount": 1}),
    "GetReport": ("get_report", {}),
    "GetReport2": ("get_report2", {}),
    "GetMo": ("get_mo", {}),
    "GetMo2": ("get_mo2", {}),
    "GetBalance": ("get_balance", {}),
}
"""A method for each operation, and what it is called with."""

_number = count()


def new_account() -> str:
    """A user code that no other test has: pauses between calls are counted by account."""
    return f"demo{next(_number)}"


@dataclass(frozen=True)
class Terms:
    """How a client is made."""

    url: str
    binding: Binding = Binding.POST
    timeout: float = 5.0
    retries: int = 0
    journal: Callable[[str, bytes], None] | None = None
    connections: int = 64
    max_bytes: int = LIMIT
    password: str = PASSWORD
    validate: bool = True
    charset: str | None = None
    user_code: str = field(default_factory=new_account)
    tls: ssl.SSLContext | None = None

    @property
    def common(self) -> dict[str, Any]:
        return {
            "user_code": self.user_code,
            "user_pass": self.password,
            "base_url": self.url,
            "binding": self.binding,
            "timeout": self.timeout,
            "journal": self.journal,
            "retries": self.retries,
            "validate": self.validate,
            "charset": self.charset,
        }

    @property
    def foreign(self) -> dict[str, Any]:
        """How a transport of httpx2 is made."""
        limits = httpx2.Limits(max_connections=self.connections, keepalive_expiry=5.0)
        return {"verify": self.tls or _no_trust(), "limits": limits}


@lru_cache(maxsize=1)
def _no_trust() -> ssl.SSLContext:
    """Made once: reading the trusted certificates takes longer than a test."""
    return ssl.create_default_context()


class Gateway(Protocol):
    """A client, and calls of it by the names of its methods."""

    def call(self, method: str, **parameters: object) -> object: ...

    def shut(self) -> None:
        """Close the client."""
        ...

    def close(self) -> None:
        """Close the client and whatever it lives in."""
        ...


class Blocking:
    def __init__(self, client: Client) -> None:
        self.client = client

    def call(self, method: str, **parameters: object) -> object:
        return getattr(self.client, method)(**parameters)

    def shut(self) -> None:
        self.client.close()

    def close(self) -> None:
        self.shut()


class Awaited:
    """An AsyncClient, and the event loop that it lives in."""

    def __init__(self, terms: Terms, way: Way) -> None:
        self.runner = asyncio.Runner(debug=True)
        try:
            self.client = self.runner.run(self._made(terms, way))
        except BaseException:
            self.runner.close()
            raise

    async def _made(self, terms: Terms, way: Way) -> AsyncClient:
        return async_client(terms, async_transport(terms, way))

    def call(self, method: str, **parameters: object) -> object:
        return self.run(getattr(self.client, method)(**parameters))

    def run(self, coroutine: Coroutine[Any, Any, object]) -> object:
        return self.runner.run(coroutine)

    def shut(self) -> None:
        self.runner.run(self.client.aclose())

    def close(self) -> None:
        try:
            self.shut()
        finally:
            self.runner.close()


def async_transport(terms: Terms, way: Way = "async") -> AsyncTransport:
    if way == "async httpx":
        foreign = httpx2.AsyncHTTPTransport(**terms.foreign)
        return HttpxAsyncTransport(foreign, max_bytes=terms.max_bytes)
    return AsyncHttpTransport(
        connections=terms.connections, max_bytes=terms.max_bytes, tls=terms.tls or _no_trust()
    )


def async_client(terms: Terms, transport: AsyncTransport | None = None) -> AsyncClient:
    return AsyncClient(**terms.common, transport=transport or async_transport(terms))


def sync_transport(way: Way, terms: Terms) -> Transport:
    if way == "httpx":
        foreign = httpx2.HTTPTransport(**terms.foreign)
        return HttpxTransport(foreign, max_bytes=terms.max_bytes)
    return HttpTransport(connections=terms.connections, max_bytes=terms.max_bytes, tls=terms.tls)


def gateway(way: Way, terms: Terms) -> Gateway:
    if way in ASYNC_WAYS:
        return Awaited(terms, way)
    return Blocking(Client(**terms.common, transport=sync_transport(way, terms)))


def attempt(way: Way, terms: Terms, operation: str) -> object:
    """What one call of a new client returns, or the exception that it raises on purpose."""
    method, parameters = CALLS[operation]
    sender = gateway(way, terms)
    try:
        return sender.call(method, **parameters)
    except MsgSendError as error:
        return error
    finally:
        sender.close()
