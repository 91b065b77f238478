"""Booleans, integers and floats (XML Schema 1.0 part 2, sections 3.2.2 to 3.2.5 and 3.3.13 on).

An `xs:float` is kept as the double nearest to its text and is not rounded to single precision: 0.1
is read as 0.1 and written as it came. Only what is beyond the range of a single is refused, since
it would be infinite there.
"""

import math
import re
from collections.abc import Sequence
from typing import Final

from .columns import Column
from .leaves import Leaf
from .lexical import integer_of, not_of_type, trimmed, unwritable, wrong_python_type

_BOOLEANS: Final = {"true": True, "false": False, "1": True, "0": False}


def read_boolean(text: str) -> bool:
    """Return the value of `true`, `1`, `false` or `0`. Raises NotOfType for anything else."""
    value = _BOOLEANS.get(text)
    if value is None:
        value = _BOOLEANS.get(trimmed(text))
    if value is None:
        raise not_of_type("boolean", text, "is neither `true` nor `false`, nor 1 or 0")
    return value


def write_boolean(value: object) -> str:
    """Return `true` or `false`. Raises Unwritable for anything but a bool."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    raise wrong_python_type(value, "a bool")


def _booleans(values: Sequence[bool]) -> list[str]:
    return ["true" if value else "false" for value in values]


def _read_booleans(texts: Sequence[str]) -> Sequence[bool] | None:
    try:
        return list(map(_BOOLEANS.__getitem__, texts))
    except KeyError:
        return None


BOOLEAN: Final = Leaf(
    "boolean",
    read_boolean,
    write_boolean,
    column=Column(bool, _booleans),
    read_all=_read_booleans,
)


_SHORT: Final = 10**18
"""Integers below this one have few enough digits for Python to write, however it is set."""


def integer_type(name: str, least: int | None, most: int | None) -> Leaf[int]:
    """Return the leaf of the integers from `least` to `most`; None is no bound."""
    low = -math.inf if least is None else least
    high = math.inf if most is None else most
    if least is None:
        outside = "is not an integer" if most is None else f"is more than {most}"
    else:
        outside = f"is less than {least}" if most is None else f"is not from {least} to {most}"

    def read(text: str) -> int:
        digits = text if text.isdecimal() else text[1:]
        if digits.isdecimal() and text.isascii() and (digits is text or text[0] in "+-"):
            try:
                value = int(text)
            except ValueError:  # too many digits
                value = integer_of(name, text, text)
        else:
            value = _odd_integer(name, text)
        if low <= value <= high:
            return value
        raise not_of_type(name, text, outside)

    def read_all(texts: Sequence[str]) -> Sequence[int] | None:
        try:
            values = list(map(int, texts))
        except ValueError:
            return None
        if _SIGNS_AND_DIGITS("".join(texts)) is None:
            return None
        return values if not values or low <= min(values) <= max(values) <= high else None

    def write(value: object) -> str:
        if type(value) is int and low <= value <= high and -_SHORT < value < _SHORT:
            return repr(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong_python_type(value, "an int")
        try:
            text = int.__repr__(value)
        except ValueError:
            why = "has more digits than Python writes (`sys.set_int_max_str_digits`)"
            raise unwritable("an int", why) from None
        if low <= value <= high:
            return text
        raise unwritable(text, outside)

    def column(values: Sequence[int]) -> list[str] | None:
        if low <= min(values) and max(values) <= high:
            return [*map(repr, values)]  # a ValueError for more digits than Python writes
        return None

    return Leaf(name, read, write, column=Column(int, column), read_all=read_all)


def _odd_integer(name: str, text: str) -> int:
    """Return the number in a text with white space around it. Raises NotOfType."""
    inner = trimmed(text)
    if _INTEGER(inner) is None:
        raise not_of_type(name, text, "is not a whole number in digits")
    return integer_of(name, text, inner)


_INTEGER: Final = re.compile("[+-]?[0-9]+").fullmatch
_SIGNS_AND_DIGITS: Final = re.compile("[0-9+-]*").fullmatch
"""In texts of these, Python reads no other numbers than XML Schema. So with floats below."""

INTEGER: Final = integer_type("integer", None, None)
NON_POSITIVE_INTEGER: Final = integer_type("nonPositiveInteger", None, 0)
NEGATIVE_INTEGER: Final = integer_type("negativeInteger", None, -1)
NON_NEGATIVE_INTEGER: Final = integer_type("nonNegativeInteger", 0, None)
POSITIVE_INTEGER: Final = integer_type("positiveInteger", 1, None)
LONG: Final = integer_type("long", -(2**63), 2**63 - 1)
INT: Final = integer_type("int", -(2**31), 2**31 - 1)
SHORT: Final = integer_type("short", -(2**15), 2**15 - 1)
BYTE: Final = integer_type("byte", -128, 127)
UNSIGNED_LONG: Final = integer_type("unsignedLong", 0, 2**64 - 1)
UNSIGNED_INT: Final = integer_type("unsignedInt", 0, 2**32 - 1)
UNSIGNED_SHORT: Final = integer_type("unsignedShort", 0, 2**16 - 1)
UNSIGNED_BYTE: Final = integer_type("unsignedByte", 0, 255)


def float_type(name: str, limit: float) -> Leaf[float]:
    """Return the leaf of floating-point numbers; those from `limit` on are infinite in the type.

    Reading gives the double nearest to the number in a text, writing the shortest text that is read
    as the same double. An int is written where a float holds it exactly.
    """

    def read(text: str) -> float:
        if text[:1].isdigit() and not text.strip("0123456789.") and text.count(".") < 2:
            value = float(text)
            if value < limit:
                return value
        if _FLOAT(text) is None:
            inner = trimmed(text)
            special = _SPECIAL.get(inner)
            if special is not None:
                return special
            if _FLOAT(inner) is None:
                raise not_of_type(name, text, "is not a number, nor INF, -INF or NaN")
        value = float(text)
        if -limit < value < limit:
            return value
        raise not_of_type(name, text, _BEYOND)

    def read_all(texts: Sequence[str]) -> Sequence[float] | None:
        try:
            values = list(map(float, texts))
        except ValueError:
            return None
        if _CHARACTERS_OF_FLOATS("".join(texts)) is None:
            return None
        return values if not values or -limit < min(values) <= max(values) < limit else None

    def write(value: object) -> str:
        if type(value) is float and -limit < value < limit:
            return repr(value)
        if isinstance(value, int) and not isinstance(value, bool):
            value = _exactly(value)
        if not isinstance(value, float):
            raise wrong_python_type(value, "a float")
        if -limit < value < limit:
            return float.__repr__(value)
        if math.isfinite(value):
            raise unwritable(float.__repr__(value), _BEYOND)
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"

    def column(values: Sequence[float]) -> list[str] | None:
        texts = [*map(repr, values)]
        if "n" in "".join(texts):  # a NaN, of which nothing else is said, or an infinity
            return None
        return texts if -limit < min(values) and max(values) < limit else None

    return Leaf(name, read, write, column=Column(float, column), read_all=read_all)


_BEYOND: Final = "is beyond the range of the type"
_FLOAT: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?").fullmatch
_CHARACTERS_OF_FLOATS: Final = re.compile("[0-9.eE+-]*").fullmatch
_SPECIAL: Final = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}


def _exactly(number: int) -> float:
    """Return the float that equals an int. Raises Unwritable if there is none."""
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if value != number:
        raise unwritable("an int", "is not exact as a float")
    return value


DOUBLE: Final = float_type("double", math.inf)
FLOAT: Final = float_type("float", 2.0**128 - 2.0**103)
"""A number is infinite in single precision from half a step above the greatest single on."""
