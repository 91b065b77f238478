"""Plans how parsers read leaves: an expression for each, and a function for each enum."""

from collections.abc import Iterable
from typing import assert_never

from unstringly.model.grammar import (
    DateType,
    DecimalType,
    EnumType,
    IntegerType,
    TextType,
    Type,
)
from unstringly.model.parts import Definitions
from unstringly.plan.symbols import DECIMAL, TABLES, user_type
from unstringly.plan.vocabulary import constant, date_reader, function, leaf_type, unknown
from unstringly.python.build import INT, NONE, STR, call, method
from unstringly.python.nodes import (
    Attribute,
    Conditional,
    DictComprehension,
    Expression,
    Name,
    Operation,
    Subscript,
)
from unstringly.python.statement_nodes import Assign, Function, Parameter, Return, Statement


class LeafReaders:
    """The expressions that read leaves in one module."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions

    def tables(self, used: Iterable[str]) -> list[Assign]:
        """The codes of the enums among some definitions, by their spellings."""
        leaves = map(self.definitions.__getitem__, used)
        return [_table(leaf) for leaf in leaves if isinstance(leaf, EnumType)]

    def enum(self, leaf: EnumType) -> Function:
        """The function that reads a code."""
        table, text, known = Name(f"_{constant(leaf)}"), Name("text"), Name("known")
        body: tuple[Statement, ...] = (Return(Subscript(table, (text,))),)
        if leaf.form is not None:
            is_unknown = Operation("is", (known, NONE))
            other = call(user_type(unknown(leaf)), text)
            body = (
                Assign((known,), method(table, "get", text)),
                Return(Conditional(is_unknown, other, known)),
            )
        return Function(f"_{function(leaf)}", (Parameter("text", STR),), leaf_type(leaf), body)

    def value(self, leaf: Type, content: Expression) -> Expression:
        """The value of a leaf's content."""
        match leaf:
            case TextType():
                value = content
            case IntegerType():
                value = call(INT, content)
            case DecimalType():
                value = call(DECIMAL, content)
            case DateType(calendar=calendar):
                form = Attribute(TABLES, f"{constant(leaf)}_FORM")
                return method(form, date_reader(calendar), content)
            case EnumType():
                return call(Name(f"_{function(leaf)}"), content)
            case _:
                assert_never(leaf)
        return call(user_type(leaf.name), value) if leaf.newtype else value


def _table(leaf: EnumType) -> Assign:
    code = Name("code")
    spelling = call(STR, Attribute(code, "value"))
    codes = DictComprehension(spelling, code, "code", user_type(leaf.name))
    return Assign((Name(f"_{constant(leaf)}"),), codes)
