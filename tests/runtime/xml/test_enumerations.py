"""Enumerations stay open: whatever text comes is kept, and written as it came."""

from enum import Enum
from typing import Any, final

import pytest
from hypothesis import given
from tests.runtime.xml.drawn_tables import XML_TEXT

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.leaves import union_of
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.texts import STRING, TOKEN


class State(Enum):
    NEW = "new"
    SENT_OUT = "sent out"


@final
@record
class UnknownState:
    text: str


STATE = enumeration("State", STRING, State, UnknownState)
CLOSED = enumeration("State", STRING, State)


@given(XML_TEXT)
def test_each_text_comes_back(text: str) -> None:
    value = STATE.read(text)
    assert STATE.write(value) == text
    assert isinstance(value, State if text in ("new", "sent out") else UnknownState)


def test_members_are_told_by_their_exact_spelling() -> None:
    assert STATE.read("new") is State.NEW
    assert STATE.read("New") == UnknownState(text="New")
    assert STATE.read(" new") == UnknownState(text=" new")
    assert enumeration("State", TOKEN, State, UnknownState).read(" sent  out\n") is State.SENT_OUT


@pytest.mark.parametrize("value", ["new", None, UnknownState(text="new"), UnknownState])
def test_what_would_be_read_as_another_value_is_not_written(value: Any) -> None:
    with pytest.raises(Unwritable):
        STATE.write(value)


def test_a_closed_one_takes_its_members_alone() -> None:
    assert CLOSED.write(CLOSED.read("new")) == "new"
    with pytest.raises(NotOfType):
        CLOSED.read("old")
    with pytest.raises(Unwritable):
        CLOSED.write(UnknownState(text="old"))
    either = union_of("Either", CLOSED, INT)
    assert either.read("new") is State.NEW
    assert either.read("5") == 5
