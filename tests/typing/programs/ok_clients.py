"""Both clients, every method: the results have the types that they are documented with."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from typing import assert_type

from msgsend import (
    AsyncClient,
    BatchNumber,
    Binding,
    Client,
    ErrorCode,
    FileJournal,
    HttpTransport,
    MsgSendError,
    NotSent,
    OutcomeUnknown,
    Parsed,
    Rejected,
    Reply,
    Request,
    Response,
    SmsReport,
    TimedReport,
    TooSoon,
    Transport,
    UnknownErrorCode,
    VoiceReport,
    VoiceTemplate,
    expect,
)

Submission = BatchNumber | ErrorCode | UnknownErrorCode
Reports = Parsed[SmsReport | VoiceReport] | ErrorCode | UnknownErrorCode
TimedReports = Parsed[TimedReport] | ErrorCode | UnknownErrorCode
Replies = Parsed[Reply] | ErrorCode | UnknownErrorCode
PHONE = "13900000000"


class Mine:
    def send(self, request: Request, deadline: float) -> Response:
        request.leaving()
        return Response(200, (), b"")

    def close(self) -> None:
        pass


mine: Transport = Mine()
Client(user_code="demo", user_pass="")
Client(user_code="demo", user_pass="", base_url="https://gateway.example/x", transport=mine)
Client(
    user_code="demo", user_pass="", transport=HttpTransport(connections=2), when_too_soon="raise"
)
Client(user_code="demo", user_pass="", timeout=3, retries=1, validate=False)
Client(user_code="demo", user_pass="", journal=FileJournal("journal"), binding=Binding.SOAP12)
Client(user_code="demo", user_pass="", journal=lambda operation, raw: print(operation, len(raw)))


def calls(gateway: Client) -> None:
    assert_type(gateway.get_balance(), Decimal | ErrorCode | UnknownErrorCode)
    assert_type(gateway.send_msg(des_no=PHONE, msg=""), Submission)
    assert_type(gateway.send_msg(des_no=PHONE, msg="", channel="1"), Submission)
    assert_type(gateway.send_international_msg(des_no=PHONE, msg=""), Submission)
    assert_type(gateway.send_voice_code(des_no=PHONE, voice_code="1", amount=1), Submission)
    template = VoiceTemplate.FEMALE_VERIFICATION_CODE
    sent = gateway.send_voice_code_with_template(
        des_no=PHONE, voice_code="1", amount=3, template=template
    )
    assert_type(sent, Submission)
    assert_type(gateway.get_report(), Reports)
    assert_type(gateway.get_report2(), TimedReports)
    assert_type(gateway.get_mo(), Replies)
    assert_type(gateway.get_mo2(), Replies)


def pages(gateway: Client) -> None:
    assert_type(gateway.get_report_pages(), Iterator[Parsed[SmsReport | VoiceReport]])
    assert_type(gateway.get_report2_pages(), Iterator[Parsed[TimedReport]])
    assert_type(gateway.get_mo_pages(), Iterator[Parsed[Reply]])
    assert_type(gateway.get_mo2_pages(), Iterator[Parsed[Reply]])


def expected(gateway: Client) -> None:
    assert_type(expect(gateway.get_balance()), Decimal)
    assert_type(expect(gateway.send_msg(des_no=PHONE, msg="")), BatchNumber)
    assert_type(expect(gateway.get_report()), Parsed[SmsReport | VoiceReport])
    assert_type(expect(gateway.get_mo()), Parsed[Reply])


def matched(gateway: Client) -> BatchNumber | None:
    match gateway.send_msg(des_no=PHONE, msg=""):
        case ErrorCode.INSUFFICIENT_BALANCE:
            return None
        case ErrorCode() | UnknownErrorCode() as code:
            print(code.message("zh"))
            return None
        case batch:
            assert_type(batch, BatchNumber)
            return batch


def safe_to_send_again(error: MsgSendError) -> bool | None:
    match error:
        case TooSoon(seconds=seconds):
            assert_type(seconds, float)
            return True
        case NotSent():
            return True
        case OutcomeUnknown(received=received):
            assert_type(received, bytes)
            return False
        case Rejected(code=code):
            assert_type(code, ErrorCode | UnknownErrorCode)
            return None
        case _:
            return None


async def asynchronous() -> None:
    async with AsyncClient(user_code="demo", user_pass="") as gateway:
        assert_type(await gateway.get_balance(), Decimal | ErrorCode | UnknownErrorCode)
        assert_type(await gateway.send_msg(des_no=PHONE, msg=""), Submission)
        assert_type(expect(await gateway.get_mo2()), Parsed[Reply])
        assert_type(gateway.get_mo_pages(), AsyncIterator[Parsed[Reply]])
        async for page in gateway.get_report_pages(batch_number=""):
            assert_type(page, Parsed[SmsReport | VoiceReport])
