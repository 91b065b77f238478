"""Writing of `addresses.yaml`: what is in it stays as it is, and new entries come at its end."""

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from unstringly.read.addresses import Entry

FOLDER = "vendored"
"""The folder, in that of the service, of the documents that were fetched."""

_HEAD = """\
# Which files stand for the documents that the WSDL and its schemas name by their addresses.
# `unstringly vendor` adds entries; the ones that are here are yours.
"""
_PLAIN = re.compile("[A-Za-z0-9][A-Za-z0-9._~:/?=&%+-]*[A-Za-z0-9/=]")
_NO_WORD = re.compile("[^A-Za-z0-9]+")
_LONGEST_STEM = 60


def with_entries(text: str, entries: Iterable[Entry]) -> str:
    """Return the text of a map with more entries at its end."""
    head = text or _HEAD
    head += "" if head.endswith("\n") else "\n"
    return head + "".join(map(_written, entries))


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
