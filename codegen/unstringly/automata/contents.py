"""The contents of definitions as a network, built by one function that calls itself.

A definition is *named* in a slot: by a list or choice as one of its items or alternatives, by a
record as the type of a field. There it adds the states of a leaf's language between marks, a
record's elements one after the other, a few nodes around a list's items (`lists.py`), or the
alternatives of a choice side by side, each of which is named in turn. Whatever decides a value
writes a mark. Which kinds may name which is a matter of linking.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from enum import Enum
from typing import NamedTuple

from unstringly.automata import leaves
from unstringly.automata.dfa import Dfa
from unstringly.automata.lists import add_list
from unstringly.automata.marked import MALFORMED_PIECE, Element, ElementKind, Kind
from unstringly.automata.network import Ends, Network
from unstringly.automata.places import ANYWHERE, Place
from unstringly.automata.work import TooLarge
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    Definition,
    Field,
    LineEnds,
    ListGrammar,
    Record,
    Type,
)
from unstringly.model.parts import Definitions, is_leaf


class Around(Enum):
    """The kind of thing that a definition stands in, choices left out."""

    NOTHING = "nothing"
    LIST = "list"
    FIELD = "field"


class Slot(NamedTuple):
    """The place in which a definition is named: its owner, and which of the owner's parts it is.

    `depth` counts the elements around it. `owner` is empty for the definition of the whole text.
    """

    owner: str
    number: int
    depth: int
    around: Around


class Builder:
    """Adds the contents of definitions to a network; methods return the nodes behind them."""

    def __init__(self, network: Network, definitions: Definitions, line_ends: LineEnds) -> None:
        self._definitions = definitions
        self._line_ends = line_ends
        self._network = network
        network.element(MALFORMED_PIECE)
        self._languages: dict[tuple[str, bool, tuple[str, ...]], Dfa] = {}

    def whole(self, source: int, root: str) -> int:
        """Add a whole text, and return the node behind it; raises TooLarge."""
        return self._merged(self._named(source, root, Slot("", 0, 0, Around.NOTHING)))

    def _named(self, source: int, name: str, slot: Slot, *, padded: bool = False) -> Ends:
        """Add a definition in a slot; `padded` says that padding around a leaf is the caller's."""
        definition = self._definitions[name]
        match definition:
            case ListGrammar() if slot.around is not Around.LIST:
                return Ends(self._list(source, definition, slot, slot.depth))
            case ChoiceGrammar():
                return self._choice(source, definition, slot, padded=padded)
            case _:
                element = self._network.element(Element(ElementKind.ITEM, name, *slot[:3]))
        with self._at(name):
            match definition:
                case Record():
                    return self._record(source, element, definition, slot.depth + 1)
                case ListGrammar():
                    return self._marked(
                        source,
                        element,
                        lambda node: Ends(self._list(node, definition, slot, slot.depth + 1)),
                    )
                case _:
                    return self._marked(
                        source, element, lambda node: self._leaf(node, definition, padded=padded)
                    )

    @contextmanager
    def _at(self, place: str) -> Generator[None, None, None]:
        """Give nodes that are made inside a place, for messages."""
        outer, self._network.place = self._network.place, place
        try:
            yield
        finally:
            self._network.place = outer

    def _merged(self, ends: Ends) -> int:
        """Return one node behind both ends: something else than padding follows."""
        if ends.bare is None:
            return ends.full
        node = self._network.node()
        self._network.join(ends.full, node)
        self._network.join(ends.bare, node)
        return node

    def _marked(self, source: int, element: int, content: Callable[[int], Ends]) -> Ends:
        """Add a content between the marks of an element."""
        network = self._network
        full, bare = content(network.mark(source, element, closes=False))
        return Ends(
            network.mark(full, element, closes=True),
            None if bare is None else network.mark(bare, element, closes=True),
        )

    # Leaves

    def _leaf(self, source: int, leaf: Type, *, padded: bool, nils: tuple[str, ...] = ()) -> Ends:
        """Add the contents of a leaf; trimmed ones where padding around them belongs to nobody."""
        language = self._language(leaf, padded=padded, nils=nils)
        full = self._network.content(source, language, Kind.ITEM, empty=not padded)
        return Ends(full, source if padded and language.accepting[0] else None)

    def _language(self, leaf: Type, *, padded: bool, nils: tuple[str, ...]) -> Dfa:
        key = (leaf.name, padded, nils)
        if key not in self._languages:
            form = leaves.form_of(leaf)
            try:
                self._languages[key] = leaves.language(
                    self._network.alphabet,
                    form,
                    padded=padded,
                    line_ends=self._line_ends,
                    nils=nils,
                )
            except TooLarge as problem:
                problem.place = leaf.name
                raise
        return self._languages[key]

    # Lists and choices

    def _list(self, source: int, grammar: ListGrammar, slot: Slot, depth: int) -> int:
        """Add a list; `depth` counts the elements around its items.

        A list that nothing stands around has irregular edges too, by which any text is read. A list
        in a list is an item of that, with marks; all others need none.
        """

        def item(items: int, number: int) -> Ends:
            inner = Slot(grammar.name, number, depth, Around.LIST)
            return self._named(items, grammar.items[number], inner, padded=grammar.padded)

        outermost = slot.around is Around.NOTHING
        return add_list(self._network, source, grammar, item, outermost=outermost)

    def _choice(self, source: int, choice: ChoiceGrammar, slot: Slot, *, padded: bool) -> Ends:
        """Add alternatives side by side; padding around them may be the caller's already."""
        network = self._network
        ends = Ends(network.node(), network.node())
        for number, name in enumerate(choice.alternatives):
            own = choice.padded and not isinstance(self._definitions[name], ListGrammar)
            start = network.node()
            network.join(source, start)
            node = network.pad(start, Kind.SEPARATOR) if own else start
            inner = slot._replace(owner=choice.name, number=number)
            full, bare = self._named(node, name, inner, padded=own or padded)
            network.join(network.pad(full, Kind.SEPARATOR) if own else full, ends.full)
            if bare is not None and ends.bare is not None:
                network.join(bare, ends.bare)
        return ends

    # Records

    def _record(self, source: int, element: int, record: Record, depth: int) -> Ends:
        """Add a record with its marks; the padding of its first and last field is outside them."""
        network, first = self._network, record.elements[0]
        node = network.pad(source, Kind.SEPARATOR) if first.padded else source
        node = network.mark(node, element, closes=False)
        node = self._opened(node, record.initiators, padded=first.padded)
        ends = Ends(network.node(), network.node())
        field = Slot(record.name, 0, depth, Around.FIELD)
        for at, part in enumerate(record.elements):
            following = record.elements[at + 1] if at + 1 < len(record.elements) else None
            if following is None or _is_optional(following):
                last = self._element(node, record, at, field, last=True)
                self._close(last, ends, element, record, part.padded)
            if following is not None:
                node = self._merged(self._element(node, record, at, field, last=False))
                if record.separators:
                    node = network.texts(node, record.separators, Kind.ITEM)
            field = field._replace(number=field.number + isinstance(part, Field))
        return ends

    def _opened(self, source: int, initiators: tuple[str, ...], *, padded: bool) -> int:
        """Add initiators, each with the padding behind it; behind an empty one there is no more."""
        network = self._network
        if not initiators:
            return source
        opened = network.node()
        for initiator in initiators:
            node = network.text(source, initiator, Kind.ITEM)
            network.join(network.pad(node, Kind.ITEM) if padded and initiator else node, opened)
        return opened

    def _closed(self, last: Ends, terminators: tuple[str, ...], *, padded: bool) -> Ends:
        """Add terminators, each with the padding before it; an empty one leaves the ends alone."""
        network = self._network
        if not terminators:
            return last
        spelled = tuple(filter(None, terminators))
        before = self._merged(self._padded(last) if padded else last)
        full = network.texts(before, spelled, Kind.ITEM)
        if len(spelled) == len(terminators):
            return Ends(full)
        network.join(last.full, full)
        return Ends(full, last.bare)

    def _padded(self, ends: Ends) -> Ends:
        """Add the padding behind a field or constant that is inside of its record."""
        return Ends(self._network.pad(ends.full, Kind.ITEM), ends.bare)

    def _close(self, last: Ends, ends: Ends, element: int, record: Record, padded: bool) -> None:
        """Add the end of a record behind its last element, which may be followed by padding."""
        network = self._network
        last = self._closed(last, record.terminators, padded=padded)
        full = network.mark(last.full, element, closes=True)
        network.join(network.pad(full, Kind.SEPARATOR) if padded else full, ends.full)
        if last.bare is not None and ends.bare is not None:
            network.join(network.mark(last.bare, element, closes=True), ends.bare)

    def _element(self, source: int, record: Record, at: int, slot: Slot, *, last: bool) -> Ends:
        """Add a field or constant with its padding; that at the record's edges is the record's.

        `slot` is the place of a field.
        """
        part = record.elements[at]
        place = f"{record.name}.{part.name}" if isinstance(part, Field) else self._network.place
        with self._at(place):
            node = self._network.pad(source, Kind.ITEM) if part.padded and at else source
            if isinstance(part, Field):
                ends = self._field(node, part, slot)
            else:
                ends = Ends(self._network.text(node, part.text, Kind.ITEM))
            return self._padded(ends) if part.padded and not last else ends

    def _field(self, source: int, field: Field, slot: Slot) -> Ends:
        """Add initiator, content and terminator, with the padding between them."""
        element = self._network.element(
            Element(ElementKind.FIELD, f"{slot.owner}.{field.name}", *slot[:3])
        )
        node = self._opened(source, field.initiators, padded=field.padded)
        content = self._marked(node, element, lambda inner: self._typed(inner, field, slot))
        return self._closed(content, field.terminators, padded=field.padded)

    def _typed(self, source: int, field: Field, slot: Slot) -> Ends:
        """Add the content of a field, between the field's marks."""
        network = self._network
        definition: Definition = self._definitions[field.type]
        if is_leaf(definition):
            return self._leaf(source, definition, padded=field.padded, nils=field.nils)
        inner = slot._replace(depth=slot.depth + 1)
        with network.part() as part:
            network.join(self._merged(self._named(part.start, field.type, inner)), part.end)
        place = Place(padded=field.padded, nils=field.nils)
        if place == ANYWHERE:
            network.join(source, part.start)
            return Ends(part.end)
        start, ends = part.within(place.language(network.alphabet))
        network.join(source, start)
        found = _full_and_bare(network, ends, padded=field.padded)
        return self._or_nil(source, found, field)

    def _or_nil(self, source: int, ends: Ends, field: Field) -> Ends:
        """Add the spellings of None beside what is in a field that is no leaf."""
        bare = ends.bare
        for nil in field.nils:
            if nil or not field.padded:
                self._network.join(self._network.text(source, nil, Kind.ITEM), ends.full)
            else:
                bare = source
        return Ends(ends.full, bare)


def _full_and_bare(network: Network, ends: dict[int, int], *, padded: bool) -> Ends:
    """Return the ends of what a place takes; the empty text, which ends in state 0, apart."""
    full = network.node()
    for state, end in ends.items():
        if state or not padded:
            network.join(end, full)
    return Ends(full, ends.get(0) if padded else None)


def _is_optional(element: Field | Constant) -> bool:
    return isinstance(element, Field) and element.optional
