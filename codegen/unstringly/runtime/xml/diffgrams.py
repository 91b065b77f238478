"""The rows in a diffgram, read while the parser runs.

    <diffgr:diffgram>
      <NewDataSet><Rates diffgr:id="Rates1" diffgr:hasChanges="modified">…</Rates></NewDataSet>
      <diffgr:before><Rates diffgr:id="Rates1">…</Rates></diffgr:before>
    </diffgr:diffgram>

Rows may stand in one another. Without a schema every element of a row is a cell with a text.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from ..wire.xml_events import Refused
from .building import Unfit
from .dataset_columns import ANY, Cell, Column, Place, leaf_of, simple_named
from .dataset_layout import MSDATA, Layout, SetLayout
from .dataset_names import decoded
from .dataset_row import RowState
from .datasets import Table
from .diffgram_tables import OpenRow, table_of_rows
from .fragments import MOST_DEPTH, XmlFragment
from .leaves import Leaf
from .passing import Passing
from .scopes import Scope, name_in
from .tables import ScopedLeaf

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

DIFFGR: Final = "urn:schemas-microsoft-com:xml-diffgram-v1"
DIFFGRAM: Final = f"{DIFFGR} diffgram"
OF_A_TABLE: Final = "DocumentElement"
"""The element of the rows of a DataTable, which does not tell the name of a DataSet."""

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_BLANKS: Final = " \t\r\n"
_BEFORE: Final = f"{DIFFGR} before"
_ERRORS: Final = f"{DIFFGR} errors"
_NIL: Final = f"{_XSI} nil"
_TYPE: Final = f"{_XSI} type"
_MOST_DIGITS: Final = 10
_STATES: Final = {
    "": RowState.UNCHANGED,
    "descent": RowState.UNCHANGED,  # a row in it has changed
    "inserted": RowState.INSERTED,
    "modified": RowState.MODIFIED,
}


class Rows:
    """Reads the diffgram that has begun, and calls `resume` after its end.

    `layout` is what the schema says; without one it is what the rows tell.
    """

    def __init__(
        self,
        parser: "XMLParserType",
        passing: Passing,
        scope: Scope,
        restored: Callable[[str], str] | None,
        layout: SetLayout | None,
        resume: Callable[[], None],
    ) -> None:
        self._parser, self._passing, self._scope = parser, passing, scope
        self._restored, self._resume = restored, resume
        self._has_schema = layout is not None
        self.layout = SetLayout() if layout is None else layout
        self._open: list[OpenRow] = []
        self._current: dict[Layout, list[OpenRow]] = {}
        self._before: dict[Layout, list[OpenRow]] = {}
        self._section: dict[Layout, list[OpenRow]] | None = None
        self._has_rows = False
        self._column: Column | None = None
        self._read: Callable[[str], object] | None = None
        self._text: list[str] = []
        self._listen()

    def path(self) -> str:
        """Return the place in the DataSet, as in `Rates[3]/Rate`."""
        section = self._section or {}
        steps = [f"{own.layout.name}[{len(section.get(own.layout, ())) + 1}]" for own in self._open]
        return "/".join(steps if self._column is None else [*steps, self._column.name])

    def tables(self) -> tuple[Table, ...]:
        """Return all tables, after the end. Raises Unfit."""
        return tuple(
            table_of_rows(layout, self._current.get(layout, []), self._before.get(layout, []))
            for layout in self.layout.tables.values()
        )

    def _listen(self, _: XmlFragment | None = None) -> None:
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text.append

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._read is not None:
            raise Unfit("it has an element in it, and is a simple value")
        self._passing.bound_names()
        if self._restored is not None:
            attributes = {own: self._restored(text) for own, text in attributes.items()}
        row = self._open[-1] if self._open else None
        if row is not None and row.layout.text is not None:
            raise Unfit("it has an element in it, and is a row of a text")
        self._pass_blanks()
        if self._section is None:
            self._begin_section(name)
        elif row is None:
            self._begin_row(self._table_of(name), attributes)
        elif name in row.layout.elements and self._has_schema:
            self._begin_cell(row.layout.elements[name], attributes)
        elif self._has_schema:
            self._begin_row(row.layout.nested.get(name), attributes)
        else:
            self._passing.keep(partial(self._untyped, name, row))

    def _begin_section(self, name: str) -> None:
        if name == _ERRORS:
            self._passing.skip(self._listen)
        elif name == _BEFORE:
            self._section = self._before
        elif self._has_rows:
            raise Unfit("its diffgram has more than one DataSet")
        else:
            self._has_rows, self._section = True, self._current
            if not self._has_schema:
                self._name_set(name)

    def _name_set(self, name: str) -> None:
        """Take the name of the DataSet from the element of its rows, if that tells it."""
        self.layout.namespace, _, local = name.rpartition(" ")
        if local != OF_A_TABLE:
            self.layout.name = decoded(local)

    def _table_of(self, name: str) -> Layout | None:
        """Return the table whose rows are an element, a new one if there is no schema."""
        tables = self.layout.tables
        if not self._has_schema and name not in tables:
            tables[name] = Layout(decoded(name.rpartition(" ")[2]))
        return tables.get(name)

    def _begin_row(self, layout: Layout | None, attributes: Mapping[str, str]) -> None:
        if layout is None:
            self._passing.skip(self._listen)
            return
        told = attributes.get(f"{DIFFGR} hasChanges", "")
        if told not in _STATES:
            raise Unfit(f"a row of {layout.name!r} has changes of no known kind")
        row = OpenRow(
            layout,
            attributes.get(f"{DIFFGR} id", ""),
            _STATES[told],
            _number(attributes.get(f"{MSDATA} rowOrder", "")),
            is_null=is_nil(attributes),
        )
        self._open.append(row)
        if len(self._open) > MOST_DEPTH:
            raise Refused("is nested too deeply")
        for name, text in attributes.items():
            column = layout.attributes.get(name)
            if column is None and not self._has_schema and " " not in name:
                column = Column(decoded(name), place=Place.ATTRIBUTE)
                layout.columns[column.name] = layout.attributes[name] = column
            if column is not None:
                self._column = column
                self._put(row, column, leaf_of(column).read(text))

    def _begin_cell(self, column: Column, attributes: Mapping[str, str]) -> None:
        self._column = column
        if attributes and is_nil(attributes):
            self._read = _read_null
        elif column.type != ANY:
            self._read = leaf_of(column).read
        else:
            leaf = told_leaf(self._scope.namespaces, attributes)
            if leaf is None:
                self._passing.keep(self._kept)
            elif isinstance(leaf, ScopedLeaf):
                self._read = partial(_read_scoped, leaf, self._scope)
            else:
                self._read = leaf.read

    def _end(self, _: str) -> None:
        if self._read is not None:
            assert self._column is not None
            self._put(self._open[-1], self._column, self._read(self._taken_text()))
            self._read = None
        elif self._open:
            row = self._open[-1]
            column = row.layout.text
            if column is None:
                self._pass_blanks()
            else:
                read = _read_null if row.is_null else leaf_of(column).read
                self._column = column
                self._put(row, column, read(self._taken_text()))
            assert self._section is not None
            self._open.pop()
            self._section.setdefault(row.layout, []).append(row)
        else:
            self._pass_blanks()
            if self._section is None:
                self._resume()
            self._section = None

    def _kept(self, fragment: XmlFragment | None) -> None:
        """Take a cell that stays XML."""
        self._listen()
        assert self._column is not None
        self._put(self._open[-1], self._column, fragment)

    def _untyped(self, name: str, row: OpenRow, fragment: XmlFragment | None) -> None:
        """Take a cell that no schema speaks of: a text, or else XML."""
        self._listen()
        assert fragment is not None
        element = fragment.element()
        is_text = not len(element)
        layout, local = row.layout, decoded(name.rpartition(" ")[2])
        column = layout.columns.get(local)
        if column is None or not (is_text or column.type == ANY):
            column = Column(local, "string" if is_text else ANY)
            layout.columns[local] = layout.elements[name] = column
        self._column = column
        is_null = element.get(f"{{{_XSI}}}nil", "") in ("true", "1")
        self._put(row, column, None if is_null else element.text or "" if is_text else fragment)

    def _put(self, row: OpenRow, column: Column, value: object) -> None:
        if column.name in row.cells:
            raise Unfit("there is more than one")
        row.cells[column.name] = cast("Cell", value)
        self._column = None

    def _taken_text(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        return text if self._restored is None else self._restored(text)

    def _pass_blanks(self) -> None:
        if self._text and self._taken_text().strip(_BLANKS):
            raise Unfit("it has a text between its elements")


def _read_scoped(leaf: ScopedLeaf, scope: Scope, text: str) -> object:
    return leaf.read(text, scope.namespaces)


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None


def told_leaf(
    namespaces: Mapping[str, str], attributes: Mapping[str, str]
) -> Leaf[object] | ScopedLeaf | None:
    """Return the leaf that a cell of any type tells; None for a cell that stays XML."""
    return simple_named(name_in(namespaces, attributes.get(_TYPE, "")) or "")


def is_nil(attributes: Mapping[str, str]) -> bool:
    """Say whether an element is said to be nil."""
    return attributes.get(_NIL, "").strip(_BLANKS) in ("true", "1")


def _read_null(text: str) -> None:
    if text.strip(_BLANKS):
        raise Unfit("it is nil, and has a text")
