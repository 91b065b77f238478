# Copied by unstringly 0.1.0. Do not edit.
"""Events of httpx2 during an exchange, and filters that keep secrets out of its logs."""

import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import httpx2

from ..wire.exchange import Request

_is_ours: ContextVar[bool] = ContextVar("unstringly_exchange", default=False)


class TooLarge(Exception):
    """The body of a response is over its limit."""


class SentAgain(Exception):
    """A request is about to be sent a second time, as httpx2 does over HTTP/2."""


class Watch:
    """The progress of an exchange: whether the request may have left, and all that arrived.

    It is an `Arriving`. httpx2 gives nothing of a head that it refuses, so it never `has_head`.
    """

    has_head = False

    def __init__(self, request: Request, max_bytes: int, *, has_events: bool) -> None:
        self._arriving = request.arriving
        self._leaving = request.leaving
        self._max_bytes = max_bytes
        self._body = bytearray()
        self.sent = False
        self.status: int | None = None
        self.headers: tuple[tuple[str, str], ...] = ()
        self.is_whole = False
        if not has_events:
            self._leave()

    def behind(self) -> bytes:
        """Return no bytes: httpx2 does not show bytes behind a body."""
        return b""

    def on(self, event: str, info: Mapping[str, object]) -> None:
        """Take an event of httpx2's `trace` extension. CONNECT, for a proxy, does not count."""
        if event.endswith(".send_request_headers.started"):
            method = getattr(info.get("request"), "method", b"")
            if method == b"CONNECT":
                return
            if self.sent:
                raise SentAgain
            self._leave()

    async def on_async(self, event: str, info: Mapping[str, object]) -> None:
        """Take an event, as `on`, where events are awaited."""
        self.on(event, info)

    def _leave(self) -> None:
        if not self.sent:
            self._arriving(self)
            self.sent = True
            self._leaving()

    def head(self, response: httpx2.Response) -> None:
        """Take the head of the response."""
        self.headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in response.headers.raw
        )
        self.status = response.status_code

    def body(self, piece: bytes) -> None:
        """Take a piece of the body. Raises TooLarge."""
        self._body += piece
        if len(self._body) > self._max_bytes:
            raise TooLarge(f"the response is larger than {self._max_bytes} bytes")

    def received(self) -> bytes:
        """Return the body as far as it has come."""
        return bytes(self._body)


def is_desynchronized(response: httpx2.Response) -> bool:
    """Say whether bytes have come behind a response that was read to its end, before it is closed.

    httpcore2 takes them for the beginning of the next response on that connection, which would
    then be given to another request. It has no public name for them; where they are not found
    under the private one, the connection is not trusted either.
    """
    if response.extensions.get("http_version") not in (b"HTTP/1.1", b"HTTP/1.0"):
        return False
    part: object = response.stream
    for name in ("_httpcore_stream", "_stream", "_connection", "_h11_state", "trailing_data"):
        part = getattr(part, name, None)
    return part != (b"", False) and "network_stream" in response.extensions


@contextmanager
def quiet_logs() -> Generator[None]:
    """Keep the contents of responses out of logs, at any level, inside a `with`."""
    token = _is_ours.set(True)
    try:
        yield
    finally:
        _is_ours.reset(token)


def _without_contents(record: logging.LogRecord) -> bool:
    """Cut contents off a log record: heads, and complaints about them, may quote the request."""
    if _is_ours.get() and isinstance(record.msg, str) and record.msg.startswith("receive_"):
        record.msg = f"{record.msg.split(' ', 1)[0]} (contents not shown)"
    return True


def _is_somebody_elses(_: logging.LogRecord) -> bool:
    """Drop records of the packing of heads: they show the path, which has the password over GET."""
    return not _is_ours.get()


for _name in ("httpcore2.http11", "httpcore2.http2"):
    logging.getLogger(_name).addFilter(_without_contents)
for _name in ("hpack.hpack", "hpack.table", "h2.config"):
    logging.getLogger(_name).addFilter(_is_somebody_elses)
