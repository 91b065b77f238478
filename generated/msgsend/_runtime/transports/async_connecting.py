# Copied by unstringly 0.1.0. Do not edit.
"""Opening of connections of asyncio: connected and encrypted, all before a deadline.

In any failure here, no byte of a request has left.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from time import monotonic

from .async_connection import Connection
from .async_line import Line
from .async_names import resolve
from .connecting import not_connected, not_encrypted
from .names import NotConnected


async def connect(
    connection: Connection, deadline: float, tls: Callable[[], ssl.SSLContext]
) -> None:
    """Open a connection to its origin. Raises NotConnected. `tls` gives the context for https."""
    origin = connection.origin
    addresses = await resolve(origin.host, origin.port, deadline)
    reason = f"the name {origin.host} has no address"
    for tried, (family, address) in enumerate(addresses):
        seconds = (deadline - monotonic()) / (len(addresses) - tried)
        try:
            line = connection.open(family)
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().sock_connect(line.sock, address)
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except TimeoutError:
            reason = "no connection in time"
        except OSError as error:  # also for a family that this machine lacks
            reason = not_connected(error)
        else:
            context = tls() if origin.scheme == "https" else None
            await _begin(line, origin.host, deadline, context)
            return
    raise NotConnected(reason)


async def _begin(line: Line, host: str, deadline: float, context: ssl.SSLContext | None) -> None:
    """Let the event loop read and write on a socket, encrypted if there is a context."""
    try:
        async with asyncio.timeout(deadline - monotonic()):
            transport, _ = await asyncio.get_running_loop().create_connection(
                lambda: line,
                sock=line.sock,
                ssl=context,
                server_hostname=None if context is None else host,
            )
        if not line.is_begun:  # an interrupt has struck where the event loop was about to tell
            line.connection_made(transport)
        return
    except TimeoutError:
        problem = NotConnected("no encrypted connection in time")
    except OSError as error:  # ssl.SSLError is one
        problem = not_encrypted(error)
    raise problem
