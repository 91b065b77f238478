"""Real replies of a real server, as they came over all four bindings."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import msgsend
from msgsend import Parsed

WIRE = Path(__file__).parent.parent / "data" / "wire"
SAMPLES = Path(__file__).parent.parent.parent / "wsdl" / "msgsend" / "samples"
BINDINGS = ("get", "post", "soap11", "soap12")


def result_of(operation: str, binding: str) -> str:
    """The string in a captured response."""
    raw = (WIRE / f"{operation}.{binding}.response.http").read_bytes()
    body = raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[1]
    root = ET.fromstring(body)
    texts = [element.text or "" for element in root.iter() if len(element) == 0]
    assert len(texts) == 1
    return texts[0]


OPERATIONS = {
    "GetBalance": msgsend.parse_get_balance,
    "SendMsg": msgsend.parse_send_msg,
    "SendVoiceCode": msgsend.parse_send_voice_code,
    "SendVoiceCodeWithTemplate": msgsend.parse_send_voice_code_with_template,
    "GetReport": msgsend.parse_get_report,
    "GetReport2": msgsend.parse_get_report2,
    "GetMo": msgsend.parse_get_mo,
    "GetMo2": msgsend.parse_get_mo2,
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_all_bindings_give_the_same_typed_value(operation: str) -> None:
    values = [OPERATIONS[operation](result_of(operation, binding)) for binding in BINDINGS]
    assert all(value == values[0] for value in values)
    if isinstance(values[0], Parsed):
        assert len(values[0]) == (0 if operation == "GetMo2" else 2)
        assert not values[0].malformed


def test_the_captured_values() -> None:
    got = {name: repr(parse(result_of(name, "post"))) for name, parse in OPERATIONS.items()}
    assert got["GetBalance"] == "Decimal('1234.50')"
    assert got["SendMsg"] == "'2314357620085030623'"
    assert "VoiceReport(" in got["GetReport"]
    assert "<DeliveryStatus.UNDELIVERED: 'UNDELIVRD'>" in got["GetReport2"]
    assert "content='你好|,<&>,'" in got["GetMo"]
    assert "content='ok\\nline'" in got["GetMo"]


NO_VALUE = {
    "GetBalance.blank.txt",
    "GetBalance.full-width-digits.txt",
    "GetBalance.thousands.txt",
    "SendMsg.blank.txt",
    "SendMsg.empty.txt",
    "SendMsg.not-a-code-leading-zero.txt",
    "SendMsg.not-a-code-plus.txt",
    "SendMsg.not-a-code-ten-digits.txt",
    "SendMsg.not-a-code-zero.txt",
}
"""Samples that are neither a value nor a code."""

DAMAGED = {
    "GetMo.channel-with-blank.txt": 1,
    "GetMo.impossible-time.txt": 1,
    "GetMo.malformed-middle.txt": 1,
    "GetMo.separator-in-text.txt": 2,
    "GetReport.code-in-list.txt": 1,
    "GetReport.cut-off.txt": 1,
    "GetReport.long-digits.txt": 1,
    "GetReport.malformed-fields.txt": 4,
    "GetReport.malformed-middle.txt": 1,
    "GetReport2.impossible-time.txt": 2,
    "GetReport2.without-time.txt": 1,
}
"""Samples with malformed pieces, and how many."""


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(SAMPLES.glob("*.txt")) if "Push" not in path.name],
    ids=lambda path: path.name,
)
def test_every_sample_is_read_without_loss(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    parse = OPERATIONS[path.name.split(".")[0]]
    if path.name in NO_VALUE:
        with pytest.raises(msgsend.MalformedResponse) as caught:
            parse(text)
        assert caught.value.raw == text
        return
    value = parse(text)
    if isinstance(value, Parsed):
        assert "".join(piece.raw for piece in value.pieces()) == text
        assert len(value.malformed) == DAMAGED.get(path.name, 0)
