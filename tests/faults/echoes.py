"""Answers that hold the password of the request, wherever an answer can hold a text."""

import html
import json
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

from tests.faults.answers import chunked, document, fault, good, message
from tests.faults.faults import Fault, Flood, Reply
from tests.faults.servers import Peer, Seen

PASSWORD: Final = "s3cret&<%>+é 签t41l"
"""Every spelling of it begins and ends as it does itself: see MARKS."""
PLAIN_PASSWORD: Final = "s3cretT41l"
"""One that can be the name of an element or a token in a header."""
MARKS: Final = ("s3cret", "t41l")
"""In lower case. No part of a password may show, so either is a leak."""


def secret(request: Seen) -> str:
    return request.parameters["userPass"]


def spellings(password: str) -> tuple[str, ...]:
    """As it is, percent-encoded, as in a form, and in XML."""
    return password, quote(password), quote_plus(password), escape(password)


def _all(request: Seen) -> str:
    return " ".join(spellings(secret(request)))


def _two(request: Seen) -> str:
    """Without the spelling of XML, which would be one of XML in XML."""
    return " ".join(spellings(secret(request))[:2])


def _page(
    write: Callable[[Seen], str], kind: str = "text/html", status: str = "500 Sorry"
) -> Fault:
    return Fault(Reply(lambda request: message(f"userPass={write(request)}!", kind, status)))


def _odd(spell: Callable[[str], str], kind: str = "text/plain") -> Fault:
    """A text with the password in a spelling that is not one of those of the bindings."""
    return _page(lambda request: spell(secret(request)), kind)


def _line(name: str, write: Callable[[Seen], str], status: str = "200 OK") -> Fault:
    """A good answer with one more header line, which comes first."""

    def wire(request: Seen) -> bytes:
        first = f"HTTP/1.1 {status}\r\n"
        return good(request).replace(
            b"HTTP/1.1 200 OK\r\n", f"{first}{name}: {write(request)}\r\n".encode()
        )

    return Fault(Reply(wire, "close"))


def _redirect(status: int) -> Fault:
    """To the same server, with the request's path and query, and its form as a query."""

    def wire(request: Seen) -> bytes:
        form = "" if request.binding.startswith("soap") else request.body.decode()
        where = f"http://{request.header('host')}{request.target}?{form}{quote(secret(request))}"
        return message(_all(request), "text/html", f"{status} Moved", ("Location", where))

    return Fault(Reply(wire))


def _refusal(request: Seen) -> bytes:
    who = ("WWW-Authenticate", f'Basic realm="{quote(secret(request))}"')
    return message(_all(request), "text/plain", "401 Unauthorized", who)


def _over_the_limit(peer: Peer) -> None:
    for request in peer.requests():
        Flood(message(_all(request), length=-1), b"1" * 65536).pour(peer)


def _dangerous(request: Seen) -> bytes:
    """The page of ASP.NET for a form with `<` in it: a part of the value, written for HTML."""
    words = "A potentially dangerous Request.Form value was detected from the client"
    part = html.escape(secret(request)[:12]).replace("é", "&#233;")
    page = f'<html><title>{words} (userPass="{part}...").</title></html>'
    return message(page, "text/html; charset=utf-8", "500 Internal Server Error")


