"""A line of a journal says all that it was given, and what is no line says nothing."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from msgsend._runtime.journal.lines import Line, read_line, torn_apart, written
from msgsend._runtime.journal.recording import Head

AT = datetime(2030, 1, 2, 3, 4, 5, 678000, UTC)
TEXTS = st.text(max_size=20)
ODD = st.text(
    st.sampled_from('\ufeff\0\x85\u2028\u2029\r\n\x0b\x0c\x1c"\\{}\U0001f600\uffff'), max_size=8
)
BODIES = st.one_of(
    st.binary(max_size=40), ODD.map(str.encode), st.text(max_size=40).map(str.encode)
)
HEADS = st.builds(
    Head,
    binding=TEXTS,
    status=st.integers(),
    content_type=st.one_of(TEXTS, ODD),
    is_whole=st.booleans(),
    coding=TEXTS,
    charset=TEXTS,
    problem=st.one_of(TEXTS, ODD),
    has_head=st.booleans(),
    quotes_secret=st.booleans(),
    headers=st.lists(st.tuples(TEXTS, st.one_of(TEXTS, ODD)), max_size=3).map(tuple),
)
LINES = st.builds(
    Line,
    at=st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0)),
    operation=st.one_of(TEXTS, ODD),
    raw=BODIES,
    head=HEADS,
)


@given(LINES)
def test_a_line_comes_back(line: Line) -> None:
    assert read_line(written(line)) == line


@given(LINES)
def test_a_line_is_one_for_every_program(line: Line) -> None:
    text = written(line).decode()
    assert len(text.splitlines()) == 1
    assert text.endswith("\n")
    json.loads(text)


@pytest.mark.parametrize("unit", [b"a", "签\u2028".encode(), b"\0", b'"\\', b"\xff\xfe"])
@pytest.mark.parametrize("size", [192 * 1024 - 1, 192 * 1024, 192 * 1024 + 1, 1_000_000])
def test_a_large_body_comes_back(unit: bytes, size: int) -> None:
    line = Line(AT, "GetMo", unit * (size // len(unit)), Head())
    assert read_line(written(line)) == line


def test_half_of_a_character_comes_back() -> None:
    line = Line(AT, "GetMo", "签".encode(), Head(content_type="\ud800"))
    assert read_line(written(line)) == line


def test_a_line_says_what_is_not_usual() -> None:
    usual = json.loads(written(Line(AT, "GetMo", b"1", Head("POST", 200, "text/xml"))))
    assert usual == {
        "at": "2030-01-02T03:04:05.678+00:00",
        "operation": "GetMo",
        "binding": "POST",
        "status": 200,
        "type": "text/xml",
        "text": "1",
    }
    head = Head("", 0, "", False, "gzip", "gbk", "why", True, True, (("A", "b"),))
    odd = json.loads(written(Line(AT, "GetMo", b"\xff", head)))
    del odd["at"], odd["operation"]
    assert odd == {
        "whole": False,
        "coding": "gzip",
        "charset": "gbk",
        "problem": "why",
        "head": True,
        "quotes_secret": True,
        "headers": [["A", "b"]],
        "base64": "/w==",
    }


def test_a_line_of_an_earlier_version() -> None:
    at = '"at": "2030-01-02T03:04:05.678+00:00"'
    line = f'{{{at}, "operation": "GetMo", "whole": false, "text": "1"}}\n'
    assert read_line(line.encode()) == Line(AT, "GetMo", b"1", Head(is_whole=False))


def test_the_time_is_that_of_utc() -> None:
    at = AT.astimezone(timezone(timedelta(hours=8)))
    line = read_line(written(Line(at, "GetMo", b"", Head())))
    assert line is not None
    assert (line.at, line.at.tzinfo) == (AT, UTC)


GOOD = '"at": "2030-01-02T03:04:05+00:00", "operation": "GetMo"'
CORRUPT = {
    "nothing": "",
    "a number": "1",
    "a list": "[]",
    "no body": f"{{{GOOD}}}",
    "two bodies": f'{{{GOOD}, "text": "", "base64": ""}}',
    "no operation": '{"at": "2030-01-02T03:04:05+00:00", "text": ""}',
    "no time": '{"operation": "GetMo", "text": ""}',
    "a time of nowhere": '{"at": "2030-01-02T03:04:05", "operation": "GetMo", "text": ""}',
    "a time before all": '{"at": "0001-01-01T00:00:00+23:00", "operation": "GetMo", "text": ""}',
    "a time that is none": '{"at": "2030-02-30T00:00:00+00:00", "operation": "GetMo", "text": ""}',
    "a time in numbers": '{"at": 1900000000, "operation": "GetMo", "text": ""}',
    "an operation in a list": '{"at": "2030-01-02T03:04:05+00:00", "operation": ["x"], "text": ""}',
    "a text that is none": f'{{{GOOD}, "text": 7}}',
    "half of a character": f'{{{GOOD}, "text": "\\ud800"}}',
    "base64 that is none": f'{{{GOOD}, "base64": "/w="}}',
    "base64 beyond ASCII": f'{{{GOOD}, "base64": "签"}}',
    "base64 with blanks": f'{{{GOOD}, "base64": "/w ="}}',
    "a key twice": f'{{{GOOD}, "text": "1", "text": "2"}}',
    "a status in words": f'{{{GOOD}, "status": "x", "text": ""}}',
    "a status of truth": f'{{{GOOD}, "status": true, "text": ""}}',
    "an endless status": f'{{{GOOD}, "status": 1e999, "text": ""}}',
    "a status of many digits": f'{{{GOOD}, "status": {"9" * 10_000}, "text": ""}}',
    "a type in numbers": f'{{{GOOD}, "type": 7, "text": ""}}',
    "a truth in words": f'{{{GOOD}, "whole": "no", "text": ""}}',
    "headers that are none": f'{{{GOOD}, "headers": {{"a": "b"}}, "text": ""}}',
    "headers of three": f'{{{GOOD}, "headers": [["a", "b", "c"]], "text": ""}}',
    "headers in numbers": f'{{{GOOD}, "headers": [[1, 2]], "text": ""}}',
    "a number of headers": f'{{{GOOD}, "headers": [1], "text": ""}}',
    "deep": "[" * 200_000,
    "deep inside": f'{{{GOOD}, "text": "", "more": {"[" * 200_000}',
    "NULs": "\0" * 4096,
}


@pytest.mark.parametrize("line", CORRUPT.values(), ids=CORRUPT)
def test_what_is_corrupt_is_no_line(line: str) -> None:
    assert read_line(line.encode()) is None
    assert list(torn_apart(line.encode())) == []


def test_bytes_that_are_no_text_are_no_line() -> None:
    assert read_line(f'{{{GOOD}, "text": "'.encode() + b'\xff"}') is None


@given(LINES, st.data())
def test_what_is_cut_is_no_line(line: Line, data: st.DataObject) -> None:
    whole = written(line)
    cut = data.draw(st.integers(0, len(whole) - 2))
    assert read_line(whole[:cut]) is None


@given(LINES, LINES, st.data())
@example(Line(AT, "", b'{"at": "', Head()), Line(AT, "", b"", Head()), None)
def test_a_line_behind_a_torn_one_is_found(
    torn: Line, line: Line, data: st.DataObject | None
) -> None:
    """Earlier versions wrote such, where two processes met."""
    whole = written(torn)
    cut = len(whole) - 3 if data is None else data.draw(st.integers(1, len(whole) - 2))
    both = whole[:cut] + written(line)
    assert read_line(both) is None
    assert list(torn_apart(both)) == [line]
    assert list(torn_apart(b"\0" * cut + written(line))) == [line]
    assert list(torn_apart(whole[:-1] + written(line))) == [torn, line]


@given(st.binary(max_size=100))
def test_anything_at_all_may_stand_there(line: bytes) -> None:
    assert read_line(line) is None
    assert list(torn_apart(line)) == []


@given(LINES, st.data())
def test_a_changed_byte_raises_nothing(line: Line, data: st.DataObject) -> None:
    whole = bytearray(written(line))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    entry = read_line(bytes(whole))
    assert entry is None or isinstance(entry.raw, bytes)
    list(torn_apart(bytes(whole)))


def test_base64_is_that_of_everybody() -> None:
    raw = bytes(range(256)) * 2000
    keys = json.loads(written(Line(AT, "GetMo", raw, Head())))
    assert keys["base64"] == b64encode(raw).decode()
