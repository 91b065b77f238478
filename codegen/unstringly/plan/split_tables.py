"""Plans what the fast way of a list is told: its separators, and the columns of its records."""

from unstringly.kinds.package import Package
from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract
from unstringly.model.grammar import Field, LineEnds, ListGrammar, Record, Trailing
from unstringly.model.parts import as_leaf
from unstringly.model.uses import Use
from unstringly.python.build import TRUE, call, generic, texts, tuple_of, union
from unstringly.python.nodes import Expression, Number, Text
from unstringly.python.statement_nodes import AnnotatedAssign
from unstringly.python.symbols import SPLIT_LIST, SPLIT_RECORD, column, user_record


def split_table(contract: Contract, name: str, package: Package) -> AnnotatedAssign:
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
    planner = _Planner(package)
    made = call(SPLIT_LIST, *map(planner.record, records), **options)
    type_ = generic(SPLIT_LIST, union(user_record(record.name) for record in records))
    return AnnotatedAssign(f"_{package.of(name).constant}", type_, made)


class _Planner:
    def __init__(self, package: Package) -> None:
        self.package = package

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
        kind = kind_of(as_leaf(self.package.definitions[field.type]))
        read = kind.column(self.package.form(Use(field.type, field.padded, field.nils)))
        if not field.nils:
            return read
        if len(field.nils) == 1:
            return call(column("or_none"), Text(field.nils[0]), read)
        return call(column("none_among"), texts(field.nils), read)
