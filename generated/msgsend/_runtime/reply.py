"""The head of an HTTP/1.1 response (RFC 9112), read for `http.client`.

`http.client` reads bodies of a known length, or until the connection ends. Its way to read heads
goes through `email.parser`, which takes as long as all the rest of a call, and its way to read
chunks does not look at what stands between them.
"""

import re
from http.client import (
    BadStatusLine,
    HTTPException,
    HTTPResponse,
    IncompleteRead,
    RemoteDisconnected,
)
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from .wire import Wire

_MOST_LINE: Final = 64 * 1024
_MOST_HEAD: Final = 256 * 1024
_STATUS_LINE: Final = re.compile(
    rb"HTTP/1\.([0-9]) ([1-9][0-9]{2})(?: [^\0-\x08\n-\x1f\x7f]*)?\r?\n"
)
_FIELD: Final = re.compile(
    rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\0-\x08\n-\x1f\x7f]*?)[ \t]*\r?\n"
)
_LENGTH: Final = re.compile("[0-9]{1,18}")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\0-\x08\n-\x1f\x7f]*)?\r\n")
_INFORMATIONAL: Final = range(100, 200)
_SWITCHING: Final = 101
_NO_BODY: Final = (204, 304)
_FRAMING: Final = ("connection", "content-length", "transfer-encoding")


class BadHead(HTTPException):
    """What came is no head of a response, or one that does not end."""


class Reply(HTTPResponse):
    """A response that comes over a wire.

    `fields` are its headers in order; `status`, `length`, `chunked` and `will_close` are as in
    `http.client`.
    """

    def __init__(self, wire: "Wire", method: str) -> None:
        # Of a socket, http.client asks for the file to read from, and for no more.
        super().__init__(cast("socket.socket", wire), method=method)
        self.fields: tuple[tuple[str, str], ...] = ()
        self._room = _MOST_HEAD
        self._is_first_chunk = True
        self._left_of_chunk = 0
        self._has_ended = False

    def read1(self, n: int = -1) -> bytes:
        """At most `n` bytes of the body, none at its end. Raises HTTPException."""
        if not self.chunked:
            return super().read1(n)
        if not self._left_of_chunk and not self._has_ended:
            self._next_chunk()
        if self._has_ended:
            return b""
        piece = self.fp.read1(min(n, self._left_of_chunk) if n >= 0 else self._left_of_chunk)
        if not piece:
            raise IncompleteRead(b"")
        self._left_of_chunk -= len(piece)
        return piece

    def _next_chunk(self) -> None:
        """Read what stands before a chunk, and all that stands behind the last one."""
        if not self._is_first_chunk and self.fp.read(2) != b"\r\n":
            raise BadHead("end of a chunk")
        self._is_first_chunk = False
        self._room = _MOST_HEAD
        found = _CHUNK.fullmatch(self._line())
        if found is None:
            raise BadHead("size of a chunk")
        self._left_of_chunk = int(found[1], 16)
        if not self._left_of_chunk:
            self._has_ended = True
            for _ in self._field_lines():
                pass

    def begin(self) -> None:
        """Read the head; heads that only inform come before it. Raises HTTPException."""
        was_informed = False
        while True:
            minor, status = self._status_line()
            fields = tuple(self._field_lines())
            if status not in _INFORMATIONAL or status == _SWITCHING:
                break
            was_informed = True
        self.code = self.status = status
        self.version = 11 if minor else 10
        self.fields = fields
        listed = self._listed()
        connection = listed["connection"]
        codings = listed["transfer-encoding"]
        self.chunked = bool(codings)
        self.chunk_left = None
        if codings not in ([], ["chunked"]):
            raise BadHead("transfer coding")
        self.length = self._content_length(set(listed["content-length"]))
        is_kept = "keep-alive" in connection if not minor else True
        self.will_close = (
            not is_kept
            or was_informed
            or status in _INFORMATIONAL
            or "close" in connection
            or (self.chunked and self.length is not None)
            or (not self.chunked and self.length is None)
        )
        if self.chunked:
            self.length = None

    def _content_length(self, lengths: set[str]) -> int | None:
        for length in lengths:
            if len(lengths) > 1 or not _LENGTH.fullmatch(length):
                raise BadHead("content length")
        if self.status in _NO_BODY or self.status in _INFORMATIONAL:
            self.chunked = False
            return 0
        return int(lengths.pop()) if lengths else None

    def _listed(self) -> dict[str, list[str]]:
        """The members of the fields that say how the body comes, in small letters."""
        found: dict[str, list[str]] = {name: [] for name in _FRAMING}
        for key, value in self.fields:
            members = found.get(key.lower())
            if members is not None:
                members += [member.strip().lower() for member in value.split(",")]
        return found

    def _line(self) -> bytes:
        line = self.fp.readline(_MOST_LINE)
        self._room -= len(line)
        if not line.endswith(b"\n"):
            raise BadHead("line") if line else RemoteDisconnected("no response")
        if self._room < 0:
            raise BadHead("size")
        return line

    def _status_line(self) -> tuple[int, int]:
        found = _STATUS_LINE.fullmatch(self._line())
        if found is None:
            raise BadStatusLine("status line")
        return int(found[1]), int(found[2])

    def _field_lines(self) -> "Iterator[tuple[str, str]]":
        while (line := self._line()) not in (b"\r\n", b"\n"):
            found = _FIELD.fullmatch(line)
            if found is None:
                raise BadHead("field")
            yield found[1].decode("ascii"), found[2].decode("latin-1")
