"""Responses that have been damaged, by chance that can be repeated."""

from collections.abc import Iterator
from random import Random

_BODY = b'<?xml version="1.0"?><string>13900000000</string>'
_LENGTH = b"Content-Length: %d\r\n" % len(_BODY)
_CHUNKS = b"1f\r\n%b\r\n11;a=b\r\n%b\r\n0\r\n\r\n" % (_BODY[:31], _BODY[31:48])

WHOLE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n%b\r\n%b" % (_LENGTH, _BODY),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nServer: x\r\n\r\n%b" % _CHUNKS,
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-End: 1\r\n\r\n",
    b"HTTP/1.0 500 No\r\nServer: IIS\r\nConnection: close\r\n\r\n%b" % _BODY,
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200\r\n%b\r\n%b" % (_LENGTH, _BODY),
    b"HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5, max=100\r\n\r\n",
    b"HTTP/1.1 200 OK\nX-A : 1\nX-XSS-Protection=1;\n\tfolded\nContent-Length: 2\n\nok",
)
_PIECES = (
    *(b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\n\n", b" ", b"\t", b"\0", b"\x0b", b"\x7f", b"\xa0"),
    *(b":", b";", b",", b"=", b"0", b"5", b"ffffffffffffffff", b"-1", b"+5", b"\xff"),
    *(b"Content-Length: 5\r\n", b"Content-Length : 5\r\n", b"content-length:5, 5\r\n"),
    *(
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"\xa0Connection: close\n",
    ),
    *(b" folded\r\n", b"X\r\n", b": 1\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 C\r\n\r\n"),
    *(b"HTTP/2.0  200", b"0\r\n\r\n", b"5\r\nhello\r\n", b"Keep-Alive: timeout=1\r\n"),
)


def damaged(whole: bytes, chance: Random) -> bytes:
    """A response with a few bytes changed, taken away, put in, or said twice."""
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at = chance.randrange(len(data) + 1)
        end = min(at + chance.choice((1, 1, 2, 5, 20)), len(data))
        match chance.randrange(6):
            case 0:
                data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end]
            case 3:
                del data[at:]
            case _:
                line = data.find(b"\n", at) + 1 if chance.random() < 0.5 else at
                data[line:line] = chance.choice(_PIECES)
    return bytes(data)


def mutations(count: int, chance: Random) -> Iterator[bytes]:
    for _ in range(count):
        yield damaged(chance.choice(WHOLE), chance)
