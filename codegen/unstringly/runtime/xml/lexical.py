r"""Texts of simple types: their white space, and the errors of reading and writing them.

White space is space, tab, CR and LF (XML Schema 1.0 part 2, section 4.3.6), and nothing else:
`str.split()` would take a no-break space or a line separator for it as well.

Errors of this room say in `why` what is wrong without a piece of the value, for values that are
secret. Reading raises NotOfType, writing the Unwritable of the package.
"""

import re
from functools import lru_cache
from typing import Final

from ..errors.exceptions import ServiceError, Unwritable

BLANKS: Final = " \t\r\n"

MOST_SHOWN: Final = 40
"""Characters of a text that an error shows."""


class NotOfType(ServiceError, ValueError):
    """A text is not a value of its type.

    `type_name` is the type's name in XML Schema, `excerpt` the beginning of the text, `why` a
    clause about the text that holds no piece of it.
    """

    def __init__(self, type_name: str, excerpt: str, why: str) -> None:
        super().__init__(type_name, excerpt, why)
        self.type_name = type_name
        self.excerpt = excerpt
        self.why = why

    def __str__(self) -> str:
        return f"{self.excerpt!r} is not of type {self.type_name}: it {self.why}"


def not_of_type(type_name: str, text: str, why: str) -> NotOfType:
    """Make the error of a text, of which it keeps the beginning."""
    return NotOfType(type_name, shortened(text), why)


def unwritable(text: str, why: str) -> Unwritable:
    """Make the error of a value of the right Python type, of which it keeps the beginning."""
    return Unwritable("", shortened(text), why)


def wrong_python_type(value: object, expected: str) -> Unwritable:
    """Make the error of a value of another Python type than `expected`, as in "an int"."""
    return Unwritable("", type(value).__name__, f"is not {expected}")


def shortened(text: str) -> str:
    """Return the beginning of a text, with an ellipsis if it is longer."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def trimmed(text: str) -> str:
    """Return a text without white space around it: enough where none may stand inside."""
    return text.strip(BLANKS)


def replaced(text: str) -> str:
    """Return a text with a space for each character of white space."""
    return text.replace("\t", " ").replace("\n", " ").replace("\r", " ")


def collapsed(text: str) -> str:
    """Return a text without white space around it, and single spaces for all that is inside."""
    text = replaced(text)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        return " ".join(filter(None, text.split(" ")))
    return text


def list_items(text: str) -> list[str]:
    """Return what white space separates; nothing for a text of white space alone."""
    return [item for item in replaced(text).split(" ") if item]


def integer_of(type_name: str, text: str, digits: str) -> int:
    """Return the number that ASCII digits spell, with a sign before them or not.

    Raises NotOfType for more digits than Python reads: 4,300, unless its `int_max_str_digits` is
    another. Zeros before the number do not count.
    """
    try:
        return int(digits)
    except ValueError:
        pass
    try:
        return int(_LEADING_ZEROS.sub(r"\1", digits) or "0")
    except ValueError:
        why = "has more digits than Python reads (`sys.set_int_max_str_digits`)"
        raise not_of_type(type_name, text, why) from None


@lru_cache(maxsize=1024)
def compiled(regex: str) -> "re.Pattern[str]":
    """Return a compiled regular expression: on its first use, since few of them are used."""
    return re.compile(regex)


_LEADING_ZEROS: Final = re.compile(r"^([+-]?)0+(?=[0-9])")
