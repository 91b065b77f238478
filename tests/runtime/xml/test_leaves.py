"""Lists and unions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.dates import DATE
from unstringly.runtime.xml.decimals import DECIMAL
from unstringly.runtime.xml.facets import Facets, restricted
from unstringly.runtime.xml.leaves import Leaf, list_of, union_of
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.numbers import BOOLEAN, DOUBLE, INT, INTEGER
from unstringly.runtime.xml.texts import NMTOKEN, STRING, TOKEN
from unstringly.runtime.xml.values import BUILT_INS

from .drawn import VALUES, nearly

INTS = list_of("Ints", INT)
ATOMIC = sorted({*BUILT_INS} - {"NMTOKENS", "IDREFS", "ENTITIES"})
MEMBERS = st.lists(st.sampled_from(ATOMIC), min_size=1, max_size=4, unique=True)


def test_items_have_white_space_between_them() -> None:
    assert INTS.read(" 1\t2\r\n 3 ") == (1, 2, 3)
    assert INTS.write((1, 2, 3)) == INTS.write([1, 2, 3]) == "1 2 3"
    assert INTS.read(INTS.write(())) == ()
    assert list_of("Tokens", TOKEN).read("a\xa0b\x0bc\u2028d") == ("a\xa0b\x0bc\u2028d",)


def test_an_item_that_is_not_of_the_type() -> None:
    with pytest.raises(NotOfType, match="'x' is not of type int"):
        INTS.read("1 x 3")
    with pytest.raises(Unwritable, match=r"^\[1\]: 'str' is not an int"):
        INTS.write((1, "x"))
    with pytest.raises(Unwritable, match="'str' is not a tuple"):
        INTS.write("1 2")


@pytest.mark.parametrize("item", ["a b", "", " a", "a\n"])
def test_a_text_that_is_not_one_item(item: str) -> None:
    strings = list_of("Strings", STRING)
    with pytest.raises(Unwritable, match="is not one item of a list") as raised:
        strings.write(("a", item))
    assert raised.value.field == "[1]"


@given(st.sampled_from(ATOMIC), st.data())
def test_lists_of_any_type(name: str, data: st.DataObject) -> None:
    leaf = list_of("List", BUILT_INS[name])
    values = tuple(data.draw(st.lists(VALUES[name], max_size=4)))
    try:
        text = leaf.write(values)
    except Unwritable:
        texts = [BUILT_INS[name].write(value) for value in values]
        assert any(
            not text or " " in text or text.split(" ") != text.split() or "\r" in text
            for text in texts
        )
        return
    assert leaf.read(text) == values


def test_the_first_member_that_takes_a_text() -> None:
    union: Leaf[object] = union_of("Union", DATE, INT, BOOLEAN, STRING)
    assert union.read("2024-01-02") == DATE.read("2024-01-02")
    assert union.read("1") == 1
    assert union.read("1") is not True
    assert union.read("true") is True
    assert union.read("truth") == "truth"
    assert union.write("truth") == "truth"


def test_what_another_member_would_take_is_not_written() -> None:
    union: Leaf[object] = union_of("Union", INT, STRING, BOOLEAN)
    for value in ("12", True):
        with pytest.raises(Unwritable, match="is not a value of int, string, boolean"):
            union.write(value)


def test_a_text_that_no_member_takes() -> None:
    with pytest.raises(NotOfType, match="is of none of the types int, boolean"):
        union_of("Union", INT, BOOLEAN).read("x")


def test_members_are_asked_for_their_facets() -> None:
    size = union_of(
        "Size",
        restricted("Small", INTEGER, Facets(max_inclusive=9)),
        restricted("Word", NMTOKEN, Facets(max_length=3)),
        STRING,
    )
    assert [size.read(text) for text in ("9", "10", "abc", "abcd", "a b")] == [
        9,
        "10",
        "abc",
        "abcd",
        "a b",
    ]
    assert size.write(9) == "9"
    with pytest.raises(Unwritable):
        size.write(10)


@given(MEMBERS, st.data())
def test_unions_of_any_types(names: list[str], data: st.DataObject) -> None:
    members = [BUILT_INS[name] for name in names]
    union = union_of("Union", *members)
    value = data.draw(st.sampled_from(names).flatmap(VALUES.__getitem__))
    try:
        text = union.write(value)
    except Unwritable:
        return
    assert union.read(text) == value


@given(MEMBERS, st.data())
def test_a_union_reads_as_its_members_do(names: list[str], data: st.DataObject) -> None:
    members = [BUILT_INS[name] for name in names]
    text = data.draw(st.sampled_from(names).flatmap(nearly))
    taken = [value for member in members for value in values_of(member, text)]
    try:
        value = union_of("Union", *members).read(text)
    except NotOfType:
        assert not taken
    else:
        assert type(value) is type(taken[0])
        assert value == taken[0] or value != value


def values_of(member: Leaf[object], text: str) -> list[object]:
    try:
        value = member.read(text)
        member.write(value)
    except ValueError:
        return []
    return [value]


def test_decimals_and_doubles_in_one_union() -> None:
    union: Leaf[object] = union_of("Number", DECIMAL, DOUBLE)
    assert union.read("1.5") == Decimal("1.5")
    assert union.write(Decimal("1.5")) == "1.5"
    assert union.read("INF") == float("inf")
    with pytest.raises(Unwritable):
        union.write(1.5)  # it would be read as a Decimal
