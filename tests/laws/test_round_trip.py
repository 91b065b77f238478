"""Law 2: what format accepts is read back as the same value."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.laws.results import LISTS, RESULTS, Result, parsed

import msgsend

SAME_RESULTS: list[tuple[Callable[..., str], Callable[[str], object], Result]] = [
    (msgsend.format_send_voice_code, msgsend.parse_send_voice_code, RESULTS[3]),
    (
        msgsend.format_send_voice_code_with_template,
        msgsend.parse_send_voice_code_with_template,
        RESULTS[3],
    ),
    (msgsend.format_get_mo2, msgsend.parse_get_mo2, RESULTS[2]),
]
"""Operations whose results are those of another."""


def check(write: Callable[..., str], parse: Callable[[str], object], value: object) -> None:
    text = write(value)
    found = parse(text)
    if not isinstance(value, list):
        assert found == value
        assert type(found) is type(value)
        return
    records = cast("list[object]", value)
    again = parsed(found)
    assert again is not None
    assert list(again) == records
    assert [type(record) for record in again] == [type(record) for record in records]
    assert again.malformed == ()
    assert again.raw == text
    assert write(again) == text


@pytest.mark.parametrize("result", RESULTS, ids=str)
@given(data=st.data())
def test_every_value(result: Result, data: DataObject) -> None:
    check(result.format, result.parse, data.draw(result.values))


@pytest.mark.parametrize(("write", "parse", "result"), SAME_RESULTS)
@given(data=st.data())
def test_every_value_of_the_other_operations(
    write: Callable[..., str], parse: Callable[[str], object], result: Result, data: DataObject
) -> None:
    check(write, parse, data.draw(result.values))


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_what_was_parsed_can_be_written(result: Result, data: DataObject) -> None:
    """Whatever a parser gives without malformed pieces is written, and read back the same."""
    value = result.parse(data.draw(st.one_of(result.texts(), result.wire)))
    records = parsed(value)
    if records is None:
        check(result.format, result.parse, value)
    elif not records.malformed:
        check(result.format, result.parse, list(records))


@given(st.lists(st.one_of(*LISTS[2].records), max_size=3), st.text("|,;\n 1", max_size=8))
@example([], "x|;")
@example([], "|,|")
def test_texts_full_of_delimiters(others: list[object], content: str) -> None:
    """The 824 short texts that a plain split loses, and all their like."""
    reply = msgsend.Reply(
        phone=msgsend.PhoneNumber("1"),
        content=content.replace("|;|", "|;").replace("|;\n", "|;"),
        received_at=datetime(2014, 6, 10, 15, 34, 11),
    )
    if "|;|" in reply.content or "|;\n" in reply.content:
        return
    check(msgsend.format_get_mo, msgsend.parse_get_mo, [*others, reply, *others])
