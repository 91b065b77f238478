"""Applications that are called in this process, by threads and tasks: as on a socket."""

import asyncio
import gc
import threading
import time
from collections.abc import Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from msgsend import Client, NotSent, OutcomeUnknown, Request, SendFailed
from msgsend._runtime.server.asgi import Receive, Scope, Send
from msgsend._runtime.testing.in_process import AsyncInProcessTransport, InProcessTransport
from msgsend.testing import Emulator, Fault, client, serving

URL = "http://127.0.0.1:8080/a%20b/C.asmx?x=1&y=%25"


REQUEST = Request("POST", URL, (("Content-Type", "x/y"),), b"body")


class Application:
    """Notes its calls, and does as it is told."""

    def __init__(self, *messages: MutableMapping[str, Any], pause: float = 0) -> None:
        self.messages = messages
        self.pause = pause
        self.scope: Scope = {}
        self.body = b""
        self.is_disconnected = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.body = (await receive())["body"]
        for message in self.messages:
            await send(message)
        await asyncio.sleep(self.pause)
        if self.messages and not self.messages[-1].get("more_body"):
            self.is_disconnected = (await receive())["type"] == "http.disconnect"
        else:
            raise OSError("away")


Sent: TypeAlias = Callable[..., object]
START = {"type": "http.response.start", "status": 404, "headers": [(b"x-name", b"\xe9")]}
PIECE = {"type": "http.response.body", "body": b"one ", "more_body": True}
END = {"type": "http.response.body", "body": b"two"}


def send(application: Application, seconds: float = 5) -> object:
    """The response, or what failed."""
    transport = InProcessTransport(application)
    try:
        response = transport.send(REQUEST, time.monotonic() + seconds)
        return response.status, response.headers, response.body
    except SendFailed as failed:
        return failed.sent, failed.status, failed.received
    finally:
        transport.close()


def send_in_a_task(application: Application, seconds: float = 5) -> object:
    """The same, in the event loop of the caller."""

    async def run() -> object:
        transport = AsyncInProcessTransport(application)
        try:
            response = await transport.send(REQUEST, time.monotonic() + seconds)
        except SendFailed as failed:
            return failed.sent, failed.status, failed.received
        return response.status, response.headers, response.body

    return asyncio.run(run())


each_way = pytest.mark.parametrize("sent", [send, send_in_a_task], ids=["threads", "tasks"])


@each_way
def test_an_exchange(sent: Sent) -> None:
    application = Application(START, PIECE, END)
    assert sent(application) == (404, (("x-name", "é"),), b"one two")
    assert application.is_disconnected
    assert application.body == b"body"
    scope = application.scope
    assert (scope["method"], scope["path"], scope["raw_path"], scope["query_string"]) == (
        "POST",
        "/a b/C.asmx",
        b"/a%20b/C.asmx",
        b"x=1&y=%25",
    )
    assert scope["headers"] == [
        (b"host", b"127.0.0.1:8080"),
        (b"content-type", b"x/y"),
        (b"content-length", b"4"),
    ]
    assert scope["server"] == ("127.0.0.1", 8080)


@each_way
def test_what_fails(sent: Sent) -> None:
    assert sent(Application()) == (True, None, b"")
    assert sent(Application(START, PIECE)) == (True, 404, b"one ")
    assert sent(Application(START, PIECE, pause=60), seconds=0.05) == (True, 404, b"one ")
    assert sent(Application(START, END), seconds=0) == (False, None, b"")


def test_a_cancelled_task_says_what_came() -> None:
    arrived: list[Any] = []  # each an Arriving
    request = replace(REQUEST, arriving=arrived.append)

    async def run() -> None:
        transport = AsyncInProcessTransport(Application(START, PIECE, pause=60))
        task = asyncio.create_task(transport.send(request, time.monotonic() + 60))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(SendFailed) as raised:
            await task
        failed = raised.value
        assert isinstance(failed.interrupt, asyncio.CancelledError)
        assert (failed.sent, failed.status, failed.received) == (True, 404, b"one ")
        await transport.aclose()
        with pytest.raises(SendFailed, match="closed") as refused:
            await transport.send(request, time.monotonic() + 60)
        assert not refused.value.sent

    asyncio.run(run())
    (reply,) = arrived
    assert (reply.status, reply.received(), reply.is_whole) == (404, b"one ", False)


def test_an_application_that_blocks_is_not_waited_for_without_end() -> None:
    done, has_ended = threading.Event(), threading.Event()

    async def block(*_: object) -> None:
        done.wait(20)
        has_ended.set()

    transport = InProcessTransport(block)
    with pytest.raises(SendFailed, match="no whole response in time") as raised:
        transport.send(Request("GET", URL, (), b""), time.monotonic() + 0.1)
    assert raised.value.sent
    assert not has_ended.is_set()
    done.set()
    transport.close()


def test_closing_ends_calls_that_are_going_on(gateway: Emulator) -> None:
    sender = client(gateway)
    gateway.fail(Fault.SILENCE)
    with ThreadPoolExecutor(1) as threads:
        call = threads.submit(sender.get_mo)
        wait_until(lambda: bool(gateway.received))
        sender.close()
        sender.close()
        with pytest.raises(OutcomeUnknown):
            call.result(5)
    with pytest.raises(NotSent):
        sender.get_mo()


def test_no_thread_is_left(gateway: Emulator) -> None:
    before = {*threading.enumerate()}

    def fresh() -> int:
        return len({*threading.enumerate()} - before)

    with client(gateway) as sender:
        assert fresh() == 0, "it begins with the first call"
        sender.get_mo()
    forgotten = client(gateway)
    forgotten.get_mo()
    assert fresh() == 1
    del forgotten
    gc.collect()
    assert fresh() == 0
    for http in ("h11", "httptools"):
        with (
            serving(gateway, http=http) as address,
            Client(user_code="demo", user_pass="demo", base_url=address, timeout=0.2) as sender,
        ):
            gateway.fail(Fault.SILENCE)
            with pytest.raises(OutcomeUnknown):
                sender.get_mo()
        assert fresh() == 0


def test_while_a_loop_is_running(gateway: Emulator) -> None:
    async def call() -> object:
        with client(gateway) as sender:
            return list(sender.get_report_pages())

    assert asyncio.run(call()) == []


def test_threads_share_a_client(gateway: Emulator) -> None:
    with client(gateway) as sender, ThreadPoolExecutor(8) as threads:
        for number in range(40):
            gateway.reply("13900000000", str(number))
        polls = [threads.submit(lambda: list(sender.get_mo_pages())) for _ in range(8)]
        pages = [page for poll in polls for page in poll.result()]
    contents = [reply.content for page in pages for reply in page]
    assert sorted(contents, key=int) == [str(number) for number in range(40)]


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.002)
