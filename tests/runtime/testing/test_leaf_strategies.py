"""Strategies of simple types: what they draw is of the type, and they draw all kinds of it."""

from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from unstringly.runtime.testing.leaf_strategies import leaf_strategy
from unstringly.runtime.testing.leaf_values import NoValue
from unstringly.runtime.xml.durations import Duration
from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.escaping import escaped
from unstringly.runtime.xml.facets import Facets, PatternFacet, restricted
from unstringly.runtime.xml.leaves import Leaf, list_of, union_of
from unstringly.runtime.xml.numbers import BYTE, INT
from unstringly.runtime.xml.precise import PreciseDatetime, ZonedDate
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.texts import STRING, TOKEN
from unstringly.runtime.xml.values import BUILT_INS

from .drawn_leaves import is_usable, satisfiable


class State(Enum):
    NEW = "new"
    SENT = "sent"


@record
class UnknownState:
    text: str


STATE = enumeration("State", STRING, State, UnknownState)
TAG = restricted("Tag", TOKEN, Facets(patterns=(PatternFacet("[A-Z]{2}", "[A-Z]{2}"),)))
MANY = list_of("Many", union_of("Either", enumeration("State", STRING, State), INT))


@pytest.mark.parametrize("name", sorted(BUILT_INS))
@given(data=st.data())
def test_each_value_is_of_its_type(name: str, data: st.DataObject) -> None:
    leaf = BUILT_INS[name]
    value = data.draw(leaf_strategy(leaf))
    assert is_usable(leaf, value)
    escaped(leaf.write(value))


@given(satisfiable(), st.data())
def test_each_value_keeps_the_facets(leaf: Leaf[object], data: st.DataObject) -> None:
    assert is_usable(leaf, data.draw(leaf_strategy(leaf)))


@given(data=st.data())
def test_bounds_with_more_digits_than_are_usual(data: st.DataObject) -> None:
    bounds = Facets(min_inclusive=Decimal("0.001"), max_inclusive=Decimal("0.0011"))
    leaf = restricted("Small", BUILT_INS["decimal"], bounds)
    assert is_usable(leaf, data.draw(leaf_strategy(leaf)))


@pytest.mark.parametrize("leaf", [STATE, TAG, MANY], ids=["enumeration", "pattern", "list"])
@given(data=st.data())
def test_made_types(leaf: Leaf[object], data: st.DataObject) -> None:
    assert is_usable(leaf, data.draw(leaf_strategy(leaf)))


@pytest.mark.parametrize(
    ("leaf", "kind"),
    [
        (STRING, "\r"),
        (STRING, "<"),
        (BYTE, -128),
        (BYTE, 127),
        (STATE, State.SENT),
        (STATE, UnknownState),
        (BUILT_INS["dateTime"], PreciseDatetime),
        (BUILT_INS["date"], ZonedDate),
        (BUILT_INS["double"], float("inf")),
        (MANY, ()),
    ],
)
def test_odd_values_come(leaf: Leaf[object], kind: object) -> None:
    def is_of_kind(value: object) -> bool:
        if isinstance(kind, type):
            return isinstance(value, kind)
        return kind in value if isinstance(value, str) and isinstance(kind, str) else value == kind

    few = settings(max_examples=5_000, database=None, deadline=None)
    assert is_of_kind(find(leaf_strategy(leaf), is_of_kind, settings=few))


def test_small_values_come_first() -> None:
    assert find(leaf_strategy(INT), lambda _: True) == 0
    assert find(leaf_strategy(BUILT_INS["duration"]), lambda _: True) == Duration()
    assert find(leaf_strategy(TAG), lambda _: True) == "AA"


def test_a_type_without_values_says_so() -> None:
    leaf = restricted("Nothing", STRING, Facets(length=2, enumeration=("abc",)))
    with pytest.raises(NoValue, match="'Nothing'"):
        find(leaf_strategy(leaf), lambda _: True)
