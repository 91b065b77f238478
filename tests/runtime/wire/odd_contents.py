"""Responses with odd contents, in one table: charsets, codings, references, types, statuses.

All are answers of GetMo, whose pages are handed out once: each gives the right value, or an
exception that keeps everything. The table says nothing of how a response is fetched, so it serves
for one that is read, for one that is sent over a connection, and for one in a journal.
"""

import gzip
import zlib

from tests.runtime.wire.odd_cases import (
    BODY,
    CHINESE,
    GRIN,
    UTF_8,
    Case,
    Headers,
    coded,
    document,
    envelope,
    kept,
    kind,
    page,
    raw_deflate,
    read,
    refused,
    result,
)
from tests.runtime.wire.odd_charsets import LABELS, LEGACY, UNICODE

from unstringly.runtime.wire.bindings import SOAP_12

ZIPPED = gzip.compress(BODY, mtime=0)
DEFLATED = zlib.compress(BODY)
HALF = len(ZIPPED) // 2


def inflated(name: str, headers: Headers, body: bytes, binding: str = "POST") -> Case:
    """One that gives its value, whatever its coding."""
    return Case(name, headers, body, page(CHINESE), binding=binding)


def broken(name: str, coding: str, body: bytes) -> Case:
    """One that cannot be inflated."""
    return refused(name, coded(coding), body, error="MalformedResponse")


CODINGS = (
    inflated("gzip", coded("gzip"), ZIPPED),
    inflated("x-gzip", coded("X-GZIP"), ZIPPED),
    inflated("gzip of GBK", coded("gzip"), gzip.compress(document(CHINESE, "gbk", "gbk"))),
    inflated("gzip twice", coded("gzip, gzip"), gzip.compress(ZIPPED)),
    inflated("gzip once, said twice", coded("gzip", "gzip"), ZIPPED),
    inflated("two members", coded("gzip"), gzip.compress(BODY[:50]) + gzip.compress(BODY[50:])),
    inflated("gzip with zeros after it", coded("gzip"), ZIPPED + bytes(9)),
    inflated("gzip that is plain", coded("gzip"), BODY),
    inflated("gzip that is deflate", coded("gzip"), DEFLATED),
    inflated("deflate", coded("deflate"), DEFLATED),
    inflated("deflate without a head", coded("deflate"), raw_deflate(BODY)),
    inflated("deflate that is gzip", coded("deflate"), ZIPPED),
    inflated("deflate that is plain", coded("deflate"), BODY),
    inflated("a coding that is a charset", coded("utf-8"), BODY),
    inflated("a coding that is none", coded("none"), BODY),
    inflated("a coding that is empty", coded(""), BODY),
    inflated("identity twice", coded("identity, identity"), BODY),
    inflated("gzip over SOAP", coded("gzip"), gzip.compress(envelope(result(CHINESE))), "SOAP11"),
    broken("an unknown coding", "br", b"\x8b\x02\x80abc\x03"),
    broken("another unknown coding", "zstd", b"\x28\xb5\x2f\xfd"),
    broken("gzip that is cut", "gzip", ZIPPED[:-9]),
    broken("gzip that is changed", "gzip", ZIPPED[:HALF] + b"?" + ZIPPED[HALF + 1 :]),
    broken("gzip of another sum", "gzip", ZIPPED[:-8] + bytes(8)),
    broken("gzip with more after it", "gzip", ZIPPED + b"more"),
    broken("gzip that blows up", "gzip", gzip.compress(bytes(4_000_000))),
    broken("gzip five times", "gzip,gzip,gzip,gzip,gzip", gzip.compress(ZIPPED)),
    broken("deflate that is cut", "deflate", DEFLATED[:-9]),
    broken("deflate that is noise", "deflate", b"\x00\xff" * 40),
)

