"""Pushes: parsed strictly, and written so that they can be parsed."""

import copy
import pickle
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from encodings.aliases import aliases
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import at_most_steps
from tests.runtime.server.pushes import FORM, REPORT

from msgsend import (
    InvalidPush,
    MsgSendError,
    PhoneNumber,
    Reply,
    ReplyPush,
    ReportPush,
    Unwritable,
    format_reply_push,
    format_report_push,
    parse_push,
    strategies,
)
from msgsend._runtime.wire.charsets import known_codec
from msgsend._runtime.wire.push import read_form

REPLIED = "13900000000|,|收到，谢谢|,|2014/06/10 15:34:11"
REPLY = urlencode({"account": "demo", "GetMo": "13900000000|,|好的 & so|,|2014/06/10 15:34:11"})


def test_a_report_as_the_document_has_it() -> None:
    push = parse_push(REPORT, FORM)
    assert isinstance(push, ReportPush)
    assert push.account == "demo"
    assert [report.phone for report in push.reports] == ["13900000000"]


@pytest.mark.parametrize(
    "content_type", [None, FORM, f"{FORM}; charset=UTF-8", f'{FORM};charset="utf8"']
)
def test_a_reply(content_type: str | None) -> None:
    push = parse_push(REPLY.encode(), content_type)
    assert isinstance(push, ReplyPush)
    assert [reply.content for reply in push.replies] == ["好的 & so"]


@given(account=st.text(), reports=strategies.reports(), replies=strategies.replies())
def test_what_is_written_is_read(
    account: str, reports: list[object], replies: list[object]
) -> None:
    account = account.encode("utf-8", "replace").decode().replace("\r\n", "\n")
    sent = parse_push(format_report_push(account=account, reports=reports), FORM)  # type: ignore[arg-type]  # drawn as objects
    assert isinstance(sent, ReportPush)
    assert (sent.account, list(sent.reports), sent.reports.malformed) == (account, reports, ())
    again = parse_push(format_reply_push(account=account, replies=replies), FORM)  # type: ignore[arg-type]  # drawn as objects
    assert isinstance(again, ReplyPush)
    assert (again.account, list(again.replies)) == (account, replies)


@pytest.mark.parametrize("charset", ["gbk", "GB2312", "gb18030", None])
def test_the_gb_family(charset: str | None) -> None:
    body = b"account=demo&GetMo=" + quote_from_bytes(REPLIED.encode("gb18030")).encode()
    push = parse_push(body, FORM if charset is None else f"{FORM}; charset={charset}")
    assert isinstance(push, ReplyPush)
    assert [reply.content for reply in push.replies] == ["收到，谢谢"]


def test_a_malformed_record_is_kept() -> None:
    push = parse_push(b"account=demo&GetReport=1,2|1,13900000000,DELIVRD", FORM)
    assert isinstance(push, ReportPush)
    assert [piece.raw for piece in push.reports.malformed] == ["1,2"]
    assert len(push.reports) == 1


