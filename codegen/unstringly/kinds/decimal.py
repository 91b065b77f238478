"""Exact decimal numbers, which keep their digits."""

from dataclasses import dataclass

from unstringly.kinds import integer
from unstringly.kinds.number import Number
from unstringly.kinds.numeric import NumericKind
from unstringly.model.grammar import DecimalType
from unstringly.python.nodes import Symbol
from unstringly.python.symbols import DECIMAL


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
        return Number(self.leaf.form.pattern, self.leaf.width, is_whole=False)

    @property
    def called(self) -> str:
        """As the spec does."""
        return "decimal"

    @property
    def natural(self) -> tuple[str, ...]:
        """Numbers that everybody reads at once."""
        return ("12.50", "12.5", "1.5", "12", "0.5", "-12.50", *integer.NATURAL)
