"""Writing of `addresses.yaml`: what is in it stays as it is, and new entries come at its end."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from unstringly.read.addresses import AddressMap, Entry

FOLDER = "vendored"
"""The folder, in that of the service, of the documents that were fetched."""

_HEAD = """\
# Which files stand for the documents that the WSDL and its schemas name by their addresses.
# `unstringly vendor` adds entries; the ones that are here are yours.
"""
_PLAIN = re.compile("[A-Za-z0-9][A-Za-z0-9._~:/?=&%+-]*[A-Za-z0-9/=]")
_NO_WORD = re.compile("[^A-Za-z0-9]+")
_LINE_END = re.compile("\r\n|\r|\n")
_LONGEST_STEM = 60


def with_entries(text: str, entries: Iterable[Entry]) -> str:
    """Return the text of a map with more entries at its end."""
    head = text or _HEAD
    head += "" if head.endswith("\n") else "\n"
    return head + "".join(map(_written, entries))


def with_digests(before: AddressMap, digests: Mapping[str, str]) -> str:
    """Return the text of a map with other digests, by address, in the places of those it has.

    One that is written in another way than as its plain digits stays as it is.
    """
    text = before.text
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    old = {entry.address: entry.digest for entry, _ in before.entries}
    for address, span in before.digests.items():
        begin = starts[span.line - 1] + span.column - 1
        at = text.find(old[address], begin, begin + len(old[address]) + len("''"))
        if address in digests and at >= 0:
            text = text[:at] + digests[address] + text[at + len(old[address]) :]
    return text


def file_name(address: str, *, is_schema: bool) -> str:
    """Return the name under which the document at an address is kept: always the same, and its own.

    `http://h/S.svc?xsd=xsd0` is `S-xsd-xsd0-` with eight digits of the address's SHA-256, `.xsd`.
    """
    parts = urlsplit(address)
    stem, _, suffix = unquote(parts.path).rpartition("/")[2].rpartition(".")
    words = _NO_WORD.sub("-", f"{stem or suffix}-{unquote(parts.query)}").strip("-")
    digits = sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    stem = words[:_LONGEST_STEM].strip("-") or "document"
    return f"{stem}-{digits}.{'xsd' if is_schema else 'wsdl'}"


def _written(entry: Entry) -> str:
    pairs = (
        ("address", entry.address),
        ("file", entry.file),
        ("from", entry.origin),
        ("sha256", entry.digest),
    )
    lines = [f"{key}: {_scalar(value)}" for key, value in pairs if value]
    return "- " + "\n  ".join(lines) + "\n"


def _scalar(text: str) -> str:
    """Return a printable text as a scalar of YAML."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
