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
    fields: dict[str, object] = {
        "at": line.at.isoformat(timespec="milliseconds"),
        "operation": line.operation,
    }
    head_fields = zip(_KEYS, line.head, Head(), strict=True)
    fields |= {key: value for key, value, empty in head_fields if value != empty}
    start = json.dumps(fields, ensure_ascii=False).removesuffix("}")
    text = f"{start}, {_body(line.raw)}}}"
    for character, escaped in _LINE_ENDS.items():
        text = text.replace(character, escaped)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # a header with a lone surrogate
        return json.dumps(json.loads(text)).encode() + b"\n"


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
        entry = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once)
        return _read(entry) if isinstance(entry, _Object) else None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def torn_apart(line: bytes) -> Iterator[Line]:
    """Yield the entries in a line that cannot be read: those written behind a torn one."""
    for part in _BEGINS.split(line):
        entry = read_line(part)
        if entry is not None:
            yield entry


class _Object(dict[str, object]):
    """A JSON object in which no key stands twice."""


def _once(pairs: list[tuple[str, object]]) -> _Object:
    entry = _Object(pairs)
    if len(entry) != len(pairs):
        raise ValueError("a key stands twice")
    return entry


def _read(entry: _Object) -> Line:
    at = datetime.fromisoformat(_text(entry["at"]))
    if at.tzinfo is None or ("text" in entry) is ("base64" in entry):
        raise ValueError("no time, or not one body")
    if "text" in entry:
        raw = _text(entry["text"]).encode("utf-8")
    else:
        raw = b64decode(_text(entry["base64"]), validate=True)
    headers = _like(list[list[object]](), entry, "headers")
    head = Head(
        binding=_like("", entry, "binding"),
        status=_like(0, entry, "status"),
        content_type=_like("", entry, "type"),
        is_whole=_like(True, entry, "whole"),
        coding=_like("", entry, "coding"),
        charset=_like("", entry, "charset"),
        problem=_like("", entry, "problem"),
        has_head=_like(False, entry, "head"),
        quotes_secret=_like(False, entry, "quotes_secret"),
        headers=tuple((_text(name), _text(text)) for name, text in headers),
        behind=_like(0, entry, "behind"),
    )
    return Line(at.astimezone(UTC), _text(entry["operation"]), raw, head)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _like(default: T, entry: _Object, key: str) -> T:
    """Return the value of a key, or the default; raises TypeError if the types of both differ."""
    value = entry.get(key, default)
    if not isinstance(value, type(default)) or isinstance(value, bool) > isinstance(default, bool):
        raise TypeError("of another type")
    return value
