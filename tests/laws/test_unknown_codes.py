"""Law 6: a documented spelling is its member, every other text of the form stays as it came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy
from tests.laws import declared, formats
from tests.laws.oracle import is_trimmed
from tests.laws.results import TIME, records_of

import msgsend
from msgsend import (
    ErrorCode,
    SmsReport,
    TimedReport,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    UnknownHangupCause,
    VoiceReport,
)


@dataclass(frozen=True)
class Place:
    """A place where a code stands: how to get its text there, and its value out."""

    name: str
    wire: str
    parse: Callable[[str], object]
    write: Callable[..., str]
    known: Mapping[str, object]
    unknown: type[UnknownErrorCode] | type[UnknownDeliveryStatus] | type[UnknownHangupCause]
    accepts: Callable[[str], bool]
    code: Callable[[object], object]
    alphabet: str
    texts: SearchStrategy[str]

    def __str__(self) -> str:
        return self.name


def only(value: object) -> object:
    (record,) = records_of(value)
    return record


def itself(value: object) -> object:
    return value


def status(value: object) -> object:
    record = only(value)
    assert isinstance(record, SmsReport | TimedReport)
    return record.status


def cause(value: object) -> object:
    record = only(value)
    assert isinstance(record, VoiceReport)
    return record.hangup_cause


_DIGITS = "0123456789"
_TOKENS = "DELIVRUNDdelivr0123: \t\n\u3000\0"
_ERRORS = (
    declared.ERROR_CODES,
    UnknownErrorCode,
    formats.is_error,
    itself,
    "-0123456789:x|;, \n",
    st.builds(
        "-{}{}{}".format,
        st.sampled_from(_DIGITS[1:]),
        st.text(_DIGITS, max_size=8),
        st.one_of(
            st.just(""), st.text("-1:x|;, \n\0").map(":{}".format), st.text().map(":{}".format)
        ),
    ),
)
_STATUSES = (
    declared.STATUSES,
    UnknownDeliveryStatus,
    formats.is_status,
    status,
    _TOKENS,
    st.text(
        st.one_of(st.sampled_from(_TOKENS), st.characters(exclude_characters=",|")), min_size=1
    ),
)

PLACES = [
    *(
        Place(write.__name__, "{}", parse, write, *_ERRORS)
        for parse, write in (
            (msgsend.parse_send_msg, msgsend.format_send_msg),
            (msgsend.parse_send_voice_code, msgsend.format_send_voice_code),
            (
                msgsend.parse_send_voice_code_with_template,
                msgsend.format_send_voice_code_with_template,
            ),
            (msgsend.parse_get_balance, msgsend.format_get_balance),
            (msgsend.parse_get_report, msgsend.format_get_report),
            (msgsend.parse_get_report2, msgsend.format_get_report2),
            (msgsend.parse_get_mo, msgsend.format_get_mo),
            (msgsend.parse_get_mo2, msgsend.format_get_mo2),
        )
    ),
    Place(
        "SmsReport.status",
        "1,2,{}|",
        msgsend.parse_get_report,
        msgsend.format_get_report,
        *_STATUSES,
    ),
    Place(
        "TimedReport.status",
        f"1,2,{TIME},{{}}|",
        msgsend.parse_get_report2,
        msgsend.format_get_report2,
        *_STATUSES,
    ),
    Place(
        "VoiceReport.hangup_cause",
        "1,2,0,30,{}|",
        msgsend.parse_get_report,
        msgsend.format_get_report,
        declared.CAUSES,
        UnknownHangupCause,
        formats.is_count,
        cause,
        _DIGITS,
        st.text(_DIGITS, min_size=1, max_size=9),
    ),
]


def read(place: Place, text: str) -> object:
    return place.code(place.parse(place.wire.format(text)))


def check_kept(place: Place, text: str) -> None:
    code = read(place, text)
    assert code == place.unknown(text)
    assert type(code) is place.unknown
    value = place.parse(place.wire.format(text))
    assert place.write(value) == place.wire.format(text)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_documented_spellings_are_members(place: Place) -> None:
    for text, member in place.known.items():
        assert read(place, text) is member
        assert read(place, f"\n {text}\t") is member
        assert place.write(place.parse(place.wire.format(text))) == place.wire.format(text)


def test_no_member_is_forgotten() -> None:
    assert set(declared.ERROR_CODES.values()) == set(msgsend.ErrorCode)
    assert set(declared.STATUSES.values()) == set(msgsend.DeliveryStatus)
    assert set(declared.CAUSES.values()) == set(msgsend.HangupCause)


@pytest.mark.parametrize("place", PLACES, ids=str)
@given(data=st.data())
def test_other_texts_survive(place: Place, data: DataObject) -> None:
    text = data.draw(place.texts)
    assert place.accepts(text)
    assume(is_trimmed(text) and "\r\n" not in text and text not in place.known)
    check_kept(place, text)


@pytest.mark.parametrize("place", PLACES, ids=str)
@given(data=st.data())
def test_texts_spelled_almost_like_a_member(place: Place, data: DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(place.known)))
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 1))
    text = text[:at] + data.draw(st.text(place.alphabet, max_size=1)) + text[at + cut :]
    assume(place.accepts(text) and is_trimmed(text))
    if text in place.known:
        assert read(place, text) is place.known[text]
    else:
        check_kept(place, text)


SEEN = ("-2", "-6", "-18", "-23", "-6:keyword", "-999999999", "-1:", "-1: x")


@pytest.mark.parametrize("text", SEEN)
@pytest.mark.parametrize("place", [place for place in PLACES if place.wire == "{}"], ids=str)
def test_error_codes_that_were_seen(place: Place, text: str) -> None:
    check_kept(place, text)


@example("-0")
@example("-03")
@example("+5")
@example("-1000000000")
@example("－3")
@example("-１")
@given(st.text("-+0123:x１²", max_size=5))
def test_what_is_no_code_is_none(text: str) -> None:
    """In a list operation such a text is malformed, in the others it may be a number."""
    for parse in (msgsend.parse_get_report, msgsend.parse_get_report2, msgsend.parse_get_mo):
        is_code = isinstance(parse(text), ErrorCode | UnknownErrorCode)
        assert is_code == formats.is_error(text)
