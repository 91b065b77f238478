"""The texts of a definition that stand in results as they are spelled, each with its place."""

from collections.abc import Iterator

from unstringly.kinds.leaf import Spelled
from unstringly.kinds.table import kind_of
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    Definition,
    Field,
    ListGrammar,
    Record,
)


def delimiters_of(definition: Definition) -> Iterator[Spelled]:
    """The texts, none of them empty, that a definition says results to hold."""
    return (each for each in _delimiters(definition) if each.text)


def _delimiters(definition: Definition) -> Iterator[Spelled]:
    span = definition.span
    match definition:
        case Record():
            yield from (Spelled("separator", text, span) for text in definition.separators)
            yield from (Spelled("initiator", text, span) for text in definition.initiators)
            yield from (Spelled("terminator", text, span) for text in definition.terminators)
            for element in definition.elements:
                yield from _of_element(element)
        case ListGrammar():
            yield from (Spelled("separator", text, span) for text in definition.separators)
            finals = definition.final_separators
            yield from (Spelled("final separator", text, span) for text in finals)
        case ChoiceGrammar():
            return
        case _:
            yield from kind_of(definition).spelled


def _of_element(element: Field | Constant) -> Iterator[Spelled]:
    match element:
        case Field():
            span = element.span
            yield from (Spelled("initiator", text, span) for text in element.initiators)
            yield from (Spelled("terminator", text, span) for text in element.terminators)
            yield from (Spelled("nil", nil, span) for nil in element.nils)
        case Constant():
            yield Spelled("constant", element.text, element.span)
