"""Plans `operations.py`: a function for each call, and a constant for each operation."""

from collections.abc import Mapping

from unstringly.kinds.leaf import VALIDATE, Leaf, LeafKind
from unstringly.model.calls import (
    PlannedCall,
    effect_of,
    free_name,
    own_call,
    planned_calls,
    wire_bindings,
)
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import LineEnds
from unstringly.model.parts import may_be_list
from unstringly.model.roots import inner_texts
from unstringly.model.schema_names import ComponentName
from unstringly.model.spec import OperationSpec, Parameter
from unstringly.model.uses import Use
from unstringly.plan.answers import response_headers
from unstringly.plan.assertions import additions
from unstringly.plan.call_parameters import call_words, kind_of_parameter, rule_of, signature_of
from unstringly.plan.endpoints import endpoint, member, other_endpoints
from unstringly.plan.guards import Guards, package_of
from unstringly.plan.module import Body
from unstringly.plan.structures import (
    arguments_of,
    is_typed,
    messages,
    result_of,
)
from unstringly.plan.vocabulary import python_type
from unstringly.python import statement_nodes
from unstringly.python.build import BOOL, STR, TRUE, call, generic, texts, tuple_of
from unstringly.python.imports import in_order
from unstringly.python.nodes import Dict, Expression, Name, Number, Subscript, Symbol, Text
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
from unstringly.shapes.arguments import Argument
from unstringly.shapes.service import Shaped

SHOWN = "tracebacks may show variables"


def operations_view(
    contract: Contract,
    guards: Guards,
    shaped: Shaped,
    faults: Mapping[ComponentName, Symbol],
) -> Body:
    """Return the view of `operations.py`."""
    planner = _Planner(contract, guards, shaped, faults)
    constants = [planner.operation(operation) for operation in contract.operations]
    functions = [planner.call(planned) for planned in planned_calls(contract)]
    rows = tuple((Text(operation.name), _constant(operation)) for operation in contract.operations)
    table = AnnotatedAssign(
        "OPERATIONS", generic(FINAL, generic(MAPPING, STR, OPERATION)), Dict(rows, bool(rows))
    )
    doc = Docstring("The operations by their names in the WSDL.")
    names = in_order(["OPERATIONS", *(function.name for function in functions)])
    return Body(tuple(names), (*constants, table, doc, *functions))


