"""Which strings the names of the key `strings` stand for, in hand-written schemas."""

from collections.abc import Iterator, Mapping

import pytest
from tests.effort import calls_of
from tests.read.schema.folders import named, read_text

from unstringly.diagnostics import Diagnostic, Span
from unstringly.link.definitions import link_definitions
from unstringly.model.schema_names import ComponentName
from unstringly.model.spec import AttachedString
from unstringly.python.show import shown
from unstringly.read.spec.reader import spec_from_bytes
from unstringly.shapes.annotations import Annotations
from unstringly.shapes.planning import planned_messages
from unstringly.shapes.shapes import ChoiceSlot, ElementSlot, Shapes, Slot
from unstringly.shapes.string_places import Places
from unstringly.shapes.strings import with_strings

GRAMMAR = b"""\
service: S
types: {Word: {text: '[a-z]+'}, Count: {integer: '[1-9]'}}
records: {Line: {fields: {count: Count}}}
grammars: {lines: {list: [Line], separator: ','}, both: {choice: [lines, Word]}}
"""
ORDER = """\
<s:complexType name="Order"><s:sequence>
  <s:element name="lines" type="s:string"/>
  <s:element name="part" minOccurs="0"><s:complexType><s:sequence>
    <s:element name="text" type="s:string"/>
  </s:sequence></s:complexType></s:element>
</s:sequence><s:attribute name="lines" type="s:token"/></s:complexType>
<s:complexType name="Large"><s:complexContent><s:extension base="t:Order"><s:choice>
  <s:element name="left" type="t:Code"/><s:element ref="t:right" maxOccurs="2"/>
</s:choice></s:extension></s:complexContent></s:complexType>
<s:element name="Ordering" type="t:Order"/>
<s:element name="right" type="s:string"/>
<s:element name="Large"><s:complexType><s:sequence>
  <s:element name="left" type="s:string"/>
</s:sequence></s:complexType></s:element>
<s:simpleType name="Code"><s:restriction base="s:string"><s:length value="2"/></s:restriction>
</s:simpleType>
<s:complexType name="A.B"><s:sequence><s:element name="c.d" type="s:string"/></s:sequence>
</s:complexType>
"""
ROOTS = (
    *(named("type", name) for name in ("Order", "Large", "A.B")),
    *(named("element", name) for name in ("Ordering", "Large")),
)


def attached(
    content: str, roots: tuple[ComponentName, ...], strings: Mapping[str, str]
) -> tuple[Shapes, tuple[Diagnostic, ...]]:
    schema = read_text(content).schema
    spec, _ = spec_from_bytes(GRAMMAR, "grammar.yaml")
    assert spec is not None
    definitions, problems = link_definitions(spec.definitions)
    assert not problems
    span = Span("grammar.yaml", 1, 1)
    said = [AttachedString(place, grammar, span, span) for place, grammar in strings.items()]
    return with_strings(planned_messages(schema, roots), schema, said, definitions, {})


def typed(shapes: Shapes) -> Mapping[str, str]:
    """The annotation of each field that has one of a grammar, by class and field."""
    annotations = Annotations(shapes)
    told = {
        f"{record.class_name}.{slot.slot}": shown(annotations.of_slot(slot))
        for record in shapes.records
        for slot in elements(record.slots)
    }
    told |= {
        f"{record.class_name}.{slot.slot}": shown(annotations.of_attribute(slot))
        for record in shapes.records
        for slot in record.attributes
    }
    return {name: type_ for name, type_ in told.items() if "Parsed" in type_ or "Malf" in type_}


def elements(slots: tuple[Slot, ...]) -> Iterator[ElementSlot]:
    for slot in slots:
        match slot:
            case ElementSlot():
                yield slot
            case ChoiceSlot(branches=branches):
                for branch in branches:
                    yield from elements(branch.slots)
            case _:
                pass


