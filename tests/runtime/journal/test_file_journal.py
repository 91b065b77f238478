"""The file journal: what was written is read back, whatever a crash has done to the last line."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import assert_type
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.client.fakes import SECRET, SENDS, answered, client
from tests.runtime.wire.test_calls import CALLS
from tests.runtime.wire.wire import OPERATIONS, response_of

from msgsend import (
    Binding,
    ErrorCode,
    FileJournal,
    IncompleteResponse,
    JournalEntry,
    JournalResult,
    MalformedResponse,
    Parsed,
    Reply,
    Response,
    SendFailed,
    ServiceFault,
    read_journal,
)
from msgsend._runtime.client.calls import Credentials


def only(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


@given(st.lists(st.tuples(st.sampled_from(OPERATIONS), st.binary(max_size=40)), max_size=5))
def test_bodies_come_back(entries: list[tuple[str, bytes]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name, "made", "journal")
        journal = FileJournal(folder)
        for operation, raw in entries:
            journal(operation, raw)
        folder.mkdir(parents=True, exist_ok=True)
        read_again = list(read_journal(folder))
    assert [(entry.operation, entry.raw) for entry in read_again] == entries
    assert all(entry.at.tzinfo == UTC for entry in read_again)


@given(before=st.binary(min_size=1, max_size=20), after=st.binary(max_size=20), data=st.data())
def test_a_torn_line_is_lost_alone(before: bytes, after: bytes, data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        journal = FileJournal(folder)
        journal("GetMo", b"first")
        whole = only(folder).stat().st_size
        journal("GetMo", before)
        size = only(folder).stat().st_size
        torn = data.draw(st.integers(whole, size - 2), label="where the crash cut the file")
        os.truncate(only(folder), torn)
        assert [entry.raw for entry in read_journal(folder)] == [b"first"]
        journal("GetMo", after)
        assert [entry.raw for entry in read_journal(folder)] == [b"first", after]
        assert [entry.raw for entry in read_journal(only(folder))] == [b"first", after]


def test_files_are_for_their_owner_and_one_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    FileJournal(folder)("GetMo", b"")
    assert only(folder).name == f"{datetime.now(UTC):%Y-%m-%d}.jsonl"
    if os.name == "posix":
        assert stat.S_IMODE(only(folder).stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_threads_share_a_journal(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path)
    bodies = [f"{number}".encode() * 1000 for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(journal, ["GetMo"] * len(bodies), bodies))
    assert sorted(entry.raw for entry in read_journal(tmp_path)) == sorted(bodies)


@pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
def test_results_are_typed_again(tmp_path: Path, binding: Binding) -> None:
    journal = FileJournal(tmp_path)
    nobody = Credentials({"user_code": "", "user_pass": ""})
    expected: list[object] = []
    for name, call in CALLS.items():
        recorded = response_of(name, binding)
        response = Response(200, tuple(recorded.headers.items()), recorded.body)
        journal(name, recorded.body)
        expected.append(call().result(binding, response, nobody))
    results = [entry.result for entry in read_journal(tmp_path)]
    assert results == expected
    assert any(isinstance(result, Parsed) for result in results)


def test_entries_are_typed(tmp_path: Path) -> None:
    FileJournal(tmp_path)("GetBalance", answered("12.50").body)
    (entry,) = read_journal(tmp_path)
    assert_type(entry, JournalEntry)
    assert_type(entry.result, JournalResult | MalformedResponse | ServiceFault)
    assert entry.result == Decimal("12.50")


@pytest.mark.parametrize(
    ("operation", "raw", "reason"),
    [
        ("GetMo", b"<string xmlns='http://tempuri.org/'>139000", "is no XML document"),
        ("GetMo", b"<html>busy</html>", "has an element 'html'"),
        ("SendMsg", answered("OK").body, ""),
        ("GetNothing", b"", "is of an unknown operation"),
    ],
)
def test_what_was_no_result_is_none_again(
    tmp_path: Path, operation: str, raw: bytes, reason: str
) -> None:
    FileJournal(tmp_path)(operation, raw)
    (entry,) = read_journal(tmp_path)
    assert isinstance(entry.result, MalformedResponse)
    assert reason in str(entry.result)
    assert entry.result.raw in (raw.decode(), "OK")


def test_a_charset_of_the_head_is_found_out(tmp_path: Path) -> None:
    body = "<string xmlns='http://tempuri.org/'>13900000000|,|好的|,|2014/06/10 15:34:11</string>"
    FileJournal(tmp_path)("GetMo", body.encode("gb2312"))
    (entry,) = read_journal(tmp_path)
    assert isinstance(entry.result, Parsed)
    (reply,) = entry.result
    assert isinstance(reply, Reply)
    assert reply.content == "好的"


LATIN = "<string xmlns='http://tempuri.org/'>13900000000|,|J\xf6rg|,|2014/06/10 15:34:11</string>"
HEADS = {
    "a charset of the head": Response(
        200, (("Content-Type", "text/xml; charset=iso-8859-1"),), LATIN.encode("latin-1")
    ),
    "a code": answered("-3"),
    "an error that looks like a result": answered("", 500),
    "a page that looks like a result": Response(
        200, (("Content-Type", "text/html"),), answered("").body
    ),
    "a redirect": Response(302, (), b""),
    "no content type": Response(200, (), answered("").body),
}


@pytest.mark.parametrize("answer", HEADS.values(), ids=HEADS)
def test_an_entry_is_what_the_call_gave(tmp_path: Path, answer: Response) -> None:
    sender, _ = client(answer, journal=FileJournal(tmp_path))
    given: object
    try:
        given = sender.get_mo()
    except ServiceFault as fault:
        given = fault.args
    (entry,) = read_journal(tmp_path)
    result = entry.result.args if isinstance(entry.result, ServiceFault) else entry.result
    assert result == given


def test_lines_that_are_none_are_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing that stands in a file makes reading end, or shows in the log."""
    path = tmp_path / "2030-01-01.jsonl"
    FileJournal(tmp_path)("GetMo", b"first")
    only(tmp_path).rename(path)
    with path.open("ab") as file:
        for line in (b'{"at": "tor', b"\0" * 3_000_000, b"[" * 100_000, b"\xff", b'"13900000000"'):
            file.write(line + b"\n\n")
        file.write(b"\0" * 5000)
    FileJournal(tmp_path)("GetMo", b"last")
    path.write_bytes(path.read_bytes() + b"".join(file.read_bytes() for file in others(path)))
    assert [entry.raw for entry in read_journal(path)] == [b"first", b"last"]
    (warning,) = [record.getMessage() for record in caplog.records]
    assert warning.endswith("passed over what is no entry, in 6 of its lines: 2, 4, 6, 8, 10, 12")
    caplog.clear()
    entries = read_journal(path)
    next(entries)
    next(entries)
    assert not caplog.records


