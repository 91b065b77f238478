"""Plans `operations.py`: a function for each call, and what the WSDL says of each operation."""

import re
from typing import assert_never

from unstringly.counting import counted
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import (
    DateType,
    DecimalType,
    EnumType,
    IntegerType,
    LineEnds,
    TextType,
    Type,
)
from unstringly.model.spec import Parameter
from unstringly.model.uses import Use
from unstringly.plan.calls import (
    PlannedCall,
    effect_of,
    few_numbers,
    own_call,
    planned_calls,
    wire_bindings,
)
from unstringly.plan.endpoints import MEMBERS, endpoint, other_endpoints
from unstringly.plan.guards import Guards
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import (
    WIDTH,
    call,
    display_width,
    docstring,
    head,
    quoted,
    tuple_of,
)
from unstringly.plan.module import Function
from unstringly.plan.operations import effect_words, null_words
from unstringly.plan.vocabulary import as_leaf, constant, date_reader, leaf_type, python_type, words

_ROOM = 80
"""For a literal in a call in a dictionary in a call, its quotes left out."""


def operations_view(contract: Contract, guards: Guards) -> dict[str, object]:
    """The view of `operations.py`."""
    planner = _Planner(contract, guards)
    planner.imports.name("collections.abc", "Mapping")
    planner.imports.name("typing", "Final")
    tables = [planner.operation(operation) for operation in contract.operations]
    calls = planned_calls(contract)
    public = [planner.call(each) for each in calls]
    return {
        "imports": planner.imports.lines(),
        "names": in_order(["OPERATIONS", *(each.python_name for each in calls)]),
        "tables": tables,
        "rows": [f"{quoted(each.name)}: {_constant(each)}" for each in contract.operations],
        "public": public,
    }


