"""The function that writes a record."""

from unstringly.kinds.value import Around
from unstringly.model.grammar import Constant, Field, Record
from unstringly.model.uses import Use
from unstringly.python.build import NONE, STR, call, method
from unstringly.python.literals import display_width
from unstringly.python.nodes import (
    Attribute,
    Conditional,
    Display,
    Expression,
    Name,
    Operation,
    Text,
)
from unstringly.python.show import shown
from unstringly.python.statement_nodes import (
    Assign,
    Evaluate,
    Function,
    If,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.symbols import form_function, user_record

_RECORD, _CONTENTS = Name("record"), Name("contents")
_ROOM = 70
"""Contents of that width are joined where they are written, without a name for them."""


def writing_function(around: Around, record: Record, name: str, doc: str) -> Function:
    """The contents in their order, then the text that they make."""
    class_ = user_record(record.name)
    contents = Display("list", tuple(_required(around, record)))
    tail = _tail(around, record)
    separator = Text(record.separators[0] if record.separators else "")
    is_short = not tail and display_width(shown(contents)) <= _ROOM
    written: Expression = method(separator, "join", contents if is_short else _CONTENTS)
    body = (
        Evaluate(call(form_function("check_record"), _RECORD, class_)),
        *(() if is_short else (Assign((_CONTENTS,), contents),)),
        *tail,
        Return(_between(record.initiator, written, record.terminator)),
    )
    return Function(name, (Parameter("record", class_),), STR, body, doc=doc)


def _required(around: Around, record: Record) -> list[Expression]:
    """The contents that are always written."""
    contents: list[Expression] = []
    for element in record.elements:
        match element:
            case Constant(text=text):
                contents.append(Text(text))
            case Field(optional=False):
                contents.append(_written(around, element))
            case Field():
                pass
    return contents


def _tail(around: Around, record: Record) -> list[Statement]:
    """The statements that add the optional fields."""
    optional = [field for field in record.fields if field.optional]
    tail: list[Statement] = []
    if len(optional) > 1:
        pairs = (
            Display("tuple", (Text(field.name), Attribute(_RECORD, field.name)))
            for field in optional
        )
        tail.append(Evaluate(call(form_function("check_no_gap"), *pairs)))
    for field in optional:
        added = Evaluate(method(_CONTENTS, "append", _written(around, field)))
        is_there = Operation("is not", (Attribute(_RECORD, field.name), NONE))
        tail.append(If(is_there, (added,)))
    return tail


def _written(around: Around, field: Field) -> Expression:
    """The expression that writes a field that is not missing."""
    value = Attribute(_RECORD, field.name)
    use = Use(field.type, field.padded, field.nils)
    written = around.of(field.type).written_field(use, field.name, value)
    if field.nils and not field.optional:
        written = Conditional(Operation("is", (value, NONE)), Text(field.nils[0]), written)
    return _between(field.initiator, written, field.terminator)


def _between(initiator: str, written: Expression, terminator: str) -> Expression:
    """A text between its initiator and its terminator."""
    start = [Text(initiator)] if initiator else []
    end = [Text(terminator)] if terminator else []
    operands = (*start, written, *end)
    return written if len(operands) == 1 else Operation("+", operands)
