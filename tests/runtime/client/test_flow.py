"""The rules of a call: what may be sent again, what an answer becomes, and what is kept of it."""

import gc
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.client.fakes import (
    PHONE,
    POLLS,
    SECRET,
    SENDS,
    SIGNED,
    Patience,
    answered,
    caller,
    client,
)

from msgsend import (
    Client,
    IncompleteResponse,
    JournalFailed,
    MalformedResponse,
    NotSent,
    OutcomeUnknown,
    Parsed,
    Response,
    SendFailed,
    ServiceFault,
    TooSoon,
    expect,
    operations,
    parse_get_mo,
)
from msgsend._runtime.client.calls import Call

NOT_LEFT = SendFailed("refused", sent=False)
LEFT = SendFailed("reset", sent=True)
CUT = SendFailed("ended early", sent=True, received=b"<string>13900", status=200)


failures = st.sampled_from([NOT_LEFT, LEFT, CUT])


CALLS: dict[str, Callable[[], Call[object]]] = {
    "send_msg": lambda: operations.send_msg(des_no=PHONE, msg=SIGNED),
    "send_international_msg": lambda: operations.send_international_msg(des_no=PHONE, msg="hello"),
    "send_voice_code": lambda: operations.send_voice_code(des_no=PHONE, voice_code="1", amount=1),
    "get_report": operations.get_report,
    "get_report2": operations.get_report2,
    "get_mo": operations.get_mo,
    "get_mo2": operations.get_mo2,
}


def test_all_that_is_no_mere_read_is_among_them() -> None:
    assert set(CALLS) == {*SENDS, *POLLS}


@pytest.mark.parametrize("name", CALLS)
@given(before=st.lists(failures, max_size=4), retries=st.integers(0, 4))
def test_what_may_have_left_is_not_sent_again(
    name: str, before: list[SendFailed], retries: int
) -> None:
    last = answered("" if name in POLLS else "123")
    patience = Patience()
    sender, script = caller(patience, *before, last, retries=retries)
    try:
        sender.call(CALLS[name]())
    except NotSent:
        assert before[: retries + 1] == [NOT_LEFT] * (retries + 1)
        assert len(script.requests) == retries + 1
    except OutcomeUnknown:
        # the first that may have left was the last that was sent
        assert before[len(script.requests) - 1].sent
        assert not any(failed.sent for failed in before[: len(script.requests) - 1])
    else:
        assert len(script.requests) == len(before) + 1 <= retries + 1
        assert not any(failed.sent for failed in before)
    assert len(patience.paused) == len(script.requests) - 1
    assert all(seconds > 0 for seconds in patience.paused)


@pytest.fixture
def patience() -> Patience:
    return Patience()


BALANCE = operations.get_balance()


def test_a_read_is_repeated_after_the_pause_the_service_wants(patience: Patience) -> None:
    sender, script = caller(
        patience, LEFT, answered("12.50"), user_code="read", retries=1, timeout=20
    )
    assert str(sender.call(BALANCE)) == "12.50"
    assert len(script.requests) == 2
    assert sum(patience.paused) == pytest.approx(5)


def test_a_read_is_not_repeated_without_being_asked_to(patience: Patience) -> None:
    sender, script = caller(patience, LEFT, user_code="once")
    with pytest.raises(OutcomeUnknown):
        sender.call(BALANCE)
    assert len(script.requests) == 1


def test_the_pause_is_kept_between_clients_of_an_account(patience: Patience) -> None:
    first, _ = caller(patience, answered("1"), user_code="pause")
    second, _ = caller(patience, answered("2"), user_code="pause")
    other, _ = caller(patience, answered("3"), user_code="somebody else")
    first.call(BALANCE)
    other.call(BALANCE)
    assert sum(patience.paused) == 0
    second.call(BALANCE)
    assert sum(patience.paused) == pytest.approx(5)


def test_the_pause_is_kept_however_an_address_is_spelled(patience: Patience) -> None:
    for address in ("http://127.0.0.1/X.asmx", "HTTP://127.0.0.1/x.asmx"):
        sender, _ = caller(patience, answered("1"), user_code="spelled", address=address)
        sender.call(BALANCE)
    assert sum(patience.paused) == pytest.approx(5)


