"""Connections of asyncio are opened: sockets connected and encrypted, all before a deadline.

Whatever goes wrong here, no byte of a request has left.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from time import monotonic

from .async_connection import Connection
from .async_names import resolve
from .connecting import not_encrypted
from .names import Address, NotConnected


async def connect(
    connection: Connection, deadline: float, tls: Callable[[], ssl.SSLContext]
) -> None:
    """Open a connection to its origin. Raises NotConnected. `tls` gives the context for https."""
    origin = connection.origin
    found = await resolve(origin.host, origin.port, deadline)
    reason = f"the name {origin.host} has no address"
    for tried, address in enumerate(found):
        seconds = (deadline - monotonic()) / (len(found) - tried)
        try:
            async with asyncio.timeout(seconds):
                await _connect_socket(connection, address)
        except TimeoutError:
            reason = "no connection in time"
        except OSError as error:  # or a family that this machine does not have
            reason = f"cannot connect: {error.strerror or type(error).__name__}"
        else:
            await _begin(connection, deadline, tls() if origin.scheme == "https" else None)
            return
        connection.close()
    raise NotConnected(reason)


async def _connect_socket(connection: Connection, found: Address) -> None:
    family, address = found
    connection.sock = sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, address)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


async def _begin(connection: Connection, deadline: float, context: ssl.SSLContext | None) -> None:
    """Let the event loop read and write on its socket, encrypted if there is a context."""
    try:
        async with asyncio.timeout(deadline - monotonic()):
            await asyncio.get_running_loop().create_connection(
                lambda: connection,
                sock=connection.sock,
                ssl=context,
                server_hostname=None if context is None else connection.origin.host,
            )
        return
    except TimeoutError:
        problem = NotConnected("no encrypted connection in time")
    except OSError as error:  # ssl.SSLError is one
        problem = not_encrypted(error)
    raise problem
