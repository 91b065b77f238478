# Copied by unstringly 0.1.0. Do not edit.
"""Opening of connections: names resolved, sockets connected and encrypted before a deadline.

In any failure here, no byte of a request has left.
"""

import os
import socket
from time import monotonic
from typing import TYPE_CHECKING

from .connection import Wire
from .names import Address, NotConnected, resolve

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable


class Closed(NotConnected):
    """The transport is closed: it makes no connections any more."""

    is_final = True


class NotTrusted(NotConnected):
    """The server's certificate is not trusted; it would be the same at the next attempt."""

    is_final = True


def connect(wire: Wire, deadline: float, tls: "Callable[[], ssl.SSLContext]") -> None:
    """Connect a wire to its origin. Raises NotConnected. `tls` gives the context for https."""
    host = wire.origin.host
    addresses = resolve(host, wire.origin.port, deadline)
    reason = f"the name {host} has no address"
    for tried, address in enumerate(addresses):
        seconds = (deadline - monotonic()) / (len(addresses) - tried)
        if seconds <= 0:
            raise NotConnected("no connection in time")
        reason = _problem(wire, address, seconds)
        if not reason:
            break
    if reason:
        raise NotConnected(reason)
    if wire.origin.scheme == "https":
        _encrypt(wire, deadline, tls)
    wire.begin()


def _problem(wire: Wire, candidate: Address, seconds: float) -> str:
    """Return the reason why an address cannot be connected to; "" if it is connected."""
    family, address = candidate
    try:
        sock = wire.open(family)
    except OSError as error:  # a family that this machine does not have, or no descriptor left
        return not_connected(error)
    try:
        sock.settimeout(seconds)
        sock.connect(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except TimeoutError:
        reason = "no connection in time"
    except OSError as error:
        reason = not_connected(error)
    else:
        return ""
    sock.close()
    return reason


def not_connected(error: OSError) -> str:
    """Return the reason why an address was not connected to, in the same words for all transports.

    An event loop puts words of its own into the error.
    """
    words = os.strerror(error.errno) if error.errno else error.strerror
    return f"cannot connect: {words or type(error).__name__}"


def _encrypt(wire: Wire, deadline: float, tls: "Callable[[], ssl.SSLContext]") -> None:
    problem: NotConnected
    try:
        wire.encrypt(tls(), deadline)
    except TimeoutError:
        problem = NotConnected("no encrypted connection in time")
    except OSError as error:  # ssl.SSLError is one
        problem = not_encrypted(error)
    else:
        return
    raise problem


def not_encrypted(error: OSError) -> NotConnected:
    """Return the reason why a connection is not encrypted, in the same words for all transports.

    A certificate that is not trusted has words of its own; another failure may be a server that
    speaks no TLS, or breaks off.
    """
    untrusted = getattr(error, "verify_message", "")
    if untrusted:
        return NotTrusted(f"the server's certificate is not trusted: {untrusted}")
    reason = getattr(error, "reason", "") or error.strerror or type(error).__name__
    return NotConnected(f"cannot encrypt the connection: {reason}")
