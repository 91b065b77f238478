"""Law 3: format writes exactly the values whose fields have their declared forms.

Values are drawn field by field, most of them in their form, some of them anything else. What
must be written, and how, is said by `declared`; what is refused must name a field that is not
of its form.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from typing import cast

import pytest
from hypothesis import assume, event, example, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy
from tests.laws.declared import ROWS, Row
from tests.laws.results import LISTS, RESULTS, SCALARS, Result, parsed, records_of

import msgsend
from msgsend import (
    DeliveryStatus,
    ErrorCode,
    HangupCause,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    UnknownHangupCause,
    Unwritable,
    strategies,
)

MOMENT = datetime(2014, 6, 10, 15, 34, 11)


class Small(IntEnum):
    """A whole number by another name."""

    THREE = 3


class Name(str, Enum):  # noqa: UP042  (its `str()` is `Name.ONE`, that of a StrEnum is `1`)
    """A text that shows itself as another."""

    ONE = "1"
    TEXT = "a|;|b"


_SPELLINGS = st.lists(
    st.sampled_from(
        (
            *("|,|", "|;|", "|;", "|;\n", "|", ",", ";", "\n", "\r\n", "\r", " ", "\t", "x", ""),
            *(
                "1",
                "0",
                "-3",
                "-0",
                "-03",
                "+5",
                "+1",
                "１２",
                "²",
                "1_000",
                " 5",
                "\u3000",
                "\u2028",
            ),
            *("DELIVRD", "delivrd", "UNDELIVRD", ":", "-1:", "-9999999999", "\0", "\ud800", "1.5"),
            "2014/06/10 15:34:11",
        )
    ),
    max_size=4,
).map("".join)

TEXTS = st.one_of(_SPELLINGS, _SPELLINGS, st.text(max_size=6))

ANYTHING: SearchStrategy[object] = st.one_of(
    TEXTS,
    st.integers(-2, 10),
    st.sampled_from((999_999_999, 1_000_000_000, 10**4_000, Small.THREE)),
    st.sampled_from((None, True, False, 1.5, float("nan"), float("inf"), b"1", [], object)),
    st.decimals(),
    st.sampled_from(
        tuple(map(Decimal, ("-0", "-0.0", "0.0", "1E+3", "1E-3", "-5", "NaN", "sNaN", "-Infinity")))
    ),
    st.sampled_from(
        (
            MOMENT.date(),
            date.min,
            datetime.min,
            datetime.max,
            datetime.max.replace(microsecond=0),
            MOMENT.replace(microsecond=1),
            MOMENT.replace(fold=1),
            MOMENT.replace(tzinfo=UTC),
            MOMENT.replace(tzinfo=timezone(timedelta(hours=8))),
        )
    ),
    st.datetimes(),
    st.sampled_from((*ErrorCode, *DeliveryStatus, *HangupCause)),
    st.one_of(TEXTS, st.just(5)).map(lambda text: UnknownErrorCode(cast("str", text))),
    st.one_of(TEXTS, st.none()).map(lambda text: UnknownDeliveryStatus(cast("str", text))),
    TEXTS.map(UnknownHangupCause),
)

VALID: dict[str, SearchStrategy[object]] = {
    "batch": strategies.batch_number(),
    "phone": strategies.phone_number(),
    "status": strategies.delivery_status(),
    "talk_seconds": strategies.seconds(),
    "ring_seconds": strategies.seconds(),
    "hangup_cause": strategies.hangup_cause(),
    "reported_at": strategies.timestamp(),
    "received_at": strategies.timestamp(),
    "content": strategies.content(),
    "channel": strategies.channel(),
}

_COUNTS = st.sampled_from((True, False, -1, 0, 999_999_999, 10**9, 1.0, "1", Small.THREE))
_TIMES = st.one_of(
    st.datetimes(),
    st.sampled_from(
        (
            MOMENT.date(),
            str(MOMENT),
            datetime.min,
            datetime.max.replace(microsecond=0),
            MOMENT.replace(microsecond=1),
            MOMENT.replace(fold=1),
            MOMENT.replace(tzinfo=UTC),
            MOMENT.replace(tzinfo=timezone(timedelta(hours=8))),
        )
    ),
)
NEAR: dict[str, SearchStrategy[object]] = {
    "talk_seconds": _COUNTS,
    "ring_seconds": _COUNTS,
    "reported_at": _TIMES,
    "received_at": _TIMES,
    "status": TEXTS.map(UnknownDeliveryStatus),
    "hangup_cause": TEXTS.map(UnknownHangupCause),
}
"""What is more often just right than any value; texts for all other fields."""


def fields(row: Row) -> SearchStrategy[dict[str, object]]:
    """Values for the fields of a record: in their forms, near them, or anything."""
    return st.fixed_dictionaries(
        {
            name: st.sampled_from(
                (VALID[name],) * 6 + (NEAR.get(name, TEXTS),) * 2 + (ANYTHING,)
            ).flatmap(lambda strategy: strategy)
            for name in row.fields
        }
    )


def rows_of(result: Result) -> SearchStrategy[list[tuple[Row, dict[str, object]]]]:
    row = st.sampled_from(result.rows)
    return st.lists(
        row.flatmap(lambda each: st.tuples(st.just(each), fields(each))), min_size=1, max_size=3
    )


def refusal(result: Result, value: object) -> Unwritable:
    """The exception that refuses a value."""
    with pytest.raises(Unwritable) as caught:
        result.format(value)
    refused = caught.value
    assert isinstance(refused, ValueError)
    assert isinstance(refused, msgsend.MsgSendError)
    assert isinstance(refused.part, str)
    assert refused.field
    assert refused.why
    assert refused.field in str(refused)
    assert refused.why in str(refused)
    return refused


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_records(result: Result, data: DataObject) -> None:
    drawn = data.draw(rows_of(result))
    records = [row.make(**values) for row, values in drawn]
    bad = [
        f"[{index}].{name}"
        for index, (row, values) in enumerate(drawn)
        for name in row.bad_fields(values)
    ]
    event("refused" if bad else "written")
    if bad:
        assert refusal(result, records).field in bad
        return
    texts = [row.spelling(values) for row, values in drawn]
    text = result.separator.join(texts) + (result.separator if result.is_terminated else "")
    assert result.format(iter(records)) == text
    assert records_of(result.parse(text)) == records


@pytest.mark.parametrize("name", ROWS)
@given(data=st.data())
def test_each_bad_field_alone(name: str, data: DataObject) -> None:
    """One field is anything, all others are in their forms: it alone decides."""
    row = ROWS[name]
    (result,) = (each for each in LISTS if row in each.rows)
    chosen = data.draw(st.sampled_from(tuple(row.fields)))
    value = data.draw(st.one_of(ANYTHING, TEXTS, NEAR.get(chosen, TEXTS)))
    values = {each: data.draw(VALID[each]) for each in row.fields} | {chosen: value}
    records = [row.make(**values)]
    if row.bad_fields(values):
        event("refused")
        refused = refusal(result, records)
        assert refused.field == f"[0].{chosen}"
        if isinstance(value, str) and chosen in ("batch", "phone", "content", "channel"):
            assert refused.part in value
        return
    event("written")
    assert records_of(result.parse(result.format(records))) == records


@pytest.mark.parametrize("result", SCALARS, ids=str)
@given(data=st.data())
def test_scalars(result: Result, data: DataObject) -> None:
    codes = TEXTS.map(UnknownErrorCode)
    near = st.text("-+.0123:\n", max_size=6)
    value = data.draw(st.one_of(ANYTHING, result.values, TEXTS, codes, near.map(UnknownErrorCode)))
    texts = [kind.spelling(value) for kind in result.scalars.values()]
    text = next((each for each in texts if each is not None), None)
    if text is None:
        event("refused")
        refusal(result, value)
        return
    event("written")
    assert result.format(value) == text
    assert result.parse(text) == value


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(value=st.one_of(TEXTS.map(UnknownErrorCode), st.sampled_from(ErrorCode)))
def test_codes_in_place_of_lists(result: Result, value: ErrorCode | UnknownErrorCode) -> None:
    text = result.scalars["ErrorCode"].spelling(value)
    if text is None:
        assert "ErrorCode" in refusal(result, value).field
        return
    assert result.format(value) == text
    assert result.parse(text) == value


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_malformed_pieces_are_not_lost_by_writing(result: Result, data: DataObject) -> None:
    damaged = data.draw(result.texts()) + "|;||" + data.draw(result.texts())
    records = parsed(result.parse(damaged))
    assume(records is not None and records.malformed)
    assert records is not None
    refused = refusal(result, records)
    assert refused.field == "malformed[0]"
    assert refused.part == records.malformed[0].raw


NO_RECORDS: tuple[object, ...] = (None, 5, True, "", "1,2,DELIVRD|", 1.5, MOMENT, len)


@pytest.mark.parametrize("result", LISTS, ids=str)
@pytest.mark.parametrize("value", NO_RECORDS, ids=repr)
def test_what_is_no_list(result: Result, value: object) -> None:
    """The value as a whole is refused: there is no field to name."""
    with pytest.raises(Unwritable) as caught:
        result.format(value)
    assert caught.value.part == type(value).__name__
    assert caught.value.why


STRANGERS: tuple[object, ...] = (None, 5, "1", ErrorCode.SUBMIT_FAILED, UnknownErrorCode("-2"), [])


@pytest.mark.parametrize("result", LISTS, ids=str)
def test_what_is_no_record(result: Result) -> None:
    for stranger in STRANGERS:
        assert refusal(result, [stranger]).field.startswith("[0]")


@pytest.mark.parametrize("result", LISTS, ids=str)
@given(data=st.data())
def test_records_of_other_lists(result: Result, data: DataObject) -> None:
    others = [record for other in LISTS if other is not result for record in other.records]
    own = data.draw(st.lists(st.one_of(*result.records), max_size=2))
    stranger = data.draw(st.one_of(*others))
    assert refusal(result, [*own, stranger]).field.startswith(f"[{len(own)}]")


def test_an_exponent_that_would_be_a_gigabyte_of_digits() -> None:
    """The one bound that is no form: nobody wants this written."""
    refusal(RESULTS[4], Decimal("1E+999999999"))
    refusal(RESULTS[4], Decimal("1E-999999999"))


GOOD: dict[str, object] = {
    "batch": "1",
    "phone": "1",
    "status": DeliveryStatus.DELIVERED,
    "talk_seconds": 0,
    "ring_seconds": 0,
    "hangup_cause": HangupCause.UNKNOWN,
    "reported_at": MOMENT,
    "received_at": MOMENT,
    "content": "x",
    "channel": None,
}
BAD: list[tuple[str, str, object]] = [
    *(("VoiceReport", "talk_seconds", value) for value in (True, False, 1.0, "1", -1, 10**9)),
    *(("Reply", "received_at", value) for value in (None, MOMENT.date(), str(MOMENT))),
    ("Reply", "received_at", MOMENT.replace(microsecond=1)),
    ("Reply", "received_at", MOMENT.replace(tzinfo=UTC)),
    ("Reply", "channel", ""),
    ("Reply", "channel", "a b"),
    ("Reply", "phone", "１２"),
    ("Reply", "phone", "1\n"),
    ("Reply", "content", "a\r\nb"),
    ("SmsReport", "status", " DELIVRD"),
    ("SmsReport", "status", UnknownDeliveryStatus("DELIVRD")),
    ("SmsReport", "status", UnknownDeliveryStatus(" x")),
    ("SmsReport", "status", UnknownDeliveryStatus("a,b")),
    ("SmsReport", "status", HangupCause.UNKNOWN),
    ("VoiceReport", "hangup_cause", UnknownHangupCause("0")),
    ("VoiceReport", "hangup_cause", 0),
]


@pytest.mark.parametrize(("name", "field", "value"), BAD)
def test_what_is_refused(name: str, field: str, value: object) -> None:
    row = ROWS[name]
    (result,) = (each for each in LISTS if row in each.rows)
    record = row.make(**{each: GOOD[each] for each in row.fields} | {field: value})
    assert refusal(result, [record]).field == f"[0].{field}"


DELIMITERS: list[tuple[Callable[..., str], object, str, str]] = [
    (
        msgsend.format_get_mo,
        msgsend.Reply(
            phone=msgsend.PhoneNumber("1"), content=content, received_at=MOMENT, channel=None
        ),
        "[0].content",
        part,
    )
    for content, part in (("a|;|b", "|;|"), ("a|;\nb", "|;\n"), ("|;|", "|;|"), ("|;\n|;|", "|;|"))
]


@pytest.mark.parametrize(("write", "record", "field", "part"), DELIMITERS)
def test_a_delimiter_in_a_value_is_named(
    write: Callable[[Iterable[object]], str], record: object, field: str, part: str
) -> None:
    with pytest.raises(Unwritable, match=re.escape(repr(part))) as caught:
        write([record])
    assert (caught.value.field, caught.value.part) == (field, part)


def test_a_number_too_long_for_python_to_show() -> None:
    report = msgsend.VoiceReport(
        batch=msgsend.BatchNumber("1"),
        phone=msgsend.PhoneNumber("1"),
        talk_seconds=0,
        ring_seconds=-(10**5_000),
        hangup_cause=HangupCause.UNKNOWN,
    )
    with pytest.raises(Unwritable) as caught:
        msgsend.format_get_report([report])
    assert caught.value.field == "[0].ring_seconds"
    assert str(caught.value)


def test_a_text_by_another_name_is_the_text_that_it_equals() -> None:
    """A member of a text enum is a text: `Name.ONE == "1"`."""
    reply = msgsend.Reply(
        phone=msgsend.PhoneNumber(Name.ONE), content=Name.ONE, received_at=MOMENT, channel=Name.ONE
    )
    text = msgsend.format_get_mo([reply])
    assert text == "1|,|1|,|2014/06/10 15:34:11|,|1"
    assert records_of(msgsend.parse_get_mo(text)) == [reply]
    assert msgsend.format_send_msg(msgsend.BatchNumber(Name.ONE)) == "1"


@example("-03")
@given(TEXTS)
def test_a_known_spelling_is_refused_as_unknown(text: str) -> None:
    known = {"DELIVRD", "UNDELIVRD"}
    code = UnknownDeliveryStatus(text)
    record = msgsend.SmsReport(
        batch=msgsend.BatchNumber("1"), phone=msgsend.PhoneNumber("1"), status=code
    )
    if text in known:
        with pytest.raises(Unwritable, match="documented"):
            msgsend.format_get_report([record])
