"""Every decision about what the service's document leaves open, as a test of the package."""

from datetime import datetime
from decimal import Decimal

import pytest

import msgsend
from msgsend import (
    BatchNumber,
    DeliveryStatus,
    ErrorCode,
    HangupCause,
    Malformed,
    MalformedResponse,
    Parsed,
    PhoneNumber,
    Reply,
    SmsReport,
    TimedReport,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    UnknownHangupCause,
    Unwritable,
    VoiceReport,
    VoiceTemplate,
)

BATCH = BatchNumber("2314357620085030624")
PHONE = PhoneNumber("13900000000")
AT = datetime(2014, 6, 10, 15, 34, 11)
DELIVERED = SmsReport(batch=BATCH, phone=PHONE, status=DeliveryStatus.DELIVERED)
ONE = f"{BATCH},{PHONE},DELIVRD"


def reports(text: str) -> Parsed[SmsReport | VoiceReport]:
    result = msgsend.parse_get_report(text)
    assert isinstance(result, Parsed)
    assert "".join(piece.raw for piece in result.pieces()) == text
    return result


def timed(text: str) -> Parsed[TimedReport]:
    result = msgsend.parse_get_report2(text)
    assert isinstance(result, Parsed)
    return result


def replies(text: str) -> Parsed[Reply]:
    result = msgsend.parse_get_mo2(text)
    assert isinstance(result, Parsed)
    assert result == msgsend.parse_get_mo(text)
    return result


def reply(content: str, channel: str | None = None) -> Reply:
    return Reply(phone=PHONE, content=content, received_at=AT, channel=channel)


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("", "|", ""),
        ("", "|", "|"),
        ("", "||", "||"),
        ("|", "|\r\n", " |\n"),
        (" | |", " |\t| ", "|\n\n|"),
        ("\n", "\n|\n", "\n"),
    ],
)
def test_separators_may_lead_trail_repeat_and_have_blanks_around(
    before: str, between: str, after: str
) -> None:
    result = reports(f"{before}{ONE}{between}{ONE}{after}")
    assert list(result) == [DELIVERED, DELIVERED]
    assert not result.malformed


def test_one_separator_is_written_after_each_report_and_no_blanks() -> None:
    assert msgsend.format_get_report([DELIVERED, DELIVERED]) == f"{ONE}|{ONE}|"
    assert msgsend.format_get_report([]) == ""


def test_only_separators_and_blanks_are_an_empty_list() -> None:
    for text in ("", " ", "|", "|\n| ", "\r\n"):
        assert list(reports(text)) == []
        assert not reports(text).malformed


def test_blanks_around_every_field_that_is_no_free_text() -> None:
    record = TimedReport(
        batch=BATCH, phone=PHONE, reported_at=AT, status=DeliveryStatus.UNDELIVERED
    )
    text = f" {BATCH} ,\t{PHONE}\n, 2014/06/10 15:34:11, UNDELIVRD |"
    assert list(timed(text)) == [record]
    spaced = replies(f" {PHONE} |,| two words |,| 2014/06/10 15:34:11 |,| 1 ")
    assert list(spaced) == [reply(" two words ", "1")]


@pytest.mark.parametrize("separator", ["|;|", "|;\n", "|;\r\n", "|;|\n", "|;||;|"])
@pytest.mark.parametrize("end", ["", "|;", "|;\n", "|;|", "|;\r\n"])
def test_both_separators_of_replies_and_a_bare_one_at_the_very_end(
    separator: str, end: str
) -> None:
    record = f"{PHONE}|,|a|,|2014/06/10 15:34:11|,|1"
    result = replies(f"{record}{separator}{record}{end}")
    assert list(result) == [reply("a", "1")] * 2
    assert not result.malformed


def test_replies_are_written_with_the_separator_of_the_sentence() -> None:
    record = f"{PHONE}|,|a|,|2014/06/10 15:34:11"
    assert msgsend.format_get_mo([reply("a"), reply("a")]) == f"{record}|;|{record}"


@pytest.mark.parametrize("content", ["a|;|b", "|;\n", "x|;\ny"])
def test_a_text_contains_no_separator_of_replies(content: str) -> None:
    with pytest.raises(Unwritable) as caught:
        msgsend.format_get_mo([reply("fine"), reply(content)])
    assert caught.value.field == "[1].content"
    assert caught.value.part in ("|;|", "|;\n")


@pytest.mark.parametrize(
    "content",
    [";", "|", ",", "|,", "x|,", ",|x", "|;x", "|,|", "x|;", ";|", "a|,|b", "", "0", "-3", "-3:x"],
)
def test_a_text_may_hold_pieces_of_delimiters(content: str) -> None:
    text = msgsend.format_get_mo2([reply(content), reply(content, "1")])
    assert list(replies(text)) == [reply(content), reply(content, "1")]
    assert replies(text).raw == text


