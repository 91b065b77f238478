"""The WSDL and all that it imports as a package carries them: as `Document`s.

They are text, whatever the encoding of their files, and cut at the addresses of ports and at the
names of other documents. So they can be served from any address, under any names, and written as
UTF-8.

Every file in the service's folder to which a document refers is taken, also one that the readers
do not follow, because other programs may. The name of a file that is not below the folder of the
WSDL begins with `above/`.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from unstringly.model.service import Document, PortAddress, Reference
from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.elements import WSDL, XSD
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.locations import NO_ADDRESSES, Addresses
from unstringly.read.wsdl.xml import expat_parser, parse_xml

_SCHEMAS = (
    XSD,
    "http://www.w3.org/2000/10/XMLSchema",
    "http://www.w3.org/1999/XMLSchema",
)
_IMPORTS = {f"{WSDL}}}import": "location"} | {
    f"{namespace}}}{name}": "schemaLocation"
    for namespace in _SCHEMAS
    for name in ("import", "include", "redefine", "override")
}
"""The attribute that names another document, by the element that it is on."""

_ABOVE = "above"
_DECLARED = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]*)[\"']")
_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_END = re.compile(rb"\s*/?>")
_END_TAG = re.compile(rb"</[^>]*>")
_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:", re.IGNORECASE)


def shipped_documents(
    path: Path,
    texts: Mapping[Path, str],
    folder: Path | None = None,
    addresses: Addresses = NO_ADDRESSES,
) -> tuple[Document, ...]:
    """Return the documents of a WSDL, itself first; `texts` are those of the files already read.

    `folder` is that of the service: the WSDL's if it is None. `addresses` says which of its files
    stand for remote addresses.
    """
    root = path.parent.resolve()
    shipping = _Shipping(root, (folder or root).resolve(), addresses, dict(texts))
    shipping.take(root / path.name)
    return tuple(shipping.documents())


class _Shipping(Struct):
    """The files that are taken, in order, with their names, and the texts of all files read."""

    root: Path
    folder: Path
    addresses: Addresses
    texts: dict[Path, str]
    taken: dict[Path, str] = field(default_factory=dict[Path, str])

    def documents(self) -> Iterator[Document]:
        """Yield a document for each file that is taken, and for each file that these refer to."""
        count = 0
        while count < len(self.taken):  # cutting takes more files
            path, name = list(self.taken.items())[count]
            yield _cut(name, self.texts[path], partial(self._found, path))
            count += 1

    def take(self, path: Path) -> str:
        """Take a file; return its name, which is its path below the folder of the WSDL."""
        if path.is_relative_to(self.root):
            name = path.relative_to(self.root).as_posix()
        else:
            name = f"{_ABOVE}/{path.relative_to(self.folder).as_posix()}"
        while path not in self.taken and name in self.taken.values():
            name = f"_{name}"
        return self.taken.setdefault(path, name)

    def _found(self, document: Path, location: str) -> str | None:
        """Return the name of the document to which a location leads; None if there is none."""
        location = location.strip(" \t\r\n")
        path = self.addresses.file_at(location, document, self.folder)
        if path is None or not self._is_readable(path):
            return None
        return self.take(path)

    def _is_readable(self, path: Path) -> bool:
        if path in self.texts:
            return True
        try:
            text = read_text(path, path.name)
            parse_xml(text, path.name)
        except Refused:
            return False
        self.texts[path] = text
        return True


class _Cut(NamedTuple):
    """Bytes from `start` to `end`, and the piece that replaces them; None if they are left out."""

    start: int
    end: int
    instead: PortAddress | Reference | None


def _cut(name: str, text: str, document_at: Callable[[str], str | None]) -> Document:
    """Return a document, made of a well-formed text.

    `document_at` returns the name of the document to which a location leads; None if there is none.
    """
    source = _declared_as_utf8(text.replace("\r\n", "\n").replace("\r", "\n")).encode()
    cutter = _Cutter(source, document_at)
    content: list[str | PortAddress | Reference] = []
    at = 0
    for cut in cutter.cuts():
        content.append(source[at : cut.start].decode())
        if cut.instead is not None:
            content.append(cut.instead)
        at = cut.end
    content.append(source[at:].decode())
    return Document(name, cutter.is_schema, tuple(content))


def _declared_as_utf8(text: str) -> str:
    """Return the text with an XML declaration that is true once it is encoded in UTF-8."""
    declared = _DECLARED.match(text)
    if declared is None:
        return text
    try:
        is_true = codecs.lookup(declared[1]).name == "utf-8"
    except LookupError:
        is_true = False  # the byte order mark told the encoding
    return text if is_true else f"{text[: declared.start(1)]}utf-8{text[declared.end(1) :]}"


class _Tag(NamedTuple):
    """A start tag in the source: the index of its end, and its attributes by names as written."""

    end: int
    attributes: Mapping[bytes, re.Match[bytes]]


def _tag_at(source: bytes, start: int) -> _Tag:
    """Return the start tag that begins at an index."""
    attributes: dict[bytes, re.Match[bytes]] = {}
    at = _matched(_NAME, source, start).end()
    while (match := _ATTRIBUTE.match(source, at)) is not None:
        attributes[match[1]] = match
        at = match.end()
    return _Tag(_matched(_END, source, at).end(), attributes)


def _matched(pattern: re.Pattern[bytes], source: bytes, at: int) -> re.Match[bytes]:
    match = pattern.match(source, at)
    assert match is not None  # expat has read it as a tag
    return match


class _Cutter:
    """Expat's handlers, and the cuts that they have found."""

    def __init__(self, source: bytes, document_at: Callable[[str], str | None]) -> None:
        self._source = source
        self._document_at = document_at
        self._open: list[str] = []
        self._left_out: tuple[int, int] | None = None  # its depth, and the index of its start
        self._cuts: list[_Cut] = []
        self.is_schema = False
        self._expat = expat_parser(self._start, self._end)

    def cuts(self) -> list[_Cut]:
        """Return the cuts in order; none is within another."""
        self._expat.Parse(self._source, True)
        return self._cuts

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self.is_schema = name in {f"{namespace}}}schema" for namespace in _SCHEMAS}
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if self._left_out is not None:
            return
        attribute = _IMPORTS.get(name, "")
        if attribute in attributes:
            self._refer(name, attribute, attributes[attribute])
        elif parent == f"{WSDL}}}port" and name.endswith("}address") and "location" in attributes:
            location = attributes["location"]
            if _OTHER_SCHEME.match(location.strip()) is None:
                self._put("location", PortAddress(location))

    def _end(self, _name: str) -> None:
        if self._left_out is not None and self._left_out[0] == len(self._open):
            end = _matched(_END_TAG, self._source, self._expat.CurrentByteIndex).end()
            self._cuts.append(_Cut(self._left_out[1], end, None))
            self._left_out = None
        self._open.pop()

    def _refer(self, name: str, attribute: str, location: str) -> None:
        """Cut at a reference to a document, or leave it out if the document is not there."""
        document = self._document_at(location)
        if document is not None:
            self._put(attribute, Reference(location, document))
            return
        start = self._expat.CurrentByteIndex
        tag = _tag_at(self._source, start)
        if name.endswith("}import"):  # valid without its location
            self._cuts.append(_Cut(*tag.attributes[attribute.encode()].span(), None))
        elif self._source.endswith(b"/>", start, tag.end):
            self._cuts.append(_Cut(start, tag.end, None))
        else:
            self._left_out = len(self._open), start

    def _put(self, attribute: str, instead: PortAddress | Reference) -> None:
        """Cut out the value of an attribute, and put `instead` in its place."""
        tag = _tag_at(self._source, self._expat.CurrentByteIndex)
        match = tag.attributes[attribute.encode()]
        self._cuts.append(_Cut(*match.span(2 if match[2] is not None else 3), instead))
