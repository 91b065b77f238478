"""The judge judged: by texts whose readings and decompositions are plain to see."""

from dataclasses import replace

import pytest
from tests.laws import formats, oracle, oracle_recovery
from tests.laws.oracle import Element, Field, Leaf, ListOf, Reading, Record
from tests.laws.oracle_recovery import Piece, Recovery

T = "2014/06/10 15:34:11"
B = Leaf("B", lambda text: text != "" and set(text) == {"b"})
ANY = Leaf("Any", lambda text: True)
BS = ListOf((B,), (",",))


def reply(content: Leaf, last: Leaf = formats.CHANNEL) -> ListOf:
    phone, _, time, channel = formats.REPLY.fields
    assert isinstance(channel, Field)
    fields = (phone, Field("content", content), time, replace(channel, content=last))
    return replace(formats.REPLIES, items=(replace(formats.REPLY, fields=fields),))


def report(status: Leaf) -> ListOf:
    sms = replace(
        formats.SMS_REPORT,
        fields=(*formats.SMS_REPORT.fields[:2], Field("status", status, padded=True)),
    )
    return replace(formats.REPORTS, items=(sms, formats.VOICE_REPORT))


WITHOUT_SEPARATOR = Leaf("Text", lambda text: "|;|" not in text)
SQUEEZED = Record(
    "Two",
    (
        Field("first", Leaf("Text", lambda text: "|,|" not in text and "|;|" not in text)),
        Field("second", Leaf("Text", lambda text: "|,|" not in text and "|;|" not in text)),
    ),
    ("|,|",),
)

COUNTS: list[tuple[oracle.Format, str, int]] = [
    (reply(ANY), f"0|,||,|{T}|;|0|,||,|{T}", 2),
    (reply(formats.CONTENT), f"0|,||,|{T}|;|0|,||,|{T}", 1),
    (reply(WITHOUT_SEPARATOR), f"0|,||,|{T}|;\n0|,||,|{T}", 2),
    (reply(formats.CONTENT), f"0|,||,|{T}|;\n0|,||,|{T}", 1),
    (reply(formats.CONTENT, ANY), f"0|,||,|{T}|,|{T}", 2),
    (reply(formats.CONTENT), f"0|,||,|{T}|,|{T}", 1),
    (formats.REPLIES, f"13900000000|,|hello|,|world|,|{T}", 1),
    (formats.REPLIES, f"1|,|;|,|{T}", 1),
    (formats.REPLIES, f"1|,|x|;|,|{T}", 1),
    (report(ANY), "0,0,0,0,0", 2),
    (report(formats.STATUS), "0,0,0,0,0", 1),
    (ListOf((SQUEEZED,), ("|;|",)), "|,|,||;||,|", 2),
    (formats.REPORT_RESULT, "", 1),
    (formats.REPORT_RESULT, " -3\n", 1),
    (formats.REPORT_RESULT, "-03", 0),
    (formats.SUBMISSION, " ", 0),
    (formats.BALANCE_RESULT, "-16", 1),
    (BS, "b,b", 1),
    (BS, "b,", 0),
    (BS, ",b", 0),
    (BS, "b,,b", 0),
    (replace(BS, trailing="allowed"), "b,", 1),
    (replace(BS, trailing="required"), "b", 0),
    (replace(BS, trailing="required"), "b,", 1),
    (replace(BS, leading=True), ",b", 1),
    (replace(BS, leading=True), ",,b", 0),
    (replace(BS, leading=True, repeated=True), ",,b,,b", 1),
    (replace(BS, finals=(";",)), "b;", 1),
    (replace(BS, finals=(";",)), "b;b", 0),
    (replace(BS, padded=True), " b ,\tb\r\n", 1),
    (replace(BS, padded=True), "\u3000b", 0),
]


@pytest.mark.parametrize(("form", "text", "count"), COUNTS)
def test_number_of_readings(form: oracle.Format, text: str, count: int) -> None:
    assert len(oracle.readings(form, text)) == count


def test_a_reading() -> None:
    expected: Reading = (
        Element(
            "Reply",
            1,
            15 + len(T),
            (
                Element("Reply.phone", 1, 2),
                Element("Reply.content", 5, 7),
                Element("Reply.received_at", 11, 11 + len(T)),
                Element("Reply.channel", 14 + len(T), 15 + len(T)),
            ),
        ),
    )
    (found,) = oracle.readings(formats.REPLIES, f" 1|,| x|,| {T}|,|9 |;")
    assert found == expected


def test_an_empty_content_stands_behind_its_padding() -> None:
    row = Record("Row", (Field("first", ANY, padded=True), Field("second", B)), (",",))
    (found,) = oracle.readings(row, "  ,b")
    assert found == (
        Element("Row", 2, 4, (Element("Row.first", 2, 2), Element("Row.second", 3, 4))),
    )


BS_WITH_COMMA = replace(BS, items=(Leaf("Bs", formats.matching("b,?")),))
RECOVERIES: list[tuple[ListOf, str, Recovery]] = [
    (BS, "b,x,b", Recovery(1, 0, ((0, 1), (4, 5)))),
    (BS, "bx", Recovery(2, 0, ())),
    (BS, ",b,", Recovery(0, 2, ((1, 2),))),
    (BS, " b", Recovery(2, 0, ())),
    (replace(BS, padded=True), " x x ", Recovery(3, 0, ())),
    (replace(BS, separators=(",;", ";")), "b,;b", Recovery(0, 0, ((0, 1), (3, 4)))),
    (replace(BS, separators=("b,", ",b")), "b,b", Recovery(0, 1, ((0, 1),))),
    (BS_WITH_COMMA, "b,,b", Recovery(0, 0, ((0, 2), (3, 4)))),
    (BS_WITH_COMMA, "b,,b,x", Recovery(1, 0, ((0, 2), (3, 4)))),
    (formats.REPORTS, "1,2,|1,2,x|,|", Recovery(5, 0, ((5, 10),))),
]


@pytest.mark.parametrize(("form", "text", "expected"), RECOVERIES)
def test_recovery(form: ListOf, text: str, expected: Recovery) -> None:
    assert oracle_recovery.recovery(form, text) == expected


def test_an_earlier_record_decides_a_tie() -> None:
    form = replace(BS, separators=("b,", ",b"))
    assert oracle_recovery.earlier_record(form, "b,b", (Piece(2, 3, True),)) == 0
    assert oracle_recovery.earlier_record(form, "b,b", (Piece(0, 1, True),)) is None


def test_places_in_the_raw_text() -> None:
    raw = "a\r\r\nb\rc\r\n"
    assert oracle.line_feeds_only(raw) == "a\nb\rc\n"
    assert oracle.raw_places(raw) == [0, 1, 4, 5, 6, 7, 9]
