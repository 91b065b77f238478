"""Plans `records.py`: one frozen dataclass for each record."""

from dataclasses import dataclass

from unstringly.model.contract import Contract
from unstringly.model.grammar import Field, Record
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import docstring, one_of
from unstringly.plan.vocabulary import Definitions, field_type, words


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    annotation: str
    doc: str


@dataclass(frozen=True, slots=True)
class _Record:
    name: str
    doc: str
    fields: tuple[_Field, ...]


def records_view(contract: Contract) -> dict[str, object]:
    """The view of `records.py`; a record stands behind those that it contains."""
    imports = Imports(own=".records")
    definitions = contract.definitions
    ordered: dict[str, Record] = {}
    for definition in definitions.values():
        _add(definitions, definition.name, ordered)
    if ordered:
        imports.name("dataclasses", "dataclass")
    records = [
        _Record(
            record.name,
            docstring(words(record.words) or f"One {record.name}.", 4),
            tuple(_field(definitions, field, imports) for field in record.fields),
        )
        for record in ordered.values()
    ]
    return {
        "imports": imports.lines(),
        "records": records,
        "names": in_order(ordered),
    }


def _add(definitions: Definitions, name: str, ordered: dict[str, Record]) -> None:
    definition = definitions[name]
    if not isinstance(definition, Record) or name in ordered:
        return
    for field in definition.fields:
        inner = definitions[field.type]
        for used in getattr(inner, "items", (field.type,)):
            _add(definitions, used, ordered)
    ordered[name] = definition


def _field(definitions: Definitions, field: Field, imports: Imports) -> _Field:
    annotation = field_type(definitions, field.type, imports)
    if field.optional or field.nil is not None:
        annotation = one_of([annotation, "None"])
    default = " = None" if field.optional else ""
    doc = words(field.words)
    return _Field(field.name, annotation + default, docstring(doc, 4) if doc else "")
