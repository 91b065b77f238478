"""Layers: ways in which a text stands inside another one, such as URL encoding.

What a layer does to a text it does to each character: it has one or several spellings of it. So the
spellings of a pattern's texts are a pattern again.
"""

from enum import Enum
from typing import TypeAlias

from msgspec import Struct


class Octets(Enum):
    """The way in which the octets of a text in some charset are written as characters."""

    URL = "url"
    """`%` and two hexadecimal digits; `+` is a blank (`application/x-www-form-urlencoded`)."""
    PERCENT = "percent"
    """`%` and two hexadecimal digits (RFC 3986)."""
    HEX = "hex"
    """Two hexadecimal digits."""


class Encoded(Struct, frozen=True):
    """A text as octets of a charset, by the name that Python's codec has."""

    way: Octets
    charset: str


class Escapes(Struct, frozen=True):
    """Characters that have a spelling of their own, each with it; all other stand for themselves.

    Each spelling begins with the same character, which is one of those that have a spelling.
    """

    spellings: tuple[tuple[str, str], ...]


class Entities(Struct, frozen=True):
    """Entities and character references of XML: `&amp;`, `&#38;`."""


Layer: TypeAlias = Encoded | Escapes | Entities
