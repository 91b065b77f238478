"""Runs: items of a list that are written alike, and are read many at once instead of one by one.

A document stays well-formed if whole elements that follow another one are left out of it. So the
parser is given a document up to the end of an item of a list; the items that follow and match a
pattern are left out and go into the list; and the parser goes on with what is behind them, as if
they were not there. What does not match is the parser's, as everything else.

Looking for a run costs a few parts in a hundred of what the parser takes for what it is given in
between, and that gets longer as long as runs are short. Whatever is wrong with a document in which
something was left out, it is read again without runs, which says what is wrong.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from .fragments import MOST_DEPTH
from .open_lists import OpenList, OpenLists
from .passing import Passing
from .run_columns import Columns, values_of
from .run_pattern import XSI, Names, RunPattern, run_pattern

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

    from .plans import Entry
    from .reader import Reader

_STEP: Final = 1_024
"""The bytes that the parser is given at least before a run is looked for."""
_WATCHED: Final = 4
"""The part of what the parser is given in which lists are watched: that takes some time, too."""
_FARTHEST: Final = 8
"""How many steps away the end of an item may be."""
_SAMPLE: Final = 2 * 1024
"""The bytes before a run of which it is told how names are written."""
_LEAST: Final = 4 * 1024
_WINDOW: Final = 256 * 1024
"""The least and the most bytes in which items are looked for at once."""
_WORTH: Final = 100_000
"""The bytes of a document for each pattern that is made for it: that takes 2 ms."""
_MOST_PREFIXES: Final = 30
_MOST_PATTERNS: Final = 64
PATTERNS: Final[dict[tuple["Entry", str, Names], RunPattern | None]] = {}
"""The patterns that have been made; all are forgotten when there are too many."""

_GAP: Final = re.compile(rb">[ \t\r\n]").search
_END_TAG: Final = re.compile(rb"</[^\s<>]{1,300}>").match
_NO_CHARACTERS: Final = ("]]>", "\ufffe", "\uffff")
"""What no text between tags may have, beside what patterns do not match."""


class Runs:
    """Gives a document to a parser, but for runs, which go to its reader at once."""

    def __init__(
        self,
        parser: "XMLParserType",
        data: bytes,
        reader: "Reader",
        passing: Passing,
        namespaces: Mapping[str, str],
    ) -> None:
        self._parser, self._data, self._view = parser, data, memoryview(data)
        self._reader, self._passing, self._namespaces = reader, passing, namespaces
        self._position = 0
        self._room = len(data)

    def feed(self) -> None:
        """Give the whole document. Raises what the parser and the reader do."""
        step = _STEP
        while len(self._data) - self._position > step + _LEAST:
            before = self._position
            lists = self._give_about(step)
            if lists is None:
                break
            left_out = self._take_run(lists, _FARTHEST * step)
            self._reader.lists = None
            given = self._position - before - left_out
            step = _STEP if left_out > given else 2 * step
        self._parser.Parse(self._view[self._position :], True)

    def _give_about(self, number: int) -> OpenLists | None:
        """Give so many bytes and some more; return the lists of the last of them.

        None: there is no tag so far from here.
        """
        start = self._position
        unwatched = number - max(_STEP, number // _WATCHED)
        for place in (start + unwatched, start + number) if unwatched else (start + number,):
            end = self._data.find(b">", place) + 1
            if not end:
                return None
            if place == start + number:
                self._reader.lists = OpenLists()
            self._give(end)
        return self._reader.lists

    def _give(self, end: int) -> None:
        """Give the parser what comes up to a place."""
        self._parser.Parse(self._view[self._position : end], False)
        self._position = end

    def _take_run(self, lists: OpenLists, farthest: int) -> int:
        """Leave out the run behind the next item of a list, and return its length in bytes."""
        for under_way in lists.by_depth():
            tag = _END_TAG(self._data, under_way.place)
            name = under_way.name(self._reader.levels())
            if tag is None or name is None:
                continue
            start = self._data.find(tag[0], self._position, self._position + farthest)
            if start < 0:
                continue
            self._give(start + len(tag[0]))
            if not lists.has_ended(under_way, self._reader.levels(), start):
                continue
            pattern = self._pattern(under_way.entry, name)
            if pattern is None or pattern.end != tag[0]:
                continue
            if under_way.depth + pattern.depth <= MOST_DEPTH:
                return self._leave_out(under_way, pattern, farthest)
        return 0

    def _pattern(self, entry: "Entry", name: str) -> RunPattern | None:
        """Return the pattern of the items of a list, if it is known or worth to be made."""
        if len(self._namespaces) > _MOST_PREFIXES:
            return None
        names = self._names(self._data[max(0, self._position - _SAMPLE) : self._position])
        key = entry, name, names
        known = PATTERNS.get(key)
        if known is not None or key in PATTERNS or self._room < _WORTH:
            return known
        self._room -= _WORTH
        if len(PATTERNS) >= _MOST_PATTERNS:
            PATTERNS.clear()
        made = PATTERNS[key] = run_pattern(entry, name, names)
        return made

    def _names(self, sample: bytes) -> Names:
        """Return how names are written here, of a sample of the document before this place."""
        prefixes: dict[str, str] = {} if self._namespaces.get("") else {"": ""}
        for prefix, namespace in self._namespaces.items():
            if not prefix and namespace in (XSI, ""):
                continue
            is_seen = b"<%b:" % prefix.encode() in sample
            if namespace not in prefixes or (is_seen and prefix) or not (is_seen or prefix):
                prefixes[namespace] = prefix
        return Names(tuple(prefixes.items()), _GAP(sample) is not None)

    def _leave_out(self, under_way: OpenList, pattern: RunPattern, farthest: int) -> int:
        """Put the items that match into their list, and return their length in bytes."""
        before, size = self._position, _LEAST
        while size:
            end = self._end_of_item(pattern.end, size, farthest)
            if not end:
                break
            window = self._data[self._position : end]
            matched = self._read(under_way, pattern, window.decode())
            self._position += matched
            self._passing.left_out += matched
            size = min(4 * size, _WINDOW) if matched == len(window) else 0
        return self._position - before

    def _end_of_item(self, tag: bytes, size: int, farthest: int) -> int:
        """Return the place behind the last end tag that is so near, or else the next; 0 if none."""
        start = self._position
        end = self._data.rfind(tag, start, start + size)
        if end < 0:
            end = self._data.find(tag, start, start + farthest)
        return 0 if end < 0 else end + len(tag)

    def _read(self, under_way: OpenList, pattern: RunPattern, text: str) -> int:
        """Put the items that match at the beginning of a text; return their length in bytes."""
        if any(characters in text for characters in _NO_CHARACTERS):
            return 0
        rows = pattern.find(text)
        rest = rows[-1][-1]
        if rest:
            rows.pop()
        if rows:
            columns = Columns(iter(list(zip(*rows, strict=True))), len(rows), "&" in text)
            try:
                under_way.extend(values_of(pattern.node, columns))
            except ValueError:
                if self._passing.left_out:
                    raise
                return 0  # the parser gets there, and the reader says what is wrong and where
        return len(text.encode()) - len(rest.encode())
