"""A request to an ASGI application in this process, by httpx2."""

import asyncio

import httpx2

from msgsend._runtime.asgi import App

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