ECHOES: Final[dict[str, Fault]] = {
    # ---- where no answer can be read
    "request as the answer": Fault(Reply(lambda r: r.raw, "close")),
    "body as the answer": Fault(Reply(lambda r: r.body + b"\r\n\r\n", "close")),
    "status line": Fault(Reply(lambda r: f"HTTP/1.1 2{_all(r)} OK\r\n\r\n".encode(), "close")),
    "version": Fault(Reply(lambda r: f"HTTP/{_all(r)} 200 OK\r\n\r\n".encode(), "close")),
    "reason 200": Fault(Reply(lambda r: good(r).replace(b"OK", _all(r).encode(), 1), "close")),
    "reason 500": Fault(Reply(lambda r: message("", "text/html", f"500 {_all(r)}"), "close")),
    "reason with control characters": Fault(
        Reply(lambda r: message("", "text/html", f"500 \0{_all(r)}\x7f"), "close")
    ),
    "headers cut": Fault(
        Reply(lambda r: f"HTTP/1.1 200 OK\r\nX-Echo: {_all(r)}".encode(), "close")
    ),
    # ---- headers
    "header": _line("X-Echo", _all),
    "header, 500": _line("X-Echo", _all, "500 Sorry"),
    "header, 103": Fault(
        Reply(lambda r: f"HTTP/1.1 103 Early\r\nX-Echo: {_all(r)}\r\n\r\n".encode() + good(r))
    ),
    "name of a header": Fault(
        Reply(
            lambda r: good(r).replace(b"Content-L", f"{_all(r)}: 1\r\nContent-L".encode()), "close"
        )
    ),
    "line that is no header": Fault(
        Reply(lambda r: good(r).replace(b"Content-L", f"{_all(r)}\r\nContent-L".encode()), "close")
    ),
    "folded header": _line("X-Echo", lambda r: f"a\r\n {_all(r)}"),
    "cookie": _line("Set-Cookie", lambda r: f"userPass={quote(secret(r))}"),
    "Content-Length": _line("Content-Length", _all),
    "Content-Encoding": _line("Content-Encoding", secret),
    "Content-Encoding, quoted": _line("Content-Encoding", lambda r: quote(secret(r))),
    "Transfer-Encoding": _line("Transfer-Encoding", secret),
    "Connection": _line("Connection", secret),
    "media type": _line("Content-Type", lambda r: f"text/{secret(r)}"),
    "media type, quoted": _line("Content-Type", lambda r: f"text/{quote(secret(r))}"),
    "charset": _line("Content-Type", lambda r: f'text/xml; charset="{secret(r)}"'),
    "encoding of the document": Fault(
        Reply(lambda r: message(document(r, None, quote(secret(r))), "text/xml"))
    ),
    "chunk size": Fault(Reply(lambda r: chunked(r, [_all(r)]), "close")),
    "chunk extension": Fault(Reply(lambda r: chunked(r, [f"28;a={quote(secret(r))}"]))),
    "trailer": Fault(Reply(lambda r: chunked(r, (), f"0\r\nX-End: {_all(r)}\r\n\r\n".encode()))),
    "trailer that is no header": Fault(
        Reply(lambda r: chunked(r, (), f"0\r\n{_all(r)}\r\n\r\n".encode()), "close")
    ),
    **{f"redirect {status}": _redirect(status) for status in (301, 302, 303, 307, 308)},
    "401": Fault(Reply(_refusal)),
    # ---- the body
    "page 200": _page(_all, status="200 OK"),
    "page 500": _page(_all),
    "text 500": _page(_all, "text/plain"),
    "json": _page(_all, "application/json"),
    "result": Fault(Reply(lambda r: good(r, _all(r)))),
    "request in the result": Fault(Reply(lambda r: good(r, r.raw.decode()))),
    "code": Fault(Reply(lambda r: good(r, f"-{_all(r)}"))),
    "record": Fault(Reply(lambda r: good(r, f"{_all(r)}|,|{_all(r)}|;|"))),
    "SOAP 1.1 fault": Fault(
        Reply(lambda r: message(fault("soap11", _two(r), _two(r)), status="500 Sorry"))
    ),
    "SOAP 1.2 fault": Fault(
        Reply(lambda r: message(fault("soap12", _two(r), _two(r)), status="500 Sorry"))
    ),
    "element": Fault(Reply(lambda r: message(f"<{secret(r)}/>"))),
    "element in the result": Fault(
        Reply(lambda r: message(document(r, "E").replace("E<", f"<{secret(r)}/><", 1)))
    ),
    "attribute": Fault(Reply(lambda r: message(f'<a b="{escape(secret(r))}"/>'))),
    "text around the result": Fault(Reply(lambda r: message(f"{document(r)}{_all(r)}"))),
    "document type": Fault(Reply(lambda r: message(f"<!DOCTYPE a '{_all(r)}'><a/>"))),
    "not of its charset": Fault(Reply(lambda r: message(_all(r).encode() + b"\xff"))),
    "body cut": Fault(Reply(lambda r: message(_all(r), length=999), "close")),
    "body over the limit": Fault(_over_the_limit),
    "at the end of what is looked at": _page(lambda r: " " * 1580 + secret(r), "text/plain"),
    "at the end of an excerpt": _page(lambda r: "x" * 180 + secret(r), "text/plain"),
    # ---- spelled as no binding does
    "in HTML": _odd(lambda password: html.escape(password).replace("é", "&#233;")),
    "in HTML, by numbers": _odd(
        lambda password: "".join(c if c.isalnum() else f"&#x{ord(c):x};" for c in password)
    ),
    "in HTML, twice": _odd(lambda password: html.escape(html.escape(password))),
    "in JSON": _odd(json.dumps, "application/json"),
    "in a repr": _odd(repr),
    "in bytes": _odd(lambda password: str(password.encode())),
    "percent, lower case": _odd(lambda password: quote(password).replace("%C3%A9", "%c3%a9")),
    "percent, all": _odd(lambda password: "".join(f"%{byte:02X}" for byte in password.encode())),
    "percent, twice": _odd(lambda password: quote(quote(password))),
    "percent, half": _odd(lambda password: password.replace("&", "%26")),
    "in latin-1": Fault(
        Reply(
            lambda r: message(
                secret(r).encode("latin-1", "replace"), "text/plain; charset=latin-1", "500 Sorry"
            )
        )
    ),
    # ---- in part
    "dangerous value": Fault(Reply(_dangerous)),
    "cut inside of it": Fault(
        Reply(lambda r: message(f"no userPass {secret(r)[:9]}", "text/plain", length=999), "close")
    ),
}