class _Planner:
    """Plans the constants and functions of a contract's operations."""

    def __init__(
        self,
        contract: Contract,
        guards: Guards,
        shaped: Shaped,
        faults: Mapping[ComponentName, Symbol],
    ) -> None:
        self.faults = faults
        self.shaped = shaped
        self.contract = contract
        self.definitions = contract.definitions
        self.guards = guards
        self.package = package_of(contract, guards)
        self.bindings = wire_bindings(contract)
        self.has_lists = any(
            may_be_list(contract.definitions, name) for name in inner_texts(contract)
        )

    def operation(self, operation: ContractOperation) -> Statement:
        """Return the constant of an operation."""
        bindings = self.bindings.get(operation.name, ())
        options: dict[str, Expression] = {
            "bindings": tuple_of(*(member(binding.kind) for binding in bindings)),
            "effect": Text(effect_of(operation).value),
            **_parameter_options(operation),
        }
        if operation.spec is not None:
            options |= _limit_options(operation.spec)
        if others := other_endpoints(self.contract, bindings):
            options["others"] = Dict(others)
        if structured := self.shaped.structured(operation.name):
            answers = response_headers(operation, structured) if structured.answers else None
            options["messages"] = messages(structured, self.faults, answers)
        if asserted := additions(self.contract, bindings):
            options["asserted"] = Dict(asserted)
        value = call(OPERATION, Text(operation.name), endpoint(self.contract, bindings), **options)
        return Assign((_constant(operation),), value)

    def call(self, planned: PlannedCall) -> Function:
        """Return the function that makes a call."""
        operation = planned.operation
        returns: Expression = STR
        parse: Expression = STR
        structured = self.shaped.structured(operation.name)
        if structured is not None:
            watched = operation.name if self.has_lists else ""
            returns, parse = structured.result, result_of(structured, watched)
        elif operation.result is not None:
            returns = python_type(self.definitions, operation.result, writes=False)
            parse = parser(operation.python_name)
        signature = signature_of(self.contract, self.guards, planned, structured)
        sealed = Name(free_name("sealed", (parameter.name for parameter in signature)))
        own = _not_of_the_client(planned)
        secret = [parameter for parameter in own if parameter.secret and parameter.fixed is None]
        arguments = arguments_of(structured)
        values = Dict(
            tuple(
                (Text(parameter.name if argument is None else argument.slot), value)
                for parameter in own
                for argument in [arguments.get(parameter.name)]
                for value in [self._own(parameter, argument, sealed)]
            )
        )
        value = call(CALL, _constant(operation), values, parse, **_renamed(planned))
        words = call_words(planned).removeprefix(f"A call of {operation.name}.\n\n")
        doc = f"A call of {operation.name}, which is yet to be made.\n\n{words}"
        return Function(
            planned.python_name,
            (),
            generic(CALL, returns),
            (*self._sealed(secret, sealed), Return(value)),
            doc=doc,
            keyword_only=(*signature, statement_nodes.Parameter("validate", BOOL, TRUE)),
        )

    def _sealed(self, secret: list[Parameter], name: Name) -> tuple[Statement, ...]:
        """Return the statements after which no variable holds a secret as it is."""
        if not secret:
            return ()
        entries: list[tuple[Expression, Expression]] = []
        for parameter in secret:
            check, arguments, options = self._check(parameter)
            sealed = call(parameters("sealed_parameter"), check, *arguments, **options)
            entries.append((Text(parameter.name), sealed))
        names = tuple(parameter.python_name for parameter in secret)
        return (Assign((name,), Dict(tuple(entries))), Delete(names, SHOWN))

    def _own(self, parameter: Parameter, argument: Argument | None, sealed: Name) -> Expression:
        """Return the value that is sent for a parameter, taken out of the sealed ones if secret."""
        if is_typed(argument, parameter):
            return Name(parameter.python_name)
        if not parameter.secret:
            return self._written(parameter)
        if parameter.fixed is not None:
            return call(SECRET, Text(parameter.fixed))
        return call(parameters("taken"), Subscript(sealed, (Text(parameter.name),)))

    def _written(self, parameter: Parameter) -> Expression:
        """Return the value that is sent for a parameter that is not secret."""
        if parameter.fixed is not None:
            return Text(parameter.fixed)
        check, arguments, options = self._check(parameter)
        return call(check, *arguments, **options)

    def _check(
        self, parameter: Parameter
    ) -> tuple[Expression, list[Expression], dict[str, Expression]]:
        """Return the function that checks a parameter and writes it, and its arguments."""
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
        """Return the arguments by which a text is checked against a type."""
        options = {} if kind is None else dict(kind.text_options(self._form(kind)))
        if parameter.max_length is not None:
            options["most"] = Number(parameter.max_length)
        if kind is not None and self.contract.spec.line_ends is LineEnds.LF:
            options["any_line_end"] = TRUE
        return options

    def _form(self, kind: LeafKind[Leaf]) -> Expression:
        return self.package.form(Use(kind.name, padded=False))


def _parameter_options(operation: ContractOperation) -> dict[str, Expression]:
    """Return the options of an operation that list its parameters: by their names in the WSDL.

    Those of a structured one are listed by their slots.
    """
    own = own_call(operation).parameters
    slots = {part.name: part.slot or part.name for part in operation.operation.input.parts}
    names = ((Text(slots[own.name]), Text(own.python_name)) for own in own)
    options: dict[str, Expression] = {"parameters": Dict(tuple(names))}
    if bound := [slots[parameter.name] for parameter in own if parameter.bound]:
        options["bound"] = texts(bound)
    if secret := [slots[parameter.name] for parameter in own if parameter.secret]:
        options["secret"] = texts(secret)
    return options


def _limit_options(spec: OperationSpec) -> dict[str, Expression]:
    """Return the options of an operation for its limits, and for the text that null stands for."""
    limits = {
        "interval": spec.limits.interval_seconds,
        "page": spec.limits.page,
        "retention": spec.limits.retention_seconds,
    }
    options: dict[str, Expression] = {
        name: Number(number) for name, number in limits.items() if number
    }
    if spec.null is not None:
        options["null"] = Text(spec.null)
    return options


def _not_of_the_client(planned: PlannedCall) -> list[Parameter]:
    """Return the parameters of a call that are not given to its client."""
    return [
        parameter
        for parameter in planned.parameters
        if not parameter.bound or parameter.fixed is not None
    ]


def _renamed(planned: PlannedCall) -> dict[str, Expression]:
    """Return the option with the client's parameters that a variant gives another Python name."""
    pairs = zip(planned.parameters, own_call(planned.operation).parameters, strict=True)
    renamed = tuple(
        (Text(parameter.name), Text(parameter.python_name))
        for parameter, own in pairs
        if parameter.bound and parameter.fixed is None
        if parameter.python_name != own.python_name
    )
    return {"bound": Dict(renamed)} if renamed else {}


def _constant(operation: ContractOperation) -> Name:
    return Name(f"_{operation.python_name.strip('_').upper()}")
