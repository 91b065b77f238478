"""Service and spec, joined: every name is looked up, every definition used as its kind allows.

The value that comes out mentions nothing that is not there; what had to be left out is in the
diagnostics.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Loss, Rule, Span
from unstringly.link.definitions import link_definitions, undefined
from unstringly.link.rules import (
    NAMES_COLLIDE,
    NO_GRAMMAR,
    NO_IDENTIFIER,
    NO_TEXT,
    NOT_A_STRING,
    NOT_ALLOWED_HERE,
    SERVICE_DIFFERS,
    UNDEFINED,
    UNKNOWN_OPERATION,
    UNKNOWN_PARAMETER,
    UNUSED,
)
from unstringly.link.words import did_you_mean, kind
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar, Record
from unstringly.model.parts import reachable
from unstringly.model.service import LeftOut, Operation, Part, Service
from unstringly.model.spec import OperationSpec, Parameter, Spec
from unstringly.names import call_name, free, is_identifier

XSD_STRING = ("http://www.w3.org/2001/XMLSchema", "string")


def link(
    service: Service, spec: Spec, left_out: Sequence[LeftOut] = ()
) -> tuple[Contract, tuple[Diagnostic, ...]]:
    """The contract of a service and its spec, and what does not fit together.

    `left_out` are operations that the WSDL has and the service does not.
    """
    definitions, findings = link_definitions(spec.definitions, spec.left_out)
    linker = _Linker(service, spec, left_out, definitions, findings)
    return linker.contract(), tuple(findings)


class _Linker:
    """Looks up what operations, parameters and callbacks name; `findings` grows on the way."""

    def __init__(
        self,
        service: Service,
        spec: Spec,
        left_out: Sequence[LeftOut],
        definitions: Mapping[str, Definition],
        findings: list[Diagnostic],
    ) -> None:
        self.service = service
        self.spec = spec
        self.left_out = {each.name: each.reasons[0] for each in left_out}
        self.definitions = definitions
        self.findings = findings

    def report(
        self,
        rule: Rule,
        span: Span,
        message: str,
        help_text: str,
        lost: tuple[Loss, ...] = (),
        about: str = "",
    ) -> None:
        self.findings.append(Diagnostic(rule, span, message, help_text, lost=lost, about=about))

    def contract(self) -> Contract:
        if self.spec.service != self.service.name:
            self.report(
                SERVICE_DIFFERS,
                self.spec.span,
                f"the spec is about service {self.spec.service!r}, the WSDL describes "
                f"{self.service.name!r}",
                f"write `service: {self.service.name}`, or save the WSDL of "
                f"{self.spec.service!r} beside the spec and name that file with `wsdl:`",
            )
        specs = {operation.name: operation for operation in self._operation_specs()}
        operations = self._named(
            tuple(
                self._operation(operation, specs.get(operation.name))
                for operation in self.service.operations().values()
            )
        )
        self._callbacks()
        for own in self.spec.strings:
            self._is_defined(own.grammar, own.grammar_span)
        self._unused()
        return Contract(
            self.service, self.spec, MappingProxyType(dict(self.definitions)), operations
        )

    def _unused(self) -> None:
        """Report what no result leads to, unless something is left out, which may lead on."""
        left_out = self.spec.left_out or self.spec.operations_left_out
        if any(finding.rule is UNDEFINED for finding in self.findings):
            return  # whose name may be that of something else
        if left_out or len(self.definitions) < len(self.spec.definitions):
            return
        used: set[str] = set()
        for name, _ in self._roots():
            if name in self.definitions:
                used.update(reachable(self.spec.definitions, name))
        for name, definition in self.definitions.items():
            if name not in used:
                self.report(
                    UNUSED,
                    definition.span,
                    f"nothing uses {kind(definition)} {name!r}",
                    "name it as a `result`, in `strings`, a record, list or choice, or remove it",
                    about=name,
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
        for own in self.spec.strings:
            yield own.grammar, own.grammar_span

    def _operation_specs(self) -> Iterator[OperationSpec]:
        offered = self.service.operations()
        for spec in self.spec.operations:
            if spec.name not in offered:
                self._unknown_operation(spec, offered)
                continue
            parts = {part.name: part for part in offered[spec.name].input.parts}
            yield replace(
                spec,
                parameters=self._parameters(spec.name, spec.parameters, parts),
                variants=tuple(
                    replace(
                        variant,
                        parameters=self._parameters(spec.name, variant.parameters, parts),
                    )
                    for variant in spec.variants
                ),
            )

    def _unknown_operation(self, spec: OperationSpec, offered: Mapping[str, Operation]) -> None:
        """Report an operation that the WSDL does not have, or that cannot be generated."""
        reason = self.left_out.get(spec.name)
        if reason is not None:
            span = reason.span
            place = f"{reason.rule.code} at {span.file}:{span.line}:{span.column}"
            self.report(
                UNKNOWN_OPERATION,
                spec.span,
                f"operation {spec.name!r} is left out of the package: {reason.message} ({place})",
                "remove it from `operations`, or see that finding",
            )
            return
        said = {each.name for each in self.spec.operations}
        self.report(
            UNKNOWN_OPERATION,
            spec.span,
            f"the WSDL has no operation {spec.name!r}",
            did_you_mean(spec.name, tuple(offered), said),
        )

    def _parameters(
        self,
        operation: str,
        parameters: tuple[Parameter, ...],
        parts: Mapping[str, Part],
    ) -> tuple[Parameter, ...]:
        kept: list[Parameter] = []
        for parameter in parameters:
            if parameter.name not in parts:
                self.report(
                    UNKNOWN_PARAMETER,
                    parameter.span,
                    f"operation {operation!r} has no parameter {parameter.name!r} in the WSDL",
                    did_you_mean(parameter.name, tuple(parts), {each.name for each in parameters}),
                )
                continue
            if parts[parameter.name].slot and not _takes_texts(parts[parameter.name]):
                self._no_text(operation, parameter)
            kept.append(replace(parameter, type=self._parameter_type(parameter)))
        return tuple(kept)

    def _no_text(self, operation: str, parameter: Parameter) -> None:
        """Report a parameter that is no text in the schema, if the spec describes it as one."""
        described = {
            "type": parameter.type,
            "default": parameter.default,
            "fixed": parameter.fixed,
            "max_length": parameter.max_length,
            "secret": parameter.secret or None,
            "bound": parameter.bound or None,
        }
        keys = [key for key, value in described.items() if value is not None]
        places = {own.place.partition("}")[2] or own.place for own in self.spec.strings}
        has_grammar = not places.isdisjoint((parameter.name, f"{operation}.{parameter.name}"))
        why = "has a grammar in `strings`" if has_grammar else "is no string in the WSDL"
        if keys:
            self.report(
                NO_TEXT,
                parameter.span,
                f"the parameter {parameter.name!r} {why}, and has `{keys[0]}`",
                "remove that: the parameter has the type of the schema",
            )

    def _parameter_type(self, parameter: Parameter) -> str | None:
        if parameter.type is None or not self._is_defined(parameter.type, parameter.type_span):
            return None
        definition = self.spec.definitions[parameter.type]
        if isinstance(definition, Record | ListGrammar | ChoiceGrammar):
            self.report(
                NOT_ALLOWED_HERE,
                parameter.type_span,
                f"{definition.name!r} is a {kind(definition)}; a parameter is of a type",
                "use a definition from `types`",
            )
            return None
        return parameter.type if parameter.type in self.definitions else None

    def _operation(self, operation: Operation, spec: OperationSpec | None) -> ContractOperation:
        python_name = spec.python_name if spec is not None else call_name(operation.name)
        result = self._result(operation, spec)
        return ContractOperation(operation.name, python_name, operation, spec, result)

    def _named(self, operations: tuple[ContractOperation, ...]) -> tuple[ContractOperation, ...]:
        """The operations whose Python names are identifiers and unlike each other.

        One that the spec does not mention gets a number if its name is that of another.
        """
        kept: dict[str, ContractOperation] = {}
        mentioned = {each.python_name for each in operations if each.spec is not None}
        for each in operations:
            if each.spec is None:
                each = replace(each, python_name=free(each.python_name, {*mentioned, *kept}))
            span = each.operation.span if each.spec is None else each.spec.span
            if not is_identifier(each.python_name):
                self.report(
                    NO_IDENTIFIER,
                    span,
                    f"operation {each.name!r} makes the name {each.python_name!r}, "
                    "which is no Python identifier",
                    "give the operation a `python_name`",
                    lost=(Loss(each.name),),
                )
            elif each.python_name in kept:
                self.report(
                    NAMES_COLLIDE,
                    span,
                    f"operations {each.name!r} and {kept[each.python_name].name!r} are both "
                    f"{each.python_name!r} in Python",
                    "give one of them a `python_name`",
                    lost=(Loss(each.name),),
                )
            else:
                kept[each.python_name] = each
        return tuple(kept.values())

    def _result(self, operation: Operation, spec: OperationSpec | None) -> str | None:
        span = operation.span if spec is None else spec.span
        results = () if operation.output is None else operation.output.parts
        type_names = [(part.type.namespace, part.type.local) for part in results]
        is_string = type_names == [XSD_STRING]
        if spec is None or spec.result is None:
            if is_string and operation.name not in self.spec.operations_left_out:
                self.report(
                    NO_GRAMMAR,
                    span,
                    f"the string result of {operation.name!r} has no grammar: it stays a `str`",
                    f"give `operations: {{{operation.name}: {{result: …}}}}` a grammar",
                    about=operation.name,
                )
            return None
        if not self._is_defined(spec.result, spec.result_span):
            return None
        if not is_string:
            inside = ", or name the string in `strings`" if self.spec.strings else ""
            self.report(
                NOT_A_STRING,
                spec.result_span,
                f"the result of {operation.name!r} is no xs:string in the WSDL",
                f"remove `result`: only string results have a grammar{inside}",
            )
            return None
        return spec.result if spec.result in self.definitions else None

    def _callbacks(self) -> None:
        for callback in self.spec.callbacks:
            for field in callback.fields:
                self._is_defined(field.type, field.type_span)

    def _is_defined(self, name: str, span: Span) -> bool:
        definitions = self.spec.definitions
        self.findings.extend(undefined(name, span, definitions, self.spec.left_out))
        return name in definitions


def _takes_texts(part: Part) -> bool:
    return (part.type.namespace, part.type.local) == XSD_STRING
