"""The fast way and the exact way say the same of every text, and the fast way is really taken."""

import pickle
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.laws.results import NOISE, NUMBERS, TIMES

import msgsend
from msgsend import Parsed, parsers, strategies, tables
from msgsend._runtime.text.matcher import Machine
from msgsend._runtime.text.reading import Reading
from msgsend._runtime.text.split import SplitList

REPORT = "231435,13900000000,DELIVRD"
VOICE = "231436,13900000000,0,30,2"
TIMED = "231435,13900000000,2014/06/10 15:34:11,DELIVRD"
REPLY = "13900000000|,|text|,|2014/06/10 15:34:11"
REPLY2 = "13900000000|,|回复, ok|,|2018/4/6 1:02:03|,|106900"
TOKENS = ("|", ",", "|,|", "|;|", "|;\n", "|;", ";", "\ud800", "", *NOISE, *NUMBERS, *TIMES)


@dataclass(frozen=True)
class Ways:
    """A poll's result both ways."""

    name: str
    fast: SplitList[object]
    exact: Callable[[Reading], object]
    machine: Machine
    wire: SearchStrategy[str]
    separator: str
    records: tuple[str, ...]

    def parse(self, text: str) -> object:
        parse: Callable[[str], object] = getattr(msgsend, f"parse_{self.name}")
        return parse(text)

    def exactly(self, text: str) -> object:
        return self.exact(Reading(self.machine, text))

    def agree_on(self, text: str) -> bool:
        """Whether the fast way was taken; that the ways agree is asserted."""
        exact = self.exactly(text)
        read = self.fast.read(text)
        parsed = self.parse(text)
        assert parsed == exact
        if read is None:
            return False
        assert isinstance(exact, Parsed)
        assert isinstance(parsed, Parsed)
        assert tuple(read) == exact[:]
        assert exact.malformed == ()
        assert parsed.pieces() == exact.pieces()
        return True

    def __str__(self) -> str:
        return self.name


def ways(
    name: str, stem: str, exact: str, wire: SearchStrategy[str], separator: str, *records: str
) -> Ways:
    """The private parts of the generated parsers, by name."""
    fast: SplitList[object] = getattr(parsers, f"_{stem}")
    machine: Machine = getattr(tables, exact.upper())
    return Ways(name, fast, getattr(parsers, f"_{exact}"), machine, wire, separator, records)


POLLS = (
    ways(
        "get_report",
        "REPORTS",
        "report_result",
        strategies.report_result_text(),
        "|",
        REPORT,
        VOICE,
        "1,+1,MK:0001",
    ),
    ways(
        "get_report2",
        "TIMED_REPORTS",
        "timed_report_result",
        strategies.timed_report_result_text(),
        "|",
        TIMED,
    ),
    ways(
        "get_mo2",
        "REPLIES",
        "reply_result",
        strategies.reply_result_text(),
        "|;|",
        REPLY,
        REPLY2,
        "13900000000|,|a|,|b|,|2014/06/10 15:34:11",
        "1|,|;|,|2014/06/10 15:34:11",
    ),
)
each_poll = pytest.mark.parametrize("poll", POLLS, ids=str)


@st.composite
def pages(draw: st.DrawFn, poll: Ways) -> str:
    """Some good records between separators, with a few places changed."""
    records = draw(st.lists(st.sampled_from(poll.records), max_size=5))
    text = poll.separator.join([*records, ""] if draw(st.booleans()) else records)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 2))
        text = text[:at] + draw(st.sampled_from(TOKENS)) + text[at + gone :]
    return text


@each_poll
@given(data=st.data())
def test_both_ways_agree_on_mutated_pages(poll: Ways, data: st.DataObject) -> None:
    text = data.draw(pages(poll))
    event("fast" if poll.agree_on(text) else "exact")


