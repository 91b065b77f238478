"""Pushes: parsed strictly, received by an application, answered when they have been handled."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.asgi import ask

from msgsend import (
    FileJournal,
    InvalidPush,
    MalformedResponse,
    MsgSendError,
    Push,
    ReplyPush,
    ReportPush,
    create_push_app,
    format_reply_push,
    format_report_push,
    parse_push,
    read_journal,
    strategies,
)

FORM = "application/x-www-form-urlencoded"
REPORT = b"account=demo&GetReport=2314357620085030624,13900000000,DELIVRD|"
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
    text = "13900000000|,|收到，谢谢|,|2014/06/10 15:34:11"
    body = b"account=demo&GetMo=" + quote_from_bytes(text.encode("gb18030")).encode()
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
    "another charset": (415, REPORT, f"{FORM}; charset=latin-1"),
    "JSON": (415, b"{}", "application/json"),
    "a part": (415, REPORT, "multipart/form-data; boundary=x"),
    "too large": (413, b"account=" + b"x" * 2**20, FORM),
    "too many fields": (413, b"&".join(b"a%d=" % n for n in range(200)), FORM),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_push_is_refused(name: str) -> None:
    status, body, content_type = REFUSED[name]
    with pytest.raises(InvalidPush) as raised:
        parse_push(body, content_type)
    assert raised.value.status == status
    assert isinstance(raised.value, MsgSendError)
    assert raised.value.__context__ is None


@given(st.binary(max_size=60), st.sampled_from([None, FORM, f"{FORM}; charset=gbk", "text/x"]))
def test_nothing_else_is_raised(body: bytes, content_type: str | None) -> None:
    with suppress(InvalidPush):
        parse_push(b"account=a&GetMo=" + body, content_type)


PATH = "/push/4f1a0c6e"


def received(handle: Callable[[Push], Awaitable[None] | None], body: bytes = REPORT) -> int:
    app = create_push_app(handle, path=PATH, account="demo")
    return ask(app, "POST", PATH, body, {"content-type": FORM}).status_code


def test_an_application_hands_pushes_on() -> None:
    pushes: list[Push] = []

    async def later(push: Push) -> None:
        await asyncio.sleep(0)
        pushes.append(push)

    assert received(pushes.append) == 200
    assert received(later, REPLY.encode()) == 200
    assert [type(push) for push in pushes] == [ReportPush, ReplyPush]


def test_a_push_that_was_not_handled_is_not_confirmed(caplog: pytest.LogCaptureFixture) -> None:
    def full(_: Push) -> None:
        raise OSError("no space left on device")

    assert received(full) == 500
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_journal_gives_pushes_back(tmp_path: Path) -> None:
    pushes: list[Push] = []
    app = create_push_app(
        pushes.append,
        path=PATH,
        account="demo",
        journal=FileJournal(tmp_path),
        most_bytes=8 * 1024 * 1024,
    )
    gbk = urlencode(
        {"account": "demo", "GetMo": unquote_plus(REPLY.split("GetMo=")[1])}, encoding="gbk"
    )
    stop = b"account=demo&GetMo=13900000000|,|%CD%A3|,|2014/06/10 15:34:11"
    large = REPORT + b"2314357620085030625,13900000000,DELIVRD|" * 40_000
    sent = dict.fromkeys((REPORT, REPLY.encode(), gbk.encode(), stop, large), 200)
    sent[b"account=demo"] = 400
    for body, status in sent.items():
        kind = f"{FORM}; charset=gbk" if body in (gbk.encode(), stop) else FORM
        assert ask(app, "POST", PATH, body, {"content-type": kind}).status_code == status
    entries = list(read_journal(tmp_path))
    assert [(each.operation, each.raw) for each in entries] == [("Push", body) for body in sent]
    assert [each.result for each in entries[:-1]] == pushes
    broken = entries[-1].result
    assert isinstance(broken, MalformedResponse)
    assert broken.raw == "account=demo"
    assert "is no push" in str(broken)


def test_the_journal_has_a_push_before_it_is_read() -> None:
    kept: list[tuple[str, bytes]] = []
    app = create_push_app(
        lambda _: None,
        path=PATH,
        account="demo",
        journal=lambda name, raw: kept.append((name, raw)),
    )
    assert ask(app, "POST", PATH, b"account", {"content-type": FORM}).status_code == 400
    assert kept == [("Push", b"account")]


def test_what_an_application_refuses() -> None:
    pushes: list[Push] = []
    app = create_push_app(pushes.append, path=PATH, account="demo", most_bytes=200)
    form = {"content-type": FORM}
    assert ask(app, "POST", "/push/", REPORT, form).status_code == 404
    refused = ask(app, "GET", PATH)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert ask(app, "POST", PATH, REPORT + b"x" * 200, form).status_code == 413
    assert ask(app, "POST", PATH, REPORT, {"content-type": "text/plain"}).status_code == 415
    assert ask(app, "POST", PATH, b"account=you&GetReport=", form).status_code == 403
    assert pushes == []


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    sent: list[MutableMapping[str, Any]] = []  # ASGI's own type of messages

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.sleep(60)
        raise AssertionError("nobody waits that long")

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    app = create_push_app(lambda _: None, path=PATH, account="demo", seconds=0.05)
    scope: dict[str, object] = {"type": "http", "method": "POST", "path": PATH, "headers": ()}
    asyncio.run(asyncio.wait_for(app(scope, receive, send), 5))
    assert sent[0]["status"] == 408
