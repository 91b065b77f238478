"""The parameters of calls in Python: names, annotations, defaults, and what has to be so."""

from unstringly.counting import counted
from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.kinds.table import kind_of
from unstringly.model.calls import PlannedCall, effect_of
from unstringly.model.contract import Contract
from unstringly.model.parts import as_leaf
from unstringly.model.spec import Parameter
from unstringly.model.uses import Use
from unstringly.plan.docstrings import effect_words, null_words
from unstringly.plan.guards import Guards
from unstringly.plan.structures import arguments_of, in_order, is_typed
from unstringly.plan.vocabulary import words
from unstringly.python import statement_nodes
from unstringly.python.build import STR, in_pieces
from unstringly.python.nodes import Expression, Text
from unstringly.shapes.arguments import Argument
from unstringly.shapes.operations import Structured


def call_words(planned: PlannedCall) -> str:
    """The docstring of a call."""
    paragraphs = [words(planned.words) or f"A call of {planned.operation.name}."]
    if planned.section:
        source = f"{planned.operation.name}, section {planned.section} of the document"
        paragraphs.append(f"Source: {source}.")
    spec = planned.operation.spec
    interval = None if spec is None else spec.limits.interval_seconds
    paragraphs.append(effect_words(effect_of(planned.operation), interval))
    paragraphs.append(null_words(planned.operation))
    for parameter in planned.offered:
        told = " ".join(parameter.words.paragraphs)
        paragraphs.append(f"`{parameter.python_name}`: {told}" if told else "")
    if planned.offered:
        paragraphs.append("Raises InvalidParameter for what the document does not allow.")
    return "\n\n".join(part for part in paragraphs if part)


def signature_of(
    contract: Contract, guards: Guards, planned: PlannedCall, structured: Structured | None
) -> tuple[statement_nodes.Parameter, ...]:
    """The parameters of a call, those without a default first."""
    arguments = arguments_of(structured)
    return tuple(
        _of_argument(arguments[parameter.name], parameter)
        if parameter.name in arguments and is_typed(arguments[parameter.name], parameter)
        else call_signature(contract, guards, parameter)
        for parameter in in_order(planned, structured)
    )


def _of_argument(argument: Argument, parameter: Parameter) -> statement_nodes.Parameter:
    """A parameter that takes values of its type in the schema."""
    return statement_nodes.Parameter(parameter.python_name, argument.annotation, argument.default)


def call_signature(
    contract: Contract, guards: Guards, parameter: Parameter
) -> statement_nodes.Parameter:
    """A parameter as the head of a function has it: name, annotation, default."""
    default = None if parameter.default is None else Text(parameter.default)
    return statement_nodes.Parameter(
        parameter.python_name, _annotation(contract, guards, parameter), default
    )


def _annotation(contract: Contract, guards: Guards, parameter: Parameter) -> Expression:
    kind = kind_of_parameter(contract, parameter)
    if kind is None or parameter.default is not None:
        return STR
    return kind.argument_type(guards.language(Use(kind.name, padded=False)))


def kind_of_parameter(contract: Contract, parameter: Parameter) -> LeafKind[Leaf] | None:
    """The kind of a parameter's type; None for any text."""
    if parameter.type is None:
        return None
    return kind_of(as_leaf(contract.definitions[parameter.type]))


def rule_of(contract: Contract, parameter: Parameter) -> Expression:
    """The literal of what a caller gets whose value does not fit; a long one in pieces."""
    told = list(parameter.message.paragraphs)
    if not told and parameter.max_length is not None:
        told = [f"at most {counted(parameter.max_length, 'character')}"]
    if not told:
        kind = kind_of_parameter(contract, parameter)
        told = ["give a text" if kind is None else kind.described]
    return in_pieces(*(f"{line} / " for line in told[:-1]), told[-1])
