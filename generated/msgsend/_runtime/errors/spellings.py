# Copied by unstringly 0.1.0. Do not edit.
"""Spellings of texts: plain, as in addresses and forms, as in XML and HTML, as in JSON.

A program that quotes a request may escape it, and the next program may escape it again.
`characters` reads one character in any spelling, `readings` takes one layer of escapes off a whole
text, so both together see through two. `usual` is the opposite: the spellings that others would
write for a text.
"""

import re
from array import array
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from urllib.parse import quote, quote_plus

from .encodings import GB, UTF_8

LEADS: Final = frozenset("%&+\\")
"""The characters that begin an escape."""

_PERCENT: Final = re.compile("%([0-9A-Fa-f]{2})")
_PERCENT_AGAIN: Final = re.compile("%(?:25){1,8}([0-9A-Fa-f]{2})")
_AMPERSANDS: Final = re.compile("&(?:amp;){0,8}")
_REFERENCE: Final = re.compile(r"#0{0,8}\d{1,7};|#[xX]0{0,8}[0-9A-Fa-f]{1,6};|\w{1,31};")
_BACKSLASHES: Final = re.compile(r"\\{1,9}")
_HEX_BYTE: Final = re.compile(r"\\{1,8}x([0-9A-Fa-f]{2})")
_HEX_UNIT: Final = re.compile(r"\\{1,8}u([0-9A-Fa-f]{4})")
_MOST_BACKSLASHES: Final = 8
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}


