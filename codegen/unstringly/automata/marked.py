"""The marked automaton of a grammar: a finite automaton that says where things begin and end.

Every character that it reads is part of an item (a record, or a leaf on its own), of a
separator (with the padding around it), or of a malformed piece. In the gap before a
character it may write *marks*: an element (an item, or a field of a record) opens or closes
here. The marks along a run over a text are one reading of the text; so whatever decides a value
writes a mark.

Two kinds of edges. The *regular* ones read exactly what the grammar says. The *irregular*
ones are added for lists, so that every text whatever can be read: a malformed piece in an
item's place, and separators where the grammar forbids them. A run that needs no irregular
edge is a reading; otherwise the cheapest run tells what can be saved: the one with the fewest
malformed characters and, of those, the fewest irregular edges.

Padding is put where it can mean only one thing: outside the elements, around a content that
is not empty, and before one that is empty.
"""

from enum import Enum

from msgspec import Struct

from unstringly.model.charset import Alphabet


class Kind(Enum):
    """The kind of thing that a character belongs to; the values order runs of equal cost."""

    ITEM = 0
    SEPARATOR = 1
    MALFORMED = 2


class Mark(Struct, frozen=True, order=True):
    """An element opens or closes; elements are numbered as in `MarkedAutomaton.elements`."""

    element: int
    closes: bool


class Label(Struct, frozen=True):
    """The writing of an edge: the marks in the gap before its character, and the character's kind.

    A final label has no character, hence no kind.
    """

    marks: tuple[Mark, ...]
    kind: Kind | None


class Edge(Struct, frozen=True):
    """From `source` to `target` on one character of any of the alphabet's `classes`."""

    source: int
    target: int
    label: int
    classes: tuple[int, ...]
    irregular: bool


class Final(Struct, frozen=True):
    """A run may end in `state`, writing the marks of `label`."""

    state: int
    label: int
    irregular: bool


class ElementKind(Enum):
    """The kind of thing that opens and closes."""

    MALFORMED = "malformed"
    ITEM = "item"
    FIELD = "field"


class Element(Struct, frozen=True):
    """Something that opens and closes.

    An item is a record or a leaf: the whole text, or what a list, a choice or a field holds. A
    field is one of a record's. `owner` is the definition that names it, and `slot` is its number
    among the owner's items, alternatives or fields; the content of a field has that field's number.
    The whole text has no owner. `depth` counts the elements around it. `name` is what tables call
    it: `Report`, and `Report.phone` for a field.
    """

    kind: ElementKind
    name: str
    owner: str
    slot: int
    depth: int


MALFORMED = 0
"""Element 0 of every automaton is the malformed piece."""

MALFORMED_PIECE = Element(ElementKind.MALFORMED, "malformed", "", 0, 0)


class MarkedAutomaton(Struct, frozen=True):
    """An automaton whose states are numbered from 0, the start.

    `labels` are in the order in which runs prefer them (see `automata/elimination.py`); `places`
    names, for each state, the element that a run is in, for messages.
    """

    elements: tuple[Element, ...]
    labels: tuple[Label, ...]
    places: tuple[str, ...]
    edges: tuple[Edge, ...]
    finals: tuple[Final, ...]


def has_reading(alphabet: Alphabet, automaton: MarkedAutomaton, text: str) -> bool:
    """Say whether the grammar reads the text: a run over it needs no irregular edge."""
    ways: dict[tuple[int, int], set[int]] = {}
    for edge in automaton.edges:
        for number in () if edge.irregular else edge.classes:
            ways.setdefault((edge.source, number), set()).add(edge.target)
    states = {0}
    for character in text:
        number = alphabet.class_of(character)
        states = {target for state in states for target in ways.get((state, number), ())}
    return any(final.state in states and not final.irregular for final in automaton.finals)
