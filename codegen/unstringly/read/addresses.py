"""Reader of a service's `addresses.yaml`: which files stand for documents at remote addresses.

    - address: http://example.com/types.xsd
      file: vendored/types-0a1b2c3d.xsd
      from: https://example.com/v2/types.xsd
      sha256: 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03

`address` is the whole address as documents write it, or come to it from their own; `file` the path
of the file from the folder of the service. A file that was fetched has the `sha256` of its bytes,
and `from` where that was elsewhere: its own relative locations count from there. The file is
written by `unstringly vendor` or by hand.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.nearest import did_you_mean
from unstringly.read.spec import nodes
from unstringly.read.spec.nodes import Node, Scalar, read_nodes
from unstringly.read.wsdl.bytes import LARGEST_FILE
from unstringly.read.wsdl.findings import quoted, quoted_address
from unstringly.read.wsdl.locations import NO_ADDRESSES, Addresses, file_at
from unstringly.regular_files import Unfit, read_regular

MAX_BYTES = 1_000_000
"""Bytes of the largest `addresses.yaml` that is read."""

KEYS = ("address", "file", "from", "sha256")

UNFIT = Rule(
    "W139",
    Severity.ERROR,
    "addresses.yaml cannot be read",
    wrong="""\
The file is a list in YAML with an entry for each remote document: `address` and `file`, and for
one that was fetched `from` and `sha256`. Each address stands there once.""",
    why="""\
It says which files are meant by the addresses in a WSDL and its schemas. If it cannot be trusted,
operations would be lost, or read from the wrong document.""",
    example="http://example.com/types.xsd: types.xsd        which is a mapping and no list",
    todo="""\
Correct it, or delete it and run `unstringly vendor SERVICE`, which writes it again and overwrites
no other file.""",
)

CHANGED = Rule(
    "W140",
    Severity.WARNING,
    "a document is not as it was fetched",
    wrong="The SHA-256 of the file is not the one that `unstringly vendor` wrote down.",
    why="""\
Somebody has changed the document since: then the service may not take what the package sends. Or a
tool has changed its line ends.""",
    example="sha256: 5891b5b5...        and the file has been edited",
    todo="""\
Delete the line with `sha256` if the change is meant. Otherwise delete the file and run
`unstringly vendor SERVICE --fetch`.""",
)

NO_FILE = Rule(
    "W141",
    Severity.WARNING,
    "addresses.yaml names a file that is not in the folder of the service",
    wrong="""\
There is no such file, or it is not in the folder of services, which `--source` names.""",
    why="""\
The address then leads to nothing, and what needs the document is left out with findings of its
own.""",
    example="file: vendored/types.xsd        which was not committed",
    todo="""\
