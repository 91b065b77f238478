"""From a small description of a grammar to both sides: the oracle's format, and a Machine.

`Machine` values are made as the generator's plan makes them for `tables.py`, without the way
over Python source.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from re import ASCII, DOTALL, fullmatch

from tests.laws import oracle

from unstringly.automata.compile import compile_result
from unstringly.automata.marked import Kind, MarkedAutomaton
from unstringly.diagnostics import Span
from unstringly.model import charset
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    Definition,
    Field,
    Form,
    LineEnds,
    ListGrammar,
    LocalizedText,
    Record,
    TextType,
    Trailing,
)
from unstringly.read.patterns.reader import parse_pattern
from unstringly.runtime.text.alphabet import Alphabet
from unstringly.runtime.text.matcher import Machine, Mark

NOWHERE = Span("grammar.yaml", 1, 1)


@dataclass(frozen=True)
class LeafSketch:
    """A text type: a pattern that means the same here and in `re`, and what it excludes."""

    name: str
    pattern: str
    excludes: tuple[str, ...] = ()

    def accepts(self, text: str) -> bool:
        """By Python's `re`, and `in`."""
        excluded = any(each in text for each in self.excludes)
        return fullmatch(self.pattern, text, ASCII | DOTALL) is not None and not excluded

    @property
    def samples(self) -> tuple[str, ...]:
        """Some contents."""
        return tuple(each for each in SAMPLES if self.accepts(each))


SAMPLES = ("", "a", "b", "aa", "ab", "bb", "a a", "aab", ",", ";", "x")


@dataclass(frozen=True)
class FieldSketch:
    """A field of a record."""

    name: str
    content: "LeafSketch | RecordSketch | ListSketch | ChoiceSketch"
    padded: bool = False
    optional: bool = False
    initiators: tuple[str, ...] = ()
    terminators: tuple[str, ...] = ()
    nils: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConstantSketch:
    """A constant in a record."""

    text: str
    padded: bool = False


@dataclass(frozen=True)
class RecordSketch:
    """A record."""

    name: str
    fields: tuple[FieldSketch | ConstantSketch, ...]
    separators: tuple[str, ...]
    initiators: tuple[str, ...] = ()
    terminators: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListSketch:
    """A list; options as in the grammar spec."""

    name: str
    items: "tuple[LeafSketch | RecordSketch | ChoiceSketch, ...]"
    separators: tuple[str, ...]
    finals: tuple[str, ...] = ()
    leading: bool = False
    trailing: Trailing = Trailing.FORBIDDEN
    repeated: bool = False
    padded: bool = False


@dataclass(frozen=True)
class ChoiceSketch:
    """A choice."""

    name: str
    alternatives: "tuple[LeafSketch | RecordSketch | ListSketch | ChoiceSketch, ...]"
    padded: bool = False
    rejections: tuple[str, ...] = ()


Sketch = LeafSketch | RecordSketch | ListSketch | ChoiceSketch


# The oracle's side


def leaf(sketch: LeafSketch) -> oracle.Leaf:
    return oracle.Leaf(sketch.name, sketch.accepts)


def record(sketch: RecordSketch) -> oracle.Record:
    fields = tuple(
        oracle.Constant(each.text, each.padded)
        if isinstance(each, ConstantSketch)
        else oracle.Field(
            each.name,
            form(each.content),
            each.padded,
            each.optional,
            each.initiators,
            each.terminators,
            each.nils,
        )
        for each in sketch.fields
    )
    return oracle.Record(
        sketch.name, fields, sketch.separators, sketch.initiators, sketch.terminators
    )


def list_of(sketch: ListSketch) -> oracle.ListOf:
    return oracle.ListOf(
        items=tuple(_item(each) for each in sketch.items),
        separators=sketch.separators,
        finals=sketch.finals,
        leading=sketch.leading,
        trailing=(
            "required"
            if sketch.trailing is Trailing.REQUIRED
            else "forbidden"
            if sketch.trailing is Trailing.FORBIDDEN
            else "allowed"
        ),
        repeated=sketch.repeated,
        padded=sketch.padded,
    )


def choice_of(sketch: ChoiceSketch) -> oracle.Choice:
    return oracle.Choice(tuple(map(form, sketch.alternatives)), sketch.padded)


def form(sketch: Sketch) -> oracle.Format:
    """What the oracle is to judge by."""
    return list_of(sketch) if isinstance(sketch, ListSketch) else _item(sketch)


def _item(
    sketch: LeafSketch | RecordSketch | ChoiceSketch,
) -> oracle.Leaf | oracle.Record | oracle.Choice:
    match sketch:
        case LeafSketch():
            return leaf(sketch)
        case RecordSketch():
            return record(sketch)
        case ChoiceSketch():
            return choice_of(sketch)


def singles(
    sketches: "tuple[LeafSketch | RecordSketch | ListSketch | ChoiceSketch, ...]",
) -> tuple[LeafSketch | RecordSketch, ...]:
    """What an item or alternative can be that is no list: a choice stands for its own."""
    found: list[LeafSketch | RecordSketch] = []
    for each in sketches:
        match each:
            case ChoiceSketch():
                found.extend(singles(each.alternatives))
            case ListSketch():
                pass
            case _:
                found.append(each)
    return tuple(found)


# The generator's side


