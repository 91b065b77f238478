"""Records: a class each, made of the elements that were read, and written field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from unstringly.kinds.nested import drawn_inside, writer_doc, writer_name, written_inside
from unstringly.kinds.record_reading import reading_function
from unstringly.kinds.record_writing import writing_function
from unstringly.kinds.value import Around, Value, strategy_function
from unstringly.model.grammar import Field, Record
from unstringly.model.uses import Use
from unstringly.python.build import call, method
from unstringly.python.nodes import (
    Attribute,
    Expression,
    Name,
    Number,
    Operation,
    Subscript,
    Symbol,
    Text,
)
from unstringly.python.statement_nodes import Function
from unstringly.python.symbols import drawing, strategy, user_record


@dataclass(frozen=True, slots=True)
class RecordValue(Value):
    """The values of a record."""

    record: Record
    around: Around

    @property
    def name(self) -> str:
        """The name in the spec."""
        return self.record.name

    @property
    def class_names(self) -> tuple[str, ...]:
        """The class."""
        return (self.name,)

    def annotation(self, *, writes: bool) -> Symbol:
        """The class, to read and to write."""
        del writes
        return user_record(self.name)

    @property
    def class_pattern(self) -> Expression:
        """The class."""
        return call(user_record(self.name))

    @property
    def readers(self) -> tuple[Function, ...]:
        """The function that makes a record of its element."""
        return (reading_function(self.around, self.record, self._reader.text),)

    def read_whole(self, reading: Expression) -> Expression:
        """The record of the only element."""
        return self.read_item(Attribute(reading, "only"))

    def read_item(self, element: Expression) -> Expression:
        """The record of an element."""
        return call(self._reader, element)

    def read_field(self, element: Expression) -> Expression:
        """The record of the only child."""
        return call(self._reader, Subscript(Attribute(element, "children"), (Number(0),)))

    @property
    def writers(self) -> tuple[Function, ...]:
        """The function that writes a record."""
        name, doc = writer_name(self.around, self.name).text, writer_doc(self.around, self.name)
        return (writing_function(self.around, self.record, name, doc),)

    def written(self, use: Use, field: str, value: Expression) -> Expression:
        """The text of a record."""
        del use, field
        return call(writer_name(self.around, self.name), value)

    def written_field(self, use: Use, field: str, value: Expression) -> Expression:
        """The text of a record, which must be told apart from what is around it."""
        return written_inside(self.around, use, field, value)

    @property
    def strategy(self) -> Function:
        """The strategy of records without a gap between optional fields."""
        class_ = user_record(self.name)
        built: Expression = call(strategy("builds"), class_, **dict(self._drawn_fields()))
        chained = [Text(field.name) for field in self.record.fields if field.optional]
        if len(chained) > 1:
            built = method(built, "filter", call(drawing("has_no_gap"), *chained))
        doc = f"Every {self.name} that can be written."
        return strategy_function(self.function, class_, doc, built)

    def drawn_field(self, use: Use) -> Expression:
        """The strategy of records that can be written in a field."""
        return drawn_inside(self, use)

    def _drawn_fields(self) -> Iterator[tuple[str, Expression]]:
        for field in self.record.fields:
            yield field.name, self._drawn(field)

    def _drawn(self, field: Field) -> Expression:
        use = Use(field.type, field.padded, field.nils)
        drawn = self.around.of(field.type).drawn_field(use)
        if field.optional or field.nils:
            return Operation("|", (call(strategy("none")), drawn))
        return drawn

    @property
    def _reader(self) -> Name:
        return Name(f"_{self.function}")
