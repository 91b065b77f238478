# Copied by unstringly 0.1.0. Do not edit.
"""A request as the bytes that leave for it, and the origin that they go to."""

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from ..errors.sealed import Sealed
from ..wire.exchange import Request
from .connection import Origin

_NO_END: Final = re.compile(r"\0|\r(?!\n)")
"""Characters that no head may have: NUL, and CR without LF."""


class _Parts(NamedTuple):
    """The parts of an address without its query: the origin, the header Host, and the path."""

    origin: Origin
    host: str
    path: str


@lru_cache(maxsize=16)
def _parts(address: str) -> _Parts:
    """Return the parts of an address, remembered; a query holds secrets, and must not be in it."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    origin = Origin(parts.scheme, parts.hostname or "", port)
    return _Parts(origin, parts.netloc, parts.path or "/")


def origin_of(url: str) -> Origin:
    """Return the origin to connect to. Raises ValueError."""
    return _parts(url.partition("?")[0]).origin


def request_bytes(request: Request, lines: bytes | Sealed) -> bytes:
    """Return head and body in one piece: two would be two packets. Raises ValueError.

    `lines` are header lines that every request has, each with its end.
    """
    address, _, query = request.url.partition("?")
    _, host, path = _parts(address)
    target = f"{path}?{query}" if query else path
    head = [f"{request.method} {target} HTTP/1.1", f"Host: {host}"]
    head += [f"{name}: {value}" for name, value in request.headers]
    if request.method == "POST":
        head.append(f"Content-Length: {len(request.body)}")
    text = "\r\n".join(head)
    if text.count("\n") != len(head) - 1 or _NO_END.search(text) or " " in target:
        raise ValueError
    common = lines.opened() if isinstance(lines, Sealed) else lines
    return b"%b\r\n%b\r\n%b" % (text.encode("latin-1"), common, request.body)
