"""Defaults are values of the types of what has them: an absent attribute, or an empty element."""

import pytest
from tests.plan.messages.operations import files_of
from tests.plan.messages.packages import package_of
from tests.read.schema.folders import named, read_text

from unstringly.shapes.planning import planned_messages

TYPES = """
<s:simpleType name="State"><s:restriction base="s:string">
  <s:enumeration value="new"/><s:enumeration value="sent"/></s:restriction></s:simpleType>
<s:simpleType name="Fresh">
  <s:restriction base="t:State"><s:maxLength value="4"/></s:restriction></s:simpleType>
<s:simpleType name="Numbers"><s:list itemType="s:int"/></s:simpleType>
<s:simpleType name="Few">
  <s:restriction base="t:Numbers"><s:maxLength value="3"/></s:restriction></s:simpleType>
<s:simpleType name="Fewer"><s:restriction base="t:Few"/></s:simpleType>
<s:simpleType name="Either"><s:union memberTypes="t:State s:int"/></s:simpleType>
<s:simpleType name="Or"><s:union memberTypes="s:int t:State"/></s:simpleType>
<s:simpleType name="Same"><s:restriction base="t:Or"/></s:simpleType>
"""

DEFAULTS = {
    "a listed text": ("t:State", "sent", "messages.State.SENT"),
    "a text that is not listed": ("t:State", "lost", "messages.UnknownState(text='lost')"),
    "of a type that restricts an enumeration": ("t:Fresh", "new", "messages.State.NEW"),
    "a list": ("t:Numbers", " 1  2 ", "(1, 2)"),
    "an empty list": ("t:Numbers", "", "()"),
    "of a restricted list": ("t:Fewer", "7", "(7,)"),
    "of the first member": ("t:Either", "new", "messages.State.NEW"),
    "of a later member": ("t:Either", "5", "5"),
    "of the last member": ("t:Or", "sent", "messages.State.SENT"),
    "of no listed member": ("t:Same", "x", "messages.UnknownState(text='x')"),
    "of a union of numbers": ("t:Same", "12", "12"),
}


HAVING = {
    "element": (
        "<s:sequence><s:element {}/></s:sequence>",
        '<t:Root xmlns:t="urn:t"><x/></t:Root>',
    ),
    "attribute": ("<s:attribute {}/>", '<t:Root xmlns:t="urn:t"/>'),
}
"""By what has a default: it, in a type, and a document in which the default counts."""


@pytest.mark.parametrize("kind", HAVING)
@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_is_a_value_of_its_type(name: str, kind: str) -> None:
    type_, text, expected = DEFAULTS[name]
    content, document = HAVING[kind]
    content = content.format(f'name="x" type="{type_}" default="{text}"')
    root = f'<s:element name="Root"><s:complexType>{content}</s:complexType></s:element>'
    read = read_text(TYPES + root)
    assert not read.findings
    shapes = planned_messages(read.schema, [named("element", "Root")])
    with package_of(files_of(shapes)) as package:
        default = eval(expected, {"messages": package.messages})
        (own,) = package.tables.ROOT_ELEMENTS.values()
        value = package.again(own, document)
        assert value == package.messages.Root(x=default)
        assert type(value.x) is type(default)
        assert package.again(own, package.written(own, value)) == value
        if kind == "attribute":
            assert value == package.messages.Root()


PROBLEMS = {
    "a union of nothing": ('<s:simpleType name="T"><s:union/></s:simpleType>', "no members"),
    "a restriction of a union of nothing": (
        '<s:simpleType name="U"><s:union/></s:simpleType>'
        '<s:simpleType name="T"><s:restriction base="t:U"/></s:simpleType>',
        "no members",
    ),
    "a union with qualified names": (
        '<s:simpleType name="T"><s:union memberTypes="s:int s:QName"/></s:simpleType>',
        "qualified names",
    ),
    "an abstract element without substitutes": (
        '<s:element name="h" abstract="true"/><s:complexType name="T"><s:sequence>'
        '<s:element ref="t:h"/></s:sequence></s:complexType>',
        "none stands for it",
    ),
    "a substitution group without end": (
        '<s:element name="h"/>'
        + "".join(f'<s:element name="h{n}" substitutionGroup="t:h"/>' for n in range(2_001))
        + '<s:complexType name="T"><s:sequence><s:element ref="t:h"/></s:sequence></s:complexType>',
        "more than 2000 elements",
    ),
    "attributes without end": (
        '<s:complexType name="T">'
        + "".join(f'<s:attribute name="a{n}"/>' for n in range(2_001))
        + "</s:complexType>",
        "more than 2000 attributes",
    ),
    "restrictions without end": (
        '<s:simpleType name="T0"><s:restriction base="s:int"/></s:simpleType>'
        + "".join(
            f'<s:simpleType name="T{n}"><s:restriction base="t:T{n - 1}"/></s:simpleType>'
            for n in range(1, 502)
        )
        + '<s:simpleType name="T"><s:restriction base="t:T501"/></s:simpleType>',
        "restricts more than 500 types",
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_has_no_shape_has_a_reason(name: str) -> None:
    content, words = PROBLEMS[name]
    shapes = planned_messages(read_text(content).schema, [named("type", "T")])
    assert words in shapes.problems[named("type", "T")].words


def test_attributes_of_groups_and_those_that_a_restriction_prohibits() -> None:
    """A group that is named twice, also by itself, counts once."""
    read = read_text(
        '<s:attributeGroup name="G"><s:attribute name="a" type="s:int"/>'
        '<s:attributeGroup ref="t:H"/></s:attributeGroup>'
        '<s:attributeGroup name="H"><s:attribute name="b" type="s:int"/></s:attributeGroup>'
        '<s:complexType name="Base"><s:attributeGroup ref="t:G"/><s:attributeGroup ref="t:H"/>'
        '</s:complexType><s:complexType name="T"><s:complexContent><s:restriction base="t:Base">'
        '<s:attribute name="a" use="prohibited"/></s:restriction></s:complexContent>'
        "</s:complexType>"
    )
    shapes = planned_messages(read.schema, [named("type", "T"), named("type", "Base")])
    with package_of(files_of(shapes)) as package:
        assert package.messages.Base(a=1, b=2).b == 2
        assert package.messages.T(b=2).b == 2
        with pytest.raises(TypeError):
            package.messages.T(a=1, b=2)
