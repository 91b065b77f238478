"""From the text of an XML document to a tree of its elements, each with its place.

Where other readers recover, this one refuses: a document that is not well-formed, a document
type declaration (so there are no entities to expand), and a nesting deeper than any real
document's, because the tree is walked by recursion.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from msgspec import Struct, field

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.read.wsdl.findings import Refused

DEEPEST = 100
"""Elements that may be open at one place."""

MOST_PREFIXES = 200
"""Namespace prefixes that may be in scope at one place."""

NOT_WELL_FORMED = Rule(
    "W103",
    Severity.ERROR,
    "a WSDL or schema file is not well-formed XML",
    wrong="""\
The file breaks off, tags do not match, a prefix is not declared, or it is no XML at all,
such as an error page that was saved under the name of a WSDL.""",
    why="Half a WSDL is not read: operations would silently be missing.",
    example="MsgSend.wsdl:12:3: mismatched tag",
    todo="""\
Fetch the document from `?WSDL` again. If it was edited by hand, the mistake is at or just
before the place that is shown.""",
)

DOCTYPE = Rule(
    "W104",
    Severity.ERROR,
    "a WSDL or schema file has a document type declaration",
    wrong="The file holds `<!DOCTYPE ...>`.",
    why="""\
Such a declaration brings entities, which can refer to other files and addresses or expand
to gigabytes. Neither WSDL nor XML Schema needs one.""",
    example='<!DOCTYPE definitions [ <!ENTITY a "..."> ]>',
    todo="""\
Delete the declaration from your copy, and write out the entities that it defines. If the
file is a web page, save what the service serves at `?WSDL` instead.""",
)

TOO_LARGE = Rule(
    "W105",
    Severity.ERROR,
    "a WSDL or schema file is nested too deeply, or has too many prefixes",
    wrong="""\
More than 100 elements are open at one place, or more than 200 namespace prefixes are
declared there.""",
    why="""\
No real service description comes near that, and reading it could exhaust the stack or the
memory.""",
    example="<a><a><a> ... a hundred times",
    todo="""\
Check that this is the document you meant. Deep nesting within documentation can be removed
from your copy.""",
)

RULES = (NOT_WELL_FORMED, DOCTYPE, TOO_LARGE)


class Node(Struct, frozen=True, eq=False):
    """An element: names are written `{namespace}local`, or `local` without a namespace.

    `namespaces` are the prefixes in scope (None is the default namespace). `span` covers the
    beginning of the start tag. Two nodes are equal only if they are the same one.
    """

    name: str
    attributes: Mapping[str, str]
    namespaces: Mapping[str | None, str]
    span: Span
    content: tuple["Node | str", ...]

    @property
    def children(self) -> tuple["Node", ...]:
        """The child elements, in order."""
        return tuple(item for item in self.content if isinstance(item, Node))

    @property
    def namespace(self) -> str:
        """The namespace of the element's own name."""
        return self.name[1:].rpartition("}")[0] if self.name.startswith("{") else ""

    @property
    def local(self) -> str:
        """The element's name without its namespace."""
        return self.name.rpartition("}")[2]

    def text(self) -> str:
        """Return all character data within, that of descendants included."""
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for item in self.content:
            if isinstance(item, Node):
                yield from item._texts()
            else:
                yield item


class _Open(Struct):
    """An element whose end tag has not been read."""

    name: str
    attributes: dict[str, str]
    namespaces: dict[str | None, str]
    span: Span
    content: list[Node | str] = field(default_factory=list[Node | str])


def expat_parser(
    start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]
) -> expat.XMLParserType:
    """Return a parser of UTF-8 that calls these functions at tags; names are `namespace}local`."""
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    return parser


def parse_xml(text: str, file: str) -> Node:
    """Return the root element of a document; `file` is its name in spans.

    Raises `Refused` at the first problem: not well-formed (W103), a document type (W104), or too
    deep or too many prefixes (W105).
    """
    return _TreeBuilder(text, file).build()


class _TreeBuilder:
    """Expat's handlers, and the elements that are open at the moment."""

    def __init__(self, text: str, file: str) -> None:
        self._source = text.encode("utf-8", "surrogatepass")
        self._file = file
        self._stack: list[_Open] = []
        self._declared: dict[str | None, str] = {}
        self._root: Node | None = None
        self._expat = expat_parser(self._start, self._end)
        self._expat.StartNamespaceDeclHandler = self._declare
        self._expat.CharacterDataHandler = self._characters
        self._expat.StartDoctypeDeclHandler = self._refuse_doctype

    def build(self) -> Node:
        try:
            self._expat.Parse(self._source, True)
        except expat.ExpatError as error:
            span = Span(self._file, error.lineno, error.offset + 1)
            message = expat.ErrorString(error.code) or "not XML"
            advice = "Fetch the document again, or mend it here."
            if _PAGE.match(self._source):
                message, advice = f"{message}: {_A_PAGE}", _NO_PAGE
            raise Refused(Diagnostic(NOT_WELL_FORMED, span, message, advice)) from None
        assert self._root is not None  # expat has seen the root's end tag
        return self._root

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self._declared[prefix] = uri or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= DEEPEST:
            message = f"more than {DEEPEST} elements are nested here"
            advice = "Check that this is the document you meant."
            raise Refused(Diagnostic(TOO_LARGE, self._here(), message, advice))
        namespaces = self._stack[-1].namespaces if self._stack else {}
        if self._declared:
            namespaces = {**namespaces, **self._declared}
            self._declared = {}
            if len(namespaces) > MOST_PREFIXES:
                message = f"more than {MOST_PREFIXES} namespace prefixes are declared here"
                advice = "Check that this is the document you meant."
                raise Refused(Diagnostic(TOO_LARGE, self._here(), message, advice))
        clark = {_in_braces(key): value for key, value in attributes.items()}
        self._stack.append(_Open(_in_braces(name), clark, namespaces, self._here()))

    def _end(self, _name: str) -> None:
        element = self._stack.pop()
        node = Node(
            element.name,
            element.attributes,
            element.namespaces,
            element.span,
            tuple(element.content),
        )
        if self._stack:
            self._stack[-1].content.append(node)
        else:
            self._root = node

    def _characters(self, text: str) -> None:
        self._stack[-1].content.append(text)

    def _refuse_doctype(self, root: str, *_declaration: object) -> None:
        message = "the document has a document type declaration"
        advice = "Delete it, and write out the entities that it defines."
        if root.lower() == "html":
            message, advice = f"{message} of HTML: {_A_PAGE}", _NO_PAGE
        raise Refused(Diagnostic(DOCTYPE, self._here(), message, advice))

    def _here(self) -> Span:
        """Return the place that expat is at, as long as `<` and the tag's name."""
        start = self._expat.CurrentByteIndex
        tag = _TAG.match(self._source, start)
        length = len(tag[0].decode("utf-8", "replace")) if tag else 1
        line, column = self._expat.CurrentLineNumber, self._expat.CurrentColumnNumber
        return Span(self._file, line, column + 1, length)


_TAG = re.compile(rb"<[^\s/>]+")
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+)?html[\s>]", re.IGNORECASE)
_A_PAGE = "it looks like an HTML page, not like a WSDL"
_NO_PAGE = "Save what the service serves at ?WSDL."


def _in_braces(name: str) -> str:
    """Return expat's `namespace}local` as `{namespace}local`."""
    return "{" + name if "}" in name else name