@pytest.mark.parametrize(
    ("strings", "expected"),
    [
        ({"Order.lines": "lines"}, {"Order.lines": "Parsed[Line]", "Large.lines": "Parsed[Line]"}),
        (
            {"Ordering.lines": "Word"},
            dict.fromkeys(("Order.lines", "Large.lines"), "str | Malformed"),
        ),
        (
            {"Order.lines": "lines", "Large.lines": "both"},
            {"Order.lines": "Parsed[Line]", "Large.lines": "Parsed[Line] | str"},
        ),
        (
            {"Order.@lines": "Count"},
            dict.fromkeys(("Order.lines_2", "Large.lines_2"), "int | Malformed | None"),
        ),
        ({"Order.part.text": "Line"}, {"OrderPart.text": "Line | Malformed"}),
        (
            {"right": "lines"},
            {"Large.right": "tuple[Parsed[Line], ...]"},
        ),
        ({"Code": "Word"}, {"Large.left": "str | Malformed"}),
        (
            {"Large.left": "Word", "Code": "lines"},
            {"Large.left": "str | Malformed", "LargeElement.left": "str | Malformed"},
        ),
        ({"A.B.c.d": "lines"}, {"AB.c_d": "Parsed[Line]"}),
        ({"{urn:t}A.B.c.d": "lines"}, {"AB.c_d": "Parsed[Line]"}),
    ],
)
def test_names_and_what_they_stand_for(
    strings: Mapping[str, str], expected: Mapping[str, str]
) -> None:
    shapes, findings = attached(ORDER, ROOTS, strings)
    assert findings == ()
    assert typed(shapes) == expected


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Order.line", "L115"),
        ("order.lines", "L115"),
        ("{urn:u}Order.lines", "L115"),
        ("{}Order.lines", "L115"),
        ("Order.part.", "L115"),
        ("string", "L115"),
        ("", "L115"),
        ("Order.part", "L118"),
        ("Ordering", "L118"),
    ],
)
def test_names_that_stand_for_nothing(place: str, code: str) -> None:
    shapes, findings = attached(ORDER, ROOTS, {place: "lines"})
    assert [finding.rule.code for finding in findings] == [code]
    assert typed(shapes) == {}


def test_shapes_without_strings_are_the_same_ones() -> None:
    schema = read_text(ORDER).schema
    shapes = planned_messages(schema, ROOTS)
    assert with_strings(shapes, schema, (), {}, {}) == (shapes, ())


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Order.line", "did you mean 'Order.lines'? 'Order' has the strings 'Order.lines'"),
        ("Ordering.line", "did you mean 'Ordering.lines'? 'Ordering' has the strings"),
        ("order.lines", "did you mean 'Order.lines'?"),
        ("Large.lefd", "did you mean 'Large.left'? 'Large' has the strings 'Large.left', "),
        ("Order.part.txt", "did you mean 'Order.part.text'?"),
        ("rihgt", "did you mean 'right'?"),
        ("Kode", "did you mean 'Code'?"),
        ("A.B", "name a string in it: 'A.B.c.d'"),
        ("A", "name a string in it: 'A.B.c.d'"),
        ("Quite.other", "messages have such strings as 'Order.lines', "),
        ("{urn:u}Order.lines", "it is in the namespace 'urn:t'"),
        ("Order.part", "have a grammar, such as 'Order.part.text'"),
    ],
)
def test_what_may_be_meant(place: str, expected: str) -> None:
    _, (finding,) = attached(ORDER, ROOTS, {place: "lines"})
    assert expected in (finding.help or "")


def test_names_take_linear_work() -> None:
    """A type with many parts, and many global elements of it, have few more names than both."""

    def work(number: int) -> int:
        parts = "".join(f'<s:element name="e{n}" type="s:string"/>' for n in range(number))
        own = f'<s:complexType name="Own"><s:sequence>{parts}</s:sequence></s:complexType>'
        roots = "".join(f'<s:element name="r{n}" type="t:Own"/>' for n in range(number))
        schema = read_text(own + roots).schema
        shapes = planned_messages(schema, [named("element", f"r{n}") for n in range(number)])
        span = Span("grammar.yaml", 1, 1)
        said = [AttachedString(f"r{n}.e{n}", "Word", span, span) for n in range(number)]
        attached_parts, findings = Places(shapes, schema, {}).resolved(said)
        assert (len(attached_parts), findings) == (number, ())
        return calls_of(lambda: Places(shapes, schema, {}).resolved(said))

    assert work(320) <= 8.5 * work(40)
