"""Everything that a server, or something before it, does wrong here, by name.

Echoes of a request are in `echoes`; what needs TLS is in `test_tls`.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from tests.faults.answers import chunked, document, fault, good, media, message
from tests.faults.servers import Behaviour, Door, Peer, Seen

LIMIT: Final = 200_000
"""Of the bodies of all calls whose fault is not `large`."""
_LARGE: Final = 4_000_000
_ENOUGH: Final = 64 * 1024 * 1024
_UTF8: Final = "text/xml; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """Answers each request, and then keeps the connection, closes it or resets it.

    With `pause`, one byte at a time, so many seconds apart.
    """

    wire: Callable[[Seen], bytes]
    then: Literal["keep", "close", "reset"] = "keep"
    pause: float = 0

    def __call__(self, peer: Peer) -> None:
        for request in peer.requests():
            self.answer(peer, request)
            if self.then != "keep":
                return

    def answer(self, peer: Peer, request: Seen) -> None:
        if self.pause:
            peer.drip(self.wire(request), self.pause)
        else:
            peer.send(self.wire(request))
        if self.then == "reset":
            peer.reset()


@dataclass(frozen=True)
class Flood:
    """Answers with a beginning, and then repeats a piece until the client has gone."""

    start: bytes
    piece: bytes
    pause: float = 0

    def __call__(self, peer: Peer) -> None:
        for _ in peer.requests():
            self.pour(peer)

    def pour(self, peer: Peer) -> None:
        """Ends with an OSError, or after a lot."""
        peer.send(self.start)
        for _ in range(_ENOUGH // len(self.piece)):
            peer.send(self.piece)
            if self.pause:
                peer.pause(self.pause)


@dataclass(frozen=True)
class Fault:
    """A behaviour of the server, and whether the call lasts until the client's deadline.

    `large`: the answer is a good one, although it is over LIMIT.
    """

    serve: Behaviour
    hangs: bool = False
    large: bool = False
    door: Door = "open"


def _nothing(_: Peer) -> None:
    """Closed by returning."""


def _body(body: str | bytes, kind: str = _UTF8, status: str = "200 OK") -> Fault:
    return Fault(Reply(lambda _: message(body, kind, status)))


def _drip_body(peer: Peer) -> None:
    for request in peer.requests():
        head, end, body = good(request).partition(b"\r\n\r\n")
        peer.send(head + end)
        peer.drip(body, 0.05)


def _changed(change: Callable[[bytes], bytes], then: Literal["keep", "close"] = "close") -> Fault:
    return Fault(Reply(lambda request: change(good(request)), then))


def _claims(more: int, then: Literal["keep", "close", "reset"]) -> Reply:
    """The good answer, which says it has `more` bytes than it has."""

    def wire(request: Seen) -> bytes:
        body = document(request).encode()
        return message(body, f"{media(request)}; charset=utf-8", length=len(body) + more)

    return Reply(wire, then)


def _encoded(encoding: str, kind: str, mark: bytes = b"") -> Fault:
    """A rejection with Chinese words, in some encoding."""

    def wire(request: Seen) -> bytes:
        text = document(request, "-6:敏感词", encoding)
        return message(mark + text.encode(encoding), media(request) + kind)

    return Fault(Reply(wire))


def _packed(request: Seen) -> bytes:
    body = gzip.compress(document(request).encode())
    return message(body, _UTF8, "200 OK", ("Content-Encoding", "gzip"))


_BOMB: Final = gzip.compress(b" " * 20_000_000)
_LAUGHS: Final = "".join(
    f'<!ENTITY l{number + 1} "{f"&l{number};" * 10}">' for number in range(1, 9)
)


def _entity(request: Seen) -> bytes:
    """An entity that lies at this server: fetching it would be one more request."""
    where = f"http://{request.header('host')}/entity"
    doctype = f'<!DOCTYPE string [<!ENTITY e SYSTEM "{where}">]>'
    return message(document(request, "E").replace("?>", f"?>{doctype}", 1).replace("E", "&e;"))


def _redirect(status: int) -> Fault:
    def wire(request: Seen) -> bytes:
        where = f"http://{request.header('host')}{request.target}"
        return message("", _UTF8, f"{status} Moved", ("Location", where))

    return Fault(Reply(wire))


FAULTS: Final[dict[str, Fault]] = {
    "no fault": Fault(Reply(good)),
    # ---- connections
    "refused": Fault(_nothing, door="closed"),
    "never accepted": Fault(_nothing, door="full", hangs=True),
    "closed at once": Fault(_nothing),
    "reset at once": Fault(Peer.reset),
    "never read": Fault(Peer.ignore, hangs=True),
    "never answered": Fault(Peer.hold, hangs=True),
    "read and closed": Fault(Reply(lambda _: b"", "close")),
    "read and reset": Fault(Reply(lambda _: b"", "reset")),
    # ---- the status line and the headers
    "no HTTP": Fault(Reply(lambda _: b"SSH-2.0-OpenSSH_9.6\r\n", "close")),
    "HTTP/0.9": Fault(Reply(lambda request: document(request).encode(), "close")),
    "HTTP/2 status line": _changed(lambda wire: wire.replace(b"HTTP/1.1", b"HTTP/2", 1)),
    "status of letters": _changed(lambda wire: wire.replace(b"200", b"abc", 1)),
    "status line cut": _changed(lambda wire: wire[:8]),
    "headers cut": _changed(lambda wire: wire[: wire.index(b"\r\n\r\n") - 4]),
    "headers cut at a line": _changed(lambda wire: wire[: wire.index(b"\r\n\r\n") + 2]),
    "headers drip": Fault(Reply(good, pause=0.05), hangs=True),
    "headers never end": Fault(Flood(b"HTTP/1.1 200 OK\r\n", b"X-More: abcdefgh\r\n" * 500)),
    "header line never ends": Fault(Flood(b"HTTP/1.1 200 OK\r\nX-More: ", b"a" * 8192)),
    "status line never ends": Fault(Flood(b"HTTP/1.1 200 ", b"a" * 8192)),
    "100 forever": Fault(Flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02), hangs=True),
    "100 before": _changed(lambda wire: b"HTTP/1.1 100 Continue\r\n\r\n" + wire, "keep"),
    "103 before": _changed(
        lambda wire: b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + wire, "keep"
    ),
    "101": Fault(Reply(lambda _: b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: a\r\n\r\n")),
    # ---- the length of the body
    "body cut": Fault(_claims(50, "close")),
    "body cut by a reset": Fault(_claims(50, "reset")),
    "body cut in the middle": _changed(lambda wire: wire[:-40]),
    "body short and open": Fault(_claims(50, "keep"), hangs=True),
    "body longer than it says": Fault(
        Reply(lambda request: good(request) + b"<string>-3</string>", "keep")
    ),
    "body drips": Fault(_drip_body, hangs=True),
    "no length": Fault(
        Reply(lambda r: message(document(r), media(r), length=-1), "close"),
    ),
    "HTTP/1.0 without length": Fault(
        Reply(lambda r: message(document(r), media(r), length=-1, version="HTTP/1.0"), "close")
    ),
    "no length and cut": Fault(
        Reply(lambda r: message(document(r)[:-20], media(r), length=-1), "close")
    ),
    "chunked": Fault(Reply(chunked)),
    "chunked with extensions": Fault(Reply(lambda r: chunked(r, ["28;a=b", '28;c="d"']))),
    "chunked with trailers": Fault(Reply(lambda r: chunked(r, (), b"0\r\nX-End: yes\r\n\r\n"))),
    "chunked, cut": Fault(Reply(lambda r: chunked(r)[:-30], "close")),
    "chunked, no last chunk": Fault(Reply(lambda r: chunked(r, (), b""), "close")),
    "chunked, stalled": Fault(Reply(lambda r: chunked(r, (), b"")), hangs=True),
    "chunk size of letters": Fault(Reply(lambda r: chunked(r, ["size"]), "close")),
    "chunk size with a sign": Fault(Reply(lambda r: chunked(r, ["-28"]), "close")),
    "chunk size beyond all": Fault(Reply(lambda r: chunked(r, ["f" * 40]), "close")),
    "two lengths": _changed(
        lambda wire: wire.replace(b"Content-Length", b"Content-Length: 50\r\nContent-Length", 1)
    ),
    "body without end": Fault(
        Flood(message("<string>", length=-1), b"1" * 65536),
    ),
    "body of 1 TB": Fault(Flood(message("<string>", length=10**12), b"1" * 65536)),
    "chunks without end": Fault(
        Flood(
            message(b"", length=-1)[:-2] + b"Transfer-Encoding: chunked\r\n\r\n",
            b"10000\r\n" + b"1" * 65536 + b"\r\n",
        )
    ),
    # ---- what is not the result
    "page 200": _body("<html><body>Please log in</body></html>", "text/html"),
    "page 500": _body("<html><body>Server Error</body></html>", "text/html", "500 No"),
    "page 502": _body("<html><body>Bad Gateway</body></html>", "text/html", "502 Bad Gateway"),
    "text 500": _body("Missing parameter: Msg.", "text/plain", "500 Internal Server Error"),
    "result 500": Fault(Reply(lambda r: good(r).replace(b"200 OK", b"500 Sorry", 1))),
    "json": _body('{"error": "no"}', "application/json"),
    "SOAP 1.1 fault": _body(fault("soap11", "It broke."), _UTF8, "500 Sorry"),
    "SOAP 1.2 fault": _body(fault("soap12", "It broke."), _UTF8, "500 Sorry"),
    "SOAP 1.1 fault 200": _body(fault("soap11", "It broke.")),
    "SOAP 1.2 fault 200": _body(fault("soap12", "It broke.")),
    **{f"redirect {status}": _redirect(status) for status in (301, 302, 303, 307, 308)},
    "401": _body("Who are you?", "text/plain", "401 Unauthorized"),
    "206": Fault(Reply(lambda r: good(r).replace(b"200 OK", b"206 Partial Content", 1))),
    "empty 200": _body(b""),
    "204": Fault(Reply(lambda _: b"HTTP/1.1 204 No Content\r\n\r\n")),
    "304": Fault(Reply(lambda _: b"HTTP/1.1 304 Not Modified\r\n\r\n")),
    # ---- how the result is written
    "gzip": Fault(Reply(_packed)),
    "gzip bomb": Fault(
        Reply(lambda _: message(_BOMB, _UTF8, "200 OK", ("Content-Encoding", "gzip")))
    ),
    "nested deeply": _body("<a>" * 50_000),
    "billion laughs": _body(f'<!DOCTYPE a [<!ENTITY l1 "ha">{_LAUGHS}]><a>&l9;</a>'),
    "external entity": Fault(Reply(_entity)),
    "another root": _body("<error>123</error>"),
    "XML cut": Fault(Reply(lambda r: message(document(r)[:-12], media(r)))),
    "no form of a result": Fault(Reply(lambda r: good(r, "OK"))),
    "result of 4 MB": Fault(Reply(lambda r: good(r, "1" * _LARGE)), large=True),
    "utf-8 with a mark": _encoded("utf-8", "", b"\xef\xbb\xbf"),
    "utf-16 with a mark": _encoded("utf-16", ""),
    "gb2312 in the header": _encoded("gb2312", "; charset=gb2312"),
    "gb2312 in the document": _encoded("gb2312", ""),
    "gb2312 that says utf-8": _encoded("gb2312", "; charset=utf-8"),
    "unknown charset": Fault(Reply(lambda r: message(document(r), "text/xml; charset=klingon"))),
}
