"""Values of a sketch as plain data: from readings and from a package, to a package and to text."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TypeAlias, cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.laws import leaf_kinds, oracle
from tests.laws.bridge import (
    ChoiceSketch,
    ConstantSketch,
    FieldSketch,
    LeafSketch,
    ListSketch,
    RecordSketch,
    Sketch,
    singles,
)
from tests.laws.leaf_kinds import Plain, plain
from tests.laws.oracle import Element
from tests.laws.typed_sketches import kind_of


@dataclass(frozen=True)
class Single:
    """A leaf, by the name of its type."""

    name: str
    value: Plain


@dataclass(frozen=True)
class Row:
    """A record; None stands for what is missing, and for a nil."""

    name: str
    cells: "tuple[Value | None, ...]"


@dataclass(frozen=True)
class Rows:
    """A list."""

    items: "tuple[Single | Row, ...]"


Value: TypeAlias = Single | Row | Rows


def fields_of(record: RecordSketch) -> tuple[FieldSketch, ...]:
    return tuple(field for field in record.fields if isinstance(field, FieldSketch))


def list_in(sketch: Sketch) -> ListSketch | None:
    """The list that a whole text may be."""
    match sketch:
        case ListSketch():
            return sketch
        case ChoiceSketch(alternatives=alternatives):
            return next(filter(None, map(list_in, alternatives)), None)
        case _:
            return None


# From readings


def of_reading(sketch: Sketch, text: str, reading: oracle.Reading) -> Value:
    """What a reading of the whole text means."""
    match sketch:
        case ChoiceSketch(alternatives=alternatives):
            names = {each.name: each for each in singles(alternatives)}
            if len(reading) == 1 and reading[0].name in names:
                return of_element(names[reading[0].name], text, reading[0])
            found = list_in(sketch)
            assert found is not None
            return of_reading(found, text, reading)
        case ListSketch(items=items):
            return Rows(tuple(_item(singles(items), text, element) for element in reading))
        case _:
            return of_element(sketch, text, reading[0])


def _item(items: Sequence[LeafSketch | RecordSketch], text: str, element: Element) -> Single | Row:
    (found,) = (item for item in items if item.name == element.name)
    return of_element(found, text, element)


def of_element(sketch: LeafSketch | RecordSketch, text: str, element: Element) -> Single | Row:
    if isinstance(sketch, LeafSketch):
        return Single(sketch.name, kind_of(sketch).value(text[element.start : element.end]))
    fields = fields_of(sketch)
    cells = [_cell(field, text, part) for field, part in zip(fields, element.parts, strict=False)]
    return Row(sketch.name, (*cells, *[None] * (len(fields) - len(cells))))


def _cell(field: FieldSketch, text: str, part: Element) -> Value | None:
    if text[part.start : part.end] in field.nils:
        return None
    match field.content:
        case LeafSketch() as leaf:
            return of_element(leaf, text, part)
        case RecordSketch() as record:
            return of_element(record, text, part.parts[0])
        case ListSketch() | ChoiceSketch() as inner:
            return of_reading(inner, text, part.parts)


# From and to a package


def of_python(sketch: Sketch, value: object) -> Value:
    """What a package's value means; the sketch says what it may be."""
    match sketch:
        case LeafSketch():
            return Single(sketch.name, plain(value))
        case RecordSketch():
            assert type(value).__name__ == sketch.name
            cells = [
                None
                if getattr(value, field.name) is None
                else of_python(field.content, getattr(value, field.name))
                for field in fields_of(sketch)
            ]
            return Row(sketch.name, tuple(cells))
        case ListSketch(items=items):
            found = cast("Sequence[object]", value)  # a tuple in a record, else a Parsed
            made = [of_python(_which(singles(items), each), each) for each in found]
            return Rows(tuple(each for each in made if not isinstance(each, Rows)))
        case ChoiceSketch(alternatives=alternatives):
            if type(value).__name__ in ("Parsed", "list", "tuple"):
                found_list = list_in(sketch)
                assert found_list is not None
                return of_python(found_list, value)
            return of_python(_which(singles(alternatives), value), value)


def _which(
    sketches: Sequence[LeafSketch | RecordSketch], value: object
) -> LeafSketch | RecordSketch:
    """What of these a value is; they are of different classes."""
    name = "int" if isinstance(value, bool) else type(value).__name__
    by_class = {python_class(each): each for each in sketches}
    return by_class.get(name) or by_class[name.removeprefix("Unknown")]


def python_class(sketch: LeafSketch | RecordSketch) -> str:
    """What tells the alternatives of a choice apart."""
    if isinstance(sketch, RecordSketch):
        return sketch.name
    classes = {"text": "str", "integer": "int", "decimal": "Decimal", "enum": sketch.name}
    classes["boolean"] = "int"  # which True and False are to Python
    key = kind_of(sketch).key
    return classes.get(key, key)


