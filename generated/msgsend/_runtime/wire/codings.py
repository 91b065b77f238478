# Copied by unstringly 0.1.0. Do not edit.
"""Bodies without their content codings: gzip and deflate (RFC 9110, section 8.4.1).

Servers use these without being asked. Decoding takes bounded memory, and a body may grow only so
many times. A body that is broken, cut or of an unknown coding is not read, and stays as it came. A
wrong label is passed over: `utf-8` and `none` are no codings, and a text that is said to be gzip,
and is not, is read as it is.
"""

from typing import TYPE_CHECKING, Final

from .charsets import known_codec
from .exchange import MAX_BYTES

if TYPE_CHECKING:
    from .exchange import Response

_NONE: Final = ("", "identity", "none", "null", "plain", "text", "binary", "7bit", "8bit")
_GZIP: Final = ("gzip", "x-gzip")
_CODINGS: Final = (*_GZIP, "deflate")
_LONGEST: Final = 1000
_MOST_CODINGS: Final = 3
_MOST_MEMBERS: Final = 100
_MOST_TIMES: Final = 200
"""The most times that a body may grow. Records grow some 20 times, harmful bodies 1000 times."""

_ALLOWED: Final = 1024 * 1024
"""The size in bytes up to which a body may grow without that limit."""

_PIECE: Final = 64 * 1024
_MAGIC: Final = b"\x1f\x8b"
_CONTROLS: Final = bytes({*range(32), 127} - {*b"\t\n\r\f"})


class Broken(Exception):
    """A body is not of its coding, or grows too large. The text says which."""


def coding_of(response: "Response") -> str:
    """Return the content codings of a response, with commas between them; empty if it has none."""
    values = (value for name, value in response.headers if name.lower() == "content-encoding")
    return ", ".join(values).strip()


def inflated(body: bytes, coding: str, most: int = MAX_BYTES) -> bytes:
    """Return a body without its codings, `most` bytes at most. Raises Broken."""
    names = [name.strip(" \t\"'").lower() for name in coding[:_LONGEST].split(",")]
    codings = [name for name in names if not _is_none(name)]
    if not codings or not body:
        return body
    for name in codings:
        if name not in _CODINGS:
            shown = "".join(c if c.isascii() and c.isprintable() else "?" for c in name[:40])
            raise Broken(f"is of the content coding {shown!r}, which was not asked for")
    if len(codings) > _MOST_CODINGS:
        raise Broken(f"has more than {_MOST_CODINGS} content codings")
    for name in reversed(codings):
        body = _undone(body, name, most)
    return body


def _is_none(name: str) -> bool:
    """Say whether a name is no coding: a charset, a media type, or a word for nothing."""
    return name in _NONE or "/" in name or known_codec(name) is not None


def _undone(body: bytes, name: str, most: int) -> bytes:
    room = min(most, max(_ALLOWED, _MOST_TIMES * len(body)))
    if body.startswith(_MAGIC):
        return _gunzipped(body, name, room)
    is_text = len(body.translate(None, _CONTROLS)) == len(body)
    if is_text and (name != "deflate" or body.isascii()):
        return body
    try:
        data = _zlib_data(body, room)
        if data is not None:
            return data
    except Broken:
        if not is_text:
            raise
    if is_text:
        return body
    raise Broken(f"is broken: it is no {name}, as its head says")


def _zlib_data(body: bytes, room: int) -> bytes | None:
    """Return a body without deflate, with or without zlib's head; None if it is of neither kind."""
    import zlib

    is_zlib = body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS) if is_zlib else (-zlib.MAX_WBITS,):
        try:
            data, end = _member(memoryview(body), window, room)
        except zlib.error:
            continue
        if not body[end:].strip(b"\0"):
            return data
    return None


def _gunzipped(body: bytes, name: str, room: int) -> bytes:
    """Return all members of a gzip file, one after the other; zeros may come after them."""
    import zlib  # few responses are compressed

    members: list[bytes] = []
    rest = memoryview(body)
    while bytes(rest[:2]) == _MAGIC:
        if len(members) == _MOST_MEMBERS:
            raise Broken(f"is of more than {_MOST_MEMBERS} {name} members")
        try:
            member, end = _member(rest, zlib.MAX_WBITS | 16, room)
        except zlib.error:
            member, end = b"", 0
        if not end:
            raise Broken(f"is broken {name}")
        members.append(member)
        room -= len(member)
        rest = rest[end:]
    if bytes(rest).strip(b"\0"):
        raise Broken(f"is broken: something comes after its {name}")
    return b"".join(members)


def _member(data: memoryview, window: int, room: int) -> tuple[bytes, int]:
    """Return one decompressed stream, and the place of its end. Raises Broken and zlib.error."""
    import zlib

    engine = zlib.decompressobj(window)
    parts: list[bytes] = []
    size = at = 0
    while at < len(data) and not engine.eof:
        parts.append(engine.decompress(data[at : at + _PIECE], room - size + 1))
        at = min(at + _PIECE, len(data))
        size += len(parts[-1])
        if size > room:
            raise Broken(f"is compressed, and larger than {room} bytes without that")
    if not engine.eof:
        raise Broken("is compressed, and ends too early")
    return b"".join(parts), at - len(engine.unused_data)
