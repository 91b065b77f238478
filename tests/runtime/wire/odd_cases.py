"""What a case of the table of odd contents is, and how cases are made."""

import zlib
from dataclasses import dataclass, field
from typing import Literal

from tests.runtime.wire.wire import NAMESPACE

from unstringly.runtime.wire.bindings import SOAP_11

OPERATION = "GetMo"
Error = Literal["MalformedResponse", "ServiceFault"]
Headers = tuple[tuple[str, str], ...]

UTF_8 = "text/xml; charset=utf-8"
CHINESE = "好的，回复完毕"
GRIN = "\U0001f600"


@dataclass(frozen=True)
class Case:
    """A response, and what it gives: a text, or an error that keeps all of it.

    `binding` is a member of Binding, `charset` is what the client was told to take.
    """

    name: str
    headers: Headers
    body: bytes = field(repr=False)
    text: str | None = None
    error: Error | None = None
    status: int = 200
    binding: str = "POST"
    charset: str = ""


def page(content: str) -> str:
    """A page with one reply."""
    return f"13900000000|,|{content}|,|2014/06/10 15:34:11"


def document(content: str, declared: str | None = "utf-8", codec: str = "utf-8") -> bytes:
    """A response over GET and POST, whose reply has this content: character data, as it stands."""
    declaration = "" if declared is None else f'<?xml version="1.0" encoding="{declared}"?>\n'
    text = f'{declaration}<string xmlns="{NAMESPACE}">{page(content)}</string>'
    return text.encode(codec, "surrogatepass")


BODY = document(CHINESE)


def bare(content: str, codec: str) -> bytes:
    """The same without a declaration."""
    return document(content, None, codec)


def envelope(inner: str, soap: str = SOAP_11) -> bytes:
    """A SOAP message with something in its body."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{soap}"><s:Body>{inner}'
        "</s:Body></s:Envelope>"
    ).encode()


def result(content: str) -> str:
    """What is in the body of an answer over SOAP."""
    return (
        f'<GetMoResponse xmlns="{NAMESPACE}"><GetMoResult>{page(content)}</GetMoResult>'
        "</GetMoResponse>"
    )


def kind(value: str | None) -> Headers:
    """A Content-Type, if there is one."""
    return () if value is None else (("Content-Type", value),)


def coded(value: str, *more: str) -> Headers:
    """A page in XML, with a Content-Encoding."""
    return (*kind(UTF_8), *(("Content-Encoding", coding) for coding in (value, *more)))


def raw_deflate(data: bytes) -> bytes:
    """Compressed without a head."""
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


def read(name: str, content_type: str | None, body: bytes, content: str = CHINESE) -> Case:
    """One that gives its value."""
    return Case(name, kind(content_type), body, page(content))


def kept(name: str, content_type: str | None, body: bytes) -> Case:
    """One that nobody can read."""
    return Case(name, kind(content_type), body, error="MalformedResponse")


def told(name: str, charset: str, body: bytes, content: str) -> Case:
    """One that says UTF-8, where the client was told another charset."""
    return Case(name, kind(UTF_8), body, page(content), charset=charset)


def refused(
    name: str,
    headers: Headers,
    body: bytes,
    status: int = 200,
    binding: str = "POST",
    error: Error = "ServiceFault",
) -> Case:
    """One that is an error of the service, or of something before it."""
    return Case(name, headers, body, error=error, status=status, binding=binding)
