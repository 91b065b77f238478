"""Plans `formatters.py`: a public function for each operation, a private one for each definition.

Every leaf is checked against its lexical form before it is written; the checks and their
messages are the runtime's.
"""

from collections.abc import Mapping
from typing import assert_never

from unstringly.model.contract import Contract, ContractOperation, used_definitions
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    DateType,
    DecimalType,
    EnumType,
    Field,
    IntegerType,
    LineEnds,
    ListGrammar,
    Record,
    TextType,
)
from unstringly.model.parts import is_leaf
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.leaf_writers import LeafWriters
from unstringly.plan.module import Body
from unstringly.plan.nesting import in_padding, writer
from unstringly.plan.roots import pushed
from unstringly.plan.symbols import (
    DECIMAL,
    ITERABLE,
    date_class,
    form_function,
    user_record,
    writing,
)
from unstringly.plan.text_words import Told, answered, formatter_words, pushed_in, whole_text_words
from unstringly.plan.vocabulary import field_type, function, leaf_type, python_type
from unstringly.python.build import (
    FALSE,
    INT,
    NONE,
    STR,
    TRUE,
    call,
    generic,
    in_pieces,
    members,
    method,
    union,
)
from unstringly.python.imports import in_order
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
    Case,
    Evaluate,
    Function,
    If,
    Match,
    Parameter,
    Raise,
    Return,
    Statement,
)

_RECORD, _CONTENTS = Name("record"), Name("contents")
_ROOM = 70
"""Contents of that width are joined where they are written, without a name for them."""


def formatters_view(contract: Contract, guards: Guards, samples: Mapping[str, str]) -> Body:
    """The view of `formatters.py`; `samples` are texts of definitions."""
    planner = _Planner(contract, guards, samples)
    public = [planner.operation(operation) for operation in contract.operations]
    public += [planner.pushed(name) for name in pushed(contract)]
    used = used_definitions(contract)
    private = [each for name in used for each in planner.definition(name)]
    names = in_order(each.name for each in public)
    return Body(tuple(names), (*public, *planner.leaves.tables(used), *private))