def characters(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield each character that can stand at a place, and the place where its spelling ends."""
    yield text[at], at + 1
    match text[at]:
        case "+":
            yield " ", at + 1
        case "%":
            yield from _of_bytes(text, at, _PERCENT)
            yield from _of_bytes(text, at, _PERCENT_AGAIN)
        case "&":
            yield from _of_entity(text, at)
        case "\\":
            yield from _after_backslashes(text, at)
        case _:
            pass


def _of_entity(text: str, at: int) -> Iterator[tuple[str, int]]:
    ampersands = _AMPERSANDS.match(text, at)
    after = at + 1 if ampersands is None else ampersands.end()
    yield from (("&", end) for end in range(after, at + 1, -len("amp;")))
    reference = _REFERENCE.match(text, after)
    if reference is not None:
        yield _unescaped(f"&{reference[0]}"), reference.end()


def _after_backslashes(text: str, at: int) -> Iterator[tuple[str, int]]:
    run = _BACKSLASHES.match(text, at)
    size = 0 if run is None else run.end() - at
    yield from (("\\", at + many) for many in (2, 4, 8) if many <= size)
    after = at + size
    if size > _MOST_BACKSLASHES or after >= len(text):
        return
    yield text[after], after + 1
    if text[after] in _CONTROLS:
        yield _CONTROLS[text[after]], after + 1
    yield from _of_bytes(text, at, _HEX_BYTE)
    unit = _HEX_UNIT.match(text, at)
    if unit is not None:
        low = _HEX_UNIT.match(text, unit.end())
        yield chr(int(unit[1], 16)), unit.end()
        if low is not None:
            pair = bytes.fromhex(unit[1] + low[1]).decode("utf-16-be", "replace")
            yield pair, low.end()


def _of_bytes(text: str, at: int, spelled: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Yield the characters whose bytes are escaped one by one, in UTF-8, GB 18030 or Latin-1."""
    data, ends = _bytes_at(text, at, spelled)
    for size, end in enumerate(ends, 1):
        for charset in (UTF_8, GB, "latin-1") if size > 1 else ("latin-1",):
            character = data[:size].decode(charset, "ignore")
            if len(character) == 1:
                yield character, end


def _bytes_at(text: str, at: int, spelled: re.Pattern[str]) -> tuple[bytes, list[int]]:
    """Return up to four bytes, the first of them escaped, and the place where each one ends."""
    data, ends = bytearray(), list[int]()
    while len(data) < 4 and at < len(text):
        match = spelled.match(text, at)
        if match is None and (not data or not text[at].isascii()):
            break
        data.append(ord(text[at]) if match is None else int(match[1], 16))
        at = at + 1 if match is None else match.end()
        ends.append(at)
        if data[0] < 0x80:
            break
    return bytes(data), ends


class Reading(NamedTuple):
    """A text, and the place of each of its characters in the text that it was read from."""

    text: str
    starts: "array[int]"
    """One place for each character, and one more for the end."""


def readings(text: str) -> Iterator[Reading]:
    """Yield the text, and the text without each kind of escape, or without the NULs of UTF-16."""
    yield Reading(text, array("l", range(len(text) + 1)))
    for lead, escaped, plain in _LAYERS:
        if lead in text:
            yield _read(text, escaped, plain)


def _read(
    text: str, escaped: re.Pattern[str], plain: Callable[[str], Iterator[tuple[str, int]]]
) -> Reading:
    parts: list[str] = []
    starts = array("l")
    at = 0
    for match in escaped.finditer(text):
        parts.append(text[at : match.start()])
        starts.extend(range(at, match.start()))
        for character, begins in plain(match[0]):
            parts.append(character)
            starts.append(match.start() + begins)
        at = match.end()
    parts.append(text[at:])
    starts.extend(range(at, len(text) + 1))
    return Reading("".join(parts), starts)


def _plain_address(escaped: str) -> Iterator[tuple[str, int]]:
    at = 0
    for character in bytes.fromhex(escaped.replace("%", "")).decode("utf-8", "surrogateescape"):
        yield character, at
        at += 3 * len(character.encode("utf-8", "surrogateescape"))


def _plain_entity(escaped: str) -> Iterator[tuple[str, int]]:
    yield from ((character, 0) for character in _unescaped(escaped))


def _unescaped(reference: str) -> str:
    from html import unescape  # its tables take time, and are rarely needed

    return unescape(reference)


def _plain_json(escaped: str) -> Iterator[tuple[str, int]]:
    units = escaped[1] == "u" and len(escaped) > 2
    plain = _HEX_UNIT.sub(lambda unit: chr(int(unit[1], 16)), escaped) if units else escaped[1:]
    yield from ((c, 0) for c in plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _no_character(_: str) -> Iterator[tuple[str, int]]:
    yield from ()


_LAYERS: Final = (
    ("%", re.compile("(?:%[0-9A-Fa-f]{2})+"), _plain_address),
    ("&", re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{1,31});"), _plain_entity),
    (
        "\\",
        re.compile(r"(?s)\\u[dD][89abAB]..\\u[0-9A-Fa-f]{4}|\\u[0-9A-Fa-f]{4}|\\."),
        _plain_json,
    ),
    ("\0", re.compile("\0"), _no_character),
)
"""For each kind of escape its first character, its pattern, and the function that undoes it."""


def usual(text: str) -> list[str]:
    """Return a text as it is, and as addresses, XML, HTML and JSON write it; each spelling once."""
    if text.isascii() and text.isalnum():
        return [text]
    import json  # takes some ms, and is rarely needed

    text = text.encode("utf-8", "replace").decode("utf-8")
    addresses = [quote(text, safe=""), quote(text), quote_plus(text)]
    addresses += [quote(text, encoding=GB), quote_plus(text, encoding=GB)]
    addresses += [re.sub("%..", lambda escape: escape[0].lower(), address) for address in addresses]
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    in_quotes = escaped.replace('"', "&quot;")
    documents = [escaped, in_quotes]
    documents += [in_quotes.replace("'", entity) for entity in ("&#39;", "&#x27;", "&apos;")]
    documents += [
        re.sub(characters, lambda match: f"&#{ord(match[0])};", document)
        for document in (text, *documents)
        for characters in ("[\xa0-\xff]", "[^\0-\x7f]")  # ASP.NET does the first
    ]
    texts = [json.dumps(text, ensure_ascii=is_ascii)[1:-1] for is_ascii in (False, True)]
    return list(dict.fromkeys([text, *addresses, *documents, *texts]))
