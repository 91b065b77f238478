# Copied by unstringly 0.1.0. Do not edit.
"""The part of a connection that an event loop holds: it writes requests, and feeds readers.

It serves one exchange at a time. Bytes that come outside of an exchange, be it one byte or the end,
close it: the response to one request must not be read as that to another. There is no stream and no
task in between: the caller awaits one future.
"""

import asyncio
import socket
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    import ssl

    from .response_reader import ResponseReader

_SILENCE: Final = 0.5
"""Seconds that a refused response has for more bytes."""
_AT_ONCE: Final = 64 * 1024
_TOO_LATE: Final = "no whole response in time"
_AFTER: Final = 0.1
"""The most seconds after the deadline for reading bytes that had come by then."""


class Line(asyncio.BufferedProtocol):
    """Both directions of a socket that is connected, and encrypted for https."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._transport: asyncio.Transport | None = None
        self._records: ssl.SSLObject | None = None
        self._buffer = bytearray()
        self._reader: ResponseReader | None = None
        self._answered: asyncio.Future[str] | None = None
        self._silence: asyncio.TimerHandle | None = None
        self._updates = 0

    # ---- for the user of a connection

    @property
    def is_begun(self) -> bool:
        """True if the event loop has it: then the loop closes the socket."""
        return self._transport is not None

    @property
    def is_open(self) -> bool:
        """True if bytes can be sent on it."""
        return self._transport is not None and not self._transport.is_closing()

    @property
    def is_idle(self) -> bool:
        """True if it is open, and all bytes to be sent have left."""
        if self._transport is None or self._transport.is_closing():
            return False
        return not self._transport.get_write_buffer_size()

    @property
    def is_fresh(self) -> bool:
        """True if it is open, and no byte has come that was not asked for, and no end.

        The event loop may have been busy for long, and not have told yet: so the socket is asked.
        """
        if not self.is_open:
            return False
        try:
            self.sock.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            return False
        return False

    async def exchange(self, request: bytes, reader: "ResponseReader", deadline: float) -> str:
        """Send a request, and feed its reader until that is done, or can come no further.

        Return the problem with the connection, or ""; the reader has the problem with the response.
        """
        transport = self._transport
        if transport is None:
            raise TypeError("a connection is opened first")
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[str] = loop.create_future()
        self._answered, self._reader = answered, reader
        timer = loop.call_later(deadline - monotonic(), self._time_over, reader, deadline + _AFTER)
        try:
            transport.write(request)
            return await answered
        finally:
            timer.cancel()
            self._end("")
            self._answered = None

    def close(self) -> None:
        """Close it now, also in the middle of an exchange."""
        self._end("the connection was closed")
        if self._transport is not None:
            self._transport.abort()

    # ---- for the event loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport of a socket that is connected, and encrypted for https."""
        self._transport = cast("asyncio.Transport", transport)
        self._records = cast("ssl.SSLObject | None", transport.get_extra_info("ssl_object"))
        self._buffer = bytearray(_AT_ONCE if self._records is None else 1)

    def get_buffer(self, sizehint: int) -> bytearray:
        """Return the buffer for the next bytes: asyncio's is four times as large, and always new.

        For an encrypted connection it takes the first byte only. asyncio would put one record
        behind the other, and tell nothing of them if a later one is broken; some versions of it
        lose all but the first.
        """
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Feed the reader with the bytes that have come."""
        reader = self._reader
        if reader is None:
            self.close()
            return
        self._updates += 1
        reader.feed(bytes(memoryview(self._buffer)[:nbytes]))
        if self._records is not None:
            _read_records(self._records, reader)
        if reader.is_done:
            self._end("")
        elif reader.is_overdue:  # no other request gets these bytes, so they are kept
            self._stop_waiting()
            self._silence = asyncio.get_running_loop().call_later(_SILENCE, self._end, "")

    def eof_received(self) -> None:
        """End the reader's response: the other end sends no more."""
        if self._reader is not None:
            self._reader.end()
            self._end("")
        self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the exchange: the connection is lost."""
        if self._reader is None:
            return
        if exc is not None:
            self._read_what_is_left(self._reader)
        else:
            self._reader.end()
        reason = getattr(exc, "strerror", None) or type(exc).__name__
        self._end("" if self._reader.is_done else f"the connection broke: {reason}")

    # ----

    def _time_over(self, reader: "ResponseReader", until: float, updates_before: int = -1) -> None:
        """End the waiting, once two turns of the event loop have brought nothing more.

        The event loop may have been busy for long: bytes that came meanwhile are read.
        """
        if self._reader is not reader:
            return
        if self._updates == updates_before or (updates_before >= 0 and monotonic() >= until):
            self._end(_TOO_LATE)
            return
        loop, updates = asyncio.get_running_loop(), self._updates
        loop.call_soon(lambda: loop.call_soon(self._time_over, reader, until, updates))

    def _end(self, problem: str) -> None:
        """End the exchange: bytes that come from here on are not part of this response."""
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(problem)
        self._stop_waiting()
        self._reader = None

    def _stop_waiting(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None

    def _read_what_is_left(self, reader: "ResponseReader") -> None:
        """Read the response of a server that closed before it had read the whole request.

        Writing fails first then. The response can still be read, where it is not encrypted.
        """
        if self._records is not None:
            return
        try:
            while not reader.is_done:
                data = self.sock.recv(_AT_ONCE)
                if not data:
                    return
                reader.feed(data)
        except OSError:
            return


def _read_records(records: "ssl.SSLObject", reader: "ResponseReader") -> None:
    """Feed a reader with all bytes that are decrypted, also with those behind the response."""
    try:
        while data := records.read(_AT_ONCE):
            reader.feed(data)
    except OSError:  # there is no more yet; or a broken record, which asyncio meets next
        return
