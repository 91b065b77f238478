"""Transports that answer as they are told, and remember what they were asked to send."""

import re
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from msgsend import Binding, Client, Request, Response, SendFailed
from msgsend._runtime.client.addresses import told_address
from msgsend._runtime.client.callers import Caller
from msgsend._runtime.client.clock import Clock
from msgsend._runtime.client.config import checked_config
from msgsend._runtime.client.credentials import Credentials
from msgsend._runtime.journal.recording import JournalWriter
from msgsend.addresses import ADDRESSES

PHONE = "13900000000"
SIGNED = "your code is 1234【签名】"
SECRET = "s3cret&<%>+é 签"


def answered(text: str, status: int = 200) -> Response:
    """A result, as the POST binding has it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    body = f'<?xml version="1.0"?><string xmlns="http://tempuri.org/">{escaped}</string>'
    return Response(status, (("Content-Type", "text/xml; charset=utf-8"),), body.encode())


_WHOLE_HEAD = re.compile(rb"(?is)(?:.*?\r\ncontent-length: ([0-9]+))?.*?\r\n\r\n")


def request_on(connection: socket.socket) -> bytes:
    """The next request, whole; nothing if the connection ends. Head and body may come apart.

    Who closes without having read all resets the connection.
    """
    request = b""
    while not (head := _WHOLE_HEAD.match(request)) or len(request) < head.end() + int(head[1] or 0):
        piece = connection.recv(65536)
        if not piece:
            return b""
        request += piece
    return request


class Script:
    """Gives the answers in their order, and then fails the test."""

    def __init__(self, answers: Iterable[Response | BaseException]) -> None:
        self._answers = list(answers)
        self.requests: list[Request] = []
        self.is_closed = False

    def send(self, request: Request, deadline: float) -> Response:
        self.requests.append(request)
        answer = self._answers.pop(0)
        if not isinstance(answer, SendFailed) or answer.sent:
            request.leaving()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def close(self) -> None:
        self.is_closed = True


def client(
    *answers: Response | BaseException,
    journal: JournalWriter | None = None,
    user_code: str = "demo",
    retries: int = 0,
    timeout: float = 10,
) -> tuple[Client, Script]:
    """A client whose transport gives these answers."""
    script = Script(answers)
    sender = Client(
        user_code=user_code,
        user_pass=SECRET,
        base_url="http://127.0.0.1/Services/MsgSend.asmx",
        transport=script,
        journal=journal,
        retries=retries,
        timeout=timeout,
    )
    return sender, script


class Patience:
    """A clock on which a pause takes no time; `paused` are their lengths."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self.paused: list[float] = []
        self.clock = Clock(self._now, self.paused.append)

    def _now(self) -> float:
        return self._start + sum(self.paused)


def caller(
    patience: Patience,
    *answers: Response | BaseException,
    user_code: str = "demo",
    address: str = "http://127.0.0.1/Services/MsgSend.asmx",
    retries: int = 0,
    timeout: float = 10,
) -> tuple[Caller, Script]:
    """What drives the calls of a client, on a clock of its own; its transport gives the answers."""
    script = Script(answers)
    config = checked_config(
        Credentials({"user_code": user_code, "user_pass": SECRET}, secret=("user_pass",)),
        ADDRESSES,
        told_address(address),
        binding=Binding.POST,
        timeout=timeout,
        journal=None,
        retries=retries,
        when_too_soon="wait",
        charset=None,
        max_in_flight=64,
        queue_timeout=None,
        transport=script,
        is_async=False,
    )
    return Caller(replace(config, clock=patience.clock), script), script


Call = Callable[[Client], object]

SENDS: dict[str, Call] = {
    "send_msg": lambda each: each.send_msg(des_no=PHONE, msg=SIGNED),
    "send_international_msg": lambda each: each.send_international_msg(des_no=PHONE, msg="hello"),
    "send_voice_code": lambda each: each.send_voice_code(des_no=PHONE, voice_code="1", amount=1),
}
POLLS: dict[str, Call] = {
    "get_report": lambda each: each.get_report(),
    "get_report2": lambda each: each.get_report2(),
    "get_mo": lambda each: each.get_mo(),
    "get_mo2": lambda each: each.get_mo2(),
}
