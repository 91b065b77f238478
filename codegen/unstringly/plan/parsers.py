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
    IntegerType,
    ListGrammar,
    Record,
    TextType,
)
from unstringly.model.parts import as_leaf, is_leaf
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.leaf_readers import LeafReaders
from unstringly.plan.module import Body
from unstringly.plan.record_readers import RecordReaders
from unstringly.plan.roots import pushed
from unstringly.plan.split_tables import split_table
from unstringly.plan.splits import split_lists, split_of
from unstringly.plan.symbols import ELEMENT, READING, TABLES
from unstringly.plan.text_words import Told, answered, parser_words, pushed_in, whole_text_words
from unstringly.plan.vocabulary import constant, field_type, function, python_type
from unstringly.python.build import NONE, STR, builtin, call, method, tuple_of, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import Attribute, Expression, Name, Operation, Text
from unstringly.python.statement_nodes import (
    Assign,
    Comment,
    Function,
    If,
    Parameter,
    Return,
    Statement,
)

_TEXT, _READING, _ITEM = Name("text"), Name("reading"), Name("item")
_FAST = "Lists, as they are read the fast way; `_runtime/text/split.py` says when that is enough."


def parsers_view(contract: Contract, guards: Guards, samples: Mapping[str, str]) -> Body:
    """The view of `parsers.py`; `samples` are texts of definitions."""
    planner = _Planner(contract, guards, samples)
    public = [planner.operation(operation) for operation in contract.operations]
    public += [planner.pushed(name) for name in pushed(contract)]
    used = used_definitions(contract)
    private = [each for name in used for each in planner.definition(name)]
    splits = [split_table(contract, name, guards) for name in split_lists(contract)]
    fast: list[Statement] = [Comment(_FAST), *splits] if splits else []
    names = in_order(each.name for each in public)
    return Body(tuple(names), (*public, *planner.leaves.tables(used), *private, *fast))


class _Planner:
    def __init__(self, contract: Contract, guards: Guards, samples: Mapping[str, str]) -> None:
        self.contract = contract
        self.guards = guards
        self.samples = samples
        self.definitions = contract.definitions
        self.leaves = LeafReaders(contract.definitions)
        self.records = RecordReaders(contract.definitions, self.leaves, self._item)

    def operation(self, operation: ContractOperation) -> Function:
        name = f"parse_{operation.python_name}"
        if operation.result is None:
            doc = whole_text_words(operation, "came")
            return Function(name, (Parameter("text", STR),), STR, (Return(_TEXT),), doc=doc)
        return self._public(name, answered(operation), operation.result)

    def pushed(self, name: str) -> Function:
        """The parser of a field of a push."""
        parser = f"parse_{function(self.definitions[name])}"
        return self._public(parser, pushed_in(self.contract, name), name)

    def _public(self, name: str, told: Told, result: str) -> Function:
        machine = Attribute(TABLES, constant(self.definitions[result]))
        exact = Return(self._whole(result, call(READING, machine, _TEXT)))
        body: tuple[Statement, ...] = (*self._first(result), exact)
        split = split_of(self.contract, result)
        if split is not None:
            records = Name("records")
            fast = Name(f"_{constant(self.definitions[split])}")
            body = (
                Assign((records,), method(fast, "parsed", machine, _TEXT)),
                If(Operation("is", (records, NONE)), (exact,)),
                Return(records),
            )
        return Function(
            name,
            (Parameter("text", STR),),
            python_type(self.definitions, result, writes=False),
            body,
            doc=parser_words(self.contract, told, result, self.samples.get(result)),
        )

    def _whole(self, name: str, reading: Expression) -> Expression:
        """The value of a whole result."""
        definition = self.definitions[name]
        match definition:
            case ChoiceGrammar():
                return call(Name(f"_{function(definition)}"), reading)
            case ListGrammar():
                return method(reading, "records", self._item(definition))
            case Record():
                return call(Name(f"_{function(definition)}"), Attribute(reading, "only"))
            case _:
                return self.leaves.value(definition, Attribute(Attribute(reading, "only"), "text"))

    def _first(self, result: str) -> list[Statement]:
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
        form = Attribute(TABLES, table)
        fits = method(form, "fits_all", tuple_of(_TEXT))
        if choice.padded:
            fits = method(form, "fits_trimmed", _TEXT)
        is_text = Operation("is", (call(builtin("type"), _TEXT), STR))
        made = Return(self.leaves.value(leaf, _TEXT))
        return [If(Operation("and", (is_text, fits)), (made,))]

    def definition(self, name: str) -> list[Function]:
        definition = self.definitions[name]
        match definition:
            case EnumType():
                return [self.leaves.enum(definition)]
            case Record():
                return [self.records.function(definition)]
            case ListGrammar():
                return self._list(definition)
            case ChoiceGrammar():
                return [self._choice(definition)]
            case DateType() | TextType() | IntegerType() | DecimalType():
                return []
            case _:
                assert_never(definition)

    def _item(self, grammar: ListGrammar) -> Name:
        """The function that makes a value of a list's item."""
        if len(grammar.items) == 1:
            (name,) = grammar.items
            if not is_leaf(self.definitions[name]):
                return Name(f"_{function(self.definitions[name])}")
        return Name(f"_{function(grammar)}_item")

    def _list(self, grammar: ListGrammar) -> list[Function]:
        """The function of an item, where it is not that of the one record."""
        name = self._item(grammar).text
        if name != f"_{function(grammar)}_item":
            return []
        returns = union(field_type(self.definitions, item) for item in grammar.items)
        body: list[Statement] = []
        *others, last = grammar.items
        for item in others:
            is_item = Operation("==", (Attribute(_ITEM, "name"), Text(item)))
            body.append(If(is_item, (Return(self._made(item, _ITEM)),)))
        body.append(Return(self._made(last, _ITEM)))
        return [Function(name, (Parameter("item", ELEMENT),), returns, tuple(body))]

    def _made(self, name: str, element: Expression) -> Expression:
        definition = self.definitions[name]
        if is_leaf(definition):
            return self.leaves.value(as_leaf(definition), Attribute(element, "text"))
        return call(Name(f"_{function(definition)}"), element)

    def _choice(self, choice: ChoiceGrammar) -> Function:
        only = Attribute(_READING, "only")
        alternatives = [self.definitions[name] for name in choice.alternatives]
        lists = [each for each in alternatives if isinstance(each, ListGrammar)]
        others = [each.name for each in alternatives if not isinstance(each, ListGrammar)]
        last = None if lists else others.pop()
        body: list[Statement] = []
        for name in others:
            is_only = method(_READING, "is_only", Text(name))
            body.append(If(is_only, (Return(self._made(name, only)),)))
        if last is None:
            body.append(Return(method(_READING, "records", self._item(lists[0]))))
        else:
            body.append(Return(self._made(last, only)))
        returns = python_type(self.definitions, choice.name, writes=False)
        parameter = Parameter("reading", READING)
        return Function(f"_{function(choice)}", (parameter,), returns, tuple(body))
