"""Numbers of any kind: digits, filled up with zeros to a width."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from unstringly.kinds.keys import DOC, Key, Plain
from unstringly.kinds.leaf import ArgumentCheck
from unstringly.kinds.newtype import NEWTYPE, Formed, FormedKind
from unstringly.kinds.number import Number, filled_up
from unstringly.model.pattern import Pattern
from unstringly.python import nodes
from unstringly.python.build import call
from unstringly.python.nodes import Expression
from unstringly.python.symbols import PARTIAL, column, drawing, form_function, parameters

OTHER_KEYS = (
    DOC,
    NEWTYPE,
    Key("width", Plain.COUNT, "Written with at least this many digits before the point."),
)
"""The keys that go with every kind of number."""


class Numeric(Formed, Protocol):
    """A type of numbers."""

    @property
    def width(self) -> int:
        """The digits before the point to which a number is filled up."""
        ...


N_co = TypeVar("N_co", bound=Numeric, covariant=True)


@dataclass(frozen=True, slots=True)
class NumericKind(FormedKind[N_co]):
    """A leaf whose contents are numbers."""

    @property
    @abstractmethod
    def number(self) -> Number:
        """The digits."""

    @property
    @abstractmethod
    def called(self) -> str:
        """The word for such a number in the runtime's functions: `integer`."""

    @property
    @abstractmethod
    def natural(self) -> tuple[str, ...]:
        """Numbers that everybody reads at once."""

    @property
    def canonical(self) -> Pattern:
        """Digits without a plus and without zeros beyond the width."""
        return self.number.canonical

    @property
    def examples(self) -> Iterator[str]:
        """Numbers that everybody reads at once."""
        return (filled_up(text, self.leaf.width) + self.number.unit for text in self.natural)

    def base_value(self, content: Expression) -> Expression:
        """A call of Python's own class with a content."""
        return call(self.base, content)

    def column(self, form: Expression) -> Expression:
        """A column of numbers."""
        return call(column("numbers"), form, self.base)

    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """A number of the form."""
        return call(form_function(f"write_{self.called}"), form, field, value, *self._width)

    def argument_check(self, form: Expression) -> ArgumentCheck:
        """The check by which a value is written."""
        options = dict(zip(("width",), self._width, strict=False))
        write = call(PARTIAL, form_function(f"write_{self.called}"), form, **options)
        return ArgumentCheck(parameters("written_parameter"), options={"write": write})

    def base_drawn(self, form: Expression, *, lf: bool) -> Expression:
        """Numbers of the form."""
        del lf
        return call(drawing(f"{self.called}s"), form, *self._width)

    @property
    def _width(self) -> tuple[Expression, ...]:
        """The argument that says the width, where there is one."""
        return (nodes.Number(self.leaf.width),) if self.leaf.width else ()
