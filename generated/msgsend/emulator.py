"""What only this gateway does, for tests: its accounts, prices, checks and queues.

What emulators have in common is in `_runtime/testing/emulation.py`. The rules are the document's,
and for what it leaves open those that clients of the gateway have seen.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Literal, TypeAlias

from . import server
from ._runtime.errors.sealed import Secret
from ._runtime.testing.emulation import Clock, EmulatedService, Mailbox, Pauses
from ._runtime.testing.faulty_app import faulty
from ._runtime.testing.posting import Receiver, push
from .callbacks import format_reply_push, format_report_push
from .formatters import format_get_balance, format_get_report, format_replies
from .operations import OPERATIONS
from .parsers import (
    parse_get_balance,
    parse_get_mo,
    parse_get_mo2,
    parse_get_report,
    parse_get_report2,
    parse_send_msg,
    parse_send_voice_code,
    parse_send_voice_code_with_template,
)
from .records import Reply, SmsReport, TimedReport, VoiceReport
from .types import (
    BatchNumber,
    DeliveryStatus,
    ErrorCode,
    HangupCause,
    PhoneNumber,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    VoiceTemplate,
)

PATH = "/Services/MsgSend.asmx"
_PARSERS = {
    "GetBalance": parse_get_balance,
    "SendMsg": parse_send_msg,
    "SendVoiceCode": parse_send_voice_code,
    "SendVoiceCodeWithTemplate": parse_send_voice_code_with_template,
    "GetReport": parse_get_report,
    "GetReport2": parse_get_report2,
    "GetMo": parse_get_mo,
    "GetMo2": parse_get_mo2,
}
_PAGE, _RETENTION = OPERATIONS["GetReport"].page, OPERATIONS["GetReport"].retention
"""The document says it of GetReport; who drains the others should be ready for it, too."""

_SIGNED = re.compile(r".*【[^【】]+】", re.DOTALL)
_NUMBER = re.compile(r"\+?[0-9]{5,20}")
_DIGITS = re.compile("[0-9]+")
_TIMES = ("1", "2", "3")
_TEMPLATES = {str(each.value) for each in VoiceTemplate}
_FIXED_CHANNEL = "999"
"""Of international messages, and of voice codes."""

Rejection: TypeAlias = ErrorCode | UnknownErrorCode
Submission: TypeAlias = BatchNumber | ErrorCode | UnknownErrorCode
Kind: TypeAlias = Literal["sms", "voice"]
Status: TypeAlias = DeliveryStatus | UnknownDeliveryStatus
SendRequest: TypeAlias = server.SendMsg | server.SendVoiceCode | server.SendVoiceCodeWithTemplate
PollRequest: TypeAlias = server.GetReport | server.GetReport2 | server.GetMo | server.GetMo2
Request: TypeAlias = SendRequest | PollRequest | server.GetBalance


@dataclass(frozen=True, slots=True)
class Sent:
    """A message or a call that the gateway took, and when."""

    batch: BatchNumber
    phone: str
    text: str
    channel: str
    at: datetime
    kind: Kind


@dataclass(frozen=True, slots=True)
class Report:
    """What became of it, in the forms that polls hand out; calls have one only."""

    sent: Sent
    at: datetime
    status: Status = DeliveryStatus.DELIVERED

    def plain(self) -> SmsReport | VoiceReport:
        """As GetReport has it."""
        batch, phone = self.sent.batch, PhoneNumber(self.sent.phone)
        if self.sent.kind == "sms":
            return SmsReport(batch=batch, phone=phone, status=self.status)
        cause = HangupCause.UNKNOWN
        return VoiceReport(
            batch=batch, phone=phone, talk_seconds=12, ring_seconds=5, hangup_cause=cause
        )

    def timed(self) -> TimedReport:
        """As GetReport2 has it."""
        batch, phone = self.sent.batch, PhoneNumber(self.sent.phone)
        return TimedReport(batch=batch, phone=phone, reported_at=self.at, status=self.status)


@dataclass
class Account:
    """Somebody who may send; what has been sent for them is reported to them."""

    password: Secret
    balance: Decimal
    reports: Mailbox[Report]
    replies: Mailbox[Reply]


class Emulator(EmulatedService[Request, Rejection]):
    """The gateway in memory. `app` is its ASGI application, `address` one that only it has.

    There is an account `demo` with the password `demo` and a balance of 100. `sent` is all that was
    taken, in order, and `received` every call. Each message and call costs `price`. `tell` is given
    a line for each call, without secrets.
    """

    hint = "the account is demo with password demo"

    def __init__(
        self, tell: Callable[[str], object] | None = None, *, clock: Clock | None = None
    ) -> None:
        super().__init__(PATH, OPERATIONS, parsers=_PARSERS, tell=tell, clock=clock)
        self.app = faulty(server.create_app(self, path=PATH, threads=0), _PARSERS)
        self.price = Decimal("0.05")
        self.delivers_at_once = True
        self.accounts: dict[str, Account] = {}
        self.sent: list[Sent] = []
        self._numbers = count(2314357620085030001)
        self._pauses = Pauses(self.clock, OPERATIONS["GetBalance"].interval)
        self._on_their_way: list[tuple[Account, Sent]] = []
        self._lock = threading.RLock()
        self.add_account("demo", "demo", balance=Decimal("100.00"))

    # What tests say

    def add_account(self, user_code: str, user_pass: str, *, balance: Decimal) -> None:
        """Somebody who may send."""
        reports = Mailbox[Report](self.clock, retention=_RETENTION)
        replies = Mailbox[Reply](self.clock, retention=_RETENTION)
        self.accounts[user_code] = Account(Secret(user_pass), balance, reports, replies)

    def script(self, operation: str, result: Rejection) -> None:
        """Let the next call of an operation (its name in the WSDL) be rejected.

        Several come one after the other. Raises ValueError for an operation that there is not,
        Unwritable for what is no code.
        """
        format_get_balance(result)
        super().script(operation, result)

    def reply(self, phone: str, content: str, *, user_code: str = "demo") -> Reply:
        """Somebody answers; the next poll hands it out. Raises Unwritable for what is no reply."""
        now = self.clock.now().replace(microsecond=0)
        reply = Reply(phone=PhoneNumber(phone), content=content, received_at=now, channel="1")
        for text in (content, content.replace("\r", "\n")):  # which XML makes of it
            format_replies([replace(reply, content=text)])
        self.accounts[user_code].replies.put(reply)
        return reply

    def deliver(self, status: Status = DeliveryStatus.DELIVERED) -> None:
        """Let all that is on its way arrive; it is not needed while `delivers_at_once`.

        Raises Unwritable for a status that no report can have.
        """
        format_get_report(
            [SmsReport(batch=BatchNumber("1"), phone=PhoneNumber("1"), status=status)]
        )
        now = self.clock.now().replace(microsecond=0)
        with self._lock:
            on_their_way, self._on_their_way = self._on_their_way, []
        for account, sent in on_their_way:
            account.reports.put(Report(sent, now, status))

    def push_reports(self, to: Receiver, *, user_code: str = "demo") -> int:
        """Post the next page of reports, and give the status; unless it is 200 they stay.

        Raises SendFailed if an address does not answer, or what `to` raises; then they stay too.
        """

        def body(reports: tuple[Report, ...]) -> bytes:
            plain = [report.plain() for report in reports]
            return format_report_push(account=user_code, reports=plain)

        return push(self.accounts[user_code].reports, body, to, _PAGE)

    def push_replies(self, to: Receiver, *, user_code: str = "demo") -> int:
        """The same with replies."""

        def body(replies: tuple[Reply, ...]) -> bytes:
            return format_reply_push(account=user_code, replies=replies)

        return push(self.accounts[user_code].replies, body, to, _PAGE)

    # What the gateway does

    def get_balance(self, request: server.GetBalance, /) -> Decimal | Rejection:
        """The balance, once in five seconds."""
        rejected, account = self._asked("GetBalance", request)
        if rejected is not None:
            return rejected
        if account is None:
            return ErrorCode.BAD_CREDENTIALS
        if self._pauses.is_too_soon(request.user_code):
            return ErrorCode.BALANCE_TOO_FREQUENT
        return account.balance

    def send_msg(self, request: server.SendMsg, /) -> Submission:
        """Take a message."""
        is_signed = request.channel == _FIXED_CHANNEL or _SIGNED.fullmatch(request.msg)
        problem = None if is_signed else ErrorCode.BAD_SIGNATURE
        return self._take("SendMsg", request, problem, request.msg, request.channel, "sms")

    def send_voice_code(self, request: server.SendVoiceCode, /) -> Submission:
        """Take a call."""
        problem = _voice_problem(request.voice_code, request.amount)
        if request.channel != _FIXED_CHANNEL:
            problem = ErrorCode.CHANNEL_ERROR
        text, channel = request.voice_code, request.channel
        return self._take("SendVoiceCode", request, problem, text, channel, "voice")

    def send_voice_code_with_template(
        self, request: server.SendVoiceCodeWithTemplate, /
    ) -> Submission:
        """Take a call in a chosen voice."""
        problem = _voice_problem(request.voice_code, request.amount)
        if request.template not in _TEMPLATES:
            problem = ErrorCode.TEMPLATE_MISMATCH
        text = request.voice_code
        return self._take("SendVoiceCodeWithTemplate", request, problem, text, "", "voice")

    def get_report(self, request: server.GetReport, /) -> list[SmsReport | VoiceReport] | Rejection:
        """The next reports, of messages and calls."""
        rejected, account = self._asked("GetReport", request)
        if rejected is not None or account is None:
            return rejected or []
        return [report.plain() for report in account.reports.take(_PAGE)]

    def get_report2(self, request: server.GetReport2, /) -> list[TimedReport] | Rejection:
        """The next reports of messages, with times; those of calls have no form here."""
        rejected, account = self._asked("GetReport2", request)
        if rejected is not None or account is None:
            return rejected or []
        taken = account.reports.take(_PAGE, lambda report: report.sent.kind == "sms")
        return [report.timed() for report in taken]

    def get_mo(self, request: server.GetMo, /) -> list[Reply] | Rejection:
        """The next replies, without channels."""
        found = self._replies("GetMo", request)
        if not isinstance(found, list):
            return found
        return [replace(reply, channel=None) for reply in found]

    def get_mo2(self, request: server.GetMo2, /) -> list[Reply] | Rejection:
        """The next replies."""
        return self._replies("GetMo2", request)

    def _replies(
        self, operation: str, request: server.GetMo | server.GetMo2
    ) -> list[Reply] | Rejection:
        rejected, account = self._asked(operation, request)
        if rejected is not None or account is None:
            return rejected or []
        return list(account.replies.take(_PAGE))

    def _asked(self, operation: str, request: Request) -> tuple[Rejection | None, Account | None]:
        """What a test wants a call to be answered, and whose call it is."""
        rejected = self._scripted(operation, request)
        account = self.accounts.get(request.user_code)
        is_theirs = account is not None and request.user_pass.matches(account.password.reveal())
        return rejected, account if is_theirs else None

    def _take(
        self,
        operation: str,
        request: SendRequest,
        problem: ErrorCode | None,
        text: str,
        channel: str,
        kind: Kind,
    ) -> Submission:
        rejected, account = self._asked(operation, request)
        if rejected is not None:
            return rejected
        if account is None:
            return ErrorCode.BAD_CREDENTIALS
        if not _NUMBER.fullmatch(request.des_no):
            return ErrorCode.INVALID_NUMBER
        if problem is not None:
            return problem
        with self._lock:
            if account.balance < self.price:
                return ErrorCode.INSUFFICIENT_BALANCE
            account.balance -= self.price
            batch = BatchNumber(str(next(self._numbers)))
            sent = Sent(batch, request.des_no, text, channel, self.clock.now(), kind)
            self.sent.append(sent)
            self._on_their_way.append((account, sent))
            if self.delivers_at_once:
                self.deliver()
        return batch


def _voice_problem(code: str, amount: str) -> ErrorCode | None:
    if amount not in _TIMES:
        return ErrorCode.VOICE_AMOUNT_NOT_INTEGER
    if not _DIGITS.fullmatch(code):
        return ErrorCode.VOICE_CODE_NOT_NUMERIC
    return ErrorCode.VOICE_CODE_TOO_LONG if len(code) > 6 else None