NUMBERS = "".join(f"&#{ord(character)};" for character in CHINESE)
IN_CDATA = "<![CDATA[&#55357;&#56832;]]>&#55357;&#56832;"
REFERENCES = (
    read("an emoji in halves", UTF_8, document("a&#55357;&#56832;b"), f"a{GRIN}b"),
    read("an emoji in hexadecimal halves", UTF_8, document("&#xD83D;&#xDE00;"), GRIN),
    read("small letters, and zeros", UTF_8, document("&#x0d83d;&#000056832;"), GRIN),
    read("one half of each kind", UTF_8, document("&#55357;&#xde00;"), GRIN),
    read("an emoji beside a form feed", UTF_8, document("&#xC;&#55357;&#56832;"), f"\x0c{GRIN}"),
    read("an emoji beside CDATA", UTF_8, document(IN_CDATA), f"&#55357;&#56832;{GRIN}"),
    read("a form feed beside CDATA", UTF_8, document("&#xC;<![CDATA[&#xC;]]>"), "\x0c&#xC;"),
    read("an emoji beside others", UTF_8, document("<!--&#1;-->&#55357;&#56832;<?p &#1;?>"), GRIN),
    read("one that is text", UTF_8, document("&amp;#1;&#55357;&#56832;"), f"&#1;{GRIN}"),
    read("a NUL", UTF_8, document("a&#0;b"), "a\0b"),
    read("an emoji as one reference", UTF_8, document("&#128512;"), GRIN),
    read("Chinese as references", UTF_8, document(NUMBERS)),
    read("Chinese beside an emoji", UTF_8, document(f"{NUMBERS}&#55357;&#56832;"), CHINESE + GRIN),
    kept("one half", UTF_8, document("a&#55357;b")),
    kept("the other half", UTF_8, document("a&#xDE00;b")),
    kept("halves the wrong way round", UTF_8, document("&#56832;&#55357;")),
    kept("one half too many", UTF_8, document("&#55357;&#55357;&#56832;")),
    kept("halves with a comment between", UTF_8, document("&#55357;<!---->&#56832;")),
    kept("a reference that is too high", UTF_8, document("&#x110000;")),
    kept("a capital X", UTF_8, document("&#XD83D;&#XDE00;")),
    kept("an entity that nobody knows", UTF_8, document("&nbsp;")),
    kept("a document type", UTF_8, b'<!DOCTYPE s [<!ENTITY a "b">]>' + document("&a;", None)),
    kept("many attributes", UTF_8, b"<string %s/>" % b" ".join(b"a%d=''" % n for n in range(9999))),
)

XML = kind(UTF_8)
HTML = kind("text/html")
SOAP = "SOAP11"
FAULT = "<s:Fault><faultcode>s:Server</faultcode><faultstring>late</faultstring></s:Fault>"
LONG = FAULT.replace("late", "late " * 100_000)
DEEP = f"<s:Fault>{'<a>' * 1000}"
ELSEWHERE = (*XML, ("Location", "http://gateway.example/b"))
OTHERS = (
    inflated("a media type in capitals", kind("Text/XML"), BODY),
    inflated("another media type of XML", kind("application/xml"), BODY),
    inflated("two media types", kind("text/xml, text/xml"), BODY),
    inflated("SOAP's own", kind("application/soap+xml"), envelope(result(CHINESE)), SOAP),
    refused("status 201", XML, BODY, 201),
    refused("status 204", XML, b"", 204),
    refused("status 500", XML, BODY, 500),
    refused("a redirect", ELSEWHERE, b"", 302),
    refused("come back later", (*kind("text/plain"), ("Retry-After", "5")), b"busy", 503),
    refused("a result that says it is HTML", HTML, BODY),
    refused("a result that says it is JSON", kind("application/json"), BODY),
    refused("a page", HTML, b"<html>log in</html>"),
    refused("a page in GBK that says nothing", HTML, "<html>登录</html>".encode("gbk")),
    refused("a page of noise", HTML, bytes(range(256)) * 4),
    refused(
        "a compressed page", (*HTML, ("Content-Encoding", "gzip")), gzip.compress(b"busy"), 503
    ),
    refused("a fault", XML, envelope(FAULT), 500, SOAP),
    refused("a fault with status 200", XML, envelope(FAULT), 200, SOAP),
    refused("a long fault", XML, envelope(LONG), 500, SOAP),
    refused("a deep fault", XML, envelope(DEEP), 500, SOAP),
    refused("a compressed fault", coded("gzip"), gzip.compress(envelope(FAULT)), 500, SOAP),
    kept("nothing", UTF_8, b""),
    kept("NULs", UTF_8, bytes(4)),
    kept("cut short", UTF_8, BODY[:-12]),
    kept("two documents", UTF_8, BODY + BODY),
    refused("SOAP 1.2", XML, envelope(result("a"), SOAP_12), 200, SOAP, "MalformedResponse"),
)

CASES = (*LABELS, *LEGACY, *UNICODE, *CODINGS, *REFERENCES, *OTHERS)
