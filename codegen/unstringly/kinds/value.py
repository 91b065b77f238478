"""The values of a definition, whatever its kind, in generated code.

Definitions hold one another. A kind asks those that it holds for their part, and does not look
into them. `Around` is what it asks.
"""

from abc import abstractmethod
from typing import Protocol

from unstringly.kinds.names import Named
from unstringly.model.parts import Definitions
from unstringly.model.uses import Use
from unstringly.python.build import call, generic
from unstringly.python.nodes import Expression, Name
from unstringly.python.statement_nodes import Function, Return
from unstringly.python.symbols import strategy


class Value(Named):
    """The values of a definition in the code of a package."""

    __slots__ = ()

    # Types

    @abstractmethod
    def annotation(self, *, writes: bool) -> Expression:
        """The type of a value that a parser returns, or with `writes`, that a formatter takes."""

    @property
    def field_annotation(self) -> Expression:
        """The type of a value in a record."""
        return self.annotation(writes=False)

    @property
    def drawn_annotation(self) -> Expression:
        """The type of a value that a strategy draws."""
        return self.field_annotation

    @property
    @abstractmethod
    def class_pattern(self) -> Expression | None:
        """The pattern of a value in a `match`; None where it is whatever is nothing else."""

    # Reading

    @property
    def readers(self) -> tuple[Function, ...]:
        """The private functions of the parsers."""
        return ()

    @abstractmethod
    def read_whole(self, reading: Expression) -> Expression:
        """The value of a whole text, from its reading."""

    @abstractmethod
    def read_item(self, element: Expression) -> Expression:
        """The value of an item or alternative, from its element."""

    @abstractmethod
    def read_field(self, element: Expression) -> Expression:
        """The value of a record's field, from the field's element."""

    # Writing

    @property
    def writers(self) -> tuple[Function, ...]:
        """The private functions of the formatters, and the public one for a padded field."""
        return ()

    @abstractmethod
    def written(self, use: Use, field: str, value: Expression) -> Expression:
        """The text of a value; `field` is named where it cannot be written."""

    @abstractmethod
    def written_field(self, use: Use, field: str, value: Expression) -> Expression:
        """The text of a value in a field."""

    # Drawing

    @property
    @abstractmethod
    def strategy(self) -> Function:
        """The function of the strategies."""

    def drawn(self, use: Use) -> Expression:
        """The strategy of the values that can be written in a place."""
        del use
        return call(Name(self.function))

    def drawn_field(self, use: Use) -> Expression:
        """The strategy of the values in a record's field."""
        return self.drawn(use)


class Around(Protocol):
    """The other definitions of a package, and what its modules agree upon."""

    @property
    def definitions(self) -> Definitions:
        """All definitions, by name."""
        ...

    @property
    def lf(self) -> bool:
        """Say whether a CR before a LF is taken with it."""
        ...

    def of(self, name: str) -> Value:
        """The values of another definition."""
        ...

    def form(self, use: Use) -> Expression:
        """The table of a leaf's form in a place; None's expression where it has none."""
        ...

    def main_use(self, name: str) -> Use:
        """The place of a leaf for which there is a strategy with the leaf's name."""
        ...

    def is_in_padding(self, name: str) -> bool:
        """Say whether a definition stands in a padded field, so that strategies ask its writer."""
        ...

    def is_whole(self, name: str) -> bool:
        """Say whether a definition is that of a whole text."""
        ...

    def is_in_field(self, name: str) -> bool:
        """Say whether a definition stands in a field of a record that is used."""
        ...


def strategy_function(name: str, value: Expression, doc: str, returned: Expression) -> Function:
    """A function of the strategies, of values of a type."""
    returns = generic(strategy("SearchStrategy"), value)
    return Function(name, (), returns, (Return(returned),), doc=doc)
