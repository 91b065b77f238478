"""Numbers as they are written: in decimal digits, without a plus, with zeros up to a width."""

from msgspec import Struct

from unstringly.model import charset
from unstringly.model.notation import AS_PYTHON, Notation
from unstringly.model.pattern import EMPTY, Chars, Choice, Pattern, Repeat, Sequence, literal

_DIGIT = Chars(charset.DIGITS)
_DIGITS = Repeat(_DIGIT, 0, None)
_FIRST = Chars(charset.between("1", "9"))
_POSITIVE = Sequence((_FIRST, _DIGITS))
_SIGN = Repeat(literal("-"), 0, 1)
_GROUP = 3


class Number(Struct, frozen=True):
    """The numbers of a pattern, written with at least `width` digits before the point.

    A number that `is_whole` has no point, and its zero no sign. The pattern has the groups and
    the point of the notation, and no unit.
    """

    pattern: Pattern
    width: int
    is_whole: bool
    notation: Notation = AS_PYTHON

    @property
    def has_point(self) -> bool:
        """Say whether a point may stand before decimal places."""
        return not self.is_whole and not self.notation.implied

    @property
    def unit(self) -> str:
        """The unit that is written."""
        return self.notation.units[0]

    @property
    def on_the_wire(self) -> Pattern:
        """Numbers as they are read, units and all."""
        units = self.notation.units
        if units == AS_PYTHON.units:
            return self.pattern
        return Sequence((self.pattern, Choice(tuple(map(literal, units)))))

    def digits(self, width: int) -> Pattern:
        """Numbers without sign, groups and unit, as they are written with a width."""
        return Sequence((_whole_digits(width), self._fraction))

    @property
    def canonical(self) -> Pattern:
        """Numbers as they are written, unit and all."""
        return self._unsigned_zero if self.is_whole and not self.width else self._signed

    def spelled(self, plain: str) -> str:
        """Return a number of Python's notation as it is written, unit and all."""
        sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
        whole, point, fraction = digits.partition(".")
        if implied := self.notation.implied:
            whole, point, fraction = (whole + f"{fraction:0<{implied}}").lstrip("0") or "0", "", ""
        point = point and self.notation.point
        written = f"{sign}{whole.zfill(self.width)}{point}{fraction}"
        return f"{self.notation.grouped(written)}{self.unit}"

    @property
    def _unsigned_zero(self) -> Pattern:
        number = Choice((literal("0"), Sequence((_SIGN, self._positive))))
        return Sequence((number, literal(self.unit)))

    @property
    def _signed(self) -> Pattern:
        return Sequence((_SIGN, self._whole, self._fraction, literal(self.unit)))

    @property
    def _positive(self) -> Pattern:
        return self._longer(0) if self.notation.thousands else _POSITIVE

    @property
    def _whole(self) -> Pattern:
        if not self.notation.thousands:
            return _whole_digits(self.width)
        if not self.width:
            return Choice((literal("0"), self._positive))
        return Choice((self._groups(self.width), self._longer(self.width)))

    @property
    def _fraction(self) -> Pattern:
        if not self.has_point:
            return EMPTY
        return Repeat(Sequence((literal(self.notation.point), _DIGIT, _DIGITS)), 0, 1)

    def _groups(self, count: int) -> Pattern:
        """So many digits in groups of three."""
        first = count % _GROUP or _GROUP
        behind = Repeat(self._group, (count - first) // _GROUP, (count - first) // _GROUP)
        return Sequence((Repeat(_DIGIT, first, first), behind))

    def _longer(self, count: int) -> Pattern:
        """More digits than that in groups of three, of which the first is no zero."""
        return Choice(
            tuple(
                Sequence(
                    (
                        Sequence((_FIRST, Repeat(_DIGIT, first - 1, first - 1))),
                        Repeat(self._group, max(0, -((first - count - 1) // _GROUP)), None),
                    )
                )
                for first in range(1, _GROUP + 1)
            )
        )

    @property
    def _group(self) -> Pattern:
        return Sequence((literal(self.notation.thousands), Repeat(_DIGIT, _GROUP, _GROUP)))


def _whole_digits(width: int) -> Pattern:
    """Whole numbers without a sign as they are written: with zeros up to `width` digits."""
    if not width:
        return Choice((literal("0"), _POSITIVE))
    longer = Sequence((Chars(charset.between("1", "9")), Repeat(_DIGIT, width, None)))
    return Choice((Repeat(_DIGIT, width, width), longer))
