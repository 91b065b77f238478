"""XML documents to values, by tables, in one pass over expat.

A document is a page of a server that may be broken, or hostile. So there is no document type, no
recursion, no deep nesting, and no work that grows faster than the document. Reading is strict
where a value would be wrong or lost: an element that must be there and is not, one too many, a text
that is not of its type, a text between elements. It is tolerant of what real servers do: unknown
elements and attributes are skipped and counted, and the order of elements does not matter where it
decides nothing.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from ..wire.references import Repaired, repaired
from ..wire.xml_events import Refused, has_long_tag
from .passing import Passing
from .plans import root_plan
from .reader import Reader
from .scopes import Scope
from .tables import Element

if TYPE_CHECKING:
    from xml.parsers.expat import ExpatError, XMLParserType

ReadT = TypeVar("ReadT")

_BUFFER: Final = 64 * 1024
_LEAST_WITH_RUNS: Final = 8 * 1024
"""The bytes of a document in which runs are looked for."""
_MOST_OF_PATH: Final = 200
_MOST_OF_WORDS: Final = 300


class Unreadable(Refused):
    """A document does not fit its table, or is no XML document.

    The text says why, as in "the response …". `path` is the place: `Order/Lines[3]/Price`; it is
    empty for the document as a whole. Both are short.
    """

    def __init__(self, words: str, path: str = "") -> None:
        super().__init__(words, path)
        self.words = words if len(words) <= _MOST_OF_WORDS else words[:_MOST_OF_WORDS] + "…"
        self.path = path if len(path) <= _MOST_OF_PATH else "…" + path[-_MOST_OF_PATH:]

    def __str__(self) -> str:
        return f"does not fit at {self.path}: {self.words}" if self.path else self.words


class Reading(NamedTuple):
    """The value of a document, and how many elements and attributes of it are in no table."""

    value: Any  # Any: of the type that the table describes
    skipped: int = 0


class NoDocument(Exception):
    """A text is no XML document; a repaired one may be."""

    def __init__(self, error: "ExpatError") -> None:
        import xml.parsers.expat  # it has been imported by then

        words = xml.parsers.expat.ErrorString(error.code)
        super().__init__(f"is no XML document: {words}, line {error.lineno}")


class Opened(NamedTuple):
    """A parser and the bytes that it will read; `names` are those that it remembers."""

    parser: "XMLParserType"
    data: bytes
    names: dict[str, str]
    scope: Scope


def read(element: Element, text: str, *, by_local_name: bool = False) -> Reading:
    """Return the value of a document with this element at its root.

    `by_local_name`: an element whose name is in no table is taken for the one with the same local
    name, as ASP.NET's clients have them in wrong namespaces. Raises Unreadable.
    """
    return attempted(text, lambda own, better: _read_once(element, own, by_local_name, better))


def attempted(text: str, attempt: Callable[[str, Repaired | None], ReadT]) -> ReadT:
    """Return what is read in a document, or else in the repaired one. Raises Unreadable."""
    if has_long_tag(text):
        raise Unreadable("has an element with too many attributes")
    try:
        return attempt(text, None)
    except NoDocument as error:
        problem = str(error)
    better = repaired(text)
    if better.text == text:
        raise Unreadable(problem)
    try:
        return attempt(better.text, better)
    except NoDocument as error:
        raise Unreadable(str(error)) from None


def opened(text: str) -> Opened:
    """Return a parser for a document, which refuses document types. Raises Unreadable."""
    import xml.parsers.expat  # takes some ms, and not every package needs it

    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise Unreadable("has half a character in it") from None
    names: dict[str, str] = {}
    scope = Scope()
    parser = xml.parsers.expat.ParserCreate("utf-8", " ", names)
    parser.buffer_text = True
    if len(data) > _BUFFER:
        parser.buffer_size = _BUFFER
    parser.StartDoctypeDeclHandler = _document_type
    parser.StartNamespaceDeclHandler = scope.declare
    parser.EndNamespaceDeclHandler = scope.forget
    return Opened(parser, data, names, scope)


def _read_once(
    element: Element,
    text: str,
    by_local_name: bool,
    better: Repaired | None,
    *,
    with_runs: bool = True,
) -> Reading:
    import xml.parsers.expat  # as above

    parser, data, names, scope = opened(text)
    passing = Passing(parser, data, names, scope, {} if better is None else better.disguises)
    reader = Reader(
        parser,
        root_plan(element),
        scope,
        passing,
        by_local_name=by_local_name,
        restored=None if better is None else better.restored,
    )
    try:
        if with_runs and better is None and len(data) > _LEAST_WITH_RUNS:
            from .runs import Runs  # small packages do without it

            Runs(parser, data, reader, passing, scope.namespaces).feed()
        else:
            parser.Parse(data, True)
        return Reading(reader.result(), reader.skipped)
    except (Refused, ValueError, xml.parsers.expat.ExpatError) as error:
        if not passing.left_out:
            raise _unreadable(error, reader) from None
    return _read_once(element, text, by_local_name, better, with_runs=False)


def _unreadable(error: Exception, reader: Reader) -> Exception:
    """Return what an error of a parser or a reader means."""
    match error:
        case Refused():
            return Unreadable(str(error))
        case ValueError():  # a leaf's, or Unfit
            return Unreadable(str(error), reader.path())
        case _:
            return NoDocument(cast("ExpatError", error))


def _document_type(*_: object) -> None:
    raise Refused("has a document type, which no SOAP message has")
