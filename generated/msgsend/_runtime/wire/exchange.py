"""One HTTP exchange: what goes out, what comes back, and what a transport promises.

A transport sends one request and gives back one whole response, whatever its status. It
follows no redirect, keeps no cookie, repeats nothing and logs nothing. When there is no whole
response it raises `SendFailed`, which says whether the request can have left, and holds what
did arrive.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

MAX_BYTES = 16 * 1024 * 1024
"""Of a response's body, unless a transport is told otherwise."""


class Arriving(Protocol):
    """A response that arrives: it can be asked at any moment what has come of it.

    An interrupt may strike wherever it likes, and what has come by then must not be lost.
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
        """Whether all of the response is here."""
        ...

    @property
    def has_head(self) -> bool:
        """Whether `received` begins with the head: it, or what frames the body, is not read."""
        ...

    def received(self) -> bytes:
        """The body as far as it has come; if it `has_head`, all bytes as they came."""
        ...

    def behind(self) -> bytes:
        """What came behind a whole body, and is no other response: it may belong to the body."""
        ...


def unheard() -> None:
    """Nobody wants to know."""


def unwatched(_: Arriving) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request, with an absolute URL. URL, headers and body may hold secrets: the repr shows none.

    `headers` has neither Host nor Content-Length nor Connection: these are the transport's.
    Before the first byte leaves, a transport calls `arriving` with the response that will arrive,
    and then `leaving`: from then on the request may have arrived. One that never calls `leaving`
    is taken to be abandoned when its call is cancelled; of one that never calls `arriving` nothing
    is kept when its call is interrupted.
    """

    method: Literal["GET", "POST"]
    url: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    leaving: Callable[[], None] = field(default=unheard, repr=False, compare=False)
    arriving: Callable[[Arriving], None] = field(default=unwatched, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it came: status, headers in order, the whole body, nothing decoded.

    `behind` is what came behind the body, although the head said that it was over: a server may
    have counted characters and not bytes. Nothing is read from it, and it is kept.

    Headers and body may hold what the request held: the repr shows neither.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    behind: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """The value of the first header of that name, in any case."""
        wanted, size = name.lower(), len(name)
        for key, value in self.headers:
            if len(key) == size and key.lower() == wanted:
                return value
        return None


class SendFailed(Exception):
    """There is no whole response.

    `reason` is for people and holds nothing of the request. `sent` is False only if it is proved
    that no byte of the request left: then it can safely be sent again. `status` and `headers` are
    set once the head of a response came that can be trusted. `received` is the body as far as it
    came; if it `has_head`, the head or what frames the body could not be trusted, and `received`
    is all that came, head included. `interrupt` is what stopped the exchange from outside (a
    KeyboardInterrupt, a cancelled task): it is raised again when what was received is safe. If it
    `is_final`, to try again is of no use.
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
        """What has been pickled goes elsewhere: nothing that came goes with it."""
        return _failed, (self.reason, self.sent, self.status, self.is_final)


def _failed(reason: str, sent: bool, status: int | None, is_final: bool) -> SendFailed:
    return SendFailed(reason, sent=sent, status=status, is_final=is_final)


class Transport(Protocol):
    """Sends requests. Threads share one."""

    def send(self, request: Request, deadline: float) -> Response:
        """The whole response, before `time.monotonic()` passes `deadline`.

        Raises SendFailed, raised outside of any `except` block, so that it has no context whose
        frames hold the request's bytes. Any other exception is taken for a failure after the
        request has left.
        """
        ...

    def close(self) -> None:
        """Close all connections. Calls after that raise SendFailed with `sent=False`."""
        ...


class AsyncTransport(Protocol):
    """Sends requests. Tasks of one event loop share one."""

    async def send(self, request: Request, deadline: float) -> Response:
        """As Transport.send. Cancelling it closes the connection that it uses."""
        ...

    async def aclose(self) -> None:
        """Close all connections. Calls after that raise SendFailed with `sent=False`."""
        ...
