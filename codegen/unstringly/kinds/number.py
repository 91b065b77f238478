"""Numbers as they are written: in decimal digits, without a plus, with zeros up to a width."""

from msgspec import Struct

from unstringly.model import charset
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, literal

_DIGIT = Chars(charset.DIGITS)
_DIGITS = Repeat(_DIGIT, 0, None)
_POSITIVE = Sequence((Chars(charset.between("1", "9")), _DIGITS))
_SIGN = Repeat(literal("-"), 0, 1)
_FRACTION = Repeat(Sequence((literal("."), _DIGIT, _DIGITS)), 0, 1)


class Number(Struct, frozen=True):
    """The numbers of a pattern, written with at least `width` digits before the point.

    A number that `is_whole` has no point, and its zero no sign. `unit` stands behind all of them
    and is no part of the pattern.
    """

    pattern: Pattern
    width: int
    is_whole: bool
    unit: str = ""

    def digits(self, width: int) -> Pattern:
        """Numbers without a sign and unit, as they are written with a width."""
        whole = _whole_digits(width)
        return whole if self.is_whole else Sequence((whole, _FRACTION))

    @property
    def canonical(self) -> Pattern:
        """Numbers as they are written, unit and all."""
        if self.is_whole and not self.width:
            return self._with_unit(Choice((literal("0"), Sequence((_SIGN, _POSITIVE)))))
        whole = _whole_digits(self.width)
        if self.is_whole:
            return self._with_unit(Sequence((_SIGN, whole)))
        return self._with_unit(Sequence((_SIGN, whole, _FRACTION)))

    def _with_unit(self, pattern: Pattern) -> Pattern:
        return Sequence((pattern, literal(self.unit))) if self.unit else pattern


def _whole_digits(width: int) -> Pattern:
    """Whole numbers without a sign as they are written: with zeros up to `width` digits."""
    if not width:
        return Choice((literal("0"), _POSITIVE))
    longer = Sequence((Chars(charset.between("1", "9")), Repeat(_DIGIT, width, None)))
    return Choice((Repeat(_DIGIT, width, width), longer))


def filled_up(number: str, width: int) -> str:
    """A number with so many digits before the point."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, rest = digits.partition(".")
    return f"{sign}{whole.zfill(width)}{point}{rest}"
