"""A request to an ASGI application in this process, by httpx2 or by ASGI's own messages."""

import asyncio
from collections.abc import MutableMapping
from typing import Any, TypeAlias

import httpx2

from msgsend._runtime.server.asgi import App

Message: TypeAlias = MutableMapping[str, Any]  # ASGI's own type

HOST = "http://gateway.example:1210"
PATH = "/Services/MsgSend.asmx"


def ask(
    app: App,
    method: str,
    path: str,
    body: bytes = b"",
    headers: dict[str, str] | None = None,
) -> httpx2.Response:
    """What an application answers; `path` may have a query."""

    async def asked() -> httpx2.Response:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, path, content=body, headers=headers)

    return asyncio.run(asked())


async def raw(app: App, *messages: Message, **scope: object) -> tuple[int, bytes]:
    """The status and the body that an application answers to messages; 0 if it does not answer.

    `scope` says what is not as in a POST to /. When there are no more messages, none comes.
    """
    waiting = list(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    usual: dict[str, object] = {"type": "http", "method": "POST", "path": "/", "headers": ()}
    await app(usual | scope, receive, send)
    body = b"".join(message.get("body", b"") for message in sent)
    return (sent[0]["status"] if sent else 0), body
