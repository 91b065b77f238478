"""What callers give to an operation: its parameters as a Python function takes them.

An operation and each of its variants is a function of its own. Parameters stand in the WSDL's
order; those that are bound to the client or fixed are not offered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import Words
from unstringly.model.service import Binding, BindingKind, BoundOperation, Operation
from unstringly.model.spec import Effect, Parameter, Variant
from unstringly.names import snake_case


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A function that makes a call. `section` is the document's, `parameters` are all of them."""

    operation: ContractOperation
    python_name: str
    words: Words
    section: str
    parameters: tuple[Parameter, ...]

    @property
    def offered(self) -> tuple[Parameter, ...]:
        """What callers give: those without a default first."""
        given = [p for p in self.parameters if not p.bound and p.fixed is None]
        return tuple(sorted(given, key=lambda parameter: parameter.default is not None))


@dataclass(frozen=True, slots=True)
class WireBinding:
    """An operation as one kind of binding offers it."""

    kind: BindingKind
    operation: Operation
    bound: BoundOperation


def planned_calls(contract: Contract) -> tuple[PlannedCall, ...]:
    """The calls of a service: operations and their variants, in the WSDL's order."""
    return tuple(call for operation in contract.operations for call in calls_of(operation))


def calls_of(operation: ContractOperation) -> tuple[PlannedCall, ...]:
    """The calls of an operation: its own, and those of its variants."""
    first = own_call(operation)
    variants = () if operation.spec is None else operation.spec.variants
    return (first, *(_varied(first, variant) for variant in variants))


def own_call(operation: ContractOperation) -> PlannedCall:
    """The call of an operation as it is without a variant."""
    spec = operation.spec
    known = {} if spec is None else {each.name: each for each in spec.parameters}
    parts = operation.operation.input.parts
    parameters = tuple(known.get(part.name) or _unspecified(part.name, operation) for part in parts)
    words = Words(en=operation.operation.documentation) if spec is None else spec.words
    section = "" if spec is None else spec.section
    return PlannedCall(operation, operation.python_name, words, section, parameters)


def _varied(first: PlannedCall, variant: Variant) -> PlannedCall:
    """The call of a variant, which restates parameters of the operation's own call."""
    restated = {each.name: each for each in variant.parameters}
    return PlannedCall(
        first.operation,
        variant.python_name,
        variant.words,
        variant.section,
        tuple(restated.get(each.name, each) for each in first.parameters),
    )


def _unspecified(name: str, operation: ContractOperation) -> Parameter:
    """A parameter of which the spec says nothing: any text."""
    return Parameter(
        name=name,
        python_name=snake_case(name),
        words=Words(),
        type=None,
        type_span=operation.operation.span,
        secret=False,
        bound=False,
        default=None,
        fixed=None,
        max_length=None,
        message=Words(),
        span=operation.operation.span,
    )


def effect_of(operation: ContractOperation) -> Effect:
    """What a call does; without a word of the spec it is taken for a send, never repeated."""
    return Effect.SEND if operation.spec is None else operation.spec.effect


def wire_bindings(contract: Contract) -> Mapping[str, tuple[WireBinding, ...]]:
    """How each operation is offered, by its name, the first port of each kind."""
    found: dict[str, dict[BindingKind, WireBinding]] = {}
    for port in contract.service.ports:
        binding: Binding = port.binding
        for operation, bound in zip(binding.port_type.operations, binding.operations, strict=True):
            offered = found.setdefault(operation.name, {})
            offered.setdefault(binding.kind, WireBinding(binding.kind, operation, bound))
    return {name: tuple(offered.values()) for name, offered in found.items()}


def page_name(planned: PlannedCall) -> str:
    """The name of the method that polls page by page."""
    return f"{planned.python_name}_pages"


def free_name(name: str, taken: Iterable[str]) -> str:
    """A name for a variable that hides none of some others."""
    others = frozenset(taken)
    while name in others:
        name = f"_{name}"
    return name
