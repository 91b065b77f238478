"""Grammars of the whole language, drawn: leaves of every kind, records and lists in each other.

Delimiters of different depths are mostly different, or else hardly a grammar had one reading.
"""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.laws import bridge
from tests.laws.bridge import (
    ChoiceSketch,
    ConstantSketch,
    FieldSketch,
    LeafSketch,
    ListSketch,
    RecordSketch,
    Sketch,
)
from tests.laws.leaf_kinds import BY_NAME, KINDS
from tests.laws.typed_sketches import leaf_of
from tests.laws.typed_values import list_in, python_class

from unstringly.model.grammar import Trailing

OUTER = (";", "|;|", ";\n", "\n", "~", "; ")
MIDDLE = (",", "|", "|,|", ", ", "\t", ",,")
INNER = ("/", ":", "\n", " ", "&", "/ ")
TAGS = ("k:", "[", "<")
ENDS = ("]", ">", "\n")
NILS = (("",), ("-",), ("nil", "0"), ("0", "", "-"))
CONSTANTS = ("#", "ab", " #")
FINALS = ("!", "|;")

CODES = tuple(leaf_of(kind) for kind in KINDS if kind.key == "enum")
Item = LeafSketch | RecordSketch | ChoiceSketch
Content = LeafSketch | RecordSketch | ListSketch | ChoiceSketch
T = TypeVar("T", bound=Item)


def separators(good: Sequence[str]) -> SearchStrategy[tuple[str, ...]]:
    """One or two of these; now and then any others."""
    some = st.lists(st.sampled_from(good), min_size=1, max_size=2, unique=True)
    others = st.lists(st.sampled_from((*OUTER, *MIDDLE, *INNER)), min_size=1, max_size=1)
    return st.one_of(some, some, some, some, others).map(tuple)


def tags(good: Sequence[str]) -> SearchStrategy[tuple[str, ...]]:
    """One or two of these, or one that may be missing."""
    one = st.lists(st.sampled_from(good), min_size=1, max_size=2, unique=True)
    return st.one_of(one, st.sampled_from(good).map(lambda tag: [tag, ""])).map(tuple)


def seldom(good: Sequence[str]) -> SearchStrategy[tuple[str, ...]]:
    """Mostly none."""
    return st.integers(0, 3).flatmap(lambda n: tags(good) if n == 0 else st.just(()))


def leaves(depth: int = 0) -> SearchStrategy[LeafSketch]:
    """Of any kind; inside of others a third may have blanks at its edges and no delimiter."""
    every = st.sampled_from(KINDS).map(leaf_of)
    return st.one_of(every, every, st.just(leaf_of(BY_NAME["Phrase"]))) if depth else every


@st.composite
def contents(draw: DrawFn, name: str, depth: int) -> Content:
    """What is in a field; at depth 2 nothing is nested any more."""
    some = ("leaf", "leaf", "leaf", "record", "list", "choice") if depth < 2 else ("leaf",)
    match draw(st.sampled_from(some)):
        case "record":
            return draw(records(name, depth + 1))
        case "list":
            return draw(lists(f"{name.lower()}_list", depth + 1))
        case "choice":
            return draw(inner_choices(f"{name.lower()}_any", depth + 1))
        case _:
            return draw(leaves(depth))


@st.composite
def inner_choices(
    draw: DrawFn, name: str, depth: int, *, listed: bool = False, padded: bool | None = None
) -> ChoiceSketch:
    """A choice in something else; `listed` says that it is an item, which no list is."""
    title = name.split("_")[0].capitalize()
    some = [draw(leaves(depth)), draw(st.one_of(leaves(depth), records(f"{title}y", depth)))]
    found: list[Content] = list(apart([*some, *draw(st.lists(leaves(depth), max_size=1))]))
    if len(found) == 1:
        found.append(RecordSketch(f"{title}z", (FieldSketch("f0", draw(leaves(2))),), ()))
    if not listed and draw(st.booleans()):
        inside = draw(lists(f"{name}_list", max(depth, 1)))
        together = [*bridge.singles(tuple(found)), *bridge.singles(inside.items)]
        if len(apart(together)) == len(together):
            found.append(inside)
    padding = draw(st.booleans()) if padded is None else padded
    return ChoiceSketch(name, tuple(draw(st.permutations(found))), padding)