def test_a_pause_that_does_not_fit_is_not_waited_for(patience: Patience) -> None:
    sender, script = caller(patience, answered("1"), user_code="short", timeout=2)
    sender.call(BALANCE)
    with pytest.raises(TooSoon) as raised:
        sender.call(BALANCE)
    assert 0 < raised.value.seconds <= 5
    assert isinstance(raised.value, NotSent)
    assert len(script.requests) == 1
    assert sum(patience.paused) == 0


def test_what_was_not_sent_does_not_count_for_the_pause(patience: Patience) -> None:
    sender, script = caller(patience, NOT_LEFT, answered("1"), user_code="unsent")
    with pytest.raises(NotSent):
        sender.call(BALANCE)
    sender.call(BALANCE)
    assert len(script.requests) == 2
    assert sum(patience.paused) == 0


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (NOT_LEFT, NotSent),
        (LEFT, OutcomeUnknown),
        (CUT, IncompleteResponse),
        (RuntimeError("not one of ours"), OutcomeUnknown),
        (answered("", 500), ServiceFault),
        (Response(200, (), b"<html/>"), MalformedResponse),
        (answered("no batch"), MalformedResponse),
    ],
)
def test_answers_become_exceptions(
    answer: Response | BaseException, expected: type[Exception]
) -> None:
    sender, _ = client(answer)
    with pytest.raises(expected) as raised:
        SENDS["send_msg"](sender)
    assert type(raised.value) is expected
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


def test_a_cut_response_is_both_unknown_and_malformed() -> None:
    sender, _ = client(CUT)
    with pytest.raises(OutcomeUnknown) as raised:
        POLLS["get_mo"](sender)
    assert isinstance(raised.value, MalformedResponse)
    assert raised.value.received == b"<string>13900"
    assert raised.value.raw == "<string>13900"
    assert "13900" in str(raised.value)


def test_a_failure_names_the_server_and_the_time_there_was() -> None:
    for failure in (NOT_LEFT, LEFT, CUT):
        sender, _ = client(failure, timeout=2.5)
        with pytest.raises((NotSent, OutcomeUnknown), match=r"\(127\.0\.0\.1, timeout 2\.5 s\)"):
            SENDS["send_msg"](sender)


def test_a_fault_keeps_all_that_came_and_its_pickle_all_but_secrets() -> None:
    page = "records 1, 2, 3 " * 1000
    body = f"{page}<b>{SECRET}</b>{page}".encode()
    sender, _ = client(Response(200, (("Content-Type", "text/html; charset=utf-8"),), body))
    with pytest.raises(ServiceFault) as raised:
        POLLS["get_mo"](sender)
    assert raised.value.received == body
    assert raised.value.raw == body.decode()
    assert len(repr(raised.value)) < 500
    again = pickle.loads(pickle.dumps(raised.value))
    assert (str(again), again.raw) == (str(raised.value), f"{page}<b>***</b>{page}")


BODIES = [
    answered("123"),
    answered("no batch"),
    answered("", 500),
    Response(200, (("Content-Type", "text/html"),), b"<html>"),
    Response(302, (), b""),
    CUT,
]


@pytest.mark.parametrize("answer", BODIES, ids=lambda each: f"{type(each).__name__}")
def test_the_journal_gets_what_came_before_it_is_read(answer: Response | SendFailed) -> None:
    kept: list[tuple[str, bytes]] = []
    sender, _ = client(answer, journal=lambda name, raw: kept.append((name, raw)))
    with suppress(MalformedResponse, ServiceFault, OutcomeUnknown):
        SENDS["send_msg"](sender)
    body = answer.body if isinstance(answer, Response) else answer.received
    assert kept == [("SendMsg", body)]


def test_nothing_is_kept_where_nothing_came() -> None:
    kept: list[bytes] = []
    for failure in (NOT_LEFT, LEFT):
        sender, _ = client(failure, journal=lambda _, raw: kept.append(raw))
        with pytest.raises((NotSent, OutcomeUnknown)):
            SENDS["send_msg"](sender)
    assert kept == []


