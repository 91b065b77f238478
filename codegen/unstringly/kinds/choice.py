"""Choices: exactly one of several things."""

from dataclasses import dataclass

from unstringly.kinds.alternatives import annotations, drawn_alternatives, writing_function
from unstringly.kinds.value import Around, Value, strategy_function
from unstringly.model.grammar import ChoiceGrammar
from unstringly.model.uses import Use
from unstringly.python.build import call, method, union
from unstringly.python.nodes import Attribute, Expression, Name, Text
from unstringly.python.statement_nodes import Function, If, Parameter, Return, Statement
from unstringly.python.symbols import READING

_READING, _VALUE = Name("reading"), Name("value")


@dataclass(frozen=True, slots=True)
class ChoiceValue(Value):
    """The values of a choice, which are those of its alternatives."""

    choice: ChoiceGrammar
    around: Around

    @property
    def name(self) -> str:
        """The name in the spec."""
        return self.choice.name

    def annotation(self, *, writes: bool) -> Expression:
        """One of the alternatives' types."""
        return union(annotations(self.around, self.choice.alternatives, writes=writes))

    @property
    def drawn_annotation(self) -> Expression:
        """One of the alternatives' types."""
        return union(self.around.of(name).drawn_annotation for name in self.choice.alternatives)

    @property
    def class_pattern(self) -> None:
        """None: a choice is no alternative of anything."""
        return

    @property
    def readers(self) -> tuple[Function, ...]:
        """The function that reads any alternative; a list is whatever is nothing else."""
        only = Attribute(_READING, "only")
        alternatives = [self.around.of(name) for name in self.choice.alternatives]
        others = [value for value in alternatives if value.class_pattern is not None]
        lists = [value for value in alternatives if value.class_pattern is None]
        body: list[Statement] = []
        last = lists[0].read_whole(_READING) if lists else others.pop().read_item(only)
        for other in others:
            is_only = method(_READING, "is_only", Text(other.name))
            body.append(If(is_only, (Return(other.read_item(only)),)))
        body.append(Return(last))
        returns = self.annotation(writes=False)
        parameter = Parameter(_READING.text, READING)
        return (Function(f"_{self.function}", (parameter,), returns, tuple(body)),)

    def read_whole(self, reading: Expression) -> Expression:
        """A call of the choice's own function with a reading."""
        return call(Name(f"_{self.function}"), reading)

    def read_item(self, element: Expression) -> Expression:
        """Raises TypeError: a choice is a whole text."""
        raise TypeError(f"{self.name} is a choice, not in {element}")

    def read_field(self, element: Expression) -> Expression:
        """Raises TypeError: a choice is a whole text."""
        return self.read_item(element)

    @property
    def writers(self) -> tuple[Function, ...]:
        """The function that writes any alternative."""
        parameter = Parameter(_VALUE.text, self.annotation(writes=True))
        alternatives, padded = self.choice.alternatives, self.choice.padded
        name = f"_{self.function}"
        return (writing_function(self.around, name, parameter, alternatives, padded=padded),)

    def written(self, use: Use, field: str, value: Expression) -> Expression:
        """A call of the choice's own function with a value."""
        del use, field
        return call(Name(f"_{self.function}"), value)

    def written_field(self, use: Use, field: str, value: Expression) -> Expression:
        """Raises TypeError: a choice is a whole text."""
        raise TypeError(f"{use.type} is a choice, not {value} in {field}")

    @property
    def strategy(self) -> Function:
        """The strategy of any alternative."""
        alternatives, padded = self.choice.alternatives, self.choice.padded
        return strategy_function(
            self.function,
            self.drawn_annotation,
            f"Values that {self.name} can be.",
            drawn_alternatives(self.around, alternatives, padded=padded),
        )
