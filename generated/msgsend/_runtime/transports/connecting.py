"""Connections made: names resolved, sockets connected and encrypted, all before a deadline.

Whatever goes wrong here, no byte of a request has left.
"""

import socket
from time import monotonic
from typing import TYPE_CHECKING

from .connection import Wire
from .names import Address, NotConnected, resolve

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable


class Closed(NotConnected):
    """No connections are made any more."""

    is_final = True


class NotTrusted(NotConnected):
    """The server showed a certificate that is not good. It will show the same one again."""

    is_final = True


def connect(wire: Wire, deadline: float, tls: "Callable[[], ssl.SSLContext]") -> None:
    """Connect a wire to its origin. Raises NotConnected. `tls` gives the context for https."""
    host = wire.origin.host
    found = resolve(host, wire.origin.port, deadline)
    reason = f"the name {host} has no address"
    for tried, address in enumerate(found):
        seconds = (deadline - monotonic()) / (len(found) - tried)
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


def _problem(wire: Wire, found: Address, seconds: float) -> str:
    """Why there is no connection to an address; "" if there is one."""
    family, address = found
    try:
        sock = wire.open(family)
    except OSError as error:  # a family that this machine does not have, or no descriptor left
        return f"cannot connect: {error.strerror or type(error).__name__}"
    try:
        sock.settimeout(seconds)
        sock.connect(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except TimeoutError:
        reason = "no connection in time"
    except OSError as error:
        reason = f"cannot connect: {error.strerror or type(error).__name__}"
    else:
        return ""
    sock.close()
    return reason


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
    """What kept a connection from being encrypted, in words that are the same for all transports.

    A certificate that is not good is told from a server that speaks no TLS, or breaks off.
    """
    untrusted = getattr(error, "verify_message", "")
    if untrusted:
        return NotTrusted(f"the server's certificate is not trusted: {untrusted}")
    told = getattr(error, "reason", "") or error.strerror or type(error).__name__
    return NotConnected(f"cannot encrypt the connection: {told}")