class _Planner:
    def __init__(self, contract: Contract, guards: Guards, samples: Mapping[str, str]) -> None:
        self.contract = contract
        self.samples = samples
        self.definitions = contract.definitions
        self.leaves = LeafWriters(contract.definitions, guards)
        self.padded = in_padding(contract)

    def operation(self, operation: ContractOperation) -> Function:
        name = f"format_{operation.python_name}"
        if operation.result is None:
            doc = whole_text_words(operation, "is")
            body = (Return(Name("value")),)
            return Function(name, (Parameter("value", STR),), STR, body, doc=doc)
        told = answered(operation)
        return self._public(name, f"parse_{operation.python_name}", told, operation.result)

    def pushed(self, name: str) -> Function:
        """The formatter of a field of a push."""
        spelled = function(self.definitions[name])
        told = pushed_in(self.contract, name)
        return self._public(f"format_{spelled}", f"parse_{spelled}", told, name)

    def _public(self, name: str, parser: str, told: Told, result: str) -> Function:
        definition = self.definitions[result]
        is_list = isinstance(definition, ListGrammar) or (
            isinstance(definition, ChoiceGrammar)
            and any(
                isinstance(self.definitions[each], ListGrammar) for each in definition.alternatives
            )
        )
        parameter = "values" if is_list else "value"
        annotation = python_type(self.definitions, result, writes=True)
        written, sample = self._whole(result, Name(parameter)), self.samples.get(result)
        if self.contract.spec.line_ends is LineEnds.LF:
            written = call(form_function("with_lf_only"), written)
        return Function(
            name,
            (Parameter(parameter, annotation),),
            STR,
            (Return(written),),
            doc=formatter_words(self.contract, told, result, sample, parser),
        )

    def _whole(self, name: str, value: Expression) -> Expression:
        definition = self.definitions[name]
        if is_leaf(definition):
            return self.leaves.call(Use(name, padded=False), name, value)
        return call(self._writer(name), value)

    def _writer(self, name: str) -> Name:
        return Name(writer(self.definitions[name], self.padded))

    def definition(self, name: str) -> list[Function]:
        definition = self.definitions[name]
        match definition:
            case EnumType():
                return [self.leaves.enum(definition)]
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

    # Records

    def _record(self, record: Record) -> Function:
        class_ = user_record(record.name)
        contents: list[Expression] = []
        tail: list[Statement] = []
        optional = [field.name for field in record.fields if field.optional]
        if len(optional) > 1:
            pairs = [Display("tuple", (Text(name), Attribute(_RECORD, name))) for name in optional]
            tail.append(Evaluate(call(form_function("check_no_gap"), *pairs)))
        for element in record.elements:
            match element:
                case Constant(text=text):
                    contents.append(Text(text))
                case Field(optional=False):
                    contents.append(self._field(element))
                case Field():
                    value = Attribute(_RECORD, element.name)
                    added = Evaluate(method(_CONTENTS, "append", self._field(element)))
                    tail.append(If(Operation("is not", (value, NONE)), (added,)))
        separator = Text(record.separators[0] if record.separators else "")
        listed = Display("list", tuple(contents))
        is_short = not tail and display_width(shown(listed)) <= _ROOM
        written: Expression = method(separator, "join", listed if is_short else _CONTENTS)
        if record.initiator or record.terminator:
            written = _joined(record.initiator, written, record.terminator)
        body = (
            Evaluate(call(form_function("check_record"), _RECORD, class_)),
            *(() if is_short else (Assign((_CONTENTS,), listed),)),
            *tail,
            Return(written),
        )
        name = self._writer(record.name).text
        doc = self._doc(record.name)
        return Function(name, (Parameter("record", class_),), STR, body, doc=doc)

    def _doc(self, name: str) -> str:
        """The docstring of a writer that the strategies ask as well."""
        return f"The text of {name}." if name in self.padded else ""

    def _field(self, field: Field) -> Expression:
        """The expression that writes a field that is not missing."""
        value = Attribute(_RECORD, field.name)
        if is_leaf(self.definitions[field.type]):
            use = Use(field.type, field.padded, field.nil)
            written = self.leaves.call(use, field.name, value)
        else:
            inside = writing("write_in_padding" if field.padded else "write_inside")
            written = call(inside, Text(field.name), self._writer(field.type), value)
        if field.nil is not None and not field.optional:
            written = Conditional(Operation("is", (value, NONE)), Text(field.nil), written)
        return _joined(field.initiator, written, field.terminator)

    # Lists and choices

    def _list(self, grammar: ListGrammar) -> list[Function]:
        item = union(field_type(self.definitions, each) for each in grammar.items)
        functions: list[Function] = []
        if len(grammar.items) == 1 and not is_leaf(self.definitions[grammar.items[0]]):
            write_item = self._writer(grammar.items[0])
        else:
            write_item = Name(f"_{function(grammar)}_item")
            functions.append(
                self._alternatives(write_item.text, "item", item, grammar.items, grammar.padded)
            )
        written = call(
            writing("write_list"),
            Name("values"),
            write_item,
            Text(grammar.separators[0]),
            trailing=TRUE if grammar.trailing.is_written else FALSE,
        )
        name, doc = self._writer(grammar.name).text, self._doc(grammar.name)
        values = Parameter("values", generic(ITERABLE, item))
        functions.append(Function(name, (values,), STR, (Return(written),), doc=doc))
        return functions

    def _choice(self, choice: ChoiceGrammar) -> Function:
        annotation = python_type(self.definitions, choice.name, writes=True)
        return self._alternatives(
            f"_{function(choice)}", "value", annotation, choice.alternatives, choice.padded
        )

    def _alternatives(
        self,
        name: str,
        parameter: str,
        annotation: Expression,
        alternatives: tuple[str, ...],
        padded: bool,
    ) -> Function:
        """A `match` over the Python classes of the alternatives, a list's in last place."""
        ordered = sorted(
            alternatives, key=lambda each: isinstance(self.definitions[each], ListGrammar)
        )
        value = Name(parameter)
        cases: list[Case] = []
        for each in ordered:
            definition = self.definitions[each]
            if is_leaf(definition):
                written = self.leaves.call(Use(each, padded), each, value)
            else:
                written = call(self._writer(each), value)
            cases.append(Case(self._pattern(each), (Return(written),)))
        if not any(isinstance(self.definitions[each], ListGrammar) for each in ordered):
            expected = in_pieces(" or ".join(ordered))
            wrong = call(form_function("wrong_type"), Text(""), value, expected)
            cases.append(Case(_ANYTHING, (Raise(wrong),)))
        body = (Match(value, tuple(cases)),)
        return Function(name, (Parameter(parameter, annotation),), STR, body)

    def _pattern(self, name: str) -> Expression:
        """The class pattern of an alternative; a list is whatever is nothing else."""
        definition = self.definitions[name]
        match definition:
            case TextType():
                return call(STR)
            case IntegerType():
                return call(INT)
            case DecimalType():
                return call(DECIMAL)
            case DateType(calendar=calendar):
                return call(date_class(calendar.value))
            case EnumType():
                return union(call(known) for known in members(leaf_type(definition)))
            case Record():
                return call(user_record(definition.name))
            case ListGrammar() | ChoiceGrammar():
                return _ANYTHING
            case _:
                assert_never(definition)


_ANYTHING = Name("_")


def _joined(initiator: str, written: Expression, terminator: str) -> Expression:
    """What is written between its initiator and its terminator."""
    parts = [Text(initiator)] if initiator else []
    end = [Text(terminator)] if terminator else []
    operands = (*parts, written, *end)
    return written if len(operands) == 1 else Operation("+", operands)
