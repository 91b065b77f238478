"""Plans `parsers.py`: a public function for each operation, a private one for each definition.

The functions take what the matcher has read apart (`Element`), and make values of it.
"""

from collections.abc import Mapping
from typing import assert_never

from unstringly.model.contract import Contract, ContractOperation, used_definitions
from unstringly.model.grammar import (
    ChoiceGrammar,
    DateType,
    DecimalType,
    EnumType,
    Field,
    IntegerType,
    ListGrammar,
    Record,
    TextType,
    Type,
)
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import call, docstring, head, one_of, quoted
from unstringly.plan.module import Function
from unstringly.plan.roots import pushed
from unstringly.plan.splits import split_lists, split_of, split_table
from unstringly.plan.text_words import Told, answered, parser_words, pushed_in, whole_text_words
from unstringly.plan.vocabulary import (
    as_leaf,
    constant,
    date_reader,
    field_type,
    function,
    is_leaf,
    python_type,
    unknown,
)


def parsers_view(
    contract: Contract, guards: Guards, samples: Mapping[str, str]
) -> dict[str, object]:
    """The view of `parsers.py`; `samples` are texts of definitions."""
    planner = _Planner(contract, guards, samples)
    public = [planner.operation(operation) for operation in contract.operations]
    public += [planner.pushed(name) for name in pushed(contract)]
    private = [each for name in used_definitions(contract) for each in planner.definition(name)]
    splits = [
        split_table(contract, name, guards, planner.imports) for name in split_lists(contract)
    ]
    return {
        "imports": planner.imports.lines(),
        "splits": splits,
        "names": in_order(
            [
                *(f"parse_{operation.python_name}" for operation in contract.operations),
                *(f"parse_{function(contract.definitions[name])}" for name in pushed(contract)),
            ]
        ),
        "tables": planner.tables,
        "public": public,
        "private": private,
    }


_NEEDED = frozenset(("Decimal", "int", "record", "tables", "tuple"))
"""What the functions that make records mention beside the fields."""


