"""From a definition to its marked automaton.

`compile_result` walks the definition and builds a network: a leaf's content becomes the
states of its language, a record its elements one after the other, a list a few nodes around
its items (`lists.py`). How padding is read stands in `marked.py`.
"""

from typing import TypeAlias

from unstringly.automata import leaves
from unstringly.automata.alphabets import alphabet_of, check_depth
from unstringly.automata.dfa import Dfa
from unstringly.automata.lists import add_list
from unstringly.automata.marked import Kind, MarkedAutomaton
from unstringly.automata.network import Ends, Network
from unstringly.automata.work import Tally, TooLarge, What, counted
from unstringly.model.charset import Alphabet
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
from unstringly.model.parts import Definitions, as_leaf

Over: TypeAlias = tuple[Alphabet, MarkedAutomaton]
"""An automaton, and the alphabet that its classes are of."""


def compile_result(
    definitions: Definitions, root: str, line_ends: LineEnds, alphabet: Alphabet | None = None
) -> Over:
    """The automaton of a text that is the whole result of an operation, or of a push's field.

    A given alphabet must tell apart what the definitions do.
    """
    check_depth(definitions, (root,))
    alphabet = alphabet or alphabet_of(definitions, root, line_ends)
    with counted(What.NETWORK) as tally:
        compiler = _Compiler(definitions, alphabet, line_ends, tally)
        definition = definitions[root]
        match definition:
            case ChoiceGrammar(alternatives=alternatives, padded=padded):
                for name in alternatives:
                    compiler.alternative(name, padded=padded)
            case _:
                compiler.alternative(root, padded=False)
    return alphabet, compiler.network.automaton()