class _Planner:
    def __init__(self, contract: Contract, guards: Guards) -> None:
        self.contract = contract
        self.definitions = contract.definitions
        self.guards = guards
        self.imports = Imports()
        self.bindings = wire_bindings(contract)

    def operation(self, operation: ContractOperation) -> str:
        """The constant of an operation."""
        spec = operation.spec
        bindings = self.bindings.get(operation.name, ())
        binding = self.imports.name("._runtime.wire.bindings", "Binding")
        kinds = [f"{binding}.{MEMBERS[each.kind]}" for each in bindings]
        own = own_call(operation).parameters
        parameters = [f"{quoted(p.name)}: {quoted(p.python_name)}" for p in own]
        bound = [p.name for p in own if p.bound]
        secret = [p.name for p in own if p.secret]
        arguments = [
            quoted(operation.name),
            endpoint(self.contract, bindings, self.imports),
            call("bindings=(", kinds, ",)" if len(kinds) == 1 else ")", indent=4),
            f"effect={quoted(effect_of(operation).value)}",
            call("parameters={", parameters, "}", indent=4),
        ]
        arguments += [f"bound={tuple_of(bound)}"] if bound else []
        arguments += [f"secret={tuple_of(secret)}"] if secret else []
        if spec is not None:
            said = {
                "interval": spec.limits.interval_seconds,
                "page": spec.limits.page,
                "retention": spec.limits.retention_seconds,
            }
            arguments += [f"{name}={number}" for name, number in said.items() if number]
            arguments += [] if spec.null is None else [f"null={quoted(spec.null)}"]
        others = other_endpoints(self.contract, bindings, self.imports)
        arguments += [call("others={", others, "}", indent=4)] if others else []
        made = self.imports.name("._runtime.client.calls", "Operation")
        return call(f"{_constant(operation)} = {made}(", arguments)

    def call(self, planned: PlannedCall) -> Function:
        """The function that makes a call."""
        operation = planned.operation
        returns = "str"
        parse = "str"
        if operation.result is not None:
            returns = python_type(self.definitions, operation.result, self.imports, writes=False)
            parse = self.imports.name(".parsers", f"parse_{operation.python_name}")
        made = self.imports.name("._runtime.client.calls", "Call")
        signature = [
            call_signature(self.contract, self.guards, each, self.imports)
            for each in planned.offered
        ]
        signature = ["*", *signature, "validate: bool = True"]
        own = [p for p in planned.parameters if not p.bound or p.fixed is not None]
        secret = [p for p in own if p.secret and p.fixed is None]
        entries = [f"{quoted(p.name)}: {self._own(p)}" for p in own]
        given = call("{", entries, "}", indent=8)
        arguments = [_constant(operation), given, parse]
        usual = own_call(operation).parameters
        renamed = [
            f"{quoted(own.name)}: {quoted(own.python_name)}"
            for own, first in zip(planned.parameters, usual, strict=True)
            if own.bound and own.fixed is None and own.python_name != first.python_name
        ]
        arguments += [f"bound={{{', '.join(renamed)}}}"] if renamed else []
        return Function(
            head(planned.python_name, signature, f"{made}[{returns}]"),
            docstring(
                f"A call of {operation.name}, which is yet to be made.\n\n{call_words(planned)}", 4
            ),
            (*self._sealed(secret), call(f"return {made}(", arguments, indent=4)),
        )

    def _sealed(self, secret: list[Parameter]) -> tuple[str, ...]:
        """The statements after which what is secret stands in no variable as it is."""
        if not secret:
            return ()
        seal = self.imports.name("._runtime.client.parameters", "sealed_parameter")
        entries: list[str] = []
        for parameter in secret:
            check, arguments = self._check(parameter)
            made = call(f"{seal}(", [check, *arguments], indent=8)
            entries.append(f"{quoted(parameter.name)}: {made}")
        names = ", ".join(parameter.python_name for parameter in secret)
        return (
            call("sealed = {", entries, "}", indent=4),
            f"del {names}  # tracebacks may show variables",
        )

    def _own(self, parameter: Parameter) -> str:
        """The expression of what is sent, or of what is sealed already."""
        if not parameter.secret:
            return self._written(parameter)
        if parameter.fixed is not None:
            secret = self.imports.name("._runtime.errors.sealed", "Secret")
            return f"{secret}({quoted(parameter.fixed)})"
        taken = self.imports.name("._runtime.client.parameters", "taken")
        return f"{taken}(sealed[{quoted(parameter.name)}])"

    def _written(self, parameter: Parameter) -> str:
        """The expression of what is sent."""
        if parameter.fixed is not None:
            return quoted(parameter.fixed)
        check, arguments = self._check(parameter)
        return call(f"{check}(", arguments, indent=12)

    def _check(self, parameter: Parameter) -> tuple[str, list[str]]:
        """The function that gives what is sent, and its arguments."""
        rule = rule_of(self.contract, parameter, indent=16)
        arguments = [quoted(parameter.python_name), parameter.python_name, rule]
        leaf = _leaf(self.contract, parameter)
        if leaf is None or isinstance(leaf, TextType) or parameter.default is not None:
            check = self.imports.name("._runtime.client.parameters", "text_parameter")
            arguments += ["validate"]
            arguments += [] if leaf is None else [self._checked(leaf)]
            most = parameter.max_length
            arguments += [] if most is None else [f"most={most}"]
            if leaf is not None and self.contract.spec.line_ends is LineEnds.LF:
                arguments += ["any_line_end=True"]
            return check, arguments
        if isinstance(leaf, EnumType) and leaf.form is None:
            check = self.imports.name("._runtime.client.parameters", "code_parameter")
            return check, [*arguments, leaf.name]
        if isinstance(leaf, EnumType):
            check = self.imports.name("._runtime.client.parameters", "open_code_parameter")
            return check, [*arguments, "validate", f"form={self._form(leaf)}"]
        check = self.imports.name("._runtime.client.parameters", "written_parameter")
        return check, [*arguments, "validate", f"write={self._writer(leaf)}"]

    def _writer(self, leaf: DateType | IntegerType | DecimalType) -> str:
        """A function of a field's name and a value."""
        match leaf:
            case DateType(calendar=calendar):
                self.imports.name(".", "tables")
                return f"tables.{constant(leaf)}_FORM.write_{calendar.value}"
            case IntegerType(width=width):
                return self._partial("write_integer", leaf, width)
            case DecimalType(width=width):
                return self._partial("write_decimal", leaf, width)
            case _:
                assert_never(leaf)

    def _partial(self, writer: str, leaf: IntegerType | DecimalType, width: int) -> str:
        write = self.imports.name("._runtime.text.forms", writer)
        partial = self.imports.name("functools", "partial")
        return f"{partial}({write}, {self._form(leaf)}{f', width={width}' if width else ''})"

    def _checked(self, leaf: Type) -> str:
        """How a text is held against a type."""
        match leaf:
            case DateType(calendar=calendar):
                self.imports.name(".", "tables")
                return f"reads=tables.{constant(leaf)}_FORM.{date_reader(calendar)}"
            case EnumType(form=None, members=members):
                return f"spellings={tuple_of([member.spelling for member in members])}"
            case _:
                return f"form={self._form(leaf)}"

    def _form(self, leaf: Type) -> str:
        self.imports.name(".", "tables")
        return f"tables.{self.guards.names[Use(leaf.name, padded=False)]}"


