"""Secrets in texts that other programs wrote: a page or a fault may quote the request."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

_SHOWN = "***"
_LEAST = 4
_MOST = 40
"""Longer beginnings are told from the whole no more: patterns have limits."""
_CHARSETS = ("gb18030", "utf-16-le", "utf-16-be")


def masked(text: str, secrets: Sequence[str]) -> str:
    """A text without secrets, however their characters are spelled in it.

    Who quotes a long text may cut it: what begins like a secret is masked as well.
    """
    for secret in secrets:
        if secret:
            text = re.sub(_pattern(secret), _SHOWN, text)
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


def _pattern(secret: str) -> str:
    """The secret, or its beginning if that has a few characters."""
    spelled = [_any_spelling(character) for character in secret]
    least, rest = spelled[:_LEAST], spelled[_LEAST:]
    optional = f"(?:{''.join(rest[_MOST:])})?" if rest[_MOST:] else ""
    for each in reversed(rest[:_MOST]):
        optional = f"(?:{each}{optional})?"
    return f"{''.join(spelled)}|{''.join(least)}{optional}"


def _any_spelling(character: str) -> str:
    return f"(?:{'|'.join(map(re.escape, dict.fromkeys(_spellings(character))))})"


def _spellings(character: str) -> Iterator[str]:
    """In addresses and forms, in XML and HTML, in JSON and other languages, and as it is.

    Longer ones first: a spelling may begin with another one.
    """
    point = ord(character)
    percent = "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
    yield from (percent, percent.lower(), quote(character, errors="replace"))
    yield from (f"&{name};" for name in _entities(point))
    yield from (f"&#{point};", f"&#x{point:x};", f"&#x{point:X};")
    units = character.encode("utf-16-be", "surrogatepass").hex()
    for escaped in (units, units.upper()):
        yield "".join(f"\\u{escaped[at : at + 4]}" for at in range(0, len(escaped), 4))
    yield "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "replace"))
    if character == " ":
        yield "+"
    yield f"\\{character}"
    yield character


def _entities(point: int) -> Iterator[str]:
    from html.entities import codepoint2name  # only where something went wrong

    if point in codepoint2name:
        yield codepoint2name[point]
    if chr(point) == "'":
        yield "apos"
