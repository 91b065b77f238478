"""Pushes: forms that the service posts to its customer, taken apart strictly.

The document knows no signature: anyone who knows the address can post there. So the address must be
one that nobody can guess, and be reached by the service's own addresses only.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar
from urllib.parse import unquote_to_bytes, urlencode

from .errors import MalformedResponse, ServiceError
from .parsed import watch

T = TypeVar("T")

MOST_BYTES: Final = 1024 * 1024
"""Of a push, unless said otherwise."""

_FORM: Final = "application/x-www-form-urlencoded"
_ESCAPES: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_CHARSET: Final = re.compile(r';\s*charset\s*=\s*"?([^\s";]+)', re.IGNORECASE)
_CHARSETS: Final = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8"} | dict.fromkeys(
    ("gbk", "gb2312", "gb18030", "cp936"), "gb18030"
)
_MOST_FIELDS: Final = 100


PUSH: Final = "Push"
"""What journals call a push, in place of an operation's name."""


class InvalidPush(ServiceError):
    """A push that is none. `status` is the HTTP status to answer it with, `reason` says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason} (status {self.status})"


def read_form(
    body: bytes, content_type: str | None, most_bytes: int = MOST_BYTES
) -> Mapping[str, str]:
    """The fields of a form. Raises InvalidPush.

    The charset is that of the header, UTF-8 or one of the GB family; without a word of it UTF-8, or
    what is not UTF-8 as GB 18030. A form without a header is taken for one. Raises TypeError for a
    body that is not bytes.
    """
    if not isinstance(body, bytes | bytearray):  # pyright: ignore  # callers may not check
        told = "a push is the body of a request, as bytes"
        raise TypeError(f"{told}, not {type(body).__name__}")
    if len(body) > most_bytes:
        raise InvalidPush(413, f"the push is larger than {most_bytes} bytes")
    media = (content_type or _FORM).split(";")[0].strip().lower()
    if media != _FORM:
        raise InvalidPush(415, f"a push is a form ({_FORM})")
    named = _CHARSET.search(content_type or "")
    charsets = ("utf-8", "gb18030") if named is None else (_known(named[1]),)
    pairs = body.split(b"&") if body else []
    if len(pairs) > _MOST_FIELDS:
        raise InvalidPush(413, f"the push has more than {_MOST_FIELDS} fields")
    for charset in charsets:
        try:
            fields = [tuple(_text(part, charset) for part in _pair(pair)) for pair in pairs]
        except UnicodeDecodeError:
            continue
        found = dict[str, str]()
        for name, value in fields:
            if name in found:
                raise InvalidPush(400, "the push has a field twice")
            found[name] = value
        return found
    raise InvalidPush(400, "the push is not of the charset that it claims")


def _known(name: str) -> str:
    charset = _CHARSETS.get(name.lower())
    if charset is None:
        raise InvalidPush(415, "the charset of the push is neither UTF-8 nor of the GB family")
    return charset


def _pair(pair: bytes) -> tuple[bytes, bytes]:
    name, equals, value = pair.partition(b"=")
    if not equals:
        raise InvalidPush(400, "the push has a field without a value")
    return name, value


def _text(part: bytes, charset: str) -> str:
    """A name or a value. Raises UnicodeDecodeError if it is not of the charset."""
    if _ESCAPES.search(part.decode("latin-1")):
        raise InvalidPush(400, "the push has a percent sign that escapes nothing")
    return unquote_to_bytes(part.replace(b"+", b" ")).decode(charset)


def which_form(fields: Mapping[str, str], forms: Mapping[str, tuple[str, ...]]) -> str:
    """The name of the one form whose fields are all there. Others may be there as well.

    Raises InvalidPush if there is none, or more than one.
    """
    found = [name for name, needed in forms.items() if all(each in fields for each in needed)]
    if len(found) != 1:
        what = "fields of several pushes" if found else "the fields of no push"
        raise InvalidPush(400, f"the push has {what}")
    return found[0]


def field_of(fields: Mapping[str, str], name: str, parse: Callable[[str], T]) -> T:
    """A field as its grammar reads it. Raises InvalidPush if it does not."""
    try:
        value = parse(fields[name])
    except MalformedResponse as error:
        reason = error.reason
    else:
        watch(value, f"the field {name} of a push")
        return value
    raise InvalidPush(400, f"the field {name} {reason}")


def write_form(fields: Mapping[str, str]) -> bytes:
    """A form in UTF-8, as `application/x-www-form-urlencoded; charset=utf-8`."""
    return urlencode(fields).encode("ascii")
