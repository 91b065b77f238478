"""Secrets in texts that other programs wrote: a page or a fault may quote the request."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

_SHOWN = "***"
_NAMED = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}
_CHARSETS = ("gb18030", "utf-16-le", "utf-16-be")


def masked(text: str, secrets: Sequence[str]) -> str:
    """A text without secrets, however their characters are spelled in it."""
    for secret in secrets:
        if secret:
            text = re.sub("".join(map(_any_spelling, secret)), _SHOWN, text)
    return text


def masked_bytes(body: bytes, secrets: Sequence[str]) -> bytes:
    """The same for a body of which nothing was decoded; other bytes stay as they are."""
    text = body.decode("utf-8", "surrogateescape")
    body = masked(text, secrets).encode("utf-8", "surrogateescape")
    for secret in filter(None, secrets):
        for charset in _CHARSETS:
            shown = _SHOWN.encode(charset)
            body = body.replace(secret.encode(charset, "replace"), shown)
    return body


def _any_spelling(character: str) -> str:
    return f"(?:{'|'.join(map(re.escape, dict.fromkeys(_spellings(character))))})"


def _spellings(character: str) -> Iterator[str]:
    """In addresses and forms, in XML and HTML, in JSON and other languages, and as it is.

    Longer ones first: a spelling may begin with another one.
    """
    point = ord(character)
    percent = "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
    yield from (percent, percent.lower(), quote(character, errors="replace"))
    if character in _NAMED:
        yield f"&{_NAMED[character]};"
    yield from (f"&#{point};", f"&#x{point:x};", f"&#x{point:X};")
    if point < 0x10000:
        yield from (f"\\u{point:04x}", f"\\u{point:04X}")
    yield "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "replace"))
    if character == " ":
        yield "+"
    yield f"\\{character}"
    yield character
