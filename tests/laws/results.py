"""The results of the service's operations: public functions, oracle's formats, tokens to draw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from hypothesis import currently_in_test_context, event
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.laws import declared, formats
from tests.laws.declared import Kind, Row
from tests.laws.oracle import Choice, ListOf

import msgsend
from msgsend import Parsed, strategies

NOISE = (" ", "\t", "\n", "\r\n", "\r", "\0", "x", "\u3000", "\u2028", "\x85", "\xa0", "\x0b")
NUMBERS = ("1", "0", "12", "+1", "-3", "-1", "１２", "²", "9999999999", "1.5")
TIME = "2014/06/10 15:34:11"
TIMES = (
    TIME,
    "2018/4/16 1:02:03",
    "2015/02/29 00:00:00",
    "2016/2/29 0:0:0",
    "0000/01/01 00:00:00",
    "2016/06/30 23:59:60",
    "2016/06/30 24:00:00",
    "2016/06/31 00:00:00",
)


@dataclass(frozen=True)
class Result:
    """One result: its functions and what is known of it. `rows` are there if it can be a list."""

    name: str
    parse: Callable[[str], object]
    format: Callable[..., str]
    form: Choice
    values: SearchStrategy[object]
    wire: SearchStrategy[str]
    tokens: Sequence[str]
    scalars: dict[str, Kind]
    rows: tuple[Row, ...] = ()
    records: tuple[SearchStrategy[object], ...] = ()
    separator: str = ""
    is_terminated: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def list_form(self) -> ListOf:
        (found,) = (each for each in self.form.alternatives if isinstance(each, ListOf))
        return found

    def texts(self, most: int = 14) -> SearchStrategy[str]:
        """Texts of tokens, so that records and their neighbours are reached."""
        return st.lists(st.sampled_from(self.tokens), max_size=most).map("".join)


def _objects(found: SearchStrategy[object]) -> SearchStrategy[object]:
    return found


_ERROR = {"ErrorCode": declared.ERROR}

SUBMISSION = Result(
    "SendMsg",
    msgsend.parse_send_msg,
    msgsend.format_send_msg,
    formats.SUBMISSION,
    _objects(strategies.submission()),
    strategies.submission_text(),
    ("-", ":", "0", *NUMBERS, *NOISE),
    {"BatchNumber": declared.BATCH, **_ERROR},
)
BALANCE = Result(
    "GetBalance",
    msgsend.parse_get_balance,
    msgsend.format_get_balance,
    formats.BALANCE_RESULT,
    _objects(strategies.balance_result()),
    strategies.balance_result_text(),
    ("-", ":", ".", "0", *NUMBERS, *NOISE),
    {"Balance": declared.BALANCE, **_ERROR},
)
REPORTS = Result(
    "GetReport",
    msgsend.parse_get_report,
    msgsend.format_get_report,
    formats.REPORT_RESULT,
    _objects(strategies.report_result()),
    strategies.report_result_text(),
    (
        *("|", ",", "|", ",", "1", "2", " ", "\n", "1,2,DELIVRD", "1,2,0,30,2"),
        *("-3", "1,2,", "DELIVRD", "delivrd", ":", *NUMBERS, *NOISE),
    ),
    _ERROR,
    (declared.SMS_REPORT, declared.VOICE_REPORT),
    (_objects(strategies.sms_report()), _objects(strategies.voice_report())),
    "|",
    is_terminated=True,
)
TIMED_REPORTS = Result(
    "GetReport2",
    msgsend.parse_get_report2,
    msgsend.format_get_report2,
    formats.TIMED_REPORT_RESULT,
    _objects(strategies.timed_report_result()),
    strategies.timed_report_result_text(),
    (
        *("|", ",", "|", ",", "1", " ", "\n", f"1,2,{TIME},DELIVRD", f"1 ,2, {TIME}"),
        *("-3", "1,2,", "UNDELIVRD", ":", *NUMBERS, *TIMES, *NOISE),
    ),
    _ERROR,
    (declared.TIMED_REPORT,),
    (_objects(strategies.timed_report()),),
    "|",
    is_terminated=True,
)
REPLIES = Result(
    "GetMo",
    msgsend.parse_get_mo,
    msgsend.format_get_mo,
    formats.REPLY_RESULT,
    _objects(strategies.reply_result()),
    strategies.reply_result_text(),
    (
        *("|,|", "|;|", "|;", "|;\n", "|", ",", ";", "\n", "|,|", "1", "1|,|", "1|,|x|,|", TIME),
        *(f"|,|{TIME}", f"1|,|x|,|{TIME}", f"1|,||,|{TIME}|,|9", f"1|,|{TIME}|,|{TIME}"),
        *("|;\r\n", "-3", *NUMBERS, *TIMES, *NOISE),
    ),
    _ERROR,
    (declared.REPLY,),
    (_objects(strategies.reply()),),
    "|;|",
)

LISTS = (REPORTS, TIMED_REPORTS, REPLIES)
SCALARS = (SUBMISSION, BALANCE)
RESULTS = (*LISTS, *SCALARS)


def parsed(value: object) -> Parsed[object] | None:
    """The list that a result is, or None if it is something else."""
    return cast("Parsed[object]", value) if isinstance(value, Parsed) else None


def records_of(value: object) -> list[object]:
    """The records of a result that is a list without malformed pieces."""
    found = parsed(value)
    assert found is not None
    assert found.malformed == ()
    return list(found)


def seen(what: str) -> None:
    """Counted by `--hypothesis-show-statistics`, where a text was drawn."""
    if currently_in_test_context():
        event(what)
