"""Each construct of XML Schema becomes the component that it declares."""

import pytest
from tests.read.schema.everything import FILES
from tests.read.schema.flat import attributes, fields
from tests.read.schema.folders import Read, named, read_files, read_text

from unstringly.model.schema import Component
from unstringly.model.schema_built_in import BUILT_IN
from unstringly.model.schema_content import (
    AnyElement,
    Attribute,
    AttributeGroup,
    AttributeRef,
    ComplexContent,
    ComplexType,
    Compositor,
    Element,
    Group,
    GroupRef,
    LocalAttribute,
    LocalElement,
    ModelGroup,
    Occurs,
    SimpleContent,
    SoapArray,
    Use,
    Wildcard,
)
from unstringly.model.schema_names import ANY_SIMPLE_TYPE, ANY_TYPE, XSD, ComponentName
from unstringly.model.schema_simple import Atomic, Facets, ListOf, SimpleType, UnionOf
from unstringly.model.schema_walks import bases, leaves
from unstringly.model.service import QName


@pytest.fixture(scope="module")
def everything() -> Read:
    read = read_files(FILES)
    assert read.findings == ()
    return read


def built_in(local: str) -> ComponentName:
    return ComponentName("type", XSD, local)


def simple(read: Read, name: ComponentName) -> SimpleType:
    type_ = read.schema.components[name]
    assert isinstance(type_, SimpleType)
    return type_


def complex_(read: Read, name: ComponentName) -> ComplexType:
    type_ = read.schema.components[name]
    assert isinstance(type_, ComplexType)
    return type_


def group_of(component: Component) -> ModelGroup:
    match component:
        case ComplexType(content=ComplexContent(particle=ModelGroup() as group)):
            return group
        case Group(content=ModelGroup() as group):
            return group
        case _:
            raise TypeError(component)


def test_enumerations_and_facets(everything: Read) -> None:
    code = simple(everything, named("type", "Code"))
    assert (code.base, code.variety) == (built_in("string"), Atomic("string"))
    assert [value.value for value in code.facets.enumeration] == ["A", "B"]
    assert (code.facets.patterns, code.facets.max_length) == (("[A-Z]+",), 3)
    assert code.facets.white_space == "collapse"
    assert code.documentation == "A code."


def test_lists_and_unions(everything: Read) -> None:
    assert simple(everything, named("type", "Codes")).variety == ListOf(named("type", "Code"))
    member = named("type", "Mixed", ":member")
    union = simple(everything, named("type", "Mixed")).variety
    assert union == UnionOf((named("type", "Code"), built_in("int"), member))
    assert simple(everything, member).facets == Facets(total_digits=4, min_inclusive="0")


def test_simple_content(everything: Read) -> None:
    price = complex_(everything, named("type", "Price"))
    assert price.content == SimpleContent(built_in("decimal"))
    assert set(attributes(everything.schema, price)) == {
        *("currency", "{urn:t}scale", "{http://www.w3.org/XML/1998/namespace}lang")
    }
    small = complex_(everything, named("type", "SmallPrice"))
    value = named("type", "SmallPrice", ":value")
    assert small.content == SimpleContent(value)
    assert simple(everything, value).base == built_in("decimal")
    assert simple(everything, value).facets == Facets(max_inclusive="10")
    assert "currency" not in attributes(everything.schema, small)


def test_attributes(everything: Read) -> None:
    common = everything.schema.components[named("attribute group", "Common")]
    assert isinstance(common, AttributeGroup)
    wildcard = common.attributes.wildcard
    assert wildcard is not None
    assert wildcard == Wildcard(("", "urn:t"), negated=True, process="lax")
    assert [wildcard.takes(namespace) for namespace in ("", "urn:t", "urn:z")] == [0, 0, 1]
    lang, scale = common.attributes.items
    assert isinstance(lang, AttributeRef)
    assert isinstance(scale, AttributeRef)
    declared = everything.schema.components[scale.name]
    assert isinstance(declared, Attribute)
    assert (declared.name, declared.default) == (QName("urn:t", "scale"), "2")
    (currency, _) = complex_(everything, named("type", "Price")).attributes.items
    assert isinstance(currency, LocalAttribute)
    assert (currency.use, currency.declaration.name) == (Use.REQUIRED, QName("", "currency"))


