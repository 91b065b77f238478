"""What must not type-check: each marked line has an error of each kind that it names.

A mark stands behind its line, or alone on the line before.
"""

from dataclasses import replace
from datetime import datetime

import msgsend
from msgsend import (
    AsyncClient,
    BatchNumber,
    Client,
    DeliveryStatus,
    ErrorCode,
    Parsed,
    PhoneNumber,
    Reply,
    SmsReport,
    TimedReport,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    VoiceReport,
    VoiceTemplate,
)


def a_code_is_forgotten(text: str) -> str:  # error: mypy[return], pyright[reportReturnType]
    # error: mypy[exhaustive-match], pyright[reportMatchNotExhaustive]
    match msgsend.parse_send_msg(text):
        case ErrorCode() as code:
            return code.name
        case UnknownErrorCode():
            return "unknown"


def a_member_is_forgotten(status: DeliveryStatus | UnknownDeliveryStatus) -> None:
    match status:  # error: mypy[exhaustive-match], pyright[reportMatchNotExhaustive]
        case DeliveryStatus.DELIVERED:
            print("there")
        case UnknownDeliveryStatus():
            print("somewhere")


def a_kind_of_report_is_forgotten(report: SmsReport | VoiceReport) -> None:
    match report:  # error: mypy[exhaustive-match], pyright[reportMatchNotExhaustive]
        case SmsReport():
            print(report.status)


def codes_are_not_handled(text: str) -> None:
    balance = msgsend.parse_get_balance(text)
    print(balance < 10)  # error: mypy[operator], pyright[reportOperatorIssue]
    print(balance + 1)  # error: mypy[operator], pyright[reportOperatorIssue]
    # error: mypy[assignment], pyright[reportAssignmentType]
    batch: BatchNumber = msgsend.parse_send_msg(text)
    print(batch)
    # error: mypy[union-attr], pyright[reportGeneralTypeIssues]
    for _ in msgsend.parse_get_report(text):
        pass
    print(len(msgsend.parse_get_mo(text)))  # error: mypy[arg-type], pyright[reportArgumentType]
    # error: mypy[union-attr], pyright[reportAttributeAccessIssue]
    print(msgsend.parse_get_mo2(text).malformed)
    print(msgsend.parse_get_report2(text)[0])  # error: mypy[index], pyright[reportIndexIssue]


def codes_are_no_numbers_and_no_texts(code: ErrorCode, unknown: UnknownErrorCode) -> None:
    number: int = code  # error: mypy[assignment], pyright[reportAssignmentType]
    text: str = unknown  # error: mypy[assignment], pyright[reportAssignmentType]
    print(number, text)
    print(code < 0)  # error: mypy[operator], pyright[reportOperatorIssue]
    print(code == -3)  # error: mypy[comparison-overlap], pyright[reportUnnecessaryComparison]
    # error: mypy[comparison-overlap], pyright[reportUnnecessaryComparison]
    print(code == "BAD_CREDENTIALS")
    print(unknown == "-99")  # error: mypy[comparison-overlap], pyright[reportUnnecessaryComparison]
    print(code == unknown)  # error: mypy[comparison-overlap], pyright[reportUnnecessaryComparison]


def a_status_is_no_text(report: SmsReport) -> None:
    # error: mypy[comparison-overlap], pyright[reportUnnecessaryComparison]
    print(report.status == "DELIVRD")
    text: str = report.status  # error: mypy[assignment], pyright[reportAssignmentType]
    print(text)
    print(report.status.value)  # error: mypy[union-attr], pyright[reportAttributeAccessIssue]


def kinds_of_reports_differ(report: SmsReport | VoiceReport) -> None:
    print(report.talk_seconds)  # error: mypy[union-attr], pyright[reportAttributeAccessIssue]


def an_optional_field_may_be_missing(reply: Reply) -> str:
    return reply.channel  # error: mypy[return-value], pyright[reportReturnType]


def wrong_values(when: datetime, phone: PhoneNumber, batch: BatchNumber) -> None:
    # error: mypy[arg-type], pyright[reportArgumentType]
    Reply(phone="13900000000", content="", received_at=when)
    # error: mypy[arg-type], pyright[reportArgumentType]
    Reply(phone=batch, content="", received_at=when)
    # error: mypy[arg-type], pyright[reportArgumentType]
    Reply(phone=phone, content="", received_at="2014/06/10 15:34:11")
    # error: mypy[arg-type], pyright[reportArgumentType]
    Reply(phone=phone, content="", received_at=when, channel=1)
    # error: mypy[arg-type], pyright[reportArgumentType]
    SmsReport(batch=batch, phone=phone, status="DELIVRD")
    # error: mypy[arg-type], pyright[reportArgumentType]
    SmsReport(batch=phone, phone=phone, status=DeliveryStatus.DELIVERED)
    print(VoiceTemplate.SEVENTH)  # error: mypy[attr-defined], pyright[reportAttributeAccessIssue]


