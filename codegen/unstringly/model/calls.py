"""The calls of operations: functions with the parameters that callers give.

An operation and each of its variants is a function of its own. Parameters stand in the WSDL's
order; those that are bound to the client or fixed are not offered.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import LocalizedText, untagged
from unstringly.model.service import Binding, BindingKind, BoundOperation, Operation, Part
from unstringly.model.spec import Effect, Parameter, Variant
from unstringly.names import parameter_name


class PlannedCall(Struct, frozen=True):
    """A function that makes a call of an operation.

    `section` is that of the document; `parameters` are all of the operation's.
    """

    operation: ContractOperation
    python_name: str
    words: LocalizedText
    section: str
    parameters: tuple[Parameter, ...]

    @property
    def offered(self) -> tuple[Parameter, ...]:
        """The parameters that callers give, those without a default first."""
        offered = [
            parameter
            for parameter in self.parameters
            if not parameter.bound and parameter.fixed is None
        ]
        return tuple(sorted(offered, key=lambda parameter: parameter.default is not None))


class WireBinding(Struct, frozen=True):
    """An operation as one kind of binding offers it."""

    kind: BindingKind
    operation: Operation
    bound: BoundOperation


def planned_calls(contract: Contract) -> tuple[PlannedCall, ...]:
    """Return the calls of a service: operations and their variants, in the WSDL's order."""
    return tuple(call for operation in contract.operations for call in calls_of(operation))


def calls_of(operation: ContractOperation) -> tuple[PlannedCall, ...]:
    """Return the calls of an operation: its own, and those of its variants."""
    first = own_call(operation)
    variants = () if operation.spec is None else operation.spec.variants
    return (first, *(_varied(first, variant) for variant in variants))


def own_call(operation: ContractOperation) -> PlannedCall:
    """Return the call of an operation as it is without a variant."""
    spec = operation.spec
    stated = {} if spec is None else {parameter.name: parameter for parameter in spec.parameters}
    parts = operation.operation.input.parts
    parameters = tuple(stated.get(part.name) or _unspecified(part, operation) for part in parts)
    words = LocalizedText() if spec is None else spec.words
    if not words.paragraphs:
        words = untagged(operation.operation.documentation)
    section = "" if spec is None else spec.section
    return PlannedCall(operation, operation.python_name, words, section, parameters)


def _varied(first: PlannedCall, variant: Variant) -> PlannedCall:
    """Return the call of a variant, which restates parameters of the operation's own call."""
    restated = {parameter.name: parameter for parameter in variant.parameters}
    return PlannedCall(
        first.operation,
        variant.python_name,
        variant.words,
        variant.section,
        tuple(restated.get(parameter.name, parameter) for parameter in first.parameters),
    )


def _unspecified(part: Part, operation: ContractOperation) -> Parameter:
    """Return a parameter that the spec does not mention: any text, or value of a structure."""
    return Parameter(
        name=part.name,
        python_name=parameter_name(part.slot.replace(".", "_") or part.name),
        words=untagged(part.documentation),
        type=None,
        type_span=operation.operation.span,
        secret=False,
        bound=False,
        default=None,
        fixed=None,
        max_length=None,
        message=LocalizedText(),
        span=operation.operation.span,
    )


def effect_of(operation: ContractOperation) -> Effect:
    """Return the effect of a call; an operation that the spec does not mention counts as a send."""
    return Effect.SEND if operation.spec is None else operation.spec.effect


def wire_bindings(contract: Contract) -> Mapping[str, tuple[WireBinding, ...]]:
    """Return the bindings of each operation, by its name: for each kind, that of the first port."""
    by_name: dict[str, dict[BindingKind, WireBinding]] = {}
    for port in contract.service.ports:
        binding: Binding = port.binding
        for operation, bound in zip(binding.port_type.operations, binding.operations, strict=True):
            by_kind = by_name.setdefault(operation.name, {})
            by_kind.setdefault(binding.kind, WireBinding(binding.kind, operation, bound))
    return {name: tuple(by_kind.values()) for name, by_kind in by_name.items()}


def page_name(planned: PlannedCall) -> str:
    """Return the name of the method that polls page by page."""
    return f"{planned.python_name}_pages"


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name for a variable that is none of some others: `_name` if `name` is taken."""
    others = frozenset(taken)
    while name in others:
        name = f"_{name}"
    return name
