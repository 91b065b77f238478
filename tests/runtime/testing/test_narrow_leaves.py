"""Types with narrow facets: both ways of drawing find a value, or say that there is none."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Final

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from unstringly.runtime.testing.leaf_strategies import leaf_strategy
from unstringly.runtime.testing.leaf_values import NoValue, candidates, leaf_value
from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.facets import Facets, PatternFacet, restricted
from unstringly.runtime.xml.leaves import Leaf, list_of, union_of
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.texts import STRING, TOKEN
from unstringly.runtime.xml.values import BUILT_INS

from .drawn_leaves import is_usable

CHINA: Final = timezone(timedelta(hours=8))


class State(Enum):
    NEW = "new"
    SENT = "sent"


@record
class UnknownState:
    text: str


STATE: Final = enumeration("State", STRING, State, UnknownState)


def of(base: str | Leaf[object], facets: Facets) -> Leaf[object]:
    return restricted("Narrow", BUILT_INS[base] if isinstance(base, str) else base, facets)


def pattern(regex: str) -> tuple[PatternFacet, ...]:
    return (PatternFacet(regex, regex),)


NARROW: Final[Mapping[str, Leaf[object]]] = {
    "above a decimal": of("decimal", Facets(min_exclusive=Decimal("1.5"))),
    "below a decimal": of("decimal", Facets(max_inclusive=Decimal("-1.55"))),
    "below a large decimal": of("decimal", Facets(max_exclusive=Decimal(10**30))),
    "between decimals": of(
        "decimal", Facets(min_exclusive=Decimal(1), max_exclusive=Decimal("1.1"), fraction_digits=2)
    ),
    "from a moment on": of("dateTime", Facets(min_inclusive=datetime(2026, 1, 1))),
    "before a moment with a zone": of(
        "dateTime", Facets(max_exclusive=datetime(2026, 1, 1, 12, 30, tzinfo=CHINA))
    ),
    "between moments": of(
        "dateTime",
        Facets(
            min_inclusive=datetime(2026, 1, 1, tzinfo=UTC),
            max_inclusive=datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC),
        ),
    ),
    "between days": of("date", Facets(min_inclusive=date(2026, 2, 27), max_exclusive=date.max)),
    "from a time on": of("time", Facets(min_inclusive=time(23))),
    "an integer of few digits": of("integer", Facets(total_digits=2)),
    "a byte of few digits": of("unsignedByte", Facets(total_digits=3)),
    "a small number of many digits": of(
        of("integer", Facets(max_inclusive=9, min_inclusive=1)), Facets(total_digits=3)
    ),
    "a number that a pattern tells": of("int", Facets(patterns=pattern("[0-9a]{2}"))),
    "a list of two": of(list_of("Tokens", TOKEN), Facets(length=2)),
    "a list of one to three": of(list_of("Ints", INT), Facets(min_length=1, max_length=3)),
    "a short text": of("string", Facets(min_length=2, max_length=3)),
    "a long name": of("NCName", Facets(min_length=12)),
    "bytes of one length": of("hexBinary", Facets(length=3)),
    "a code of one length": of(STATE, Facets(length=3)),
    "two lengths, one after another": of(of("token", Facets(max_length=4)), Facets(min_length=4)),
}


@pytest.mark.parametrize("name", NARROW)
@given(data=st.data())
def test_a_value_is_found_both_ways(name: str, data: st.DataObject) -> None:
    leaf = NARROW[name]
    assert is_usable(leaf, leaf_value(leaf, Random(data.draw(st.integers(0, 1_000)))))
    assert is_usable(leaf, data.draw(leaf_strategy(leaf)))


NOTHING: Final[Mapping[str, Leaf[object]]] = {
    "lengths": of("string", Facets(min_length=3, max_length=2)),
    "decimals": of("decimal", Facets(min_inclusive=Decimal(2), max_inclusive=Decimal(1))),
    "doubles": of("double", Facets(min_inclusive=2.0, max_inclusive=1.0)),
    "integers": of("int", Facets(min_inclusive=2, max_inclusive=1)),
    "days": of("date", Facets(min_inclusive=date(2026, 2, 2), max_inclusive=date(2026, 2, 1))),
    "moments": of(
        "dateTime", Facets(min_inclusive=datetime(2026, 1, 2), max_inclusive=datetime(2026, 1, 1))
    ),
    "patterns": of("int", Facets(patterns=pattern("[a-z]"))),
}


@pytest.mark.parametrize("name", NOTHING)
def test_where_there_is_no_value_both_ways_say_so(name: str) -> None:
    with pytest.raises(NoValue, match="'Narrow'"):
        leaf_value(NOTHING[name], Random(1))
    few = settings(max_examples=20, database=None, deadline=None)
    with pytest.raises(NoValue, match="'Narrow'"):
        find(leaf_strategy(NOTHING[name]), lambda _: True, settings=few)


def test_a_type_that_reads_no_word_has_no_value() -> None:
    def read(_: str) -> object:
        raise ValueError

    with pytest.raises(NoValue, match="'Odd'"):
        leaf_value(Leaf("Odd", read, str), Random(1))


def test_members_come_first_and_other_texts_after_them() -> None:
    first, second, *others = candidates(STATE, Random(1))
    assert {first, second} == set(State)
    assert others
    assert all(isinstance(other, UnknownState) for other in others)
    assert set(candidates(enumeration("State", STRING, State), Random(1))) == set(State)


def test_each_member_of_a_union_has_candidates() -> None:
    both = union_of("Either", INT, list_of("Many", TOKEN))
    assert {type(value) for value in candidates(both, Random(1))} == {int, tuple}
