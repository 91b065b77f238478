"""The function that makes a record of what was read."""

from unstringly.kinds.table import kind_of
from unstringly.kinds.value import Around
from unstringly.model.grammar import Field, Record
from unstringly.model.parts import is_leaf
from unstringly.python.build import NONE, call, method, texts
from unstringly.python.nodes import (
    Attribute,
    Conditional,
    Expression,
    Name,
    Number,
    Operation,
    Slice,
    Subscript,
    Text,
)
from unstringly.python.statement_nodes import Assign, Function, Parameter, Return, Statement
from unstringly.python.symbols import ELEMENT, user_record

_RECORD = Name("_record")
"""No field's name begins with an underscore, so that the element has a name of its own."""


def reading_function(around: Around, record: Record, name: str) -> Function:
    """Local names for the fields, then the record made of them.

    Where all fields are leaves the names are their contents; otherwise their elements.
    """
    nested = any(not is_leaf(around.definitions[field.type]) for field in record.fields)
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
    values = {field.name: _field(around, field, nested=nested) for field in record.fields}
    class_ = user_record(record.name)
    body.append(Return(call(class_, **values)))
    return Function(name, (Parameter(element.text, ELEMENT),), class_, tuple(body))


def _field(around: Around, field: Field, *, nested: bool) -> Expression:
    """The value of a field, from the local name for its content or element."""
    definition, local = around.definitions[field.type], Name(field.name)
    if is_leaf(definition):
        content = Attribute(local, "text") if nested else local
        value = kind_of(definition).read(content)
    else:
        content = Attribute(local, "text")
        value = around.of(field.type).read_field(local)
    if field.nils:
        return Conditional(_is_nil(content, field.nils), NONE, value)
    if field.optional and value != local:
        return Conditional(Operation("is", (local, NONE)), NONE, value)
    return value


def _is_nil(content: Expression, nils: tuple[str, ...]) -> Expression:
    """The question whether a content is a spelling of None."""
    if len(nils) == 1:
        return Operation("==", (content, Text(nils[0])))
    return Operation("in", (content, texts(nils)))


def _element(record: Record) -> Name:
    """The name for the element of a record, which is that of no field."""
    is_taken = any(field.name == "record" for field in record.fields)
    return _RECORD if is_taken else Name("record")
