"""Elements with a DataSet in them: an inline schema, and then a diffgram with the rows.

Nothing is trusted: a document type, a deep nesting and too many columns are refused, and the work
grows with the bytes. What is not looked at (constraints, relations, errors of rows) stays in `raw`.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from ..wire.references import Repaired
from ..wire.xml_events import Refused
from .building import Unfit
from .dataset_layout import MOST_NODES, XSD, Node
from .dataset_schema import SCHEMA, set_layout
from .datasets import DataSet, came
from .diffgram_tables import without_rows
from .diffgrams import DIFFGRAM, Rows
from .fragments import MOST_DEPTH, XmlFragment, cut, tag_end, with_references
from .passing import Passing
from .reading import NoDocument, Opened, Unreadable, attempted, opened
from .scopes import name_in

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_BLANKS: Final = " \t\r\n"
_REFERRING: Final = ("type", "base", "ref")
_ANNOTATION: Final = f"{XSD} annotation"
_MOST_PARTS: Final = 100


def read_data_set(fragment: XmlFragment) -> DataSet:
    """Return the DataSet in an element. Raises ValueError, with the place in the DataSet."""
    text = fragment.data.decode()
    try:
        return attempted(text, lambda own, better: _read_once(fragment, own, better))
    except Unreadable as error:
        words = f"{error.path}: {error.words}" if error.path else error.words
        raise Unfit(words) from None


def read_data_set_or_xml(fragment: XmlFragment) -> DataSet | XmlFragment:
    """Return the DataSet in an element, or the element if it cannot be read as one."""
    try:
        return read_data_set(fragment)
    except ValueError:
        return fragment


def _read_once(fragment: XmlFragment, text: str, better: Repaired | None) -> DataSet:
    import xml.parsers.expat  # as in reading

    source = opened(text)
    reader = _Reader(source, better)
    try:
        source.parser.Parse(source.data, True)
        return came(reader.data_set(), fragment, tuple(reader.parts))
    except Refused as error:
        raise Unreadable(str(error)) from None
    except ValueError as error:  # a leaf's, or Unfit
        raise Unreadable(str(error), reader.path()) from None
    except xml.parsers.expat.ExpatError as error:
        raise NoDocument(error) from None


class _Reader:
    """The state of the parser in front of the diffgram: in the element, or in a schema."""

    def __init__(self, source: Opened, better: Repaired | None) -> None:
        self._source = source
        self._disguises: Mapping[str, str] = {} if better is None else better.disguises
        self._restored: Callable[[str], str] | None = None if better is None else better.restored
        self._passing = Passing(
            source.parser, source.data, source.names, source.scope, self._disguises
        )
        self.parts: list[XmlFragment] = []
        self._schemas: list[Node] = []
        self._stack: list[Node] = []
        self._rows: Rows | None = None
        self._is_inside = False
        self._nodes = self._part = self._part_end = 0
        self._listen()

    @property
    def _parser(self) -> "XMLParserType":
        return self._source.parser

    def data_set(self) -> DataSet:
        """Return the DataSet, after the end. Raises ValueError."""
        if not self._schemas and self._rows is None:
            raise Unfit("it has neither a schema nor a diffgram in it")
        if self._rows is None:
            layout = set_layout(self._schemas)
            tables = without_rows(layout)
        else:
            layout, tables = self._rows.layout, self._rows.tables()
        return DataSet(tables, name=layout.name, namespace=layout.namespace, main=layout.main)

    def path(self) -> str:
        """Return the place in the DataSet."""
        return "" if self._rows is None else self._rows.path()

    def _listen(self, _: XmlFragment | None = None) -> None:
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        if text.strip(_BLANKS):
            raise Unfit("it has a text between its elements")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._passing.bound_names()
        if not self._is_inside:
            self._is_inside = True
        elif self._stack:
            self._start_node(name, attributes)
        elif name == SCHEMA:
            if self._rows is not None:
                raise Unfit("its schema stands behind the rows")
            self._start_part()
            self._start_node(name, attributes)
            self._schemas.append(self._stack[0])
        elif name == DIFFGRAM:
            if self._rows is not None:
                raise Unfit("it has more than one diffgram")
            self._start_part()
            layout = set_layout(self._schemas) if self._schemas else None
            self._rows = Rows(
                self._parser,
                self._passing,
                self._source.scope,
                self._restored,
                layout,
                self._end_rows,
            )
        else:
            self._passing.keep(self._kept)

    def _kept(self, fragment: XmlFragment | None) -> None:
        """Take an element that nobody looks at, and that goes back with the others."""
        assert fragment is not None
        self._take(fragment)
        self._listen()

    def _end(self, _: str) -> None:
        if self._stack:
            self._stack.pop()
            if not self._stack:
                self._end_part()

    def _end_rows(self) -> None:
        self._end_part()
        self._listen()

    def _start_node(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _ANNOTATION:
            self._passing.skip(self._listen)
            return
        self._nodes += 1
        if self._nodes > MOST_NODES or len(self._stack) >= MOST_DEPTH:
            raise Refused("has too large a schema in it")
        own = dict(attributes)
        for each in _REFERRING:
            if each in own:
                own[each] = name_in(self._source.scope.namespaces, own[each]) or ""
        node = Node(name, own, self._stack[0] if self._stack else None)
        if self._stack:
            self._stack[-1].children.append(node)
        self._stack.append(node)

    def _start_part(self) -> None:
        self._part = self._parser.CurrentByteIndex
        end, is_empty = tag_end(self._source.data, self._part)
        self._part_end = end if is_empty else 0

    def _end_part(self) -> None:
        data = self._source.data
        end = self._part_end or data.index(b">", self._parser.CurrentByteIndex) + 1
        element = with_references(data[self._part : end], self._disguises)
        self._take(cut(element, self._source.scope.namespaces))

    def _take(self, part: XmlFragment) -> None:
        if len(self.parts) == _MOST_PARTS:
            raise Refused("has too many schemas in it, or other elements")
        self.parts.append(part)
