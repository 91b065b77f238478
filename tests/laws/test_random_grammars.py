"""The laws for grammars that nobody would write: small ones, drawn over a few characters.

The readings of a text, that is the marks of all runs of the automaton, are those that the oracle
finds, and the machine gives one of them; what it recovers of any other text is a decomposition
with the fewest malformed characters and, of those, the fewest separators that are forbidden; and
none equally cheap has an earlier record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.laws import bridge, oracle, oracle_recovery
from tests.laws.bridge import (
    ChoiceSketch,
    ConstantSketch,
    FieldSketch,
    LeafSketch,
    ListSketch,
    RecordSketch,
    Sketch,
)

from unstringly.model.grammar import Trailing

SEPARATORS = (",", ";", ",,", ",;", ";,", ";,;", ",;,", ",\n", "a,", ",a", " ,", "ab")
SOLID = ("a+", "b+", "[ab]", "[ab]+", "a( a)*", "ab?", "[^,]+", "[^;]+", "[^,;]+", "a|bb", ".+")
MAY_BE_EMPTY = ("a*", ".*", "[ab]*", "[^,]*", "[^;]*", "(ab)*", "b?")


def separators(most: int) -> SearchStrategy[tuple[str, ...]]:
    found = st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=most, unique=True)
    return found.map(tuple)


@st.composite
def leaves(draw: DrawFn, name: str) -> LeafSketch:
    patterns = (*SOLID, *MAY_BE_EMPTY)
    excludes = draw(st.one_of(st.just(()), separators(2)))
    return LeafSketch(name, draw(st.sampled_from(patterns)), excludes)


@st.composite
def nested(draw: DrawFn, name: str) -> LeafSketch | RecordSketch | ListSketch | ChoiceSketch:
    """A field's content: mostly a leaf; or a record or list without padding, or a choice."""
    shape = draw(st.sampled_from((*["leaf"] * 7, "record", "list", "record", "list", "choice")))
    if shape == "leaf":
        return draw(leaves(name))
    inner = [draw(leaves(f"{name}Part{number}")) for number in range(2)]
    between = draw(separators(1))
    if shape == "record":
        fields = tuple(FieldSketch(f"part{at}", each) for at, each in enumerate(inner))
        return RecordSketch(name, fields, between)
    if shape == "choice":
        return draw(inner_choices(name, inner))
    return ListSketch(
        name,
        tuple(inner[: draw(st.integers(1, 2))]),
        between,
        leading=draw(st.booleans()),
        trailing=draw(st.sampled_from(Trailing)),
        repeated=draw(st.booleans()),
    )


@st.composite
def inner_choices(draw: DrawFn, name: str, inner: Sequence[LeafSketch]) -> ChoiceSketch:
    """A choice between leaves, or between a leaf and a record or list of another one."""
    first, second = inner
    if draw(st.integers(0, 3)):  # or else hardly a grammar with a choice had one reading
        first, second = replace(first, pattern="a+"), replace(second, pattern="b+")
    field = FieldSketch("part", second, padded=draw(st.booleans()))
    others: tuple[LeafSketch | RecordSketch | ListSketch, ...] = (
        second,
        RecordSketch(f"{name}Record", (field,), ()),
        ListSketch(f"{name}List", (second,), ("+",)),
    )
    other = draw(st.sampled_from(others))
    return ChoiceSketch(name, (first, other), draw(st.booleans()))


TAGS: SearchStrategy[tuple[str, ...]] = st.sampled_from(
    ((), (), (), ("a",), ("b:",), ("[",), ("<", ""), ("<",))
)
NILS = st.sampled_from(((), (), ("-",), ("",), ("a", ""), ("nil", "-", "a")))


@st.composite
def records(draw: DrawFn, name: str) -> RecordSketch:
    """Up to three fields, the last of them maybe optional; or, one in two, with everything that
    a record can have: initiators, terminators, constants, spellings of None, no separator.
    """
    count = draw(st.integers(1, 3))
    required = draw(st.integers(1, count))
    rich = draw(st.booleans())
    tags = TAGS if rich else st.just(())
    fields: list[FieldSketch | ConstantSketch] = []
    for number in range(count):
        content = draw(nested(f"{name}Field{number}"))
        nils = draw(NILS) if rich else ()
        fields.append(
            FieldSketch(
                f"f{number}",
                content,
                padded=draw(st.booleans()),
                optional=number >= required,
                initiators=draw(tags),
                terminators=draw(tags),
                nils=nils,
            )
        )
    if rich and draw(st.booleans()):
        constant = ConstantSketch(draw(st.sampled_from(("#", "a", ",", "ab"))), draw(st.booleans()))
        fields.insert(draw(st.integers(0, required)), constant)
    between = () if rich and draw(st.integers(0, 4)) == 0 else draw(separators(2))
    return RecordSketch(name, tuple(fields), between, draw(tags), draw(tags))


