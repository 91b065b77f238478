"""Plans `operations.py`: a function for each call, and what the WSDL says of each operation."""

from unstringly.kinds.leaf import VALIDATE, Leaf, LeafKind
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import LineEnds
from unstringly.model.spec import Parameter
from unstringly.model.uses import Use
from unstringly.plan.call_parameters import call_signature, call_words, kind_of_parameter, rule_of
from unstringly.plan.calls import (
    PlannedCall,
    effect_of,
    free_name,
    own_call,
    planned_calls,
    wire_bindings,
)
from unstringly.plan.endpoints import endpoint, member, other_endpoints
from unstringly.plan.guards import Guards, package_of
from unstringly.plan.module import Body
from unstringly.plan.vocabulary import python_type
from unstringly.python import statement_nodes
from unstringly.python.build import BOOL, STR, TRUE, call, generic, texts, tuple_of
from unstringly.python.imports import in_order
from unstringly.python.nodes import Dict, Expression, Name, Number, Subscript, Text
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Delete,
    Docstring,
    Function,
    Return,
    Statement,
)
from unstringly.python.symbols import (
    CALL,
    FINAL,
    MAPPING,
    OPERATION,
    SECRET,
    parameters,
    parser,
)

SHOWN = "tracebacks may show variables"


def operations_view(contract: Contract, guards: Guards) -> Body:
    """The view of `operations.py`."""
    planner = _Planner(contract, guards)
    constants = [planner.operation(operation) for operation in contract.operations]
    functions = [planner.call(each) for each in planned_calls(contract)]
    rows = tuple((Text(each.name), _constant(each)) for each in contract.operations)
    table = AnnotatedAssign(
        "OPERATIONS", generic(FINAL, generic(MAPPING, STR, OPERATION)), Dict(rows, bool(rows))
    )
    doc = Docstring("The operations by their names in the WSDL.")
    names = in_order(["OPERATIONS", *(each.name for each in functions)])
    return Body(tuple(names), (*constants, table, doc, *functions))


class _Planner:
    def __init__(self, contract: Contract, guards: Guards) -> None:
        self.contract = contract
        self.definitions = contract.definitions
        self.guards = guards
        self.package = package_of(contract, guards)
        self.bindings = wire_bindings(contract)

    def operation(self, operation: ContractOperation) -> Statement:
        """The constant of an operation."""
        spec = operation.spec
        bindings = self.bindings.get(operation.name, ())
        own = own_call(operation).parameters
        names = tuple((Text(each.name), Text(each.python_name)) for each in own)
        options: dict[str, Expression] = {
            "bindings": tuple_of(*(member(each.kind) for each in bindings)),
            "effect": Text(effect_of(operation).value),
            "parameters": Dict(names),
        }
        if bound := [each.name for each in own if each.bound]:
            options["bound"] = texts(bound)
        if secret := [each.name for each in own if each.secret]:
            options["secret"] = texts(secret)
        if spec is not None:
            limits = {
                "interval": spec.limits.interval_seconds,
                "page": spec.limits.page,
                "retention": spec.limits.retention_seconds,
            }
            options |= {name: Number(number) for name, number in limits.items() if number}
            if spec.null is not None:
                options["null"] = Text(spec.null)
        if others := other_endpoints(self.contract, bindings):
            options["others"] = Dict(others)
        made = call(OPERATION, Text(operation.name), endpoint(self.contract, bindings), **options)
        return Assign((_constant(operation),), made)

    def call(self, planned: PlannedCall) -> Function:
        """The function that makes a call."""
        operation = planned.operation
        returns: Expression = STR
        parse: Expression = STR
        if operation.result is not None:
            returns = python_type(self.definitions, operation.result, writes=False)
            parse = parser(operation.python_name)
        signature = [call_signature(self.contract, self.guards, each) for each in planned.offered]
        sealed = Name(free_name("sealed", (each.name for each in signature)))
        own = [each for each in planned.parameters if not each.bound or each.fixed is not None]
        secret = [each for each in own if each.secret and each.fixed is None]
        given = Dict(tuple((Text(each.name), self._own(each, sealed)) for each in own))
        usual = own_call(operation).parameters
        renamed = tuple(
            (Text(each.name), Text(each.python_name))
            for each, first in zip(planned.parameters, usual, strict=True)
            if each.bound and each.fixed is None and each.python_name != first.python_name
        )
        options: dict[str, Expression] = {"bound": Dict(renamed)} if renamed else {}
        made = call(CALL, _constant(operation), given, parse, **options)
        doc = f"A call of {operation.name}, which is yet to be made.\n\n{call_words(planned)}"
        return Function(
            planned.python_name,
            (),
            generic(CALL, returns),
            (*self._sealed(secret, sealed), Return(made)),
            doc=doc,
            keyword_only=(*signature, statement_nodes.Parameter("validate", BOOL, TRUE)),
        )

    def _sealed(self, secret: list[Parameter], name: Name) -> tuple[Statement, ...]:
        """The statements after which what is secret stands in no variable as it is."""
        if not secret:
            return ()
        entries: list[tuple[Expression, Expression]] = []
        for parameter in secret:
            check, arguments, options = self._check(parameter)
            sealed = call(parameters("sealed_parameter"), check, *arguments, **options)
            entries.append((Text(parameter.name), sealed))
        names = tuple(parameter.python_name for parameter in secret)
        return (Assign((name,), Dict(tuple(entries))), Delete(names, SHOWN))

    def _own(self, parameter: Parameter, sealed: Name) -> Expression:
        """The expression of what is sent, or of what is sealed already."""
        if not parameter.secret:
            return self._written(parameter)
        if parameter.fixed is not None:
            return call(SECRET, Text(parameter.fixed))
        return call(parameters("taken"), Subscript(sealed, (Text(parameter.name),)))

    def _written(self, parameter: Parameter) -> Expression:
        """The expression of what is sent."""
        if parameter.fixed is not None:
            return Text(parameter.fixed)
        check, arguments, options = self._check(parameter)
        return call(check, *arguments, **options)

    def _check(
        self, parameter: Parameter
    ) -> tuple[Expression, list[Expression], dict[str, Expression]]:
        """The function that gives what is sent, and its arguments."""
        name, kind = parameter.python_name, kind_of_parameter(self.contract, parameter)
        arguments: list[Expression] = [Text(name), Name(name), rule_of(self.contract, parameter)]
        if kind is None or kind.is_given_as_text or parameter.default is not None:
            options = self._text_options(parameter, kind)
            return parameters("text_parameter"), [*arguments, VALIDATE], options
        check = kind.argument_check(self._form(kind))
        return check.function, [*arguments, *check.arguments], dict(check.options)

    def _text_options(
        self, parameter: Parameter, kind: LeafKind[Leaf] | None
    ) -> dict[str, Expression]:
        """The arguments that say how a text is held against a type."""
        options = {} if kind is None else dict(kind.text_options(self._form(kind)))
        if parameter.max_length is not None:
            options["most"] = Number(parameter.max_length)
        if kind is not None and self.contract.spec.line_ends is LineEnds.LF:
            options["any_line_end"] = TRUE
        return options

    def _form(self, kind: LeafKind[Leaf]) -> Expression:
        return self.package.form(Use(kind.name, padded=False))


def _constant(operation: ContractOperation) -> Name:
    return Name(f"_{operation.python_name.strip('_').upper()}")
