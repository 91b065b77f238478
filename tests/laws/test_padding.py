"""Law 1 where it is easiest to break: padding around contents that are empty, missing or nested.

Each grammar is read on all short texts over its characters. The law gives each of these texts
at most one reading: padding belongs to no field, a padded content neither begins nor ends with
it, and an empty one has one place.
"""

from itertools import product

import pytest
from tests.laws import bridge, oracle
from tests.laws.bridge import (
    ChoiceSketch,
    FieldSketch,
    LeafSketch,
    ListSketch,
    RecordSketch,
    Sketch,
)

A = LeafSketch("A", "a*")
B = LeafSketch("B", "b+")


def row(*fields: FieldSketch) -> RecordSketch:
    return RecordSketch("Row", fields, (",",))


def rows(record: RecordSketch, *, padded: bool) -> ListSketch:
    return ListSketch("Rows", (record,), (";",), padded=padded)


def padded(
    content: LeafSketch | RecordSketch | ListSketch, *, optional: bool = False
) -> FieldSketch:
    return FieldSketch(content.name.lower(), content, padded=True, optional=optional)


EMPTY_IN_FRONT = row(padded(A), padded(B))
EMPTY_AT_THE_END = row(padded(B), padded(A))
EMPTY_AND_OPTIONAL = row(padded(B), padded(A, optional=True))
PADDED_THEN_OPTIONAL = row(padded(B), FieldSketch("tail", B, optional=True))
OPTIONAL_PADDED = row(FieldSketch("head", B), padded(B, optional=True))
INNER_RECORD = row(
    padded(B), padded(RecordSketch("Inner", (padded(B), FieldSketch("last", B)), ("+",)))
)
INNER_RECORD_PADDED = row(padded(B), padded(RecordSketch("Inner", (padded(B), padded(B)), ("+",))))
INNER_LIST = row(padded(B), padded(ListSketch("Inner", (B,), ("+",), padded=True)))

GRAMMARS: dict[str, Sketch] = {
    "an empty first field": rows(EMPTY_IN_FRONT, padded=False),
    "an empty first field in a padded list": rows(EMPTY_IN_FRONT, padded=True),
    "an empty last field": rows(EMPTY_AT_THE_END, padded=False),
    "an empty last field in a padded list": rows(EMPTY_AT_THE_END, padded=True),
    "an empty optional field": rows(EMPTY_AND_OPTIONAL, padded=True),
    "a padded field before a missing one": rows(PADDED_THEN_OPTIONAL, padded=False),
    "a padded field that is missing": rows(OPTIONAL_PADDED, padded=False),
    "a record in a padded field": rows(INNER_RECORD, padded=False),
    "a padded record in a padded field": rows(INNER_RECORD_PADDED, padded=False),
    "a padded list in a padded field": rows(INNER_LIST, padded=False),
    "a padded choice of texts": ChoiceSketch("Choice", (A, B), padded=True),
}


def texts() -> list[str]:
    """All short texts, and some rows with blanks at any of their places."""
    short = ["".join(text) for size in range(5) for text in product(" ,;ab", repeat=size)]
    longer = [
        "".join(blank + character for blank, character in zip(blanks, (*text, ""), strict=True))
        for text in ("b,b+b", "b,b", "b,a", "b,", ",b", "b,b;b,b", "b,;b")
        for blanks in product(("", " "), repeat=len(text) + 1)
    ]
    return [*short, *longer]


@pytest.mark.few(5)
@pytest.mark.parametrize("name", GRAMMARS)
def test_all_short_texts(name: str) -> None:
    sketch = GRAMMARS[name]
    form = bridge.form(sketch)
    machine = bridge.machine(sketch)
    count = 0
    for text in texts():
        found = oracle.readings(form, text)
        marks = machine.read(text)
        assert len(found) <= 1, text
        assert bridge.readings(sketch, text) == found, text
        assert (marks is not None) == bool(found), text
        if marks is None:
            continue
        (reading,) = found
        assert bridge.elements(machine.elements, marks) == reading, text
        if isinstance(sketch, ListSketch):
            assert list(machine.recover(text)) == marks, text
        count += 1
    assert count > 20