def is_rich(sketch: Sketch) -> bool:
    """Whether something in a grammar has more than contents between separators."""
    match sketch:
        case LeafSketch():
            return False
        case RecordSketch():
            return (
                not sketch.separators
                or any((sketch.initiators, sketch.terminators))
                or any(
                    isinstance(field, ConstantSketch)
                    or bool(field.nils)
                    or any((field.initiators, field.terminators))
                    or is_rich(field.content)
                    for field in sketch.fields
                )
            )
        case ListSketch():
            return any(map(is_rich, sketch.items))
        case ChoiceSketch():
            return any(map(is_rich, sketch.alternatives))


@st.composite
def lists(draw: DrawFn) -> ListSketch:
    padded = draw(st.booleans())
    items: list[LeafSketch | RecordSketch | ChoiceSketch] = [
        draw(st.one_of(records(f"Item{at}"), leaves(f"Item{at}")))
        for at in range(draw(st.integers(1, 2)))
    ]
    if draw(st.integers(0, 7)) == 7:
        other = LeafSketch("Other", draw(st.sampled_from(("x", "x+", *SOLID))))
        items = [items[0], ChoiceSketch("Any", (*items[1:], other), False)]
    return ListSketch(
        "List",
        tuple(items),
        draw(separators(2)),
        finals=draw(st.one_of(st.just(()), separators(1))),
        leading=draw(st.booleans()),
        trailing=draw(st.sampled_from(Trailing)),
        repeated=draw(st.booleans()),
        padded=padded,
    )


@st.composite
def choices(draw: DrawFn) -> ChoiceSketch:
    padded = draw(st.booleans())
    single = st.one_of(records("Item"), leaves("Item"))
    alternatives = (draw(lists()), draw(leaves("Code")), draw(single))
    names = {each.name: each for each in alternatives}
    return ChoiceSketch("Choice", tuple(names.values()), padded)


def characters(sketch: Sketch) -> Iterable[str]:
    """Pieces of texts that have something to do with a grammar."""
    yield from ("a", "b", "a", "b")
    match sketch:
        case LeafSketch():
            yield from sketch.excludes
        case RecordSketch():
            yield from sketch.separators * 2
            yield from filter(None, (*sketch.initiators, *sketch.terminators))
            for field in sketch.fields:
                yield from (" ",) if field.padded else ()
                if isinstance(field, ConstantSketch):
                    yield field.text
                else:
                    tags = (*field.initiators, *field.terminators)
                    yield from filter(None, (*tags, *field.nils))
                    yield from characters(field.content)
        case ListSketch():
            yield from (*sketch.separators * 3, *sketch.finals)
            yield from (" ", "\n") if sketch.padded else ()
            for item in sketch.items:
                yield from characters(item)
        case ChoiceSketch():
            for each in sketch.alternatives:
                yield from characters(each)


@st.composite
def spelled(draw: DrawFn, sketch: Sketch) -> str:
    """A text that the grammar may well read: its parts, joined as it joins them."""
    match sketch:
        case LeafSketch():
            return draw(st.sampled_from(sketch.samples or ("",)))
        case RecordSketch():
            least = sum(
                isinstance(field, ConstantSketch) or not field.optional for field in sketch.fields
            )
            given = sketch.fields[: draw(st.integers(least, len(sketch.fields)))]
            text = draw(tag(sketch.initiators))
            for number, field in enumerate(given):
                text += draw(st.sampled_from(sketch.separators or ("",))) if number else ""
                blanks = [draw(BLANKS) if field.padded else "" for _ in range(2)]
                text += blanks[0] + draw(placed(field)) + blanks[1]
            return text + draw(tag(sketch.terminators))
        case ListSketch():
            between = st.sampled_from(("", *sketch.separators))
            text = draw(between) if sketch.leading else ""
            for number in range(draw(st.integers(0, 3))):
                text += draw(st.sampled_from(sketch.separators)) if number else ""
                text += draw(between) if number and sketch.repeated else ""
                text += draw(BLANKS) if sketch.padded else ""
                text += draw(st.sampled_from(sketch.items).flatmap(spelled))
                text += draw(BLANKS) if sketch.padded else ""
            return text + draw(st.sampled_from(("", *sketch.separators, *sketch.finals * 2)))
        case ChoiceSketch():
            return draw(st.sampled_from(sketch.alternatives).flatmap(spelled))


