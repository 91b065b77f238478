"""What only this gateway does, for tests: its accounts, prices, checks and queues.

What emulators have in common is in `_runtime/emulation.py`. The rules are the document's, and for
what it leaves open those that clients of the gateway have seen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Literal

from . import server
from ._runtime.emulation import Clock, Fault, Mailbox, Pauses, Script, address_of_its_own, fault_now
from ._runtime.faulty_app import faulty
from .callbacks import format_reply_push, format_report_push
from .operations import OPERATIONS
from .records import Reply, SmsReport, TimedReport, VoiceReport
from .types import (
    BatchNumber,
    DeliveryStatus,
    ErrorCode,
    HangupCause,
    PhoneNumber,
    UnknownErrorCode,
    VoiceTemplate,
)

PATH = "/Services/MsgSend.asmx"
FORM = "application/x-www-form-urlencoded; charset=utf-8"
_GET_REPORT = OPERATIONS["GetReport"]
_SIGNED = re.compile(r".*【.+】", re.DOTALL)
_NUMBER = re.compile(r"\+?[0-9]{5,20}")
_DIGITS = re.compile("[0-9]+")
_INTERNATIONAL = "999"

Rejection = ErrorCode | UnknownErrorCode
Submission = BatchNumber | ErrorCode | UnknownErrorCode


@dataclass
class Account:
    """Somebody who may send; what has been sent for them is reported to them."""

    password: str
    balance: Decimal
    reports: "Mailbox[Report]"
    replies: Mailbox[Reply]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message or a call that the gateway took, and when."""

    batch: BatchNumber
    phone: str
    text: str
    channel: str
    at: datetime
    kind: Literal["sms", "voice"]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of it, in the three forms that polls hand out."""

    sent: Sent
    at: datetime
    status: DeliveryStatus = DeliveryStatus.DELIVERED

    def plain(self) -> SmsReport | VoiceReport:
        """As GetReport has it."""
        phone = PhoneNumber(self.sent.phone)
        if self.sent.kind == "sms":
            return SmsReport(batch=self.sent.batch, phone=phone, status=self.status)
        return VoiceReport(
            batch=self.sent.batch,
            phone=phone,
            talk_seconds=12,
            ring_seconds=5,
            hangup_cause=HangupCause.UNKNOWN,
        )

    def timed(self) -> TimedReport:
        """As GetReport2 has it."""
        return TimedReport(
            batch=self.sent.batch,
            phone=PhoneNumber(self.sent.phone),
            reported_at=self.at,
            status=self.status,
        )


class Emulator:
    """The gateway in memory. `app` is its ASGI application, `address` one that only it has.

    There is an account `demo` with the password `demo` and a balance of 100. `sent` is all that was
    taken, in order. `tell` is given a line for each request, without secrets.
    """

    def __init__(self, tell: Callable[[str], object] | None = None) -> None:
        self.clock = Clock()
        self.address = address_of_its_own(PATH, self.clock)
        self.app = faulty(server.create_app(self, path=PATH), _damaged)
        self.price = Decimal("0.05")
        self.delivers_at_once = True
        self.accounts: dict[str, Account] = {}
        self.sent: list[Sent] = []
        self._tell = tell
        self._numbers = count(2314357620085030001)
        self._pauses = Pauses(self.clock, OPERATIONS["GetBalance"].interval)
        self._results = Script[Rejection]()
        self._faults = Script[Fault]()
        self._on_their_way: list[tuple[Account, Sent]] = []
        self.add_account("demo", "demo", balance=Decimal("100.00"))

    # What tests say

    def add_account(self, user_code: str, user_pass: str, *, balance: Decimal) -> None:
        """Somebody who may send."""
        reports = Mailbox[Report](self.clock, retention=_GET_REPORT.retention)
        replies = Mailbox[Reply](self.clock, retention=_GET_REPORT.retention)
        self.accounts[user_code] = Account(user_pass, balance, reports, replies)

    def script(self, operation: str, code: Rejection) -> None:
        """Let the next call of an operation (its name in the WSDL) be rejected."""
        self._results.add(code, operation)

    def fail(self, fault: Fault, operation: str = "") -> None:
        """Let the response of the next call, of one operation or of any, go wrong.

        The call itself is carried out: a message is sent, records are handed out.
        """
        self._faults.add(fault, operation)

    def reply(self, phone: str, content: str, *, user_code: str = "demo") -> Reply:
        """Somebody answers; the next poll hands it out."""
        now = self.clock.now().replace(microsecond=0)
        reply = Reply(phone=PhoneNumber(phone), content=content, received_at=now, channel="1")
        self.accounts[user_code].replies.put(reply)
        return reply

    def deliver(self, status: DeliveryStatus = DeliveryStatus.DELIVERED) -> None:
        """Let all that is on its way arrive; it is not needed while `delivers_at_once`."""
        on_their_way, self._on_their_way = self._on_their_way, []
        for account, sent in on_their_way:
            now = self.clock.now().replace(microsecond=0)
            account.reports.put(Report(sent, now, status))

    def push_reports(self, post: Callable[[bytes, str], int], *, user_code: str = "demo") -> int:
        """Post the reports there are, and give the status; unless it is 200 they stay.

        `post` is given the body and its content type.
        """
        account = self.accounts[user_code]
        taken = account.reports.take(_GET_REPORT.page)
        reports = [report.plain() for report in taken]
        status = post(format_report_push(account=user_code, reports=reports), FORM)
        if status != 200:
            account.reports.put_back(taken)
        return status

    def push_replies(self, post: Callable[[bytes, str], int], *, user_code: str = "demo") -> int:
        """The same with replies."""
        account = self.accounts[user_code]
        taken = account.replies.take()
        status = post(format_reply_push(account=user_code, replies=taken), FORM)
        if status != 200:
            account.replies.put_back(taken)
        return status

    # What the gateway does

    def get_balance(self, request: server.GetBalance, /) -> Decimal | Rejection:
        """The balance, once in five seconds."""
        account = self._polled("GetBalance", request, request.user_code, request.user_pass)
        if account is None:
            return ErrorCode.BAD_CREDENTIALS
        if not isinstance(account, Account):
            return account
        if self._pauses.is_too_soon(request.user_code):
            return ErrorCode.BALANCE_TOO_FREQUENT
        return account.balance

    def send_msg(self, request: server.SendMsg, /) -> Submission:
        """Take a message."""
        account = self._account(request, request.user_code, request.user_pass)
        problem = None
        if request.channel != _INTERNATIONAL and not _SIGNED.fullmatch(request.msg):
            problem = ErrorCode.BAD_SIGNATURE
        text, channel = request.msg, request.channel
        return self._take("SendMsg", account, problem, request.des_no, text, channel, "sms")

    def send_voice_code(self, request: server.SendVoiceCode, /) -> Submission:
        """Take a call."""
        account = self._account(request, request.user_code, request.user_pass)
        problem = _voice_problem(request.voice_code, request.amount)
        text, channel = request.voice_code, request.channel
        return self._take("SendVoiceCode", account, problem, request.des_no, text, channel, "voice")

    def send_voice_code_with_template(
        self, request: server.SendVoiceCodeWithTemplate, /
    ) -> Submission:
        """Take a call in a chosen voice."""
        account = self._account(request, request.user_code, request.user_pass)
        problem = _voice_problem(request.voice_code, request.amount)
        if request.template not in {str(each.value) for each in VoiceTemplate}:
            problem = ErrorCode.TEMPLATE_MISMATCH
        name, text = "SendVoiceCodeWithTemplate", request.voice_code
        return self._take(name, account, problem, request.des_no, text, "", "voice")

    def get_report(self, request: server.GetReport, /) -> list[SmsReport | VoiceReport] | Rejection:
        """The next reports, of messages and calls."""
        account = self._polled("GetReport", request, request.user_code, request.user_pass)
        if not isinstance(account, Account):
            return account or []
        return [report.plain() for report in account.reports.take(_GET_REPORT.page)]

    def get_report2(self, request: server.GetReport2, /) -> list[TimedReport] | Rejection:
        """The next reports of messages, with times; those of calls have no form here."""
        account = self._polled("GetReport2", request, request.user_code, request.user_pass)
        if not isinstance(account, Account):
            return account or []
        taken = account.reports.take(_GET_REPORT.page, lambda report: report.sent.kind == "sms")
        return [report.timed() for report in taken]

    def get_mo(self, request: server.GetMo, /) -> list[Reply] | Rejection:
        """The next replies, without channels."""
        account = self._polled("GetMo", request, request.user_code, request.user_pass)
        if not isinstance(account, Account):
            return account or []
        return [replace(reply, channel=None) for reply in account.replies.take(_GET_REPORT.page)]

    def get_mo2(self, request: server.GetMo2, /) -> list[Reply] | Rejection:
        """The next replies."""
        account = self._polled("GetMo2", request, request.user_code, request.user_pass)
        if not isinstance(account, Account):
            return account or []
        return list(account.replies.take(_GET_REPORT.page))

    def _polled(
        self, operation: str, request: object, user_code: str, user_pass: str
    ) -> Account | Rejection | None:
        """Whose poll it is, or what a test wants it to be answered; None for nobody's."""
        account = self._account(request, user_code, user_pass)
        return self._rejected(operation) or account

    def _account(self, request: object, user_code: str, user_pass: str) -> Account | None:
        if self._tell is not None:
            self._tell(f"received {request!r}")  # which shows no password
        account = self.accounts.get(user_code)
        return account if account is not None and account.password == user_pass else None

    def _rejected(self, operation: str) -> Rejection | None:
        fault_now.set(self._faults.take(operation))
        return self._results.take(operation)

    def _take(
        self,
        operation: str,
        account: Account | None,
        problem: ErrorCode | None,
        phone: str,
        text: str,
        channel: str,
        kind: Literal["sms", "voice"],
    ) -> Submission:
        rejected = self._rejected(operation)
        if rejected is not None:
            return rejected
        if account is None:
            return ErrorCode.BAD_CREDENTIALS
        if not _NUMBER.fullmatch(phone):
            return ErrorCode.INVALID_NUMBER
        if problem is not None:
            return problem
        if account.balance < self.price:
            return ErrorCode.INSUFFICIENT_BALANCE
        account.balance -= self.price
        batch = BatchNumber(str(next(self._numbers)))
        sent = Sent(batch, phone, text, channel, self.clock.now(), kind)
        self.sent.append(sent)
        self._on_their_way.append((account, sent))
        if self.delivers_at_once:
            self.deliver()
        return batch


def _voice_problem(code: str, amount: str) -> ErrorCode | None:
    if not _DIGITS.fullmatch(amount):
        return ErrorCode.VOICE_AMOUNT_NOT_INTEGER
    if not _DIGITS.fullmatch(code):
        return ErrorCode.VOICE_CODE_NOT_NUMERIC
    return ErrorCode.VOICE_CODE_TOO_LONG if len(code) > 6 else None


_RECORD = re.compile(r"[0-9]{19},[^|<]*")
_TIME = re.compile(r"\|,\|[0-9]{4}/[0-9]{2}/[0-9]{2} ")


def _damaged(text: str) -> str:
    """The text of a response, of whose records the middle one has lost its end."""
    records = list(_RECORD.finditer(text))
    if records:
        middle = records[len(records) // 2]
        return text[: middle.start() + 19] + text[middle.end() :]
    times = list(_TIME.finditer(text))
    if times:
        middle = times[len(times) // 2]
        return text[: middle.start()] + text[middle.end() :]
    return text
