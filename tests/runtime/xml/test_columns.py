"""Columns are written as their values one by one, or not at all."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from unittest.mock import patch

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml import column_writing, filling
from unstringly.runtime.xml.escaping import escaped
from unstringly.runtime.xml.filling import Filling
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Attribute, Content, Element, Leaf, Shape
from unstringly.runtime.xml.writing import Writer

from .drawn_columns import KINDS, ODD, PLAIN, Kind, spoiled, wholes

DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')
WITH_COLUMNS = [name for name, kind in KINDS.items() if kind.leaf.column is not None]


def drawn_by_type() -> Mapping[type, Sequence[Kind]]:
    """By the type of values, the leaves with columns of them, and lists of values, odd ones too."""
    found: defaultdict[type, list[Kind]] = defaultdict(list)
    for leaf, usual in map(KINDS.__getitem__, WITH_COLUMNS):
        assert leaf.column is not None
        odd = [value for value in ODD if type(value) is leaf.column.of]
        lists = [st.lists(own, max_size=6) for own in (usual, usual | st.sampled_from(odd))]
        found[leaf.column.of].append(Kind(leaf, st.one_of(lists)))
    return found


DRAWN = drawn_by_type()


@pytest.mark.parametrize("of", DRAWN, ids=lambda of: of.__name__)
@given(data=st.data())
def test_a_column_of_a_leaf_has_the_texts_of_its_values(of: type, data: st.DataObject) -> None:
    leaf, drawn = data.draw(st.sampled_from(DRAWN[of]))
    values = [value for value in data.draw(drawn) if type(value) is of]
    assume(values)
    event(f"is written: {is_written_as_one_by_one(leaf, values)}")


def is_written_as_one_by_one(leaf: Leaf, values: Sequence[object]) -> bool:
    """Whether values are written as a column: then their texts are right."""
    column = leaf.column
    assert column is not None
    try:
        texts = column.write(values)
    except ValueError:
        texts = None
    if texts is None:
        return False
    assert texts == [leaf.write(value) for value in values]
    if column.is_plain:
        assert [escaped(text, is_attribute=True) for text in texts] == texts
    return True


@pytest.mark.parametrize("name", WITH_COLUMNS)
def test_plain_values_are_written_as_columns(name: str) -> None:
    leaf = KINDS[name].leaf
    column = leaf.column
    assert column is not None
    alike = [value for value in PLAIN if type(value) is column.of]
    usual = [value for value in alike if is_writable(leaf, value)]
    assert usual
    for value in usual:
        assert is_written_as_one_by_one(leaf, [value, value])


@pytest.mark.parametrize("name", WITH_COLUMNS)
def test_an_odd_value_among_plain_ones_is_no_plain_one(name: str) -> None:
    leaf = KINDS[name].leaf
    column = leaf.column
    assert column is not None
    odd = [value for value in ODD if type(value) is column.of]
    plain = [value for value in PLAIN if type(value) is column.of and is_writable(leaf, value)]
    for one, other in product(plain, odd):
        is_written_as_one_by_one(leaf, [one, other])
        is_written_as_one_by_one(leaf, [one, other, one])
        is_written_as_one_by_one(leaf, [other, one])


def is_writable(leaf: Leaf, value: object) -> bool:
    try:
        leaf.write(value)
    except Unwritable:
        return False
    return True


def outcome(element: Element, value: object) -> object:
    """The document, or what an error says."""
    try:
        return DECLARATION.sub("", Writer().write(element, value))
    except Unwritable as error:
        return error.field, error.part, error.why


def nothing(*_: object) -> None:
    """Leave records to be written element by element."""


@given(st.data())
def test_columns_are_written_as_elements_are(data: st.DataObject) -> None:
    """With values that are wrong, too: then both refuse, in the same words."""
    of = data.draw(wholes())
    some = data.draw(st.lists(of.values, min_size=1, max_size=3))
    if data.draw(st.integers(0, 1)):
        some.append(data.draw(spoiled(some[0])))
    rows = tuple(data.draw(st.lists(st.sampled_from(some), min_size=2, max_size=7)))
    element = Element("rows", "rows", of.type, least=0, most=None, missing=())
    root = Element("root", "root", Shape("", None, lambda: Content((element,))))
    found = check_columns(root, rows, most=data.draw(st.integers(1, 4)))
    event(f"is written: {isinstance(found, str)}")


def check_columns(root: Element, rows: tuple[object, ...], most: int = 2) -> object:
    """Return the outcome of records, which is the same by columns of so many and by elements."""
    with patch.object(Filling, "inside", nothing), patch.object(Filling, "items", nothing):
        expected = outcome(root, rows)
    with patch.object(filling, "FEWEST", 1), patch.object(column_writing, "_MOST", most):
        assert outcome(root, rows) == expected
    return expected


@record
class Row:
    """A value of one leaf in each place where there may be one."""

    own: object
    note: object
    many: object


@pytest.mark.parametrize("name", ["string", "int", "enumeration", "dateTime", "few"])
def test_an_odd_value_in_any_place_is_written_as_elements_are(name: str) -> None:
    leaf = KINDS[name].leaf
    plain = next(value for value in PLAIN if is_writable(leaf, value))
    own, many = Element("own", "own", leaf), Element("many", "many", leaf, least=1, most=2)
    content = Content((own, many), (Attribute("note", "note", leaf),))
    element = Element("rows", "rows", Shape("", Row, lambda: content), least=0, most=None)
    root = Element("root", "root", Shape("", None, lambda: Content((element,))))
    usual = Row(own=plain, note=plain, many=(plain,))
    odd_rows = [
        odd
        for value in ODD
        for odd in (
            Row(own=value, note=plain, many=(plain,)),
            Row(own=plain, note=value, many=(plain,)),
            Row(own=plain, note=plain, many=(plain, value)),
        )
    ]
    odd_rows += [Row(own=plain, note=None, many=(plain,) * count) for count in range(4)]
    for odd in odd_rows:
        check_columns(root, (usual, odd))
