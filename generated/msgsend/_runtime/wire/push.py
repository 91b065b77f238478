# Copied by unstringly 0.1.0. Do not edit.
"""Pushes: forms that the service posts to its customer, read strictly.

The document has no signature: a program that knows the address can post there. So the address must
be one that nobody can guess, and be reached by the service's own addresses only.

A push comes once, and its text must not be guessed. So it is read in the charset of its header,
UTF-8 or the one that the grammar names; what plainly is UTF-8 is not read as that. A form that is
all ASCII, once its escapes are undone, is the same in every charset that extends ASCII: then the
header may name any of them. Nothing else is read: bytes beyond ASCII under `ISO-8859-1` are
refused, since that label hardly ever is true.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar
from urllib.parse import unquote_to_bytes, urlencode

from ..errors.encodings import UTF_8
from ..errors.exceptions import MalformedResponse, ServiceError, Unwritable
from ..errors.sealed import Sealed
from ..text.parsed import watch
from .charsets import decoded, known_codec
from .media_types import FORM, media_type

T = TypeVar("T")

MAX_BYTES: Final = 1024 * 1024
"""The largest push, in bytes, unless said otherwise."""

_FORM: Final = "application/x-www-form-urlencoded"
_ESCAPES: Final = re.compile(b"%(?![0-9A-Fa-f]{2})")
_CHARSET: Final = re.compile(r';\s*charset\s*=\s*"?([^\s";]+)', re.IGNORECASE)
_NOT_ASCII: Final = ("utf-16", "utf-32", "iso2022")
"""Codecs that do not extend ASCII: in these, bytes below 128 may be something else."""

_MOST_FIELDS: Final = 100
_HALVES: Final = re.compile("[\ud800-\udfff]")


class InvalidPush(ServiceError):
    """A posted body is not a push. `status` is the HTTP status to answer with, `reason` says why.

    `raw` is the body as it came, byte for byte. Neither message nor repr shows it.
    """

    def __init__(self, status: int, reason: str, *, raw: bytes = b"") -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason
        self._raw = Sealed(raw)

    @property
    def raw(self) -> bytes:
        """The body, byte for byte."""
        return self._raw.opened()

    def __str__(self) -> str:
        return f"{self.reason} (status {self.status})"

    def __reduce__(self) -> tuple[object, ...]:
        return partial(InvalidPush, self.status, self.reason, raw=self.raw), ()


class _Refused(Exception):
    """The reason why a body is no push, and the status to answer it with."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PostedForm:
    """A form that was posted: its fields, and the body that they were read from."""

    fields: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def read_form(
    body: bytes, content_type: str | None, max_bytes: int = MAX_BYTES, charset: str = ""
) -> PostedForm:
    """Return the fields of a form. Raises InvalidPush.

    Where no charset is named, it is UTF-8, or `charset` if the bytes are not UTF-8: the codec of
    the charset that the grammar names, empty if it names none. A body without a
    Content-Type is read as a form. Raises TypeError for a body that is not bytes.
    """
    if not isinstance(body, bytes | bytearray):  # pyright: ignore  # callers may not check
        expected = "a push is the body of a request, as bytes"
        raise TypeError(f"{expected}, not {type(body).__name__}")
    body = bytes(body)
    try:
        return PostedForm(_fields(body, content_type or FORM, max_bytes, charset), body)
    except _Refused as refused:
        problem = InvalidPush(refused.status, refused.reason, raw=body)
    raise problem


def _fields(body: bytes, content_type: str, max_bytes: int, charset: str) -> Mapping[str, str]:
    if len(body) > max_bytes:
        raise _Refused(413, f"the push is larger than {max_bytes} bytes")
    if media_type(content_type) != FORM:
        raise _Refused(415, f"a push is a form ({FORM})")
    if body.count(b"&") >= _MOST_FIELDS:
        raise _Refused(413, f"the push has more than {_MOST_FIELDS} fields")
    pairs = [_pair(pair) for pair in body.split(b"&")] if body else []
    codecs = {_codec(label) for label in _CHARSET.findall(content_type)}
    together = b"".join(b"\n" + part for pair in pairs for part in pair)
    for codec in ("ascii",) if together.isascii() else _in_turn(codecs, together, charset):
        try:
            fields = [(name.decode(codec), value.decode(codec)) for name, value in pairs]
        except UnicodeDecodeError:
            continue
        by_name = dict(fields)
        if len(by_name) < len(fields):
            raise _Refused(400, "the push has a field twice")
        return by_name
    raise _Refused(400, "the push is not of the charset that it claims")


def _pair(pair: bytes) -> tuple[bytes, bytes]:
    """Return a field's name and value, the escapes undone."""
    name, equals, value = pair.partition(b"=")
    if not equals:
        raise _Refused(400, "the push has a field without a value")
    if _ESCAPES.search(pair):
        raise _Refused(400, "the push has a percent sign that escapes nothing")
    return unquote_to_bytes(name.replace(b"+", b" ")), unquote_to_bytes(value.replace(b"+", b" "))


def _codec(label: str) -> str:
    """Return the codec of a charset that extends ASCII; UTF-8 for ASCII. Raises _Refused."""
    codec = known_codec(label)
    if codec is None or codec.startswith(_NOT_ASCII):
        raise _Refused(415, "the charset of the push is unknown, or does not extend ASCII")
    return UTF_8 if codec == "ascii" else codec


def _in_turn(codecs: Collection[str], together: bytes, charset: str) -> Sequence[str]:
    """Return the codecs to try for bytes beyond ASCII, given those that the header names."""
    known = (UTF_8, charset) if charset else (UTF_8,)
    if not codecs:
        return known
    if UTF_8 in codecs:
        return [codec for codec in known if codec in codecs]
    if set(codecs) != {charset}:
        claimed = f"claims neither UTF-8 nor {charset}" if charset else "does not claim UTF-8"
        raise _Refused(415, f"the push is not ASCII, and {claimed}")
    text = decoded(together, f"text/plain; charset={charset}")
    return [UTF_8 if text is not None and text.encode(UTF_8) == together else charset]


def which_form(form: PostedForm, forms: Mapping[str, tuple[str, ...]]) -> str:
    """Return the name of the one form whose fields are all there. Other fields may be there too.

    Raises InvalidPush if there is none, or more than one.
    """
    names = [name for name, needed in forms.items() if all(key in form.fields for key in needed)]
    if len(names) != 1:
        content = "fields of several pushes" if names else "the fields of no push"
        raise InvalidPush(400, f"the push has {content}", raw=form.body)
    return names[0]


def field_of(form: PostedForm, name: str, parse: Callable[[str], T]) -> T:
    """Return a field as its grammar reads it. Raises InvalidPush if the grammar does not fit."""
    try:
        value = parse(form.fields[name])
    except MalformedResponse as error:
        reason = error.reason
    else:
        watch(value, f"the field {name} of a push")
        return value
    raise InvalidPush(400, f"the field {name} {reason}", raw=form.body)


def write_form(fields: Mapping[str, str]) -> bytes:
    """Write a form in UTF-8, as `application/x-www-form-urlencoded; charset=utf-8`."""
    return urlencode(fields).encode("ascii")


def encodable(field: str, text: str) -> str:
    """Return the text. Raises Unwritable, naming the field, for a lone surrogate."""
    half = _HALVES.search(text)
    if half is not None:
        raise Unwritable(field, half[0], "is half of a character, which no form can carry")
    return text