def test_groups_choices_and_wildcards(everything: Read) -> None:
    lines = group_of(everything.schema.components[named("group", "Lines")])
    line, rest = lines.particles
    assert isinstance(line, LocalElement)
    assert (line.occurs, line.declaration.nillable) == (Occurs(1, None), True)
    assert line.declaration.type == named("group", "Lines", "line")
    assert isinstance(rest, GroupRef)
    assert rest.occurs == Occurs(0, 1)
    inner = group_of(everything.schema.components[line.declaration.type])
    assert inner.compositor is Compositor.ALL
    code = named("group", "Lines", "line", "code")
    assert simple(everything, code).base == named("type", "Code")
    choice = group_of(everything.schema.components[rest.name])
    assert (choice.compositor, choice.occurs) == (Compositor.CHOICE, Occurs(1, 3))
    _, any_, empty = choice.particles
    assert isinstance(any_, AnyElement)
    assert any_.wildcard == Wildcard(("", "urn:z"), negated=False, process="skip")
    assert isinstance(empty, ModelGroup)
    assert empty.particles == ()  # what may not occur is not there


def test_extension_and_recursion(everything: Read) -> None:
    order = complex_(everything, named("type", "Order"))
    assert [base.name.local for base in bases(everything.schema, order.name)] == ["Order", "Base"]
    assert everything.schema.derived[named("type", "Base")] == (order.name,)
    names = [field.name for field, _ in fields(everything.schema, order)]
    assert names == ["id", "{urn:t}line", "{urn:t}note", "", "{urn:t}next", "{urn:o}thing"]
    assert isinstance(order.content, ComplexContent)
    assert not order.content.mixed  # complexContent has the last word
    assert complex_(everything, named("type", "Base")).abstract


def test_arrays(everything: Read) -> None:
    array = complex_(everything, named("type", "ArrayOfOrder")).array
    assert array == SoapArray(named("type", "Order"), (2, 1))


def test_substitution_groups(everything: Read) -> None:
    memo = everything.schema.components[named("element", "memo")]
    assert isinstance(memo, Element)
    assert (memo.type, memo.nillable) == (built_in("string"), True)
    assert everything.schema.substitutes == {named("element", "note"): (named("element", "memo"),)}


def test_elements_without_a_type_are_anything(everything: Read) -> None:
    anything = everything.schema.components[named("element", "anything")]
    assert isinstance(anything, Element)
    assert anything.type == ANY_TYPE


def test_chameleons_take_the_namespace_of_who_includes_them(everything: Read) -> None:
    adopted = complex_(everything, named("type", "Adopted"))
    (child,) = leaves(group_of(adopted))
    assert isinstance(child, LocalElement)
    assert (child.declaration.name, child.declaration.type) == (QName("", "child"), adopted.name)
    assert adopted.span.file == "chameleon.xsd"


def test_documents_may_import_each_other(everything: Read) -> None:
    thing = ComponentName("element", "urn:o", "thing")
    inner = complex_(everything, ComponentName("element", "urn:o", "thing", (":type",)))
    names = [field.name for field, _ in fields(everything.schema, inner)]
    assert names == ["price", "{urn:o}thing"]
    assert thing in everything.schema.components


def test_anonymous_types_of_one_name_are_numbered() -> None:
    type_ = '<s:simpleType><s:restriction base="s:{}"/></s:simpleType>'
    element = f'<s:element name="e">{type_}</s:element>'
    branches = element.format("int") + f"<s:sequence>{element.format('date')}</s:sequence>"
    read = read_text(f'<s:complexType name="T"><s:choice>{branches}</s:choice></s:complexType>')
    assert simple(read, named("type", "T", "e")).variety == Atomic("int")
    assert simple(read, named("type", "T", "e#2")).variety == Atomic("date")


@pytest.mark.parametrize("vintage", ["1999", "2000/10"])
def test_drafts_of_xml_schema_are_read_as_what_they_became(vintage: str) -> None:
    text = f"""<x:schema xmlns:x="http://www.w3.org/{vintage}/XMLSchema" targetNamespace="urn:t">
    <x:complexType name="T"><x:sequence>
      <x:element name="when" type="x:timeInstant" maxOccurs="*"/>
    </x:sequence></x:complexType></x:schema>"""
    read = read_files({"it.xsd": text})
    (when,) = leaves(group_of(complex_(read, named("type", "T"))))
    assert isinstance(when, LocalElement)
    assert (when.declaration.type, when.occurs) == (built_in("dateTime"), Occurs(1, None))