@each_poll
@given(data=st.data())
def test_both_ways_agree_on_adversarial_text(poll: Ways, data: st.DataObject) -> None:
    text = data.draw(poll.wire)
    event("fast" if poll.agree_on(text) else "exact")


@each_poll
@pytest.mark.parametrize("count", [1, 2, 500])
@pytest.mark.parametrize("trails", [False, True])
def test_uniform_pages_are_read_fast(poll: Ways, count: int, trails: bool) -> None:
    for record in poll.records[:2]:
        page = poll.separator.join([record] * count) + poll.separator * trails
        assert poll.agree_on(page)


@each_poll
def test_pages_of_all_that_is_seen_are_read_fast(poll: Ways) -> None:
    """Records of several kinds, padding, separators doubled, in front and at the end."""
    page = poll.separator.join(poll.records[:2] * 20)
    assert poll.agree_on(page)
    assert poll.agree_on("")
    assert poll.agree_on(page + poll.separator + "\n")
    assert poll.agree_on(poll.separator * 2 + page.replace(poll.separator, poll.separator * 2))


def test_line_ends_as_separators_are_read_fast() -> None:
    (replies,) = [poll for poll in POLLS if poll.name == "get_mo2"]
    assert replies.agree_on("|;\n".join([REPLY] * 3))
    assert replies.agree_on("|;\n".join([REPLY] * 3) + "|;")
    assert replies.agree_on(REPLY + "|;")
    assert not replies.agree_on("|;\r\n".join([REPLY] * 3))
    assert not replies.agree_on(f"{REPLY}|;|{REPLY}|;\n{REPLY}")


@pytest.mark.parametrize(
    "text", ["a|,|b", "", ";", "|", ",", "|,", "x|,", ",|x", "|;x", "|;", ";|", "|,|", "\ud800"]
)
def test_texts_that_a_split_destroys_are_read_exactly(text: str) -> None:
    (replies,) = [poll for poll in POLLS if poll.name == "get_mo2"]
    page = f"{REPLY}|;|13900000000|,|{text}|,|2014/06/10 15:34:11|;|{REPLY2}"
    replies.agree_on(page)
    match msgsend.parse_get_mo2(page):
        case msgsend.ErrorCode() | msgsend.UnknownErrorCode():
            pytest.fail("a page is no code")
        case found:
            assert [reply.content for reply in found] == ["text", text, "回复, ok"]


MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))


@given(MOMENTS, st.sampled_from(["{:02}", "{}"]), st.integers(-1, 60), st.integers(0, 24))
@example(datetime(2016, 2, 28), "{:02}", 60, 24)
def test_every_time_is_read_alike(moment: datetime, form: str, second: int, hour: int) -> None:
    (timed,) = [poll for poll in POLLS if poll.name == "get_report2"]
    next_day = moment + timedelta(days=1) if moment.year < 9999 else moment
    for day in (moment.day, next_day.day, 29, 30, 31):
        parts = [form.format(part) for part in (moment.month, day, hour, moment.minute, second)]
        month, days, hours, minutes, seconds = parts
        stamp = f"{moment.year:04}/{month}/{days} {hours}:{minutes}:{seconds}"
        timed.agree_on(TIMED.replace("2014/06/10 15:34:11", stamp) + "|" + TIMED)


def test_what_the_fast_way_gives_can_be_copied_and_pickled() -> None:
    parsed = msgsend.parse_get_report(f"{REPORT}|{VOICE}|")
    assert isinstance(parsed, Parsed)
    for copy in (pickle.loads(pickle.dumps(parsed)), deepcopy(parsed)):
        assert copy == parsed
        assert copy.pieces() == parsed.pieces()


def test_a_text_of_a_derived_class_is_read_exactly() -> None:
    class Text(str):
        __slots__ = ()

        def __str__(self) -> str:
            return "another"

    reports = POLLS[0]
    assert reports.fast.read(Text(REPORT)) is None
    assert reports.parse(Text(REPORT)) == reports.parse(REPORT)
