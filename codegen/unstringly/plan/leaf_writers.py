"""Plans how formatters write leaves: a call for each, and a function for each enum."""

from collections.abc import Iterable

from unstringly.model.grammar import DateType, DecimalType, EnumType, IntegerType, Type
from unstringly.model.parts import Definitions, as_leaf
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.symbols import FORM, TABLES, form_function, user_type
from unstringly.plan.vocabulary import constant, function, leaf_type, unknown
from unstringly.python.build import STR, builtin, call, method
from unstringly.python.nodes import Attribute, Call, Expression, Generator, Name, Number, Text
from unstringly.python.statement_nodes import (
    Assign,
    Case,
    Function,
    Match,
    Parameter,
    Raise,
    Return,
)

_CODE, _FORM, _FIELD = Name("code"), Name("form"), Name("field")


class LeafWriters:
    """The expressions that write leaves in one module."""

    def __init__(self, definitions: Definitions, guards: Guards) -> None:
        self.definitions = definitions
        self.guards = guards

    def tables(self, used: Iterable[str]) -> list[Assign]:
        """The spellings of the open enums among some definitions."""
        leaves = map(self.definitions.__getitem__, used)
        return [
            _table(leaf) for leaf in leaves if isinstance(leaf, EnumType) and leaf.form is not None
        ]

    def enum(self, leaf: EnumType) -> Function:
        """The function that writes a code."""
        known = user_type(leaf.name)
        cases = [Case(call(known), (Return(call(STR, Attribute(_CODE, "value"))),))]
        parameters = [Parameter("field", STR), Parameter("code", leaf_type(leaf))]
        expected = leaf.name
        if leaf.form is not None:
            text, table = Name("text"), Name(f"_{constant(leaf)}")
            written = call(form_function("write_unknown"), _FORM, _FIELD, text, table)
            cases.append(Case(call(user_type(unknown(leaf)), text), (Return(written),)))
            parameters.insert(0, Parameter("form", FORM))
            expected = f"{leaf.name} or {unknown(leaf)}"
        wrong = call(form_function("wrong_type"), _FIELD, _CODE, Text(expected))
        cases.append(Case(Name("_"), (Raise(wrong),)))
        return Function(f"_{function(leaf)}", tuple(parameters), STR, (Match(_CODE, tuple(cases)),))

    def call(self, use: Use, field: str, value: Expression) -> Expression:
        """The call that writes a leaf; `field` is named where it cannot be written."""
        leaf = as_leaf(self.definitions[use.type])
        if isinstance(leaf, DateType):
            form = Attribute(TABLES, f"{constant(leaf)}_FORM")
            return method(form, f"write_{leaf.calendar.value}", Text(field), value)
        if isinstance(leaf, EnumType) and leaf.form is None:
            return call(Name(f"_{function(leaf)}"), Text(field), value)
        form = Attribute(TABLES, self.guards.names[use])
        if isinstance(leaf, EnumType):
            return call(Name(f"_{function(leaf)}"), form, Text(field), value)
        return _checked(leaf, form, Text(field), value)


def _table(leaf: EnumType) -> Assign:
    spelling = call(STR, Attribute(_CODE, "value"))
    spellings = Generator(spelling, "code", user_type(leaf.name))
    return Assign((Name(f"_{constant(leaf)}"),), call(builtin("frozenset"), spellings))


def _checked(leaf: Type, form: Expression, field: Expression, value: Expression) -> Call:
    match leaf:
        case IntegerType(width=width):
            more = (Number(width),) if width else ()
            return call(form_function("write_integer"), form, field, value, *more)
        case DecimalType(width=width):
            more = (Number(width),) if width else ()
            return call(form_function("write_decimal"), form, field, value, *more)
        case _:
            return call(form_function("write_text"), form, field, value)
