"""Exact decimal numbers, which keep their digits."""

from dataclasses import dataclass

from unstringly.kinds import integer
from unstringly.kinds.keys import Key, KindKeys, Plain
from unstringly.kinds.number import Number
from unstringly.kinds.numeric import OTHER_KEYS, THOUSANDS, UNIT, NumericKind
from unstringly.model.grammar import DecimalType
from unstringly.python.nodes import Symbol
from unstringly.python.symbols import DECIMAL

KEYS = (
    KindKeys(
        Key("decimal", description="A pattern of exact decimals."),
        (
            *OTHER_KEYS,
            Key("point", description="The character before the fraction; default: a full stop."),
            THOUSANDS,
            Key("implied", Plain.COUNT, "The last digits are so many decimal places."),
            UNIT,
        ),
    ),
)

NATURAL = ("12.50", "12.5", "1.5", "12", "0.5", "-12.50", *integer.NATURAL)
"""Numbers that everybody reads at once."""


@dataclass(frozen=True, slots=True)
class DecimalKind(NumericKind[DecimalType]):
    """A decimal number."""

    @property
    def base(self) -> Symbol:
        """`Decimal`."""
        return DECIMAL

    @property
    def number(self) -> Number:
        """Digits, and perhaps a fraction."""
        leaf = self.leaf
        return Number(leaf.form.pattern, leaf.width, is_whole=False, notation=leaf.notation)

    @property
    def called(self) -> str:
        """As the spec does."""
        return "decimal"

    def meaning(self, content: str) -> str:
        """With all digits behind the point, and without zeros before the first digit."""
        return format(self.reading.read_decimal(content), "f")

    @property
    def natural(self) -> tuple[str, ...]:
        """Numbers that everybody reads at once."""
        return NATURAL
