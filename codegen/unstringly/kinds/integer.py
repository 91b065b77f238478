"""Whole numbers."""

from dataclasses import dataclass

from unstringly.kinds.keys import Key, KindKeys
from unstringly.kinds.leaf import Language
from unstringly.kinds.number import Number
from unstringly.kinds.numeric import OTHER_KEYS, THOUSANDS, UNIT, NumericKind
from unstringly.model.grammar import IntegerType
from unstringly.python import nodes
from unstringly.python.build import INT, generic
from unstringly.python.nodes import Expression, Symbol
from unstringly.python.symbols import LITERAL

KEYS = (
    KindKeys(
        Key("integer", description="A pattern that bounds the digits."),
        (*OTHER_KEYS, THOUSANDS, UNIT),
    ),
)

NATURAL = ("42", "7", "3", "120", "2", "1", "12345", "0", "-1")
_MOST_LITERALS = 10


@dataclass(frozen=True, slots=True)
class IntegerKind(NumericKind[IntegerType]):
    """A whole number."""

    @property
    def base(self) -> Symbol:
        """`int`."""
        return INT

    @property
    def number(self) -> Number:
        """Digits."""
        leaf = self.leaf
        return Number(leaf.form.pattern, leaf.width, is_whole=True, notation=leaf.notation)

    @property
    def called(self) -> str:
        """As the spec does."""
        return "integer"

    def meaning(self, content: str) -> str:
        """As Python writes it, without zeros before it."""
        return str(self.reading.read_integer(content))

    @property
    def natural(self) -> tuple[str, ...]:
        """Numbers that everybody reads at once."""
        return NATURAL

    def argument_type(self, language: Language | None) -> Expression:
        """`int`, or the numbers one by one where they are few."""
        numbers = () if language is None else _few_numbers(self.number, language)
        return generic(LITERAL, *map(nodes.Number, numbers)) if numbers else INT


def _few_numbers(number: Number, language: Language) -> tuple[int, ...]:
    """The numbers that can be written, if they are few enough to be told one by one."""
    longest = language.longest()
    if longest is None or longest > 2:
        return ()
    numbers = tuple(n for n in range(-9, 100) if language.accepts(number.spelled(str(n))))
    return numbers if len(numbers) <= _MOST_LITERALS else ()
