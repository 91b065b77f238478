"""Lists of records, or of leaves."""

from dataclasses import dataclass

from unstringly.kinds.alternatives import (
    annotations,
    drawn_alternatives,
    field_annotations,
    writing_function,
)
from unstringly.kinds.nested import drawn_inside, writer_doc, writer_name, written_inside
from unstringly.kinds.value import Around, Value, strategy_function
from unstringly.model.grammar import ListGrammar
from unstringly.model.parts import is_leaf
from unstringly.model.uses import Use
from unstringly.python.build import FALSE, STR, TRUE, builtin, call, generic, method, union
from unstringly.python.nodes import (
    Attribute,
    Constant,
    Expression,
    Generator,
    Name,
    Number,
    Operation,
    Text,
)
from unstringly.python.statement_nodes import Function, If, Parameter, Return, Statement
from unstringly.python.symbols import ELEMENT, ITERABLE, PARSED, strategy, writing

_ITEM = Name("item")


@dataclass(frozen=True, slots=True)
class ListValue(Value):
    """The values of a list: what was parsed, or in a record, a tuple of items."""

    grammar: ListGrammar
    around: Around

    @property
    def name(self) -> str:
        """The name in the spec."""
        return self.grammar.name

    def annotation(self, *, writes: bool) -> Expression:
        """`Parsed[…]`, or whatever items may come from."""
        items = union(annotations(self.around, self.grammar.items, writes=writes))
        return generic(ITERABLE if writes else PARSED, items)

    @property
    def field_annotation(self) -> Expression:
        """A tuple of the items."""
        return generic(builtin("tuple"), self._item_type, Constant("..."))

    @property
    def drawn_annotation(self) -> Expression:
        """A list of the items."""
        return generic(builtin("list"), self._item_type)

    @property
    def class_pattern(self) -> None:
        """None: items may come from anything."""
        return

    @property
    def readers(self) -> tuple[Function, ...]:
        """The function of an item, where it is not that of the one record."""
        if self._has_one_function:
            return ()
        body: list[Statement] = []
        *others, last = self.grammar.items
        for name in others:
            is_item = Operation("==", (Attribute(_ITEM, "name"), Text(name)))
            body.append(If(is_item, (Return(self.around.of(name).read_item(_ITEM)),)))
        body.append(Return(self.around.of(last).read_item(_ITEM)))
        parameter = Parameter(_ITEM.text, ELEMENT)
        return (Function(self._item_reader.text, (parameter,), self._item_type, tuple(body)),)

    def read_whole(self, reading: Expression) -> Expression:
        """The items of a reading, parsed."""
        return method(reading, "records", self._item_reader)

    def read_item(self, element: Expression) -> Expression:
        """Raises TypeError: a list is no item, and as an alternative it is the whole reading."""
        raise TypeError(f"{self.name} is a list, not in {element}")

    def read_field(self, element: Expression) -> Expression:
        """A tuple of the element's children."""
        item = call(self._item_reader, Name("each"))
        return call(builtin("tuple"), Generator(item, "each", Attribute(element, "children")))

    @property
    def writers(self) -> tuple[Function, ...]:
        """The function of an item, where it is not that of the one record, and of the list."""
        functions: list[Function] = []
        write_item = Name(f"_{self.function}_item")
        if self._has_one_function:
            write_item = writer_name(self.around, self.grammar.items[0])
        else:
            parameter = Parameter("item", self._item_type)
            items, padded = self.grammar.items, self.grammar.padded
            functions.append(
                writing_function(self.around, write_item.text, parameter, items, padded=padded)
            )
        written = call(
            writing("write_list"),
            Name("values"),
            write_item,
            Text(self.grammar.separators[0]),
            trailing=TRUE if self.grammar.trailing.is_written else FALSE,
        )
        values = Parameter("values", generic(ITERABLE, self._item_type))
        name, doc = writer_name(self.around, self.name).text, writer_doc(self.around, self.name)
        functions.append(Function(name, (values,), STR, (Return(written),), doc=doc))
        return tuple(functions)

    def written(self, use: Use, field: str, value: Expression) -> Expression:
        """The text of all items."""
        del use, field
        return call(writer_name(self.around, self.name), value)

    def written_field(self, use: Use, field: str, value: Expression) -> Expression:
        """The text of all items, which must be told apart from what is around it."""
        return written_inside(self.around, use, field, value)

    @property
    def strategy(self) -> Function:
        """The strategy of a few items."""
        items = drawn_alternatives(self.around, self.grammar.items, padded=self.grammar.padded)
        return strategy_function(
            self.function,
            self.drawn_annotation,
            f"Lists of records that {self.name} can hold.",
            call(strategy("lists"), items, max_size=Number(5)),
        )

    def drawn_field(self, use: Use) -> Expression:
        """The same as tuples."""
        return method(drawn_inside(self, use), "map", builtin("tuple"))

    @property
    def _item_type(self) -> Expression:
        return field_annotations(self.around, self.grammar.items)

    @property
    def _has_one_function(self) -> bool:
        """Say whether the functions of an item are those of the one thing that it can be."""
        items = self.grammar.items
        return len(items) == 1 and not is_leaf(self.around.definitions[items[0]])

    @property
    def _item_reader(self) -> Name:
        """The function that makes a value of an item."""
        if self._has_one_function:
            return Name(f"_{self.around.of(self.grammar.items[0]).function}")
        return Name(f"_{self.function}_item")
