"""Every key of the language on every kind of thing that it can stand on, and grammars with each.

The keys come from the reader's own tables: a key that the language gets is a pair of which the
tests say that no grammar has it, until it is drawn here. Whatever the pair does not say is drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.laws.bridge import (
    ChoiceSketch,
    ConstantSketch,
    FieldSketch,
    LeafSketch,
    ListSketch,
    RecordSketch,
    Sketch,
)
from tests.laws.leaf_kinds import KINDS
from tests.laws.typed_drawing import (
    CONSTANTS,
    ENDS,
    FINALS,
    MIDDLE,
    NILS,
    TAGS,
    Content,
    around,
    choices,
    inner_choices,
    lists,
    records,
    separators,
    tags,
)
from tests.laws.typed_sketches import leaf_of

from unstringly.model.grammar import Trailing
from unstringly.read.spec import keys

LEAVES = tuple(keys.KINDS)


@dataclass(frozen=True)
class Pair:
    """A key of a `type`, `field`, `record`, `list`, `nested list` or `choice`, and what it is on:
    the kind of the type, of what is in the field, of what is in the record's first or last field,
    of the list's items, of one of the alternatives.
    """

    owner: str
    key: str
    kind: str

    def __str__(self) -> str:
        return f"{self.owner}: {self.key} on {self.kind}"


def all_pairs() -> Iterator[Pair]:
    """By the reader's tables, and by what may hold what."""
    for kind, others in keys.KINDS.items():
        yield from (Pair("type", key, kind) for key in (kind, *others))
    for owner, names, kinds in (
        ("field", keys.FIELD.names, (*LEAVES, "record", "list", "choice", "constant")),
        ("record", keys.RECORD.names, (*LEAVES, "record", "list", "choice", "constant")),
        ("list", keys.LIST.names, (*LEAVES, "record", "choice")),
        ("nested list", keys.LIST.names, (*LEAVES, "record", "choice")),
        ("choice", keys.CHOICE.names, (*LEAVES, "record", "list", "choice")),
    ):
        yield from (Pair(owner, key, kind) for key in names for kind in kinds)


def is_refused(pair: Pair) -> bool:
    """Whether the two do not go together, by the words of the spec."""
    if pair.key == "rejections":
        return pair.kind not in ("enum", "record")
    if pair.owner != "field":
        return False
    if pair.kind == "constant":
        return pair.key not in ("constant", "padding", "doc")
    return pair.key == "constant"


def typed(kind: str, key: str) -> SearchStrategy[LeafSketch]:
    """Leaves of a kind of type, with a key."""
    free = key in (kind, "doc")
    good = [each for each in KINDS if each.key == kind and (free or f" {key}:" in each.declared)]
    return st.sampled_from(good).map(leaf_of)


def content(kind: str, name: str, depth: int) -> SearchStrategy[Content]:
    match kind:
        case "record":
            return records(name, depth)
        case "list":
            return lists(f"{name.lower()}_list", depth)
        case "choice":
            return inner_choices(f"{name.lower()}_any", max(depth, 1))
        case _:
            return typed(kind, kind)


@st.composite
def grammars(draw: DrawFn, pair: Pair) -> Sketch:
    """A whole grammar in which the pair is."""
    match pair.owner:
        case "type":
            leaf = draw(typed(pair.kind, pair.key))
            record = _with_content(draw, draw(records("Ra")), leaf)
            return draw(st.one_of(st.just(leaf), around(record)))
        case "field":
            return draw(around(draw(_field_pair(pair))))
        case "record":
            return draw(around(draw(_record_pair(pair))))
        case "list":
            found = draw(_list_pair(pair, "things", 0))
            return draw(st.one_of(st.just(found), choices(found)))
        case "nested list":
            inner = draw(_list_pair(pair, "inner_list", 1))
            return draw(around(_with_content(draw, draw(records("Ra")), inner)))
        case _:
            return draw(_choice_pair(pair))


