"""Service and spec, joined: every name is looked up, every definition used as its kind allows.

The value that comes out mentions nothing that is not there; what had to be left out is in the
diagnostics.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import assert_never

from unstringly.automata.compile import reachable
from unstringly.diagnostics import Diagnostic, Rule, Span
from unstringly.link_rules import (
    ALTERNATIVES_ALIKE,
    CONTAINS_ITSELF,
    NAMES_COLLIDE,
    NO_GRAMMAR,
    NO_IDENTIFIER,
    NOT_A_STRING,
    NOT_ALLOWED_HERE,
    SERVICE_DIFFERS,
    UNDEFINED,
    UNKNOWN_OPERATION,
    UNKNOWN_PARAMETER,
    UNUSED,
)
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import (
    Calendar,
    ChoiceGrammar,
    DateType,
    DecimalType,
    Definition,
    EnumType,
    IntegerType,
    ListGrammar,
    OperationSpec,
    Parameter,
    Record,
    Spec,
    TextType,
)
from unstringly.model.service import Operation, Service
from unstringly.names import is_identifier, snake_case

XSD_STRING = ("http://www.w3.org/2001/XMLSchema", "string")


def link(service: Service, spec: Spec) -> tuple[Contract, tuple[Diagnostic, ...]]:
    """The contract of a service and its spec, and what does not fit together."""
    linker = _Linker(service, spec)
    return linker.contract(), tuple(linker.findings)


class _Linker:
    def __init__(self, service: Service, spec: Spec) -> None:
        self.service = service
        self.spec = spec
        self.findings: list[Diagnostic] = []

    def report(self, rule: Rule, span: Span, message: str, help_text: str = "") -> None:
        self.findings.append(Diagnostic(rule, span, message, help_text))

    def contract(self) -> Contract:
        if self.spec.service != self.service.name:
            self.report(
                SERVICE_DIFFERS,
                self.spec.span,
                f"the spec is about service {self.spec.service!r}, the WSDL describes "
                f"{self.service.name!r}",
                f"write `service: {self.service.name}`, or give the other WSDL with `wsdl:`",
            )
        definitions = self._definitions()
        specs = {operation.name: operation for operation in self._operation_specs(definitions)}
        operations = self._named(
            tuple(
                self._operation(operation, specs.get(operation.name), definitions)
                for operation in self.service.operations().values()
            )
        )
        self._unused(definitions)
        return Contract(self.service, self.spec, MappingProxyType(definitions), operations)

    # Definitions

    def _definitions(self) -> dict[str, Definition]:
        """The definitions of which every name is defined, and none contains itself."""
        known = dict(self.spec.definitions)
        for definition in known.values():
            for name, span in _uses(definition):
                self._defined(name, span, known)
                if name in known:
                    self._allowed(definition, known[name], span)
        while True:
            bad = {
                name
                for name, definition in known.items()
                if any(
                    used not in known or not _may_contain(definition, known[used])
                    for used, _ in _uses(definition)
                )
            }
            if not bad:
                break
            known = {name: each for name, each in known.items() if name not in bad}
        circular = {name for name in known if self._contains_itself(name, known)}
        for name in sorted(circular):
            self.report(
                CONTAINS_ITSELF,
                known[name].span,
                f"{name} contains itself",
                "a delimited text of this kind has no end; name the inner part differently",
            )
        known = {
            name: each
            for name, each in known.items()
            if not any(used in circular for used in reachable(known, name))
        }
        for definition in known.values():
            match definition:
                case ChoiceGrammar():
                    self._alternatives(definition, known)
                case ListGrammar(items=items, item_spans=spans):
                    self._distinct(items, spans, known)
                case _:
                    pass
        return known

    def _contains_itself(self, name: str, known: Mapping[str, Definition]) -> bool:
        inside = {used for used, _ in _uses(known[name])}
        return any(name in reachable(known, used) for used in inside)

    def _defined(self, name: str, span: Span, known: Mapping[str, Definition]) -> bool:
        if name in known:
            return True
        self.report(UNDEFINED, span, f"{name!r} is not defined", _did_you_mean(name, known))
        return False

    def _allowed(self, outer: Definition, inner: Definition, span: Span) -> None:
        if not _may_contain(outer, inner):
            self.report(
                NOT_ALLOWED_HERE,
                span,
                f"{inner.name!r} is a {_kind(inner)}, which a {_kind(outer)} does not hold",
                "a record holds types, records and lists; a list types and records; "
                "a choice types, records and one list",
            )

    def _alternatives(self, choice: ChoiceGrammar, known: Mapping[str, Definition]) -> None:
        """At most one list, of which no item is an alternative itself."""
        lists: list[ListGrammar] = []
        for name, span in zip(choice.alternatives, choice.alternative_spans, strict=True):
            definition = known[name]
            if isinstance(definition, ListGrammar):
                lists.append(definition)
                if len(lists) > 1:
                    self.report(
                        ALTERNATIVES_ALIKE,
                        span,
                        "a choice has at most one list",
                        "make one list of both kinds of items: `list: [A, B]`",
                    )
        names = [*choice.alternatives, *(item for each in lists[:1] for item in each.items)]
        spans = [*choice.alternative_spans, *(s for each in lists[:1] for s in each.item_spans)]
        self._distinct(names, spans, known)

    def _distinct(
        self, names: Sequence[str], spans: Sequence[Span], known: Mapping[str, Definition]
    ) -> None:
        """Alternatives are told apart by their Python classes: callers do, and format does."""
        seen: dict[str, str] = {}
        for name, span in zip(names, spans, strict=True):
            python_class = _python_class(known[name])
            if python_class in seen:
                self.report(
                    ALTERNATIVES_ALIKE,
                    span,
                    f"{name!r} and {seen[python_class]!r} are both {python_class} in Python",
                    "make one of them an enum, a number, a date or a record",
                )
            seen[python_class] = name

    def _unused(self, definitions: Mapping[str, Definition]) -> None:
        used: set[str] = set()
        for name, _ in self._roots():
            if name in definitions:
                used.update(reachable(definitions, name))
        mentioned = {name for each in self.spec.definitions.values() for name, _ in _uses(each)}
        for name, definition in self.spec.definitions.items():
            if name not in used and (name in definitions or name not in mentioned):
                self.report(
                    UNUSED,
                    definition.span,
                    f"nothing uses {_kind(definition)} {name!r}",
                    "name it as a `result`, in a record, list or choice, or remove it",
                )

    def _roots(self) -> Iterator[tuple[str, Span]]:
        for operation in self.spec.operations:
            if operation.result is not None:
                yield operation.result, operation.result_span
            for parameter in (
                *operation.parameters,
                *(each for variant in operation.variants for each in variant.parameters),
            ):
                if parameter.type is not None:
                    yield parameter.type, parameter.type_span
        for callback in self.spec.callbacks:
            for field in callback.fields:
                yield field.type, field.type_span

    # Operations

    def _operation_specs(self, definitions: Mapping[str, Definition]) -> Iterator[OperationSpec]:
        offered = self.service.operations()
        for spec in self.spec.operations:
            if spec.name not in offered:
                self.report(
                    UNKNOWN_OPERATION,
                    spec.span,
                    f"the WSDL has no operation {spec.name!r}",
                    _did_you_mean(spec.name, offered),
                )
                continue
            parts = {part.name: part for part in offered[spec.name].input.parts}
            yield replace(
                spec,
                parameters=self._parameters(spec.name, spec.parameters, parts, definitions),
                variants=tuple(
                    replace(
                        variant,
                        parameters=self._parameters(
                            spec.name, variant.parameters, parts, definitions
                        ),
                    )
                    for variant in spec.variants
                ),
            )
        for callback in self.spec.callbacks:
            for field in callback.fields:
                self._defined(field.type, field.type_span, self.spec.definitions)

    def _parameters(
        self,
        operation: str,
        parameters: tuple[Parameter, ...],
        parts: Mapping[str, object],
        definitions: Mapping[str, Definition],
    ) -> tuple[Parameter, ...]:
        kept: list[Parameter] = []
        for parameter in parameters:
            if parameter.name not in parts:
                self.report(
                    UNKNOWN_PARAMETER,
                    parameter.span,
                    f"operation {operation!r} has no parameter {parameter.name!r} in the WSDL",
                    _did_you_mean(parameter.name, parts),
                )
                continue
            python_name = parameter.python_name or snake_case(parameter.name)
            leaf = self._parameter_type(parameter, definitions)
            kept.append(replace(parameter, python_name=python_name, type=leaf))
        return tuple(kept)

    def _parameter_type(
        self, parameter: Parameter, definitions: Mapping[str, Definition]
    ) -> str | None:
        if parameter.type is None or not self._defined(
            parameter.type, parameter.type_span, self.spec.definitions
        ):
            return None
        definition = self.spec.definitions[parameter.type]
        if isinstance(definition, Record | ListGrammar | ChoiceGrammar):
            self.report(
                NOT_ALLOWED_HERE,
                parameter.type_span,
                f"{definition.name!r} is a {_kind(definition)}; a parameter is of a type",
                "use a definition from `types`",
            )
            return None
        return parameter.type if parameter.type in definitions else None

    def _operation(
        self,
        operation: Operation,
        spec: OperationSpec | None,
        definitions: Mapping[str, Definition],
    ) -> ContractOperation:
        given = spec.python_name if spec is not None else ""
        python_name = given or snake_case(operation.name)
        result = self._result(operation, spec, definitions)
        return ContractOperation(operation.name, python_name, operation, spec, result)

    def _named(self, operations: tuple[ContractOperation, ...]) -> tuple[ContractOperation, ...]:
        """The operations whose Python names are identifiers and unlike each other."""
        kept: dict[str, ContractOperation] = {}
        for each in operations:
            span = each.operation.span if each.spec is None else each.spec.span
            if not is_identifier(each.python_name):
                self.report(
                    NO_IDENTIFIER,
                    span,
                    f"operation {each.name!r} makes the name {each.python_name!r}, "
                    "which is no Python identifier",
                    "give the operation a `python_name`",
                )
            elif each.python_name in kept:
                self.report(
                    NAMES_COLLIDE,
                    span,
                    f"operations {each.name!r} and {kept[each.python_name].name!r} are both "
                    f"{each.python_name!r} in Python",
                    "give one of them a `python_name`",
                )
            else:
                kept[each.python_name] = each
        return tuple(kept.values())

    def _result(
        self,
        operation: Operation,
        spec: OperationSpec | None,
        definitions: Mapping[str, Definition],
    ) -> str | None:
        span = self.spec.span if spec is None else spec.span
        type_names = [(part.type.namespace, part.type.local) for part in operation.output.parts]
        is_string = type_names == [XSD_STRING]
        if spec is None or spec.result is None:
            if is_string:
                self.report(
                    NO_GRAMMAR,
                    span,
                    f"the string result of {operation.name!r} has no grammar: it stays a `str`",
                    f"give `operations: {{{operation.name}: {{result: …}}}}` a grammar",
                )
            return None
        if not self._defined(spec.result, spec.result_span, self.spec.definitions):
            return None
        if not is_string:
            self.report(
                NOT_A_STRING,
                spec.result_span,
                f"the result of {operation.name!r} is no xs:string in the WSDL",
                "remove `result`: only string results have a grammar",
            )
            return None
        return spec.result if spec.result in definitions else None


def _uses(definition: Definition) -> Iterator[tuple[str, Span]]:
    match definition:
        case Record(fields=fields):
            yield from ((field.type, field.type_span) for field in fields)
        case ListGrammar(items=items, item_spans=spans):
            yield from zip(items, spans, strict=True)
        case ChoiceGrammar(alternatives=alternatives, alternative_spans=spans):
            yield from zip(alternatives, spans, strict=True)
        case _:
            return


def _may_contain(outer: Definition, inner: Definition) -> bool:
    match outer, inner:
        case Record(), _:
            return not isinstance(inner, ChoiceGrammar)
        case ListGrammar(), _:
            return not isinstance(inner, ListGrammar | ChoiceGrammar)
        case ChoiceGrammar(), _:
            return not isinstance(inner, ChoiceGrammar)
        case _:
            return False


def _python_class(definition: Definition) -> str:
    match definition:
        case TextType():
            return "str"
        case IntegerType():
            return "int"
        case DecimalType():
            return "Decimal"
        case DateType(calendar=Calendar.TIME):
            return "time"
        case DateType():
            return "date"  # a datetime is a date too
        case EnumType() | Record():
            return definition.name
        case ListGrammar() | ChoiceGrammar():
            return "a list"
        case _:
            assert_never(definition)


def _kind(definition: Definition) -> str:
    match definition:
        case Record():
            return "record"
        case ListGrammar():
            return "list"
        case ChoiceGrammar():
            return "choice"
        case _:
            return "type"


def _did_you_mean(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    listed = ", ".join(list(known)[:8])
    return f"there are: {listed}" if listed else ""
