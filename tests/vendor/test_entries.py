"""What is written to `addresses.yaml` is what is read from it, and names of files are safe."""

import re
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.diagnostics import Span
from unstringly.read.addresses import (
    CHANGED,
    MAX_BYTES,
    UNFIT,
    Entry,
    address_map_of,
    addresses_of,
    read_address_map,
)
from unstringly.read.wsdl.locations import is_remote
from unstringly.vendor.entries import file_name, with_entries

PRINTABLE = st.characters(exclude_categories=("C", "Z")) | st.just(" ")
TEXTS = st.text(PRINTABLE, min_size=1, max_size=40)
ADDRESSES = TEXTS | st.builds("http://{}/{}?{}#".format, TEXTS, TEXTS, TEXTS)
DIGESTS = st.just("") | st.text("0123456789abcdef", min_size=64, max_size=64)
ENTRIES = st.lists(
    st.builds(Entry, ADDRESSES, TEXTS, st.just("") | ADDRESSES, DIGESTS),
    unique_by=lambda entry: entry.address,
    max_size=5,
)


def read(text: str) -> tuple[Entry, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "addresses.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        address_map, findings = read_address_map(path, path.name)
    assert findings == ()
    assert address_map is not None
    assert address_map.text == text
    return tuple(entry for entry, _ in address_map.entries)


@given(ENTRIES, st.integers(0, 5))
def test_entries_are_read_as_they_were_written(entries: list[Entry], first: int) -> None:
    before = with_entries("", entries[:first]) if entries[:first] else "# mine\n"
    text = with_entries(before, entries[first:])
    assert text.startswith(before)
    assert read(text if entries else "[]") == tuple(entries)


@given(st.lists(ADDRESSES.filter(is_remote), unique=True, max_size=10), st.booleans())
def test_names_of_files_are_safe_and_differ(addresses: list[str], is_schema: bool) -> None:
    names = [file_name(address, is_schema=is_schema) for address in addresses]
    assert len({name.lower() for name in names}) == len(addresses)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9-]{1,60}-[0-9a-f]{8}\.(xsd|wsdl)", name)
    assert names == [file_name(address, is_schema=is_schema) for address in addresses]


ENTRY = "- address: http://a.example/a.xsd\n  file: a.xsd\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("address: http://a.example/a.xsd\n", 1, "the file is a list of documents"),
        ("- a.xsd\n", 1, "an entry needs an `address` and a `file`"),
        ("- file: a.xsd\n", 1, "an entry needs an `address` and a `file`"),
        (ENTRY + "- address: http://a.example/b.xsd\n", 3, "an entry needs"),
        (ENTRY + "  adress: x\n", 3, "an entry has no key `adress`"),
        (
            "- address: http://a.example/a.xsd\n  file: []\n",
            2,
            "`file` is a text that is not empty",
        ),
        (ENTRY + "  from: ''\n", 3, "`from` is a text that is not empty"),
        (ENTRY + f"  sha256: {'A' * 64}\n", 3, "`sha256` has 64 hexadecimal digits in lower case"),
        (ENTRY + f"  sha256: {'a' * 63}\n", 3, "`sha256` has 64 hexadecimal digits in lower case"),
        (ENTRY * 2, 3, "`http://a.example/a.xsd` stands twice in this file"),
        (ENTRY + "  file: b.xsd\n", 3, ""),
        ("\t- a", 1, ""),
    ],
)
def test_a_map_with_anything_else_in_it_is_not_used(text: str, line: int, message: str) -> None:
    """What is wrong is told with its line, and what to do."""
    address_map, findings = address_map_of(text.encode(), "addresses.yaml")
    assert address_map is None
    assert {finding.rule for finding in findings} == {UNFIT}
    assert any(
        finding.span.line == line and message in finding.message and finding.help
        for finding in findings
    ), findings


@pytest.mark.parametrize("kind", ["folder", "link", "large"])
def test_a_map_that_is_no_file_of_the_folder_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "service" / "addresses.yaml"
    path.parent.mkdir()
    match kind:
        case "folder":
            path.mkdir()
        case "link":
            (tmp_path / "elsewhere.yaml").write_text(ENTRY)
            path.symlink_to(tmp_path / "elsewhere.yaml")
        case _:
            path.write_text(ENTRY + "#" * MAX_BYTES)
    address_map, (finding,) = read_address_map(path, path.name)
    assert address_map is None
    assert finding.rule is UNFIT
    assert finding.message.startswith("this file cannot be read: ")


def test_a_file_too_large_to_be_compared_is_said_to_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xsd").write_bytes(b"abc")
    own = Entry("http://a.example/a.xsd", "a.xsd", digest=sha256(b"abc").hexdigest())
    entries = [(own, Span("addresses.yaml", 2, 9))]
    addresses, findings = addresses_of(entries, tmp_path, tmp_path)
    assert addresses.files == {own.address: tmp_path / "a.xsd"}
    assert findings == ()
    monkeypatch.setattr("unstringly.read.addresses.LARGEST_FILE", 2)
    _, (finding,) = addresses_of(entries, tmp_path, tmp_path)
    assert finding.rule is CHANGED
