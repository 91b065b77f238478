"""Secrets in texts that other programs wrote: a page or a fault may quote the request."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, quote_plus

from .sealed import Secret

_SHOWN = "***"
_LEAST = 4
"""So many characters of a secret in a row are not shown: who quotes a text may cut it anywhere."""

_LOOKED_AT = 64 * 1024
_CHARSETS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def masked(text: str, secrets: Sequence[Secret]) -> str:
    """A text without secrets and longer parts of them, however their characters are spelled.

    It takes time for each character: for texts of some thousand.
    """
    for secret in filter(None, (each.reveal() for each in secrets)):
        shown: list[str] = []
        at = 0
        for start, end in _found(text, secret):
            if start > at or not shown:
                shown += [text[at:start], _SHOWN]
            at = max(at, end)
        text = "".join([*shown, text[at:]])
    return text


def masked_bytes(body: bytes, secrets: Sequence[Secret]) -> bytes:
    """The same for the beginning of a body; all of it is looked through for whole secrets.

    These are found in the usual spellings: as they are, and as addresses, XML and JSON have them.
    """
    for secret in filter(None, (each.reveal() for each in secrets)):
        for charset in _CHARSETS:
            shown = _SHOWN.encode(charset)
            for spelled in _usual_spellings(secret):
                body = body.replace(spelled.encode(charset, "replace"), shown)
    head = body[:_LOOKED_AT].decode("utf-8", "surrogateescape")
    return masked(head, secrets).encode("utf-8", "surrogateescape") + body[_LOOKED_AT:]


def _usual_spellings(secret: str) -> Iterator[str]:
    """Each once, the longest first: one may stand in another."""
    text = secret.encode("utf-8", "replace").decode("utf-8")
    quoted = (quote(text, safe=""), quote(text), quote_plus(text))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    in_quotes = escaped.replace('"', "&quot;")
    in_json = text.replace("\\", "\\\\").replace('"', '\\"')
    found = {secret, *quoted, escaped, in_quotes, in_json}
    found |= {in_quotes.replace("'", entity) for entity in ("&#39;", "&#x27;", "&apos;")}
    found |= {re.sub("%..", lambda each: each[0].lower(), each) for each in quoted}
    yield from sorted(found, key=len, reverse=True)


def _found(text: str, secret: str) -> Iterator[tuple[int, int]]:
    """Where parts of the secret stand; they may overlap."""
    spelled = [_any_spelling(character) for character in secret]
    least = min(len(secret), _LEAST)
    parts = {"".join(spelled[at : at + least]) for at in range(len(secret) - least + 1)}
    for match in re.finditer(f"(?=({'|'.join(sorted(parts))}))", text):
        yield match.span(1)


def _any_spelling(character: str) -> str:
    """In addresses and forms, in XML and HTML, in JSON and other languages, and as it is.

    Twice as well, where escapes are escaped again. A charset that lacks a character has `?`.
    """
    encoded = character.encode("utf-8", "replace")
    units = character.encode("utf-16-be", "surrogatepass").hex()
    point = ord(character)
    found = [
        "".join(f"%(?:25)*(?i:{byte:02X})" for byte in encoded),
        f"&(?:amp;)*#(?:0*{point}|(?i:x0*{point:x}));",
        "".join(rf"\\{{1,8}}u(?i:{units[at : at + 4]})" for at in range(0, len(units), 4)),
        "".join(rf"\\{{1,8}}x(?i:{byte:02x})" for byte in encoded),
        *(f"&(?:amp;)*{name};" for name in _entities(point)),
        rf"\\{{1,8}}{re.escape(character)}",
        re.escape(character),
    ]
    found += [r"\+"] if character == " " else []
    found += [r"\?"] if point > 127 else []
    return f"(?:{'|'.join(found)})"


def _entities(point: int) -> Iterator[str]:
    from html.entities import codepoint2name  # only where something went wrong

    if point in codepoint2name:
        yield codepoint2name[point]
    if chr(point) == "'":
        yield "apos"


def quotes_secret(body: bytes, secrets: Sequence[Secret]) -> bool:
    """Whether a body quotes a secret."""
    return any(secret.reveal().encode() in body for secret in secrets)