@st.composite
def records(draw: DrawFn, name: str, depth: int = 0) -> RecordSketch:
    count = draw(st.integers(1, 3 if depth == 0 else 2))
    least = draw(st.integers(1, count))
    padded = draw(st.booleans())
    fields: list[FieldSketch | ConstantSketch] = []
    for number in range(count):
        content = draw(contents(f"{name}{'abc'[number]}", depth))
        takes_nil = number < least
        fields.append(
            FieldSketch(
                f"f{number}",
                content,
                padded=draw(st.sampled_from((padded, padded, not padded))),
                optional=number >= least,
                initiators=draw(seldom(TAGS)),
                terminators=draw(seldom(ENDS)),
                nils=draw(st.sampled_from(((), (), *NILS))) if takes_nil else (),
            )
        )
    if draw(st.integers(0, 5)) == 0:
        constant = ConstantSketch(draw(st.sampled_from(CONSTANTS)), padded)
        fields.insert(draw(st.integers(0, least)), constant)
    between = draw(separators(MIDDLE if depth == 0 else INNER))
    between = () if draw(st.integers(0, 9)) == 0 else between
    edges = draw(seldom(TAGS)), draw(seldom(ENDS))
    return RecordSketch(name, tuple(fields), between, *edges)


@st.composite
def lists(draw: DrawFn, name: str, depth: int = 0, first: Item | None = None) -> ListSketch:
    """A list, maybe of a given item among others."""
    title = name.split("_")[0].capitalize()
    items: list[Item] = [] if first is None else [first]
    if not items or draw(st.booleans()):
        items.append(draw(st.one_of(leaves(depth), records(f"{title}x", max(depth, 1)))))
    padded = draw(st.booleans())
    if draw(st.integers(0, 5)) == 0:
        inside = inner_choices(f"{name}_any", max(depth, 1), listed=True, padded=False)
        items.append(draw(inside))
    padded = padded or any(isinstance(each, ChoiceSketch) and each.padded for each in items)
    trailing = draw(st.sampled_from(Trailing))
    ends = draw(st.sampled_from(((), (), FINALS[:1], FINALS)))
    return ListSketch(
        name,
        apart(items),
        draw(separators(OUTER if depth == 0 else INNER)),
        () if trailing is Trailing.FORBIDDEN else ends,
        leading=draw(st.booleans()),
        trailing=trailing,
        repeated=draw(st.booleans()),
        padded=padded,
    )


@st.composite
def choices(draw: DrawFn, first: Content | None = None) -> ChoiceSketch:
    """A choice, maybe of a given alternative and others."""
    given = first or draw(st.one_of(records("Ra"), lists("things")))
    items = given.items if isinstance(given, ListSketch) else bridge.singles((given,))
    singles = bridge.singles(items)
    code = draw(st.sampled_from([code for code in CODES if code not in singles]))
    others = apart([*singles, code, *draw(st.lists(leaves(), max_size=2))])
    more: list[Content] = [each for each in others if each not in singles]
    if list_in(given) is None and draw(st.booleans()):
        found = draw(lists("things"))
        inside = bridge.singles(found.items)
        if len(apart([*others, *inside])) == len(others) + len(inside):
            more.append(found)
    if len(more) > 1 and draw(st.integers(0, 2)) == 0:
        more = [ChoiceSketch("some", tuple(more), False)]
    alternatives = draw(st.permutations((given, *more)))
    must = isinstance(given, ChoiceSketch) and given.padded
    return ChoiceSketch("answer", tuple(alternatives), must or draw(st.booleans()))


def apart(found: Sequence[T]) -> tuple[T, ...]:
    """Those that Python can tell apart."""
    kept: list[T] = []
    taken: set[str] = set()
    for each in found:
        names = [python_class(single) for single in bridge.singles((each,))]
        classes = {"date" if name == "datetime" else name for name in names}
        if taken.isdisjoint(classes) and len(classes) == len(names):
            taken |= classes
            kept.append(each)
    return tuple(kept)


def around(record: RecordSketch) -> SearchStrategy[Sketch]:
    """A record as a whole text, in a list, or in a choice."""
    return st.one_of(st.just(record), lists("things", first=record), choices(record))


def sketches() -> SearchStrategy[Sketch]:
    """Any grammar."""
    return st.one_of(records("Ra").flatmap(around), lists("things"), choices(), leaves())
