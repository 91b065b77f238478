# Copied by unstringly 0.1.0. Do not edit.
"""The head of an HTTP/1.1 response (RFC 9112), read without any I/O.

A head as the standard wants it is read by one pattern. Any other is read line by line, as
browsers, curl and `http.client` read it: a line that says nothing is passed over, and the head
`is_odd`. Three fields say where the body ends, and nothing is guessed about these. A line that
would be one of them, were it not for a blank or a stray byte in its name, makes the whole head
untrusted. So does a line that continues one of them.
"""

import re
from typing import Final, NamedTuple, TypeAlias

Fields: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values in order, as they came, blanks around values removed."""

END_OF_FIELDS: Final = re.compile(rb"\n\r?\n")
SWITCHING: Final = 101
_NO_BODY: Final = (SWITCHING, 204, 304)
FRAMING: Final = frozenset(("connection", "content-length", "transfer-encoding"))
_TELLING: Final = FRAMING | {"keep-alive"}
_LENGTHS_OF_TELLING: Final = frozenset(map(len, _TELLING))

_NAMES: Final = "Content-Length, Transfer-Encoding or Connection"

_TOKEN: Final = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]"
_TEXT: Final = rb"[\t -~\x80-\xff]"
_STRICT_START: Final = rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: " + _TEXT + rb"*+)?\r\n"
_STRICT_LINE: Final = _TOKEN + rb"++:" + _TEXT + rb"*+\r\n"
_STRICT: Final = re.compile(_STRICT_START + rb"((?:" + _STRICT_LINE + rb")*+)\r\n")
_START: Final = re.compile(
    rb"[ \t]*+HTTP/([0-9](?:\.[0-9])?)[ \t]++([1-9][0-9]{2})(?:[ \t][^\0\r\n]*+)?\r?\n"
)
_NAME: Final = re.compile(_TOKEN + rb"++")
_VALUE: Final = re.compile(_TEXT + rb"*+")
_NO_TOKEN: Final = re.compile(rb"[^!#$%&'*+.^_`|~0-9A-Za-z-]++")
_END_OF_NAME: Final = re.compile(rb"[=; \t]")
_BLANKS: Final = " \t"
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
_TIMEOUT: Final = re.compile(r"timeout[ \t]*+=[ \t]*+\"?([0-9]{1,9})")


class Untrusted(Exception):
    """The bytes cannot be taken for a response; the text names the part, and quotes nothing."""


class ResponseHead(NamedTuple):
    """A head, and what it says about the body and the connection.

    `length` is None if chunks or the end of the connection end the body. The connection can be
    used again if the response `is_kept`: for `keep_seconds`, if the server has told its time.
    """

    status: int
    fields: Fields
    is_odd: bool
    length: int | None
    is_chunked: bool
    is_kept: bool
    keep_seconds: float | None


def is_start(line: bytes) -> bool:
    """Say whether a line, with its end, is a status line."""
    return _START.fullmatch(line) is not None


def read_head(head: bytes) -> ResponseHead:
    """Read a head, from its status line to the empty line behind it. Raises Untrusted."""
    match = _STRICT.fullmatch(head)
    if match is None:
        return read_odd_head(head)
    lines = match[3].decode("latin-1").split("\r\n")
    lines.pop()
    fields: list[tuple[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        fields.append((name, value.strip(_BLANKS)))
    return _framed(int(match[2]), tuple(fields), is_new=match[1] == b"1", is_odd=False)


def read_odd_head(head: bytes) -> ResponseHead:
    """Read any head, line by line. Raises Untrusted."""
    start = _START.match(head)
    if start is None:
        raise Untrusted("status line")
    fields, is_odd = read_fields(head[start.end() :])
    is_odd = is_odd or re.fullmatch(_STRICT_START, start[0]) is None
    return _framed(int(start[2]), fields, is_new=start[1] >= b"1.1", is_odd=is_odd)


def read_fields(lines: bytes) -> tuple[Fields, bool]:
    """Return the fields of lines that an empty line ends; True if any is odd. Raises Untrusted."""
    is_odd = lines.count(b"\n") != lines.count(b"\r\n")
    lines = lines.replace(b"\r\n", b"\n")
    if b"\0" in lines or b"\r" in lines:
        raise Untrusted("a byte that no head may have")
    fields: list[tuple[str, list[str]]] = []
    name = ""
    for line in lines.split(b"\n"):
        if not line:
            break
        raw_name, colon, raw_value = line.partition(b":")
        text = raw_value.decode("latin-1").strip(_BLANKS)
        if colon and _NAME.fullmatch(raw_name):
            is_odd = is_odd or _VALUE.fullmatch(raw_value) is None
            name = raw_name.decode("ascii")
            fields.append((name, [text]))
            continue
        is_odd = True
        _check_odd(line, name)
        if line[0] in b" \t":
            if fields and name:
                fields[-1][1].append(line.decode("latin-1").strip(_BLANKS))
        elif colon:
            name = raw_name.decode("latin-1").strip(_BLANKS)
            fields.append((name, [text]))
        else:
            name = ""
    return tuple((name, " ".join(values)) for name, values in fields), is_odd


def _check_odd(line: bytes, name_before: str) -> None:
    """Refuse a line that may be meant to say where the body ends. Raises Untrusted."""
    if line[0] in b" \t" and name_before.lower() in FRAMING:
        raise Untrusted(f"a line goes on that says where the body ends: {_NAMES}")
    name = line.partition(b":")[0].strip(b" \t")
    for part in (name, _END_OF_NAME.split(name, 1)[0]):
        if _NO_TOKEN.sub(b"", part).decode("ascii").lower() in FRAMING:
            raise Untrusted(f"a line is almost one that says where the body ends: {_NAMES}")


def _framed(status: int, fields: Fields, *, is_new: bool, is_odd: bool) -> ResponseHead:
    """Return a head with the length of its body (RFC 9112, section 6.3). Raises Untrusted.

    `is_new` is true for HTTP/1.1, which keeps connections.
    """
    framing: dict[str, list[str]] = {}
    for name, value in fields:
        if len(name) in _LENGTHS_OF_TELLING and (key := name.lower()) in _TELLING:
            members = [member.strip(_BLANKS).lower() for member in value.split(",")]
            framing.setdefault(key, []).extend(members)
    lengths = framing.get("content-length")
    codings = framing.get("transfer-encoding")
    connection = framing.get("connection", ())
    if codings is not None and lengths is not None:
        raise Untrusted("a length and a transfer coding")
    if codings is not None and codings != ["chunked"]:
        raise Untrusted("transfer coding")
    if lengths and not (_LENGTH.fullmatch(lengths[0]) and len(set(lengths)) == 1):
        raise Untrusted("content length")
    length = int(lengths[0]) if lengths else None
    is_chunked = codings is not None
    if status in _NO_BODY:
        length, is_chunked = 0, False
    is_kept = (
        (is_new or ("keep-alive" in connection and not codings))
        and not is_odd
        and status != SWITCHING
        and "close" not in connection
        and (is_chunked or length is not None)
    )
    times = _times(framing["keep-alive"]) if "keep-alive" in framing else ()
    keep_seconds = min(times) if times else None
    return ResponseHead(status, fields, is_odd, length, is_chunked, is_kept, keep_seconds)


def _times(keep_alive: list[str]) -> list[float]:
    """Return the seconds for which a server says that it keeps a connection."""
    return [float(match[1]) for parameter in keep_alive if (match := _TIMEOUT.match(parameter))]
