"""The JSON Schema of the spec language for editors, made of the tables of keys.

`make schema` writes it to `schema.json`; a test compares the two.
"""

import json
import sys
from typing import Final, TypeAlias, assert_never, cast

from unstringly.kinds.keys import (
    Entries,
    Exactly,
    Held,
    Inside,
    Key,
    Layered,
    Lists,
    OneOf,
    Plain,
    Several,
    SomeOf,
    Table,
)
from unstringly.kinds.layered import ENTITIES
from unstringly.read.spec.keys import SPEC, TABLES

Schema: TypeAlias = dict[str, object]
"""A JSON object of the schema."""

_WIDTH = 100
_PLAIN: Final[dict[Plain, Schema]] = {
    Plain.TEXT: {
        "description": "A text; an editor that takes YAML's own types sees 0 and no as others.",
        "type": ["string", "number", "boolean", "null"],
    },
    Plain.TEXTS: {
        "anyOf": [
            {"$ref": "#/$defs/text"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/text"}},
        ]
    },
    Plain.FLAG: {"type": "boolean"},
    Plain.COUNT: {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    Plain.LANGUAGE: {
        "description": "The tag of a language (BCP 47): en, zh, pt-BR.",
        "type": "string",
        "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
        "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$",
    },
    Plain.LOCALIZED: {
        "description": "A text for people, or one for each language, by its tag.",
        "anyOf": [
            {"$ref": "#/$defs/text"},
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"$ref": "#/$defs/language"},
                "additionalProperties": {"$ref": "#/$defs/text"},
            },
        ],
    },
    Plain.MEANING: {
        "description": "The value of a leaf, the items of a list, the fields of a record, or an "
        "alternative by its name.",
        "anyOf": [
            {"$ref": "#/$defs/text"},
            {"type": "array", "items": {"$ref": "#/$defs/meaning"}},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {"$ref": "#/$defs/meaning"},
            },
        ],
    },
    Plain.PIECES: {"anyOf": [{"$ref": "#/$defs/flag"}, {"$ref": "#/$defs/count"}]},
}


def schema() -> Schema:
    """The schema of a whole spec."""
    tables = {name: table for name, table in TABLES.items() if table is not SPEC}
    definitions = {plain.value: node for plain, node in _PLAIN.items()}
    definitions |= {name: _mapping(table) for name, table in tables.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "unstringly grammar spec",
        **_mapping(SPEC),
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as JSON, what fits on one line."""
    return _laid_out(schema(), 0) + "\n"


def _mapping(table: Table) -> Schema:
    """The schema of a mapping with the keys of a table."""
    node: Schema = {"description": table.description} if table.description else {}
    node["type"] = "object"
    if table.required:
        node["required"] = list(table.required)
    if table.one_of:
        node["oneOf"] = [{"required": [name]} for name in table.one_of]
    node["additionalProperties"] = False
    node["properties"] = {key.name: _key(key) for key in table.keys}
    return node


def _key(key: Key) -> Schema:
    description: Schema = {"description": key.description} if key.description else {}
    return _held(key.held) | description


def _held(held: Held) -> Schema:
    """The schema of what a key holds."""
    match held:
        case Plain():
            return _reference(held.value)
        case Layered.LAYERS:
            layer: Schema = {"anyOf": [{"const": ENTITIES}, _reference("layer")]}
            return {"type": "array", "minItems": 1, "items": layer}
        case Layered.ESCAPES:
            return {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": _reference(Plain.TEXT.value),
            }
        case OneOf(words):
            return {"enum": list(words)}
        case SomeOf(words):
            word: Schema = {"enum": list(words)}
            return {"anyOf": [word, {"type": "array", "minItems": 1, "items": word}]}
        case Exactly(number):
            return {"const": number}
        case Several():
            return {"type": "array", "minItems": 2, "items": _reference(Plain.TEXT.value)}
        case Inside(table):
            return _reference(table)
        case Entries(tables, or_text, least):
            names = (*((Plain.TEXT.value,) if or_text else ()), *tables)
            options = [_reference(name) for name in names]
            entry: Schema = options[0] if len(options) == 1 else {"anyOf": options}
            count: Schema = {"minProperties": least} if least else {}
            return {"type": "object", **count, "additionalProperties": entry}
        case Lists(table):
            options = [_reference(Plain.TEXT.value), _reference(table)]
            entries: Schema = {"type": "array", "minItems": 1, "items": {"anyOf": options}}
            return {"type": "object", "additionalProperties": entries}
        case _:
            assert_never(held)


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _laid_out(node: object, indent: int, before: int = 0) -> str:
    """A value of JSON behind so many characters: on one line if there is room, or on several."""
    line = json.dumps(node, ensure_ascii=False)
    if indent + before + len(line) < _WIDTH and indent:
        return line
    inner, margin = indent + 2, " " * indent
    match node:
        case dict():
            entries = cast("Schema", node)
            names = [f"{json.dumps(name)}: " for name in entries]
            parts = zip(names, entries.values(), strict=True)
            lines = [name + _laid_out(value, inner, len(name)) for name, value in parts]
        case list():
            lines = [_laid_out(value, inner) for value in cast("list[object]", node)]
        case _:
            return line
    start, end = line[0], line[-1]
    return f"{start}\n{margin}  " + f",\n{margin}  ".join(lines) + f"\n{margin}{end}"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
