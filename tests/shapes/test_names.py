"""Names in Python: they are identifiers, stable, and never those of somebody else."""

import builtins
import keyword
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.messages.operations import PACKAGE, files_of
from tests.plan.messages.packages import package_of
from tests.plan.messages.sampling import Sampler, hints_of, is_as_annotated
from tests.read.schema.folders import Read, named, read_files, read_text

from unstringly.model.schema_names import XSD, ComponentName
from unstringly.names import is_identifier
from unstringly.shapes.naming import ClassNames, class_name, field_name, member_names
from unstringly.shapes.planning import planned_messages
from unstringly.shapes.shapes import Shapes

HOSTILE = (
    *("datetime", "date", "str", "int", "class", "None", "True", "tuple", "frozenset", "object"),
    *("Enum", "final", "record", "Literal", "TypeAlias", "Decimal", "nil", "self", "__init__"),
    *("__slots__", "__record__", "_private", "mro", "value", "text", "a-b", "a.b", "a_b", "A_B"),
    *("Exception", "print", "l", "O", "订单", "Ω", "x1", "X1", "choice", "any_element"),
    *("Element", "Shape", "Content", "UnknownType", "XmlFragment", "AnyOrder", "Order", "field"),
)
"""Names that a schema may have, and that mean something in Python or in our modules."""

OURS = ("urn:", "http://x.example")
NAMES = st.text(min_size=1, max_size=12)
XML_NAMES = st.sampled_from(HOSTILE)


@given(NAMES | XML_NAMES)
def test_names_are_identifiers(text: str) -> None:
    assert is_identifier(class_name(text))
    assert not hasattr(builtins, class_name(text))
    assert field_name(text).isidentifier()
    assert not keyword.iskeyword(field_name(text))
    assert not field_name(text).startswith("_")


@given(st.lists(st.text(max_size=5), unique=True))
def test_members_have_names_of_their_own(values: list[str]) -> None:
    names = list(member_names(values))
    assert len(set(names)) == len(names) == len(values)
    assert all(is_identifier(name) for name in names)


def planned(read: Read) -> Shapes:
    assert not read.findings
    types = [name for name in read.schema.components if name.namespace != XSD]
    roots = [name for name in types if name.kind in ("type", "element") and not name.way]
    return planned_messages(
        read.schema, [name for name in roots if name.namespace.startswith(OURS)]
    )


def hostile_schema() -> str:
    """Types, fields, attributes and members of each hostile name, with hostile documentation."""
    words = (
        "<s:annotation><s:documentation>&quot;&quot;&quot;) + print(1) # \\ {x} %s\n\n\n\\N{DEL}"
        "</s:documentation></s:annotation>"
    )
    fields = "".join(
        f'<s:element name="{name}" type="s:{("dateTime", "date", "int")[n % 3]}" nillable="true"'
        f' minOccurs="0">{words}</s:element>'
        for n, name in enumerate(HOSTILE)
    )
    attributes = "".join(f'<s:attribute name="{name}" type="s:decimal"/>' for name in HOSTILE)
    members = "".join(f'<s:enumeration value="{name}">{words}</s:enumeration>' for name in HOSTILE)
    types = "".join(
        f'<s:complexType name="{name}">{words}<s:sequence><s:element name="in" type="t:{name}"'
        f' minOccurs="0"/><s:element name="{name}" type="t:Codes"/></s:sequence></s:complexType>'
        for name in HOSTILE
    )
    branches = "".join(f'<s:element name="{name}" type="t:{name}"/>' for name in HOSTILE)
    return (
        f'<s:simpleType name="Codes">{words}<s:restriction base="s:string">{members}'
        f"</s:restriction></s:simpleType>{types}"
        f'<s:complexType name="All"><s:sequence>{fields}</s:sequence>{attributes}</s:complexType>'
        f'<s:complexType name="One"><s:choice>{branches}</s:choice></s:complexType>'
        '<s:element name="all" type="t:All"/><s:element name="one" type="t:One"/>'
    )