class _Planner:
    def __init__(self, contract: Contract, guards: Guards, samples: Mapping[str, str]) -> None:
        self.contract = contract
        self.guards = guards
        self.samples = samples
        self.definitions = contract.definitions
        self.imports = Imports()
        self.tables: list[str] = []

    def operation(self, operation: ContractOperation) -> Function:
        name = f"parse_{operation.python_name}"
        if operation.result is None:
            return Function(
                f"def {name}(text: str) -> str:",
                docstring(whole_text_words(operation, "came"), 4),
                ("return text",),
            )
        return self._public(name, answered(operation), operation.result)

    def pushed(self, name: str) -> Function:
        """The parser of a field of a push."""
        parser = f"parse_{function(self.definitions[name])}"
        return self._public(parser, pushed_in(self.contract, name), name)

    def _public(self, name: str, told: Told, result: str) -> Function:
        returns = python_type(self.definitions, result, self.imports, writes=False)
        self.imports.name("._runtime.text.reading", "Reading")
        self.imports.name(".", "tables")
        machine = f"tables.{constant(self.definitions[result])}"
        exact = self._whole(result, f"Reading({machine}, text)")
        split = split_of(self.contract, result)
        body = [*self._first(result), f"return {exact}"]
        if split is not None:
            fast = f"_{constant(self.definitions[split])}.parsed({machine}, text)"
            body = [
                f"records = {fast}",
                "if records is None:",
                f"    return {exact}",
                "return records",
            ]
        return Function(
            head(name, ["text: str"], returns),
            docstring(parser_words(self.contract, told, result, self.samples.get(result)), 4),
            tuple(body),
        )

    def _whole(self, name: str, reading: str) -> str:
        """The value of a whole result."""
        definition = self.definitions[name]
        match definition:
            case ChoiceGrammar():
                return f"_{function(definition)}({reading})"
            case ListGrammar():
                return f"{reading}.records({self._item(definition)})"
            case Record():
                return f"_{function(definition)}({reading}.only)"
            case _:
                return self._leaf(definition, f"{reading}.only.text")

    def _first(self, result: str) -> list[str]:
        """The statements for a text that is what a call usually answers: the first of a choice.

        A content of its form is a reading, and there is one reading; nothing else has to be asked.
        """
        choice = self.definitions[result]
        if not isinstance(choice, ChoiceGrammar):
            return []
        leaf = self.definitions[choice.alternatives[0]]
        table = self.guards.names.get(Use(leaf.name, choice.padded))
        if table is None or not isinstance(leaf, TextType | DecimalType | IntegerType):
            return []
        made = self._leaf(leaf, "text")
        fits = "fits_trimmed(text)" if choice.padded else "fits_all((text,))"
        return [f"if type(text) is str and tables.{table}.{fits}:", f"    return {made}"]

    def definition(self, name: str) -> list[Function]:
        definition = self.definitions[name]
        match definition:
            case EnumType():
                return [self._enum(definition)]
            case Record():
                return [self._record(definition)]
            case ListGrammar():
                return self._list(definition)
            case ChoiceGrammar():
                return [self._choice(definition)]
            case DateType() | TextType() | IntegerType() | DecimalType():
                return []
            case _:
                assert_never(definition)

    def _enum(self, leaf: EnumType) -> Function:
        known = self.imports.name(".types", leaf.name)
        table = f"_{constant(leaf)}"
        self.tables.append(f"{table} = {{str(code.value): code for code in {known}}}")
        if leaf.form is None:
            return Function(
                f"def _{function(leaf)}(text: str) -> {known}:", "", (f"return {table}[text]",)
            )
        other = self.imports.name(".types", unknown(leaf))
        return Function(
            head(f"_{function(leaf)}", ["text: str"], f"{known} | {other}"),
            "",
            (
                f"known = {table}.get(text)",
                f"return {other}(text) if known is None else known",
            ),
        )

    def _record(self, record: Record) -> Function:
        """Local names for the fields, then the record made of them.

        Where all fields are leaves the names are their contents; otherwise their elements.
        """
        returns = self.imports.name(".records", record.name)
        self.imports.name("._runtime.text.reading", "Element")
        nested = any(not is_leaf(self.definitions[field.type]) for field in record.fields)
        required = [field for field in record.fields if not field.optional]
        body: list[str] = []
        names = ", ".join(_local(field) for field in required)
        if len(required) == 1:
            names = f"({names},)"
        if required:
            parts = "children" if nested else "texts"
            cut = f"[:{len(required)}]" if len(record.fields) > len(required) else ""
            body.append(f"{names} = record.{parts}{cut}")
        for index, field in enumerate(record.fields):
            if field.optional:
                part = "child" if nested else "text"
                body.append(f"{_local(field)} = record.optional_{part}({index})")
        arguments = [f"{field.name}={self._field(field, nested=nested)}" for field in record.fields]
        body.append(call(f"return {record.name}(", arguments, indent=4))
        return Function(head(f"_{function(record)}", ["record: Element"], returns), "", tuple(body))

    def _field(self, field: Field, *, nested: bool) -> str:
        """The value of a field, from the local name for its content or element."""
        definition = self.definitions[field.type]
        local = _local(field)
        if isinstance(definition, ListGrammar):
            value = f"tuple({self._item(definition)}(each) for each in {local}.children)"
        elif isinstance(definition, Record):
            value = f"_{function(definition)}({local}.children[0])"
        else:
            content = f"{local}.text" if nested else local
            value = self._leaf(as_leaf(definition), content)
            if field.nil is not None:
                return f"None if {content} == {quoted(field.nil)} else {value}"
        return (
            f"None if {local} is None else {value}" if field.optional and value != local else value
        )

    def _leaf(self, leaf: Type, content: str) -> str:
        """The value of a leaf's content."""
        match leaf:
            case TextType():
                value = content
            case IntegerType():
                value = f"int({content})"
            case DecimalType():
                value = f"{self.imports.name('decimal', 'Decimal')}({content})"
            case DateType(calendar=calendar):
                self.imports.name(".", "tables")
                return f"tables.{constant(leaf)}_FORM.{date_reader(calendar)}({content})"
            case EnumType():
                return f"_{function(leaf)}({content})"
            case _:
                assert_never(leaf)
        if leaf.newtype:
            return f"{self.imports.name('.types', leaf.name)}({value})"
        return value

    def _item(self, grammar: ListGrammar) -> str:
        """The name of the function that makes a value of a list's item."""
        if len(grammar.items) == 1:
            (name,) = grammar.items
            if not is_leaf(self.definitions[name]):
                return f"_{function(self.definitions[name])}"
        return f"_{function(grammar)}_item"

    def _list(self, grammar: ListGrammar) -> list[Function]:
        """The function of an item, where it is not that of the one record."""
        name = self._item(grammar)
        if name != f"_{function(grammar)}_item":
            return []
        self.imports.name("._runtime.text.reading", "Element")
        returns = one_of(
            [field_type(self.definitions, item, self.imports) for item in grammar.items]
        )
        body: list[str] = []
        *others, last = grammar.items
        for item in others:
            body.append(f"if item.name == {quoted(item)}:")
            body.append(f"    return {self._made(item, 'item')}")
        body.append(f"return {self._made(last, 'item')}")
        return [Function(head(name, ["item: Element"], returns), "", tuple(body))]

    def _made(self, name: str, element: str) -> str:
        definition = self.definitions[name]
        if is_leaf(definition):
            return self._leaf(as_leaf(definition), f"{element}.text")
        return f"_{function(definition)}({element})"

    def _choice(self, choice: ChoiceGrammar) -> Function:
        returns = python_type(self.definitions, choice.name, self.imports, writes=False)
        lists = [
            definition
            for definition in map(self.definitions.__getitem__, choice.alternatives)
            if isinstance(definition, ListGrammar)
        ]
        others = [
            name
            for name in choice.alternatives
            if not isinstance(self.definitions[name], ListGrammar)
        ]
        body: list[str] = []
        last = [] if lists else [others.pop()]
        for name in others:
            body.append(f"if reading.is_only({quoted(name)}):")
            body.append(f"    return {self._made(name, 'reading.only')}")
        if lists:
            body.append(f"return reading.records({self._item(lists[0])})")
        else:
            body.append(f"return {self._made(last[0], 'reading.only')}")
        return Function(
            head(f"_{function(choice)}", ["reading: Reading"], returns), "", tuple(body)
        )


def _local(field: Field) -> str:
    """A local name for a field's content, which hides nothing that the function needs.

    No field's name begins with an underscore, so that the other name is free.
    """
    return f"_{field.name}" if field.name in _NEEDED else field.name
