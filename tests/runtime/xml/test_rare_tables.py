"""Tables as few schemas have them: what is written is read back, what is wrong has its place."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.fragments import UnknownType, XmlFragment
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import Unreadable, read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import (
    Branch,
    Choice,
    Content,
    Element,
    Shape,
    Text,
    Wildcard,
)
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import Writer

from .drawn_tables import Place, record_class

WRITER: Final = Writer({"urn:a": "a"})
XSI: Final = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@record
class One:
    """A slot."""

    value: object


@record
class Other:
    """Another class with the same slot."""

    value: object


@record
class Three:
    """Elements with one name."""

    first: object
    second: object
    third: object = None


def single(of: Shape) -> Element:
    return Element("root", "urn:a root", of)


def shape(cls: type[object] | None, *particles: Element | Choice | Wildcard) -> Shape:
    return Shape("", cls, lambda: Content(particles))


def a(slot: str, least: int = 1, most: int | None = 1, *, nillable: bool = False) -> Element:
    return Element(slot, "urn:a a", INT, least, most, nillable, missing=None if most == 1 else ())


FOREIGN: Final = Wildcard("value", 1, 1, frozenset(["urn:f"]))
WITH_WILDCARD: Final = Choice(
    "value", (Branch(One, (Element("value", "urn:a a", INT),)), Branch(Other, (FOREIGN,))), 1, None
)
FRAGMENT: Final = XmlFragment(b'<f xmlns="urn:f"/>')
DERIVED: Final = Shape("Derived", Other, lambda: Content((a("value"),)))
PLAIN: Final = Shape("Base", One, lambda: Content((a("value"),), derived={"Derived": DERIVED}))


class Case(NamedTuple):
    """A table, and values that it describes."""

    element: Element
    values: tuple[object, ...]


CASES: Final[Mapping[str, Case]] = {
    "a text alone": Case(single(Shape("", None, lambda: Content(text=Text("only", INT)))), (1, -5)),
    "a branch of any elements": Case(
        single(shape(One, WITH_WILDCARD)),
        (
            One(value=(One(value=1), Other(value=FRAGMENT))),
            One(value=(Other(value=FRAGMENT), Other(value=FRAGMENT))),
        ),
    ),
    "three of one name": Case(
        single(shape(Three, a("first"), a("second"), a("third"))),
        (Three(first=1, second=2, third=3),),
    ),
    "some of one name that may be nil": Case(
        single(shape(Three, a("first", nillable=True), a("second", nillable=True), a("third", 0))),
        (Three(first=None, second=2), Three(first=1, second=None, third=3)),
    ),
    "types without namespaces": Case(
        Element("root", "urn:a root", PLAIN), (One(value=1), Other(value=2))
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_is_read_back(name: str) -> None:
    element, values = CASES[name]
    for value in values:
        assert read(element, WRITER.write(element, value)).value == value


def test_a_type_that_is_not_known_goes_on_as_it_came() -> None:
    text = f'<a:root xmlns:a="urn:a" {XSI} xsi:type="Later"><a:a>1</a:a></a:root>'
    value = read(CASES["types without namespaces"].element, text).value
    assert isinstance(value, UnknownType)
    written = WRITER.write(CASES["types without namespaces"].element, value)
    assert read(CASES["types without namespaces"].element, written).value == value


@given(st.lists(st.tuples(st.booleans(), st.none() | st.integers(0, 9)), min_size=1, max_size=4))
def test_elements_of_one_name_are_told_by_their_order(drawn: list[tuple[bool, int | None]]) -> None:
    """Each must be there, so that the first is the first, whichever may be nil and are."""
    slots = [f"slot_{number}" for number in range(len(drawn))]
    cls = record_class("Some", [Place(slot, st.none()) for slot in slots])
    may_be_nil = [nillable or value is None for nillable, value in drawn]
    table = shape(
        cls, *(a(slot, nillable=own) for slot, own in zip(slots, may_be_nil, strict=True))
    )
    value = cls(**dict(zip(slots, (value for _, value in drawn), strict=True)))
    assert read(single(table), WRITER.write(single(table), value)).value == value


NIL: Final = '<a:a xsi:nil="1"/>'


@pytest.mark.parametrize(
    ("first", "second", "content"),
    [
        (True, False, NIL * 2),
        (True, False, "<a:a>x</a:a>" + NIL),
        (False, True, NIL * 2),
        (False, True, NIL + "<a:a>x</a:a>"),
        (False, False, "<a:a>x</a:a>" + NIL),
        (True, True, NIL * 3),
    ],
)
def test_a_nil_element_is_none_that_must_not_be_nil(
    first: bool, second: bool, content: str
) -> None:
    """An empty text would be another value, which nobody sent."""
    one = Element("first", "urn:a a", STRING, nillable=first)
    other = Element("second", "urn:a a", STRING, nillable=second)
    with pytest.raises(Unreadable):
        read(
            single(shape(Three, one, other, Element("third", "urn:a b", INT, 0))),
            f'<a:root xmlns:a="urn:a" {XSI}>{content}</a:root>',
        )


OPTIONAL: Final = Element("value", "urn:a a", INT, 0, missing=7)


@pytest.mark.parametrize(
    ("element", "value", "field", "words"),
    [
        (
            single(shape(One, WITH_WILDCARD)),
            One(value=(One(value=1), Three(first=1, second=1))),
            "value[1]",
            "is no branch of the choice",
        ),
        (
            single(shape(One, WITH_WILDCARD)),
            One(value=(One(value=1), One(value="x"))),
            "value[1].value",
            "is not an int",
        ),
        (
            single(shape(One, OPTIONAL)),
            One(value=None),
            "value",
            "is not the value of an absent element",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    element: Element, value: object, field: str, words: str
) -> None:
    with pytest.raises(Unwritable, match=words) as refused:
        WRITER.write(element, value)
    assert refused.value.field == field


def test_what_is_lacking_is_told_by_what_may_stand_there() -> None:
    anything = Choice("value", (Branch(Other, (FOREIGN,)),), 1, None)
    with pytest.raises(Unreadable, match="element of any name"):
        read(single(shape(One, anything)), '<a:root xmlns:a="urn:a"/>')
