# Copied by unstringly 0.1.0. Do not edit.
r"""A body that comes in chunks (RFC 9112, section 7.1), read without any I/O.

Between chunks nothing is tolerated: after a size that is read wrongly, data would be taken for
framing, or framing for data. A size has hexadecimal digits and perhaps extensions, `\r\n` stands
behind it and behind the chunk, and the room that all this may take is limited.
"""

import re
from typing import Final, NamedTuple

from .response_head import END_OF_FIELDS, FRAMING, Untrusted, read_fields

_SIZE: Final = re.compile(
    rb"([0-9A-Fa-f]{1,16})(?:[ \t]*+|;[\t -~\x80-\xff]*+|([ \t]++;[\t -~\x80-\xff]*+))\r\n"
)
"""A size, perhaps with extensions; the last form of them may be read, but must not be sent."""

_BEGINNING: Final = re.compile(
    rb"(?:[0-9A-Fa-f]{1,16}+(?:[ \t]++\r?|[ \t]*+;[\t -~\x80-\xff]*+\r?|\r?))?"
)
_MOST_LINE: Final = 4 * 1024
_MOST_TRAILERS: Final = 64 * 1024
_MOST_FRAMING: Final = 256 * 1024
_FRAMING_OF_A_BYTE: Final = 8
"""Bytes of framing allowed for each byte: a body in chunks of one byte each needs five."""


class _Place(NamedTuple):
    """The place up to which the chunks are read: `at`, with `body` bytes of data before it.

    The chunk from there has `size` bytes: None if that is still to be read, 0 if only trailers
    follow, whose end was looked for up to `searched`.
    """

    at: int
    body: int
    size: int | None
    searched: int
    has_ended: bool
    is_odd: bool


class Chunks:
    """The chunks behind a head.

    Each reading ends with one store. If an interrupt comes before it, the next reading does the
    same again.
    """

    def __init__(self, start: int) -> None:
        self._start = start
        self._body = bytearray()
        self._place = _Place(start, 0, None, start, has_ended=False, is_odd=False)

    @property
    def has_ended(self) -> bool:
        """True if the last chunk and the trailers behind it are here."""
        return self._place.has_ended

    @property
    def is_odd(self) -> bool:
        """True if there was anything that the standard does not allow to be sent."""
        return self._place.is_odd

    @property
    def end(self) -> int:
        """The place up to which everything is read."""
        return self._place.at

    def size(self, data: bytearray) -> int:
        """Return the number of bytes of the body that are here."""
        place = self._place
        return place.body + min(place.size or 0, len(data) - place.at)

    def body(self, data: bytearray) -> bytes:
        """Return the body as far as it has come."""
        place = self._place
        current = data[place.at : place.at + (place.size or 0)]
        return b"".join((memoryview(self._body)[: place.body], current))

    def read(self, data: bytearray) -> None:
        """Go on reading in all bytes so far, head included. Raises Untrusted."""
        at, body, size, searched, has_ended, is_odd = self._place
        del self._body[body:]
        while not has_ended:
            if size is None:
                line = _size_line(data, at)
                if line is None:
                    break
                is_odd = is_odd or line[2] is not None
                at = searched = line.end()
                size = int(line[1], 16)
                body = len(self._body)
                if at - self._start - body > _MOST_FRAMING + _FRAMING_OF_A_BYTE * body:
                    raise Untrusted("more framing than body")
            elif size:
                end = at + size
                if not b"\r\n".startswith(data[end : end + 2]):
                    raise Untrusted("end of a chunk")
                if len(data) < end + 2:
                    break
                self._body += data[at:end]
                at, size = end + 2, None
            else:
                end = _end_of_trailers(data, at, searched)
                if not end:
                    searched = max(at, len(data) - 2)
                    break
                fields, has_odd = read_fields(bytes(data[at:end]))
                has_framing = any(name.lower() in FRAMING for name, _ in fields)
                is_odd = is_odd or has_odd or has_framing
                at, has_ended = end, True
        self._place = _Place(at, len(self._body), size, searched, has_ended, is_odd)


def _size_line(data: bytearray, at: int) -> re.Match[bytes] | None:
    """Return the line with the size of a chunk, None if it has not come yet. Raises Untrusted."""
    end = data.find(b"\n", at, at + _MOST_LINE) + 1
    if end or len(data) - at >= _MOST_LINE:
        line = _SIZE.fullmatch(data, at, end)
        if line is not None:
            return line
    elif _BEGINNING.fullmatch(data, at) is not None:
        return None
    raise Untrusted("size of a chunk")


def _end_of_trailers(data: bytearray, at: int, searched: int) -> int:
    """Return the end of the trailers, 0 if they have not ended yet. Raises Untrusted."""
    if data.startswith(b"\r\n", at):
        return at + 2
    if data.startswith(b"\n", at):
        return at + 1
    ending = END_OF_FIELDS.search(data, searched, at + _MOST_TRAILERS)
    if ending is None and len(data) - at >= _MOST_TRAILERS:
        raise Untrusted("size of the trailers")
    return ending.end() if ending else 0
