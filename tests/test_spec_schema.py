"""The schema for editors and the document have the keys and words of the spec reader."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import pytest

from unstringly.read.spec import accept as spec_accept
from unstringly.read.spec import enums as spec_enums
from unstringly.read.spec import operations as spec_operations
from unstringly.read.spec import reader as spec
from unstringly.read.spec import records as spec_records
from unstringly.read.spec import types as spec_types

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "codegen" / "unstringly" / "schema.json"

TABLES: Mapping[str, tuple[str, ...]] = {
    "spec": spec.SPEC_KEYS,
    "document": spec.DOCUMENT_KEYS,
    "type": spec_types.TYPE_KEYS,
    "member": spec_enums.MEMBER_KEYS,
    "record": spec_records.RECORD_KEYS,
    "field": spec_records.FIELD_KEYS,
    "list": spec_records.LIST_KEYS,
    "choice": spec_records.CHOICE_KEYS,
    "operation": spec_operations.OPERATION_KEYS,
    "limits": spec_operations.LIMITS_KEYS,
    "parameter": spec_operations.PARAMETER_KEYS,
    "variant": spec_operations.VARIANT_KEYS,
    "callback": spec_operations.CALLBACK_KEYS,
    "callback_field": spec_operations.CALLBACK_FIELD_KEYS,
    "acceptance": spec_accept.ACCEPT_KEYS,
}
KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "line_ends": tuple(spec.LINE_ENDS),
    "zeros": tuple(spec_types.ZEROS),
    "values": tuple(spec_enums.VALUES),
    "padding": tuple(spec_records.PADDING),
    "leading": tuple(spec_records.ALLOWED),
    "repeated": tuple(spec_records.ALLOWED),
    "trailing": tuple(spec_records.TRAILING),
    "effect": tuple(spec_operations.EFFECTS),
    "bound": tuple(spec_operations.BOUND),
}
SchemaNode = dict[str, object]


def schema_objects() -> Mapping[str, SchemaNode]:
    schema = cast("SchemaNode", json.loads(SCHEMA.read_text(encoding="utf-8")))
    definitions = cast("dict[str, SchemaNode]", schema["$defs"])
    objects = {name: node for name, node in definitions.items() if "properties" in node}
    return {"spec": schema, **objects}


def properties(node: SchemaNode) -> dict[str, SchemaNode]:
    return cast("dict[str, SchemaNode]", node["properties"])


def test_the_schema_has_the_keys_of_the_reader() -> None:
    objects = schema_objects()
    assert {name: tuple(properties(node)) for name, node in objects.items()} == TABLES
    assert all(node["additionalProperties"] is False for node in objects.values())


def test_the_schema_has_the_words_of_the_reader() -> None:
    found: dict[str, set[object]] = {}
    for node in schema_objects().values():
        for key, value in properties(node).items():
            if "enum" in value:
                found.setdefault(key, set()).add(tuple(cast("list[str]", value["enum"])))
    assert found == {key: {words} for key, words in KEYWORDS.items()}


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        members = cast("SchemaNode", node)
        if "$ref" in members:
            yield cast("str", members["$ref"])
        for value in members.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in cast("list[object]", node):
            yield from references(value)


def test_the_schema_refers_to_what_it_defines() -> None:
    schema = cast("SchemaNode", json.loads(SCHEMA.read_text(encoding="utf-8")))
    names = {f"#/$defs/{name}" for name in cast("SchemaNode", schema["$defs"])}
    assert set(references(schema)) == names


@pytest.mark.parametrize("table", TABLES)
def test_the_document_describes_every_key(table: str) -> None:
    text = (ROOT / "docs" / "grammar-spec.md").read_text(encoding="utf-8")
    assert [key for key in TABLES[table] if f"`{key}" not in text and f"{key}:" not in text] == []
