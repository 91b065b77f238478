"""Transports that answer as they are told, and remember what they were asked to send."""

import re
import socket
from collections.abc import Callable, Iterable

from msgsend._runtime.journal.recording import JournalWriter

from msgsend import Client, Request, Response, SendFailed

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
    made = Client(
        user_code=user_code,
        user_pass=SECRET,
        base_url="http://127.0.0.1/Services/MsgSend.asmx",
        transport=script,
        journal=journal,
        retries=retries,
        timeout=timeout,
    )
    return made, script


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
