"""The texts of a definition that stand in results as they are spelled, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from unstringly.diagnostics import Span
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    DateType,
    DecimalType,
    Definition,
    EnumType,
    Field,
    IntegerType,
    ListGrammar,
    Record,
    TextType,
)

EXCLUDED = "excluded text"


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A text; `what` is what messages call it."""

    what: str
    text: str
    span: Span


def delimiters_of(definition: Definition) -> Iterator[Delimiter]:
    """The texts, none of them empty, that a definition says results to hold."""
    return (each for each in _delimiters(definition) if each.text)


def _delimiters(definition: Definition) -> Iterator[Delimiter]:
    span = definition.span
    match definition:
        case Record():
            yield from (Delimiter("separator", text, span) for text in definition.separators)
            yield Delimiter("initiator", definition.initiator, span)
            yield Delimiter("terminator", definition.terminator, span)
            for element in definition.elements:
                yield from _of_element(element)
        case ListGrammar():
            yield from (Delimiter("separator", text, span) for text in definition.separators)
            finals = definition.final_separators
            yield from (Delimiter("final separator", text, span) for text in finals)
        case EnumType(members=members):
            yield from (Delimiter("code", each.spelling, each.span) for each in members)
        case DateType(source=source, calendar=calendar):
            yield Delimiter(f"{calendar.value} form", source, span)
        case TextType(form=form):
            yield from (Delimiter(EXCLUDED, text, span) for text in form.excludes)
        case IntegerType() | DecimalType() | ChoiceGrammar():
            return
        case _:
            assert_never(definition)


def _of_element(element: Field | Constant) -> Iterator[Delimiter]:
    match element:
        case Field():
            yield Delimiter("initiator", element.initiator, element.span)
            yield Delimiter("terminator", element.terminator, element.span)
            yield Delimiter("nil", element.nil or "", element.span)
        case Constant():
            yield Delimiter("constant", element.text, element.span)
