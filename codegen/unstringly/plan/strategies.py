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
)
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import call, docstring, head, one_of, quoted
from unstringly.plan.module import Function
from unstringly.plan.roots import roots
from unstringly.plan.vocabulary import (
    as_leaf,
    constant,
    field_type,
    function,
    is_leaf,
    leaf_type,
    unknown,
    written_function,
)


def strategies_view(contract: Contract, guards: Guards) -> dict[str, object]:
    """The view of `strategies.py`."""
    planner = _Planner(contract, guards)
    values = [each for name in used_definitions(contract) for each in planner.definition(name)]
    texts = [planner.text(name) for name in roots(contract)]
    return {
        "imports": planner.imports.lines(),
        "names": in_order(planner.names),
        "functions": [*values, *texts],
    }


class _Planner:
    def __init__(self, contract: Contract, guards: Guards) -> None:
        self.contract = contract
        self.definitions = contract.definitions
        self.guards = guards
        self.main_uses: dict[str, Use] = {}
        for use in guards.names:
            self.main_uses.setdefault(use.type, use)
        self.imports = Imports()
        self.names: list[str] = []

    def text(self, name: str) -> Function:
        """A strategy of texts for the parser of a whole result."""
        definition = self.definitions[name]
        self.imports.name(".", "tables")
        draw = self._drawing("wire_texts")
        return self._function(
            f"{function(definition)}_text",
            "str",
            f"Texts that a parser of {definition.name} meets: as the grammar says, and damaged.",
            f"{draw}(tables.{constant(definition)})",
        )

    def definition(self, name: str) -> list[Function]:
        definition = self.definitions[name]
        match definition:
            case Record():
                return [self._record(definition)]
            case ListGrammar():
                item = one_of(
                    [field_type(self.definitions, each, self.imports) for each in definition.items]
                )
                items = self._one_of(definition.items, padded=definition.padded)
                lists = self._st("lists")
                return [
                    self._function(
                        function(definition),
                        f"list[{item}]",
                        f"Lists of records that {definition.name} can hold.",
                        f"{lists}({items}, max_size=5)",
                    )
                ]
            case ChoiceGrammar():
                types = [self._value_type(each) for each in definition.alternatives]
                return [
                    self._function(
                        function(definition),
                        one_of(types),
                        f"Values that {definition.name} can be.",
                        self._one_of(definition.alternatives, padded=definition.padded),
                    )
                ]
            case EnumType() | TextType() | IntegerType() | DecimalType() | DateType():
                return self._leaf_functions(name)
            case _:
                assert_never(definition)

    def _value_type(self, name: str) -> str:
        definition = self.definitions[name]
        if isinstance(definition, ListGrammar):
            items = [field_type(self.definitions, each, self.imports) for each in definition.items]
            return f"list[{one_of(items)}]"
        return field_type(self.definitions, name, self.imports)

    def _function(self, name: str, value: str, doc: str, returned: str) -> Function:
        self.names.append(name)
        strategy = self._st("SearchStrategy")
        return Function(
            head(name, [], f"{strategy}[{value}]"), docstring(doc, 4), (f"return {returned}",)
        )

    def _one_of(self, names: tuple[str, ...], *, padded: bool) -> str:
        strategies = [self._strategy(Use(name, padded)) for name in names]
        if len(strategies) == 1:
            return strategies[0]
        return call(f"{self._st('one_of')}(", strategies, indent=4)

    def _strategy(self, use: Use) -> str:
        """The strategy of a definition in a place."""
        definition = self.definitions[use.type]
        if not is_leaf(definition):
            return f"{function(definition)}()"
        if use in self.guards.names and self.guards.names[use] != self._main_guard(use.type):
            return self._drawn(use)
        return f"{function(definition)}()"

    def _main_guard(self, name: str) -> str:
        return self.guards.names[self.main_uses[name]]

    def _leaf_functions(self, name: str) -> list[Function]:
        leaf = as_leaf(self.definitions[name])
        use = self.main_uses.get(name, Use(name, False))
        return [
            self._function(
                function(leaf),
                leaf_type(leaf, self.imports),
                f"Every {leaf.name} that can be written.",
                self._drawn(use),
            )
        ]

    def _drawn(self, use: Use) -> str:
        """The expression of a strategy for a leaf."""
        leaf = as_leaf(self.definitions[use.type])
        match leaf:
            case DateType():
                return self._dates(leaf)
            case EnumType(form=None):
                sampled = self._st("sampled_from")
                return f"{sampled}({self.imports.name('.types', leaf.name)})"
            case _:
                pass
        self.imports.name(".", "tables")
        form = f"tables.{self.guards.names[use]}"
        match leaf:
            case EnumType():
                return call(
                    f"{self._drawing('codes')}(",
                    [
                        self.imports.name(".types", leaf.name),
                        self.imports.name(".types", unknown(leaf)),
                        form,
                    ],
                    indent=4,
                )
            case TextType():
                is_lf = self.contract.spec.line_ends is LineEnds.LF
                drawn = f"{self._drawing('line_texts' if is_lf else 'texts')}({form})"
            case IntegerType(width=width):
                more = f", {width}" if width else ""
                drawn = f"{self._drawing('integers')}({form}{more})"
            case DecimalType(width=width):
                more = f", {width}" if width else ""
                drawn = f"{self._drawing('decimals')}({form}{more})"
            case _:
                assert_never(leaf)
        if leaf.newtype:
            return f"{drawn}.map({self.imports.name('.types', leaf.name)})"
        return drawn

    def _record(self, record: Record) -> Function:
        name = self.imports.name(".records", record.name)
        arguments = [name, *(f"{field.name}={self._field(field)}" for field in record.fields)]
        chained = [field for field in record.fields if field.optional]
        builds = self._st("builds")
        tail = ")"
        if len(chained) > 1:
            names = ", ".join(quoted(field.name) for field in chained)
            tail = f").filter({self._drawing('has_no_gap')}({names}))"
        built = call(f"return {builds}(", arguments, tail, indent=4).removeprefix("return ")
        return self._function(
            function(record), name, f"Every {record.name} that can be written.", built
        )

    def _field(self, field: Field) -> str:
        definition = self.definitions[field.type]
        drawn = self._strategy(Use(field.type, field.padded, field.nil))
        if field.padded and not is_leaf(definition):
            written = self.imports.name(".formatters", written_function(definition))
            drawn = f"{self._drawing('in_padding')}({drawn}, {written})"
        if isinstance(definition, ListGrammar):
            drawn = f"{drawn}.map(tuple)"
        if field.optional or field.nil is not None:
            none = self._st("none")
            return f"{none}() | {drawn}"
        return drawn

    def _dates(self, leaf: DateType) -> str:
        match leaf.calendar:
            case Calendar.DATETIME | Calendar.TIME:
                self.imports.name(".", "tables")
                return f"{self._drawing(f'{leaf.calendar.value}s')}(tables.{constant(leaf)}_FORM)"
            case Calendar.DATE:
                return f"{self._st('dates')}()"
            case _:
                assert_never(leaf.calendar)

    def _st(self, name: str) -> str:
        """A name of Hypothesis's strategies, which are imported as a module."""
        self.imports.name("hypothesis", "strategies as st")
        return f"st.{name}"

    def _drawing(self, name: str) -> str:
        """A name of the runtime's strategies, which are imported as a module."""
        self.imports.name("._runtime.testing", "drawing")
        return f"drawing.{name}"
