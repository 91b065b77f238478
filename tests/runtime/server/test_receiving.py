"""The application that receives pushes: what it answers, and what its journal has of what came."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote_plus, urlencode

import pytest
from tests.runtime.server.asgi import ask, raw
from tests.runtime.server.pushes import FORM, PATH, REPORT, Kept, post

from msgsend import (
    FileJournal,
    InvalidParameter,
    MalformedResponse,
    Push,
    ReplyPush,
    ReportPush,
    create_push_app,
    read_journal,
)
from msgsend._runtime.journal.recording import Head
from msgsend._runtime.server.asgi import App

REPLY = urlencode({"account": "demo", "GetMo": "13900000000|,|好的 & so|,|2014/06/10 15:34:11"})
FOREIGN = b"account=you&GetReport="


def ignore(_: Push) -> None:
    """Handled."""


def app_of(handle: Callable[[Push], None] = ignore, **more: Any) -> App:  # any of its options
    return create_push_app(handle, path=PATH, account="demo", **more)


def test_an_application_hands_pushes_on() -> None:
    pushes: list[Push] = []
    app = app_of(pushes.append)
    assert asyncio.run(post(app)) == 200
    assert asyncio.run(post(app, REPLY.encode())) == 200
    assert [type(push) for push in pushes] == [ReportPush, ReplyPush]


def test_a_push_that_was_not_handled_is_not_confirmed(caplog: pytest.LogCaptureFixture) -> None:
    def full(_: Push) -> None:
        raise OSError("no space left on device")

    assert asyncio.run(post(app_of(full))) == 500
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_what_an_application_refuses(caplog: pytest.LogCaptureFixture) -> None:
    """All but what is for another path or of another method is logged."""
    pushes: list[Push] = []
    app = app_of(pushes.append, max_bytes=200)
    form = {"content-type": FORM}
    assert ask(app, "POST", "/push/", REPORT, form).status_code == 404
    refused = ask(app, "GET", PATH)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert caplog.records == []
    assert ask(app, "POST", PATH, REPORT + b"x" * 200, form).status_code == 413
    assert ask(app, "POST", PATH, REPORT, {"content-type": "text/plain"}).status_code == 415
    assert ask(app, "POST", PATH, FOREIGN, form).status_code == 403
    assert pushes == []
    assert [record.getMessage() for record in caplog.records] == [
        "a push was refused: it is larger than 200 bytes; 0 bytes came",
        f"a push of {len(REPORT)} bytes was refused: a push is a form ({FORM}) (status 415)",
        f"a push of {len(FOREIGN)} bytes was refused: the push is for another account (status 403)",
    ]


def test_a_journal_gives_pushes_back(tmp_path: Path) -> None:
    pushes: list[Push] = []
    app = app_of(pushes.append, journal=FileJournal(tmp_path), max_bytes=8 * 1024 * 1024)
    gbk = urlencode(
        {"account": "demo", "GetMo": unquote_plus(REPLY.split("GetMo=")[1])}, encoding="gbk"
    )
    stop = b"account=demo&GetMo=13900000000|,|%CD%A3|,|2014/06/10 15:34:11"
    large = REPORT + b"2314357620085030625,13900000000,DELIVRD|" * 40_000
    sent = dict.fromkeys((REPORT, REPLY.encode(), gbk.encode(), stop, large), 200)
    sent[b"account=demo"] = 400
    for body, status in sent.items():
        kind = f"{FORM}; charset=gbk" if body in (gbk.encode(), stop) else FORM
        assert asyncio.run(post(app, body, kind)) == status
    entries = list(read_journal(tmp_path))
    assert [(entry.operation, entry.raw) for entry in entries] == [("Push", body) for body in sent]
    assert [entry.result for entry in entries[:-1]] == pushes
    broken = entries[-1].result
    assert isinstance(broken, MalformedResponse)
    assert broken.raw == "account=demo"
    assert "is no push" in str(broken)


def test_the_journal_has_a_push_before_it_is_handled() -> None:
    journal = Kept()
    seen: list[bytes] = []
    app = app_of(lambda _: seen.extend(body for body, _ in journal.entries), journal=journal)
    assert asyncio.run(post(app)) == 200
    assert seen == [REPORT]
    assert journal.entries == [(REPORT, Head(content_type=FORM))]


def test_the_journal_has_what_was_refused_and_why() -> None:
    latin = f"{FORM}; charset=iso-8859-1"
    other = REPLY.encode()
    journal = Kept()
    app = app_of(journal=journal)
    assert asyncio.run(post(app, b"account", FORM)) == 400
    assert asyncio.run(post(app, other, latin)) == 415
    assert asyncio.run(post(app, FOREIGN, FORM)) == 403
    assert asyncio.run(post(app, REPORT, FORM, "/elsewhere")) == 404
    assert [(body, head.content_type) for body, head in journal.entries] == [
        (b"account", FORM),
        (other, latin),
        (FOREIGN, FORM),
    ]
    problems = [head.problem for _, head in journal.entries]
    assert problems[0] == "the push has a field without a value"
    assert "claims neither UTF-8" in problems[1]
    assert problems[2] == "the push is for another account"


def chunk(body: bytes, *, more: bool) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


CUT: dict[str, tuple[int, str, list[dict[str, object]], bytes]] = {
    "too large": (413, "larger than 100", [chunk(b"x" * 99, more=True)] * 2, b""),
    "too slow": (408, "after 0.05 seconds", [chunk(b"account", more=True)], b""),
    "gone": (0, "was cut", [chunk(b"account", more=True), {"type": "http.disconnect"}], b""),
    "too short": (400, "is shorter", [chunk(REPORT, more=False)], b"%d" % (len(REPORT) + 1)),
}


@pytest.mark.parametrize("name", CUT)
def test_what_came_of_a_push_is_kept(name: str, caplog: pytest.LogCaptureFixture) -> None:
    expected, why, messages, length = CUT[name]
    journal, pushes = Kept(), list[Push]()
    app = app_of(pushes.append, journal=journal, timeout=0.05, max_bytes=100)
    headers = [(b"content-type", FORM.encode()), (b"content-length", length)]
    status, _ = asyncio.run(raw(app, *messages, path=PATH, headers=headers))
    assert (status, pushes) == (expected, [])
    ((body, head),) = journal.entries
    assert body == b"".join(cast("bytes", message.get("body", b"")) for message in messages)
    assert (head.is_whole, head.content_type) == (False, FORM)
    assert why in head.problem
    (record,) = caplog.records
    assert why in record.getMessage()


def test_what_says_that_it_is_too_large_is_not_read_but_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It may have been a push: whoever looks for it must find a trace."""
    journal = Kept()
    app = app_of(journal=journal, max_bytes=100)
    headers = [(b"content-length", b"9" * 30)]
    status, _ = asyncio.run(raw(app, path=PATH, headers=headers))
    assert status == 413
    (record,) = caplog.records
    assert "larger than 100 bytes; 0 bytes came" in record.getMessage()
    assert [(body, head.problem) for body, head in journal.entries] == [
        (b"", "is larger than 100 bytes")
    ]


