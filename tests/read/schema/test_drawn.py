"""Drawn schemas mean what the judge says: what can be used, what it is, and who is at fault."""

from hypothesis import given
from tests.read.schema.flat import fields
from tests.read.schema.folders import read_files
from tests.read.schema.judge import Judge
from tests.read.schema.sketches import BUILT_IN, ELEMENTS, GROUPS, Sketch, sketches, written

from unstringly.diagnostics import Diagnostic
from unstringly.model.schema import Schema
from unstringly.model.schema_content import ComplexType, Element, SimpleContent
from unstringly.model.schema_names import XSD, ComponentName, Kind
from unstringly.model.schema_simple import Atomic, ListOf, SimpleType, UnionOf
from unstringly.model.schema_walks import reachable

VARIETIES = {"atomic": Atomic, "list": ListOf, "union": UnionOf}


def read(text: str) -> tuple[Schema, tuple[Diagnostic, ...]]:
    schema, findings = read_files({"drawn.xsd": text})
    return schema, findings


def named(local: str) -> ComponentName:
    if local in BUILT_IN:
        return ComponentName("type", XSD, local)
    kind: Kind = "group" if local in GROUPS else "element" if local in ELEMENTS else "type"
    return ComponentName(kind, "urn:x", local)


@given(sketch=sketches())
def test_what_reaches_a_fault_is_left_out_and_nothing_else(sketch: Sketch) -> None:
    schema, findings = read(written(sketch))
    judge = Judge(sketch)
    lines = {name: number for number, name in enumerate(sketch, 2)}
    for name in sketch:
        problem = schema.problem_of(named(name))
        assert (named(name) in schema.components) == judge.is_usable(name) == (problem is None)
        if problem is not None:
            assert problem.at.local in judge.owners
            assert {finding.span.line for finding in problem.findings} == {lines[problem.at.local]}
            assert set(problem.findings) <= set(findings)
    about = {finding.span.line for finding in findings}
    assert about == {lines[name] for name in judge.owners}


@given(sketch=sketches())
def test_components_are_what_they_are_declared_to_be(sketch: Sketch) -> None:
    schema, _ = read(written(sketch))
    judge = Judge(sketch)
    for name in filter(judge.is_usable, sketch):
        component = schema.components[named(name)]
        match component:
            case SimpleType(variety=variety):
                assert isinstance(variety, VARIETIES[judge.variety(name)])
            case ComplexType(content=SimpleContent(type=type_)):
                assert judge.variety(name) == "value"
                assert type_ == named(judge.value(name))
            case ComplexType():
                assert judge.variety(name) == "elements"
                declared = [field[:4] for field, _ in fields(schema, component)]
                assert declared == judge.fields(name)
            case Element(type=type_):
                assert type_ == named(judge.type_of(name))
            case _:
                pass


@given(sketch=sketches())
def test_a_schema_is_closed_and_reached_from_its_parts(sketch: Sketch) -> None:
    schema, _ = read(written(sketch))
    assert schema.components.keys().isdisjoint(schema.problems)
    for name in schema.components:
        assert set(reachable(schema, [name])) <= schema.components.keys()
    assert set(reachable(schema, schema.components)) == schema.components.keys()
    for base, names in schema.derived.items():
        assert base in schema.components
        for name in names:
            type_ = schema.components[name]
            assert isinstance(type_, SimpleType | ComplexType)
            assert type_.base == base
