# Copied by unstringly 0.1.0. Do not edit.
"""Names of hosts looked up for tasks, outside of the event loop: its end waits for its threads."""

import asyncio
from time import monotonic

from .names import Address, look_up, numeric


async def resolve(host: str, port: int, deadline: float) -> list[Address]:
    """Return the addresses of a host, waiting for them until a deadline. Raises NotConnected."""
    addresses = numeric(host, port)
    if addresses:
        return addresses
    looking = look_up(host)
    loop = asyncio.get_running_loop()
    resolved = loop.create_future()

    def tell() -> None:
        if not resolved.done():
            resolved.set_result(None)

    def done() -> None:
        loop.call_soon_threadsafe(tell)

    try:
        looking.tell(done)
        await asyncio.wait((resolved,), timeout=max(deadline - monotonic(), 0))
    finally:
        looking.forget(done)  # a look-up that hangs does not hold this task
    return looking.addresses(port)
