"""One HTTP exchange: what goes out, what comes back, and what a transport promises.

A transport sends one request and gives back one whole response, whatever its status. It
follows no redirect, keeps no cookie, repeats nothing and logs nothing. When there is no whole
response it raises `SendFailed`, which says whether the request can have left, and holds what
did arrive.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

MOST_BYTES = 16 * 1024 * 1024
"""Of a response's body, unless a transport is told otherwise."""


def _unheard() -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request, with an absolute URL. URL, headers and body may hold secrets: the repr shows none.

    `headers` has neither Host nor Content-Length nor Connection: these are the transport's.
    A transport calls `leaving` before the first byte leaves: from then on the request may have
    arrived. One that never calls it is taken to be abandoned when its call is cancelled.
    """

    method: Literal["GET", "POST"]
    url: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    leaving: Callable[[], None] = field(default=_unheard, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it came: status, headers in order, the whole body, nothing decoded.

    Headers and body may hold what the request held: the repr shows neither.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """The value of the first header of that name, in any case."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None


class SendFailed(Exception):
    """There is no whole response.

    `reason` is for people and holds nothing of the request. `sent` is False only if it is proved
    that no byte of the request left: then it can safely be sent again. `status` is set once the
    head of a response came, and `received` is its body as far as it came. `interrupt` is
    what stopped the exchange from outside (a KeyboardInterrupt, a cancelled task): it is raised
    again when what was received is safe. If it `is_final`, to try again is of no use.
    """

    def __init__(
        self,
        reason: str,
        *,
        sent: bool,
        received: bytes = b"",
        status: int | None = None,
        interrupt: BaseException | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent
        self.received = received
        self.status = status
        self.interrupt = interrupt
        self.is_final = is_final

    def __reduce__(self) -> tuple[object, ...]:
        return _failed, (self.reason, self.sent, self.received, self.status, self.is_final)


def _failed(
    reason: str, sent: bool, received: bytes, status: int | None, is_final: bool
) -> SendFailed:
    """A failure that has been pickled; what interrupted it stays where it was."""
    return SendFailed(reason, sent=sent, received=received, status=status, is_final=is_final)


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