@pytest.mark.parametrize("element", ["all", "one"])
def test_hostile_names_work(element: str) -> None:
    with package_of(files_of(planned(read_text(hostile_schema())))) as package:
        sampler = Sampler(package.xml)
        table = package.tables.ROOT_ELEMENTS[f"urn:t {element}"]
        for seed in range(30):
            value = sampler.value(table, Random(seed))
            assert is_as_annotated(value)
            assert package.again(table, package.written(table, value)) == value


def test_annotations_are_not_hidden_by_fields() -> None:
    """`datetime: datetime | None` would make the fields behind it mean another thing."""
    fields = '<s:element name="datetime" type="s:dateTime"/><s:element name="x" type="s:dateTime"/>'
    read = read_text(f'<s:complexType name="A"><s:sequence>{fields}</s:sequence></s:complexType>')
    with package_of(files_of(planned(read))) as package:
        hints = hints_of(package.messages.A)
        assert hints["datetime"] is hints["x"]


def test_each_namespace_has_its_type_of_a_name() -> None:
    spaces = ("urn:t", "urn:orders", "http://x.example/orders/2024", "urn:orders:billing")
    files = {
        f"{n}.xsd": f'<s:schema xmlns:s="{XSD}" targetNamespace="{space}">'
        '<s:complexType name="Order"><s:sequence/></s:complexType>'
        '<s:element name="Order"><s:complexType><s:sequence/></s:complexType></s:element>'
        "</s:schema>"
        for n, space in enumerate(spaces)
    }
    includes = "".join(
        f'<s:import namespace="{space}" schemaLocation="{n}.xsd"/>'
        for n, space in enumerate(spaces)
    )
    start = f'<s:schema xmlns:s="{XSD}" targetNamespace="urn:start">{includes}</s:schema>'
    shapes = planned(read_files({"start.xsd": start, **files}))
    names = [record.class_name for record in shapes.records]
    assert len(set(names)) == len(names) == 2 * len(spaces)
    assert "Order" in names
    constants = [record.constant for record in shapes.records]
    assert len(set(constants)) == len(constants)


TYPES = st.lists(XML_NAMES, unique=True, min_size=1, max_size=12)


def class_names(names: list[str]) -> dict[ComponentName, str]:
    content = "".join(
        f'<s:complexType name="{name}"><s:sequence/></s:complexType>' for name in names
    )
    schema = read_text(content).schema
    of = ClassNames(schema)
    return {named("type", name): of.of(named("type", name)) for name in names}


@given(TYPES, XML_NAMES)
def test_a_type_that_is_added_at_the_end_renames_nothing(names: list[str], added: str) -> None:
    before = class_names(names)
    after = class_names([*(name for name in names if name != added), added])
    if added not in names:
        assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)


@given(TYPES, st.data())
def test_what_operations_reach_names_nothing_anew(names: list[str], data: st.DataObject) -> None:
    content = "".join(
        f'<s:complexType name="{name}"><s:sequence><s:element name="x" type="s:int"/></s:sequence>'
        "</s:complexType>"
        for name in names
    )
    schema = read_text(content).schema
    some = data.draw(st.lists(st.sampled_from(names), unique=True))
    every = dict(_classes(planned_messages(schema, [named("type", name) for name in names])))
    few = dict(_classes(planned_messages(schema, [named("type", name) for name in some])))
    assert few.items() <= every.items()
    assert len(few) == len(some)


def _classes(shapes: Shapes) -> Iterator[tuple[ComponentName, str]]:
    return ((record.type, record.class_name) for record in shapes.records)


def test_nothing_of_a_schema_becomes_code() -> None:
    files = files_of(planned(read_text(hostile_schema())))
    text = files[f"{PACKAGE}/messages.py"]
    assert "print(1)" in text  # in a docstring
    with package_of(files) as package:
        assert "print(1)" in (package.messages.Codes.__doc__ or "")