REFUSED: dict[str, tuple[int, bytes, str | None]] = {
    "nothing": (400, b"", FORM),
    "no account": (400, b"GetReport=", FORM),
    "no records": (400, b"account=demo", FORM),
    "both": (400, b"account=demo&GetReport=&GetMo=", FORM),
    "a field twice": (400, b"account=demo&account=demo&GetReport=", FORM),
    "a field twice, spelled otherwise": (400, b"account=a&acc%6Funt=b&GetReport=", FORM),
    "half an escape": (400, b"account=demo%4&GetReport=", FORM),
    "no escape": (400, b"account=demo&GetReport=%zz", FORM),
    "no value": (400, b"account=demo&GetReport", FORM),
    "not UTF-8": (400, b"account=%ff&GetReport=", f"{FORM}; charset=utf-8"),
    "of no charset": (400, b"account=%ff&GetReport=", FORM),
    "another charset": (415, b"account=demo&GetReport=%C3%A9", f"{FORM}; charset=latin-1"),
    "another charset, not escaped": (415, "account=é&GetMo=".encode(), f"{FORM}; charset=cp1252"),
    "two charsets": (415, b"account=%C3%A9&GetMo=", f"{FORM}; charset=gbk; charset=latin-1"),
    "no charset": (415, REPORT, f"{FORM}; charset=punycode"),
    "a charset that nobody has": (415, REPORT, f"{FORM}; charset=nonesuch"),
    "a charset that changes ASCII": (415, REPORT, f"{FORM}; charset=iso-2022-jp"),
    "a charset that does not extend ASCII": (415, REPORT, f"{FORM}; charset=utf-16"),
    "JSON": (415, b"{}", "application/json"),
    "a part": (415, REPORT, "multipart/form-data; boundary=x"),
    "too large": (413, b"account=" + b"x" * 2**20, FORM),
    "too many fields": (413, b"&".join(b"a%d=" % n for n in range(200)), FORM),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_push_is_refused(name: str) -> None:
    """The problem has the body, byte for byte, and shows it nowhere."""
    status, body, content_type = REFUSED[name]
    with pytest.raises(InvalidPush) as raised:
        parse_push(body, content_type)
    problem = raised.value
    assert problem.status == status
    assert isinstance(problem, MsgSendError)
    assert problem.__context__ is None
    assert problem.raw == body
    assert problem.args == (status, problem.reason)
    assert not body or repr(body) not in f"{problem}{problem!r}{vars(problem)}"
    for again in (pickle.loads(pickle.dumps(problem)), copy.copy(problem)):
        assert (again.status, again.reason, again.raw) == (status, problem.reason, body)


ASCII_EXTENDED = ["ISO-8859-1", "windows-1252", "latin1", "us-ascii", "utf-8", "gbk", "Shift_JIS"]


@pytest.mark.parametrize("charset", ASCII_EXTENDED)
@pytest.mark.parametrize("sign", ["=", " = ", '="'])
def test_ascii_is_ascii_in_every_charset_that_extends_it(charset: str, sign: str) -> None:
    push = parse_push(REPORT, f"{FORM} ; Charset{sign}{charset}")
    assert isinstance(push, ReportPush)
    assert [report.phone for report in push.reports] == ["13900000000"]


def test_codecs_that_may_be_named_extend_ascii() -> None:
    ascii_bytes = bytes(range(128))
    named = {*aliases, *aliases.values(), "windows-874"}
    for label, codec in ((label, codec) for label in named if (codec := known_codec(label))):
        with suppress(InvalidPush):
            parse_push(REPORT, f"{FORM}; charset={label}")
            assert ascii_bytes.decode(codec) == ascii_bytes.decode("ascii"), label


@pytest.mark.parametrize("named", ["utf-8; charset=iso-8859-1", "gbk; charset=utf-8"])
def test_utf_8_wins_if_it_is_one_of_two(named: str) -> None:
    push = parse_push(REPLY.encode(), f"{FORM}; charset={named}")
    assert isinstance(push, ReplyPush)
    assert [reply.content for reply in push.replies] == ["好的 & so"]


@pytest.mark.parametrize("charset", ["gbk", "gb2312", "GB18030"])
def test_what_plainly_is_utf_8_is_not_read_as_gb(charset: str) -> None:
    push = parse_push(
        urlencode({"account": "demo", "GetMo": REPLIED}).encode(), f"{FORM}; charset={charset}"
    )
    assert isinstance(push, ReplyPush)
    assert [reply.content for reply in push.replies] == ["收到，谢谢"]


@pytest.mark.parametrize("half", ["\ud83d", "\ude00\ud83d"])
def test_half_a_character_is_not_written(half: str) -> None:
    received_at = datetime(2014, 6, 10, 15, 34, 11)
    good = Reply(phone=PhoneNumber("13900000000"), content="好", received_at=received_at)
    with pytest.raises(Unwritable) as raised:
        format_reply_push(account="demo", replies=[good, replace(good, content=f"ok{half}")])
    assert (raised.value.field, raised.value.part) == ("replies", half[0])
    with pytest.raises(Unwritable, match=r"^account: "):
        format_report_push(account=half, reports=[])
    assert b"%F0%9F%98%80" in format_reply_push(
        account="demo", replies=[replace(good, content="\U0001f600")]
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%", None),
        (b"=&" * 500_000, None),
        (b"account=a&GetMo=" + b"%" * 1_000_000, None),
        (b"account=a&GetMo=" + b"%41" * 340_000, None),
        (b"account=a&GetMo=" + b"+" * 1_000_000, None),
        (b"account=a&GetMo=" + b"%FF" * 340_000, None),
        (b"account=a&GetMo=" + b"\xff" * 1_000_000, f"{FORM}; charset=gbk"),
        (REPORT, f"{FORM}{';' * 60_000}"),
        (REPORT, f"{FORM}; charset{' ' * 60_000}"),
        (REPORT, f"{FORM}; charset={' ' * 60_000};"),
        (REPORT, f"{FORM}{'; charset=a' * 6_000}"),
        (REPORT, f"{FORM}{'; charset' * 6_000}"),
    ],
    ids=lambda given: str(given)[:30],
)
def test_reading_a_form_takes_time_for_each_byte(body: bytes, content_type: str | None) -> None:
    with at_most_steps(25), suppress(InvalidPush):
        read_form(body, content_type, 2**21, "gb18030")


@given(st.binary(max_size=60), st.sampled_from([None, FORM, f"{FORM}; charset=gbk", "text/x"]))
def test_nothing_else_is_raised(body: bytes, content_type: str | None) -> None:
    with suppress(InvalidPush):
        parse_push(b"account=a&GetMo=" + body, content_type)
