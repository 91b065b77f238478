"""How requests travel: HTTP over sockets, over asyncio, over httpx2."""
