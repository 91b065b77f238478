"""What G101 shows of drawn grammars: two readings that look different, and the place they part."""

import unicodedata
from itertools import pairwise

from hypothesis import assume, event, example, given
from tests.laws import bridge
from tests.laws.bridge import FieldSketch, LeafSketch, ListSketch, RecordSketch, Sketch
from tests.laws.test_proof import GRAMMARS

from unstringly.automata.marked import Element, Mark
from unstringly.check.parting import parting_of
from unstringly.check.readings import Ambiguity, Reading, find_ambiguity
from unstringly.check.witness import MOST_SHOWN, drawn

A = LeafSketch("Item", "a*")
ROW = RecordSketch("Row", (FieldSketch("names", ListSketch("Names", (A,), (";",))),), ())


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def rows(found: Ambiguity, elements: tuple[Element, ...], gap: int) -> list[str]:
    """The lines without their heads."""
    readings = (("one reading", found.first), ("another", found.second))
    lines = drawn(found.text, readings, elements, gap).splitlines()
    indent = len("one reading") + 2
    heads = [line[:indent].strip() for line in lines]
    assert heads == ["they part", "the text", "one reading", "another"]
    return [line[indent:] for line in lines]


def at(reading: Reading, gap: int) -> list[Mark]:
    return [mark for there, mark in reading if there == gap]


def first_difference(found: Ambiguity) -> int:
    for gap in range(len(found.text) + 1):
        if at(found.first, gap) != at(found.second, gap):
            return gap
    raise AssertionError("the readings are the same")


def brackets(reading: Reading, gaps: int) -> list[str]:
    """The brackets in each gap: square ones around what holds nothing but characters."""
    shown: list[tuple[int, str]] = []
    opened: list[int] = []
    for number, (gap, mark) in enumerate(reading):
        if not mark.closes:
            opened.append(number)
            shown.append((gap, "["))
            continue
        start = opened.pop()
        holds = number > start + 1
        shown.append((gap, "}" if holds else "]"))
        if holds:
            shown[start] = (shown[start][0], "{")
    return ["".join(each for there, each in shown if there == gap) for gap in range(gaps)]


SHOWN = {" ": "␠", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\"}


def seen(text: str, text_row: str, row: str) -> tuple[list[str], list[bool]]:
    """What a person sees in a row: the brackets in each gap, and the characters with carets."""
    found: list[str] = []
    carets: list[bool] = []
    index = column = 0
    for character in text:
        start = column
        while text_row[index] == " ":
            index, column = index + 1, column + 1
        found.append(row[start:column].replace(" ", "").strip("^"))
        cell = SHOWN.get(character, character)
        assert text_row[index : index + len(cell)] == cell
        below = row[column : column + width(cell)].strip()
        assert below in ("", "^" * width(cell))
        carets.append(bool(below))
        index, column = index + len(cell), column + width(cell)
    found.append(row[column:].partition("  ")[0].replace(" ", "").strip("^"))
    return found, carets


@given(GRAMMARS)
@example(RecordSketch("Two", (FieldSketch("f0", A), FieldSketch("f1", A)), ()))
@example(ListSketch("Rows", (ROW,), (";",)))
@example(ListSketch("Rows", (LeafSketch("Item", "[中文；]+"),), ("；",)))
@example(ListSketch("Rows", (LeafSketch("Item", r"[\[\]{}^ ]*"),), ("]", "{")))
def test_two_readings_never_look_the_same(sketch: Sketch) -> None:
    alphabet, automaton = bridge.automaton_of(sketch)
    found = find_ambiguity(alphabet, automaton)
    assume(found is not None and len(found.text) <= MOST_SHOWN)
    assert found is not None
    definitions = bridge.definitions(sketch)
    gap = parting_of(definitions, sketch.name, automaton.elements, found).gap
    assert gap == first_difference(found)
    event("empty text" if not found.text else "at the end" if gap == len(found.text) else "inside")
    marker, text, one, another = rows(found, automaton.elements, gap)
    assert one.rstrip() != another.rstrip()
    column = marker.index("v")
    assert one[:column] == another[:column]
    for reading, row in ((found.first, one), (found.second, another)):
        drawing = row[: max(column, width(text)) + 40]
        gaps, carets = seen(found.text, text, drawing)
        expected = brackets(reading, len(found.text) + 1)
        assert gaps[:-1] == expected[:-1]
        assert gaps[-1].startswith(expected[-1])
        inside = [False] * len(found.text)
        for (start, first), (end, second) in pairwise(reading):
            if second.closes and not first.closes:
                inside[start:end] = [True] * (end - start)
        assert carets == inside


@given(GRAMMARS)
def test_what_is_named_is_where_they_part(sketch: Sketch) -> None:
    """The words name an element of which one reading has a mark there, and the other has not."""
    alphabet, automaton = bridge.automaton_of(sketch)
    found = find_ambiguity(alphabet, automaton)
    assume(found is not None)
    assert found is not None
    parting = parting_of(bridge.definitions(sketch), sketch.name, automaton.elements, found)
    first, second = at(found.first, parting.gap), at(found.second, parting.gap)
    while first and second and first[0] == second[0]:
        del first[0], second[0]
    heads = [each[0] for each in (first, second) if each]
    names = [automaton.elements[each.element].name.rpartition(".")[2] for each in heads]
    event(parting.words.replace("the ", "").split("'")[0])
    if any(each.closes for each in heads):
        assert parting.words.endswith(" ends")
        names = [name for name, each in zip(names, heads, strict=True) if each.closes]
    assert all(f"{name!r}" in parting.words for name in names)
