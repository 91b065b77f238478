"""Bytes as texts: hexBinary and base64Binary (sections 3.2.15 and 3.2.16)."""

import binascii
from collections.abc import Sequence
from typing import Final

from .columns import Column
from .leaves import Leaf
from .lexical import not_of_type, trimmed, wrong_python_type


def read_hex(text: str) -> bytes:
    """Return the bytes of pairs of hexadecimal digits, in either case. Raises NotOfType."""
    try:
        return binascii.unhexlify(trimmed(text))
    except ValueError:
        why = "is not made of pairs of hexadecimal digits"
        raise not_of_type("hexBinary", text, why) from None


def write_hex(value: object) -> str:
    """Return two upper-case digits for each byte. Raises Unwritable for anything but bytes."""
    return _bytes(value).hex().upper()


def read_base64(text: str) -> bytes:
    """Return the bytes of a text in Base64, in which white space may stand anywhere.

    Raises NotOfType for other characters, for padding that is missing or that is followed by
    something, and for bits before it that belong to no byte and are not zero.
    """
    try:
        packed = text.encode("ascii").translate(None, b" \t\r\n")
        value = binascii.a2b_base64(packed, strict_mode=True)
    except ValueError:
        raise not_of_type("base64Binary", text, "is not Base64 with its padding") from None
    if packed.endswith(b"=") and binascii.b2a_base64(value[-(len(value) % 3) :]) != (
        packed[-4:] + b"\n"
    ):
        raise not_of_type("base64Binary", text, "has bits at its end that belong to no byte")
    return value


def write_base64(value: object) -> str:
    """Return bytes in Base64, on one line. Raises Unwritable for anything but bytes."""
    return binascii.b2a_base64(_bytes(value), newline=False).decode("ascii")


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes | bytearray):
        raise wrong_python_type(value, "bytes")
    return bytes(value)


def _hex_column(values: Sequence[bytes]) -> list[str]:
    return [value.hex().upper() for value in values]


def _base64_column(values: Sequence[bytes]) -> list[str]:
    lines = b"".join(map(binascii.b2a_base64, values))  # each value is one line
    return lines.decode("ascii").splitlines()


HEX_BINARY: Final = Leaf("hexBinary", read_hex, write_hex, column=Column(bytes, _hex_column))
BASE64_BINARY: Final = Leaf(
    "base64Binary", read_base64, write_base64, column=Column(bytes, _base64_column)
)
