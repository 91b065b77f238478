"""Calls of all operations: what is given, what must arrive, what is answered, what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from tests.interop.aspnet_server import Arrival

from msgsend import (
    BatchNumber,
    DeliveryStatus,
    ErrorCode,
    HangupCause,
    Parsed,
    PhoneNumber,
    Reply,
    SmsReport,
    TimedReport,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    VoiceReport,
    VoiceTemplate,
    operations,
)
from msgsend._runtime.client.calls import Call

USER = "demo"
PASSWORD = "s3cret & <密码>"
PHONE = "13900000000"
SIGNED = "您的验证码是 <1234> & ]]> \U0001f600\n\t5分钟内有效; a=b+c%20【签名】"
BATCH = BatchNumber("2314357620085030623")
NOON = datetime(2014, 6, 10, 12, 0, 0)


@dataclass(frozen=True)
class Exchange:
    """One call of a method of the package, and its answer.

    `arriving` are the parameters besides the account's, as the server must get them; `means` is
    the typed result, the records alone if it is a list.
    """

    method: str
    given: Mapping[str, object]
    operation: str
    arriving: Mapping[str, str]
    answer: str
    means: object

    def arrival(self, user: str = USER) -> Arrival:
        account = {"userCode": user, "userPass": PASSWORD}
        return Arrival(self.operation, {**account, **self.arriving})

    def called(self) -> Call[object]:
        """The call, before it is made."""
        method: Any = getattr(operations, self.method)
        call: Call[object] = method(**self.given)
        return call

    @property
    def received(self) -> str:
        """The answer as XML gives it back."""
        return self.answer.replace("\r\n", "\n")

    def agrees(self, result: object) -> bool:
        """Whether a result has the meaning; a list also holds the whole answer."""
        if isinstance(result, Parsed):
            records = cast("Parsed[object]", result)
            return tuple(records) == self.means and records.raw == self.received
        return result == self.means and type(result) is type(self.means)


def _sms(answer: str, means: object) -> Exchange:
    arriving = {"DesNo": PHONE, "Msg": SIGNED, "Channel": "0"}
    return Exchange(
        "send_msg", {"des_no": PHONE, "msg": SIGNED}, "SendMsg", arriving, answer, means
    )


def _poll(method: str, operation: str, answer: str, means: object) -> Exchange:
    arriving = {"batchNumber": ""} if operation == "GetReport" else {}
    return Exchange(method, {}, operation, arriving, answer, means)


_SPOKEN = {"des_no": PHONE, "voice_code": "012345", "amount": 2}
_REPORTS = f"{BATCH},{PHONE},DELIVRD|\r\n{BATCH},{PHONE},<关机&>]]>|{BATCH},{PHONE},12,3,4|"
_TIMED = f"{BATCH},{PHONE}, 2014/06/10 12:00:00, UNDELIVRD |\r\n"
_REPLY = f"{PHONE}|,|好的,;|\r\n<&>]]>\t\U0001f600 |,|2014/6/10 12:00:00"

EXCHANGES: dict[str, Exchange] = {
    "a balance": _poll("get_balance", "GetBalance", "1234.50", Decimal("1234.50")),
    "no balance": _poll("get_balance", "GetBalance", "-16", ErrorCode.BALANCE_TOO_FREQUENT),
    "a message": _sms(BATCH, BATCH),
    "a refused message": _sms(" -5\r\n", ErrorCode.BAD_SIGNATURE),
    "a keyword": _sms("-6:赌<&>]]>", UnknownErrorCode("-6:赌<&>]]>")),
    "an international message": Exchange(
        "send_international_msg",
        {"des_no": "+4900000000", "msg": "5 < 6 & 7 > 6"},
        "SendMsg",
        {"DesNo": "+4900000000", "Msg": "5 < 6 & 7 > 6", "Channel": "999"},
        BATCH,
        BATCH,
    ),
    "a voice code": Exchange(
        "send_voice_code",
        _SPOKEN,
        "SendVoiceCode",
        {"DesNo": PHONE, "VoiceCode": "012345", "Channel": "999", "Amount": "2"},
        BATCH,
        BATCH,
    ),
    "a voice code by template": Exchange(
        "send_voice_code_with_template",
        {**_SPOKEN, "template": VoiceTemplate.FEMALE_VERIFICATION_CODE},
        "SendVoiceCodeWithTemplate",
        {"DesNo": PHONE, "VoiceCode": "012345", "Amount": "2", "TemplateID": "4"},
        "-13",
        ErrorCode.VOICE_AMOUNT_NOT_INTEGER,
    ),
    "reports": _poll(
        "get_report",
        "GetReport",
        _REPORTS,
        (
            SmsReport(batch=BATCH, phone=PhoneNumber(PHONE), status=DeliveryStatus.DELIVERED),
            SmsReport(
                batch=BATCH, phone=PhoneNumber(PHONE), status=UnknownDeliveryStatus("<关机&>]]>")
            ),
            VoiceReport(
                batch=BATCH,
                phone=PhoneNumber(PHONE),
                talk_seconds=12,
                ring_seconds=3,
                hangup_cause=HangupCause.CALLEE_HUNG_UP,
            ),
        ),
    ),
    "reports of one batch": Exchange(
        "get_report",
        {"batch_number": BATCH},
        "GetReport",
        {"batchNumber": BATCH},
        "",
        (),
    ),
    "no reports for strangers": _poll("get_report", "GetReport", "-3", ErrorCode.BAD_CREDENTIALS),
    "reports with times": _poll(
        "get_report2",
        "GetReport2",
        _TIMED,
        (
            TimedReport(
                batch=BATCH,
                phone=PhoneNumber(PHONE),
                reported_at=NOON,
                status=DeliveryStatus.UNDELIVERED,
            ),
        ),
    ),
    "replies": _poll(
        "get_mo",
        "GetMo",
        f"{_REPLY}|;|nonsense|;|{_REPLY}|;|",
        2
        * (
            Reply(
                phone=PhoneNumber(PHONE),
                content="好的,;|\n<&>]]>\t\U0001f600 ",
                received_at=NOON,
            ),
        ),
    ),
    "replies with channels": _poll(
        "get_mo2",
        "GetMo2",
        f"{PHONE}|,||,|2014/06/10 12:00:00|,|106|;\r\n",
        (Reply(phone=PhoneNumber(PHONE), content="", received_at=NOON, channel="106"),),
    ),
}
