"""Networks of contents: the names and depths of their elements, and parts in any place."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.automata.test_dfa import PATTERNS, TEXTS
from tests.laws import bridge, oracle
from tests.laws.bridge import NOWHERE, FieldSketch, LeafSketch, ListSketch, RecordSketch, Sketch
from tests.laws.test_proof import GRAMMARS
from tests.laws.test_random_grammars import cases

from unstringly.automata import dfa
from unstringly.automata.compile import compile_result
from unstringly.automata.marked import (
    MALFORMED_PIECE,
    Element,
    ElementKind,
    Kind,
    MarkedAutomaton,
    has_reading,
)
from unstringly.automata.network import Network
from unstringly.automata.places import Place
from unstringly.automata.work import Work, counted
from unstringly.check.readings import find_ambiguity
from unstringly.model import charset
from unstringly.model.charset import Alphabet, CharSet
from unstringly.model.grammar import (
    ChoiceGrammar,
    Definition,
    LineEnds,
    ListGrammar,
    LocalizedText,
    Record,
)
from unstringly.model.pattern import charsets
from unstringly.read.patterns.reader import parse_pattern

A = LeafSketch("A", "a*")
B = LeafSketch("B", "b+")
PAIR = RecordSketch("Pair", (FieldSketch("one", A), FieldSketch("two", B)), (",",))


def compiled(definitions: Mapping[str, Definition], root: str) -> tuple[Alphabet, MarkedAutomaton]:
    return compile_result(definitions, root, LineEnds.KEPT)


def named_by(definitions: Mapping[str, Definition], element: Element) -> str:
    """Return the name that the owner of an element has in its slot."""
    owner = definitions[element.owner]
    match owner:
        case Record(fields=fields) if element.kind is ElementKind.FIELD:
            return f"{owner.name}.{fields[element.slot].name}"
        case Record(fields=fields):
            return fields[element.slot].type
        case ListGrammar(items=names) | ChoiceGrammar(alternatives=names):
            return names[element.slot]
        case _:
            raise AssertionError(element)


@given(GRAMMARS)
def test_elements_are_where_they_say(sketch: Sketch) -> None:
    definitions = bridge.definitions(sketch)
    _, automaton = compiled(definitions, sketch.name)
    malformed, *others = automaton.elements
    assert malformed == MALFORMED_PIECE
    for element in others:
        expected = named_by(definitions, element) if element.owner else sketch.name
        assert element.name == expected
    assert_depths(automaton)


def assert_depths(automaton: MarkedAutomaton) -> None:
    """Assert that the depth of each element is the number of elements that are open before it."""
    opened: dict[int, tuple[int, ...]] = {0: ()}
    todo = [0]

    def behind(stack: tuple[int, ...], label: int) -> tuple[int, ...]:
        for mark in automaton.labels[label].marks:
            if mark.closes:
                assert stack[-1] == mark.element
                stack = stack[:-1]
            else:
                assert automaton.elements[mark.element].depth == len(stack)
                stack = (*stack, mark.element)
        return stack

    for state in todo:
        for edge in automaton.edges:
            if edge.source == state:
                stack = behind(opened[state], edge.label)
                if edge.target not in opened:
                    todo.append(edge.target)
                assert opened.setdefault(edge.target, stack) == stack
    for final in automaton.finals:
        assert behind(opened[final.state], final.label) == ()


def test_what_stands_in_two_places_is_two_elements() -> None:
    items = ListSketch("Items", (PAIR,), ("/",))
    row = RecordSketch("Row", (FieldSketch("items", items), FieldSketch("pair", PAIR)), (";",))
    _, automaton = compiled(bridge.definitions(row), "Row")
    pairs = [element for element in automaton.elements if element.name == "Pair"]
    assert [(element.owner, element.slot, element.depth) for element in pairs] == [
        ("Items", 0, 2),
        ("Row", 1, 2),
    ]
    assert_depths(automaton)
    assert bridge.machine(row).items == ("Row", "Pair")
    for length in range(7):
        for letters in product("b,;/", repeat=length):
            text = "".join(letters)
            assert bridge.readings(row, text) == oracle.readings(bridge.form(row), text)
    assert bridge.readings(row, ",b;,b")


def choice(name: str, *alternatives: str) -> ChoiceGrammar:
    return ChoiceGrammar(
        name,
        LocalizedText(),
        alternatives,
        (NOWHERE,) * len(alternatives),
        padded=False,
        span=NOWHERE,
    )


def without_owners(automaton: MarkedAutomaton) -> MarkedAutomaton:
    elements = tuple(replace(element, owner="", slot=0) for element in automaton.elements)
    return replace(automaton, elements=elements)


def test_a_choice_stands_wherever_it_is_named() -> None:
    """An item that is a choice is the same as its alternatives."""
    known = bridge.definitions(ListSketch("Rows", (PAIR, B), (";",)))
    rows = known["Rows"]
    assert isinstance(rows, ListGrammar)
    named = {
        **known,
        "Rows": replace(rows, items=("Any",), item_spans=(NOWHERE,)),
        "Any": choice("Any", "Pair", "Inner"),
        "Inner": choice("Inner", "B"),
    }
    alphabet, plain = compiled(known, "Rows")
    other, spliced = compiled(named, "Rows")
    assert (alphabet, without_owners(plain)) == (other, without_owners(spliced))


def test_a_choice_stands_in_a_field() -> None:
    """A choice in a field has the field's marks and those of its alternatives."""
    row = RecordSketch("Row", (FieldSketch("what", A), FieldSketch("n", B)), (",",))
    known = bridge.definitions(row)
    record = known["Row"]
    assert isinstance(record, Record)
    what, number = record.fields
    elements = (replace(what, type="Any"), number)
    known |= {"Row": replace(record, elements=elements), "Any": choice("Any", "A", "B")}
    alphabet, automaton = compiled(known, "Row")
    names = ["malformed", "Row", "Row.what", "A", "B", "Row.n"]
    assert [element.name for element in automaton.elements] == names
    assert_depths(automaton)
    assert find_ambiguity(alphabet, automaton) is None
    assert has_reading(alphabet, automaton, "bb,b")
    assert not has_reading(alphabet, automaton, "ab,b")