def call_words(planned: PlannedCall) -> str:
    """What the docstring of a call says."""
    paragraphs = [words(planned.words) or f"A call of {planned.operation.name}."]
    if planned.section:
        source = f"{planned.operation.name}, section {planned.section} of the document"
        paragraphs.append(f"Source: {source}.")
    spec = planned.operation.spec
    interval = None if spec is None else spec.limits.interval_seconds
    paragraphs.append(effect_words(effect_of(planned.operation), interval))
    paragraphs.append(null_words(planned.operation))
    for parameter in planned.offered:
        told = " ".join(part for part in (parameter.words.en, parameter.words.zh) if part)
        paragraphs.append(f"`{parameter.python_name}`: {told}" if told else "")
    if planned.offered:
        paragraphs.append("Raises InvalidParameter for what the document does not allow.")
    return "\n\n".join(part for part in paragraphs if part)


def call_signature(
    contract: Contract, guards: Guards, parameter: Parameter, imports: Imports
) -> str:
    """A parameter as the head of a function has it: name, annotation, default."""
    annotation = _annotation(contract, guards, parameter, imports)
    default = "" if parameter.default is None else f" = {quoted(parameter.default)}"
    return f"{parameter.python_name}: {annotation}{default}"


def _annotation(contract: Contract, guards: Guards, parameter: Parameter, imports: Imports) -> str:
    leaf = _leaf(contract, parameter)
    if leaf is None or isinstance(leaf, TextType) or parameter.default is not None:
        return "str"
    if isinstance(leaf, IntegerType):
        numbers = few_numbers(guards.language(Use(leaf.name, padded=False)))
        if not numbers:
            return "int"
        literal = imports.name("typing", "Literal")
        return f"{literal}[{', '.join(map(str, numbers))}]"
    return leaf_type(leaf, imports)


def _leaf(contract: Contract, parameter: Parameter) -> Type | None:
    return None if parameter.type is None else as_leaf(contract.definitions[parameter.type])


def rule_of(contract: Contract, parameter: Parameter, *, indent: int) -> str:
    """The literal of what a caller gets whose value does not fit; long ones in pieces."""
    told = [part for part in (parameter.message.en, parameter.message.zh) if part]
    if not told and parameter.max_length is not None:
        told = [f"at most {counted(parameter.max_length, 'character')}"]
    told = told or [_kind_of(_leaf(contract, parameter))]
    whole = " / ".join(told)
    if indent + display_width(quoted(whole)) < WIDTH:
        return quoted(whole)
    lines = [f"{line} / " for line in told[:-1]] + told[-1:]
    pieces = [piece for line in lines for piece in _broken(line)]
    return f"\n{' ' * indent}".join(map(quoted, pieces))


def _kind_of(leaf: Type | None) -> str:
    match leaf:
        case None:
            return "give a text"
        case DateType(source=source):
            return f"is no {leaf.name}, which is written {source}"
        case EnumType():
            return f"is no {leaf.name}"
        case _:
            return f"is no {leaf.name}, which is written {leaf.form.source}"


def _broken(text: str) -> list[str]:
    """The text in pieces that fit into a line, broken behind blanks where there are any."""
    pieces: list[str] = []
    here = ""
    for word in re.split("(?<= )|(?<=[，。；：])", text):
        if here and display_width(here + word) > _ROOM:
            pieces.append(here)
            here = ""
        here += word
    return [*pieces, here]


def _constant(operation: ContractOperation) -> str:
    return f"_{operation.python_name.strip('_').upper()}"
