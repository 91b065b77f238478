"""Handlers of every kind: refused if they would handle nothing, called where they may block."""

import asyncio
import concurrent.futures
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any, cast

import pytest
from tests.runtime.server.asgi import ask, raw
from tests.runtime.server.handlers import Handlers
from tests.runtime.server.pushes import PATH, post

from msgsend import BatchNumber, InvalidParameter, Push, create_push_app, server
from msgsend._runtime.server.asgi import App
from msgsend._runtime.server.threads import Threads

Handler = Callable[[Push], Awaitable[None] | None]


def app_of(handle: object, **more: Any) -> App:  # as callers without a type checker do
    return create_push_app(cast("Handler", handle), path=PATH, account="demo", **more)


class Pushes:
    """Handlers of all kinds, each of which notes that it was at work."""

    def __init__(self) -> None:
        self.handled: list[object] = []

    def sync(self, push: Push) -> None:
        self.handled.append(push)

    async def later(self, push: Push, *_: object) -> None:
        await asyncio.sleep(0)
        self.handled.append(push)

    async def __call__(self, push: Push) -> None:
        await self.later(push)

    def returned(self, push: Push) -> Awaitable[None]:
        return self.later(push)

    def generator(self, push: Push) -> Iterator[None]:
        self.handled.append(push)
        yield

    async def async_generator(self, push: Push) -> AsyncIterator[None]:
        self.handled.append(push)
        yield


class Yielding:
    def __call__(self, push: Push) -> Iterator[Push]:
        yield push


@pytest.mark.parametrize("threads", [0, 2])
@pytest.mark.parametrize("kind", ["sync", "later", "object", "returned", "partial", "wrapped"])
def test_what_can_handle_a_push(kind: str, threads: int) -> None:
    pushes = Pushes()

    @wraps(pushes.later)
    def wrapped(push: Push) -> Awaitable[None]:
        return pushes.later(push)

    kinds: dict[str, object] = {
        "object": pushes,
        "partial": partial(partial(pushes.later)),
        "wrapped": wrapped,
    }
    app = app_of(kinds.get(kind) or getattr(pushes, kind), threads=threads)
    assert asyncio.run(post(app)) == 200
    assert len(pushes.handled) == 1


REFUSED: list[object] = [
    *(None, "handle", 1, Pushes, Yielding()),
    *(Pushes().generator, Pushes().async_generator, partial(Pushes().generator)),
    partial(Yielding()),
]


@pytest.mark.parametrize("handle", REFUSED, ids=lambda handle: repr(handle)[:30])
def test_what_would_handle_nothing_is_refused_when_the_application_is_made(handle: object) -> None:
    with pytest.raises(InvalidParameter) as raised:
        app_of(handle)
    assert raised.value.parameter == "handle"


def nothing() -> Generator[None]:
    yield


async def coroutine() -> None:
    await asyncio.sleep(0)


async def of_coroutine(_: Push) -> object:
    return coroutine()


RETURNED: dict[str, Callable[[Push], object]] = {
    "a generator": lambda _: nothing(),
    "a concurrent future": lambda _: concurrent.futures.Future[None](),
    "a coroutine that gives a coroutine": of_coroutine,
    "a number": lambda _: 1,
    "false": lambda _: False,
    "an exception": lambda _: OSError("full"),
}


@pytest.mark.parametrize("kind", RETURNED)
@pytest.mark.parametrize("threads", [0, 1])
def test_what_a_handler_returns_is_none(
    kind: str, threads: int, caplog: pytest.LogCaptureFixture
) -> None:
    app = app_of(RETURNED[kind], threads=threads)
    assert asyncio.run(post(app)) == 500
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert "returned" in str(record.exc_info)


def exits(_: Push) -> None:
    sys.exit(3)


def stops(_: Push) -> None:
    raise StopIteration


async def cancelled(_: Push) -> None:
    raise asyncio.CancelledError


