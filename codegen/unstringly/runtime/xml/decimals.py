"""Decimals, apart from other numbers, since `decimal` takes its time to import (section 3.2.3)."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from .columns import Column
from .leaves import Leaf
from .lexical import not_of_type, trimmed, unwritable, wrong_python_type

MOST_ZEROS: Final = 4300
"""Zeros that are written for the exponent of a Decimal, as many as an int may have digits."""

# An exponent is no part of xs:decimal, but old Java servers write 1E+3 for 1000.
_DECIMAL: Final = re.compile(
    r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
).fullmatch
_WITHOUT_EXPONENTS: Final = re.compile(r"(?:[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++) )*+").fullmatch


def read_decimal(text: str) -> Decimal:
    """Return the number in a text, exactly, zeros at its end included. Raises NotOfType.

    An exponent of at most three digits is taken too.
    """
    if _DECIMAL(text) is None:
        inner = trimmed(text)
        if _DECIMAL(inner) is None:
            raise not_of_type("decimal", text, "is not a number in digits")
        return Decimal(inner)
    return Decimal(text)


def _read_decimals(texts: Sequence[str]) -> Sequence[Decimal] | None:
    joined = " ".join(texts) + " "
    if _WITHOUT_EXPONENTS(joined) is None or joined.count(" ") != len(texts):
        return None
    return list(map(Decimal, texts))


def write_decimal(value: object) -> str:
    """Return all digits of a number, never an exponent. Raises Unwritable. An int is taken too."""
    if type(value) is Decimal:
        text = str(value)
        if _has_digits_alone(text):
            return text
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise wrong_python_type(value, "a Decimal")
    if not value.is_finite():
        raise unwritable(str(value), "is not a finite number")
    if not -MOST_ZEROS < value.adjusted() < MOST_ZEROS:
        _, digits, exponent = value.as_tuple()
        if abs(int(exponent)) > MOST_ZEROS + len(digits):
            raise unwritable(str(value), "has too many zeros to be written out")
    return f"{value:f}"


def _decimals(values: Sequence[Decimal]) -> list[str] | None:
    texts = [*map(str, values)]
    return texts if _has_digits_alone("".join(texts)) else None


def _has_digits_alone(text: str) -> bool:
    """Say whether there is no exponent, no NaN and no Infinity in what Python has written.

    The exponent begins with `e` where the context says so.
    """
    return not ("E" in text or "e" in text or "N" in text or "n" in text)


DECIMAL: Final = Leaf(
    "decimal",
    read_decimal,
    write_decimal,
    column=Column(Decimal, _decimals),
    read_all=_read_decimals,
)
