"""The spellings that format writes, of leaves whose forms may allow others."""

from typing import assert_never

from unstringly.automata import leaves
from unstringly.model import charset
from unstringly.model.grammar import (
    DateType,
    DecimalType,
    EnumType,
    IntegerType,
    TextType,
    Type,
)
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence, literal

_DIGIT = Chars(charset.DIGITS)
_DIGITS = Repeat(_DIGIT, 0, None)
_POSITIVE = Sequence((Chars(charset.between("1", "9")), _DIGITS))
_SIGN = Repeat(literal("-"), 0, 1)


def whole_digits(width: int) -> Pattern:
    """Whole numbers without a sign as they are written: with zeros up to `width` digits."""
    if not width:
        return Choice((literal("0"), _POSITIVE))
    longer = Sequence((Chars(charset.between("1", "9")), Repeat(_DIGIT, width, None)))
    return Choice((Repeat(_DIGIT, width, width), longer))


def canonical_pattern(leaf: Type) -> Pattern | None:
    """The spellings that format writes, of a leaf whose form may allow others."""
    match leaf:
        case IntegerType(width=width) if width:
            return Sequence((_SIGN, whole_digits(width)))
        case IntegerType():
            return Choice((literal("0"), Sequence((_SIGN, _POSITIVE))))
        case DecimalType(width=width):
            fraction = Repeat(Sequence((literal("."), _DIGIT, _DIGITS)), 0, 1)
            return Sequence((_SIGN, whole_digits(width), fraction))
        case DateType():
            return leaves.date_pattern(leaf, zeros_optional=False)
        case TextType() | EnumType():
            return None
        case _:
            assert_never(leaf)
