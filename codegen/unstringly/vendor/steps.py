"""The documents that a WSDL names by addresses: each is found in the folder, fetched, or left.

A document that is found or fetched may name others. So the WSDL is read again with what is known
by then, until nothing is missing that could be had.
"""

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from unstringly.counting import counted
from unstringly.diagnostics import Span
from unstringly.durable import replace_file
from unstringly.read.addresses import Entry, addresses_of, path_at
from unstringly.read.schema.absent import Absent, is_whole
from unstringly.read.schema.documents import load_documents
from unstringly.read.schema.vintages import is_schema
from unstringly.read.wsdl.bytes import LARGEST_FILE, decode
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.locations import is_remote
from unstringly.read.wsdl.xml import parse_xml
from unstringly.regular_files import Unfit, read_regular
from unstringly.vendor.entries import FOLDER, file_name
from unstringly.vendor.fetching import Fetched, NotFetched, request_of
from unstringly.vendor.given import Given, given_files, is_document, matching

MOST_FILES = 100
"""Documents that one run fetches."""

MOST_ROUNDS = 16
"""How often the WSDL is read again: the longest row of documents each of which names the next."""

MOST_SECONDS = 300.0
"""Seconds after which a run fetches no more."""

_TOO_LONG = f"it is named by the last of a row of {MOST_ROUNDS} documents: run again"

Fetch: TypeAlias = Callable[[str], Fetched]


class Place(Struct, frozen=True):
    """A WSDL: its file, the folder of its service, and that of all services.

    `shown` is the file's name in findings.
    """

    wsdl: Path
    folder: Path
    root: Path
    shown: str


class Vendored(Struct, frozen=True):
    """The entries of the map after a run, those that are new, and why an address has none.

    `unnamed` are the entries that no document leads to. There are none as long as a document is
    missing, which may name them.
    """

    entries: tuple[Entry, ...]
    new: tuple[Entry, ...]
    missing: dict[str, str]
    unnamed: tuple[Entry, ...] = ()


class _Missing(Exception):
    """A document stays missing; the message is a clause that says why."""


def vendored(
    place: Place, entries: Iterable[Entry], fetch: Fetch | None, tell: Callable[[str], object]
) -> Vendored:
    """Find or fetch all documents that a WSDL needs; fetched ones are written to the folder.

    Nothing is fetched if `fetch` is None. `tell` gets a line for each document. Raises `Refused` if
    the WSDL cannot be read.
    """
    run = _Run(place, {entry.address: entry for entry in entries}, fetch, tell)
    for _ in range(MOST_ROUNDS):
        if not run.one_round():
            break
    else:
        run.missing |= {absent.address: _TOO_LONG for absent in run.waiting()}
    unnamed = () if run.missing else tuple(run.unnamed)
    return Vendored(tuple(run.entries.values()), tuple(run.new.values()), run.missing, unnamed)


