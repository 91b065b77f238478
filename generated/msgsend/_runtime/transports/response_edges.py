# Copied by unstringly 0.1.0. Do not edit.
"""The edges of a response: empty lines before its status line, and bytes behind its body."""

import re
from typing import Final

from .response_head import Untrusted, is_start

MOST_OF_HEAD: Final = 256 * 1024
"""The largest head, in bytes."""

_START: Final = b"HTTP/"
_MOST_BLANKS: Final = 16
_LOOKED_AT: Final = 1024
_EMPTY_LINES: Final = re.compile(rb"(?:\r?\n)++")


def where_it_begins(data: bytearray, at: int) -> int:
    """Return the beginning of the status line: some servers write an empty line before it."""
    if not data.startswith((b"\r", b"\n"), at):
        return at
    empty = _EMPTY_LINES.match(data, at)
    return empty.end() if empty else at


def goes_on(data: bytearray, end: int) -> bool:
    """Say whether bytes behind a body may belong to it: blanks and another response do not."""
    behind = bytes(data[end : end + _LOOKED_AT]).lstrip(b"\0 \t\r\n")
    return not _START.startswith(behind[: len(_START)])


def has_start_line(data: bytearray, at: int) -> bool:
    """Say whether the status line is here. Raises Untrusted if it is none, or will be none."""
    if not _START.startswith(data[at : at + _MOST_BLANKS].lstrip()[: len(_START)]):
        raise Untrusted("status line")
    end = data.find(b"\n", at, MOST_OF_HEAD) + 1
    if end and not is_start(bytes(data[at:end])):
        raise Untrusted("status line")
    return end > 0
