"""What servers do to applications: requests of other kinds, clients that go, tasks that end."""

import asyncio

import pytest
from tests.runtime.server.asgi import PATH, Message, raw
from tests.runtime.server.handlers import Handlers
from tests.runtime.server.pushes import FORM, REPORT, post
from tests.runtime.server.pushes import PATH as PUSHED

from msgsend import Push, create_push_app, server
from msgsend._runtime.server.asgi import App, Receive, Send

POSTED: dict[str, object] = {
    "type": "http",
    "method": "POST",
    "path": PUSHED,
    "headers": [(b"content-type", FORM.encode())],
}


async def call(app: App, scope: dict[str, object], receive: Receive, send: Send) -> None:
    await app(scope, receive, send)


def app_of(pushes: list[Push]) -> App:
    return create_push_app(pushes.append, path=PUSHED, account="demo")


def test_a_head_request_gets_a_head_and_nothing_else() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, object] = {"type": "http", "method": "HEAD", "path": PATH, "headers": []}
    asyncio.run(call(server.create_app(Handlers()), scope, receive, send))
    start, body = sent
    assert (start["status"], body.get("body", b"")) == (405, b"")
    assert dict(start["headers"])[b"content-length"] != b"0"


def test_who_goes_while_a_push_is_handled_is_no_problem() -> None:
    """The push is handled; it comes again, since nobody has read the answer."""
    pushes: list[Push] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": REPORT}

    async def send(message: Message) -> None:
        raise BrokenPipeError(message["type"])

    asyncio.run(call(app_of(pushes), dict(POSTED), receive, send))
    assert len(pushes) == 1


def test_a_task_that_the_server_ends_ends_the_handler() -> None:
    ended: list[str] = []

    async def handle(_: Push) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("handler")

    async def run() -> None:
        app = create_push_app(handle, path=PUSHED, account="demo")
        task = asyncio.create_task(post(app))
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert ended == ["handler"]


def test_two_framings_are_the_server_s_to_sort_out() -> None:
    """A length beside chunks says nothing, and servers take it away or not."""
    pushes: list[Push] = []
    headers = [(b"content-type", FORM.encode()), (b"content-length", b"900")]
    chunked = [*headers, (b"transfer-encoding", b"chunked")]
    message: Message = {"type": "http.request", "body": REPORT}
    assert asyncio.run(raw(app_of(pushes), message, path=PUSHED, headers=headers))[0] == 400
    assert asyncio.run(raw(app_of(pushes), message, path=PUSHED, headers=chunked))[0] == 200
    assert len(pushes) == 1


def test_the_life_of_a_server() -> None:
    waiting: list[Message] = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(call(app_of([]), {"type": "lifespan"}, receive, send))
    assert [answer["type"] for answer in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_web_sockets_are_not_spoken() -> None:
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(raw(app_of([]), type="websocket"))


def test_one_application_lives_in_many_loops() -> None:
    pushes: list[Push] = []
    app = app_of(pushes)
    assert [asyncio.run(post(app)) for _ in range(3)] == [200] * 3
    assert len(pushes) == 3