class _Compiler:
    """Builds one network. Methods return the node behind what they added."""

    def __init__(
        self, definitions: Definitions, alphabet: Alphabet, line_ends: LineEnds, tally: Tally
    ) -> None:
        self.definitions = definitions
        self.alphabet = alphabet
        self.line_ends = line_ends
        self.network = Network(alphabet, tally)
        self.network.element("malformed", is_item=True)
        self._languages: dict[tuple[str, bool, str | None], Dfa] = {}

    def alternative(self, name: str, *, padded: bool) -> None:
        """One of the things that the whole text may be."""
        definition = self.definitions[name]
        network = self.network
        start = network.node()
        network.join(network.start, start)
        if isinstance(definition, ListGrammar):
            network.join(self._list(start, definition, outermost=True), network.end)
            return
        here = self.network.pad(start, Kind.SEPARATOR) if padded else start
        full, bare = self._item(here, _as_item(definition), padded=padded)
        network.join(self.network.pad(full, Kind.SEPARATOR) if padded else full, network.end)
        if bare is not None:
            network.join(bare, network.end)

    def _language(self, definition: Definition, padded: bool, nil: str | None) -> Dfa:
        key = (definition.name, padded, nil)
        if key not in self._languages:
            form = leaves.form_of(as_leaf(definition))
            try:
                self._languages[key] = leaves.language(
                    self.alphabet, form, padded=padded, line_ends=self.line_ends, nil=nil
                )
            except TooLarge as problem:
                problem.place = definition.name
                raise
        return self._languages[key]

    def _item(self, source: int, definition: Record | Type, *, padded: bool) -> Ends:
        """An item of a list, or an alternative: its marks and what is between them.

        Padding around a leaf is the caller's; with `padded`, its content is trimmed.
        """
        network = self.network
        element = network.element(definition.name, is_item=True)
        outer, network.place = network.place, definition.name
        try:
            match definition:
                case Record():
                    return self._record(source, element, definition)
                case _:
                    language = self._language(definition, padded, None)
                    return self._leaf(source, element, language, padded=padded)
        finally:
            network.place = outer

    def _leaf(self, source: int, element: int, language: Dfa, *, padded: bool) -> Ends:
        """A content between its marks."""
        network = self.network
        opened = network.mark(source, element, closes=False)
        full = network.content(opened, language, Kind.ITEM, empty=not padded)
        full = network.mark(full, element, closes=True)
        if not (padded and language.accepting[0]):
            return Ends(full)
        return Ends(full, network.mark(opened, element, closes=True))

    # Records

    def _record(self, source: int, element: int, record: Record) -> Ends:
        """A record with its marks; the padding of its first and last field is outside them."""
        first = record.elements[0]
        here = self.network.pad(source, Kind.SEPARATOR) if first.padded else source
        here = self.network.mark(here, element, closes=False)
        here = self.network.text(here, record.initiator, Kind.ITEM)
        ends = Ends(self.network.node(), self.network.node())
        self._elements(here, ends, element, record)
        return ends

    def _elements(self, source: int, ends: Ends, element: int, record: Record) -> None:
        """The elements, and the end of the record behind each that may be the last one."""
        here = source
        for at, each in enumerate(record.elements):
            following = record.elements[at + 1] if at + 1 < len(record.elements) else None
            if following is None or _is_optional(following):
                last = self._element(here, record, at, last=not record.terminator)
                self._close(last, ends, element, record, each.padded)
            if following is not None:
                here = self._merged(self._element(here, record, at, last=False))
                if record.separators:
                    here = self.network.texts(here, record.separators, Kind.ITEM)

    def _close(self, last: Ends, ends: Ends, element: int, record: Record, padded: bool) -> None:
        """The end of a record behind its last element, which may be followed by padding."""
        network = self.network
        if record.terminator:
            last = Ends(self.network.text(self._merged(last), record.terminator, Kind.ITEM))
        full = network.mark(last.full, element, closes=True)
        network.join(self.network.pad(full, Kind.SEPARATOR) if padded else full, ends.full)
        if last.bare is not None and ends.bare is not None:
            network.join(network.mark(last.bare, element, closes=True), ends.bare)

    def _merged(self, ends: Ends) -> int:
        """One node behind both ends: something else than padding follows."""
        if ends.bare is None:
            return ends.full
        node = self.network.node()
        self.network.join(ends.full, node)
        self.network.join(ends.bare, node)
        return node

    def _element(self, source: int, record: Record, at: int, *, last: bool) -> Ends:
        """A field or constant, with its padding; that at the record's edges is the record's."""
        element = record.elements[at]
        outer = self.network.place
        if isinstance(element, Field):
            self.network.place = f"{record.name}.{element.name}"
        try:
            first = at == 0 and not record.initiator
            here = self.network.pad(source, Kind.ITEM) if element.padded and not first else source
            match element:
                case Constant(text=text):
                    here = self.network.text(here, text, Kind.ITEM)
                    return Ends(
                        self.network.pad(here, Kind.ITEM) if element.padded and not last else here
                    )
                case Field():
                    return self._field(here, record, element, last=last)
        finally:
            self.network.place = outer

    def _field(self, source: int, record: Record, field: Field, *, last: bool) -> Ends:
        """Initiator, content and terminator, with the padding between and behind them."""
        here = source
        if field.initiator:
            here = self.network.text(here, field.initiator, Kind.ITEM)
            here = self.network.pad(here, Kind.ITEM) if field.padded else here
        full, bare = self._content(here, record, field)
        if field.padded and (field.terminator or not last):
            full = self.network.pad(full, Kind.ITEM)
        if not field.terminator:
            return Ends(full, bare)
        here = self.network.text(self._merged(Ends(full, bare)), field.terminator, Kind.ITEM)
        return Ends(self.network.pad(here, Kind.ITEM) if field.padded and not last else here)

    def _content(self, source: int, record: Record, field: Field) -> Ends:
        """What is in a field, between the field's marks."""
        network = self.network
        element = network.element(f"{record.name}.{field.name}", is_item=False)
        definition = self.definitions[field.type]
        if not isinstance(definition, Record | ListGrammar):
            language = self._language(definition, field.padded, field.nil)
            return self._leaf(source, element, language, padded=field.padded)
        opened = network.mark(source, element, closes=False)
        with network.part() as part:
            if isinstance(definition, ListGrammar):
                inner = self._list(part.start, definition, outermost=False)
            else:
                inner = self._merged(self._item(part.start, definition, padded=False))
            network.join(inner, part.end)
        if not field.padded:
            network.join(opened, part.start)
            return Ends(network.mark(part.end, element, closes=True))
        start, full, empty = part.trimmed(self.network.padding)
        network.join(opened, start)
        return Ends(
            network.mark(full, element, closes=True), network.mark(empty, element, closes=True)
        )

    def _list(self, source: int, grammar: ListGrammar, *, outermost: bool) -> int:
        def item(items: int, name: str) -> Ends:
            return self._item(items, _as_item(self.definitions[name]), padded=grammar.padded)

        return add_list(self.network, source, grammar, item, outermost=outermost)


def _is_optional(element: Field | Constant) -> bool:
    return isinstance(element, Field) and element.optional


def _as_item(definition: Definition) -> Record | Type:
    match definition:
        case ListGrammar() | ChoiceGrammar():
            raise TypeError(f"{definition.name} cannot be an item")
        case _:
            return definition