def test_replies_have_three_fields_or_four_under_either_name() -> None:
    text = f"{PHONE}|,|a|,|2014/06/10 15:34:11|;|{PHONE}|,|a|,|2014/06/10 15:34:11|,|106000"
    assert list(replies(text)) == [reply("a"), reply("a", "106000")]


@pytest.mark.parametrize("channel", ["", "a b", "a,b", "a|b", "1\n2", " 1"])
def test_a_channel_is_a_token_without_blank_comma_or_bar(channel: str) -> None:
    with pytest.raises(Unwritable) as caught:
        msgsend.format_get_mo([reply("a", channel)])
    assert caught.value.field == "[0].channel"


def test_times_are_read_unpadded_and_written_padded() -> None:
    result = timed(f"{BATCH},{PHONE},2018/4/16 11:14:3,DELIVRD")
    assert result[0].reported_at == datetime(2018, 4, 16, 11, 14, 3)
    assert result[0].reported_at.tzinfo is None
    assert msgsend.format_get_report2(result) == f"{BATCH},{PHONE},2018/04/16 11:14:03,DELIVRD|"


@pytest.mark.parametrize(
    "time",
    ["2014/06/31 00:00:00", "2015/02/29 00:00:00", "2014/06/10 24:00:00", "2014/06/10 15:60:00",
     "0000/06/10 15:34:11", "2014/00/10 15:34:11", "2014-06-10 15:34:11", "2014/06/10"],
)  # fmt: skip
def test_a_time_that_is_not_on_the_calendar_makes_its_record_malformed_and_only_it(
    time: str,
) -> None:
    good = f"{BATCH},{PHONE},2014/06/10 15:34:11,DELIVRD"
    bad = f"{BATCH},{PHONE},{time},DELIVRD"
    result = timed(f"{good}|{bad}|{good}|")
    assert len(result) == 2
    assert [piece.raw for piece in result.malformed] == [bad]


@pytest.mark.parametrize("status", ["MK:0001", "Error:4", "two words", "delivrd", "0", "失败"])
def test_statuses_are_open(status: str) -> None:
    (record,) = reports(f"{BATCH},{PHONE}, {status} |")
    assert isinstance(record, SmsReport)
    assert record.status == UnknownDeliveryStatus(status)
    assert msgsend.format_get_report([record]) == f"{BATCH},{PHONE},{status}|"


def test_voice_reports_are_told_apart_wherever_they_stand() -> None:
    voice = VoiceReport(
        batch=BATCH,
        phone=PHONE,
        talk_seconds=0,
        ring_seconds=30,
        hangup_cause=HangupCause(2),
    )
    text = f"{ONE}|{BATCH},{PHONE},0,30,2|{ONE}|"
    assert list(reports(text)) == [DELIVERED, voice, DELIVERED]
    assert msgsend.format_get_report([DELIVERED, voice, DELIVERED]) == text


@pytest.mark.parametrize(
    ("spelling", "cause"),
    [("0", HangupCause(0)), ("4", HangupCause(4)), ("5", "5"), ("04", "04"), ("999999999", None)],
)
def test_hangup_causes_are_open_and_matched_by_their_spelling(
    spelling: str, cause: HangupCause | str | None
) -> None:
    (record,) = reports(f"{BATCH},{PHONE},1,2,{spelling}|")
    assert isinstance(record, VoiceReport)
    if isinstance(cause, HangupCause):
        assert record.hangup_cause is cause
    else:
        assert record.hangup_cause == UnknownHangupCause(spelling)


DOCUMENTED = [-1, -3, -4, -5, -7, -8, -9, -10, -11, -12, -13, -14, -15, -16, -17]


def test_the_documented_error_codes_are_the_members() -> None:
    assert sorted((code.value for code in ErrorCode), reverse=True) == DOCUMENTED
    for number in DOCUMENTED:
        for parse in (msgsend.parse_send_msg, msgsend.parse_get_report, msgsend.parse_get_mo):
            assert parse(str(number)) is ErrorCode(number)
        assert ErrorCode(number).message("en")
        assert ErrorCode(number).message("zh")


@pytest.mark.parametrize("text", ["-2", "-6", "-18", "-23", "-6:keyword", "-3:", "-999999999"])
def test_other_codes_of_the_form_are_kept_verbatim(text: str) -> None:
    code = msgsend.parse_send_msg(text)
    assert code == UnknownErrorCode(text)
    assert msgsend.format_send_msg(UnknownErrorCode(text)) == text