def test_strangers_cannot_fill_the_disk(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many bytes a day are kept of what is refused, and all of what is not."""
    now = 1_900_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    journal = Kept()
    app = app_of(journal=journal, refused_bytes=10_000)

    async def flood() -> None:
        for _ in range(30):
            assert await post(app, b"x" * 1_000) == 400
            assert await post(app, FOREIGN) == 403
            assert await post(app) == 200

    asyncio.run(flood())
    sizes = [len(body) for body, _ in journal.entries]
    assert sizes.count(len(REPORT)) == 30
    assert 5_000 < sum(sizes) - 30 * len(REPORT) <= 10_000
    quotas = [message for message in caplog.messages if "no more today" in message]
    assert quotas == [
        "pushes that were refused are not written down: no more today, 10000 bytes are kept a day"
    ]
    now += 24 * 3600
    asyncio.run(flood())
    assert len([message for message in caplog.messages if "no more today" in message]) == 2
    assert [len(body) for body, _ in journal.entries].count(len(REPORT)) == 60


def test_a_quota_of_nothing_keeps_nothing_of_strangers() -> None:
    journal = Kept()
    app = app_of(journal=journal, refused_bytes=0)
    assert asyncio.run(post(app, b"x")) == 400
    assert asyncio.run(post(app)) == 200
    assert [body for body, _ in journal.entries] == [REPORT]


@pytest.mark.parametrize("body", [REPORT, FOREIGN, b"x"])
def test_what_the_journal_does_not_take_is_not_confirmed(
    body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    def full(operation: str, raw: bytes) -> None:
        raise OSError("no space left on device")

    pushes: list[Push] = []
    assert asyncio.run(post(app_of(pushes.append, journal=full), body)) == 500
    assert pushes == []
    assert "journal" in caplog.messages[-1]


WRONG: list[tuple[str, object]] = [
    *(("path", path) for path in ("", "push", "?x", "/push?x=1", "/push#x", "/x\n", "/x ", None)),
    *(("account", account) for account in (None, "", 1, b"demo")),
    *(("threads", number) for number in (-1, 0.5, None, True, "8")),
    *(("max_bytes", number) for number in (-1, None)),
    *(("refused_bytes", number) for number in (-1, None)),
    *(("timeout", number) for number in (0, -1, None, float("nan"), float("inf"))),
    *(("handler_timeout", number) for number in (0, -1, None, "10")),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=str)
def test_what_cannot_work_is_refused_when_the_application_is_made(name: str, value: object) -> None:
    given: dict[str, Any] = {"path": PATH, "account": "demo", name: value}  # as callers may do
    with pytest.raises(InvalidParameter) as raised:
        create_push_app(ignore, **given)
    assert raised.value.parameter == name


@pytest.mark.parametrize(
    ("path", "asked"),
    [("/push/a%20b", "/push/a b"), ("/推送", "/推送"), ("/%E6%8E%A8", "/推"), ("/", "/")],
)
def test_paths_are_compared_as_servers_have_them(path: str, asked: str) -> None:
    app = create_push_app(ignore, path=path, account="demo")
    assert asyncio.run(post(app, path=asked)) == 200
    assert asyncio.run(post(app, path=f"{asked}x")) == 404


def test_half_a_character_is_no_account() -> None:
    app = create_push_app(ignore, path=PATH, account="\ud800")
    assert asyncio.run(post(app, b"account=%3F&GetReport=")) == 403
