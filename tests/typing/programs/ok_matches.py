"""Results are taken apart with `match`: codes first, the value last as a capture."""

from decimal import Decimal
from typing import assert_never, assert_type

import msgsend
from msgsend import (
    BatchNumber,
    ErrorCode,
    Parsed,
    Reply,
    SmsReport,
    TimedReport,
    UnknownErrorCode,
    VoiceReport,
)


def submitted(text: str) -> str:
    match msgsend.parse_send_msg(text):
        case ErrorCode.BAD_SIGNATURE:
            return "sign it"
        case ErrorCode() as code:
            assert_type(code.message("zh"), str)
            return code.name
        case UnknownErrorCode(text):
            return text
        case batch:
            assert_type(batch, BatchNumber)
            return batch


def balance(text: str) -> Decimal:
    found = msgsend.parse_get_balance(text)
    match found:
        case Decimal():
            assert_type(found, Decimal)
            return found
        case ErrorCode.BALANCE_TOO_FREQUENT:
            return Decimal(0)
        case ErrorCode() | UnknownErrorCode():
            raise RuntimeError(found.message())
        case _:
            assert_never(found)


def reports(text: str) -> list[str]:
    match msgsend.parse_get_report(text):
        case ErrorCode() | UnknownErrorCode() as code:
            assert_type(code, ErrorCode | UnknownErrorCode)
            return []
        case found:
            assert_type(found, Parsed[SmsReport | VoiceReport])
            return [report.phone for report in found]


def timed_reports(text: str) -> int:
    result = msgsend.parse_get_report2(text)
    if isinstance(result, ErrorCode | UnknownErrorCode):
        return 0
    assert_type(result, Parsed[TimedReport])
    return len(result)


def replies(text: str) -> list[Reply]:
    match msgsend.parse_get_mo(text):
        case ErrorCode():
            return []
        case UnknownErrorCode():
            return []
        case found:
            assert_type(found, Parsed[Reply])
            return [*found]
