"""The schema for editors is made of the reader's tables, and takes what the reader takes."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar, cast

import pytest
import yaml
from tests.laws.leaf_kinds import KINDS

from unstringly.read.spec.keys import TABLES
from unstringly.read.spec.reader import spec_from_bytes
from unstringly.read.spec.schema import schema_text

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "codegen" / "unstringly" / "schema.json"
SPECS = sorted(
    {
        *ROOT.glob("wsdl/*/grammar.yaml"),
        *ROOT.glob("tests/*/*/grammar.yaml"),
        *ROOT.glob("tests/golden/*/*/grammar.yaml"),
        *ROOT.glob("tests/golden/spec/*.yaml"),
    }
)
SchemaNode = dict[str, object]
WHOLE = cast("SchemaNode", json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_file_is_what_the_tables_say() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run `make schema`"


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
    names = {f"#/$defs/{name}" for name in cast("SchemaNode", WHOLE["$defs"])}
    assert set(references(WHOLE)) == names


class Judge:
    """The words of JSON Schema 2020-12 that the schema uses, after their definitions there."""

    KNOWN = frozenset(
        (
            *("$schema", "title", "description", "$defs", "$ref", "type", "enum", "const"),
            *("required", "oneOf", "anyOf", "properties", "additionalProperties"),
            *("items", "minItems", "minProperties", "minimum", "maximum"),
            *("pattern", "propertyNames"),
        )
    )
    TYPES: ClassVar[Mapping[str, tuple[type, ...]]] = {
        "string": (str, date),
        "number": (int, float),
        "boolean": (bool,),
        "null": (type(None),),
        "object": (dict,),
        "array": (list,),
        "integer": (int,),
    }

    def takes(self, node: object, value: object) -> bool:
        if isinstance(node, bool):
            return node
        assert isinstance(node, dict)
        schema = cast("SchemaNode", node)
        assert schema.keys() <= self.KNOWN
        return all(
            (
                self._reference(schema, value),
                self._type(schema, value),
                "enum" not in schema or value in cast("list[object]", schema["enum"]),
                "const" not in schema or value == schema["const"],
                self._options(schema, value),
                not isinstance(value, dict) or self._object(schema, cast("SchemaNode", value)),
                not isinstance(value, list) or self._array(schema, cast("list[object]", value)),
                not isinstance(value, int) or self._number(schema, value),
                not isinstance(value, str) or self._pattern(schema, value),
            )
        )

    def _reference(self, schema: SchemaNode, value: object) -> bool:
        if "$ref" not in schema:
            return True
        name = cast("str", schema["$ref"]).removeprefix("#/$defs/")
        return self.takes(cast("SchemaNode", WHOLE["$defs"])[name], value)

    def _type(self, schema: SchemaNode, value: object) -> bool:
        if "type" not in schema:
            return True
        types = schema["type"]
        names = cast("list[str]", types) if isinstance(types, list) else [cast("str", types)]
        return any(isinstance(value, self.TYPES[name]) for name in names)

    def _options(self, schema: SchemaNode, value: object) -> bool:
        one = [self.takes(each, value) for each in cast("list[object]", schema.get("oneOf", []))]
        some = [self.takes(each, value) for each in cast("list[object]", schema.get("anyOf", []))]
        return (not one or sum(one) == 1) and (not some or any(some))

    def _object(self, schema: SchemaNode, value: SchemaNode) -> bool:
        properties = cast("SchemaNode", schema.get("properties", {}))
        others = schema.get("additionalProperties", True)
        return (
            all(self.takes(schema.get("propertyNames", True), name) for name in value)
            and set(cast("list[str]", schema.get("required", []))) <= value.keys()
            and len(value) >= cast("int", schema.get("minProperties", 0))
            and all(self.takes(properties.get(name, others), each) for name, each in value.items())
        )

    def _array(self, schema: SchemaNode, value: list[object]) -> bool:
        items = schema.get("items", True)
        return len(value) >= cast("int", schema.get("minItems", 0)) and all(
            self.takes(items, each) for each in value
        )

    def _pattern(self, schema: SchemaNode, value: str) -> bool:
        return re.search(cast("str", schema.get("pattern", "")), value) is not None

    def _number(self, schema: SchemaNode, value: int) -> bool:
        least, most = schema.get("minimum", value), schema.get("maximum", value)
        return cast("int", least) <= value <= cast("int", most)


def json_name(name: object) -> str:
    """A name of YAML's own types as JSON has it."""
    return json.dumps(name) if name is None or isinstance(name, bool) else str(name)


def loaded(source: str) -> object:
    """The spec as an editor has it, by YAML's own types; names are texts, in JSON they must be."""

    def named(node: object) -> object:
        match node:
            case dict():
                entries = cast("dict[object, object]", node)
                names = map(json_name, entries)
                return dict(zip(names, map(named, entries.values()), strict=True))
            case list():
                return [named(value) for value in cast("list[object]", node)]
            case _:
                return node

    return named(yaml.safe_load(source))


def judged(path: Path) -> tuple[bool, bool]:
    """Whether the reader takes a spec without errors, and whether the schema does."""
    source = path.read_bytes()
    spec, findings = spec_from_bytes(source, "grammar.yaml")
    errors = [finding for finding in findings if finding.severity.value == "error"]
    try:
        is_taken = Judge().takes(WHOLE, loaded(source.decode()))
    except (yaml.YAMLError, UnicodeDecodeError):
        is_taken = False
    return spec is not None and not errors, is_taken


@pytest.mark.parametrize("path", SPECS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_schema_takes_what_the_reader_takes(path: Path) -> None:
    is_read, is_taken = judged(path)
    assert is_taken or not is_read


def test_most_specs_are_read() -> None:
    good = [path for path in SPECS if path.name == "grammar.yaml"]
    assert sum(judged(path)[0] for path in good) > 20


KEYS = sorted({key for table in TABLES.values() for key in table.names})


def every_key() -> str:
    """A spec with every key: the golden one, a finding that is accepted, and all kinds of types."""
    golden = (ROOT / "tests/golden/spec/every_key.yaml").read_text(encoding="utf-8")
    kinds = "".join(f"  Law{kind.name}: {kind.declared}\n" for kind in KINDS)
    types = golden.replace("\ntypes:\n", f"\ntypes:\n{kinds}")
    return f"{types}\naccept: {{Token: {{codes: G102, reason: known}}}}\n"


def test_a_spec_with_every_key_is_taken() -> None:
    spec, findings = spec_from_bytes(every_key().encode(), "grammar.yaml")
    assert spec is not None
    assert findings == ()
    assert Judge().takes(WHOLE, loaded(every_key()))


@pytest.mark.few(25)
@pytest.mark.parametrize("key", KEYS)
def test_the_schema_refuses_a_key_that_the_reader_refuses(key: str) -> None:
    misspelt = re.sub(rf"(?<![\w-]){key}:(?= |$)", f"no_{key}:", every_key(), flags=re.MULTILINE)
    _, findings = spec_from_bytes(misspelt.encode(), "grammar.yaml")
    assert any(f"has no key `no_{key}`" in finding.message for finding in findings)
    assert not Judge().takes(WHOLE, loaded(misspelt))


@pytest.mark.parametrize("table", TABLES)
def test_the_document_describes_every_key(table: str) -> None:
    text = (ROOT / "docs" / "grammar-spec.md").read_text(encoding="utf-8")
    missing = [
        key for key in TABLES[table].names if f"`{key}" not in text and f"{key}:" not in text
    ]
    assert missing == []
