"""Polls page by page: each page is handed out before the next is fetched."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import assert_type

import pytest
from tests.runtime.client.fakes import SECRET, answered, client

from msgsend import (
    AsyncClient,
    Client,
    ErrorCode,
    OutcomeUnknown,
    Parsed,
    Rejected,
    Reply,
    Request,
    Response,
    SendFailed,
    TimedReport,
)

PAGE = answered("2314357620085030612,13900000000,2014/06/10 15:34:11,DELIVRD|")
DAMAGED = answered("2314357620085030612,139000")
EMPTY = answered("")
REJECTED = answered("-3")


def test_each_page_comes_before_the_next_is_fetched() -> None:
    sender, script = client(PAGE, DAMAGED, PAGE, EMPTY)
    pages = sender.get_report2_pages()
    assert len(script.requests) == 0
    for number, page in enumerate(pages, 1):
        assert_type(page, Parsed[TimedReport])
        assert len(script.requests) == number
    assert len(script.requests) == 4


def test_a_page_of_malformed_pieces_alone_is_a_page() -> None:
    sender, _ = client(DAMAGED, EMPTY)
    (page,) = sender.get_report2_pages()
    assert len(page) == 0
    assert len(page.malformed) == 1


PAGES: dict[str, Callable[[Client], Iterator[Parsed[object]]]] = {
    "get_report": lambda made: made.get_report_pages(batch_number="1"),
    "get_report2": lambda made: made.get_report2_pages(),
    "get_mo": lambda made: made.get_mo_pages(),
    "get_mo2": lambda made: made.get_mo2_pages(),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_code_is_raised(name: str) -> None:
    sender, _ = client(REJECTED)
    with pytest.raises(Rejected) as raised:
        next(PAGES[name](sender))
    assert raised.value.code is ErrorCode.BAD_CREDENTIALS
    assert "password" in str(raised.value)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_where_there_is_nothing(name: str) -> None:
    sender, script = client(EMPTY)
    assert list(PAGES[name](sender)) == []
    assert len(script.requests) == 1


def test_what_ends_the_pages_does_not_take_those_before() -> None:
    sender, _ = client(PAGE, SendFailed("reset", sent=True))
    seen: list[object] = []
    with pytest.raises(OutcomeUnknown):
        seen.extend(sender.get_report2_pages())
    assert len(seen) == 1


class Answers:
    def __init__(self, *answers: Response) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def send(self, request: Request, deadline: float) -> Response:
        self.asked += 1
        return self.answers.pop(0)

    async def aclose(self) -> None:
        pass


async def asynchronous_pages(answers: Answers) -> list[int]:
    """How many polls were made when each page came."""
    address = "http://127.0.0.1/Services/MsgSend.asmx"
    async with AsyncClient(
        user_code="demo", user_pass=SECRET, base_url=address, transport=answers
    ) as sender:
        pages = sender.get_mo_pages()
        assert_type(pages, AsyncIterator[Parsed[Reply]])
        return [answers.asked async for _ in pages]


def test_a_notice_that_comes_for_ever_is_not_fetched_for_ever() -> None:
    sender, script = client(*[answered("系统维护中")] * 5)
    assert len(list(sender.get_mo_pages())) == 2
    assert len(script.requests) == 2


def test_asynchronous_pages_do_the_same() -> None:
    page = answered("13900000000|,|TD|,|2014/06/10 15:34:11")
    assert asyncio.run(asynchronous_pages(Answers(page, page, EMPTY))) == [1, 2]
    with pytest.raises(Rejected):
        asyncio.run(asynchronous_pages(Answers(page, REJECTED)))