def to_python(module: ModuleType, sketch: Sketch, value: Value) -> object:
    """A value of the package."""
    match value:
        case Single(name=name, value=("member", str(member))):
            return getattr(module, name)[member]
        case Single(name=name, value=("unknown", str(text))):
            return getattr(module, f"Unknown{name}")(text)
        case Single():
            return value.value
        case Rows(items=items):
            found = list_in(sketch)
            assert found is not None
            inside = singles(found.items)
            return tuple(to_python(module, _named(inside, each), each) for each in items)
        case Row(name=name, cells=cells):
            record = sketch
            if isinstance(sketch, ChoiceSketch):
                (record,) = (each for each in singles(sketch.alternatives) if each.name == name)
            assert isinstance(record, RecordSketch)
            arguments = {
                field.name: None if cell is None else to_python(module, field.content, cell)
                for field, cell in zip(fields_of(record), cells, strict=True)
            }
            made: object = getattr(module, name)(**arguments)
            return made


def _named(
    sketches: Sequence[LeafSketch | RecordSketch], value: Single | Row
) -> LeafSketch | RecordSketch:
    (found,) = (each for each in sketches if each.name == value.name)
    return found


# To text


def written(sketch: Sketch, value: Value, *, padded: bool = False) -> str | None:
    """The text of a value, by the words of the spec; None if it is not of its declared form."""
    match sketch:
        case ChoiceSketch(alternatives=alternatives):
            found = _alternative(alternatives, value)
            return written(found, value, padded=sketch.padded)
        case LeafSketch():
            assert isinstance(value, Single)
            return _content(sketch, value, padded=padded)
        case RecordSketch():
            assert isinstance(value, Row)
            return _record(sketch, value)
        case ListSketch():
            assert isinstance(value, Rows)
            by_name = {item.name: item for item in singles(sketch.items)}
            texts = [written(by_name[e.name], e, padded=sketch.padded) for e in value.items]
            good = [each for each in texts if each is not None]
            if len(good) < len(texts):
                return None
            ends = sketch.separators[0] if sketch.trailing.is_written and texts else ""
            return sketch.separators[0].join(good) + ends


def _alternative(
    alternatives: tuple[LeafSketch | RecordSketch | ListSketch | ChoiceSketch, ...], value: Value
) -> LeafSketch | RecordSketch | ListSketch:
    """What of a choice, and of the choices in it, a value is of."""
    if not isinstance(value, Rows):
        return _named(singles(alternatives), value)
    (found,) = filter(None, map(list_in, alternatives))
    return found


def _content(sketch: LeafSketch, value: Single, *, padded: bool) -> str | None:
    kind = kind_of(sketch)
    content = kind.write(value.value)
    if not kind.accepts(content) or (padded and not oracle.is_trimmed(content)):
        return None
    if isinstance(value.value, tuple) and kind.value(content) != value.value:
        return None  # an unknown code that is spelled like a known one
    return content


def _record(record: RecordSketch, row: Row) -> str | None:
    contents: list[str] = []
    cells = list(row.cells)
    for field in record.fields:
        if isinstance(field, ConstantSketch):
            contents.append(field.text)
            continue
        cell = cells.pop(0)
        if cell is None and not field.nils:
            assert field.optional
            break
        content = field.nils[0] if cell is None else _placed(field, cell)
        if content is None:
            return None
        contents.append(oracle.first(field.initiators) + content + oracle.first(field.terminators))
    joined = record.separators[0] if record.separators else ""
    text = joined.join(contents)
    return oracle.first(record.initiators) + text + oracle.first(record.terminators)


def _placed(field: FieldSketch, cell: Value) -> str | None:
    """What is in a field: in a padded one, it neither begins nor ends with padding."""
    content = written(field.content, cell, padded=field.padded)
    if content is None or (field.padded and not oracle.is_trimmed(content)):
        return None
    return None if content in field.nils else content


# Drawn


@st.composite
def values(draw: DrawFn, sketch: Sketch) -> Value:
    """Values, some of which are not of their declared forms."""
    match sketch:
        case LeafSketch():
            return Single(sketch.name, draw(leaf_kinds.values(kind_of(sketch))))
        case RecordSketch():
            fields = fields_of(sketch)
            least = sum(not field.optional for field in fields)
            given = fields[: draw(st.integers(least, len(fields)))]
            cells = [draw(_cells(field)) for field in given]
            return Row(sketch.name, (*cells, *[None] * (len(fields) - len(cells))))
        case ListSketch(items=items):
            found = draw(st.lists(st.sampled_from(items).flatmap(values), max_size=3))
            return Rows(tuple(each for each in found if not isinstance(each, Rows)))
        case ChoiceSketch(alternatives=alternatives):
            return draw(st.sampled_from(alternatives).flatmap(values))


def _cells(field: FieldSketch) -> SearchStrategy[Value | None]:
    some = values(field.content)
    return st.one_of(some, st.none()) if field.nils else some
