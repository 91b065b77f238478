"""The WSDL and all that it imports, as a package has them: `Document`s.

They are text, whatever encoding their files are in, and cut where the addresses of ports and the
names of other documents stand. So they can be served from any address, under any names, and be
written as UTF-8.

All files in the folder of the WSDL are taken that a document refers to, also those that the readers
do not follow: other programs may.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from unstringly.model.service import Document, PortAddress, Reference
from unstringly.read.wsdl.bytes import read_text
from unstringly.read.wsdl.documents import file_at
from unstringly.read.wsdl.elements import WSDL, XSD
from unstringly.read.wsdl.findings import Refused
from unstringly.read.wsdl.xml import parse_xml

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

_DECLARED = re.compile(r"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]*)[\"']")
_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_END = re.compile(rb"\s*/?>")
_END_TAG = re.compile(rb"</[^>]*>")
_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:", re.IGNORECASE)


def shipped_documents(path: Path, texts: Mapping[Path, str]) -> tuple[Document, ...]:
    """The documents of a WSDL, itself first; `texts` are those of the files that have been read."""
    root = path.parent.resolve()
    shipping = _Shipping(root, dict(texts))
    shipping.take(root / path.name)
    return tuple(shipping.documents())


@dataclass(slots=True)
class _Shipping:
    """The files that are taken, in order, with their names, and the texts of all that were read."""

    root: Path
    texts: dict[Path, str]
    taken: dict[Path, str] = field(default_factory=dict[Path, str])

    def documents(self) -> Iterator[Document]:
        """What has been taken, and what that refers to."""
        done = 0
        while done < len(self.taken):  # it grows
            path, name = list(self.taken.items())[done]
            yield _cut(name, self.texts[path], partial(self._found, path))
            done += 1

    def take(self, path: Path) -> str:
        """The name of a file, which is among the documents from now on."""
        return self.taken.setdefault(path, path.relative_to(self.root).as_posix())

    def _found(self, document: Path, location: str) -> str | None:
        """The name of the document that a location means; None if there is none."""
        path = file_at(location.strip(" \t\r\n"), document.parent, self.root)
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
    """Bytes from `start` to `end`, and what stands in their place; None if nothing does."""

    start: int
    end: int
    instead: PortAddress | Reference | None


def _cut(name: str, text: str, found: Callable[[str], str | None]) -> Document:
    """A document, which is well-formed; `found` gives the name of the one that a location means."""
    source = _declared_as_utf8(text.replace("\r\n", "\n").replace("\r", "\n")).encode()
    cutter = _Cutter(source, found)
    content: list[str | PortAddress | Reference] = []
    at = 0
    for each in cutter.cuts():
        content.append(source[at : each.start].decode())
        if each.instead is not None:
            content.append(each.instead)
        at = each.end
    content.append(source[at:].decode())
    return Document(name, cutter.is_schema, tuple(content))


def _declared_as_utf8(text: str) -> str:
    """The text with an XML declaration that is true once it is encoded in UTF-8."""
    declared = _DECLARED.match(text)
    if declared is None:
        return text
    try:
        is_true = codecs.lookup(declared[1]).name == "utf-8"
    except LookupError:
        is_true = False  # a byte order mark has decided
    return text if is_true else f"{text[: declared.start(1)]}utf-8{text[declared.end(1) :]}"


class _Tag(NamedTuple):
    """A start tag in the source: where it ends, and its attributes by their names as written."""

    end: int
    attributes: Mapping[bytes, re.Match[bytes]]


def _tag_at(source: bytes, start: int) -> _Tag:
    """The start tag that begins at an index."""
    attributes: dict[bytes, re.Match[bytes]] = {}
    at = _matched(_NAME, source, start).end()
    while (found := _ATTRIBUTE.match(source, at)) is not None:
        attributes[found[1]] = found
        at = found.end()
    return _Tag(_matched(_END, source, at).end(), attributes)


def _matched(pattern: re.Pattern[bytes], source: bytes, at: int) -> re.Match[bytes]:
    found = pattern.match(source, at)
    assert found is not None  # expat has read it as a tag
    return found


class _Cutter:
    """Expat's handlers, and the places that they have found."""

    def __init__(self, source: bytes, found: Callable[[str], str | None]) -> None:
        self._source = source
        self._found = found
        self._open: list[str] = []
        self._left_out: tuple[int, int] | None = None  # how deep it is, and where it starts
        self._cuts: list[_Cut] = []
        self.is_schema = False
        self._expat = expat.ParserCreate("utf-8", "}")  # just as the reader, who took it
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end

    def cuts(self) -> list[_Cut]:
        """The places, in order; none is within another."""
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
        """Cut at the name of another document, or cut out what names one that is not there."""
        document = self._found(location)
        if document is not None:
            self._put(attribute, Reference(location, document))
            return
        start = self._expat.CurrentByteIndex
        tag = _tag_at(self._source, start)
        if name.endswith("}import"):  # it may be without a location
            self._cuts.append(_Cut(*tag.attributes[attribute.encode()].span(), None))
        elif self._source.endswith(b"/>", start, tag.end):
            self._cuts.append(_Cut(start, tag.end, None))
        else:
            self._left_out = len(self._open), start

    def _put(self, attribute: str, instead: PortAddress | Reference) -> None:
        """Put something in the place of an attribute's value."""
        tag = _tag_at(self._source, self._expat.CurrentByteIndex)
        found = tag.attributes[attribute.encode()]
        self._cuts.append(_Cut(*found.span(2 if found[2] is not None else 3), instead))