def wrong_shapes(when: datetime, phone: PhoneNumber) -> None:
    Reply(phone, "", when)  # error: mypy[call-arg], pyright[reportCallIssue]
    Reply(phone=phone, content="")  # error: mypy[call-arg], pyright[reportCallIssue]
    Reply(phone=phone, text="", received_at=when)  # error: mypy[call-arg], pyright[reportCallIssue]
    reply = Reply(phone=phone, content="", received_at=when)
    print(reply.text)  # error: mypy[attr-defined], pyright[reportAttributeAccessIssue]
    reply.content = "changed"  # error: mypy[misc], pyright[reportAttributeAccessIssue]
    reply.extra = 1  # error: mypy[attr-defined], pyright[reportAttributeAccessIssue]
    replace(reply, text="")  # error: mypy[call-arg]


def frozen(unknown: UnknownErrorCode, found: Parsed[Reply]) -> None:
    unknown.text = "-1"  # error: mypy[misc], pyright[reportAttributeAccessIssue]
    found[0] = found[1]  # error: mypy[index], pyright[reportIndexIssue]
    found.append(found[0])  # error: mypy[attr-defined], pyright[reportAttributeAccessIssue]


def wrong_lists(found: Parsed[SmsReport]) -> None:
    other: Parsed[TimedReport] = found  # error: mypy[assignment], pyright[reportAssignmentType]
    tuples: tuple[SmsReport, ...] = found  # error: mypy[assignment], pyright[reportAssignmentType]
    print(other, tuples)
    msgsend.format_get_mo(found)  # error: mypy[arg-type], pyright[reportArgumentType]
    # error: mypy[arg-type], pyright[reportArgumentType]
    msgsend.format_get_report2(msgsend.parse_get_report(""))


def wrong_calls(batch: BatchNumber) -> None:
    # error: mypy[arg-type], pyright[reportArgumentType]
    msgsend.format_send_msg("2314357620085030623")
    msgsend.format_get_balance(1.5)  # error: mypy[arg-type], pyright[reportArgumentType]
    msgsend.format_get_balance(batch)  # error: mypy[arg-type], pyright[reportArgumentType]
    msgsend.parse_send_msg(b"-3")  # error: mypy[arg-type], pyright[reportArgumentType]
    msgsend.parse_send_msg(None)  # error: mypy[arg-type], pyright[reportArgumentType]
    msgsend.parse_nothing("")  # error: mypy[attr-defined], pyright[reportAttributeAccessIssue]
    ErrorCode.BAD_CREDENTIALS.text = "-4"  # error: mypy[misc], pyright[reportAttributeAccessIssue]
    ErrorCode.BAD_CREDENTIALS.message("de")  # error: mypy[arg-type], pyright[reportArgumentType]
    print(ErrorCode(-3).spelling)  # error: mypy[attr-defined], pyright[reportAttributeAccessIssue]


class Mine(UnknownErrorCode):  # error: mypy[misc], pyright[reportGeneralTypeIssues]
    pass


class Yours(Parsed[Reply]):  # error: mypy[misc], pyright[reportGeneralTypeIssues]
    pass


def wrong_sends(gateway: Client, asynchronous: AsyncClient) -> None:
    gateway.send_msg("13900000000", "x")  # error: mypy[call-arg], pyright[reportCallIssue]
    gateway.send_msg(des_no="13900000000")  # error: mypy[call-arg], pyright[reportCallIssue]
    # error: mypy[arg-type], pyright[reportArgumentType]
    gateway.send_msg(des_no=13900000000, msg="x")
    # error: mypy[arg-type], pyright[reportArgumentType]
    gateway.send_voice_code(des_no="13900000000", voice_code="1", amount=4)
    # error: mypy[call-arg], pyright[reportCallIssue]
    gateway.send_voice_code(des_no="13900000000", voice_code="1", amount=1, channel="999")
    # error: mypy[call-arg], pyright[reportCallIssue]
    gateway.send_international_msg(des_no="13900000000", msg="x", channel="999")
    len(gateway.get_mo())  # error: mypy[arg-type], pyright[reportArgumentType]
    # error: mypy[call-overload], pyright[reportArgumentType]
    list(asynchronous.get_mo_pages())


def a_rejection_is_forgotten(gateway: Client) -> BatchNumber:
    # error: mypy[return-value], pyright[reportReturnType]
    return gateway.send_msg(des_no="13900000000", msg="x")
