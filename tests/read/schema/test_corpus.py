"""zeep reads the same types in public WSDLs as we do, wherever it can be asked.

The WSDLs are those of the corpus (tests/interop/corpus.py). Where it is not there the tests are
skipped; with UNSTRINGLY_INTEROP=required they fail.
"""

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from tests.interop.corpus import CORPUS, Entry, entries, missing
from tests.read.schema import zeep_types
from tests.read.schema.flat import Field, Named, attributes, fields, type_name
from tests.read.schema.zeep_types import is_a, name_of, read_by_zeep
from zeep.xsd import ComplexType as ZeepType

from unstringly.model.schema import Component, Schema
from unstringly.model.schema_content import ComplexType, Derivation, Element, SimpleContent
from unstringly.model.schema_names import ComponentName, Kind
from unstringly.model.schema_walks import bases, reachable, references
from unstringly.read.schema.documents import load_documents
from unstringly.read.schema.reader import read_schema
from unstringly.read.wsdl.findings import Refused

LEAST_READ, LEAST_COMPARED, MOST_LEFT_OUT = 240, 5000, 60
"""So many WSDLs and types there are at least, and so many components are left out at most."""

pytestmark = pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")  # zeep's, of odd WSDLs


class Read(NamedTuple):
    """A WSDL of the corpus and its schema."""

    entry: Entry
    schema: Schema


@pytest.fixture(scope="module")
def corpus() -> list[Read]:
    absent = missing()
    if absent and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(absent, pytrace=False)
    if absent:
        pytest.skip(absent)
    return list(schemas())


def schemas() -> Iterator[Read]:
    for entry in entries():
        folder = CORPUS / entry.path.parts[0]
        try:
            documents = load_documents(CORPUS / entry.path, entry.path.name, folder)
        except Refused:
            continue  # no well-formed XML
        schema, _ = read_schema(documents)
        yield Read(entry, schema)


def test_most_of_what_is_declared_can_be_read(corpus: list[Read]) -> None:
    assert len(corpus) >= LEAST_READ
    left_out = [name for read in corpus for name in read.schema.problems]
    assert len(left_out) <= MOST_LEFT_OUT


def test_each_schema_is_closed(corpus: list[Read]) -> None:
    for _, schema in corpus:
        for name, component in schema.components.items():
            for other, _ in references(component):
                assert other in schema.components, (name, other)
        assert len(reachable(schema, schema.components)) == len(schema.components)
        assert schema.components.keys().isdisjoint(schema.problems)


def test_zeep_reads_the_same_types(corpus: list[Read]) -> None:
    same = 0
    for entry, schema in corpus:
        zeep = read_by_zeep(str(CORPUS / entry.path))
        if zeep is None:
            continue
        met: set[ComponentName] = set()
        known: list[tuple[Kind, str, Any]] = [
            *(("type", text, type_) for text, type_ in zeep.types.items()),
            *(("element", text, element) for text, element in zeep.elements.items()),
        ]
        for kind, text, theirs in known:
            name = component(text, kind)
            ours = schema.components.get(name)
            if ours is None:
                assert schema.problem_of(name) is not None, text
                continue
            compared(schema, ours, theirs, met)
        same += len(met)
    assert same >= LEAST_COMPARED


def compared(schema: Schema, ours: Component, theirs: Any, met: set[ComponentName]) -> None:
    """Check the complex types that are not met yet: of a type or element, and within."""
    waiting: list[tuple[ComplexType, Any]] = []
    if isinstance(ours, ComplexType):
        waiting.append((ours, theirs))
    elif isinstance(ours, Element):
        assert ours.nillable == bool(theirs.nillable)
        type_of_theirs = name_of(theirs.type)
        assert type_of_theirs in ("", type_name(ours.type)) or ours.type.way, ours.name
        waiting.extend(anonymous(schema, ours.type, theirs.type))
    while waiting:
        type_, its_twin = waiting.pop()
        if type_.name in met:
            continue
        met.add(type_.name)
        compare(schema, type_, its_twin)
        pairs = zip(fields(schema, type_), zeep_types.fields(its_twin), strict=False)
        for (_, inner), (_, other) in pairs:
            waiting.extend(anonymous(schema, inner, other))


def anonymous(
    schema: Schema, name: ComponentName | None, theirs: Any
) -> Iterator[tuple[ComplexType, Any]]:
    """An anonymous complex type, and what zeep has for it."""
    type_ = schema.components[name] if name is not None and name.way else None
    if isinstance(type_, ComplexType):
        assert is_a(theirs, ZeepType)
        yield type_, theirs


def compare(schema: Schema, ours: ComplexType, theirs: Any) -> None:
    """Check that a type is the same.

    zeep has simple content as an element `_value_1`, whose type is the base type; also where the
    base type is complex, and declares no elements.
    """
    row = bases(schema, ours.name)
    declared = [field for field, _ in fields(schema, ours)]
    their_fields = [field for field, _ in zeep_types.fields(theirs)]
    is_value = [field.name for field in their_fields] == ["_value_1"]
    if isinstance(ours.content, SimpleContent) or (
        is_value and not any(field.name for field in declared)
    ):
        (field,) = their_fields
        value = ours.content.type if isinstance(ours.content, SimpleContent) else ours.base
        names = {type_name(value), *(type_name(base.name) for base in row)}
        assert field.name == "_value_1"
        assert field.type in names or not field.type
    else:
        assert len(declared) == len(their_fields), ours.name
        pairs = zip(declared, their_fields, strict=True)
        assert declared == [in_our_words(theirs, of=ours) for ours, theirs in pairs]
    is_simple = len(row) > 1 and isinstance(ours.content, SimpleContent)
    if is_simple and ours.derivation is Derivation.RESTRICTION:
        return  # zeep has the attributes of the base, or none
    declared_attributes = attributes(schema, ours)
    their_attributes = zeep_types.attributes(theirs)
    assert declared_attributes.keys() == their_attributes.keys(), ours.name
    for name, attribute in declared_attributes.items():
        assert attribute == in_our_words(their_attributes[name], of=attribute)


def in_our_words(theirs: Field | Named, *, of: Field | Named) -> Field | Named:
    """Return what zeep says, with our word for the type where it has none.

    It names no lists, and anonymous types by the elements and attributes that they belong to.
    """
    is_silent = not theirs.type or (
        not of.type and component(theirs.type).local == component(of.name).local
    )
    return theirs._replace(type=of.type) if is_silent else theirs


def component(text: str, kind: Kind = "type") -> ComponentName:
    """The component of a name with braces."""
    namespace, _, local = text.removeprefix("{").rpartition("}")
    return ComponentName(kind, namespace, local)
