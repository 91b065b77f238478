"""A fault is told where it is, costs what needs it, and nothing else."""

from typing import NamedTuple

import pytest
from tests.read.schema.folders import named, read_files, read_text

from unstringly.model.schema_names import XSD

SIMPLE_CONTENT = '<s:simpleContent><s:extension base="s:int"/></s:simpleContent>'
OTHER = '<s:element name="other" type="s:string"/>'


class Case(NamedTuple):
    """The component `T` or `e` on the second line, the rule that is broken, and words of it."""

    component: str
    code: str
    words: str


def type_(content: str) -> str:
    return f'<s:complexType name="T">{content}</s:complexType>'


def simple(content: str) -> str:
    return f'<s:simpleType name="T">{content}</s:simpleType>'


CASES = {
    "no such type": Case(
        type_('<s:sequence><s:element name="a" type="t:Tt"/></s:sequence>'), "W111", "`Tt`"
    ),
    "no such built-in type": Case(
        type_('<s:attribute name="a" type="s:datetime"/>'), "W111", "`dateTime`"
    ),
    "prefix": Case(type_('<s:attribute name="a" type="q:a"/>'), "W112", "`q:a`"),
    "no name": Case(type_("<s:sequence><s:element/></s:sequence>"), "W113", "`name`"),
    "bad number": Case(
        type_('<s:sequence><s:element name="a" maxOccurs="many"/></s:sequence>'), "W108", "many"
    ),
    "bounds": Case(type_('<s:sequence maxOccurs="2" minOccurs="3"/>'), "W108", "minOccurs"),
    "misplaced": Case(type_("<s:sequence><s:attribute/></s:sequence>"), "W107", "`attribute`"),
    "twice": Case(type_("<s:sequence/><s:sequence/>"), "W107", "`sequence`"),
    "two contents": Case(type_("<s:sequence/><s:choice/>"), "W128", "this has 2"),
    "beside content": Case(
        type_(
            '<s:simpleContent><s:extension base="s:int"/></s:simpleContent><s:attribute name="a"/>'
        ),
        "W128",
        "nothing beside",
    ),
    "no way": Case(type_("<s:complexContent/>"), "W128", "one extension or restriction"),
    "no base": Case(type_("<s:complexContent><s:extension/></s:complexContent>"), "W113", "`base`"),
    "itself": Case(
        type_('<s:complexContent><s:extension base="t:T"/></s:complexContent>'), "W128", "by itself"
    ),
    "simple base": Case(
        type_('<s:complexContent><s:extension base="s:int"/></s:complexContent>'), "W128", "`int`"
    ),
    "complex base": Case(simple('<s:restriction base="s:anyType"/>'), "W128", "`anyType`"),
    "list of lists": Case(simple('<s:list itemType="s:NMTOKENS"/>'), "W128", "lists"),
    "no members": Case(simple("<s:union/>"), "W128", "no members"),
    "no value": Case(
        simple('<s:restriction base="s:int"><s:length/></s:restriction>'), "W113", "`value`"
    ),
    "white space": Case(
        simple('<s:restriction base="s:string"><s:whiteSpace value="a"/></s:restriction>'),
        "W128",
        "`a`",
    ),
    "attribute of a complex type": Case(
        type_('<s:attribute name="a" type="s:anyType"/>'), "W128", "complex"
    ),
    "two values": Case(type_('<s:attribute name="a" default="1" fixed="1"/>'), "W128", "default"),
    "open content": Case(type_("<s:openContent><s:any/></s:openContent>"), "W127", "openContent"),
    "array": Case(
        type_(
            '<s:complexContent><s:restriction base="e:Array"><s:attribute ref="e:arrayType"'
            ' w:arrayType="s:int"/></s:restriction></s:complexContent>'
        ),
        "W128",
        "`s:int`",
    ),
}
PREFIXES = (
    'xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" xmlns:w="http://schemas.xmlsoap.org/wsdl/"'
)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_is_told_and_costs_who_needs_it(case: Case) -> None:
    user = '<s:element name="user" type="t:T"/>'
    use = '<s:sequence><s:element ref="t:user"/></s:sequence>'
    deep = f'<s:complexType name="U">{use}</s:complexType>'
    schema, findings = read_text("\n".join((case.component, user, OTHER, deep)), PREFIXES)
    assert {finding.rule.code for finding in findings} == {case.code}
    assert {finding.span.line for finding in findings} == {2}
    assert any(case.words in f"{finding.message} {finding.help}" for finding in findings)
    for name in (named("type", "T"), named("element", "user"), named("type", "U")):
        problem = schema.problem_of(name)
        assert problem is not None
        assert problem.findings == findings
        assert problem.at == named("type", "T")
    assert named("element", "other") in schema.components


def test_the_first_of_two_components_counts() -> None:
    text = f'{OTHER}\n<s:element name="other" type="s:int"/>'
    schema, findings = read_text(text)
    assert [(finding.rule.code, finding.span.line) for finding in findings] == [("W110", 3)]
    assert schema.components[named("element", "other")].span.line == 2
    assert schema.problems == {}


def test_types_share_their_names() -> None:
    text = type_("") + "\n" + simple('<s:restriction base="s:int"/>')
    _, findings = read_text(text)
    assert [(finding.rule.code, finding.span.line) for finding in findings] == [("W110", 3)]


def test_a_document_that_is_not_there_costs_only_who_needs_it() -> None:
    text = """<s:import namespace="urn:o" schemaLocation="http://example.com/o.xsd"/>
<s:element name="user" type="o:T"/>
<s:element name="other" type="s:int"/>"""
    schema, findings = read_text(text, 'xmlns:o="urn:o"')
    assert [(finding.rule.code, finding.span.line) for finding in findings] == [
        ("W126", 2),
        ("W111", 3),
    ]
    assert "it.xsd:2:1" in findings[1].help
    assert schema.problems.keys() == {named("element", "user")}


def test_a_file_that_cannot_be_read_is_where_to_look_in_each_of_its_namespaces() -> None:
    start = f'<s:schema xmlns:s="{XSD}" xmlns:o="urn:o" xmlns:p="urn:p">'
    imports = '<s:import namespace="urn:{0}" schemaLocation="broken.xsd"/>'
    users = '<s:element name="{0}" type="{0}:T"/>'
    parts = (text.format(prefix) for prefix in "op" for text in (imports, users))
    text = f"{start}{''.join(parts)}</s:schema>"
    read = read_files({"it.xsd": text, "broken.xsd": "<"})
    assert read.codes.count("W103") == 1
    unknown = [finding for finding in read.findings if finding.rule.code == "W111"]
    assert len(unknown) == 2
    assert all("broken.xsd:1:" in finding.help for finding in unknown)


def test_what_changes_other_documents_is_not_read() -> None:
    text = '<s:redefine schemaLocation="x.xsd"/>\n<s:element name="user" type="t:T"/>'
    schema, findings = read_text(text)
    assert [(finding.rule.code, finding.span.line) for finding in findings] == [
        ("W127", 2),
        ("W111", 3),
    ]
    assert schema.components.keys().isdisjoint({named("element", "user")})


def test_extensions_of_others_are_passed_over() -> None:
    text = type_('<x:y xmlns:x="urn:x"/><s:annotation><s:appinfo><s:a/></s:appinfo></s:annotation>')
    assert read_text(text).findings == ()