def test_imports_may_stand_straight_in_types_and_their_letters_be_small() -> None:
    wsdl = f"""<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="{XSD}">
      <w:types><s:import namespace="urn:t" schemalocation="sub/it.xsd"/></w:types>
    </w:definitions>"""
    schema = f'<s:schema xmlns:s="{XSD}" targetNamespace="urn:t"><s:element name="e"/></s:schema>'
    read = read_files({"it.wsdl": wsdl, "sub/it.xsd": schema})
    assert read.findings == ()
    assert read.schema.components[named("element", "e")].span.file == "sub/it.xsd"


def test_imports_straight_in_types_may_leave_their_place_open() -> None:
    start = f'<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="{XSD}">'
    types = '<w:types><s:import namespace="urn:t"/></w:types>'
    assert read_files({"it.wsdl": f"{start}{types}</w:definitions>"}).findings == ()


def test_imports_lead_through_the_folder_of_the_service_and_not_out_of_it() -> None:
    schema = '<s:schema xmlns:s="{0}" targetNamespace="urn:t">{1}<s:element name="e"/></s:schema>'
    include = '<s:include schemaLocation="../{}"/>'
    files = {
        "a/first.xsd": schema.format(XSD, include.format("b/second.xsd")),
        "b/second.xsd": schema.format(XSD, include.format("../it.xsd")).replace('"e"', '"f"'),
    }
    read = read_files(files)
    assert read.codes == ["W126"]
    assert read.findings[0].span.file == "b/second.xsd"
    assert read.schema.components[named("element", "f")].span.file == "b/second.xsd"


def test_arrays_without_a_type_are_of_their_only_element() -> None:
    start = '<s:complexContent><s:restriction base="e:Array">'
    element = '<s:sequence><s:element name="i" type="s:int" maxOccurs="unbounded"/></s:sequence>'
    content = f'<s:complexType name="A">{start}{element}</s:restriction></s:complexContent>'
    more = '</s:complexType><s:complexType name="B"><s:complexContent><s:extension base="t:A"/>'
    text = f"{content}{more}</s:complexContent></s:complexType>"
    read = read_text(text, 'xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"')
    assert complex_(read, named("type", "A")).array == SoapArray(built_in("int"), (1,))
    assert complex_(read, named("type", "B")).array == SoapArray(built_in("int"), (1,))


def test_standards_are_known_and_a_document_of_theirs_comes_first() -> None:
    encoding = "http://schemas.xmlsoap.org/soap/encoding/"
    own = '<s:simpleType name="string"><s:list itemType="s:int"/></s:simpleType>'
    start = f'<s:schema xmlns:s="{XSD}" targetNamespace="{encoding}">'
    wsdl = f"""<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/">
      <w:types>{start}{own}</s:schema></w:types>
    </w:definitions>"""
    read = read_files({"it.wsdl": wsdl})
    assert read.findings == ()
    string = simple(read, ComponentName("type", encoding, "string"))
    assert string.variety == ListOf(built_in("int"))
    assert simple(read, ComponentName("type", encoding, "int")).variety == Atomic("int")


def test_built_in_types_are_those_of_the_standard() -> None:
    simple_types = [type_ for type_ in BUILT_IN.values() if isinstance(type_, SimpleType)]
    assert len(simple_types) == 45 + 5  # of the first version, and those that 1.1 added
    bounds: dict[str, tuple[int, int]] = {}
    for bits, name in ((8, "byte"), (16, "short"), (32, "int"), (64, "long")):
        bounds[name] = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        unsigned = "unsigned" + name.capitalize()
        bounds[unsigned] = (0, 2**bits - 1)
    for name, (least, most) in bounds.items():
        rows = bases(read_text("").schema, built_in(name))
        facets = [type_.facets for type_ in rows if isinstance(type_, SimpleType)]
        assert next(type_.min_inclusive for type_ in facets if type_.min_inclusive) == str(least)
        assert next(type_.max_inclusive for type_ in facets if type_.max_inclusive) == str(most)
    for type_ in simple_types:
        if isinstance(type_.variety, Atomic):
            assert type_.variety.built_in == type_.name.local
        assert type_.name == ANY_SIMPLE_TYPE or type_.base in BUILT_IN
