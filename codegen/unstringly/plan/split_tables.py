"""Plans what the fast way of a list is told: its separators, and the columns of its records."""

from unstringly.model.contract import Contract
from unstringly.model.grammar import (
    DateType,
    DecimalType,
    EnumType,
    Field,
    IntegerType,
    LineEnds,
    ListGrammar,
    Record,
    TextType,
    Trailing,
    Type,
)
from unstringly.model.parts import as_leaf
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.symbols import (
    DECIMAL,
    SPLIT_LIST,
    SPLIT_RECORD,
    TABLES,
    column,
    date_column,
    user_record,
)
from unstringly.plan.vocabulary import constant, date_columns, function
from unstringly.python.build import INT, NONE, TRUE, call, generic, texts, tuple_of, union
from unstringly.python.nodes import Attribute, Expression, Name, Number, Text
from unstringly.python.statement_nodes import AnnotatedAssign


def split_table(contract: Contract, name: str, guards: Guards) -> AnnotatedAssign:
    """The statement that describes a list to the fast way."""
    grammar = contract.definitions[name]
    if not isinstance(grammar, ListGrammar):
        raise TypeError(f"{name} is no list")
    items = map(contract.definitions.__getitem__, grammar.items)
    records = [item for item in items if isinstance(item, Record)]
    options: dict[str, Expression] = {"separators": texts(grammar.separators)}
    if grammar.final_separators:
        options["finals"] = texts(grammar.final_separators)
    if grammar.leading:
        options["leading"] = TRUE
    if grammar.trailing is not Trailing.FORBIDDEN:
        is_required = grammar.trailing is Trailing.REQUIRED
        options["trailing"] = Text("required" if is_required else "allowed")
    flags = {
        "repeated": grammar.repeated,
        "padded": grammar.padded,
        "lf": contract.spec.line_ends is LineEnds.LF,
    }
    options |= {flag: TRUE for flag, is_set in flags.items() if is_set}
    planner = _Planner(contract, guards)
    made = call(SPLIT_LIST, *map(planner.record, records), **options)
    type_ = generic(SPLIT_LIST, union(user_record(record.name) for record in records))
    return AnnotatedAssign(f"_{constant(grammar)}", type_, made)


class _Planner:
    def __init__(self, contract: Contract, guards: Guards) -> None:
        self.contract = contract
        self.guards = guards

    def record(self, record: Record) -> Expression:
        fields = record.fields
        options: dict[str, Expression] = {
            "separator": Text(record.separators[0]),
            "columns": tuple_of(*map(self._column, fields)),
        }
        if any(field.padded for field in fields):
            options["padded"] = TRUE
            if exempt := [field.name for field in fields if not field.padded]:
                options["exempt"] = texts(exempt)
        optional = [at for at, field in enumerate(fields) if field.optional]
        if optional:
            options["least"] = Number(optional[0])
        return call(SPLIT_RECORD, user_record(record.name), **options)

    def _column(self, field: Field) -> Expression:
        leaf = as_leaf(self.contract.definitions[field.type])
        read = self._leaf(leaf, Use(field.type, field.padded, field.nil))
        return read if field.nil is None else call(column("or_none"), Text(field.nil), read)

    def _leaf(self, leaf: Type, use: Use) -> Expression:
        match leaf:
            case TextType():
                return call(column("texts"), self._form(use))
            case IntegerType():
                return call(column("numbers"), self._form(use), INT)
            case DecimalType():
                return call(column("numbers"), self._form(use), DECIMAL)
            case EnumType(form=form):
                guard = NONE if form is None else self._form(use)
                table, read = Name(f"_{constant(leaf)}"), Name(f"_{function(leaf)}")
                return call(column("codes"), table, guard, read)
            case DateType(calendar=calendar, source=source, zeros_optional=zeros_optional):
                read_dates = date_column(date_columns(calendar))
                if zeros_optional:
                    return call(read_dates, Text(source), zeros_optional=TRUE)
                return call(read_dates, Text(source))

    def _form(self, use: Use) -> Expression:
        return Attribute(TABLES, self.guards.names[use])
