# Copied by unstringly 0.1.0. Do not edit.
"""One HTTP exchange: the request, the response, and the promises of a transport.

A transport sends one request and gives back one whole response, whatever its status. It
follows no redirect, keeps no cookie, repeats nothing and logs nothing. When there is no whole
response it raises `SendFailed`, which says whether the request can have left, and holds the bytes
that did arrive.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Protocol

from ..text.by_name import PickledByName

MAX_BYTES = 16 * 1024 * 1024
"""The largest body of a response, in bytes, unless a transport is told otherwise."""


class Arriving(Protocol):
    """A response while it arrives: it can be asked at any moment for the bytes that have come.

    An interrupt may come at any point, and the bytes that have come by then must not be lost.
    """

    @property
    def status(self) -> int | None:
        """The HTTP status, once the head has been read and can be trusted."""
        ...

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers in order, none before the head has been read."""
        ...

    @property
    def is_whole(self) -> bool:
        """True if all of the response is here."""
        ...

    @property
    def has_head(self) -> bool:
        """True if `received` begins with the head, because it, or the framing, was not read."""
        ...

    def received(self) -> bytes:
        """Return the body as far as it has come; if it `has_head`, all bytes as they came."""
        ...

    def behind(self) -> bytes:
        """Return the bytes after a whole body that are no other response: they may belong to it."""
        ...


def unheard() -> None:
    """Do nothing when a request leaves."""


def unwatched(_: Arriving) -> None:
    """Do nothing with a response that arrives."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request, with an absolute URL. The repr hides URL, headers and body: they may hold secrets.

    `headers` has neither Host nor Content-Length nor Connection: these are the transport's.
    Before the first byte leaves, a transport calls `arriving` with the response that will arrive,
    and then `leaving`: from then on the request may have arrived. If a transport never calls
    `leaving`, the call is taken to be abandoned when it is cancelled; if it never calls `arriving`,
    nothing is kept when the call is interrupted.
    """

    method: Literal["GET", "POST"]
    url: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    leaving: Callable[[], None] = field(default=unheard, repr=False, compare=False)
    arriving: Callable[[Arriving], None] = field(default=unwatched, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Response(PickledByName):
    """A response as it came: status, headers in order, the whole body, nothing decoded.

    `behind` are the bytes that came after the body, although the head said that it was over: a
    server may have counted characters and not bytes. Nothing is read from them, and they are kept.
    Headers and body may hold parts of the request: the repr shows neither.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    behind: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """Return the value of the first header of that name, in any case; None if there is none."""
        lowered, size = name.lower(), len(name)
        for key, value in self.headers:
            if len(key) == size and key.lower() == lowered:
                return value
        return None


class SendFailed(Exception):
    """There is no whole response.

    `reason` is for people and holds nothing of the request. `sent` is False only if it is proved
    that no byte of the request left: then it can safely be sent again. `status` and `headers` are
    set once the head of a response came that can be trusted. `received` is the body as far as it
    came; if it `has_head`, the head or the framing of the body could not be trusted, and `received`
    is all that came, head included. `interrupt` is the exception that stopped the exchange from
    outside (a KeyboardInterrupt, a cancelled task): it is raised again when the received bytes are
    safe. If it `is_final`, trying again is of no use.
    """

    def __init__(
        self,
        reason: str,
        *,
        sent: bool,
        received: bytes = b"",
        status: int | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        has_head: bool = False,
        interrupt: BaseException | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent
        self.received = received
        self.status = status
        self.headers = headers
        self.has_head = has_head
        self.interrupt = interrupt
        self.is_final = is_final

    def __reduce__(self) -> tuple[object, ...]:
        """Leave out all bytes that came: a pickle goes to other programs."""
        sent, status, is_final = self.sent, self.status, self.is_final
        return partial(SendFailed, self.reason, sent=sent, status=status, is_final=is_final), ()


class Transport(Protocol):
    """A sender of requests. Threads share one."""

    def send(self, request: Request, deadline: float) -> Response:
        """Return the whole response, before `time.monotonic()` passes `deadline` (seconds).

        Raises SendFailed, raised outside of any `except` block, so that it has no context whose
        frames hold the request's bytes. Any other exception is taken for a failure after the
        request has left.
        """
        ...

    def close(self) -> None:
        """Close all connections. Calls after that raise SendFailed with `sent=False`."""
        ...


class AsyncTransport(Protocol):
    """A sender of requests. Tasks of one event loop share one."""

    async def send(self, request: Request, deadline: float) -> Response:
        """As Transport.send. A cancelled call closes the connection that it uses."""
        ...

    async def aclose(self) -> None:
        """Close all connections. Calls after that raise SendFailed with `sent=False`."""
        ...
