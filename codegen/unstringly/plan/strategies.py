"""Plans `strategies.py`: Hypothesis strategies for every value, and for texts on the wire."""

from typing import assert_never

from unstringly.model.contract import Contract, used_definitions
from unstringly.model.grammar import (
    Calendar,
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
    Type,
)
from unstringly.model.parts import as_leaf, is_leaf
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.module import Body
from unstringly.plan.roots import roots
from unstringly.plan.symbols import (
    DRAWING,
    STRATEGIES,
    TABLES,
    formatter,
    user_record,
    user_type,
)
from unstringly.plan.vocabulary import (
    constant,
    field_type,
    function,
    leaf_type,
    unknown,
    written_function,
)
from unstringly.python.build import STR, builtin, call, generic, method, union
from unstringly.python.imports import in_order
from unstringly.python.nodes import Attribute, Expression, Name, Number, Operation, Text
from unstringly.python.statement_nodes import Function, Return


def strategies_view(contract: Contract, guards: Guards) -> Body:
    """The view of `strategies.py`."""
    planner = _Planner(contract, guards)
    values = [planner.definition(name) for name in used_definitions(contract)]
    texts = [planner.text(name) for name in roots(contract)]
    functions = (*values, *texts)
    return Body(tuple(in_order(each.name for each in functions)), functions)


class _Planner:
    def __init__(self, contract: Contract, guards: Guards) -> None:
        self.contract = contract
        self.definitions = contract.definitions
        self.guards = guards
        self.main_uses: dict[str, Use] = {}
        for use in guards.names:
            self.main_uses.setdefault(use.type, use)

    def text(self, name: str) -> Function:
        """A strategy of texts for the parser of a whole result."""
        definition = self.definitions[name]
        return _function(
            f"{function(definition)}_text",
            STR,
            f"Texts that a parser of {definition.name} meets: as the grammar says, and damaged.",
            call(_drawing("wire_texts"), Attribute(TABLES, constant(definition))),
        )

    def definition(self, name: str) -> Function:
        """The strategy of a definition's values."""
        definition = self.definitions[name]
        match definition:
            case Record():
                return self._record(definition)
            case ListGrammar():
                items = self._one_of(definition.items, padded=definition.padded)
                return _function(
                    function(definition),
                    self._value_type(name),
                    f"Lists of records that {definition.name} can hold.",
                    call(_st("lists"), items, max_size=Number(5)),
                )
            case ChoiceGrammar():
                return _function(
                    function(definition),
                    union(map(self._value_type, definition.alternatives)),
                    f"Values that {definition.name} can be.",
                    self._one_of(definition.alternatives, padded=definition.padded),
                )
            case EnumType() | TextType() | IntegerType() | DecimalType() | DateType():
                return self._leaf(definition)
            case _:
                assert_never(definition)

    def _value_type(self, name: str) -> Expression:
        definition = self.definitions[name]
        if isinstance(definition, ListGrammar):
            items = union(field_type(self.definitions, each) for each in definition.items)
            return generic(builtin("list"), items)
        return field_type(self.definitions, name)

    def _one_of(self, names: tuple[str, ...], *, padded: bool) -> Expression:
        strategies = [self._strategy(Use(name, padded)) for name in names]
        return strategies[0] if len(strategies) == 1 else call(_st("one_of"), *strategies)

    def _strategy(self, use: Use) -> Expression:
        """The strategy of a definition in a place."""
        definition = self.definitions[use.type]
        table = self.guards.names.get(use) if is_leaf(definition) else None
        if table is not None and table != self.guards.names[self.main_uses[use.type]]:
            return self._drawn(use)
        return call(Name(function(definition)))

    def _leaf(self, leaf: Type) -> Function:
        use = self.main_uses.get(leaf.name, Use(leaf.name, False))
        doc = f"Every {leaf.name} that can be written."
        return _function(function(leaf), leaf_type(leaf), doc, self._drawn(use))

    def _drawn(self, use: Use) -> Expression:
        """The expression of a strategy for a leaf."""
        leaf = as_leaf(self.definitions[use.type])
        if isinstance(leaf, DateType):
            return _dates(leaf)
        if isinstance(leaf, EnumType) and leaf.form is None:
            return call(_st("sampled_from"), user_type(leaf.name))
        form = Attribute(TABLES, self.guards.names[use])
        match leaf:
            case EnumType():
                classes = (user_type(leaf.name), user_type(unknown(leaf)))
                return call(_drawing("codes"), *classes, form)
            case TextType():
                is_lf = self.contract.spec.line_ends is LineEnds.LF
                drawn = call(_drawing("line_texts" if is_lf else "texts"), form)
            case IntegerType(width=width):
                drawn = call(_drawing("integers"), form, *_width(width))
            case DecimalType(width=width):
                drawn = call(_drawing("decimals"), form, *_width(width))
            case _:
                assert_never(leaf)
        return method(drawn, "map", user_type(leaf.name)) if leaf.newtype else drawn

    def _record(self, record: Record) -> Function:
        class_ = user_record(record.name)
        fields = {field.name: self._field(field) for field in record.fields}
        built: Expression = call(_st("builds"), class_, **fields)
        chained = [Text(field.name) for field in record.fields if field.optional]
        if len(chained) > 1:
            built = method(built, "filter", call(_drawing("has_no_gap"), *chained))
        doc = f"Every {record.name} that can be written."
        return _function(function(record), class_, doc, built)

    def _field(self, field: Field) -> Expression:
        definition = self.definitions[field.type]
        drawn = self._strategy(Use(field.type, field.padded, field.nil))
        if field.padded and not is_leaf(definition):
            written = formatter(written_function(definition))
            drawn = call(_drawing("in_padding"), drawn, written)
        if isinstance(definition, ListGrammar):
            drawn = method(drawn, "map", builtin("tuple"))
        if field.optional or field.nil is not None:
            return Operation("|", (call(_st("none")), drawn))
        return drawn


def _function(name: str, value: Expression, doc: str, returned: Expression) -> Function:
    return Function(name, (), generic(_st("SearchStrategy"), value), (Return(returned),), doc=doc)


def _width(width: int) -> tuple[Number, ...]:
    return (Number(width),) if width else ()


def _dates(leaf: DateType) -> Expression:
    match leaf.calendar:
        case Calendar.DATETIME | Calendar.TIME:
            form = Attribute(TABLES, f"{constant(leaf)}_FORM")
            return call(_drawing(f"{leaf.calendar.value}s"), form)
        case Calendar.DATE:
            return call(_st("dates"))
        case _:
            assert_never(leaf.calendar)


def _st(name: str) -> Expression:
    """A name of Hypothesis's strategies, which are imported as a module."""
    return Attribute(STRATEGIES, name)


def _drawing(name: str) -> Expression:
    """A name of the runtime's strategies, which are imported as a module."""
    return Attribute(DRAWING, name)