def list_of_lists(inner: str, outer: str) -> tuple[Alphabet, MarkedAutomaton]:
    known = bridge.definitions(ListSketch("Inner", (B,), (inner,)))
    listed = known["Inner"]
    assert isinstance(listed, ListGrammar)
    rows = replace(listed, name="Outer", items=("Inner",), separators=(outer,))
    return compiled({**known, "Outer": rows}, "Outer")


def test_a_list_in_a_list_is_an_item() -> None:
    """Two lists with one separator are ambiguous: nobody can tell which of them goes on."""
    assert find_ambiguity(*list_of_lists(",", ",")) is not None
    alphabet, automaton = list_of_lists(",", ";")
    assert_depths(automaton)
    # An outer list with nothing in it, or with one inner list that has nothing in it.
    ambiguity = find_ambiguity(alphabet, automaton)
    assert ambiguity is not None
    assert ambiguity.text == ""


@given(cases(GRAMMARS), st.data(), st.booleans())
def test_a_place_takes_those_texts_of_a_definition_that_it_takes_of_all(
    case: tuple[Sketch, list[str]], data: st.DataObject, padded: bool
) -> None:
    sketch, texts = case
    definitions = bridge.definitions(sketch)
    alphabet, _ = compiled(definitions, sketch.name)
    padding = st.text(charset.BLANKS, max_size=1)
    drawn = [data.draw(padding) + text + data.draw(padding) for text in texts]
    excluded = tuple(data.draw(st.lists(st.sampled_from([*filter(None, drawn), "aa"]), max_size=1)))
    nils = tuple(data.draw(st.lists(st.sampled_from([*drawn, ""]), max_size=2, unique=True)))
    spelled = [charset.of(character) for text in (*excluded, *nils) for character in text]
    alphabet = charset.partition([*alphabet_sets(alphabet), *spelled])
    _, everywhere = compile_result(definitions, sketch.name, LineEnds.KEPT, alphabet)
    place = Place(padded, excluded, nils)
    _, inside = compile_result(definitions, sketch.name, LineEnds.KEPT, alphabet, place=place)
    for text in drawn:
        is_taken = (
            not any(each in text for each in excluded)
            and (not padded or text == text.strip(charset.BLANKS))
            and text not in nils
        )
        expected = is_taken and has_reading(alphabet, everywhere, text)
        assert has_reading(alphabet, inside, text) == expected


def alphabet_sets(alphabet: Alphabet) -> list[CharSet]:
    """The classes of an alphabet as sets."""
    ends = (*(start - 1 for start in alphabet.starts[1:]), charset.LAST)
    ranges: dict[int, list[tuple[int, int]]] = {}
    for start, end, number in zip(alphabet.starts, ends, alphabet.classes, strict=True):
        ranges.setdefault(number, []).append((start, end))
    return [charset.from_ranges(each) for each in ranges.values()]


@given(PATTERNS, PATTERNS, st.lists(TEXTS, max_size=8))
def test_a_part_within_a_language_reads_the_texts_of_both(
    left: str, right: str, texts: list[str]
) -> None:
    sets = [*charsets(parse_pattern(left)), *charsets(parse_pattern(right)), charset.PADDING]
    alphabet = charset.partition([*sets, *map(charset.of, "abc\n")])
    one = dfa.from_pattern(alphabet, parse_pattern(left))
    other = dfa.from_pattern(alphabet, parse_pattern(right))
    for accepting in [None, *(number for number, ends in enumerate(other.accepting) if ends)]:
        with counted(Work.NETWORK) as tally:
            network = Network(alphabet, tally)
            with network.part() as part:
                network.join(network.content(part.start, one, Kind.ITEM, empty=True), part.end)
            start, ends = part.within(other)
            network.join(network.start, start)
            for state, end in ends.items():
                if accepting in (None, state):
                    network.join(end, network.end)
        automaton = network.automaton()
        for text in texts:
            arrives = accepting is None or _state(other, text) == accepting
            expected = one.accepts(text) and other.accepts(text) and arrives
            assert has_reading(alphabet, automaton, text) == expected


def _state(language: dfa.Dfa, text: str) -> int:
    state = 0
    for character in text:
        state = language.rows[state][language.alphabet.class_of(character)]
        if state == dfa.DEAD:
            return dfa.DEAD
    return state
