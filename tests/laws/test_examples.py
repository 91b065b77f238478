"""Examples of a spec are taken exactly where the judge reads what they say."""

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.generator.services import MINIMAL_WSDL, put
from tests.laws import bridge, oracle, oracle_recovery
from tests.laws.bridge import ChoiceSketch, ListSketch, RecordSketch, Sketch, singles
from tests.laws.leaf_kinds import Plain
from tests.laws.test_whole_language import REFUSED, wire
from tests.laws.typed_drawing import sketches
from tests.laws.typed_sketches import spec_of
from tests.laws.typed_values import Row, Rows, Single, Value, fields_of, list_in, of_reading, values

from unstringly.diagnostics import Severity
from unstringly.pipeline import check


def plain_said(name: str, value: Plain) -> str:
    match value:
        case ("member", str(member)):
            return member
        case ("unknown", str(text)):
            return f"{{Unknown{name}: {quoted(text)}}}"
        case bool():
            return str(value).lower()
        case _:
            return quoted(str(value))


def quoted(text: str) -> str:
    """In YAML, which takes a text of JSON for the same text."""
    return json.dumps(text).replace("\\/", "/")


def said(sketch: Sketch, value: Value | None) -> str:
    """A value as the document says it: of a field that is None by `~`."""
    match sketch, value:
        case _, None:
            return "~"
        case ChoiceSketch(alternatives=alternatives), _:
            found: Sketch | None = list_in(sketch)
            if not isinstance(value, Rows):
                found = next(each for each in singles(alternatives) if each.name == value.name)
            assert found is not None
            return f"{{{found.name}: {said(found, value)}}}"
        case ListSketch(items=items), Rows():
            by_name = {item.name: item for item in singles(items)}
            texts = [said(by_name[item.name], item) for item in value.items]
            if len(by_name) > 1:
                pairs = zip(value.items, texts, strict=True)
                texts = [f"{{{item.name}: {text}}}" for item, text in pairs]
            return f"[{', '.join(texts)}]"
        case RecordSketch(), Row(cells=cells):
            fields = zip(fields_of(sketch), cells, strict=True)
            return f"{{{', '.join(f'{f.name}: {said(f.content, cell)}' for f, cell in fields)}}}"
        case _, Single(name=name, value=plain):
            return plain_said(name, plain)
        case _:
            raise AssertionError((sketch, value))


def is_fit(text: str) -> bool:
    return "\\ud8" not in quoted(text)


def errors_of(spec: str) -> list[tuple[str, int]] | None:
    """The codes of errors, with their lines; None where the grammar itself is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checked = check([put(folder / "tiny", "Tiny.wsdl", MINIMAL_WSDL, spec)], folder)
    errors = [f for f in checked.findings if f.severity is Severity.ERROR]
    if {each.rule.code for each in errors} & REFUSED:
        return None
    return [(each.rule.code, each.span.line) for each in errors]


def is_malformed(sketch: Sketch, text: str) -> bool:
    """Whether a text without a reading has a malformed piece, or is one."""
    outer = list_in(sketch)
    return outer is None or oracle_recovery.recovery(bridge.list_of(outer), text).malformed > 0


@given(sketches(), st.booleans(), st.data())
def test_examples_are_held_against_what_is_read(sketch: Sketch, lf: bool, data: DataObject) -> None:
    lines = [*spec_of(sketch, lf=lf).splitlines(), "examples:", f"  {sketch.name}:"]
    wrong: list[tuple[str, int]] = []

    def add(raw: str, said_of_it: str, *, is_right: bool) -> None:
        lines.append(f"    - {{text: {quoted(raw)}{said_of_it}}}")
        if not is_right:
            wrong.append(("E101", len(lines)))

    for raw in data.draw(st.lists(wire(sketch).filter(is_fit), min_size=2, max_size=4)):
        text = oracle.line_feeds_only(raw) if lf else raw
        found = oracle.readings(bridge.form(sketch), text)
        is_lost = not found and is_malformed(sketch, text)
        add(raw, "", is_right=not is_lost)
        add(raw, ", malformed: true", is_right=is_lost)
        if len(found) != 1:
            continue
        (reading,) = found
        means, other = said(sketch, of_reading(sketch, text, reading)), said_other(sketch, data)
        add(raw, f", means: {means}", is_right=True)
        if is_fit(other):
            add(raw, f", means: {other}", is_right=means == other)
    assert errors_of("\n".join(lines) + "\n") in (None, wrong), "\n".join(lines)


def said_other(sketch: Sketch, data: DataObject) -> str:
    return said(sketch, data.draw(values(sketch)))
