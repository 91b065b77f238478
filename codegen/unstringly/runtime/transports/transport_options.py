"""The options of the default transports, the same for threads and for tasks.

Some of them are secret, and error trackers look into the frames of a traceback. So `tried` returns
the error, and `taken` raises it where the secrets are gone.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self, cast

from ..errors.sealed import Sealed
from ..wire.exchange import MAX_BYTES, Request, SendFailed

if TYPE_CHECKING:
    import ssl

CONNECTIONS: Final = 64
KEEP_ALIVE: Final = 4.0
"""Seconds for which an idle connection is used again.

Uvicorn, Node and Apache close idle connections after 5 seconds, and the outcome of a request that
meets such an end is unknown.
"""

_MARGIN: Final = 1.0

_PACKAGE: Final = __name__.split(".")[-4]
USER_AGENT: Final = _PACKAGE if _PACKAGE.isascii() else None
"""The name of the package that this module is part of; None if it is not ASCII."""

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[!-~](?:[\t -~]*[!-~])?")
_OURS: Final = frozenset(
    (
        *("accept-encoding", "content-encoding", "content-length", "content-type", "soapaction"),
        *("host", "http2-settings", "connection", "keep-alive", "proxy-connection", "upgrade"),
        *("expect", "te", "trailer", "transfer-encoding", "proxy-authorization", "user-agent"),
    )
)
"""Headers about the framing and the coding of a message, or with an argument of their own."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a transport, checked.

    `connections` is the most at a time, `keep_alive` the seconds for which an idle one is used
    again, `max_bytes` the most of a response's body that is read, and `tls` the context for https
    addresses: without one, the system's certificates are trusted. `lines` are the header lines
    that every request has, sealed where they may hold secrets, and `names` those of the headers in
    them, in lower case.
    """

    connections: int
    keep_alive: float
    max_bytes: int
    tls: "ssl.SSLContext | None" = field(repr=False)
    lines: bytes | Sealed
    names: frozenset[str] = frozenset()

    def refusal(self, request: Request) -> SendFailed | None:
        """Return a failure for a request with a header that the transport has too, or None.

        Two headers of one name, as two accounts in Authorization, are read by each server in a way
        of its own.
        """
        for name, _ in request.headers:
            if name.lower() in self.names:
                reason = f"the transport has a header {name} of its own, and so has the call: "
                return SendFailed(f"{reason}give one of the two", sent=False, is_final=True)
        return None

    def kept_for(self, server_seconds: float | None) -> float:
        """Return the seconds for which a connection is used again.

        `server_seconds` are those that the server has named. It is given up before they end.
        """
        return (
            self.keep_alive
            if server_seconds is None
            else min(self.keep_alive, server_seconds - _MARGIN)
        )

    @classmethod
    def tried(
        cls,
        *,
        connections: int = CONNECTIONS,
        keep_alive: float = KEEP_ALIVE,
        max_bytes: int = MAX_BYTES,
        tls: "ssl.SSLContext | None" = None,
        user_agent: str | None = USER_AGENT,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> "Self | ValueError":
        """Return options that can be used, or an error that shows no value of a header.

        `headers` go with every request; `auth` is a name and a password for HTTP Basic (RFC
        7617), in UTF-8. The error is returned and not raised.
        """
        try:
            _check_count("connections", connections, 1)
            _check_seconds("keep_alive", keep_alive)
            _check_count("max_bytes", max_bytes, 0)
            _check_tls(tls)
            lines = _lines(user_agent, headers, auth)
        except ValueError as error:  # its frames hold secrets
            return ValueError(str(error))
        names = set[str]() if headers is None else set(map(str.lower, headers))
        if auth is not None:
            names.add("authorization")
        kept = Sealed(lines) if names else lines
        return cls(connections, keep_alive, max_bytes, tls, kept, frozenset(names))


def taken(options: Options | ValueError) -> Options:
    """Return options, or raise the error: delete its secrets before this call."""
    if isinstance(options, ValueError):
        raise options
    return options


def _check(is_good: bool, rule: str) -> None:
    """Raise ValueError, also for a wrong type, unless `is_good`."""
    if not is_good:
        raise ValueError(rule)


def _check_count(name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or value < least:
        raise ValueError(f"{name}: give a whole number from {least}")


def _check_seconds(name: str, value: object) -> None:
    if not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ValueError(f"{name}: give a number of seconds from 0")


def _check_tls(value: object) -> None:
    if value is None:
        return
    import ssl  # a program with a context has imported it

    _check(isinstance(value, ssl.SSLContext), "tls: give an ssl.SSLContext")


def _lines(user_agent: object, headers: object, auth: object) -> bytes:
    """Return the header lines of every request."""
    fields: dict[str, object] = {} if user_agent is None else {"User-Agent": user_agent}
    fields |= _own(headers)
    if auth is not None:
        if "authorization" in map(str.lower, fields):
            raise ValueError("give auth, or a header Authorization, and not both")
        fields["Authorization"] = _basic(auth)
    return "".join(f"{name}: {_text(name, fields[name])}\r\n" for name in fields).encode("ascii")


def _own(headers: object) -> dict[str, object]:
    if headers is None:
        return {}
    _check(isinstance(headers, Mapping), "headers: give a mapping of names to texts")
    fields: dict[str, object] = {}
    keys: set[str] = set()
    for name, value in cast("Mapping[object, object]", headers).items():  # of any types
        text = _name(name)
        key = text.lower()
        if key in _OURS:
            raise ValueError(f"headers: {text} is the transport's")
        if key in keys:
            raise ValueError(f"headers: {text} is given twice")
        keys.add(key)
        fields[text] = value
    return fields


def _name(name: object) -> str:
    if not isinstance(name, str) or not _TOKEN.fullmatch(name):
        raise ValueError("headers: a name is no token of HTTP")
    return name


def _text(name: str, value: object) -> str:
    """Return the value of a header, which may be a secret. Raises ValueError."""
    if not isinstance(value, str) or not _VALUE.fullmatch(value):
        raise ValueError(f"{name}: give printable ASCII, and no blank at either end")
    return value


def _basic(auth: object) -> str:
    """Return a header of HTTP Basic. Raises ValueError.

    The name must have no colon, and neither of the two a control character.
    """
    match auth:
        case (str(user), str(password)) if ":" not in user and (user + password).isprintable():
            from base64 import b64encode  # few services ask for HTTP Basic

            return f"Basic {b64encode(f'{user}:{password}'.encode()).decode('ascii')}"
        case _:
            rule = "give a name without a colon and a password, without control characters"
            raise ValueError(f"auth: {rule}")
