"""What is written to `addresses.yaml` is what is read from it, and names of files are safe."""

import re
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from unstringly.read.addresses import Entry, read_address_map
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
