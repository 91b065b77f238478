"""Layers: texts that stand inside other texts, such as URL-encoded ones.

A layer reads what its form has let through, which is always something that it can read, and writes
a text so that it reads the same back. `Layers` are several, the outermost first.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Final, Protocol
from urllib.parse import quote, unquote_to_bytes

from ..errors.exceptions import Unwritable
from .columns import Column, numbers
from .forms import Form, wrong_type

_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ENTITY: Final = re.compile("&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));")
_WRITTEN: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
)


class Layer(Protocol):
    """A way in which a text stands inside another one."""

    def read(self, text: str) -> str:
        """Return the text inside."""
        ...

    def write(self, text: str) -> str:
        """Return the text around. Raises UnicodeError for a character that has no spelling."""
        ...


class Encoded(ABC):
    """A text as octets of a charset, by the name of Python's codec."""

    def __init__(self, charset: str) -> None:
        self.charset = charset

    @abstractmethod
    def read(self, text: str) -> str:
        """Return the text inside."""

    @abstractmethod
    def write(self, text: str) -> str:
        """Return the text around. Raises UnicodeError."""

    def octets(self, text: str) -> bytes:
        """Return the octets of a text. Raises UnicodeError."""
        octets = text.encode(self.charset)
        if octets.decode(self.charset) != text:  # codecs write some characters as others
            for at, character in enumerate(text):
                if character.encode(self.charset).decode(self.charset) != character:
                    raise UnicodeEncodeError(self.charset, text, at, at + 1, "is another one there")
        return octets


class Url(Encoded):
    """URL encoding of forms: `%` and two hexadecimal digits for an octet, `+` for a blank."""

    def read(self, text: str) -> str:
        """Return the text inside."""
        return unquote_to_bytes(text.replace("+", " ")).decode(self.charset)

    def write(self, text: str) -> str:
        """Return the text around. Raises UnicodeError."""
        return quote(self.octets(text), safe=" ").replace(" ", "+")


class Percent(Encoded):
    """URL encoding of addresses (RFC 3986): `%` and two hexadecimal digits for an octet."""

    def read(self, text: str) -> str:
        """Return the text inside."""
        return unquote_to_bytes(text).decode(self.charset)

    def write(self, text: str) -> str:
        """Return the text around. Raises UnicodeError."""
        return quote(self.octets(text), safe="")


class Hex(Encoded):
    """Two hexadecimal digits for an octet."""

    def read(self, text: str) -> str:
        """Return the text inside."""
        return bytes.fromhex(text).decode(self.charset)

    def write(self, text: str) -> str:
        """Return the text around, in capital letters. Raises UnicodeError."""
        return self.octets(text).hex().upper()


class Escapes:
    """Characters that have a spelling of their own; all spellings begin with the same character."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._written = str.maketrans(dict(spellings))
        self._meant = {spelling: character for character, spelling in spellings.items()}
        longest_first = sorted(self._meant, key=len, reverse=True)
        self._spelling = re.compile("|".join(map(re.escape, longest_first)))

    def read(self, text: str) -> str:
        """Return the text inside."""
        return self._spelling.sub(lambda found: self._meant[found.group()], text)

    def write(self, text: str) -> str:
        """Return the text around."""
        return text.translate(self._written)


class Entities:
    """Entities and character references of XML: `&amp;`, `&#38;`."""

    def read(self, text: str) -> str:
        """Return the text inside."""
        return _ENTITY.sub(_character, text)

    def write(self, text: str) -> str:
        """Return the text around."""
        return text.translate(_WRITTEN)


class Layers:
    """Several layers, the outermost first."""

    def __init__(self, *layers: Layer) -> None:
        self._layers = layers

    def read(self, text: str) -> str:
        """Return the innermost text."""
        for layer in self._layers:
            text = layer.read(text)
        return text

    def write(self, text: str) -> str:
        """Return the outermost text. Raises UnicodeError."""
        for layer in reversed(self._layers):
            text = layer.write(text)
        return text

    def written(self, field: str, text: str) -> str:
        """Return the outermost text. Raises Unwritable for a character that has no spelling."""
        try:
            return self.write(text)
        except UnicodeEncodeError as error:
            character, why = error.object[error.start], f"has no octets in {error.encoding}"
        raise Unwritable(field, character, why)


def write_layered(form: Form, layers: Layers, field: str, value: object) -> str:
    """Write a text as it stands behind layers. Raises Unwritable."""
    if not isinstance(value, str):
        raise wrong_type(field, value, "str")
    return form.checked(field, layers.written(field, str.__str__(value)))


def behind(form: Form, layers: Layers) -> Column:
    """Make a column of texts behind layers."""
    return numbers(form, layers.read)


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED[name]
    return chr(int(decimal) if hexadecimal is None else int(hexadecimal, 16))
