"""Plans `records.py`: one frozen dataclass for each record."""

from collections.abc import Iterator

from unstringly.model.contract import Contract
from unstringly.model.grammar import Field, Record
from unstringly.model.parts import Definitions, parts_of
from unstringly.plan.module import Body
from unstringly.plan.vocabulary import field_type, words
from unstringly.python.build import NONE, TRUE, call, union
from unstringly.python.imports import in_order
from unstringly.python.statement_nodes import AnnotatedAssign, Class, Docstring, Statement
from unstringly.python.symbols import DATACLASS, PICKLED_BY_NAME

FROZEN = call(DATACLASS, frozen=TRUE, slots=TRUE, kw_only=TRUE)
"""The decorator of records, requests and pushes."""


def records_view(contract: Contract) -> Body:
    """Return the view of `records.py`; a record stands behind those that it contains."""
    definitions = contract.definitions
    ordered: dict[str, Record] = {}
    for definition in definitions.values():
        _add(definitions, definition.name, ordered)
    classes = tuple(_class(definitions, record) for record in ordered.values())
    return Body(tuple(in_order(ordered)), classes)


def _add(definitions: Definitions, name: str, ordered: dict[str, Record]) -> None:
    """Add the records that a definition holds, then the definition if it is one."""
    if name in ordered:
        return
    definition = definitions[name]
    for part in parts_of(definition):
        _add(definitions, part, ordered)
    if isinstance(definition, Record):
        ordered[name] = definition


def _class(definitions: Definitions, record: Record) -> Class:
    fields = (part for field in record.fields for part in _field(definitions, field))
    doc = Docstring(words(record.words) or f"One {record.name}.")
    return Class(record.name, (doc, *fields), bases=(PICKLED_BY_NAME,), decorators=(FROZEN,))


def _field(definitions: Definitions, field: Field) -> Iterator[Statement]:
    annotation = field_type(definitions, field.type)
    if field.optional or field.nils:
        annotation = union([annotation, NONE])
    yield AnnotatedAssign(field.name, annotation, NONE if field.optional else None)
    if doc := words(field.words):
        yield Docstring(doc)