class _Run(Struct):
    """The entries by address so far, those that are new or changed, and what is missing.

    `read` are the files to which some reference leads, `unnamed` the entries to which none does.
    """

    place: Place
    entries: dict[str, Entry]
    fetch: Fetch | None
    tell: Callable[[str], object]
    new: dict[str, Entry] = field(default_factory=dict[str, Entry])
    missing: dict[str, str] = field(default_factory=dict[str, str])
    read: set[Path] = field(default_factory=set[Path])
    unnamed: list[Entry] = field(default_factory=list[Entry])
    fetched: int = 0
    start: float = field(default_factory=monotonic)

    def waiting(self) -> tuple[Absent, ...]:
        """Return the documents that are missing and were not looked for yet, one an address."""
        place, nowhere = self.place, Span("", 1, 1)
        pairs = ((entry, nowhere) for entry in self.entries.values())
        addresses, _ = addresses_of(pairs, place.folder, place.root)
        documents = load_documents(place.wsdl, place.shown, place.root, addresses)
        self.read = {*documents.texts, *addresses.files.values()}
        missing = {absent.address for absent in documents.absent}
        read = {*documents.texts, place.wsdl.resolve()}
        self.unnamed = [
            entry
            for entry in self.entries.values()
            if entry.address not in missing and addresses.files.get(entry.address) not in read
        ]
        if documents.findings:  # a file that cannot be read may name others
            self.unnamed = []
        by_address: dict[str, Absent] = {}
        for absent in documents.absent:
            if absent.address not in self.missing:
                by_address.setdefault(absent.address, absent)
        return tuple(by_address.values())

    def one_round(self) -> bool:
        """Look for each document that is missing now; say whether there was one."""
        place = self.place
        waiting = self.waiting()
        if not waiting:
            return False
        files = given_files(place.folder, without=FOLDER)
        taken = self.read | {place.wsdl.resolve()}
        for absent in waiting:
            try:
                entry = self.from_folder(absent, files, taken) or self.from_network(absent.address)
            except (_Missing, NotFetched) as reason:
                self.missing[absent.address] = str(reason)
                continue
            taken.add((place.folder / entry.file).resolve())
            self.entries[entry.address] = self.new[entry.address] = entry
        return True

    def from_folder(
        self, absent: Absent, files: tuple[Given, ...], taken: set[Path]
    ) -> Entry | None:
        """Return an entry for the file of the folder that is meant; None if there is none.

        An entry that is there already is not changed. Raises `_Missing`.
        """
        address = absent.address
        if not address.isprintable():
            raise _Missing("an address with such characters cannot stand in addresses.yaml")
        if not is_whole(address):
            raise _Missing(
                "it is relative, and the address of the document that names it is not known: put "
                "the file there, or say with --from where the WSDL came from"
            )
        if address in self.entries:
            return None
        candidates = matching(absent, files, taken)
        folder = self.place.folder.resolve()
        names = [file.path.relative_to(folder).as_posix() for file in candidates]
        if len(names) > 1:
            raise _Missing(
                f"{counted(len(names), 'file')} may be meant ({', '.join(names[:4])}): write an "
                "entry with `address` and `file` into addresses.yaml"
            )
        if not names:
            return None
        self.tell(f"{address} is {names[0]}")
        return Entry(address, names[0])

    def twin(self, address: str) -> Entry | None:
        """Return the entry of another spelling of an address, whose file is there."""
        request, place = request_of(address), self.place
        for entry in self.entries.values():
            came = (entry.address, entry.origin or entry.address)
            is_there = path_at(entry.file, place.folder, place.root) is not None
            if is_there and request in map(request_of, came):
                return entry
        return None

    def from_network(self, address: str) -> Entry:
        """Fetch a document, write it, and return its entry; raises `_Missing` or NotFetched."""
        old = self.entries.get(address)
        if old is not None and (not old.digest or address in self.new):
            raise _Missing(f"addresses.yaml says that it is {old.file}, which is not there")
        twin = self.twin(address)
        if twin is not None and old is None:
            self.tell(f"{address} is {twin.file}, by another spelling")
            return replace(twin, address=address)
        if old is not None:
            self.free_place(old.file)
        if not is_remote(address):
            raise _Missing(
                "it is no address of HTTP: put the document into the folder, and run again"
            )
        if self.fetch is None:
            raise _Missing("it is not in the folder: fetch it with --fetch, or put it there")
        if self.fetched >= MOST_FILES or monotonic() - self.start > MOST_SECONDS:
            raise _Missing(
                f"a run fetches at most {counted(MOST_FILES, 'document')} in {MOST_SECONDS:g} "
                "seconds: run again"
            )
        self.fetched += 1
        document = self.fetch(address)
        origin = "" if document.address == address else document.address
        new_file = self.file_of(address, document.data)
        file = new_file if old is None else old.file
        self.write(file, document.data)
        digest = sha256(document.data).hexdigest()
        came = f", redirected to {origin}" if origin else ""
        self.tell(f"fetched {file}: {len(document.data):,} bytes, sha256 {digest}{came}")
        if old is not None:
            return replace(old, digest=digest)
        return Entry(address, file, origin, digest)

    def file_of(self, address: str, data: bytes) -> str:
        """Return the path of a new file in the folder; raises `_Missing` if it is no document."""
        try:
            root = parse_xml(decode(data, address), address)
        except Refused as refusal:
            raise _Missing(f"what is there cannot be read: {refusal.findings[0].message}") from None
        if not is_document(root):
            raise _Missing("what is there is neither a schema nor a WSDL 1.1 document")
        return f"{FOLDER}/{file_name(address, is_schema=is_schema(root))}"

    def free_place(self, file: str) -> Path:
        """Return the path of a new file; raises `_Missing` if it would be elsewhere."""
        path = self.place.folder / file
        with _telling(file):
            if path.resolve().is_relative_to(self.place.folder.resolve()):
                return path
        raise _Missing(f"{file} is not in the folder of the service: correct addresses.yaml")

    def write(self, file: str, data: bytes) -> None:
        """Write a new file; raises `_Missing` if there is another one, or it cannot be written."""
        path = self.free_place(file)
        with _telling(file):
            if not os.path.lexists(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, data)
            elif not _has(path, data):  # otherwise a run was interrupted before it wrote the map
                raise _Missing(f"{file} is there already, and is not overwritten: move it away")


@contextmanager
def _telling(file: str) -> Generator[None]:
    """Raise `_Missing` for a file that cannot be written, or whose path is none."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise _Missing(f"{file} cannot be written: {reason}") from None


def _has(path: Path, data: bytes) -> bool:
    """Say whether a path is that of a regular file, and no link, with these bytes."""
    try:
        return not path.is_symlink() and read_regular(path, LARGEST_FILE) == data
    except Unfit:
        return False
