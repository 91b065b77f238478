"""The place where two readings of a text part: the gap, and the part of the spec that is not clear.

Up to that gap, and to some mark in it, both readings write the same marks, so the same elements
are open in both. Then one of them opens or closes an element, and the other does something else:
it writes another mark, or none and reads on.
"""

from msgspec import Struct

from unstringly.automata.marked import Element, ElementKind, Mark
from unstringly.check.readings import Ambiguity, Reading
from unstringly.diagnostics import Span
from unstringly.model.grammar import Definition, Field, ListGrammar, Record
from unstringly.model.parts import Definitions


class Parting(Struct, frozen=True):
    """The gap, the place in the spec, and words that say what is not clear there."""

    gap: int
    span: Span
    words: str


def parting_of(
    definitions: Definitions, root: str, elements: tuple[Element, ...], ambiguity: Ambiguity
) -> Parting:
    """Return the first place where the readings of a text part."""
    shared = _shared(ambiguity.first, ambiguity.second)
    nexts = [
        reading[shared] for reading in (ambiguity.first, ambiguity.second) if len(reading) > shared
    ]
    gap = min(at for at, _ in nexts)
    marks = tuple(mark for at, mark in nexts if at == gap)
    at_end = gap == len(ambiguity.text)
    span, words = _unclear(definitions, definitions[root], elements, marks, at_end=at_end)
    return Parting(gap, span, words)


def _shared(first: Reading, second: Reading) -> int:
    """Return the number of marks that both begin with."""
    for at, (left, right) in enumerate(zip(first, second, strict=False)):
        if left != right:
            return at
    return min(len(first), len(second))


def _unclear(
    definitions: Definitions,
    root: Definition,
    elements: tuple[Element, ...],
    marks: tuple[Mark, ...],
    *,
    at_end: bool,
) -> tuple[Span, str]:
    """Return the place in the spec, and words for what is not clear of it."""
    closing = next((elements[mark.element] for mark in marks if mark.closes), None)
    if closing is not None:
        span, name = _named(definitions, closing)
        return span, f"where {name} ends"
    begins = [elements[mark.element] for mark in marks]
    begins_where = "whether {} is there" if at_end else "where {} begins"
    first = begins[0]
    if first.kind is ElementKind.FIELD:
        span, name = _named(definitions, first)
        return span, begins_where.format(name)
    around = _around(definitions, root, begins)
    names = [_named(definitions, element)[1] for element in begins]
    if len(names) > 1:
        return around.span, f"whether {names[0]} or {names[1]} begins"
    if isinstance(around, ListGrammar):
        return around.span, f"{begins_where.format(names[0])}, as an item of {around.name!r}"
    return around.span, begins_where.format(names[0])


def _around(definitions: Definitions, root: Definition, begins: list[Element]) -> Definition:
    """Return the list, choice or record in which items begin; `root` where they differ."""
    items = [element for element in begins if element.kind is ElementKind.ITEM]
    owner, *others = dict.fromkeys(item.owner for item in items)
    if not owner or others:
        return root
    return definitions[items[0].name if isinstance(definitions[owner], Record) else owner]


def _named(definitions: Definitions, element: Element) -> tuple[Span, str]:
    """Return the place of an element, and its name in messages."""
    record_and_field = _field(definitions, element)
    if record_and_field is not None:
        record, field = record_and_field
        return field.span, f"the field {field.name!r} of {record.name!r}"
    definition = definitions[element.name]
    noun = "the record" if isinstance(definition, Record) else "the value"
    return definition.span, f"{noun} {element.name!r}"


def _field(definitions: Definitions, element: Element) -> tuple[Record, Field] | None:
    """Return the field that an element is, behind its record; None for an item."""
    owner = definitions.get(element.owner)
    if element.kind is not ElementKind.FIELD or not isinstance(owner, Record):
        return None
    return owner, owner.fields[element.slot]