def others(path: Path) -> list[Path]:
    return [file for file in path.parent.iterdir() if file != path]


def test_entries_of_what_this_package_does_not_know(tmp_path: Path) -> None:
    """Of a later version, or of another service: what came is there."""
    at = '"at": "2030-01-01T00:00:00+00:00"'
    lines = [
        f'{{{at}, "operation": "GetNothing", "text": "1"}}',
        f'{{{at}, "operation": "GetMo", "binding": "QUIC", "text": "2"}}',
        f'{{{at}, "operation": "GetMo", "binding": "POST", "charset": "punycode", "text": "3"}}',
        f'{{{at}, "operation": "GetMo", "binding": "POST", "status": {10**60}, "text": "4"}}',
        f'{{{at}, "operation": "GetMo", "weather": {{"fine": [true, null]}}, "text": "5"}}',
    ]
    (tmp_path / "2030-01-01.jsonl").write_text("\n".join(lines))
    entries = list(read_journal(tmp_path))
    assert [entry.raw for entry in entries] == [b"1", b"2", b"3", b"4", b"5"]
    for entry in entries:
        assert isinstance(entry.result, MalformedResponse | ServiceFault)
        assert entry.result.received == entry.raw
    assert "unknown operation" in str(entries[0].result)
    assert "unknown binding" in str(entries[1].result)


def test_what_is_no_file_of_a_journal_is_passed_by(tmp_path: Path) -> None:
    FileJournal(tmp_path)("GetMo", b"1")
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "notes.txt").write_text("{}")
    assert [entry.raw for entry in read_journal(tmp_path)] == [b"1"]
    with pytest.raises(FileNotFoundError):
        list(read_journal(tmp_path / "missing"))


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    """As an editor may leave it."""
    FileJournal(tmp_path)("GetMo", b"1")
    only(tmp_path).write_bytes(b"\xef\xbb\xbf" + only(tmp_path).read_bytes())
    assert [entry.raw for entry in read_journal(tmp_path)] == [b"1"]


def test_a_folder_is_that_of_when_the_journal_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    journal = FileJournal("journal")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    journal("GetMo", b"1")
    assert [entry.raw for entry in read_journal(tmp_path / "journal")] == [b"1"]


def test_what_is_no_folder_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        FileJournal(tmp_path / "file")


def test_an_entry_of_a_body_that_was_cut(tmp_path: Path) -> None:
    """However whole it looks."""
    cut = SendFailed("ended", sent=True, received=answered("").body, status=200)
    sender, _ = client(cut, journal=FileJournal(tmp_path))
    with pytest.raises(IncompleteResponse) as caught:
        sender.get_mo()
    (entry,) = read_journal(tmp_path)
    assert isinstance(entry.result, IncompleteResponse)
    assert entry.result.reason == caught.value.reason
    assert entry.raw == answered("").body


def test_an_entry_that_quotes_a_secret_is_whole_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    quoting = f"<html>userPass={SECRET} is wrong</html>"
    answers = [
        answered("123"),
        answered("-3"),
        Response(500, (("Content-Type", "text/plain"),), quoting.encode()),
        Response(302, (("Location", f"/login?userPass={quote(SECRET)}"),), b""),
    ]
    sender, _ = client(*answers, journal=FileJournal(tmp_path))
    for _ in answers:
        with suppress(ServiceFault):
            SENDS["send_msg"](sender)
    lines = only(tmp_path).read_text(encoding="utf-8").splitlines()
    assert ["quotes_secret" in line for line in lines] == [False, False, True, True]
    assert "demo" not in "".join(lines)
    entries = list(read_journal(tmp_path))
    assert [entry.quotes_secret for entry in entries] == [False, False, True, True]
    assert [entry.result for entry in entries[:2]] == ["123", ErrorCode.BAD_CREDENTIALS]
    for entry, answer in zip(entries[2:], answers[2:], strict=True):
        assert isinstance(entry.result, ServiceFault)
        assert entry.raw == entry.result.received == answer.body
        assert entry.result.headers == answer.headers
        assert SECRET[:6] not in str(entry.result)
    warnings = [record.getMessage() for record in caplog.records]
    assert len(warnings) == 1
    assert SECRET[:6] not in "".join(warnings)
