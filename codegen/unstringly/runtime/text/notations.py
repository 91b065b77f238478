"""Numbers as a service writes them: with another point, in groups, without a point, with a unit."""

from decimal import Decimal
from typing import Final

from ..errors.exceptions import Unwritable
from .alphabet import Alphabet
from .forms import Form, write_decimal, write_integer

_ANY_TEXT: Final = Form(
    alphabet=Alphabet(starts=(0,), classes=(0,)), rows=((0,),), accepting=(0,), described="any"
)
"""The form of a number before it is spelled, which is held against its own form after that."""

_GROUP = 3


class Notation:
    """The spelling of numbers: `point` and `thousands` are characters, and so many digits of the
    end are `implied` decimal places. One of `units` stands behind each number; the first is
    written. Before the point a number is filled up with zeros to `width` digits.

    Reading takes contents that the grammar's automaton has accepted.
    """

    def __init__(
        self,
        *,
        point: str = ".",
        thousands: str = "",
        implied: int = 0,
        units: tuple[str, ...] = ("",),
        width: int = 0,
    ) -> None:
        self._point = point
        self._thousands = thousands
        self._implied = implied
        self._unit = units[0]
        self._units = sorted(units, key=len, reverse=True)
        self._width = width

    def read_integer(self, content: str) -> int:
        """Return the whole number of a content."""
        return int(self._digits(content))

    def read_decimal(self, content: str) -> Decimal:
        """Return the decimal number of a content, with all of its digits."""
        return Decimal(self._digits(content))

    def write_integer(self, form: Form, field: str, value: object) -> str:
        """Write a whole number. Raises Unwritable."""
        return form.checked(field, self._integer(field, value))

    def write_decimal(self, form: Form, field: str, value: object) -> str:
        """Write a decimal number with the digits that it has. Raises Unwritable.

        With implied places it is written with exactly so many, and refused if it has more.
        """
        return form.checked(field, self._decimal(field, value))

    def unchecked(self, value: object) -> str:
        """Write a number of any form, and everything else as Python spells it."""
        try:
            write = self._decimal if isinstance(value, Decimal) else self._integer
            return write("", value)
        except Unwritable:
            return str(value)

    def _integer(self, field: str, value: object) -> str:
        return self._spelled(field, write_integer(_ANY_TEXT, field, value))

    def _decimal(self, field: str, value: object) -> str:
        return self._spelled(field, write_decimal(_ANY_TEXT, field, value))

    def _digits(self, content: str) -> str:
        """Return a content as Python reads it: a sign, digits, a point or an exponent."""
        for unit in self._units:  # no unit begins as a number ends, so that only one can fit
            if content.endswith(unit):
                content = content[: len(content) - len(unit)]
                break
        if self._thousands:
            content = content.replace(self._thousands, "")
        if self._implied:
            return f"{content}E-{self._implied}"
        return content.replace(self._point, ".")

    def _spelled(self, field: str, number: str) -> str:
        """Return a number of Python's as the service writes it."""
        unsigned = number.removeprefix("-")
        sign = number[: len(number) - len(unsigned)]
        whole, point, fraction = unsigned.partition(".")
        if self._implied:
            if len(fraction) > self._implied:
                raise Unwritable(field, number, f"has more than {self._implied} decimal places")
            whole = (whole + fraction.ljust(self._implied, "0")).lstrip("0") or "0"
            point = fraction = ""
        whole = whole.rjust(self._width, "0")
        if self._thousands:
            first = len(whole) % _GROUP or _GROUP
            rest = (whole[at : at + _GROUP] for at in range(first, len(whole), _GROUP))
            whole = self._thousands.join((whole[:first], *rest))
        return f"{sign}{whole}{point and self._point}{fraction}{self._unit}"
