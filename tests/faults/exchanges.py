"""Single exchanges over the default transports, without a client: what was sent, and what came."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final, TypeAlias

from tests.faults.clients import PHONE

from msgsend import AsyncHttpTransport, HttpTransport, Request, Response, SendFailed

Outcome: TypeAlias = Response | SendFailed
Exchange: TypeAlias = Callable[[], Awaitable[Outcome]]
SECONDS: Final = 5.0


def request(url: str, phone: str = PHONE, more: int = 0) -> Request:
    """A send over POST, whose body has some bytes more."""
    body = f"userCode=demo&userPass=x&DesNo={phone}&Msg={'x' * more}".encode()
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    return Request("POST", f"{url}/SendMsg", (kind,), body)


async def outcome(
    transport: AsyncHttpTransport | HttpTransport, sent: Request, seconds: float = SECONDS
) -> Outcome:
    """The response, or what failed."""
    deadline = monotonic() + seconds
    try:
        if isinstance(transport, AsyncHttpTransport):
            return await transport.send(sent, deadline)
        return await asyncio.to_thread(transport.send, sent, deadline)
    except SendFailed as failed:
        return failed


async def closed(transport: AsyncHttpTransport | HttpTransport) -> None:
    """Close a transport of either kind."""
    if isinstance(transport, AsyncHttpTransport):
        await transport.aclose()
    else:
        transport.close()