Correct the path, or delete the entry, or let `unstringly vendor SERVICE --fetch` fetch the document
again.""",
)

RULES = (UNFIT, CHANGED, NO_FILE)

_HASH = re.compile("[0-9a-f]{64}")
_ADVICE = "Correct it, or delete the file and run `unstringly vendor`."


class Entry(Struct, frozen=True):
    """A document at an address: the path of its file, where it came from, the hash of its bytes.

    `origin` and `digest` are empty for a file that was not fetched; `origin` also if the document
    came from its address.
    """

    address: str
    file: str
    origin: str = ""
    digest: str = ""


class AddressMap(Struct, frozen=True):
    """The entries of an `addresses.yaml` with the places of their files, and its text.

    `digests` has the place of the digest in each entry that has one, by address.
    """

    entries: tuple[tuple[Entry, Span], ...] = ()
    text: str = ""
    digests: Mapping[str, Span] = field(default_factory=dict[str, Span])


def read_address_map(path: Path, name: str) -> tuple[AddressMap | None, tuple[Diagnostic, ...]]:
    """Return the entries of an `addresses.yaml`, and findings; `name` is its name in spans.

    Without the file there are no entries. None if the file cannot be used (W139).
    """
    if not os.path.lexists(path):
        return AddressMap(), ()
    try:
        data = read_regular(path, MAX_BYTES, inside=path.parent)
    except Unfit as problem:
        message = f"this file cannot be read: {problem}"
        return None, (Diagnostic(UNFIT, Span(name, 1, 1), message, _ADVICE),)
    return address_map_of(data, name)


def address_map_of(data: bytes, name: str) -> tuple[AddressMap | None, tuple[Diagnostic, ...]]:
    """Return the entries in the bytes of an `addresses.yaml`, and findings, as above."""
    root, problems = read_nodes(data, name)
    findings = [replace(problem, rule=UNFIT) for problem in problems]
    digests: dict[str, Span] = {}
    entries = () if root is None else tuple(_entries(root, findings, digests))
    if findings:
        return None, tuple(replace(finding, help=finding.help or _ADVICE) for finding in findings)
    return AddressMap(entries, data.decode("utf-8-sig"), digests), ()


def addresses_of(
    entries: Iterable[tuple[Entry, Span]], folder: Path, root: Path
) -> tuple[Addresses, tuple[Diagnostic, ...]]:
    """Return the files in the folder `root` by their addresses, and findings (W140, W141).

    `folder` is that of the service, from which the paths count.
    """
    files: dict[str, Path] = {}
    origins: dict[Path, str] = {}
    findings: list[Diagnostic] = []
    for entry, span in entries:
        path = path_at(entry.file, folder, root)
        if path is None:
            message = f"{quoted_address(entry.file)} is not a file in the folder of the service"
            advice = f"Run `unstringly vendor {folder.name} --fetch`, or correct the path."
            findings.append(Diagnostic(NO_FILE, span, message, advice))
            continue
        files[entry.address] = path
        origins.setdefault(path, entry.origin or entry.address)
        if entry.digest and _digest(path, root) != entry.digest:
            message = f"{quoted_address(entry.file)} is not as it was fetched"
            advice = "If it shall be as it is, delete its `sha256`."
            findings.append(Diagnostic(CHANGED, span, message, advice))
    return Addresses(files, origins), tuple(findings)


def path_at(file: str, folder: Path, root: Path) -> Path | None:
    """Return the file, links resolved, that an entry names by its path from `folder`.

    None if there is no such file, or if it is not in the folder `root`. What looks like an escape
    of an address is a part of the name, unless only the file without it is there.
    """
    try:
        path = (folder / file).resolve()
        if not Path(file).is_absolute() and path.is_file() and path.is_relative_to(root.resolve()):
            return path
    except (OSError, ValueError, RuntimeError):
        return None  # too long, NUL in it, links in a circle
    return file_at(file, folder, root)


def read_addresses(path: Path, name: str, root: Path) -> tuple[Addresses, tuple[Diagnostic, ...]]:
    """Return what an `addresses.yaml` says of files in the folder `root`, and all findings."""
    address_map, findings = read_address_map(path, name)
    if address_map is None:
        return NO_ADDRESSES, findings
    return addresses_of(address_map.entries, path.parent, root)


def _digest(path: Path, root: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits; empty if it cannot be read."""
    try:
        return sha256(read_regular(path, LARGEST_FILE, inside=root)).hexdigest()
    except Unfit:
        return ""


def _entries(
    root: Node, findings: list[Diagnostic], digests: dict[str, Span]
) -> Iterator[tuple[Entry, Span]]:
    if not isinstance(root, nodes.Sequence):
        findings.append(Diagnostic(UNFIT, root.span, "the file is a list of documents"))
        return
    addresses: set[str] = set()
    for item in root.items:
        texts = _texts(item, findings)
        address, file = texts.get("address"), texts.get("file")
        if address is None or file is None:
            message = "an entry needs an `address` and a `file`"
            findings.append(Diagnostic(UNFIT, item.span, message))
            continue
        digest = texts.get("sha256")
        if digest is not None and not _HASH.fullmatch(digest.text):
            message = "`sha256` has 64 hexadecimal digits in lower case"
            findings.append(Diagnostic(UNFIT, digest.span, message))
        if address.text in addresses:
            message = f"{quoted_address(address.text)} stands twice in this file"
            findings.append(Diagnostic(UNFIT, address.span, message))
        addresses.add(address.text)
        if digest is not None:
            digests[address.text] = digest.span
        origin = texts.get("from")
        yield (
            Entry(
                address.text,
                file.text,
                "" if origin is None else origin.text,
                "" if digest is None else digest.text,
            ),
            file.span,
        )


def _texts(item: Node, findings: list[Diagnostic]) -> dict[str, Scalar]:
    """Return the filled texts of an entry by their keys; anything else is reported."""
    texts: dict[str, Scalar] = {}
    for key, value in item.entries if isinstance(item, nodes.Mapping) else ():
        if key.text not in KEYS:
            message = f"an entry has no key {quoted(key.text)}"
            advice = did_you_mean(key.text, KEYS, quoted)
            findings.append(Diagnostic(UNFIT, key.span, message, advice))
        elif not isinstance(value, Scalar) or not value.text:
            message = f"`{key.text}` is a text that is not empty"
            findings.append(Diagnostic(UNFIT, value.span, message))
        else:
            texts[key.text] = value
    return texts
