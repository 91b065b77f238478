"""Names of tables and columns on the wire, where any text is made a name of XML.

A character that a name may not have is sent as `_x0020_`, with four digits, or with eight above
U+FFFF. An underscore that would be read as the beginning of such is sent as `_x005F_`.
"""

import re
from typing import Final

_ENCODED: Final = re.compile("_x([0-9A-Fa-f]{8}|[0-9A-Fa-f]{4})_")
_LETTERS: Final = "A-Za-z_\xc0-\xd6\xd8-\xf6\xf8-\xff\u4e00-\u9fa5"
"""Letters that are such in each edition of XML; others are sent as numbers."""
_NO_LETTER: Final = re.compile(f"[^{_LETTERS}]")
_NOT_IN_NAMES: Final = re.compile(f"[^{_LETTERS}0-9.-]")
_AMBIGUOUS: Final = re.compile(
    f"_(?=x(?:[0-9A-Fa-f]{{8}}|[0-9A-Fa-f]{{4}})(?:_|[^{_LETTERS}0-9.-]))"
)
"""An underscore that begins what is read as a number, also if what follows is sent as one."""

_LAST: Final = 0x10FFFF
_DECLARING: Final = "xmlns"
"""An attribute of this name would declare a namespace."""


def decoded(name: str) -> str:
    """Return the name of a table or column that is so on the wire."""
    return _ENCODED.sub(_character, name) if "_x" in name else name


def encoded(name: str) -> str:
    """Return a name as it is on the wire. Raises ValueError for one that cannot be there."""
    if not name or any(0xD800 <= ord(character) <= 0xDFFF for character in name):
        raise ValueError(f"{name!r} is no name of a table or column")
    if name == _DECLARING:
        return _number(name[0]) + name[1:]
    name = _AMBIGUOUS.sub("_x005F_", name)
    return _NO_LETTER.sub(_numbered, name[0]) + _NOT_IN_NAMES.sub(_numbered, name[1:])


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    is_character = number <= _LAST and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_character else found[0]


def _numbered(found: re.Match[str]) -> str:
    return _number(found[0])


def _number(character: str) -> str:
    number = ord(character)
    return f"_x{number:04X}_" if number <= 0xFFFF else f"_x{number:08X}_"
