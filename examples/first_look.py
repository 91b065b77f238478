"""Every result format of the service's document, parsed and written back.

No network: the texts are what the service sends. Run it with `make run`.
"""

from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from msgsend import (
    DeliveryStatus,
    ErrorCode,
    MalformedResponse,
    Parsed,
    SmsReport,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    Unwritable,
    VoiceReport,
    format_get_balance,
    format_get_mo,
    format_get_mo2,
    format_get_report,
    format_get_report2,
    format_send_msg,
    parse_get_balance,
    parse_get_mo,
    parse_get_mo2,
    parse_get_report,
    parse_get_report2,
    parse_send_msg,
    parse_send_voice_code,
    parse_send_voice_code_with_template,
)

REPORTS = """2314357620085030624,13900000000,DELIVRD|
2314357620085030653,13900000001|
2314357620085030665,13900000004,MK:0001|
2314357620085030623,13900000002,0,30,2|"""

TIMED_REPORTS = """2314357620085030612,13900000000,2014/06/10 15:34:11,DELIVRD|
2314357620085030620,13900000002, 2014/06/10 15:34:11, UNDELIVRD |"""

REPLIES = (
    "13900000000|,|hello|,|world|,|2014/06/10 15:34:11"
    "|;|13900000001|,|收到 <OK>; thanks|,|2018/4/16 1:02:03"
)


def submissions() -> None:
    print("A send is answered with a batch number, or with an error code:")
    for name, parse, text in (
        ("SendMsg", parse_send_msg, "2314357620085030623"),
        ("SendVoiceCode", parse_send_voice_code, " -7\n"),
        ("SendVoiceCodeWithTemplate", parse_send_voice_code_with_template, "-6:keyword"),
    ):
        result = parse(text)
        match result:
            case ErrorCode():
                shown = f"{result} ({result.message('en')} {result.message('zh')})"
            case UnknownErrorCode():
                shown = f"{result} (kept as it came)"
            case batch:
                shown = f"BatchNumber {batch}"
        assert format_send_msg(result) == text.strip()
        print(f"  {name:26}{text!r:24}-> {shown}")
    try:
        parse_send_msg("OK")
    except MalformedResponse as problem:
        print(f"  {'SendMsg':26}{problem.raw!r:24}-> MalformedResponse: {problem}")


def balance() -> None:
    print("\nA balance is exact, and not confused with a code:")
    for text in ("1234.50", "-0.35", "-16"):
        result = parse_get_balance(text)
        assert format_get_balance(result) == text
        print(f"  {'GetBalance':26}{text!r:24}-> {result!r}")
    try:
        format_get_balance(Decimal("NaN"))
    except Unwritable as problem:
        print(f"  {'':26}{'NaN':24}-> Unwritable: {problem}")


def reports() -> None:
    print("\nReports, of which the second is damaged:")
    result = parse_get_report(REPORTS)
    if not isinstance(result, Parsed):
        raise SystemExit(f"rejected: {result}")
    for report in result:
        print(f"  {describe(report)}")
    for piece in result.malformed:
        print(f"  malformed, and kept: {piece.raw!r} at {piece.span.start}: {piece.reason}")
    assert "".join(piece.raw for piece in result.pieces()) == REPORTS
    print(f"  {len(result)} reports, {len(result.malformed)} malformed; no character was lost.")
    good = parse_get_report(format_get_report(list(result)))
    assert isinstance(good, Parsed)
    assert list(good) == list(result)
    try:
        format_get_report(result)
    except Unwritable as problem:
        print(f"  Written back as a whole it would lose a piece: Unwritable: {problem}")


def describe(report: SmsReport | VoiceReport) -> str:
    match report:
        case SmsReport():
            return f"SMS to {report.phone}: {status(report.status)}"
        case VoiceReport():
            cause = report.hangup_cause
            return f"call to {report.phone}: rang {report.ring_seconds} s, {cause.message('en')}"
        case _:
            assert_never(report)


def status(code: DeliveryStatus | UnknownDeliveryStatus) -> str:
    match code:
        case DeliveryStatus():
            return f"{code.name} ({code.message('zh')})"
        case UnknownDeliveryStatus(text):
            return f"undocumented status {text!r}"
        case _:
            assert_never(code)


def timed_reports() -> None:
    print("\nReports with a time, blanks and all:")
    result = parse_get_report2(TIMED_REPORTS)
    if isinstance(result, Parsed):
        for report in result:
            print(f"  {report.phone} {report.reported_at:%Y-%m-%d %H:%M:%S} {report.status}")
        print(f"  written back: {format_get_report2(result)!r}")


def replies() -> None:
    print("\nReplies; the first text contains the field separator:")
    result = parse_get_mo(REPLIES)
    if not isinstance(result, Parsed):
        raise SystemExit(f"rejected: {result}")
    for reply in result:
        print(f"  {reply.phone} at {reply.received_at}: {reply.content!r}")
    with_channel = parse_get_mo2(format_get_mo2([replace(reply, channel="1") for reply in result]))
    assert isinstance(with_channel, Parsed)
    assert [reply.channel for reply in with_channel] == ["1", "1"]
    assert format_get_mo(result) == REPLIES.replace("2018/4/16 1:", "2018/04/16 01:")
    print(f"  with channels, by GetMo2: {[reply.channel for reply in with_channel]}")
    print(f"  no replies: {parse_get_mo('')!r}; wrong password: {parse_get_mo('-3')!r}")


def main() -> None:
    submissions()
    balance()
    reports()
    timed_reports()
    replies()


if __name__ == "__main__":
    main()
