"""XML documents that hold one result at the end of a known path of elements, or a SOAP fault.

A result may be null. Servers write that in three ways: the element of the result is left out
(what .NET does where it may be), it is nil, or the element around it is. The empty element is the
empty text, and so is one with `xsi:nil="false"`. Of an envelope without any response nothing is
known, and it is no null.

ASP.NET writes a character that XML 1.0 does not have, a form feed in a message for instance, as
a reference to it (`&#xC;`), and a document with such a reference is no XML. It is read all the
same: one character must not cost a page of records that nobody will hand out again.
"""

import re
from dataclasses import dataclass, field
from typing import Final

_NIL: Final = "http://www.w3.org/2001/XMLSchema-instance nil"
_DEPTH: Final = 50
_BLANKS: Final = " \t\r\n"
_REFERENCE: Final = re.compile("&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_NOT_XML: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Refused(Exception):
    """The document is none that holds a result."""


@dataclass(slots=True)
class Document:
    """What the parser has met: the result along its path, or a fault."""

    path: tuple[str, ...]
    parts: list[str] = field(default_factory=list[str])
    open: list[str] = field(default_factory=list[str])
    seen: int = 0
    skipped: int = 0
    is_fault: bool = False
    is_nil: bool = False
    codes: list[str] = field(default_factory=list[str])
    messages: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """The text of the result."""
        return "".join(self.parts)

    @property
    def null(self) -> str:
        """How the result is null, in words; empty if there is one, or a fault."""
        if self.is_nil:
            return "is nil"
        return "has no result" if self.seen < len(self.path) and not self.is_fault else ""

    @property
    def code(self) -> str:
        """The fault's code, a SOAP 1.2 subcode behind it."""
        return " / ".join(filter(None, map(str.strip, self.codes)))

    @property
    def message(self) -> str:
        """The fault's words, in all languages that it has them in."""
        return " / ".join(filter(None, map(str.strip, self.messages)))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        depth = len(self.open)
        self.open.append(name)
        if depth >= _DEPTH:
            raise _Refused("is nested too deeply")
        if self.skipped or self.is_fault:
            self.skipped += bool(self.skipped)
            self.codes.append("")
            self.messages.append("")
            return
        if depth == self.seen < len(self.path) and name == self.path[depth] and not self.is_nil:
            self.seen += 1
            self.is_nil = attributes.get(_NIL, "").strip(_BLANKS) in ("true", "1")
            return
        if len(self.path) > 1 and depth == self.seen == 1 and name == self._soap("Header"):
            self.skipped = 1
            return
        if len(self.path) > 1 and depth == self.seen == 2 and name == self._soap("Fault"):
            self.is_fault = True
            self.codes.append("")
            self.messages.append("")
            return
        local = name.rsplit(" ", 1)[-1]
        raise _Refused(f"has an element {local[:40]!r} where none is expected")

    def _soap(self, local: str) -> str:
        return f"{self.path[0].split(' ', maxsplit=1)[0]} {local}"

    def end(self, _: str) -> None:
        """An element ends."""
        self.open.pop()
        self.skipped -= bool(self.skipped)

    def characters(self, data: str) -> None:
        """Character data."""
        if self.is_fault:
            self._fault(data)
        elif self.skipped:
            return
        elif len(self.open) == len(self.path) == self.seen:
            self.parts.append(data)
        elif data.strip(_BLANKS):
            raise _Refused("has text outside of its result")

    def _fault(self, data: str) -> None:
        """The code and the words of a fault, in SOAP 1.1 and in SOAP 1.2."""
        names = [name.rsplit(" ", 1)[-1] for name in self.open]
        match names[3:]:
            case ["faultcode"] | ["Code", *_, "Value"]:
                self.codes[-1] += data
            case ["faultstring"] | ["Reason", "Text"]:
                self.messages[-1] += data
            case _:
                pass

    def doctype(self, *_: object) -> None:
        """A document type begins."""
        raise _Refused("has a document type, which no SOAP message has")


def read_document(text: str, path: tuple[str, ...]) -> tuple[str, Document | None]:
    """What is wrong with a document, or what it holds; of a result that is null, both.

    `path` has the names as expat gives them.
    """
    problem, document, is_invalid = _parsed(text, path)
    if not is_invalid or "<![CDATA[" in text:
        return problem, document
    mark = next((c for c in map(chr, range(0xE000, 0xF900)) if c not in text), None)
    if mark is None:
        return problem, document
    marked = _REFERENCE.sub(lambda found: _marked(found, mark), text)
    again, document, _ = _parsed(marked, path)
    if document is None:
        return problem if marked == text else again, None
    restore = re.compile(f"{mark}([0-9A-F]+){mark}")
    for parts in (document.parts, document.codes, document.messages):
        parts[:] = [restore.sub(lambda found: chr(int(found[1], 16)), "".join(parts))]
    return again, document


def _marked(reference: re.Match[str], mark: str) -> str:
    """A reference that XML has, as it is; another as its number between two marks."""
    point = int(reference[1], 16) if reference[1] else int(reference[2])
    if point > 0x10FFFF or not _NOT_XML.fullmatch(chr(point)):
        return reference[0]
    return f"{mark}{point:X}{mark}"


def _parsed(text: str, path: tuple[str, ...]) -> tuple[str, Document | None, bool]:
    """The same, and whether it failed at a reference to a character that XML does not have."""
    from xml.parsers import expat

    document = Document(path)
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.characters
    parser.StartDoctypeDeclHandler = document.doctype
    parser.buffer_text = True
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except _Refused as refused:
        return str(refused), None, False
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        problem = f"is no XML document: {words}, line {error.lineno}"
        return problem, None, words == expat.errors.XML_ERROR_BAD_CHAR_REF
    if document.is_nil and document.text.strip(_BLANKS):
        return "is nil and has a text", None, False
    if document.null and document.seen < len(path) - 1:
        return document.null, None, False
    return document.null, document, False
