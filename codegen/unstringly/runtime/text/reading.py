"""Values from a machine's marks: the elements of a text as a tree, and lists of records."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from ..errors.exceptions import MalformedResponse
from .matcher import KEPT, Machine, Mark
from .parsed import Malformed, Parsed, Span

T = TypeVar("T")

_LOOKED_AT = 200
_MALFORMED_NAME = "malformed"
_KEPT_NAME = "(kept)"
_NO_ITEMS = (_MALFORMED_NAME, _KEPT_NAME)


class Element(NamedTuple):
    """A named stretch of a text, with the elements inside it: an item, or a field of one."""

    name: str
    text: str
    span: Span
    children: tuple["Element", ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The contents of a record's fields, in order; missing ones at the end are left out."""
        return tuple(child.text for child in self.children)

    @property
    def only(self) -> "Element":
        """The one element inside of this one, which is the alternative of a choice."""
        (element,) = self.children
        return element

    def is_only(self, *names: str) -> bool:
        """Say whether one element is inside of this one, with one of these names."""
        return len(self.children) == 1 and self.children[0].name in names

    def optional_child(self, index: int) -> "Element | None":
        """Return the element of the field at `index`, or None if the record ends before it."""
        return self.children[index] if index < len(self.children) else None

    def optional_text(self, index: int) -> str | None:
        """Return the content of the field at `index`, or None if the record ends before it."""
        return self.children[index].text if index < len(self.children) else None


def with_lf(text: str) -> str:
    """Return the text without the carriage returns before its line feeds."""
    if "\r\n" not in text:
        return text
    *lines, last = text.split("\n")
    return "\n".join([*(line.rstrip("\r") for line in lines), last])


class Reading:
    """A text as its grammar reads it: one item, or the records of a list."""

    def __init__(self, machine: Machine, raw: str) -> None:
        if type(raw) is not str:
            raw = _as_str(raw)
        self._machine = machine
        self._raw = raw
        self._text = with_lf(raw) if machine.lf else raw
        marks = machine.read(self._text)
        self._elements = None if marks is None else tuple(_elements(machine, self._text, marks))

    def is_only(self, *names: str) -> bool:
        """Say whether the whole text is one element with one of these names."""
        elements = self._elements
        return elements is not None and len(elements) == 1 and elements[0].name in names

    @property
    def only(self) -> Element:
        """The one element that the whole text is.

        Raises MalformedResponse, with the text, if it has no reading.
        """
        if self._elements is None:
            expected = " or ".join(self._machine.items)
            reason = _MARKUP if self._is_markup else _reason(self._machine, self._text)
            raise MalformedResponse(self._raw, f"is no {expected}: {reason}")
        (element,) = self._elements
        return element

    def records(self, record: Callable[[Element], T]) -> Parsed[T]:
        """Return the records of a list, and the malformed pieces between them.

        Never raises: every text is a list of records, malformed pieces and separators.
        """
        machine, text = self._machine, self._text
        elements: Iterable[Element] | None = self._elements
        if elements is None:
            elements = _elements(machine, text, machine.recover(text))
        place = _Places(self._raw, text)
        spans: list[Span] = []
        records: list[T] = []
        malformed: list[Malformed] = []
        for element in elements:
            span = place.in_raw(element.span)
            if element.name in _NO_ITEMS:
                piece = self._raw[span.start : span.end]
                malformed.append(Malformed(piece, span, self._why(element)))
            else:
                spans.append(span)
                records.append(record(element))
        return Parsed(self._raw, records, malformed, spans)

    def _why(self, element: Element) -> str:
        """Return the reason why a piece is no record."""
        if self._is_markup:
            return _MARKUP
        return _KEPT if element.name == _KEPT_NAME else _reason(self._machine, element.text)

    @cached_property
    def _is_markup(self) -> bool:
        return _is_markup(self._raw)


def item_spans(machine: Machine, text: str) -> tuple[Span, ...]:
    """Return the places of the items of a text that has a reading, and no CR to drop."""
    return tuple(element.span for element in _elements(machine, text, machine.read(text) or ()))


def _as_str(value: object) -> str:
    """Return an instance of a subclass of `str` as a plain text. Raises TypeError otherwise."""
    if value is None:
        raise TypeError("a parser takes the text of a result, a str: None is no result at all")
    if isinstance(value, bytes | bytearray | memoryview):
        raise TypeError("a parser takes the text of a result, a str: decode the bytes first")
    if not isinstance(value, str):
        reason = f"a parser takes the text of a result, a str, not {type(value).__name__}"
        raise TypeError(reason)
    return str.__str__(value)  # a text enum's own str() is its name


_MARKUP = (
    "looks like XML or HTML; where XML is still around a result, a parser takes the text inside"
)


_KEPT = "is kept as one piece: so much in the text does not fit that this part is not taken apart"


def _is_markup(text: str) -> bool:
    """Say whether a text looks like an element of XML, or like a whole document."""
    begin, end = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n"), text[-_LOOKED_AT:].rstrip(" \t\r\n")
    inside = begin[1:2]
    is_tag = begin.startswith("<") and (inside.isalpha() or inside in tuple("_?!"))
    return is_tag and end.endswith(">")


def _elements(machine: Machine, text: str, marks: Iterable[Mark]) -> Iterator[Element]:
    """Yield the elements that the marks open and close, in order, with the elements inside them."""
    levels: list[list[Element]] = [[]]
    starts: list[int] = []
    for at, number, closes in marks:
        if not closes:
            starts.append(at)
            levels.append([])
            continue
        start = starts.pop()
        children = tuple(levels.pop())
        name = _KEPT_NAME if number == KEPT else machine.elements[number]
        element = Element(name, text[start:at], Span(start, at), children)
        if starts:
            levels[-1].append(element)
        else:
            yield element


def _reason(machine: Machine, text: str) -> str:
    """Say how many characters of a wrong text the grammar can follow, and where it stops."""
    if not text:
        return "is empty"
    at, places = machine.reach(text)
    marks = machine.read(text) if at == len(text) else None
    if marks:
        return f"is {machine.elements[marks[0].element]}, which cannot stand here"
    where = " or ".join(sorted(place for place in places if place))
    inside = f", in {where}" if where else ""
    if at == len(text):
        return f"ends too early{inside}"
    return f"stops fitting at character {at + 1} of {len(text)}{inside}"


class _Places:
    """The places in the raw text of the characters of a text without the CR before each LF."""

    def __init__(self, raw: str, text: str) -> None:
        self._at = array("Q")
        self._missing = array("Q")
        if len(raw) != len(text):
            self._note(raw)

    def in_raw(self, span: Span) -> Span:
        """Return the stretch of the raw text that a stretch of the text was made from."""
        return Span(self._raw(span.start), self._raw(span.end)) if self._at else span

    def _raw(self, at: int) -> int:
        index = bisect_right(self._at, at)
        return at + (self._missing[index - 1] if index else 0)

    def _note(self, raw: str) -> None:
        """Note the places in the text behind which characters are left out, and how many so far."""
        at = total = 0
        lines = raw.split("\n")
        for line in lines[:-1]:
            stripped = line.rstrip("\r")
            at += len(stripped) + 1
            missing = len(line) - len(stripped)
            if missing:
                total += missing
                self._at.append(at)
                self._missing.append(total)
