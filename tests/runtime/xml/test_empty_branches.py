"""Branches that are there and empty cost no bytes, so they take no room and no time either."""

import pytest
from tests.effort import calls_of

from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import Unreadable, read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Branch, Choice, Content, Element, Shape


@record
class Full:
    """A branch that needs an element."""

    needed: int


@record
class Empty:
    """A branch that needs none."""

    one: int | None = None
    other: int | None = None


@record
class Row:
    first: object
    second: object


@record
class Rows:
    rows: tuple[Row, ...]


def root(least: int, branches: int = 1) -> Element:
    """Rows with two choices, whose last branch may be empty, and must be there so often."""

    def choice(slot: str) -> Choice:
        full = tuple(
            Branch(Full, (Element("needed", f"{slot}-{number}", INT),))
            for number in range(branches - 1)
        )
        inner = (
            Element("one", f"{slot}-one", INT, least=0),
            Element("other", f"{slot}-other", INT, least=0),
        )
        return Choice(slot, (*full, Branch(Empty, inner)), least, None)

    row = Shape("", Row, lambda: Content((choice("first"), choice("second"))))
    rows = Element("rows", "row", row, least=0, most=None, missing=())
    return Element("root", "root", Shape("", Rows, lambda: Content((rows,))))


ROW = "<row/>"
MANY = f"<root>{ROW * 50}</root>"


def test_they_are_read() -> None:
    (row,) = read(root(3), f"<root>{ROW}</root>").value.rows
    assert row == Row(first=(Empty(),) * 3, second=(Empty(),) * 3)
    (row,) = read(root(3), "<root><row><second-one>1</second-one></row></root>").value.rows
    assert row == Row(first=(Empty(),) * 3, second=(Empty(one=1), Empty(), Empty()))


def test_their_number_and_that_of_the_branches_cost_nothing() -> None:
    def work(element: Element) -> int:
        read(element, MANY)
        return calls_of(lambda: read(element, MANY))

    plain = work(root(1))
    assert work(root(100)) <= plain + 50
    assert work(root(1, branches=200)) <= plain + 50


def test_all_records_share_them() -> None:
    rows = read(root(100), MANY).value.rows
    assert len({id(part) for row in rows for part in (row.first, row.second)}) <= 2


def test_too_many_are_refused() -> None:
    with pytest.raises(Unreadable, match="it lacks the element first-one"):
        read(root(101), f"<root>{ROW}</root>")
