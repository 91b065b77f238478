"""Handlers that answer as they are told, and remember what they were asked."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Generic, TypeVar

from msgsend import (
    BatchNumber,
    ErrorCode,
    Reply,
    SmsReport,
    TimedReport,
    UnknownErrorCode,
    VoiceReport,
    server,
)

T = TypeVar("T")
Codes = ErrorCode | UnknownErrorCode


class Told(Generic[T]):
    """A value to return, or an exception to raise."""

    def __init__(self, value: T) -> None:
        self.value: T | Exception = value

    def __call__(self) -> T:
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class Handlers:
    """Half of the methods are asynchronous."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.balance = Told[Decimal | Codes](Decimal("1234.50"))
        self.batch = Told[BatchNumber | Codes](BatchNumber("2314357620085030623"))
        self.reports = Told[Iterable[SmsReport | VoiceReport] | Codes](())
        self.timed = Told[Iterable[TimedReport] | Codes](())
        self.replies = Told[Iterable[Reply] | Codes](())

    def get_balance(self, request: server.GetBalance, /) -> Decimal | Codes:
        self.asked.append(request)
        return self.balance()

    async def send_msg(self, request: server.SendMsg, /) -> BatchNumber | Codes:
        self.asked.append(request)
        return self.batch()

    def send_voice_code(self, request: server.SendVoiceCode, /) -> BatchNumber | Codes:
        self.asked.append(request)
        return self.batch()

    async def send_voice_code_with_template(
        self, request: server.SendVoiceCodeWithTemplate, /
    ) -> BatchNumber | Codes:
        self.asked.append(request)
        return self.batch()

    def get_report(self, request: server.GetReport, /) -> Iterable[SmsReport | VoiceReport] | Codes:
        self.asked.append(request)
        return self.reports()

    async def get_report2(self, request: server.GetReport2, /) -> Iterable[TimedReport] | Codes:
        self.asked.append(request)
        return self.timed()

    def get_mo(self, request: server.GetMo, /) -> Iterable[Reply] | Codes:
        self.asked.append(request)
        return self.replies()

    async def get_mo2(self, request: server.GetMo2, /) -> Iterable[Reply] | Codes:
        self.asked.append(request)
        return self.replies()
