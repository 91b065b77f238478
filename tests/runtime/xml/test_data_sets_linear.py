"""DataSets take time and memory in proportion to their length, whatever is in them."""

import tracemalloc
from collections.abc import Callable

import pytest
from tests.effort import at_most_steps, calls_of, lines_of
from tests.runtime.xml.test_data_sets_wire import fragment

from unstringly.runtime.xml.dataset_columns import Column
from unstringly.runtime.xml.dataset_reading import read_data_set
from unstringly.runtime.xml.datasets import DataSet, Table
from unstringly.runtime.xml.fragments import XmlFragment

TEXT = '<xs:element name="s" type="xs:string"/>'


def _columns(number: int) -> str:
    return "".join(
        f'<xs:element name="c{at}" type="xs:int" minOccurs="0"/>' for at in range(number)
    )


def _before(number: int) -> str:
    rows = "".join(f'<T diffgr:id="T{at}"><a>1</a></T>' for at in range(number))
    return f"<diffgr:before>{rows}</diffgr:before>"


def _chain(number: int) -> str:
    """A row of types, each of which restricts the next, and a column of each of them."""
    return "".join(
        f'<xs:simpleType name="t{at}"><xs:restriction base="t{at + 1}"/></xs:simpleType>'
        for at in range(number)
    )


def _untyped(number: int) -> XmlFragment:
    namespace = "urn:schemas-microsoft-com:xml-diffgram-v1"
    rows = "".join(f"<T><c{at}>1</c{at}></T>" for at in range(number))
    return XmlFragment(
        f'<r><d:diffgram xmlns:d="{namespace}"><D>{rows}</D></d:diffgram></r>'.encode()
    )


MADE: dict[str, Callable[[int], XmlFragment]] = {
    "rows": lambda n: fragment("<T><a>1</a></T>" * n),
    "rows with ids": lambda n: fragment(
        "".join(f'<T diffgr:id="T{at}" msdata:rowOrder="{n - at}"/>' for at in range(n))
    ),
    "columns and rows without cells": lambda n: fragment("<T/>" * n, _columns(n)),
    "columns and one cell a row": lambda n: fragment(
        "".join(f"<T><c{at}>1</c{at}></T>" for at in range(n)), _columns(n)
    ),
    "before": lambda n: fragment(
        "".join(f'<T diffgr:id="T{at}" diffgr:hasChanges="modified"/>' for at in range(n)),
        before=_before(n),
    ),
    "deleted": lambda n: fragment("", before=_before(n)),
    "a long text": lambda n: fragment(f"<T><s>{'&lt;x' * n}</s></T>", TEXT),
    "a chain of types": lambda n: fragment(
        "<T/>", '<xs:element name="s" type="t0"/>', more=_chain(n)
    ),
    "no schema": _untyped,
    "unknown": lambda n: fragment("".join(f"<u{at}><v/>t</u{at}>" for at in range(n))),
    "spaces in names": lambda n: fragment(
        "<T/>", "".join(f'<xs:element name="c_x0020_{at}" type="xs:int"/>' for at in range(n))
    ),
    "tables": lambda n: fragment(
        "".join(f"<U{at}><x>1</x></U{at}>" for at in range(n)),
        more="".join(
            f'<xs:element name="U{at}"><xs:complexType><xs:sequence><xs:element name="x"'
            f' type="xs:int"/></xs:sequence></xs:complexType></xs:element>'
            for at in range(n)
        ),
    ),
}


def outcome(own: XmlFragment) -> object:
    try:
        return read_data_set(own)
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("name", MADE)
def test_reading_takes_linear_work(name: str) -> None:
    outcome(MADE[name](1))
    few, many = MADE[name](200), MADE[name](1_600)
    assert isinstance(outcome(few), DataSet)
    assert calls_of(lambda: outcome(many)) <= 8.5 * calls_of(lambda: outcome(few))


@pytest.mark.few(3)
@pytest.mark.parametrize("name", MADE)
def test_reading_takes_linear_time(name: str) -> None:
    own = MADE[name](20_000)
    with at_most_steps(100):
        outcome(own)


def _shared(number: int, inner: str, more: str = "") -> XmlFragment:
    """Tables that all have one type."""
    tables = "".join(f'<xs:element name="U{at}" type="V"/>' for at in range(number))
    return fragment("", more=f'{tables}<xs:complexType name="V">{inner}</xs:complexType>{more}')


def _sequence(inner: str) -> str:
    return f"<xs:sequence>{inner}</xs:sequence>"


def _tables_within(number: int, type_: str) -> str:
    """Elements of a complex type, which are tables in a table."""
    return _sequence("".join(f'<xs:element name="W{at}" type="{type_}"/>' for at in range(number)))


def _bases(number: int, kind: str) -> str:
    """A row of complex types, each of which extends the next."""
    return "".join(
        f'<xs:complexType name="v{at}"><xs:{kind}><xs:extension base="v{at + 1}"/></xs:{kind}>'
        "</xs:complexType>"
        for at in range(number)
    )


