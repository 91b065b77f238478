"""The ways of requests: HTTP over sockets, over asyncio, over httpx2."""
