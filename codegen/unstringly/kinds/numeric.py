"""Numbers of any kind: digits, filled up with zeros to a width.

Those that are not written as Python writes them have a notation in `tables.py`, which reads and
writes them.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from unstringly.kinds.keys import DOC, Key, Plain
from unstringly.kinds.leaf import ArgumentCheck, Spelled
from unstringly.kinds.newtype import NEWTYPE, Formed, FormedKind
from unstringly.kinds.number import Number
from unstringly.model.grammar import Form
from unstringly.model.notation import AS_PYTHON, Notation
from unstringly.model.pattern import Pattern
from unstringly.python import nodes
from unstringly.python.build import call, texts
from unstringly.python.nodes import Attribute, Expression, Text
from unstringly.python.symbols import (
    PARTIAL,
    TABLES,
    column,
    drawing,
    form_function,
    parameters,
)
from unstringly.runtime.text import notations as runtime

OTHER_KEYS = (
    DOC,
    NEWTYPE,
    Key("width", Plain.COUNT, "Written with at least this many digits before the point."),
)
"""The keys that go with every kind of number."""

THOUSANDS = Key("thousands", description="The character between groups of three digits.")
UNIT = Key("unit", Plain.TEXTS, "Stands behind the number; the first is written.")


class Numeric(Formed, Protocol):
    """A type of numbers."""

    @property
    def width(self) -> int:
        """The digits before the point to which a number is filled up."""
        ...

    @property
    def notation(self) -> Notation:
        """The characters and units with which a number is written."""
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
        return map(self.number.spelled, self.natural)

    @property
    def form(self) -> Form:
        """The form as the spec gives it, with the units behind it."""
        form, units = self.leaf.form, self.leaf.notation.units
        if units == AS_PYTHON.units:
            return form
        behind = " or ".join(f'"{unit}"' if unit else "nothing" for unit in units)
        return Form(self.number.on_the_wire, f"{form.source} with {behind} behind it")

    @property
    def spelled(self) -> Iterator[Spelled]:
        """The units; a point or a separator of thousands is too short to be misspelled."""
        return (Spelled("unit", unit, self.leaf.span) for unit in self.leaf.notation.units)

    @property
    def notation(self) -> Mapping[str, Expression] | None:
        """What is not as Python has it, and the width."""
        notation = self.leaf.notation
        if notation == AS_PYTHON:
            return None
        options: dict[str, Expression] = {}
        if notation.point != AS_PYTHON.point:
            options["point"] = Text(notation.point)
        if notation.thousands:
            options["thousands"] = Text(notation.thousands)
        if notation.implied:
            options["implied"] = nodes.Number(notation.implied)
        if notation.units != AS_PYTHON.units:
            options["units"] = texts(notation.units)
        return options | dict(zip(("width",), self._width, strict=False))

    @property
    def reading(self) -> runtime.Notation:
        """The notation as the runtime reads it."""
        own = self.leaf.notation
        return runtime.Notation(
            point=own.point, thousands=own.thousands, implied=own.implied, units=own.units
        )

    def base_value(self, content: Expression) -> Expression:
        """A call of Python's own class with a content, or of what reads the notation."""
        return call(self._read, content)

    def column(self, form: Expression) -> Expression:
        """A column of numbers."""
        return call(column("numbers"), form, self._read)

    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """A number of the form."""
        if self.notation is not None:
            return call(self._write, form, field, value)
        return call(form_function(f"write_{self.called}"), form, field, value, *self._width)

    def argument_check(self, form: Expression) -> ArgumentCheck:
        """The check by which a value is written."""
        if self.notation is not None:
            return ArgumentCheck(
                parameters("written_parameter"),
                options={"write": call(PARTIAL, self._write, form), "unchecked": self._unchecked},
            )
        options = dict(zip(("width",), self._width, strict=False))
        write = call(PARTIAL, form_function(f"write_{self.called}"), form, **options)
        return ArgumentCheck(parameters("written_parameter"), options={"write": write})

    def base_drawn(self, form: Expression, *, lf: bool) -> Expression:
        """Numbers of the form."""
        del lf
        if self.notation is not None:
            return call(drawing("numbers"), form, self._read, self._write)
        return call(drawing(f"{self.called}s"), form, *self._width)

    @property
    def _read(self) -> Expression:
        """The function that makes a value of a content."""
        return self.base if self.notation is None else self._of_notation(f"read_{self.called}")

    @property
    def _write(self) -> Expression:
        """The function that writes a value of the notation."""
        return self._of_notation(f"write_{self.called}")

    @property
    def _unchecked(self) -> Expression:
        """The function that writes a value of the notation without asking for its form."""
        return self._of_notation("unchecked")

    def _of_notation(self, name: str) -> Expression:
        return Attribute(Attribute(TABLES, self.notation_table), name)

    @property
    def _width(self) -> tuple[Expression, ...]:
        """The argument that says the width, where there is one."""
        return (nodes.Number(self.leaf.width),) if self.leaf.width else ()