def _with_content(draw: DrawFn, record: RecordSketch, found: Content) -> RecordSketch:
    """The record with something in one of its fields."""
    numbers = [n for n, field in enumerate(record.fields) if isinstance(field, FieldSketch)]
    at = draw(st.sampled_from(numbers))
    fields = list(record.fields)
    field = fields[at]
    assert isinstance(field, FieldSketch)
    fields[at] = replace(field, content=found)
    return replace(record, fields=tuple(fields))


@st.composite
def _field_pair(draw: DrawFn, pair: Pair) -> RecordSketch:
    """A record with the field before its first, or behind its last one."""
    record = draw(records("Ra"))
    last = pair.key == "optional" or draw(st.booleans())
    if pair.kind == "constant":
        padded = pair.key == "padding" or draw(st.booleans())
        new: FieldSketch | ConstantSketch = ConstantSketch(draw(st.sampled_from(CONSTANTS)), padded)
    else:
        found = draw(content(pair.kind, "Rz", 1))
        new = FieldSketch("named", found, padded=pair.key == "padding" or draw(st.booleans()))
    if isinstance(new, FieldSketch):
        match pair.key:
            case "nil":
                new = replace(new, nils=draw(st.sampled_from(NILS)))
            case "optional":
                new = replace(new, optional=True)
            case "initiator":
                new = replace(new, initiators=draw(tags(TAGS)))
            case "terminator":
                new = replace(new, terminators=draw(tags(ENDS)))
            case _:
                pass
    if pair.key == "optional":  # what is missing is so together with its separator
        record = replace(record, separators=draw(separators(MIDDLE)))
    needed = last and pair.key != "optional"
    fields = tuple(_required(field) if needed else field for field in record.fields)
    return replace(record, fields=(*fields, new) if last else (new, *fields))


def _required(field: FieldSketch | ConstantSketch) -> FieldSketch | ConstantSketch:
    return replace(field, optional=False) if isinstance(field, FieldSketch) else field


@st.composite
def _record_pair(draw: DrawFn, pair: Pair) -> RecordSketch:
    record = draw(_field_pair(Pair("field", "type", pair.kind)))
    match pair.key:
        case "separator":
            return replace(record, separators=draw(separators(MIDDLE)))
        case "padding":
            return replace(record, fields=tuple(replace(f, padded=True) for f in record.fields))
        case "initiator":
            return replace(record, initiators=draw(tags(TAGS)))
        case "terminator":
            return replace(record, terminators=draw(tags(ENDS)))
        case _:
            return record


@st.composite
def _list_pair(draw: DrawFn, pair: Pair, name: str, depth: int) -> ListSketch:
    listed = inner_choices("rz_any", 1, listed=True)
    item = draw(listed if pair.kind == "choice" else content(pair.kind, "Rz", max(depth, 1)))
    assert not isinstance(item, ListSketch)
    found = draw(lists(name, depth, item))
    match pair.key:
        case "final_separator":
            trailing = draw(st.sampled_from([t for t in Trailing if t is not Trailing.FORBIDDEN]))
            return replace(found, trailing=trailing, finals=FINALS[:1])
        case "leading":
            return replace(found, leading=True)
        case "trailing":
            written = st.sampled_from((Trailing.WRITTEN, Trailing.REQUIRED))
            return replace(found, trailing=draw(written))
        case "repeated":
            return replace(found, repeated=True)
        case "padding":
            return replace(found, padded=True)
        case _:
            return found


@st.composite
def _choice_pair(draw: DrawFn, pair: Pair) -> ChoiceSketch:
    given = draw(content(pair.kind, "things" if pair.kind == "list" else "Ra", 0))
    found = draw(choices(given))
    if pair.key == "rejections":
        return replace(found, rejections=(given.name,))
    return replace(found, padded=True) if pair.key == "padding" else found
