# Copied by unstringly 0.1.0. Do not edit.
"""The ways of requests: HTTP over sockets, over asyncio, over httpx2."""
