"""What handlers raise holds no customer's password, whatever they do with a request."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from tests.faults.echoes import PASSWORD, PLAIN_PASSWORD
from tests.faults.evidence import leaks, texts_of, whole_log
from tests.faults.held import variables
from tests.runtime.client.fakes import PHONE, SIGNED
from tests.runtime.server.asgi import PATH, raw
from tests.runtime.server.handlers import Handlers

from msgsend import Binding, Push, create_push_app, format_report_push, operations, server
from msgsend._runtime.client.credentials import Credentials
from msgsend._runtime.server.asgi import App
from msgsend.testing import Emulator

each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
ACCOUNT = Credentials({"user_code": "demo", "user_pass": PASSWORD}, ("user_pass",))


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Raised(logging.Handler):
    """The exceptions that are logged."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info is not None and record.exc_info[1] is not None:
            self.errors.append(record.exc_info[1])


def post(app: App, target: str, body: bytes, headers: Mapping[str, str] = FORM) -> int:
    """The status of the answer to a request, made by nothing that logs it."""
    return answered(app, "POST", target, body, headers)[0]


def answered(
    app: App, method: str, target: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    path, _, query = target.partition("?")
    message = {"type": "http.request", "body": body, "more_body": False}
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, object] = {"method": method, "path": path, "query_string": query.encode()}
    return asyncio.run(raw(app, message, headers=pairs, **scope))


def send(app: App, binding: Binding) -> int:
    """Let a message be sent; the status of the answer."""
    call = operations.send_msg(des_no=PHONE, msg=SIGNED)
    request = call.request(binding, PATH, ACCOUNT)
    return answered(app, request.method, request.url, request.body, dict(request.headers))[0]


def told_of(act: Callable[[], object]) -> tuple[list[str], list[BaseException]]:
    """All that is told meanwhile, and the exceptions in it."""
    raised = Raised()
    with whole_log() as log:
        logging.getLogger().addHandler(raised)
        act()
    return log.texts, raised.errors


class Raises(Handlers):
    """One handler raises, another returns what is no result; in a thread or on the loop."""

    async def send_msg(self, request: server.SendMsg, /) -> Any:  # rubbish, too
        raise LookupError("no such account")


class Blocks(Handlers):
    def send_msg(self, request: server.SendMsg, /) -> Any:  # as an untyped handler, here and below
        raise LookupError("no such account")


class Rubbish(Handlers):
    async def send_msg(self, request: server.SendMsg, /) -> Any:  # as an untyped handler
        return request


class Reveals(Handlers):
    """The text is in the handler's own frame, which is not ours."""

    def send_msg(self, request: server.SendMsg, /) -> Any:  # as an untyped handler
        password = request.user_pass.reveal()
        raise LookupError(len(password))


@each_binding
@pytest.mark.parametrize("handlers", [Raises, Blocks, Rubbish, Reveals])
def test_a_handler_that_fails_shows_no_password(handlers: type[Handlers], binding: Binding) -> None:
    statuses: list[int] = []
    app = server.create_app(handlers())
    texts, errors = told_of(lambda: statuses.append(send(app, binding)))
    assert statuses == [500]
    (error,) = errors
    assert any("request" in place for place, _ in variables(error))
    shown = [*texts_of(error), *(text for text in texts if handlers is not Reveals)]
    assert leaks(*shown) == []


@each_binding
def test_an_emulator_that_fails_shows_no_password(binding: Binding) -> None:
    emulator = Emulator()
    emulator.add_account("other", PASSWORD, balance=emulator.price)
    emulator.price = None  # type: ignore[assignment]  # so that it fails
    texts, errors = told_of(lambda: send(emulator.app, binding))
    assert leaks(*texts, *(text for error in errors for text in texts_of(error))) == []


def test_what_is_no_request_shows_no_password() -> None:
    body = f"userCode=demo&userPass={quote(PASSWORD)}".encode()
    app = server.create_app(Handlers())
    for path in (f"{PATH}/SendMsg", f"{PATH}/Nothing", PATH, "/nowhere"):
        texts, _ = told_of(partial(post, app, path, body))
        _, answer = answered(app, "POST", path, body, FORM)
        assert leaks(*texts, answer.decode()) == []


def full(_: str, __: bytes) -> None:
    raise LookupError("the disk is full")


def keep(_: Push) -> None:
    raise LookupError("the disk is full")


async def keep_later(_: Push) -> None:
    raise LookupError("the disk is full")


def keep_nothing(push: Push) -> Any:  # as an untyped handler
    return push


@pytest.mark.parametrize("journal", [None, full])
@pytest.mark.parametrize("handler", [keep, keep_later, keep_nothing])
def test_a_push_that_is_not_handled_does_not_show_where_pushes_go(
    handler: Callable[[Push], Awaitable[None] | None], journal: Callable[[str, bytes], None] | None
) -> None:
    """Whoever knows the path can post to it."""
    path = f"/push/{PLAIN_PASSWORD}"
    app = create_push_app(handler, path=path, account="demo", journal=journal)
    body = format_report_push(account="demo", reports=[])
    texts, errors = told_of(partial(post, app, f"{path}?a={PLAIN_PASSWORD}", body))
    assert len(errors) == 1
    assert leaks(*texts, *(text for error in errors for text in texts_of(error))) == []


def test_a_request_shows_no_password() -> None:
    handlers = Handlers()
    send(server.create_app(handlers), Binding.GET)
    (request,) = handlers.asked
    assert isinstance(request, server.SendMsg)
    assert leaks(repr(request)) == []
    assert request.user_pass.matches(PASSWORD)
    assert not request.user_pass.matches(PASSWORD[:-1])


def test_the_application_itself_lets_go_of_the_request() -> None:
    """The frames around a handler are in no traceback, and still hold nothing."""
    held: list[object] = []

    class Looks(Handlers):
        async def send_msg(self, request: server.SendMsg, /) -> Any:  # as an untyped handler
            for task in asyncio.all_tasks():
                for frame in task.get_stack():
                    if "msgsend" in frame.f_code.co_filename:
                        held.extend(frame.f_locals.values())
            return "1"

    target = f"{PATH}/SendMsg?userCode=a&userPass={quote(PASSWORD)}&DesNo=1&Msg=b&Channel=0"
    status, _ = answered(server.create_app(Looks()), "GET", target, b"", {})
    assert status == 200
    assert held
    assert leaks(*map(repr, held)) == []
