"""What a text means: its values, as a package would read them, in the words of examples.

The machine is the one that the package gets, and so is the reading of it; a leaf's kind says what
a content means.
"""

import re
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from unstringly.kinds.table import kind_of
from unstringly.model.examples import Chosen, Fields, Meaning
from unstringly.model.grammar import ChoiceGrammar, Field, ListGrammar, Record
from unstringly.model.parts import Definitions, as_leaf
from unstringly.runtime.errors.exceptions import MalformedResponse
from unstringly.runtime.text.matcher import Machine
from unstringly.runtime.text.reading import Element, Reading, with_lf


class Wrong(Struct, frozen=True):
    """A malformed piece: the place where it begins or stops fitting, and the reason."""

    at: int
    reason: str


class Read(Struct, frozen=True):
    """What is read of a text; no meaning where the whole text is malformed."""

    meaning: Meaning
    malformed: tuple[Wrong, ...]


def read_text(definitions: Definitions, name: str, machine: Machine, text: str) -> Read:
    """Return what a definition reads of a whole text."""
    reading = Reading(machine, text)
    try:
        return _whole(definitions, name, reading)
    except MalformedResponse as problem:
        return Read(None, (Wrong(_stop(machine, text), problem.reason),))


def _whole(definitions: Definitions, name: str, reading: Reading) -> Read:
    match definitions[name]:
        case ListGrammar() as grammar:
            parsed = reading.records(partial(_item, definitions, grammar))
            pieces = tuple(Wrong(piece.span.start, piece.reason) for piece in parsed.malformed)
            return Read(tuple(parsed), pieces)
        case ChoiceGrammar(alternatives=alternatives):
            return _choice(definitions, alternatives, reading)
        case _:
            return Read(_value(definitions, name, reading.only), ())


def _choice(definitions: Definitions, names: tuple[str, ...], reading: Reading) -> Read:
    """Return what a choice reads: what is none of its other alternatives is its list."""
    lists = [name for name in names if isinstance(definitions[name], ListGrammar)]
    others = [name for name in names if name not in lists]
    if lists and not reading.is_only(*others):
        read = _whole(definitions, lists[0], reading)
        return Read(Chosen(lists[0], read.meaning), read.malformed)
    only = reading.only
    return Read(Chosen(only.name, _value(definitions, only.name, only)), ())


def _item(definitions: Definitions, grammar: ListGrammar, element: Element) -> Meaning:
    meaning = _value(definitions, element.name, element)
    return Chosen(element.name, meaning) if len(grammar.items) > 1 else meaning


def _value(definitions: Definitions, name: str, element: Element) -> Meaning:
    """Return the value of an element that is a definition's."""
    match definitions[name]:
        case Record() as record:
            return Fields(tuple(_fields(definitions, record, element)))
        case ListGrammar() as grammar:
            return tuple(_item(definitions, grammar, inner) for inner in element.children)
        case _ as definition:
            return kind_of(as_leaf(definition)).meaning(element.text)


def _fields(
    definitions: Definitions, record: Record, element: Element
) -> Iterator[tuple[str, Meaning]]:
    by_name = {child.name: child for child in element.children}
    for field in record.fields:
        child = by_name.get(f"{record.name}.{field.name}")
        yield field.name, None if child is None else _field(definitions, field, child)


def _field(definitions: Definitions, field: Field, element: Element) -> Meaning:
    if element.text in field.nils:
        return None
    match definitions[field.type]:
        case Record():
            return _value(definitions, field.type, element.only)
        case ChoiceGrammar(alternatives=names):
            lists = [name for name in names if isinstance(definitions[name], ListGrammar)]
            if lists and not element.is_only(*(name for name in names if name not in lists)):
                return Chosen(lists[0], _value(definitions, lists[0], element))
            only = element.only
            return Chosen(only.name, _value(definitions, only.name, only))
        case _:
            return _value(definitions, field.type, element)


def _stop(machine: Machine, raw: str) -> int:
    """Return the place in a text at which it stops fitting, or its end."""
    if not machine.lf:
        return machine.reach(raw)[0]
    stop, _ = machine.reach(with_lf(raw))
    dropped = 0
    for returns in re.finditer(r"\r+(?=\n)", raw):
        if returns.start() - dropped > stop:
            break
        dropped += len(returns.group())
    return stop + dropped
