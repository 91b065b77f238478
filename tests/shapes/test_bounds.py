"""Groups that double, rows of base types and circles: a reason, and no explosion."""

import pytest
from tests.effort import at_most_steps
from tests.plan.messages.operations import files_of
from tests.plan.messages.packages import package_of
from tests.read.schema.folders import named, read_text

from unstringly.shapes.planning import planned_messages
from unstringly.shapes.shapes import Reason, Shapes


def shapes_of(content: str, *types: str) -> Shapes:
    read = read_text(content)
    assert not read.findings
    return planned_messages(read.schema, [named("type", name) for name in types])


def reason(shapes: Shapes, name: str) -> Reason:
    return shapes.problems[named("type", name)]


def test_groups_that_double_have_a_reason() -> None:
    groups = "".join(
        f'<s:group name="G{n}"><s:sequence><s:group ref="t:G{n + 1}"/><s:group ref="t:G{n + 1}"/>'
        "</s:sequence></s:group>"
        for n in range(40)
    )
    last = (
        '<s:group name="G40"><s:sequence><s:element name="x" type="s:int"/></s:sequence></s:group>'
    )
    types = (
        '<s:complexType name="A"><s:group ref="t:G0"/></s:complexType>'
        '<s:complexType name="B"><s:sequence><s:element name="a" type="t:A"/></s:sequence>'
        '</s:complexType><s:complexType name="C"><s:group ref="t:G38"/></s:complexType>'
    )
    with at_most_steps(200):
        shapes = shapes_of(groups + last + types, "A", "B", "C")
    assert "more than" in reason(shapes, "A").words
    assert reason(shapes, "B") == reason(shapes, "A"), "what needs it has its reason"
    (record,) = shapes.records
    assert [slot.slot for slot in record.slots] == ["x", "x_2", "x_3", "x_4"]


def test_groups_that_are_nested_without_end_have_a_reason() -> None:
    groups = "".join(
        f'<s:group name="G{n}"><s:sequence><s:group ref="t:G{n + 1}"/></s:sequence></s:group>'
        for n in range(3000)
    )
    last = '<s:group name="G3000"><s:sequence/></s:group>'
    shapes = shapes_of(
        f'{groups}{last}<s:complexType name="A"><s:group ref="t:G0"/></s:complexType>', "A"
    )
    assert "deep" in reason(shapes, "A").words


def row(length: int) -> str:
    """Types that are derived from each other in a row, each with an element of its own."""
    derived = "".join(
        f'<s:complexType name="T{n + 1}"><s:complexContent><s:extension base="t:T{n}"><s:sequence>'
        f'<s:element name="e{n}" type="s:int"/></s:sequence></s:extension></s:complexContent>'
        "</s:complexType>"
        for n in range(length)
    )
    return f'<s:complexType name="T0"><s:sequence/></s:complexType>{derived}'


def test_rows_of_base_types_have_a_reason_when_they_are_too_long() -> None:
    assert "more than" in reason(shapes_of(row(2500), "T2500"), "T2500").words
    first, *others = shapes_of(row(30), "T10").records
    assert len(first.slots) == 10
    assert len(first.derived) == len(others) == 20


@pytest.mark.parametrize("item", ["A", "B"])
def test_arrays_of_themselves_are_records(item: str) -> None:
    shapes = shapes_of(
        '<s:complexType name="A"><s:sequence><s:element name="x" type="t:B" minOccurs="0"'
        ' maxOccurs="unbounded"/></s:sequence></s:complexType>'
        f'<s:complexType name="B"><s:sequence><s:element name="x" type="t:{item}" minOccurs="0"'
        ' maxOccurs="unbounded"/></s:sequence></s:complexType>',
        "A",
    )
    assert not shapes.arrays
    with package_of(files_of(shapes)) as package:
        inner = package.messages.B()
        assert package.messages.A(x=(inner, inner)).x == (inner, inner)


def test_simple_types_that_are_nested_too_deeply_have_a_reason() -> None:
    unions = "".join(
        f'<s:simpleType name="U{n}"><s:union memberTypes="t:U{n + 1} s:int"/></s:simpleType>'
        for n in range(200)
    )
    last = '<s:simpleType name="U200"><s:restriction base="s:int"/></s:simpleType>'
    shapes = shapes_of(unions + last, "U0")
    assert "deep" in reason(shapes, "U0").words
