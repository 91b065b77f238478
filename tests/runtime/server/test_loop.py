"""What one request may do to the event loop, and with it to all others: hold it up for a moment."""

import asyncio
import time
from collections.abc import Awaitable
from itertools import pairwise

import pytest
from tests.runtime.server.asgi import PATH, raw
from tests.runtime.server.handlers import Handlers
from tests.runtime.server.pushes import FORM, Kept, post
from tests.runtime.server.pushes import PATH as PUSHED

from msgsend import create_push_app, server

MEGABYTE = 2**20
SECONDS = 0.15
"""So much time of the processor the loop spends at most before it looks at others."""


async def held_up(work: Awaitable[object]) -> float:
    """How much time of the processor the loop spent at a time, while something was awaited."""
    beats = [time.thread_time()]
    is_over = asyncio.Event()

    async def beat() -> None:
        while not is_over.is_set():
            await asyncio.sleep(0)
            beats.append(time.thread_time())

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    await work
    is_over.set()
    await beating
    return max(after - before for before, after in pairwise(beats))


SOAP = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    b'<GetMo xmlns="http://tempuri.org/">%s</GetMo></s:Body></s:Envelope>'
)


def soap(inner: bytes) -> bytes:
    return SOAP % (inner * (MEGABYTE // len(inner)))


XML = "text/xml; charset=utf-8"
BODIES: dict[str, tuple[str, str, bytes]] = {
    "one name": ("/SendMsg", FORM, b"Msg=" + b"x" * 1000 + b"&Msg=" * 900 + b"x" * MEGABYTE),
    "one name, large": ("/SendMsg", FORM, (b"Msg=" + b"x" * 1044 + b"&") * 999),
    "fields": ("/SendMsg", FORM, b"&a=" * (MEGABYTE // 3)),
    "ampersands": ("/SendMsg", FORM, b"&" * MEGABYTE),
    "escapes": ("/SendMsg", FORM, b"Msg=" + b"%41" * (MEGABYTE // 3)),
    "bad escapes": ("/SendMsg", FORM, b"Msg=" + b"%" * MEGABYTE),
    "not UTF-8": ("/SendMsg", FORM, b"Msg=" + b"%FF" * (MEGABYTE // 3)),
    "one parameter": ("", XML, soap(b"<userCode>x</userCode>")),
    "a reference": ("", XML, SOAP % (b"<userCode>" + b"&#65;" * 200_000 + b"</userCode>")),
    "line ends": ("", XML, SOAP % (b"<userCode>" + b"\n" * MEGABYTE + b"</userCode>")),
    "elements": ("", XML, soap(b"<a/>")),
    "texts": ("", XML, soap(b"a<b/>")),
    "attributes": ("", XML, SOAP % (b"<a " + b" ".join(b'a%d=""' % n for n in range(90_000)))),
    "namespaces": ("", XML, SOAP % b"".join(b'<a xmlns:b%d="x"/>' % n for n in range(50_000))),
    "depth": ("", XML, b"<a>" * (MEGABYTE // 3)),
    "a comment": ("", XML, SOAP % (b"<!--" + b"x" * MEGABYTE + b"-->")),
    "no XML": ("", XML, b"x" * MEGABYTE),
    "a declaration": ("", "text/xml", b"<?xml " + b" " * MEGABYTE + b"?><a/>"),
    "entities": ("", XML, b'<!DOCTYPE a [<!ENTITY b "b">' + b"<!ENTITY c '&b;&b;'>" * 40_000),
    "punycode": ("", "text/xml; charset=punycode", b"a-" + b"b9" * (MEGABYTE // 2)),
    "idna": ("", "text/xml; charset=idna", b"xn--" + b"b9" * (MEGABYTE // 2)),
    "utf-7": ("", "text/xml; charset=utf-7", b"+AD-" * (MEGABYTE // 4)),
    "unicode escapes": ("", "text/xml; charset=unicode_escape", b"\\u0041" * 170_000),
    "hz": ("", "text/xml; charset=hz", b"~{VPND~}" * 130_000),
    "gbk": ("", "text/xml; charset=gbk", b"\x80" * MEGABYTE),
    "a media type": ("", f"text/xml{'; charset' * 6_000}", SOAP % b""),
    "a long media type": ("", f"text/xml;{' ' * 60_000}", SOAP % b""),
    "actions": ("", f"application/soap+xml{'; action =' * 6_000}", SOAP % b""),
    "blank actions": ("", f"application/soap+xml; action{' ' * 60_000}x", SOAP % b""),
}


@pytest.mark.some(10)
@pytest.mark.parametrize("name", BODIES)
def test_no_body_holds_up_the_service(name: str) -> None:
    place, kind, body = BODIES[name]
    app = server.create_app(Handlers())
    message = {"type": "http.request", "body": body}
    headers = [(b"content-type", kind.encode())]
    assert asyncio.run(held_up(raw(app, message, path=f"{PATH}{place}", headers=headers))) < SECONDS


QUERIES = {
    "one name": b"Msg=x" + b"&Msg=" * 900 + b"x" * MEGABYTE,
    "fields": b"&a=" * (MEGABYTE // 3),
    "escapes": b"Msg=" + b"%41" * (MEGABYTE // 3),
    "a document": b"xsd=" + b"%41" * (MEGABYTE // 3),
    "a name": b"x" * MEGABYTE,
}


@pytest.mark.some(6)
@pytest.mark.parametrize("place", ["", "/SendMsg", "/x" * 500_000])
@pytest.mark.parametrize("name", QUERIES)
def test_no_query_holds_up_the_service(name: str, place: str) -> None:
    app = server.create_app(Handlers())
    message = {"type": "http.request"}
    scope = {"method": "GET", "path": f"{PATH}{place}", "query_string": QUERIES[name]}
    assert asyncio.run(held_up(raw(app, message, **scope))) < SECONDS


def push(field: bytes, content: bytes) -> tuple[str, bytes]:
    """A push of some 300 kilobytes: its records take time, but off the loop."""
    return FORM, b"account=demo&" + field + b"=" + content * (300_000 // len(content))


PUSHES: dict[str, tuple[str, bytes]] = {
    "reports": push(b"GetReport", b"2314357620085030624,13900000000,DELIVRD|"),
    "separators": push(b"GetReport", b"|"),
    "commas": push(b"GetReport", b","),
    "malformed": push(b"GetReport", b"1,2|"),
    "half separators": push(b"GetMo", b"|,|"),
    "reply separators": push(b"GetMo", b"|;|"),
    "not UTF-8": push(b"GetMo", b"\x81"),
    "escapes": push(b"GetMo", b"%41"),
    "fields": (FORM, b"a=&" * 340_000),
    "fields, many": (FORM, b"&".join(b"a%d=" % n for n in range(140_000))),
    "gbk": (f"{FORM}; charset=gbk", b"account=demo&GetMo=" + b"\x80" * MEGABYTE),
    "an account": (FORM, b"GetMo=&account=" + b"x" * 300_000),
}


@pytest.mark.some(5)
@pytest.mark.parametrize("name", PUSHES)
def test_no_push_holds_up_others(name: str) -> None:
    kind, body = PUSHES[name]
    app = create_push_app(
        lambda _: None, path=PUSHED, account="demo", journal=Kept(), max_bytes=2 * MEGABYTE
    )
    assert asyncio.run(held_up(post(app, body, kind))) < SECONDS