@st.composite
def placed(draw: DrawFn, field: FieldSketch | ConstantSketch) -> str:
    """What stands in the place of a field, without the padding around all of it."""
    if isinstance(field, ConstantSketch):
        return field.text
    content = draw(spelled(field.content))
    if draw(st.booleans()) and field.nils:
        content = draw(st.sampled_from(field.nils))
    return draw(tag(field.initiators)) + content + draw(tag(field.terminators))


def tag(spellings: tuple[str, ...]) -> SearchStrategy[str]:
    """One of the spellings of an initiator or terminator."""
    return st.sampled_from(spellings or ("",))


BLANKS = st.sampled_from(("", "", " ", "\n"))


@st.composite
def damaged(draw: DrawFn, good: SearchStrategy[str], tokens: SearchStrategy[str]) -> str:
    text = draw(good)
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(tokens) + text[at + draw(st.integers(0, 1)) :]


def texts(sketch: Sketch) -> SearchStrategy[list[str]]:
    """Texts for a grammar: such as it reads, damaged ones, and mere tokens and letters."""
    tokens = tuple(characters(sketch))
    letters = tuple(sorted(set("".join(tokens))))
    some = st.one_of(
        spelled(sketch),
        damaged(spelled(sketch), st.sampled_from(("", *tokens))),
        st.lists(st.sampled_from(tokens), max_size=7).map("".join),
        st.lists(st.sampled_from(letters), max_size=7).map("".join),
    )
    return st.lists(some.map(lambda text: text[:LONGEST]), min_size=5, max_size=12)


LONGEST = 11
"""An ambiguous grammar may have more readings of a text than anyone can list."""


def check_reading(sketch: Sketch, text: str) -> None:
    machine = bridge.machine(sketch)
    found = oracle.readings(bridge.form(sketch), text)
    marks = machine.read(text)
    event(f"{min(len(found), 2)} readings")
    assert (marks is not None) == bool(found), (text, found)
    assert bridge.readings(sketch, text) == found, (text, found)
    if marks is not None:
        reading = bridge.elements(machine.elements, marks)
        assert len(found) > 1 or reading in found, (text, reading, found)


def check_recovery(sketch: ListSketch, text: str) -> None:
    machine = bridge.machine(sketch)
    form = bridge.list_of(sketch)
    best = oracle_recovery.recovery(form, text)
    elements = bridge.elements(machine.elements, machine.recover(text))
    malformed = [each for each in elements if each.name == "malformed"]
    event("malformed" if malformed else "whole")
    pieces = tuple(
        oracle_recovery.Piece(each.start, each.end, each.name != "malformed") for each in elements
    )
    assert oracle_recovery.cost_of(form, text, pieces) == (best.malformed, best.irregular), (
        text,
        elements,
    )
    for each in malformed:
        assert each.start < each.end
        assert not any(s in text[each.start : each.end] for s in sketch.separators)
    readings = oracle.readings(form, text)
    if readings:
        assert elements in readings, (text, elements)
        return
    event("irregular" if best.irregular else "regular")
    assert oracle_recovery.earlier_record(form, text, pieces) is None, (text, elements)


@st.composite
def cases(draw: DrawFn, sketches: SearchStrategy[Sketch]) -> tuple[Sketch, list[str]]:
    sketch = draw(sketches)
    return sketch, draw(texts(sketch))


@settings(max_examples=2 * settings().max_examples)
@given(cases(st.one_of(lists(), choices(), records("Item"), leaves("Item"))))
def test_readings(case: tuple[Sketch, list[str]]) -> None:
    sketch, drawn = case
    for text in drawn:
        check_reading(sketch, text)


@settings(max_examples=2 * settings().max_examples)
@given(cases(lists()))
def test_recovery(case: tuple[Sketch, list[str]]) -> None:
    sketch, drawn = case
    assert isinstance(sketch, ListSketch)
    for text in drawn:
        check_reading(sketch, text)
        check_recovery(sketch, text)
