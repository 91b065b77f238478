"""From a definition to its marked automaton.

`compile_result` walks the definition and builds a network: a leaf's content becomes the
states of its language, a record its elements one after the other, a list a few nodes around
its items (see `_list`). How padding is read stands in `marked.py`; it is put around the
pieces here, by `_pad`.
"""

from unstringly.automata import dfa, leaves
from unstringly.automata.alphabets import Definitions, alphabet_of
from unstringly.automata.dfa import Dfa
from unstringly.automata.marked import MALFORMED, Kind, MarkedAutomaton
from unstringly.automata.network import Network
from unstringly.model import charset
from unstringly.model.charset import Alphabet
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    DateType,
    DecimalType,
    Definition,
    EnumType,
    Field,
    IntegerType,
    LineEnds,
    ListGrammar,
    Record,
    TextType,
    Trailing,
    Type,
)


def compile_result(
    definitions: Definitions, root: str, line_ends: LineEnds, alphabet: Alphabet | None = None
) -> tuple[Alphabet, MarkedAutomaton]:
    """The automaton of a text that is the whole result of an operation, or of a push's field.

    A given alphabet must tell apart what the definitions do.
    """
    alphabet = alphabet or alphabet_of(definitions, root, line_ends)
    compiler = _Compiler(definitions, alphabet, line_ends)
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

    def __init__(self, definitions: Definitions, alphabet: Alphabet, line_ends: LineEnds) -> None:
        self.definitions = definitions
        self.alphabet = alphabet
        self.line_ends = line_ends
        self.network = Network()
        self.network.element("malformed", is_item=True)
        self._padding = alphabet.classes_in(charset.PADDING)
        self._languages: dict[tuple[str, bool, str | None], Dfa] = {}

    def alternative(self, name: str, *, padded: bool) -> None:
        """One of the things that the whole text may be."""
        definition = self.definitions[name]
        network = self.network
        start = network.node()
        network.join(network.start, start)
        if isinstance(definition, ListGrammar):
            network.join(self._list(start, definition, outermost=True), network.end)
        elif padded:
            here = self._pad(start, Kind.SEPARATOR)
            network.join(self._pad(self._item(here, name), Kind.SEPARATOR), network.end)
        else:
            network.join(self._item(start, name, padded=False), network.end)

    def _text(self, source: int, text: str, kind: Kind) -> int:
        return self.network.text(source, map(self.alphabet.class_of, text), kind)

    def _texts(self, source: int, texts: tuple[str, ...], kind: Kind) -> int:
        """Any one of the texts."""
        end = self.network.node()
        for text in texts:
            self.network.join(self._text(source, text, kind), end)
        return end

    def _pad(self, source: int, kind: Kind) -> int:
        """Any padding, also none."""
        node = self.network.node()
        self.network.join(source, node)
        self.network.loop(node, self._padding, kind)
        return node

    def _language(self, name: str, padded: bool, nil: str | None) -> Dfa:
        key = (name, padded, nil)
        if key not in self._languages:
            form = leaves.form_of(_leaf(self.definitions[name]))
            self._languages[key] = leaves.language(
                self.alphabet, form, padded=padded, line_ends=self.line_ends, nil=nil
            )
        return self._languages[key]

    def _item(self, source: int, name: str, *, padded: bool = True) -> int:
        """An item of a list, or an alternative: its marks and what is between them.

        Padding around it is the caller's. A leaf's content is trimmed where it is padded.
        """
        definition = self.definitions[name]
        network = self.network
        element = network.element(name, is_item=True)
        outer, network.place = network.place, name
        try:
            match definition:
                case Record():
                    return self._record(source, element, definition)
                case ListGrammar():
                    here = network.mark(source, element, closes=False)
                    here = self._list(here, definition, outermost=False)
                    return network.mark(here, element, closes=True)
                case ChoiceGrammar():
                    end = network.node()
                    for alternative in definition.alternatives:
                        network.join(self._item(source, alternative, padded=padded), end)
                    return end
                case _:
                    here = network.mark(source, element, closes=False)
                    language = self._language(name, padded, None)
                    here = network.content(here, language, Kind.ITEM, empty=True)
                    return network.mark(here, element, closes=True)
        finally:
            network.place = outer

    # Records

    def _record(self, source: int, element: int, record: Record) -> int:
        """A record with its marks; the padding of its first and last field is outside them."""
        first, last = record.elements[0], record.elements[-1]
        here = source
        if first.padded:
            here = self._pad(here, Kind.SEPARATOR)
        here = self.network.mark(here, element, closes=False)
        if record.initiator:
            here = self._text(here, record.initiator, Kind.ITEM)
            here = self._pad(here, Kind.ITEM) if first.padded else here
        end = self.network.node()
        self._elements(here, end, record, 0)
        here = end
        if record.terminator:
            here = self._pad(here, Kind.ITEM) if last.padded else here
            here = self._text(here, record.terminator, Kind.ITEM)
        here = self.network.mark(here, element, closes=True)
        return self._pad(here, Kind.SEPARATOR) if last.padded else here

    def _elements(self, source: int, end: int, record: Record, at: int) -> None:
        """The elements from number `at` on, to `end`; padding at either side is left out."""
        following = record.elements[at + 1 :]
        is_first = at == 0
        if not following or _is_optional(following[0]):
            here = self._element(source, record, at, before=not is_first, after=False)
            self.network.join(here, end)
        if following:
            here = self._element(source, record, at, before=not is_first, after=True)
            here = self._texts(here, record.separators, Kind.ITEM) if record.separators else here
            self._elements(here, end, record, at + 1)

    def _element(self, source: int, record: Record, at: int, *, before: bool, after: bool) -> int:
        element = record.elements[at]
        outer = self.network.place
        self.network.place = (
            f"{record.name}.{element.name}" if isinstance(element, Field) else outer
        )
        try:
            here = source
            if element.padded and before:
                here = self._pad(here, Kind.ITEM)
            match element:
                case Constant(text=text):
                    here = self._text(here, text, Kind.ITEM)
                    return self._pad(here, Kind.ITEM) if element.padded and after else here
                case Field():
                    return self._field(here, record, element, after=after)
        finally:
            self.network.place = outer

    def _field(self, source: int, record: Record, field: Field, *, after: bool) -> int:
        """Initiator, content and terminator; the padding before all of them is read already."""
        network = self.network
        number = network.element(f"{record.name}.{field.name}", is_item=False)
        here = source
        if field.initiator:
            here = self._text(here, field.initiator, Kind.ITEM)
            here = self._pad(here, Kind.ITEM) if field.padded else here
        pad_behind = field.padded and (after or bool(field.terminator))
        definition = self.definitions[field.type]
        end = network.node()
        opened = network.mark(here, number, closes=False)
        if isinstance(definition, Record | ListGrammar | ChoiceGrammar):
            inner = self._nested(opened, definition)
            closed = network.mark(inner, number, closes=True)
            network.join(self._pad(closed, Kind.ITEM) if pad_behind else closed, end)
        else:
            language = self._language(field.type, field.padded, field.nil)
            inner = network.content(opened, language, Kind.ITEM, empty=False)
            closed = network.mark(inner, number, closes=True)
            network.join(self._pad(closed, Kind.ITEM) if pad_behind else closed, end)
            if language.accepting[0]:
                network.join(network.mark(opened, number, closes=True), end)
        if field.terminator:
            end = self._text(end, field.terminator, Kind.ITEM)
            end = self._pad(end, Kind.ITEM) if field.padded and after else end
        return end

    def _nested(self, source: int, definition: Record | ListGrammar | ChoiceGrammar) -> int:
        if isinstance(definition, ListGrammar):
            return self._list(source, definition, outermost=False)
        return self._item(source, definition.name)

    # Lists

    def _list(self, source: int, grammar: ListGrammar, *, outermost: bool) -> int:
        """A list: nodes before the first item, behind separators, behind an item, at the end.

        In the outermost list everything that the grammar forbids is there too, as irregular.
        """
        network = self.network
        end, final = network.node(), network.node()
        start, leading, behind, between = (network.node() for _ in range(4))
        network.join(source, start)
        hubs = (start, leading, behind, between, final)
        if grammar.padded:
            for hub in hubs:
                network.loop(hub, self._padding, Kind.SEPARATOR)

        def join(from_node: int, to_node: int, allowed: bool) -> None:
            if allowed or outermost:
                network.join(from_node, to_node, irregular=not allowed)

        def separate(from_node: int, to_node: int, allowed: bool) -> None:
            if allowed or outermost:
                gate = network.node()
                network.join(from_node, gate, irregular=not allowed)
                for text in grammar.separators:
                    network.join(self._text(gate, text, Kind.SEPARATOR), to_node)

        def finish(from_node: int, allowed: bool) -> None:
            if grammar.final_separators and (allowed or outermost):
                gate = network.node()
                network.join(from_node, gate, irregular=not allowed)
                network.join(self._texts(gate, grammar.final_separators, Kind.SEPARATOR), final)

        trailing = grammar.trailing
        separate(start, leading, grammar.leading)
        separate(leading, leading, grammar.leading and grammar.repeated)
        separate(behind, between, True)
        separate(between, between, grammar.repeated)
        finish(start, grammar.leading)
        finish(leading, grammar.leading and grammar.repeated)
        finish(behind, True)
        finish(between, grammar.repeated)
        join(start, end, True)
        join(leading, end, grammar.leading)
        join(behind, end, trailing is not Trailing.REQUIRED)
        join(between, end, trailing is not Trailing.FORBIDDEN)
        join(final, end, True)
        items = network.node()
        for hub in (start, leading, between):
            network.join(hub, items)
        for name in grammar.items:
            network.join(self._item(items, name, padded=grammar.padded), behind)
        if outermost:
            network.join(self._malformed(items, grammar), behind)
        return end

    def _malformed(self, source: int, grammar: ListGrammar) -> int:
        """A piece in an item's place that is not empty and contains no separator."""
        network = self.network
        everything = dfa.everything(self.alphabet)
        language = everything - dfa.containing(self.alphabet, grammar.separators)
        outer, network.place = network.place, ""
        here = network.mark(source, MALFORMED, closes=False, irregular=True)
        here = network.content(here, language, Kind.MALFORMED, empty=False)
        here = network.mark(here, MALFORMED, closes=True)
        network.place = outer
        return here


def _is_optional(element: Field | Constant) -> bool:
    return isinstance(element, Field) and element.optional


def _leaf(definition: Definition) -> Type:
    match definition:
        case TextType() | IntegerType() | DecimalType() | DateType() | EnumType():
            return definition
        case Record() | ListGrammar() | ChoiceGrammar():
            raise TypeError(f"{definition.name} is no leaf")
