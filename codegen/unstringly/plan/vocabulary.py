"""The names that the definitions of a contract have in generated code.

A definition named `SmsReport` has the functions `_sms_report` (in the parsers and in the
formatters) and `sms_report` (in the strategies), and the table `SMS_REPORT`. Two definitions
that would share these are a collision, which `collisions.py` reports.
"""

import builtins
from typing import assert_never

from unstringly.model.contract import Contract
from unstringly.model.grammar import (
    Calendar,
    ChoiceGrammar,
    DateType,
    DecimalType,
    Definition,
    EnumType,
    IntegerType,
    ListGrammar,
    LocalizedText,
    Record,
    TextType,
    Type,
)
from unstringly.model.parts import Definitions
from unstringly.names import snake_case
from unstringly.plan.symbols import (
    DECIMAL,
    ITERABLE,
    PARSED,
    date_class,
    user_record,
    user_type,
)
from unstringly.python.build import INT, STR, builtin, generic, union
from unstringly.python.nodes import Constant, Expression, Symbol


def function(definition: Definition) -> str:
    """`sms_report`. Scripts without capitals have `等级_` for the class `等级`."""
    name = snake_case(definition.name)
    return f"{name}_" if name in class_names(definition) else name


def written_function(definition: Definition) -> str:
    """`inner_written`: the public writer of what stands in a padded field."""
    return f"{snake_case(definition.name).strip('_')}_written"


def constant(definition: Definition) -> str:
    """`SMS_REPORT`."""
    return snake_case(definition.name).strip("_").upper()


def unknown(leaf: EnumType) -> str:
    """The class of the codes that the document does not list."""
    return f"Unknown{leaf.name}"


def error_base(contract: Contract) -> str:
    """The base class of the package's exceptions: `MsgSendError`."""
    pieces = [piece for piece in snake_case(contract.service.name).split("_") if piece]
    name = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if not name.isidentifier():
        return "ServiceError"
    return f"{name}ServiceError" if hasattr(builtins, f"{name}Error") else f"{name}Error"


def words(text: LocalizedText) -> str:
    """A text in each of its languages, a paragraph each."""
    return "\n\n".join(text.paragraphs)


def python_type(definitions: Definitions, name: str, *, writes: bool) -> Expression:
    """The annotation of a value of the definition; `writes` for what a formatter takes."""
    definition = definitions[name]
    match definition:
        case TextType() | IntegerType() | DecimalType() | DateType() | EnumType():
            return leaf_type(definition)
        case Record():
            return user_record(definition.name)
        case ListGrammar(items=items):
            inner = union(python_type(definitions, item, writes=writes) for item in items)
            return generic(ITERABLE if writes else PARSED, inner)
        case ChoiceGrammar(alternatives=alternatives):
            return union(python_type(definitions, each, writes=writes) for each in alternatives)
        case _:
            assert_never(definition)


def field_type(definitions: Definitions, name: str) -> Expression:
    """The annotation of a record's field: a nested list is a tuple there."""
    definition = definitions[name]
    if isinstance(definition, ListGrammar):
        items = union(field_type(definitions, item) for item in definition.items)
        return generic(builtin("tuple"), items, Constant("..."))
    return python_type(definitions, name, writes=False)


def leaf_type(leaf: Type) -> Expression:
    """The annotation of a leaf's value."""
    match leaf:
        case TextType() | IntegerType() | DecimalType():
            return user_type(leaf.name) if leaf.newtype else base_type(leaf)
        case DateType(calendar=calendar):
            return date_class(calendar.value)
        case EnumType():
            return union(map(user_type, class_names(leaf)))
        case _:
            assert_never(leaf)


def base_type(leaf: TextType | IntegerType | DecimalType) -> Symbol:
    """The type that a NewType of the leaf is made over."""
    match leaf:
        case TextType():
            return STR
        case IntegerType():
            return INT
        case DecimalType():
            return DECIMAL
        case _:
            assert_never(leaf)


def date_reader(calendar: Calendar) -> str:
    """The method of a DateForm that reads this kind."""
    return f"read_{calendar.value}"


def date_columns(calendar: Calendar) -> str:
    """The function that reads whole columns of this kind."""
    return f"{calendar.value}s"


def class_names(definition: Definition) -> tuple[str, ...]:
    """The names of the classes and NewTypes that come of a definition."""
    match definition:
        case EnumType(form=None) | Record():
            return (definition.name,)
        case EnumType():
            return (definition.name, unknown(definition))
        case TextType() | IntegerType() | DecimalType():
            return (definition.name,) if definition.newtype else ()
        case _:
            return ()
