# Copied by unstringly 0.1.0. Do not edit.
"""XML documents as events, read by expat without document types, repaired where that is needed.

Any document type is refused, and with it entities that grow, and files and addresses that a
document names. Documents of more pieces than any service writes are refused too: expat takes time
for each attribute and each declaration of a namespace, and Python for each event.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeVar

from .references import Repaired, repaired

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

MOST_PIECES: Final = 20_000
"""The most elements, attributes and declarations of namespaces in a document."""

_DEPTH: Final = 50
_LONGEST: Final = 2_000
"""The longest namespace, in characters: it is part of the name of every element in it."""

_SMALL: Final = 4 * 1024
"""The size in characters of a document in which the pieces need not be counted."""
_BUFFER: Final = 64 * 1024
_TAG: Final = 16 * 1024
_PIECES: Final = re.compile(
    rf"(?s:<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z))|(<[^<]{{{_TAG}}})"
)
_END_OF_TAG: Final = re.compile(r"""<[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+>""")


class Refused(Exception):
    """A handler does not accept the document. The text says why, as in "the response is …"."""


class _TooLarge(Refused):
    """The document has too many pieces, or is nested too deeply."""


class Handler(Protocol):
    """A receiver of a document's events. It may raise Refused.

    Names of elements and attributes have their namespace before them, and a blank.
    """

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Take the beginning of an element."""
        ...

    def end(self, name: str, /) -> None:
        """Take the end of an element."""
        ...

    def characters(self, data: str, /) -> None:
        """Take character data, or a part of it."""
        ...


HandlerT = TypeVar("HandlerT", bound=Handler)


class Events(NamedTuple, Generic[HandlerT]):
    """A handler after a document's events, and the problem with the document; empty if none.

    A document that `is_large` was not read to its end. The texts of one that was `repaired` must be
    restored.
    """

    handler: HandlerT
    problem: str = ""
    is_large: bool = False
    repaired: Repaired | None = None


def read_events(text: str, make: Callable[[], HandlerT]) -> Events[HandlerT]:
    """Give a handler all events of a document; after a repair, a new handler gets them again."""
    events, may_be_repaired = _read_once(text, make())
    if not may_be_repaired:
        return events
    better = repaired(text)
    if better.text == text:
        return events
    events, _ = _read_once(better.text, make())
    return events._replace(repaired=better)


class _Counting:
    """A handler that refuses large documents, and passes on the events of others."""

    def __init__(self, handler: Handler) -> None:
        self._start, self._end = handler.start, handler.end
        self._depth = self._pieces = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._pieces += 1 + len(attributes)
        if self._depth > _DEPTH:
            raise _TooLarge("is nested too deeply")
        if self._pieces > MOST_PIECES:
            raise _TooLarge("has too many elements")
        self._start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._end(name)

    def namespace(self, _: str | None, uri: str | None) -> None:
        self._pieces += 1
        if self._pieces > MOST_PIECES or len(uri or "") > _LONGEST:
            raise _TooLarge("has too many namespaces, or too long ones")


def _read_once(text: str, handler: HandlerT) -> tuple[Events[HandlerT], bool]:
    """Return the events of a document, and say whether a repair may help."""
    import xml.parsers.expat  # takes some ms, and not every package needs it

    expat = xml.parsers.expat
    if len(text) > _TAG and has_long_tag(text):
        return Events(handler, "has an element with too many attributes", is_large=True), False
    parser = expat.ParserCreate("utf-8", " ")
    _attach(parser, handler, counts=len(text) > _SMALL)
    try:
        parser.Parse(text.encode("utf-8"), True)
    except Refused as refused:
        return Events(handler, str(refused), isinstance(refused, _TooLarge)), False
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        may_be_repaired = words in (
            expat.errors.XML_ERROR_BAD_CHAR_REF,
            expat.errors.XML_ERROR_MISPLACED_XML_PI,
            expat.errors.XML_ERROR_XML_DECL,
        )
        problem = f"is no XML document: {words}, line {error.lineno}"
        return Events(handler, problem), may_be_repaired
    return Events(handler), False


def _attach(parser: "XMLParserType", handler: Handler, *, counts: bool) -> None:
    """Let a parser call a handler; with `counts`, through the one that refuses large documents."""
    parser.buffer_text = True
    if counts:
        counting = _Counting(handler)
        parser.StartElementHandler = counting.start
        parser.EndElementHandler = counting.end
        parser.StartNamespaceDeclHandler = counting.namespace
        parser.buffer_size = _BUFFER
    else:
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    parser.StartDoctypeDeclHandler = _document_type


def has_long_tag(text: str) -> bool:
    """Say whether a tag is longer than any that services write. There is no `<` in tags."""
    if all(_ends(text, start) for start in _long_stretches(text)):
        return False
    starts = (piece.start(1) for piece in _PIECES.finditer(text))  # -1: no tag
    return not all(start < 0 or _ends(text, start) for start in starts)


def _long_stretches(text: str) -> Iterator[int]:
    """Yield the places of each `<` that no other `<` follows within the length of the longest tag.

    Each such stretch holds a multiple of that length, so one look back from each finds them all.
    """
    for middle in range(_TAG, len(text), _TAG):
        start = text.rfind("<", middle - _TAG, middle)
        end = start + 1 + _TAG
        if start >= 0 and end <= len(text) and text.find("<", start + 1, end) < 0:
            yield start


def _ends(text: str, start: int) -> bool:
    return _END_OF_TAG.match(text, start, start + _TAG) is not None


def _document_type(*_: object) -> None:
    raise Refused("has a document type, which no SOAP message has")
