"""Connections: names resolved, sockets connected and encrypted, all before a deadline.

Whatever goes wrong here, no byte of a request has left.
"""

import socket
import threading
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

_Address: TypeAlias = "tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]"


class Origin(NamedTuple):
    """Whom a connection is to."""

    scheme: str
    host: str
    port: int


class NotConnected(Exception):
    """There is no connection; the text says why. If it `is_final`, there will be none."""

    is_final = False


class Closed(NotConnected):
    """No connections are made any more."""

    is_final = True


def connect(origin: Origin, deadline: float, tls: "Callable[[], ssl.SSLContext]") -> socket.socket:
    """A connected socket. Raises NotConnected. `tls` gives the context for https."""
    found = _addresses(origin.host, origin.port, deadline)
    reason = f"the name {origin.host} has no address"
    for tried, (family, address) in enumerate(found):
        seconds = (deadline - monotonic()) / (len(found) - tried)
        if seconds <= 0:
            raise NotConnected("no connection in time")
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:  # a family that this machine does not have, or no descriptor left
            reason = f"cannot connect: {error.strerror or type(error).__name__}"
            continue
        try:
            sock.settimeout(seconds)
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except TimeoutError:
            reason = "no connection in time"
        except OSError as error:
            reason = f"cannot connect: {error.strerror or type(error).__name__}"
        except BaseException:
            sock.close()
            raise
        else:
            return _encrypted(sock, origin, deadline, tls) if origin.scheme == "https" else sock
        sock.close()
    raise NotConnected(reason)


def _encrypted(
    sock: socket.socket, origin: Origin, deadline: float, tls: "Callable[[], ssl.SSLContext]"
) -> socket.socket:
    try:
        sock.settimeout(max(deadline - monotonic(), 0.001))
        sock.getpeername()  # or wrap_socket would lose a socket that is connected no more
        return tls().wrap_socket(sock, server_hostname=origin.host)
    except TimeoutError:
        reason = "no encrypted connection in time"
    except OSError as error:  # ssl.SSLError is one
        told = getattr(error, "verify_message", "") or getattr(error, "reason", "") or error
        reason = f"cannot encrypt the connection: {told}"
    except BaseException:
        sock.close()
        raise
    sock.close()
    raise NotConnected(reason)


def _addresses(
    host: str, port: int, deadline: float
) -> "list[tuple[socket.AddressFamily, _Address]]":
    """The addresses of a host. Looking a name up has no time limit of its own: a thread does it."""
    found: list[tuple[socket.AddressFamily, _Address]] = []
    problems: list[str] = []

    def look_up(flags: int) -> None:
        try:
            for family, _, _, _, address in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=flags
            ):
                found.append((family, address))
        except (OSError, UnicodeError) as error:
            problems.append(getattr(error, "strerror", None) or type(error).__name__)

    look_up(socket.AI_NUMERICHOST)
    if not found:
        problems.clear()
        looking = threading.Thread(target=look_up, args=(0,), daemon=True)
        looking.start()
        looking.join(max(deadline - monotonic(), 0))
        if looking.is_alive():
            raise NotConnected(f"the name {host} was not resolved in time")
    if problems:
        raise NotConnected(f"cannot resolve the name {host}: {problems[0]}")
    return found
