"""Plans how parsers make records: a function for each."""

from collections.abc import Callable

from unstringly.model.grammar import Field, ListGrammar, Record
from unstringly.model.parts import Definitions, as_leaf, is_leaf
from unstringly.plan.leaf_readers import LeafReaders
from unstringly.plan.symbols import ELEMENT, user_record
from unstringly.plan.vocabulary import function
from unstringly.python.build import NONE, builtin, call, method
from unstringly.python.nodes import (
    Attribute,
    Conditional,
    Expression,
    Generator,
    Name,
    Number,
    Operation,
    Slice,
    Subscript,
    Text,
)
from unstringly.python.statement_nodes import Assign, Function, Parameter, Return, Statement

_RECORD = Name("_record")
"""No field's name begins with an underscore, so that the element has a name of its own."""


class RecordReaders:
    """The functions that make records; `item_of` names the function of a list's items."""

    def __init__(
        self,
        definitions: Definitions,
        leaves: LeafReaders,
        item_of: Callable[[ListGrammar], Name],
    ) -> None:
        self.definitions = definitions
        self.leaves = leaves
        self.item_of = item_of

    def function(self, record: Record) -> Function:
        """Local names for the fields, then the record made of them.

        Where all fields are leaves the names are their contents; otherwise their elements.
        """
        nested = any(not is_leaf(self.definitions[field.type]) for field in record.fields)
        element = _element(record)
        required = [Name(field.name) for field in record.fields if not field.optional]
        body: list[Statement] = []
        if required:
            parts: Expression = Attribute(element, "children" if nested else "texts")
            if len(record.fields) > len(required):
                parts = Subscript(parts, (Slice(stop=Number(len(required))),))
            body.append(Assign(tuple(required), parts, unpacked=True))
        for index, field in enumerate(record.fields):
            if field.optional:
                part = "optional_child" if nested else "optional_text"
                body.append(Assign((Name(field.name),), method(element, part, Number(index))))
        values = {field.name: self._field(field, nested=nested) for field in record.fields}
        class_ = user_record(record.name)
        body.append(Return(call(class_, **values)))
        parameter = Parameter(element.text, ELEMENT)
        return Function(f"_{function(record)}", (parameter,), class_, tuple(body))

    def _field(self, field: Field, *, nested: bool) -> Expression:
        """The value of a field, from the local name for its content or element."""
        definition = self.definitions[field.type]
        local = Name(field.name)
        value: Expression
        if isinstance(definition, ListGrammar):
            item = call(self.item_of(definition), Name("each"))
            children = Attribute(local, "children")
            value = call(builtin("tuple"), Generator(item, "each", children))
        elif isinstance(definition, Record):
            child = Subscript(Attribute(local, "children"), (Number(0),))
            value = call(Name(f"_{function(definition)}"), child)
        else:
            content = Attribute(local, "text") if nested else local
            value = self.leaves.value(as_leaf(definition), content)
            if field.nil is not None:
                return Conditional(Operation("==", (content, Text(field.nil))), NONE, value)
        if field.optional and value != local:
            return Conditional(Operation("is", (local, NONE)), NONE, value)
        return value


def _element(record: Record) -> Name:
    """The name for the element of a record, which is that of no field."""
    is_taken = any(field.name == "record" for field in record.fields)
    return _RECORD if is_taken else Name("record")
