"""What the default transports can be told, the same for threads and for tasks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from .exchange import MOST_BYTES
from .sealed import Sealed

if TYPE_CHECKING:
    import ssl

CONNECTIONS: Final = 64
KEEP_ALIVE: Final = 4.0
"""Seconds. Uvicorn, Node and Apache close idle connections after 5, and a request that meets such
an end is one whose outcome nobody knows."""

_MARGIN: Final = 1.0

_PACKAGE: Final = __name__.split(".")[-3]
USER_AGENT: Final = _PACKAGE if _PACKAGE.isascii() else None
"""The name of the package that this module is part of."""

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[!-~](?:[\t -~]*[!-~])?")
_OURS: Final = frozenset(
    (
        *("accept-encoding", "content-encoding", "content-length", "content-type", "soapaction"),
        *("host", "http2-settings", "connection", "keep-alive", "proxy-connection", "upgrade"),
        *("expect", "te", "trailer", "transfer-encoding", "proxy-authorization", "user-agent"),
    )
)
"""What says how a message is framed and packed, or has an argument of its own."""


def kept_for(keep_alive: float, told: float | None) -> float:
    """For how many seconds an idle connection is used again, if its server has told its own time.

    It is given up before the server closes it.
    """
    return keep_alive if told is None else min(keep_alive, told - _MARGIN)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a transport, checked.

    `connections` is how many there may be at a time, `keep_alive` for how many seconds an idle
    one is used again, `most_bytes` the most of a response's body that is read, and `tls` the
    context for https addresses: without one, the system's certificates are trusted. `lines` are
    the header lines that every request has, which may hold secrets.
    """

    connections: int
    keep_alive: float
    most_bytes: int
    tls: "ssl.SSLContext | None" = field(repr=False)
    lines: Sealed | None

    @classmethod
    def checked(
        cls,
        *,
        connections: int = CONNECTIONS,
        keep_alive: float = KEEP_ALIVE,
        most_bytes: int = MOST_BYTES,
        tls: "ssl.SSLContext | None" = None,
        user_agent: str | None = USER_AGENT,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> Self:
        """Options that can be used. Raises ValueError, which shows no value of a header.

        `headers` go with every request; `auth` is a name and a password for HTTP Basic (RFC
        7617), in UTF-8.
        """
        if connections < 1:
            raise ValueError("connections: give at least 1")
        if most_bytes < 0:
            raise ValueError("most_bytes: give at least 0")
        fields = {**({} if user_agent is None else {"User-Agent": user_agent}), **_own(headers)}
        if auth is not None:
            if "authorization" in map(str.lower, fields):
                raise ValueError("give auth, or a header Authorization, and not both")
            fields["Authorization"] = _basic(*auth)
        lines = "".join(f"{_name(name)}: {_text(name, fields[name])}\r\n" for name in fields)
        sealed = Sealed(lines.encode("ascii")) if lines else None
        return cls(connections, keep_alive, most_bytes, tls, sealed)


def _own(headers: Mapping[str, str] | None) -> Mapping[str, str]:
    seen: set[str] = set()
    for name in headers or {}:
        key = _name(name).lower()
        if key in _OURS:
            raise ValueError(f"headers: {name} is the transport's")
        if key in seen:
            raise ValueError(f"headers: {name} is given twice")
        seen.add(key)
    return headers or {}


def _name(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise ValueError("headers: a name is no token of HTTP")
    return name


def _text(name: str, value: str) -> str:
    """The value of a header, which may be a secret."""
    if not _VALUE.fullmatch(value):
        raise ValueError(f"{name}: give printable ASCII, and no blank at either end")
    return value


def _basic(user: str, password: str) -> str:
    """The user's name cannot have a colon, and neither of the two a control character."""
    if ":" in user or not (user + password).isprintable():
        raise ValueError("auth: a name without a colon, and no control characters")
    from base64 import b64encode  # most have no password of this kind

    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode('ascii')}"
