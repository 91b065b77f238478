"""Every parser, formatter and record field has the type that it is documented with."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import assert_type

import msgsend
from msgsend import (
    BatchNumber,
    DeliveryStatus,
    ErrorCode,
    HangupCause,
    Malformed,
    Parsed,
    PhoneNumber,
    RecordPiece,
    Reply,
    Separator,
    SmsReport,
    Span,
    TimedReport,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    UnknownHangupCause,
    VoiceReport,
    VoiceTemplate,
)


def takes_any(_: RecordPiece[object]) -> None: ...


Submission = BatchNumber | ErrorCode | UnknownErrorCode
Reports = Parsed[SmsReport | VoiceReport] | ErrorCode | UnknownErrorCode
TimedReports = Parsed[TimedReport] | ErrorCode | UnknownErrorCode
Replies = Parsed[Reply] | ErrorCode | UnknownErrorCode

# Parsers

assert_type(msgsend.parse_get_balance(""), Decimal | ErrorCode | UnknownErrorCode)
assert_type(msgsend.parse_send_msg(""), Submission)
assert_type(msgsend.parse_send_voice_code(""), Submission)
assert_type(msgsend.parse_send_voice_code_with_template(""), Submission)
assert_type(msgsend.parse_account(""), str)
assert_type(msgsend.parse_reports(""), Parsed[SmsReport | VoiceReport])
assert_type(msgsend.parse_replies(""), Parsed[Reply])
assert_type(msgsend.parse_push(b"", None), msgsend.ReportPush | msgsend.ReplyPush)
assert_type(msgsend.parse_get_report(""), Reports)
assert_type(msgsend.parse_get_report2(""), TimedReports)
assert_type(msgsend.parse_get_mo(""), Replies)
assert_type(msgsend.parse_get_mo2(""), Replies)

# Formatters take what parsers give, and any iterable of records

balance: Callable[[Decimal | ErrorCode | UnknownErrorCode], str] = msgsend.format_get_balance
submission: Callable[[Submission], str] = msgsend.format_send_msg
voice: Callable[[Submission], str] = msgsend.format_send_voice_code
template: Callable[[Submission], str] = msgsend.format_send_voice_code_with_template
reports: Callable[[Iterable[SmsReport | VoiceReport] | ErrorCode | UnknownErrorCode], str] = (
    msgsend.format_get_report
)
timed: Callable[[Iterable[TimedReport] | ErrorCode | UnknownErrorCode], str] = (
    msgsend.format_get_report2
)
replies: Callable[[Iterable[Reply] | ErrorCode | UnknownErrorCode], str] = msgsend.format_get_mo
account: Callable[[str], str] = msgsend.format_account
pushed: Callable[[Iterable[SmsReport | VoiceReport]], str] = msgsend.format_reports
pushed_replies: Callable[[Iterable[Reply]], str] = msgsend.format_replies
replies2: Callable[[Iterable[Reply] | ErrorCode | UnknownErrorCode], str] = msgsend.format_get_mo2

assert_type(msgsend.format_get_balance(msgsend.parse_get_balance("")), str)
assert_type(msgsend.format_send_msg(msgsend.parse_send_msg("")), str)
assert_type(msgsend.format_send_voice_code(msgsend.parse_send_voice_code("")), str)
assert_type(
    msgsend.format_send_voice_code_with_template(msgsend.parse_send_voice_code_with_template("")),
    str,
)
assert_type(msgsend.format_get_report(msgsend.parse_get_report("")), str)
assert_type(msgsend.format_get_report2(msgsend.parse_get_report2("")), str)
assert_type(msgsend.format_get_mo(msgsend.parse_get_mo("")), str)
assert_type(msgsend.format_get_mo2(msgsend.parse_get_mo2("")), str)
assert_type(msgsend.format_account(""), str)
assert_type(msgsend.format_reports(msgsend.parse_reports("")), str)
assert_type(msgsend.format_replies(msgsend.parse_replies("")), str)
assert_type(msgsend.format_report_push(account="", reports=[]), bytes)
assert_type(msgsend.format_reply_push(account="", replies=[]), bytes)

# Records


def sms(report: SmsReport) -> str:
    assert_type(report.batch, BatchNumber)
    assert_type(report.phone, PhoneNumber)
    assert_type(report.status, DeliveryStatus | UnknownDeliveryStatus)
    match report.status:
        case DeliveryStatus.DELIVERED:
            return "delivered"
        case DeliveryStatus.UNDELIVERED:
            return "undelivered"
        case UnknownDeliveryStatus(text):
            assert_type(text, str)
            return text


def voice_report(report: VoiceReport) -> int:
    assert_type(report.batch, BatchNumber)
    assert_type(report.phone, PhoneNumber)
    assert_type(report.talk_seconds, int)
    assert_type(report.ring_seconds, int)
    assert_type(report.hangup_cause, HangupCause | UnknownHangupCause)
    return report.talk_seconds + report.ring_seconds


def timed_report(report: TimedReport) -> datetime:
    assert_type(report.batch, BatchNumber)
    assert_type(report.phone, PhoneNumber)
    assert_type(report.reported_at, datetime)
    assert_type(report.status, DeliveryStatus | UnknownDeliveryStatus)
    return report.reported_at


def reply(found: Reply) -> str:
    assert_type(found.phone, PhoneNumber)
    assert_type(found.content, str)
    assert_type(found.received_at, datetime)
    assert_type(found.channel, str | None)
    return found.channel if found.channel is not None else "none"


made = [
    Reply(phone=PhoneNumber("1"), content="", received_at=datetime(2014, 6, 10)),
    Reply(phone=PhoneNumber("1"), content="", received_at=datetime(2014, 6, 10), channel="1"),
]
assert_type(msgsend.format_get_mo(made), str)
assert_type(msgsend.format_get_mo(each for each in made), str)
assert_type(msgsend.format_get_report([]), str)

# Codes

assert_type(ErrorCode.BAD_CREDENTIALS.message(), str)
assert_type(ErrorCode.BAD_CREDENTIALS.message("zh"), str)
assert_type(ErrorCode.BAD_CREDENTIALS.text, str)
assert_type(DeliveryStatus.DELIVERED.text, str)
assert_type(HangupCause(0).text, str)
assert_type(VoiceTemplate(1).text, str)
assert_type(UnknownErrorCode("-99").text, str)
assert_type(UnknownErrorCode("-99").message("en"), str)
assert_type(VoiceTemplate(1), VoiceTemplate)


def either(code: ErrorCode | UnknownErrorCode) -> str:
    assert_type(code.text, str)
    return code.text


# Lists


def lists(found: Parsed[SmsReport | VoiceReport]) -> None:
    assert_type(found[0], SmsReport | VoiceReport)
    assert_type(found[1:], tuple[SmsReport | VoiceReport, ...])
    assert_type(len(found), int)
    assert_type(found.raw, str)
    assert_type(found.malformed, tuple[Malformed, ...])
    assert_type(
        found.pieces(), tuple[RecordPiece[SmsReport | VoiceReport] | Malformed | Separator, ...]
    )
    for piece in found.pieces():
        assert_type(piece.raw, str)
        assert_type(piece.span, Span)
        match piece:
            case RecordPiece(record=record):
                assert_type(record, SmsReport | VoiceReport)
                takes_any(piece)  # covariant, as Parsed is
            case Malformed():
                assert_type(piece.reason, str)
            case Separator():
                pass
    for report in found:
        match report:
            case SmsReport():
                sms(report)
            case VoiceReport():
                voice_report(report)


def covariant(found: Parsed[SmsReport]) -> Parsed[SmsReport | VoiceReport]:
    return found


# Exceptions


def exceptions() -> None:
    try:
        msgsend.parse_get_balance("")
    except msgsend.MalformedResponse as problem:
        assert_type(problem.raw, str)
        assert_type(problem.reason, str)
    except msgsend.Unwritable as problem:
        assert_type(problem.field, str)
        assert_type(problem.part, str)
        as_value_error: ValueError = problem
        as_base: msgsend.MsgSendError = problem
        raise as_base from as_value_error
