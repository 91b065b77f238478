"""The parameters of calls in Python: names, annotations, defaults, and what has to be so."""

from unstringly.counting import counted
from unstringly.model.contract import Contract
from unstringly.model.grammar import DateType, EnumType, IntegerType, TextType, Type
from unstringly.model.parts import as_leaf
from unstringly.model.spec import Parameter
from unstringly.model.uses import Use
from unstringly.plan.calls import PlannedCall, effect_of, few_numbers
from unstringly.plan.guards import Guards
from unstringly.plan.operations import effect_words, null_words
from unstringly.plan.symbols import LITERAL
from unstringly.plan.vocabulary import leaf_type, words
from unstringly.python import statement_nodes
from unstringly.python.build import INT, STR, generic, in_pieces
from unstringly.python.nodes import Expression, Number, Text


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


def call_signature(
    contract: Contract, guards: Guards, parameter: Parameter
) -> statement_nodes.Parameter:
    """A parameter as the head of a function has it: name, annotation, default."""
    default = None if parameter.default is None else Text(parameter.default)
    return statement_nodes.Parameter(
        parameter.python_name, _annotation(contract, guards, parameter), default
    )


def _annotation(contract: Contract, guards: Guards, parameter: Parameter) -> Expression:
    leaf = leaf_of(contract, parameter)
    if leaf is None or isinstance(leaf, TextType) or parameter.default is not None:
        return STR
    if isinstance(leaf, IntegerType):
        numbers = few_numbers(guards.language(Use(leaf.name, padded=False)))
        return generic(LITERAL, *map(Number, numbers)) if numbers else INT
    return leaf_type(leaf)


def leaf_of(contract: Contract, parameter: Parameter) -> Type | None:
    """The type of a parameter; None for any text."""
    return None if parameter.type is None else as_leaf(contract.definitions[parameter.type])


def rule_of(contract: Contract, parameter: Parameter) -> Expression:
    """The literal of what a caller gets whose value does not fit; a long one in pieces."""
    told = list(parameter.message.paragraphs)
    if not told and parameter.max_length is not None:
        told = [f"at most {counted(parameter.max_length, 'character')}"]
    told = told or [_kind_of(leaf_of(contract, parameter))]
    return in_pieces(*(f"{line} / " for line in told[:-1]), told[-1])


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