@pytest.mark.parametrize("text", ["-0", "-03", "+5", "-", "-1000000000", "-3x", "--3", "\u22123"])
def test_what_is_neither_code_nor_number_is_malformed(text: str) -> None:
    with pytest.raises(MalformedResponse) as caught:
        msgsend.parse_send_msg(text)
    assert caught.value.raw == text
    with pytest.raises(Unwritable):
        msgsend.format_send_msg(UnknownErrorCode(text))


def test_a_reply_that_is_only_a_code_is_the_error() -> None:
    for parse in (
        msgsend.parse_get_report,
        msgsend.parse_get_report2,
        msgsend.parse_get_mo,
        msgsend.parse_get_mo2,
    ):
        assert parse("-3") is ErrorCode.BAD_CREDENTIALS
        assert parse(" -3\r\n") is ErrorCode.BAD_CREDENTIALS
        empty = parse("")
        assert isinstance(empty, Parsed)
        assert not empty
    beside = reports(f"-3|{ONE}|")
    assert list(beside) == [DELIVERED]
    assert [piece.raw for piece in beside.malformed] == ["-3"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", Decimal(1234)),
        ("1234.50", Decimal("1234.50")),
        ("-0.35", Decimal("-0.35")),
        ("0", Decimal(0)),
        ("0.000", Decimal("0.000")),
        ("-16", ErrorCode(-16)),
        ("-35", UnknownErrorCode("-35")),
    ],
)
def test_a_balance_is_exact_and_a_whole_negative_number_is_a_code(
    text: str, value: Decimal | ErrorCode | UnknownErrorCode
) -> None:
    assert msgsend.parse_get_balance(text) == value
    assert msgsend.parse_get_balance(f" {text}\n") == value
    assert msgsend.format_get_balance(value) == text


@pytest.mark.parametrize("text", ["1,234.50", "1e3", "NaN", "１２", "1.", ".5", "+1", "", " "])
def test_other_balances_are_malformed(text: str) -> None:
    with pytest.raises(MalformedResponse):
        msgsend.parse_get_balance(text)


def test_line_ends_in_texts_are_line_feeds() -> None:
    text = f"{PHONE}|,|a\r\nb\nc\r\r\nd\re|,|2014/06/10 15:34:11"
    assert [record.content for record in replies(text)] == ["a\nb\nc\nd\re"]
    assert replies(text).raw == text
    with pytest.raises(Unwritable):
        msgsend.format_get_mo([reply("a\r\nb")])


def test_a_reply_may_be_typed_so_as_to_forge_another() -> None:
    typed = "ok|,|2014/06/10 15:34:11|;|13900000001|,|send money"
    text = f"{PHONE}|,|{typed}|,|2014/06/10 15:34:12"
    assert [reply.phone for reply in replies(text)] == [PHONE, "13900000001"]


@pytest.mark.parametrize("text", ["2314357620085030623", " 2314357620085030623 ", "0", "007"])
def test_a_batch_number_is_a_text_of_digits(text: str) -> None:
    assert msgsend.parse_send_msg(text) == text.strip()


@pytest.mark.parametrize("text", ["", " ", "\n", "１２", "1_000", "12 3", "OK", "²"])
def test_blank_alone_and_other_digits_are_malformed(text: str) -> None:
    with pytest.raises(MalformedResponse) as caught:
        msgsend.parse_send_msg(text)
    assert caught.value.raw == text


def test_the_error_table_is_one_enum_for_all_operations() -> None:
    for parse in (
        msgsend.parse_send_msg,
        msgsend.parse_send_voice_code,
        msgsend.parse_send_voice_code_with_template,
        msgsend.parse_get_balance,
    ):
        assert parse("-17") is ErrorCode.IP_NOT_ALLOWED


def test_voice_templates_are_the_six_of_the_document() -> None:
    assert [template.value for template in VoiceTemplate] == [1, 2, 3, 4, 5, 6]
    assert all(template.message("zh") for template in VoiceTemplate)


def test_a_malformed_record_costs_nothing() -> None:
    text = f"{ONE}|{BATCH};{PHONE}|{ONE}|"
    result = reports(text)
    assert list(result) == [DELIVERED, DELIVERED]
    (piece,) = result.malformed
    assert isinstance(piece, Malformed)
    assert piece.raw == f"{BATCH};{PHONE}"
    assert text[slice(*piece.span)] == piece.raw
    assert piece.reason
    with pytest.raises(Unwritable, match="malformed"):
        msgsend.format_get_report(result)


def test_importing_the_package_loads_no_library() -> None:
    import subprocess
    import sys

    script = (
        "import sys; before = {*sys.modules}; import msgsend; "
        "print([name for name in {*sys.modules} - before if name.split('.')[0] in "
        "('hypothesis', 'httpx', 'httpx2', 'http', 'ssl', 'asyncio', 'socket', 'xsdata')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
