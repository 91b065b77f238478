"""What law 4 promises of damage: it does not change what stands apart from it.

A list is read; then some of its items are replaced by characters that neither its items nor its
separators have. Where that costs just so many malformed characters and nothing that the grammar
forbids, everything else must be read as before. (Two such decompositions would be two readings of
the text before the damage, and the proof excludes these.)
"""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn
from tests.laws import bridge, oracle, oracle_recovery
from tests.laws.bridge import ChoiceSketch, FieldSketch, LeafSketch, ListSketch, RecordSketch
from tests.laws.oracle import Element
from tests.laws.test_random_grammars import LONGEST, lists, spelled

from unstringly.check.readings import find_ambiguity

FOREIGN = "\0"


def leaf(sketch: LeafSketch) -> LeafSketch:
    """The same leaf without the texts that have the foreign character; lists and records below."""
    return replace(sketch, excludes=(*sketch.excludes, FOREIGN))


def content(
    sketch: LeafSketch | RecordSketch | ListSketch | ChoiceSketch,
) -> LeafSketch | RecordSketch | ListSketch | ChoiceSketch:
    return list_of(sketch) if isinstance(sketch, ListSketch) else item(sketch)


def item(
    sketch: LeafSketch | RecordSketch | ChoiceSketch,
) -> LeafSketch | RecordSketch | ChoiceSketch:
    match sketch:
        case LeafSketch():
            return leaf(sketch)
        case ChoiceSketch():
            return replace(sketch, alternatives=tuple(map(content, sketch.alternatives)))
        case RecordSketch():
            fields = tuple(
                replace(field, content=content(field.content))
                if isinstance(field, FieldSketch)
                else field
                for field in sketch.fields
            )
            return replace(sketch, fields=fields)


def list_of(sketch: ListSketch) -> ListSketch:
    return replace(sketch, items=tuple(map(item, sketch.items)))


def damaged(
    text: str, reading: oracle.Reading, damage: dict[int, str]
) -> tuple[str, tuple[Element, ...]]:
    """The text with some items replaced, and what should be read in it: items, malformed pieces."""
    pieces: list[Element] = []
    made, end = "", 0
    for number, element in enumerate(reading):
        made += text[end : element.start]
        end = element.end
        start = len(made)
        if number in damage:
            made += damage[number]
            pieces.append(Element("malformed", start, len(made)))
        else:
            made += text[element.start : element.end]
            pieces.append(_moved(element, start - element.start))
    return made + text[end:], tuple(pieces)


def _moved(element: Element, by: int) -> Element:
    parts = tuple(_moved(part, by) for part in element.parts)
    return Element(element.name, element.start + by, element.end + by, parts)


@st.composite
def damage_to(draw: DrawFn, reading: oracle.Reading) -> dict[int, str]:
    """For one or two of the items, what is there instead."""
    numbers = draw(st.sets(st.sampled_from(range(len(reading))), min_size=1, max_size=2))
    return {number: FOREIGN * draw(st.integers(1, 2)) for number in numbers}


def check_damage(data: DataObject, sketch: ListSketch) -> str:
    """What came of it: `kept`, or why nothing was asked."""
    text = data.draw(spelled(sketch))
    if len(text) > LONGEST:
        return "too long"
    for reading in oracle.readings(bridge.form(sketch), text):
        if not reading:
            return "no items"
        damage = data.draw(damage_to(reading))
        text, expected = damaged(text, reading, damage)
        lost = sum(map(len, damage.values()))
        best = oracle_recovery.recovery(bridge.list_of(sketch), text)
        if (best.malformed, best.irregular) != (lost, 0):
            return "costs more"
        machine = bridge.machine(sketch)
        assert bridge.elements(machine.elements, machine.recover(text)) == expected, text
        return "kept"
    return "no reading"


def check_grammar(data: DataObject, sketch: ListSketch, counts: Counter[str]) -> None:
    if find_ambiguity(*bridge.automaton_of(sketch)) is not None:
        counts["two readings"] += 1
        return
    for _ in range(data.draw(st.integers(5, 10))):
        counts[check_damage(data, sketch)] += 1


@settings(max_examples=2 * settings().max_examples)
@given(lists().map(list_of), st.data())
def test_damage_does_not_change_what_stands_apart(sketch: ListSketch, data: DataObject) -> None:
    check_grammar(data, sketch, Counter())


def test_enough_is_damaged() -> None:
    """Of the lists with one reading and a text to damage, most can be asked."""
    counts: Counter[str] = Counter()

    @settings(max_examples=60, derandomize=True, database=None)
    @given(lists().map(list_of), st.data())
    def ask(sketch: ListSketch, data: DataObject) -> None:
        check_grammar(data, sketch, counts)

    ask()
    assert counts["kept"] >= 20, counts
    assert counts["kept"] > counts["costs more"], counts
