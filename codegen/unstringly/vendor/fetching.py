"""Fetching of documents over HTTP. No other module of the generator opens a connection.

The addresses come from a WSDL, which somebody else has written. So nothing but HTTP and HTTPS is
spoken, without credentials, cookies or a proxy; the host is resolved once, and what is in a private
network is asked only if the user has named it; a redirect is followed three times, never from HTTPS
to HTTP, and checked as the first address is; and bytes and seconds are bounded.
"""

import re
import socket
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TypeVar
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from msgspec import Struct

from unstringly import __version__
from unstringly.read.wsdl.bytes import LARGEST_FILE
from unstringly.read.wsdl.findings import quoted_address
from unstringly.vendor.public import is_public

SECONDS = 30.0
"""Seconds that fetching one document may take, with all its redirects."""

MOST_REDIRECTS = 3

_STEP_SECONDS = 10.0
"""Seconds that connecting, or waiting for more bytes, may take."""

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BLOCK = 64 * 1024
_IN_ADDRESSES = "%/:=&?~+!$,;'@()*[]"
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_HEADERS = {
    "Accept": "text/xml, application/xml, */*",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": f"unstringly/{__version__}",
}

T = TypeVar("T")


class NotFetched(Exception):
    """A document was not fetched; the message is a clause that says why, and what to do."""


class Fetched(Struct, frozen=True):
    """The bytes of a document, and the address at which they were in the end."""

    data: bytes
    address: str


def fetch(
    address: str, named_hosts: frozenset[str] = frozenset(), seconds: float = SECONDS
) -> Fetched:
    """Return the document at an address, of at most `LARGEST_FILE` bytes; raises NotFetched.

    `named_hosts` are those that may be in a private network, in lower case.
    """
    return _within(seconds, partial(_followed, address, named_hosts))


def request_of(address: str) -> str:
    """Return what is asked for at an address: the same for all its spellings (RFC 3986, 6.2).

    An address that cannot be asked for is returned as it is.
    """
    try:
        parts = _checked(address)
    except NotFetched:
        return address
    host, port = (parts.hostname or "").lower(), parts.port or _PORTS[parts.scheme]
    return f"{parts.scheme}://{host}:{port}{_ESCAPE.sub(_plain, _target(parts))}"


def _plain(escape: re.Match[str]) -> str:
    """Return the character of an escape that needs none, or the escape in capitals."""
    character = chr(int(escape[1], 16))
    needs_none = character.isascii() and (character.isalnum() or character in "-._~")
    return character if needs_none else escape[0].upper()


def _followed(address: str, named_hosts: frozenset[str]) -> Fetched:
    """Fetch a document, with redirects."""
    for _ in range(MOST_REDIRECTS + 1):
        before = _checked(address)
        document = _asked(before, named_hosts)
        if isinstance(document, bytes):
            return Fetched(document, address)
        address = quote(urldefrag(urljoin(address, document)).url, safe=_IN_ADDRESSES)
        if _checked(address).scheme == "http" and before.scheme == "https":
            raise NotFetched(f"it is redirected from https to {quoted_address(address)}")
    raise NotFetched(f"it is redirected more than {MOST_REDIRECTS} times")


def _checked(address: str) -> SplitResult:
    """Return the parts of an address that may be asked for; raises NotFetched."""
    try:
        parts = urlsplit(quote(address, safe=_IN_ADDRESSES))
        port = parts.port
    except ValueError as problem:
        raise NotFetched(f"{quoted_address(address)} is no address: {problem}") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NotFetched(f"{quoted_address(address)} is not an address of HTTP")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("its address holds credentials: save the document yourself")
    if port == 0:
        raise NotFetched(f"{quoted_address(address)} has no port")
    return parts


def _asked(address: SplitResult, named_hosts: frozenset[str]) -> bytes | str:
    """Return the body at an address, or the address to which it is redirected."""
    host = address.hostname or ""
    port = address.port or _PORTS[address.scheme]
    try:
        plain = _connected(host, port, may_be_private=host in named_hosts)
        with plain, _secured(plain, address) as connected:
            connection = HTTPConnection(host, port)
            connection.sock = connected
            connection.request(
                "GET", _target(address), headers=_HEADERS | {"Host": _host_header(address)}
            )
            with connection.getresponse() as response:
                return _read(response)
    except TimeoutError:
        raise NotFetched(f"{host} does not answer in time") from None
    except (OSError, HTTPException, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        raise NotFetched(f"{host} could not be asked: {reason}") from None


def _target(address: SplitResult) -> str:
    path = address.path or "/"
    return f"{path}?{address.query}" if address.query else path


def _secured(plain: socket.socket, address: SplitResult) -> socket.socket:
    """Return the connection for an address: with TLS, and the host's certificate checked."""
    if address.scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=address.hostname)


def _connected(host: str, port: int, *, may_be_private: bool) -> socket.socket:
    """Return a connection to the first address of a host that takes one; raises OSError."""
    failure: OSError | None = None
    hidden = ""
    for family, kind, protocol, _, at in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        numeric = str(at[0])
        if not may_be_private and not is_public(numeric):
            hidden = numeric
            continue
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(_STEP_SECONDS)
        try:
            connection.connect(at)
        except OSError as problem:
            connection.close()
            failure = problem
        else:
            return connection
    if failure is None and hidden:
        raise NotFetched(
            f"{host} is {hidden}, which is in a private network: if it is meant, add --host {host}"
        )
    raise failure or OSError("it has no address")


def _host_header(address: SplitResult) -> str:
    host = address.hostname or ""
    shown = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    return shown if address.port is None else f"{shown}:{address.port}"


def _read(response: HTTPResponse) -> bytes | str:
    """Return the whole body of a response, or where it redirects to; raises NotFetched."""
    location = response.headers.get("Location")
    if response.status in _REDIRECTS and location:
        return location
    if response.status != 200:
        words = f"{response.status} {response.reason}".strip()
        advice = "save the document yourself, if it needs a log-in"
        raise NotFetched(f"the server answers {quoted_address(words)}: {advice}")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotFetched("the server sends it compressed: save the document yourself")
    length = response.length
    if length is not None and length > LARGEST_FILE:
        raise _too_large()
    data = bytearray()
    while block := response.read(_BLOCK):
        data += block
        if len(data) > LARGEST_FILE:
            raise _too_large()
    if length is not None and len(data) != length:
        raise NotFetched("the connection ended before the document did: try again")
    return bytes(data)


def _too_large() -> NotFetched:
    return NotFetched(f"it has more than {LARGEST_FILE:,} bytes")


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Return what some work returns; raises NotFetched if it has not ended in time.

    It goes on in a thread that nobody waits for, since nothing ends the search for a host.
    """
    ended: Future[T] = Future()
    threading.Thread(target=partial(_complete, ended, work), daemon=True).start()
    try:
        return ended.result(seconds)
    except TimeoutError:
        raise NotFetched(f"it does not come within {seconds:g} seconds") from None


def _complete(ended: Future[T], work: Callable[[], T]) -> None:
    try:
        ended.set_result(work())
    except BaseException as problem:  # noqa: BLE001 - it is raised where the result is waited for
        ended.set_exception(problem)
