# Copied by unstringly 0.1.0. Do not edit.
"""Columns of dates and times, read all at once.

A column in which each part has its full width is written as ISO 8601, and `fromisoformat` reads
the result, many times faster than a form is read part by part. Where only the characters between
the digits differ from ISO 8601, they are replaced. Any other column is cut across: the first digits
of all years, then the second ones, and so on, are put where ISO 8601 wants them. The places of all
characters are checked before; `fromisoformat` checks that the date exists.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Final

from .columns import Column, trimmed
from .dates import parts_of

_TEMPLATE: Final = b"0001-01-01T00:00:00\n"
_DATE: Final = len("0001-01-01")
_HOUR: Final = len("0001-01-01T")
_DIGITS: Final = b"0123456789"
_PLACES: Final = {
    "%Y": (0, 1, 2, 3),
    "%m": (5, 6),
    "%d": (8, 9),
    "%H": (11, 12),
    "%M": (14, 15),
    "%S": (17, 18),
}
_BEFORE_LONE_DIGIT: Final = re.compile(r"(?<![0-9])(?=[0-9](?![0-9]))")


class DateColumn:
    """The contents of fields with one form of `strftime` directives, as ISO 8601.

    With `zeros_optional`, parts without leading zeros are filled up first. A form with other
    texts than ASCII, or with line ends, is never read this way.
    """

    def __init__(self, source: str, *, zeros_optional: bool) -> None:
        self._literals: list[tuple[int, bytes]] = []
        self._digits: list[tuple[int, int]] = []
        at = 0
        for part in parts_of(source):
            places = _PLACES.get(part)
            if places is not None:
                self._digits += [(at + index, place) for index, place in enumerate(places)]
                at += len(places)
                continue
            for character in "%" if part == "%%" else part:
                self._literals.append((at, character.encode()))
                at += 1
        self._width = at
        self._literals.append((at, b"\n"))
        literal = b"".join(character for _, character in self._literals[:-1])
        self._is_plain = literal.isascii() and b"\n" not in literal
        self._fills_up = zeros_optional and not re.search(rb"[0-9]", literal)
        self._hour = next((at for at, place in self._digits if place == _HOUR), None)
        self._table = _replacements(at, self._digits, self._literals[:-1])
        iso = _TEMPLATE if self._table is None else _TEMPLATE[:at] + b"\n"
        self._between = iso.translate(None, _DIGITS)

    def iso(self, contents: Sequence[str]) -> list[str] | None:
        """Return the contents as ISO 8601 dates with times, or None if one is not of the form."""
        count, pitch = len(contents), self._width + 1
        text = "\n".join(contents) + "\n"
        if len(text) != pitch * count and self._fills_up:
            text = _BEFORE_LONE_DIGIT.sub("0", text)
        if len(text) != pitch * count or not (self._is_plain and text.isascii()):
            return None
        data = text.encode()
        if any(data[at::pitch] != character * count for at, character in self._literals):
            return None
        if self._hour is not None and b"24" in _pairs(data[self._hour :], pitch, count):
            return None  # midnight at the day's end is ISO 8601, and no form here has it
        rearranged = self._rearranged(data, count)
        if rearranged.translate(None, _DIGITS) != self._between * count:
            return None
        return rearranged.decode().splitlines()

    def _rearranged(self, data: bytes, count: int) -> bytes:
        if self._table is not None:
            return data.translate(self._table)
        rearranged = bytearray(_TEMPLATE * count)
        for source, target in self._digits:
            rearranged[target :: len(_TEMPLATE)] = data[source :: self._width + 1]
        return bytes(rearranged)


def _pairs(data: bytes, pitch: int, count: int) -> bytearray:
    """Return the first two bytes of each of `count` rows, which are `pitch` bytes long."""
    pairs = bytearray(2 * count)
    pairs[::2], pairs[1::2] = data[::pitch], data[1::pitch]
    return pairs


def _replacements(
    width: int, digits: Sequence[tuple[int, int]], literals: Sequence[tuple[int, bytes]]
) -> bytes | None:
    """Return the table that makes contents ISO 8601; None if the digits have other places.

    It is also None for a literal that stands for two different characters, or is a digit.
    """
    if not _DATE <= width < len(_TEMPLATE):
        return None
    punctuation = {
        at: _TEMPLATE[at : at + 1] for at in range(width) if _TEMPLATE[at] not in _DIGITS
    }
    if [at for at, _ in literals] != list(punctuation) or any(at != place for at, place in digits):
        return None
    table = {character: punctuation[at] for at, character in literals}
    if any(
        table[character] != punctuation[at] or character in _DIGITS for at, character in literals
    ):
        return None
    return bytes.maketrans(b"".join(table), b"".join(table.values()))


def datetimes(source: str, *, zeros_optional: bool = False) -> Column:
    """Make a column of naive datetimes."""
    return _column(source, zeros_optional, datetime.fromisoformat)


def dates(source: str, *, zeros_optional: bool = False) -> Column:
    """Make a column of dates."""
    return _column(source, zeros_optional, lambda text: date.fromisoformat(text[:10]))


def times(source: str, *, zeros_optional: bool = False) -> Column:
    """Make a column of naive times."""
    return _column(source, zeros_optional, lambda text: time.fromisoformat(text[11:]))


def _column(source: str, zeros_optional: bool, make: Callable[[str], object]) -> Column:
    """Make a column whose contents are trimmed only if they do not fit as they are."""
    column = DateColumn(source, zeros_optional=zeros_optional)

    def values(contents: Sequence[str]) -> list[object] | None:
        iso = column.iso(contents)
        if iso is None:
            return None
        try:
            return list(map(make, iso))
        except ValueError:
            return None

    def read(contents: Sequence[str], padded: bool) -> list[object] | None:
        result = values(contents)
        return values(trimmed(contents)) if result is None and padded else result

    return read