def test_a_journal_that_fails_loses_nothing() -> None:
    def full(_: str, __: bytes) -> None:
        raise OSError("no space left on device")

    sender, _ = client(answered("123"), journal=full)
    with pytest.raises(JournalFailed) as raised:
        SENDS["send_msg"](sender)
    assert raised.value.raw == answered("123").body
    assert isinstance(raised.value.__cause__, OSError)
    assert "123" not in repr(raised.value)


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html><b>", b"\n<HTML>", b"<?xml version='1.0'?>\n<html>"]
)
def test_a_page_that_was_cut_is_kept_as_it_came(page: bytes) -> None:
    kept: list[bytes] = []
    body = page + b"userPass=" + SECRET.encode()
    cut = SendFailed("ended early", sent=True, received=body, status=200)
    sender, _ = client(cut, journal=lambda _, raw: kept.append(raw))
    with pytest.raises(IncompleteResponse) as raised:
        POLLS["get_mo"](sender)
    assert SECRET not in str(raised.value)
    assert kept == [body]


@pytest.mark.parametrize("given", [None, httpx2.Response(200)])
def test_what_is_no_response_is_an_unknown_outcome(given: object) -> None:
    class Odd:
        def send(self, request: object, deadline: float) -> Any:  # as somebody has it without types
            return given

        def close(self) -> None: ...

    sender = Client(
        user_code="demo", user_pass=SECRET, base_url="http://127.0.0.1/x", transport=Odd()
    )
    with pytest.raises(OutcomeUnknown, match="no Response"):
        SENDS["send_msg"](sender)


def test_an_interrupt_comes_through_when_what_arrived_is_kept() -> None:
    kept: list[bytes] = []
    interrupt = KeyboardInterrupt()
    cut = SendFailed("interrupted", sent=True, received=b"<str", status=200, interrupt=interrupt)
    sender, script = client(cut, journal=lambda _, raw: kept.append(raw), retries=3)
    with pytest.raises(KeyboardInterrupt) as raised:
        POLLS["get_mo"](sender)
    assert raised.value is interrupt
    assert kept == [b"<str"]
    assert len(script.requests) == 1


def test_an_interrupt_comes_through_a_journal_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    def full(_: str, __: bytes) -> None:
        raise OSError("no space left on device")

    interrupt = KeyboardInterrupt()
    cut = SendFailed("interrupted", sent=True, received=b"<str", status=200, interrupt=interrupt)
    sender, _ = client(cut, journal=full)
    with pytest.raises(KeyboardInterrupt):
        POLLS["get_mo"](sender)
    assert "the journal did not take the response of GetMo (4 bytes)" in caplog.text


READ: dict[str, Callable[[Parsed[object]], object]] = {
    "malformed": lambda page: page.malformed,
    "pieces": lambda page: page.pieces(),
    "repr": repr,
}


def poll(body: str) -> Parsed[object]:
    page = expect(client(answered(body))[0].get_mo())
    assert isinstance(page, Parsed)
    return page


def test_malformed_pieces_that_nobody_looked_at_are_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = poll("13900000000|,|secret words|;|x|,|y")
    assert len(page) == 0
    assert caplog.records == []
    del page
    gc.collect()
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.name.startswith("msgsend.")
    assert "GetMo" in record.getMessage()
    assert "2 malformed pieces" in record.getMessage()
    assert "0:26, 29:34" in record.getMessage()
    assert "secret" not in record.getMessage()


@pytest.mark.parametrize("how", READ)
def test_malformed_pieces_that_were_looked_at_are_not(
    how: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = poll("13900000000|,|words")
    READ[how](page)
    del page
    poll("")
    parse_get_mo("13900000000|,|words")
    gc.collect()
    assert caplog.records == []


def test_a_closed_client_closes_its_transport() -> None:
    sender, script = client()
    with sender as entered:
        assert entered is sender
    assert script.is_closed
