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
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import (
    WIDTH,
    call,
    display_width,
    docstring,
    head,
    one_of,
    quoted,
)
from unstringly.plan.leaf_writers import LeafWriters
from unstringly.plan.module import Function
from unstringly.plan.nesting import in_padding, writer
from unstringly.plan.roots import pushed
from unstringly.plan.text_words import Told, answered, formatter_words, pushed_in, whole_text_words
from unstringly.plan.vocabulary import (
    field_type,
    function,
    is_leaf,
    python_type,
    unknown,
)


def formatters_view(
    contract: Contract, guards: Guards, samples: Mapping[str, str]
) -> dict[str, object]:
    """The view of `formatters.py`; `samples` are texts of definitions."""
    planner = _Planner(contract, guards, samples)
    public = [planner.operation(operation) for operation in contract.operations]
    public += [planner.pushed(name) for name in pushed(contract)]
    private = [each for name in used_definitions(contract) for each in planner.definition(name)]
    return {
        "imports": planner.imports.lines(),
        "names": in_order(
            [
                *(f"format_{operation.python_name}" for operation in contract.operations),
                *(f"format_{function(contract.definitions[name])}" for name in pushed(contract)),
            ]
        ),
        "tables": planner.leaves.tables,
        "public": public,
        "private": private,
    }