EMPTY = '<xs:complexType name="E"/>'
SHARED: dict[str, Callable[[int], XmlFragment]] = {
    "columns": lambda n: _shared(n, _sequence(_columns(n))),
    "attributes": lambda n: _shared(
        n, "".join(f'<xs:attribute name="c{at}" type="xs:int"/>' for at in range(n))
    ),
    "attributes without names": lambda n: _shared(n, '<xs:attribute ref="a"/>' * n),
    "empty groups": lambda n: _shared(n, _sequence("") * n),
    "groups in groups": lambda n: _shared(n, _sequence(_sequence("") * n)),
    "unknown children": lambda n: _shared(n, "<xs:any/>" * n),
    "tables in tables": lambda n: _shared(n, _tables_within(n, "E"), EMPTY),
    "references to one table": lambda n: fragment(
        "",
        _sequence('<xs:element ref="G"/>' * n),
        more=f'<xs:element name="G">{"<xs:unique/>" * n}<xs:complexType/></xs:element>',
    ),
    "references to one column": lambda n: fragment(
        "",
        '<xs:element ref="g"/>' * n,
        more=f'<xs:element name="g">{"<xs:unique/>" * n}<xs:simpleType/></xs:element>',
    ),
    "a chain of bases": lambda n: _shared(
        n,
        '<xs:complexContent><xs:extension base="v0"/></xs:complexContent>',
        _bases(n, "complexContent"),
    ),
    "bases with texts": lambda n: _shared(
        n,
        '<xs:simpleContent><xs:extension base="v0"/></xs:simpleContent>',
        _bases(n, "simpleContent"),
    ),
    "a chain of types for each column": lambda n: fragment(
        "", "".join(f'<xs:element name="c{at}" type="t0"/>' for at in range(n)), more=_chain(n)
    ),
    "types that refer to each other": lambda n: _shared(
        n, '<xs:complexContent><xs:extension base="V"/></xs:complexContent>'
    ),
}
"""Schemas whose elements share what is declared once; some of these are refused."""


@pytest.mark.parametrize("name", SHARED)
def test_what_is_shared_takes_linear_work(name: str) -> None:
    outcome(SHARED[name](1))
    few, many = SHARED[name](40), SHARED[name](320)
    assert lines_of(lambda: outcome(many)) <= 12 * lines_of(lambda: outcome(few))  # 64 if squared


def test_what_is_shared_by_a_few_is_read() -> None:
    own = _shared(20, _sequence(_columns(50)))
    assert {len(table.columns) for name, table in _tables(own) if name != "T"} == {50}


def test_a_long_namespace_of_a_schema_is_refused() -> None:
    long = f'targetNamespace="{"x" * 3_000}"'.encode()
    own = XmlFragment(fragment("").data.replace(b"<xs:schema ", b"<xs:schema " + long + b" "))
    with pytest.raises(ValueError, match="too long a namespace"):
        read_data_set(own)


def _tables(own: XmlFragment) -> list[tuple[str, Table]]:
    return [*read_data_set(own).items()]


@pytest.mark.few(1)
@pytest.mark.parametrize("name", ["rows", "columns and rows without cells", "before", "no schema"])
def test_reading_takes_linear_memory(name: str) -> None:
    own = MADE[name](10_000)
    tracemalloc.start()
    try:
        outcome(own)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= 100 * len(own.data)


def test_types_that_all_have_one_type_are_bounded() -> None:
    columns = "".join(f'<xs:element name="c{at}" type="xs:int"/>' for at in range(1_000))
    inner = f"<xs:sequence>{columns}</xs:sequence>"
    tables = "".join(f'<xs:element name="U{at}" type="V"/>' for at in range(1_000))
    own = fragment(
        "",
        more=f'{tables}<xs:complexType name="V">{inner}</xs:complexType>',
    )
    with at_most_steps(100), pytest.raises(ValueError, match="too many columns"):
        read_data_set(own)


def test_types_that_refer_to_each_other_are_bounded() -> None:
    name = "A" * 200
    tables = "".join(
        f'<xs:element name="U{at}" type="V0"/><xs:complexType name="V{at}"><xs:complexContent>'
        f'<xs:extension base="V{(at + 1) % 1_000}"/></xs:complexContent></xs:complexType>'
        for at in range(1_000)
    )
    with at_most_steps(100), pytest.raises(ValueError, match="too many"):
        read_data_set(fragment("", more=f'{tables}<xs:element name="{name}" type="V0"/>'))


def test_writing_takes_linear_work() -> None:
    def work(number: int) -> int:
        columns = [Column(f"c{at}", "int") for at in range(number)]
        rows = [{f"c{at}": at} for at in range(number)]
        data_set = DataSet([Table("T", columns, rows, rows)])
        return calls_of(lambda: data_set.parts)

    work(1)
    assert work(1_600) <= 8.5 * work(200)


def test_comparing_costs_no_call_for_each_cell() -> None:
    columns = [Column(f"c{at}", "double") for at in range(100)]
    cells: list[dict[str, float]] = [{f"c{at}": float(at) for at in range(100)} for _ in range(100)]
    one, other = (DataSet([Table("T", columns, cells, cells)]) for _ in range(2))
    rows = 200
    assert one == other
    assert calls_of(lambda: one == other) <= 20 * rows + 1_000


def test_comparing_looks_at_columns_once_and_not_for_each_row() -> None:
    columns = [Column(f"c{at}") for at in range(4_000)]
    rows: list[dict[str, str]] = [{}] * 4_000
    one, other = (DataSet([Table("T", columns, rows)]) for _ in range(2))
    with at_most_steps(5):
        assert one == other
