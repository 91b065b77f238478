# Copied by unstringly 0.1.0. Do not edit.
"""The lines of a journal: each a JSON object, with all that is needed to read a body again.

`at` is the time of arrival, `operation` the name in the WSDL, and the body is `text` where it is
UTF-8 and else `base64`. The other keys describe the response; a key is left out where its value is
not known, or is the usual one: `binding`; `status`; `type` and `coding`, the headers Content-Type
and Content-Encoding; `whole`, false for a body that was cut, with the `problem` in words;
`charset`, the one that the client was told to read it in; `head`, true if the body begins with the
head of its response; `quotes_secret`, true if a password stands in it; `headers`, all of them;
`behind`, the number of bytes at the end that came after a body was complete by its head.

Every program sees one line: all characters that end a line in some program are escaped.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeVar

from .recording import Head

T = TypeVar("T")

_KEYS: Final = (
    "binding",
    "status",
    "type",
    "whole",
    "coding",
    "charset",
    "problem",
    "head",
    "quotes_secret",
    "headers",
    "behind",
)
"""The names of the keys for the fields of a Head, in the order of the fields."""

_LINE_ENDS: Final = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that some programs take for the end of a line, and JSON does not escape by itself."""

_PIECE: Final = 192 * 1024
"""Characters or bytes of a body that become JSON at once; other threads wait for that long."""

_BEGINS: Final = re.compile(rb'(?=\{"at": ")')
"""The beginning of an entry, which no JSON text contains: a text's quotes are escaped."""


class Line(NamedTuple):
    """A journal's entry: the time of arrival (UTC), the operation, the body, and how it came."""

    at: datetime
    operation: str
    raw: bytes
    head: Head


def written(line: Line) -> bytes:
    """Return an entry as it stands in a file, with the end of its line."""
    said: dict[str, object] = {
        "at": line.at.isoformat(timespec="milliseconds"),
        "operation": line.operation,
    }
    known = zip(_KEYS, line.head, Head(), strict=True)
    said |= {key: value for key, value, empty in known if value != empty}
    start = json.dumps(said, ensure_ascii=False).removesuffix("}")
    found = f"{start}, {_body(line.raw)}}}"
    for character, escaped in _LINE_ENDS.items():
        found = found.replace(character, escaped)
    try:
        return found.encode() + b"\n"
    except UnicodeEncodeError:  # a header with a lone surrogate
        return json.dumps(json.loads(found)).encode() + b"\n"


def _body(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        pieces = (b64encode(raw[at : at + _PIECE]) for at in range(0, len(raw), _PIECE))
        return f'"base64": "{b"".join(pieces).decode("ascii")}"'
    parts = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return f'"text": "{"".join(json.dumps(part, ensure_ascii=False)[1:-1] for part in parts)}"'


def read_line(line: bytes) -> Line | None:
    """Read a line; return None if it is damaged, or if a value is missing or has a wrong type."""
    try:
        found = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once)
        return _read(found) if isinstance(found, _Object) else None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def torn_apart(line: bytes) -> Iterator[Line]:
    """Yield the entries in a line that cannot be read: those written behind a torn one."""
    for part in _BEGINS.split(line):
        found = read_line(part)
        if found is not None:
            yield found


class _Object(dict[str, object]):
    """A JSON object in which no key stands twice."""


def _once(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _read(found: _Object) -> Line:
    at = datetime.fromisoformat(_text(found["at"]))
    if at.tzinfo is None or ("text" in found) is ("base64" in found):
        raise ValueError("no time, or not one body")
    if "text" in found:
        raw = _text(found["text"]).encode("utf-8")
    else:
        raw = b64decode(_text(found["base64"]), validate=True)
    headers = _like(list[list[object]](), found, "headers")
    head = Head(
        binding=_like("", found, "binding"),
        status=_like(0, found, "status"),
        content_type=_like("", found, "type"),
        is_whole=_like(True, found, "whole"),
        coding=_like("", found, "coding"),
        charset=_like("", found, "charset"),
        problem=_like("", found, "problem"),
        has_head=_like(False, found, "head"),
        quotes_secret=_like(False, found, "quotes_secret"),
        headers=tuple((_text(name), _text(text)) for name, text in headers),
        behind=_like(0, found, "behind"),
    )
    return Line(at.astimezone(UTC), _text(found["operation"]), raw, head)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _like(default: T, found: _Object, key: str) -> T:
    """Return the value of a key, or the default; raises TypeError if the types of both differ."""
    value = found.get(key, default)
    if not isinstance(value, type(default)) or isinstance(value, bool) > isinstance(default, bool):
        raise TypeError("of another type")
    return value
