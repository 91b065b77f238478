"""What a type has of its own and what comes from its base, where the two meet in odd ways."""

from collections.abc import Mapping

import pytest
from tests.read.schema.folders import Read, named, read_text

from unstringly.model.schema_content import (
    ComplexContent,
    ComplexType,
    Element,
    SimpleContent,
    SoapArray,
)
from unstringly.model.schema_names import XSD, ComponentName
from unstringly.model.schema_simple import Facets, SimpleType

SOAP = 'xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"'
PRICE = (
    '<s:complexType name="P"><s:simpleContent><s:extension base="s:decimal"/>'
    "</s:simpleContent></s:complexType>"
)
ROW = (
    '<s:complexType name="R" mixed="true"><s:sequence>'
    '<s:element name="a" type="s:int"/></s:sequence></s:complexType>'
)
SMALL = (
    '<s:simpleType><s:restriction base="s:decimal"><s:totalDigits value="3"/></s:restriction>'
    "</s:simpleType>"
)


def derived(kind: str, way: str, base: str, more: str = "") -> str:
    """Return the complex type `T`, derived from a base in a way and with a kind of content."""
    inside = f'<s:{way} base="{base}">{more}</s:{way}>'
    return f'<s:complexType name="T"><s:{kind}>{inside}</s:{kind}></s:complexType>'


def type_of(read: Read) -> ComplexType:
    assert read.findings == ()
    type_ = read.schema.components[named("type", "T")]
    assert isinstance(type_, ComplexType)
    return type_


def decimal() -> ComponentName:
    return ComponentName("type", XSD, "decimal")


@pytest.mark.parametrize("more", ["", '<s:attribute name="unit" type="s:string"/>'])
def test_complex_content_may_add_attributes_to_simple_content(more: str) -> None:
    read = read_text(PRICE + derived("complexContent", "extension", "t:P", more))
    assert type_of(read).content == SimpleContent(decimal())
    assert len(type_of(read).attributes.items) == bool(more)


@pytest.mark.parametrize(
    ("way", "more"),
    [("restriction", ""), ("extension", '<s:sequence><s:element name="b"/></s:sequence>')],
    ids=["restriction", "elements"],
)
def test_complex_content_adds_nothing_else_to_simple_content(way: str, more: str) -> None:
    read = read_text(PRICE + "\n" + derived("complexContent", way, "t:P", more))
    assert [(finding.rule.code, finding.span.line) for finding in read.findings] == [("W128", 3)]


def test_simple_content_needs_a_base_with_simple_content() -> None:
    read = read_text(ROW + "\n" + derived("simpleContent", "extension", "t:R"))
    assert [(finding.rule.code, finding.span.line) for finding in read.findings] == [("W128", 3)]


def test_what_extends_mixed_content_is_mixed() -> None:
    """And what restricts it is mixed only if it says so itself."""
    content = '<s:sequence><s:element name="a" type="s:int"/></s:sequence>'
    mixed = {
        way: type_of(read_text(ROW + derived("complexContent", way, "t:R", content))).content
        for way in ("extension", "restriction")
    }
    assert [of.mixed for of in mixed.values() if isinstance(of, ComplexContent)] == [True, False]


@pytest.mark.parametrize("facets", ["", '<s:maxInclusive value="9"/>'], ids=["none", "own"])
def test_a_restriction_of_simple_content_may_bring_a_type(facets: str) -> None:
    """With facets of its own, the value is a type of its own, which is derived from that type."""
    read = read_text(PRICE + derived("simpleContent", "restriction", "t:P", SMALL + facets))
    content = type_of(read).content
    assert isinstance(content, SimpleContent)
    value = read.schema.components[content.type]
    assert isinstance(value, SimpleType)
    rows: list[Facets] = []
    while value.name != decimal():
        rows.append(value.facets)
        base = read.schema.components[value.base]
        assert isinstance(base, SimpleType)
        value = base
    own = [Facets(max_inclusive="9")] if facets else []
    assert rows[: len(own)] == own
    assert rows[-1] == Facets(total_digits=3)


def test_an_element_without_a_type_has_that_of_its_head() -> None:
    head = '<s:element name="head" type="s:decimal"/>'
    read = read_text(head + '<s:element name="e" substitutionGroup="t:head"/>')
    element = read.schema.components[named("element", "e")]
    assert isinstance(element, Element)
    assert element.type == decimal()


def test_an_array_may_be_of_an_element_that_is_declared_elsewhere() -> None:
    array = derived(
        "complexContent",
        "restriction",
        "e:Array",
        '<s:sequence><s:element ref="t:item" maxOccurs="unbounded"/></s:sequence>',
    )
    read = read_text(array + '<s:element name="item" type="s:decimal"/>', SOAP)
    assert type_of(read).array == SoapArray(decimal(), (1,))


def test_a_group_that_may_not_occur_is_not_there() -> None:
    group = '<s:choice maxOccurs="0" minOccurs="0"><s:element name="a"/></s:choice>'
    read = read_text(f'<s:complexType name="T">{group}</s:complexType>')
    assert type_of(read).content == ComplexContent(None, mixed=False)


FAULTS: Mapping[str, tuple[str, str, str]] = {
    "alternatives": ('<s:alternative type="s:int"/>', "W127", "`xs:alternative`"),
    "two types": (f"{SMALL}<s:complexType/>", "W128", "two types"),
}


@pytest.mark.parametrize(("content", "code", "words"), FAULTS.values(), ids=FAULTS)
def test_an_element_with_more_than_one_type_is_told(content: str, code: str, words: str) -> None:
    read = read_text(f'\n<s:element name="e">{content}</s:element>')
    assert {(finding.rule.code, finding.span.line) for finding in read.findings} == {(code, 3)}
    assert any(words in finding.message for finding in read.findings)