def definitions(sketch: Sketch) -> dict[str, Definition]:
    """The definition of a sketch, and of everything in it."""
    found: dict[str, Definition] = {}
    match sketch:
        case LeafSketch():
            found[sketch.name] = _text_type(sketch)
        case RecordSketch():
            for field in sketch.fields:
                if isinstance(field, FieldSketch):
                    found |= definitions(field.content)
            found[sketch.name] = Record(
                name=sketch.name,
                words=LocalizedText(),
                separators=sketch.separators,
                initiators=sketch.initiators,
                terminators=sketch.terminators,
                elements=tuple(map(_field, sketch.fields)),
                span=NOWHERE,
            )
        case ListSketch():
            for item in sketch.items:
                found |= definitions(item)
            found[sketch.name] = ListGrammar(
                name=sketch.name,
                words=LocalizedText(),
                items=tuple(item.name for item in sketch.items),
                item_spans=(NOWHERE,) * len(sketch.items),
                separators=sketch.separators,
                final_separators=sketch.finals,
                leading=sketch.leading,
                trailing=sketch.trailing,
                repeated=sketch.repeated,
                padded=sketch.padded,
                span=NOWHERE,
            )
        case ChoiceSketch():
            for each in sketch.alternatives:
                found |= definitions(each)
            found[sketch.name] = ChoiceGrammar(
                name=sketch.name,
                words=LocalizedText(),
                alternatives=tuple(each.name for each in sketch.alternatives),
                alternative_spans=(NOWHERE,) * len(sketch.alternatives),
                padded=sketch.padded,
                span=NOWHERE,
            )
    return found


def _text_type(sketch: LeafSketch) -> TextType:
    pattern = parse_pattern(sketch.pattern)
    return TextType(
        name=sketch.name,
        words=LocalizedText(),
        form=Form(pattern, sketch.pattern, sketch.excludes),
        newtype=False,
        untrusted=False,
        span=NOWHERE,
    )


def _field(sketch: FieldSketch | ConstantSketch) -> Field | Constant:
    if isinstance(sketch, ConstantSketch):
        return Constant(text=sketch.text, padded=sketch.padded, span=NOWHERE)
    return Field(
        name=sketch.name,
        type=sketch.content.name,
        words=LocalizedText(),
        initiators=sketch.initiators,
        terminators=sketch.terminators,
        nils=sketch.nils,
        optional=sketch.optional,
        padded=sketch.padded,
        span=NOWHERE,
        type_span=NOWHERE,
    )


_Written = tuple[Mark, ...]


@cache
def automaton_of(sketch: Sketch) -> tuple[charset.Alphabet, MarkedAutomaton]:
    """The marked automaton, as the generator compiles it."""
    return compile_result(definitions(sketch), sketch.name, LineEnds.KEPT)


def readings(sketch: Sketch, text: str) -> frozenset[oracle.Reading]:
    """What the marks say of all the automaton's regular runs over a text, one after the other."""
    alphabet, automaton = automaton_of(sketch)
    classes = [alphabet.class_of(character) for character in text]

    def marks(label: int, at: int) -> _Written:
        return tuple(Mark(at, each.element, each.closes) for each in automaton.labels[label].marks)

    runs: dict[int, set[_Written]] = {
        final.state: set() for final in automaton.finals if not final.irregular
    }
    for final in automaton.finals:
        if not final.irregular:
            runs[final.state].add(marks(final.label, len(text)))
    for at in range(len(text) - 1, -1, -1):
        before: dict[int, set[_Written]] = {}
        for edge in automaton.edges:
            if not edge.irregular and classes[at] in edge.classes:
                for rest in runs.get(edge.target, ()):
                    written = (*marks(edge.label, at), *rest)
                    before.setdefault(edge.source, set()).add(written)
        runs = before
    names = tuple(element.name for element in automaton.elements)
    return frozenset(elements(names, written) for written in runs.get(0, ()))


@cache
def machine(sketch: Sketch) -> Machine:
    """The machine that the generator would write into `tables.py`."""
    alphabet, automaton = automaton_of(sketch)
    edges = [
        (
            edge.irregular,
            (edge.source, edge.target, edge.label, sum(1 << number for number in edge.classes)),
        )
        for edge in automaton.edges
    ]
    return Machine(
        alphabet=Alphabet(alphabet.starts, alphabet.classes),
        elements=tuple(element.name for element in automaton.elements),
        labels=tuple(
            (
                tuple((mark.element, mark.closes) for mark in label.marks),
                label.kind is Kind.MALFORMED,
            )
            for label in automaton.labels
        ),
        places=automaton.places,
        edges=tuple(edge for irregular, edge in edges if not irregular),
        irregular_edges=tuple(edge for irregular, edge in edges if irregular),
        finals=tuple((each.state, each.label) for each in automaton.finals if not each.irregular),
        irregular_finals=tuple(
            (each.state, each.label) for each in automaton.finals if each.irregular
        ),
    )


def elements(names: tuple[str, ...], marks: Iterable[tuple[int, int, bool]]) -> oracle.Reading:
    """Marks (place, element, closes) as the tree that they write, malformed pieces included."""
    levels: list[list[oracle.Element]] = [[]]
    starts: list[tuple[int, int]] = []
    for at, element, closes in marks:
        if not closes:
            starts.append((at, element))
            levels.append([])
            continue
        start, number = starts.pop()
        assert number == element, "an element closes that is not the last one opened"
        parts = tuple(levels.pop())
        levels[-1].append(oracle.Element(names[number], start, at, parts))
    assert not starts, "an element does not close"
    return tuple(levels[0])
