"""Responses whose heads, or the framing of whose bodies, are odd: what becomes of each.

Those that mean one thing only are read. Those that could be read in two ways are refused, and
everything that came is kept.
"""

from dataclasses import dataclass
from typing import Final

TEXT: Final = "2314357620085030623,13900000000,DELIVRD|"
BODY: Final = f'<string xmlns="http://tempuri.org/">{TEXT}</string>'.encode()
LENGTH: Final = b"Content-Length: %d" % len(BODY)
KIND: Final = b"Content-Type: text/xml; charset=utf-8"


@dataclass(frozen=True)
class OddHead:
    """A response as it is on the wire, and whether it is read, or refused and kept."""

    name: str
    wire: bytes
    is_read: bool


def _wire(*lines: bytes, start: bytes = b"HTTP/1.1 200 OK", body: bytes = BODY) -> bytes:
    return b"\r\n".join([start, KIND, *lines, b"", b""]) + body


def _read(
    name: str, *lines: bytes, start: bytes = b"HTTP/1.1 200 OK", body: bytes = BODY
) -> OddHead:
    return OddHead(name, _wire(*lines, start=start, body=body), is_read=True)


def _kept(
    name: str, *lines: bytes, start: bytes = b"HTTP/1.1 200 OK", body: bytes = BODY
) -> OddHead:
    return OddHead(name, _wire(*lines, start=start, body=body), is_read=False)


_CHUNKED: Final = b"Transfer-Encoding: chunked"
_CHUNKS: Final = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (
    20,
    BODY[:20],
    len(BODY) - 20,
    BODY[20:],
)

ODD_HEADS: Final = (
    _read("as it should be", LENGTH),
    _read("blank before the colon", b"X-A : 1", LENGTH),
    _read("no colon", b"X-XSS-Protection=1;", LENGTH),
    _read("no colon, last", LENGTH, b"rubbish"),
    _read("empty name", b": 1", LENGTH),
    _read("name of a blank", b" : 1", LENGTH),
    _read("name that is not ASCII", "X-Größe: 1".encode(), LENGTH),
    _read("name in GBK", "名称: 1".encode("gbk"), LENGTH),
    _read("value in GBK", "X-A: 名称".encode("gbk"), LENGTH),
    _read("two blanks in the status line", LENGTH, start=b"HTTP/1.1  200  OK"),
    _read("no words in the status line", LENGTH, start=b"HTTP/1.1 200"),
    _read("words that are not ASCII", LENGTH, start="HTTP/1.1 200 成功".encode()),
    _read("control characters in a value", b"X-A: \x01\x02\x7f", LENGTH),
    _read("control character in a name", b"X\x01-A: 1", LENGTH),
    _read("folded line", b"X-A: 1", b"\t2", LENGTH),
    _read("fold before any field", b" X-A: 1", LENGTH),
    _read("version 2.0", LENGTH, start=b"HTTP/2.0 200 OK"),
    _read("version 2", LENGTH, start=b"HTTP/2 200 OK"),
    _read("version 1.0, until the end", start=b"HTTP/1.0 200 OK"),
    _read("no length", b"Connection: close"),
    _read("the same length twice", LENGTH, LENGTH),
    _read("the same length, listed", b"%s, %d" % (LENGTH, len(BODY))),
    _read("bytes behind the body", LENGTH, body=BODY + b"HTTP/1.1 500 No\r\n\r\n"),
    _read("many fields", *(b"X-%d: 1" % n for n in range(500)), LENGTH),
    _read("a long field", b"X-A: " + b"1" * 60_000, LENGTH),
    _read("chunks", _CHUNKED, body=_CHUNKS),
    _read("chunks with extensions", _CHUNKED, body=_CHUNKS.replace(b"\r\n", b";a=b\r\n", 1)),
    _read("chunks with trailers", _CHUNKED, body=_CHUNKS[:-2] + b"X-A : 1\r\n\r\n"),
    _read(
        "early hints",
        LENGTH,
        start=b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK",
    ),
    OddHead("LF alone", _wire(LENGTH).replace(b"\r\n", b"\n"), is_read=True),
    OddHead("empty line before it", b"\r\n" + _wire(LENGTH), is_read=True),
    _kept("blank in the name of the length", b"Content-Length : %d" % len(BODY)),
    _kept("blank before the length", b" " + LENGTH),
    _kept("control in the length's name", b"Content-\x01Length: %d" % len(BODY), LENGTH),
    _kept("length without a colon", b"Content-Length %d" % len(BODY), LENGTH),
    _kept("blank in the transfer coding's name", b"Transfer-Encoding : chunked", LENGTH),
    _kept("blank in the connection's name", b"Connection\t: close", LENGTH),
    _kept("fold after the length", LENGTH, b" 0"),
    _kept("fold after the transfer coding", _CHUNKED, b"\t, gzip"),
    _kept("fold after the connection", b"Connection: keep-alive,", b" close", LENGTH),
    _kept("NUL in a value", b"X-A: \0", LENGTH),
    _kept("NUL in a name", b"X\0: 1", LENGTH),
    _kept("CR alone", b"X-A: 1\rX-B: 2", LENGTH),
    _kept("two lengths", LENGTH, b"Content-Length: 5"),
    _kept("two lengths, listed", b"Content-Length: 5, %d" % len(BODY)),
    _kept("negative length", b"Content-Length: -1"),
    _kept("length in hexadecimal", b"Content-Length: 0x50"),
    _kept("no length in the length", b"Content-Length:"),
    _kept("both framings", LENGTH, _CHUNKED, body=_CHUNKS),
    _kept("unknown transfer coding", b"Transfer-Encoding: identity", LENGTH),
    _kept("coded transfer", b"Transfer-Encoding: gzip, chunked", body=_CHUNKS),
    _kept("no HTTP", LENGTH, start=b"ICY 200 OK"),
    _kept("no status", LENGTH, start=b"HTTP/1.1 OK"),
    _kept("status of two digits", LENGTH, start=b"HTTP/1.1 20 OK"),
    OddHead("no head at all", BODY, is_read=False),
    _kept("size of a chunk in words", _CHUNKED, body=_CHUNKS.replace(b"14\r\n", b"0x14\r\n", 1)),
    _kept("chunk that is longer", _CHUNKED, body=_CHUNKS.replace(b"14\r\n", b"12\r\n", 1)),
    _kept("no size before a chunk", _CHUNKED, body=b"\r\n" + _CHUNKS),
    _kept("no chunks", _CHUNKED),
)