def interrupted(_: Push) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("handle", [exits, stops, cancelled, interrupted])
def test_whatever_is_raised_the_push_was_not_handled(
    handle: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    assert asyncio.run(post(app_of(handle))) == 500
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_handlers_that_block_do_not_hold_up_each_other() -> None:
    together = threading.Barrier(4)
    seen: list[tuple[str, bool]] = []
    whose = ContextVar("whose", default="")

    def handle(_: Push) -> None:
        together.wait(5)
        seen.append((whose.get(), threading.current_thread().daemon))

    async def run() -> list[int]:
        whose.set("mine")
        app = app_of(handle)
        return await asyncio.gather(*(post(app) for _ in range(4)))

    assert asyncio.run(run()) == [200] * 4
    assert seen == [("mine", True)] * 4


def test_what_is_not_done_in_time_is_not_confirmed(caplog: pytest.LogCaptureFixture) -> None:
    was_cancelled: list[bool] = []

    async def handle(_: Push) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            was_cancelled.append(True)

    assert asyncio.run(post(app_of(handle, handler_timeout=0.05))) == 503
    assert was_cancelled == [True]
    (record,) = caplog.records
    assert "not done after 0.05 seconds" in record.getMessage()


def test_a_handler_that_does_not_listen_is_not_waited_for() -> None:
    has_ended: list[bool] = []

    async def handle(_: Push) -> None:
        for _again in range(20):
            try:
                await asyncio.sleep(0.02)
            except asyncio.CancelledError:
                continue
        has_ended.append(True)

    async def run() -> tuple[int, list[bool]]:
        return await post(app_of(handle, handler_timeout=0.05)), has_ended.copy()

    assert asyncio.run(run()) == (503, [])


def test_threads_are_counted_until_they_end(caplog: pytest.LogCaptureFixture) -> None:
    """While the only one is stuck no other handler begins, then or later; then all is well."""
    go_on = threading.Event()
    begun: list[Push] = []

    def handle(push: Push) -> None:
        begun.append(push)
        if len(begun) == 1:
            go_on.wait(5)
            raise OSError("too late")

    async def run() -> list[int]:
        app = app_of(handle, threads=1, handler_timeout=0.1)
        statuses = [await post(app), *await asyncio.gather(post(app), post(app))]
        go_on.set()
        for _ in range(100):
            await asyncio.sleep(0.01)
            if any("given up" in record.getMessage() for record in caplog.records):
                break
        return [*statuses, await post(app)]

    assert asyncio.run(run()) == [503, 503, 503, 200]
    assert len(begun) == 2
    messages = [record.getMessage() for record in caplog.records]
    assert sum("1 of 1 threads are at work" in message for message in messages) == 3
    assert sum("given up has failed" in message for message in messages) == 1


def test_many_calls_share_few_threads() -> None:
    names: set[int] = set()

    async def run() -> list[int]:
        threads = Threads(3)

        def work(number: int) -> int:
            names.add(threading.get_ident())
            assert threads.busy <= 3
            return number

        return await asyncio.gather(*(threads.run(partial(work, job)) for job in range(500)))

    assert asyncio.run(run()) == list(range(500))


class Blocking(Handlers):
    """A service whose handlers meet before they answer, and whose results are made lazily."""

    def __init__(self) -> None:
        super().__init__()
        self.together = threading.Barrier(2)

    def send_voice_code(self, request: server.SendVoiceCode, /) -> BatchNumber:
        self.together.wait(5)
        return BatchNumber("1")

    def get_mo(self, request: server.GetMo, /) -> Any:  # a generator of replies
        self.asked.append(threading.current_thread() is threading.main_thread())
        yield from ()
        self.together.wait(5)


SERVICE = "/Services/MsgSend.asmx"
CALL = f"{SERVICE}/SendVoiceCode?userCode=&userPass=&DesNo=&VoiceCode=&Channel=&Amount="


def test_the_service_s_handlers_run_in_threads() -> None:
    handlers = Blocking()
    app = server.create_app(handlers)

    async def get(query: str) -> bytes:
        path, _, query = query.partition("?")
        message = {"type": "http.request"}
        _, body = await raw(app, message, method="GET", path=path, query_string=query.encode())
        return body

    async def run() -> tuple[bytes, bytes]:
        return await asyncio.gather(get(CALL), get(f"{SERVICE}/GetMo?userCode=&userPass="))

    first, second = asyncio.run(run())
    assert b">1<" in first
    assert b"<string" in second
    assert handlers.asked == [False]


def test_a_service_that_takes_too_long_says_so(caplog: pytest.LogCaptureFixture) -> None:
    handlers = Blocking()
    app = server.create_app(handlers, handler_timeout=0.05)
    response = ask(app, "GET", CALL)
    assert (response.status_code, response.text) == (500, "The service could not answer in time.")
    assert "SendVoiceCode could not be answered: it was not done" in caplog.text
    handlers.together.abort()
