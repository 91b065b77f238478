# Copied by unstringly 0.1.0. Do not edit.
"""A response to an HTTP/1.1 request (RFC 9112) while it arrives, read without any I/O.

The driver of a connection feeds the bytes that come, and asks. The rules:

- All bytes that came are kept. All else is framing in them, so no question can lose a byte.
- Bytes that cannot be trusted are refused: a head, or the framing of the body, that could be read
  in two ways. Then all bytes that came are given out as they came, and so are those still to come.
- A form that is odd and means one thing only is read, and the connection is not used again.
- Bytes behind an empty body may be all there is: they are refused, and so they are kept.
- Every step ends with one store. An interrupt leaves it done or not done, and the next question
  does it again.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from ..wire.exchange import Response
from .chunks import Chunks
from .response_edges import MOST_OF_HEAD, goes_on, has_start_line, where_it_begins
from .response_head import (
    END_OF_FIELDS,
    SWITCHING,
    Fields,
    ResponseHead,
    Untrusted,
    read_head,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE: Final = (64 * 1024,)
"""The bytes to ask for at a time; a tuple of one, so that `map` calls `receive` once."""

_MOST_INTERIM: Final = 64
_INTERIM: Final = range(100, 200)


class _Intake(NamedTuple):
    """All bytes that came: the first `taken` of `data`, and then the pieces that `arrived`."""

    data: bytearray
    taken: int
    arrived: list[bytes]


class _Search(NamedTuple):
    """The beginning of the head, and the place up to which its end was looked for."""

    at: int = 0
    searched: int = 0
    interim: int = 0
    has_start: bool = False
    is_odd: bool = False


_BEGINNING: Final = _Search()


class _Framing(NamedTuple):
    """The head of the response, and the beginning of its body."""

    head: ResponseHead
    start: int
    chunks: Chunks | None
    ends_with_connection: bool


class ResponseReader:
    """The response to a request with a method; a body is read to little more than `max_bytes`.

    No bytes that are fed make it raise. It is an `Arriving`.
    """

    def __init__(self, method: str, max_bytes: int) -> None:
        self._has_body = method != "HEAD"
        self._max_bytes = max_bytes
        self._intake = _Intake(bytearray(), 0, [])
        self._search = _BEGINNING
        self._framing: _Framing | None = None
        self._refusal = ""
        self._has_ended = False
        self._is_stopped = False
        self._read_up_to = 0
        self._size = 0
        self._has_all = False
        self._behind = 0

    # ---- bytes that come

    def feed(self, data: bytes) -> None:
        """Add bytes that have come."""
        self._intake.arrived.append(data)
        self._read()

    def take(self, receive: "Callable[[int], bytes]") -> None:
        """Feed the bytes that `receive` returns for a number of bytes; none end the connection.

        The call of `receive` and the storing of its bytes are one step of the interpreter: no
        interrupt comes between the two.
        """
        arrived = self._intake.arrived
        arrived.extend(map(receive, _PIECE))
        if arrived and not arrived[-1]:
            self._has_ended = True
        self._read()

    def end(self) -> None:
        """Note that the connection has ended."""
        self._has_ended = True

    def stop(self) -> None:
        """Wait for no more bytes."""
        self._is_stopped = True

    # ---- questions

    @property
    def status(self) -> int | None:
        """The HTTP status, once the head has been read and can be trusted."""
        framing = self._look()
        return framing.head.status if framing else None

    @property
    def headers(self) -> Fields:
        """The headers in order, none before the head has been read."""
        framing = self._look()
        return framing.head.fields if framing else ()

    @property
    def has_head(self) -> bool:
        """True if `received` begins with the head."""
        framing = self._look()
        return bool(self._refusal) or (framing is None and bool(self._intake.data))

    def received(self) -> bytes:
        """Return the body as far as it has come; if it `has_head`, all bytes as they came."""
        framing = self._look()
        data = self._intake.data
        if framing is None or self._refusal:
            return bytes(data)
        if framing.chunks is not None:
            return framing.chunks.body(data)
        return bytes(memoryview(data)[framing.start : framing.start + self._size])

    def behind(self) -> bytes:
        """Return the bytes behind a whole body, if they are neither blanks nor another response."""
        self._look()
        data = self._intake.data
        return bytes(data[len(data) - self._behind :]) if self._behind and self.is_whole else b""

    def response(self) -> Response | None:
        """Return the whole response, if it is here."""
        if not self.is_whole:
            return None
        framing, data = self._framing, self._intake.data
        if framing is None:
            return None
        behind = bytes(data[len(data) - self._behind :]) if self._behind else b""
        return Response(framing.head.status, framing.head.fields, self.received(), behind)

    @property
    def is_refused(self) -> bool:
        """True if the bytes cannot be trusted. More of them may still come."""
        self._look()
        return bool(self._refusal)

    @property
    def is_whole(self) -> bool:
        """True if all of the response is here."""
        framing = self._look()
        if framing is None or self._refusal or self._size > self._max_bytes:
            return False
        return self._has_all or (self._has_ended and framing.ends_with_connection)

    @property
    def has_told_its_end(self) -> bool:
        """True if the response itself says that it is whole, and not the end of its connection."""
        return self.is_whole and self._has_all

    @property
    def is_overdue(self) -> bool:
        """True if bytes come that should not come: they are kept, and not waited for very long."""
        return self.is_refused or bool(self._behind)

    @property
    def is_done(self) -> bool:
        """True if no more bytes are to be fed.

        A response that is overdue goes on until its connection ends, or `stop` is called.
        """
        self._look()
        is_over = self._size > self._max_bytes or self._behind > self._max_bytes
        has_all = self._has_all and not self._behind
        return has_all or self._has_ended or is_over or self._is_stopped

    @property
    def is_reusable(self) -> bool:
        """True if the connection can carry another request."""
        framing = self._look()
        if framing is None or self._has_ended or not framing.head.is_kept or not self.is_whole:
            return False
        chunks = framing.chunks
        if chunks is None:
            return len(self._intake.data) == framing.start + self._size
        return len(self._intake.data) == chunks.end and not chunks.is_odd

    @property
    def keep_seconds(self) -> float | None:
        """The seconds for which the server keeps the connection, if it has said that."""
        framing = self._look()
        return framing.head.keep_seconds if framing else None

    @property
    def problem(self) -> str:
        """The reason why there is no whole response, without quoting it; "" if it is whole."""
        self._look()
        if self._refusal:
            return f"what came is no HTTP response ({self._refusal})"
        if self._size > self._max_bytes:
            return f"the response is larger than {self._max_bytes} bytes"
        if self.is_whole:
            return ""
        if self._has_ended:
            return "the connection ended before the response did"
        return "the response has not ended yet"

    # ---- reading

    def _look(self) -> _Framing | None:
        """Read the bytes that an interrupt has kept from being read."""
        intake = self._intake
        if intake.arrived or self._read_up_to != intake.taken:
            self._read()
        return self._framing

    def _read(self) -> None:
        data, taken, arrived = self._intake
        if arrived:
            del data[taken:]
            for piece in arrived:
                data += piece
            self._intake = _Intake(data, len(data), [])
        if not self._refusal:
            try:
                framing = self._framing or self._find(data)
                if framing is not None:
                    self._measure(framing, data)
            except Untrusted as error:
                self._refusal = str(error)
        if self._refusal:
            self._size = len(data)
        self._read_up_to = len(data)

    def _measure(self, framing: _Framing, data: bytearray) -> None:
        """Measure the body, and note if it is all here. Raises Untrusted."""
        if framing.chunks is not None:
            framing.chunks.read(data)
            self._size = framing.chunks.size(data)
            self._has_all, end = framing.chunks.has_ended, framing.chunks.end
        else:
            size, length, end = len(data) - framing.start, framing.head.length, framing.start
            self._has_all = length is not None and size >= length
            self._size = size if length is None else min(size, length)
            end += self._size
        if self._has_all and len(data) > end and goes_on(data, end):
            if not self._size:
                raise Untrusted("it goes on behind its empty body")
            self._behind = len(data) - end

    def _find(self, data: bytearray) -> _Framing | None:
        """Return the head, if all of it is here. Raises Untrusted."""
        while True:
            at, searched, interim, has_start, is_odd = self._search
            if not has_start:
                begin = where_it_begins(data, at)
                at, searched, is_odd = begin, max(begin, searched), is_odd or begin > at
            ending = END_OF_FIELDS.search(data, searched, MOST_OF_HEAD)
            if ending is None:
                if len(data) >= MOST_OF_HEAD:
                    raise Untrusted("size of the head")
                has_start = has_start or has_start_line(data, at)
                searched = max(searched, len(data) - 2)
                self._search = _Search(at, searched, interim, has_start, is_odd)
                return None
            head, end = read_head(bytes(data[at : ending.end()])), ending.end()
            is_odd = is_odd or head.is_odd
            if head.status not in _INTERIM or head.status == SWITCHING:
                break
            if interim == _MOST_INTERIM:
                raise Untrusted("too many interim responses")
            self._search = _Search(end, end, interim + 1, has_start=False, is_odd=is_odd)
        if not self._has_body:
            head = head._replace(length=0, is_chunked=False)
        if head.is_kept and (interim or is_odd):
            head = head._replace(is_kept=False)
        ends_with_connection = head.length is None and not head.is_chunked
        chunks = Chunks(end) if head.is_chunked else None
        self._framing = _Framing(head, end, chunks, ends_with_connection)
        return self._framing
