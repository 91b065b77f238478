"""Plans the fast way of a list: which lists can be split, and what their columns are.

A list is split if its items are records of leaves with nothing but one separator between the
fields. Whether a split is a reading is checked at run time (`_runtime/text/split.py`); that it then
is the only one, the proof says, and a package is not written without it.
"""

from unstringly.model.contract import Contract, whole_texts
from unstringly.model.grammar import (
    ChoiceGrammar,
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
from unstringly.model.parts import as_leaf, is_leaf
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.imports import Imports
from unstringly.plan.layout import call, one_of, quoted
from unstringly.plan.vocabulary import constant, date_columns, function


def is_split(contract: Contract, name: str) -> bool:
    """Say whether a definition is a list that has the fast way."""
    definition = contract.definitions[name]
    if not isinstance(definition, ListGrammar):
        return False
    separators: set[str] = set()
    for item in map(contract.definitions.__getitem__, definition.items):
        if not isinstance(item, Record) or not _is_plain(contract, item):
            return False
        separators.add(item.separators[0])
    return len(separators) == 1


def split_lists(contract: Contract) -> tuple[str, ...]:
    """The lists with a fast way that some whole text may be, in the spec's order."""
    found = {split_of(contract, name) for name in whole_texts(contract)}
    return tuple(name for name in contract.definitions if name in found)


def split_of(contract: Contract, text: str) -> str | None:
    """The list with a fast way that a whole text may be."""
    definition = contract.definitions[text]
    names = definition.alternatives if isinstance(definition, ChoiceGrammar) else (text,)
    return next((name for name in names if is_split(contract, name)), None)


def _is_plain(contract: Contract, record: Record) -> bool:
    """Say whether there is nothing in a record but contents of leaves and separators."""
    if not record.separators or record.initiator or record.terminator:
        return False
    return all(
        isinstance(element, Field)
        and not element.initiator
        and not element.terminator
        and is_leaf(contract.definitions[element.type])
        for element in record.elements
    )


def split_table(contract: Contract, name: str, guards: Guards, imports: Imports) -> str:
    """The statement that describes a list to the fast way."""
    grammar = contract.definitions[name]
    if not isinstance(grammar, ListGrammar):
        raise TypeError(f"{name} is no list")
    records = [
        item
        for item in map(contract.definitions.__getitem__, grammar.items)
        if isinstance(item, Record)
    ]
    planner = _Planner(contract, guards, imports)
    options = {
        "separators": _texts(grammar.separators),
        "finals": _texts(grammar.final_separators) if grammar.final_separators else "",
        "leading": "True" if grammar.leading else "",
        "trailing": _trailing(grammar.trailing),
        "repeated": "True" if grammar.repeated else "",
        "padded": "True" if grammar.padded else "",
        "lf": "True" if contract.spec.line_ends is LineEnds.LF else "",
    }
    arguments = [planner.record(record) for record in records]
    arguments += [f"{option}={value}" for option, value in options.items() if value]
    items = one_of([imports.name(".records", record.name) for record in records])
    made = imports.name("._runtime.text.split", "SplitList")
    return call(f"_{constant(grammar)}: {made}[{items}] = {made}(", arguments)


def _trailing(trailing: Trailing) -> str:
    match trailing:
        case Trailing.FORBIDDEN:
            return ""
        case Trailing.ALLOWED | Trailing.WRITTEN:
            return quoted("allowed")
        case Trailing.REQUIRED:
            return quoted("required")


def _texts(texts: tuple[str, ...]) -> str:
    return f"({', '.join(map(quoted, texts))}{',' * (len(texts) == 1)})"


class _Planner:
    def __init__(self, contract: Contract, guards: Guards, imports: Imports) -> None:
        self.contract = contract
        self.guards = guards
        self.imports = imports

    def record(self, record: Record) -> str:
        fields = record.fields
        columns = [self._column(field) for field in fields]
        arguments = [
            record.name,
            f"separator={quoted(record.separators[0])}",
            call("columns=(", columns, ",)" if len(columns) == 1 else ")", indent=8),
        ]
        if any(field.padded for field in fields):
            arguments.append("padded=True")
            exempt = [field.name for field in fields if not field.padded]
            arguments += [f"exempt={_texts(tuple(exempt))}"] if exempt else []
        optional = [at for at, field in enumerate(fields) if field.optional]
        if optional:
            arguments.append(f"least={optional[0]}")
        self.imports.name("._runtime.text.split", "SplitRecord")
        return call("SplitRecord(", arguments, indent=4)

    def _column(self, field: Field) -> str:
        leaf = as_leaf(self.contract.definitions[field.type])
        column = self._leaf(leaf, Use(field.type, field.padded, field.nil))
        if field.nil is None:
            return column
        or_none = self.imports.name("._runtime.text.columns", "or_none")
        return f"{or_none}({quoted(field.nil)}, {column})"

    def _leaf(self, leaf: Type, use: Use) -> str:
        columns = "._runtime.text.columns"
        match leaf:
            case TextType():
                return f"{self.imports.name(columns, 'texts')}({self._form(use)})"
            case IntegerType():
                return f"{self.imports.name(columns, 'numbers')}({self._form(use)}, int)"
            case DecimalType():
                number = self.imports.name("decimal", "Decimal")
                return f"{self.imports.name(columns, 'numbers')}({self._form(use)}, {number})"
            case EnumType(form=form):
                codes = self.imports.name(columns, "codes")
                guard = "None" if form is None else self._form(use)
                return f"{codes}(_{constant(leaf)}, {guard}, _{function(leaf)})"
            case DateType(calendar=calendar, source=source, zeros_optional=zeros_optional):
                read = self.imports.name("._runtime.text.date_columns", date_columns(calendar))
                zeros = ", zeros_optional=True" if zeros_optional else ""
                return f"{read}({quoted(source)}{zeros})"

    def _form(self, use: Use) -> str:
        self.imports.name(".", "tables")
        return f"tables.{self.guards.names[use]}"