class _Planner:
    def __init__(self, contract: Contract, guards: Guards, samples: Mapping[str, str]) -> None:
        self.contract = contract
        self.samples = samples
        self.definitions = contract.definitions
        self.imports = Imports()
        self.leaves = LeafWriters(contract.definitions, guards, self.imports)
        self.padded = in_padding(contract)

    def operation(self, operation: ContractOperation) -> Function:
        name = f"format_{operation.python_name}"
        if operation.result is None:
            return Function(
                f"def {name}(value: str) -> str:",
                docstring(whole_text_words(operation, "is"), 4),
                ("return value",),
            )
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
        annotation = python_type(self.definitions, result, self.imports, writes=True)
        written, sample = self._whole(result, parameter), self.samples.get(result)
        if self.contract.spec.line_ends is LineEnds.LF:
            written = f"{self.imports.name('._runtime.text.forms', 'with_lf_only')}({written})"
        return Function(
            head(name, [f"{parameter}: {annotation}"], "str"),
            docstring(formatter_words(self.contract, told, result, sample, parser), 4),
            (f"return {written}",),
        )

    def _whole(self, name: str, value: str) -> str:
        definition = self.definitions[name]
        if is_leaf(definition):
            return self.leaves.call(Use(name, padded=False), quoted(name), value)
        return f"{self._writer(name)}({value})"

    def _writer(self, name: str) -> str:
        return writer(self.definitions[name], self.padded)

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
        name = self.imports.name(".records", record.name)
        checked = f"{self.leaves.runtime('check_record')}(record, {name})"
        contents: list[str] = []
        tail: list[str] = []
        optional = [field for field in record.fields if field.optional]
        if len(optional) > 1:
            pairs = [f"({quoted(each.name)}, record.{each.name})" for each in optional]
            tail.append(call(f"{self.leaves.runtime('check_no_gap')}(", pairs, indent=4))
        for element in record.elements:
            match element:
                case Constant(text=text):
                    contents.append(quoted(text))
                case Field(optional=False):
                    contents.append(self._field(element))
                case Field():
                    tail.append(f"if record.{element.name} is not None:")
                    tail.append(f"    contents.append({self._field(element)})")
        separator = quoted(record.separators[0] if record.separators else "")
        first = head(self._writer(record.name), [f"record: {name}"], "str")
        if tail:
            listed = call("contents = [", contents, "]", indent=4)
            joined = f"{separator}.join(contents)"
            body = [checked, listed, *tail]
        else:
            joined = f"{separator}.join([{', '.join(contents)}])"
            body = [checked]
            if display_width(f"    return {joined}") > WIDTH or "\n" in joined:
                body.append(call("contents = [", contents, "]", indent=4))
                joined = f"{separator}.join(contents)"
        if record.initiator:
            joined = f"{quoted(record.initiator)} + {joined}"
        if record.terminator:
            joined = f"{joined} + {quoted(record.terminator)}"
        return Function(first, self._doc(record.name), (*body, f"return {joined}"))

    def _doc(self, name: str) -> str:
        """What is said of a writer that the strategies ask as well."""
        return docstring(f"The text of {name}.", 4) if name in self.padded else ""

    def _field(self, field: Field) -> str:
        """The expression that writes a field that is not missing."""
        definition = self.definitions[field.type]
        value = f"record.{field.name}"
        if is_leaf(definition):
            use = Use(field.type, field.padded, field.nil)
            written = self.leaves.call(use, quoted(field.name), value)
        else:
            kind = "write_in_padding" if field.padded else "write_inside"
            inside = self.imports.name("._runtime.text.writing", kind)
            written = f"{inside}({quoted(field.name)}, {self._writer(field.type)}, {value})"
        if field.nil is not None and not field.optional:
            written = f"{quoted(field.nil)} if {value} is None else {written}"
            if field.initiator or field.terminator:
                written = f"({written})"
        if field.initiator:
            written = f"{quoted(field.initiator)} + {written}"
        if field.terminator:
            written = f"{written} + {quoted(field.terminator)}"
        return written

    # Lists and choices

    def _list(self, grammar: ListGrammar) -> list[Function]:
        item = one_of([field_type(self.definitions, each, self.imports) for each in grammar.items])
        iterable = self.imports.name("collections.abc", "Iterable")
        write_list = self.imports.name("._runtime.text.writing", "write_list")
        functions: list[Function] = []
        if len(grammar.items) == 1 and not is_leaf(self.definitions[grammar.items[0]]):
            write_item = self._writer(grammar.items[0])
        else:
            write_item = f"_{function(grammar)}_item"
            functions.append(
                self._alternatives(write_item, "item", item, grammar.items, grammar.padded)
            )
        written = call(
            f"return {write_list}(",
            [
                "values",
                write_item,
                quoted(grammar.separators[0]),
                f"trailing={grammar.trailing.is_written}",
            ],
            indent=4,
        )
        functions.append(
            Function(
                head(self._writer(grammar.name), [f"values: {iterable}[{item}]"], "str"),
                self._doc(grammar.name),
                (written,),
            )
        )
        return functions

    def _choice(self, choice: ChoiceGrammar) -> Function:
        annotation = python_type(self.definitions, choice.name, self.imports, writes=True)
        return self._alternatives(
            f"_{function(choice)}", "value", annotation, choice.alternatives, choice.padded
        )

    def _alternatives(
        self,
        name: str,
        parameter: str,
        annotation: str,
        alternatives: tuple[str, ...],
        padded: bool,
    ) -> Function:
        """A `match` over the Python classes of the alternatives, a list's in last place."""
        ordered = sorted(
            alternatives, key=lambda each: isinstance(self.definitions[each], ListGrammar)
        )
        body = [f"match {parameter}:"]
        has_list = False
        for each in ordered:
            definition = self.definitions[each]
            if isinstance(definition, ListGrammar):
                has_list = True
                body += ["    case _:", f"        return {self._writer(each)}({parameter})"]
                continue
            body.append(f"    case {self._class_pattern(each)}:")
            if is_leaf(definition):
                written = self.leaves.call(Use(each, padded), quoted(each), parameter)
            else:
                written = f"{self._writer(each)}({parameter})"
            body.append(f"        return {written}")
        if not has_list:
            wrong = self.leaves.runtime("wrong_type")
            expected = quoted(" or ".join(ordered))
            body += [
                "    case _:",
                f'        raise {wrong}("", {parameter}, {expected})',
            ]
        return Function(head(name, [f"{parameter}: {annotation}"], "str"), "", tuple(body))

    def _class_pattern(self, name: str) -> str:
        definition = self.definitions[name]
        match definition:
            case TextType():
                return "str()"
            case IntegerType():
                return "int()"
            case DecimalType():
                return f"{self.imports.name('decimal', 'Decimal')}()"
            case DateType(calendar=calendar):
                return f"{self.imports.name('datetime', calendar.value)}()"
            case EnumType(form=None):
                return f"{self.imports.name('.types', definition.name)}()"
            case EnumType():
                known = self.imports.name(".types", definition.name)
                return f"{known}() | {self.imports.name('.types', unknown(definition))}()"
            case Record():
                return f"{self.imports.name('.records', definition.name)}()"
            case ListGrammar() | ChoiceGrammar():
                return "_"
            case _:
                assert_never(definition)
