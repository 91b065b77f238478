"""Elements that are passed over: they are in no table, or are kept as XML.

While the parser is in such an element it calls other functions, which do nothing but count, and
none at all for text. That is why documents may have large parts that nobody reads.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from ..wire.xml_events import Refused
from .fragments import MOST_DEPTH, XmlFragment, cut, tag_end, with_references
from .scopes import Scope

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_MOST_NAMES: Final = 10_000
"""The most names that expat remembers; each may be as long as a namespace."""
MOST_ADDED: Final = 100
"""The most bytes of declarations that fragments get, for each byte of the document."""


class Passing:
    """Passes over elements of a document.

    `names` are those that the parser remembers. `disguises` are characters of the document that
    stand for those that XML lacks. `passed` is the number of elements in no table, `left_out` that
    of bytes that the parser was not given.
    """

    __slots__ = (
        "_data",
        "_depth",
        "_disguises",
        "_kept",
        "_names",
        "_parser",
        "_resume",
        "_room",
        "_scope",
        "left_out",
        "passed",
    )

    def __init__(
        self,
        parser: "XMLParserType",
        data: bytes,
        names: dict[str, str],
        scope: Scope,
        disguises: Mapping[str, str],
    ) -> None:
        self._parser, self._data, self._names = parser, data, names
        self._scope, self._disguises = scope, disguises
        self._room = MOST_ADDED * len(data)
        self._depth = self.passed = self.left_out = 0
        self._kept: tuple[int, int] | None = None
        self._resume: Callable[[XmlFragment | None], None] | None = None

    @property
    def place(self) -> int:
        """The byte of the document that the parser is at."""
        return self._parser.CurrentByteIndex + self.left_out

    def skip(self, resume: Callable[[XmlFragment | None], None]) -> None:
        """Pass over the element that has begun, and resume after its end."""
        self.passed += 1
        self.bound_names()
        self._begin(resume)

    def keep(self, resume: Callable[[XmlFragment | None], None]) -> None:
        """Pass over the element that has begun, and resume with it after its end."""
        start = self.place
        end, is_empty = tag_end(self._data, start)
        self._kept = start, end if is_empty else 0
        self._begin(resume)

    def bound_names(self) -> None:
        """Let the parser forget the names that it has seen, if they are many."""
        if len(self._names) > _MOST_NAMES:
            self._names.clear()

    def _begin(self, resume: Callable[[XmlFragment | None], None]) -> None:
        self._depth, self._resume = 1, resume
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = None

    def _start(self, _: str, __: object) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise Refused("is nested too deeply")
        if self._kept is None:
            self.passed += 1
        self.bound_names()

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth:
            return
        resume, self._resume = self._resume, None
        assert resume is not None
        resume(self._fragment())

    def _fragment(self) -> XmlFragment | None:
        """Return the element that was kept, if one was."""
        if self._kept is None:
            return None
        (start, end), self._kept = self._kept, None
        end = end or self._data.index(b">", self.place) + 1
        element = with_references(self._data[start:end], self._disguises)
        fragment = cut(element, self._scope.namespaces)
        self._room -= len(fragment.data) - len(element)
        if self._room < 0:
            raise Refused("has too long namespaces")
        return fragment
