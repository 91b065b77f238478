"""Choices: exactly one of several things."""

from dataclasses import dataclass

from unstringly.kinds.alternatives import annotations, drawn_alternatives, writing_function
from unstringly.kinds.nested import (
    drawn_inside,
    in_place,
    writer_doc,
    writer_name,
    written_inside,
)
from unstringly.kinds.value import Around, Value, strategy_function
from unstringly.model.grammar import ChoiceGrammar
from unstringly.model.uses import Use
from unstringly.python.build import call, method, union
from unstringly.python.nodes import Attribute, Expression, Name, Text
from unstringly.python.statement_nodes import Function, If, Parameter, Return, Statement
from unstringly.python.symbols import ELEMENT, READING, strategy

_READING, _ELEMENT, _VALUE = Name("reading"), Name("element"), Name("value")


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
    def field_annotation(self) -> Expression:
        """One of the alternatives' types; a list is a tuple in a record."""
        return union(self.around.of(name).field_annotation for name in self.choice.alternatives)

    @property
    def class_pattern(self) -> None:
        """None: the alternatives of a choice in a choice are its own."""
        return

    @property
    def readers(self) -> tuple[Function, ...]:
        """The functions that read any alternative: of a whole text, and in a field."""
        whole = (self._reader(whole=True),) if self.around.is_whole(self.name) else ()
        inside = (self._reader(whole=False),) if self.around.is_in_field(self.name) else ()
        return (*whole, *inside)

    def _reader(self, *, whole: bool) -> Function:
        """The function that reads any alternative; a list is whatever is nothing else."""
        held = _READING if whole else _ELEMENT
        only = Attribute(held, "only")
        alternatives = [self.around.of(name) for name in self.choice.alternatives]
        others = [value for value in alternatives if value.class_pattern is not None]
        lists = [value for value in alternatives if value.class_pattern is None]
        body: list[Statement] = []
        last = others.pop().read_item(only) if not lists else self._read_list(lists[0], held)
        for other in others:
            is_only = method(held, "is_only", Text(other.name))
            body.append(If(is_only, (Return(other.read_item(only)),)))
        body.append(Return(last))
        if whole:
            returns, type_ = self.annotation(writes=False), READING
        else:
            returns, type_ = self.field_annotation, ELEMENT
        name = self._whole_reader if whole else self._field_reader
        return Function(name, (Parameter(held.text, type_),), returns, tuple(body))

    def _read_list(self, value: Value, held: Name) -> Expression:
        return value.read_whole(held) if held == _READING else value.read_field(held)

    @property
    def _whole_reader(self) -> str:
        return f"_{self.function}"

    @property
    def _field_reader(self) -> str:
        return f"_{self.function}_inside"

    def read_whole(self, reading: Expression) -> Expression:
        """A call of the choice's own function with a reading."""
        return call(Name(self._whole_reader), reading)

    def read_item(self, element: Expression) -> Expression:
        """Raises TypeError: a list or choice has the alternatives themselves."""
        raise TypeError(f"{self.name} is a choice, not in {element}")

    def read_field(self, element: Expression) -> Expression:
        """A call of the choice's own function with the field's element."""
        return call(Name(self._field_reader), element)

    @property
    def writers(self) -> tuple[Function, ...]:
        """The function that writes any alternative, where the choice is not only spliced."""
        if not (self.around.is_whole(self.name) or self.around.is_in_field(self.name)):
            return ()
        parameter = Parameter(_VALUE.text, self.annotation(writes=True))
        alternatives, padded = self.choice.alternatives, self.choice.padded
        name = writer_name(self.around, self.name).text
        doc = writer_doc(self.around, self.name)
        return (
            writing_function(self.around, name, parameter, alternatives, padded=padded, doc=doc),
        )

    def written(self, use: Use, field: str, value: Expression) -> Expression:
        """A call of the choice's own function with a value."""
        del use, field
        return call(writer_name(self.around, self.name), value)

    def written_field(self, use: Use, field: str, value: Expression) -> Expression:
        """The text of any alternative, which must be told apart from what is around it."""
        return written_inside(self.around, use, field, value)

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

    def drawn_field(self, use: Use) -> Expression:
        """The strategy of values that can be written in a field, lists as tuples."""
        alternatives = [self.around.of(name) for name in self.choice.alternatives]
        if all(value.class_pattern is not None for value in alternatives):
            return drawn_inside(self, use)
        inside = [self._drawn_inside(value) for value in alternatives]
        return in_place(self, use, call(strategy("one_of"), *inside))

    def _drawn_inside(self, value: Value) -> Expression:
        """The strategy of an alternative in a field; the padding of a list is its own."""
        if value.class_pattern is None:
            return value.drawn_field(Use(value.name, padded=False))
        return value.drawn(Use(value.name, self.choice.padded))
