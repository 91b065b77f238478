"""From a YAML file to a tree of nodes, each with its place.

Only the plain part of YAML is taken: mappings with scalar keys, sequences, and scalars, each
by its spelling (`NO`, `010` and `1:30` are those texts). Whatever gives a text a second
meaning is refused: anchors and aliases, merge keys, tags, several documents. The tree is
built from PyYAML's events on a stack of our own: nothing recurses, however deep the input.
"""

from collections.abc import Iterator
from typing import Never, TypeAlias

import yaml
from msgspec import Struct
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.read.spec.source_text import SourceText, source_text

MAX_DEPTH = 32
NOTHING_THERE = "there is nothing in this file"

SYNTAX = Rule(
    "S102",
    Severity.ERROR,
    "the spec file is not YAML",
    wrong="""\
The file could not be read as YAML. Frequent causes: a tab in the indentation; a value that
begins with one of `[ { * & ! | > % @ #`, or contains `: ` or ` #`, and stands without
quotes; a quote that is not closed.""",
    why="Nothing more can be said about it.",
    example="separator: |        text: [0-9]+, or nothing",
    todo="""\
Put patterns and separators in single quotes, in which nothing but the quote itself is
special: `text: '[0-9]+'`.""",
)

REFUSED = Rule(
    "S103",
    Severity.ERROR,
    "the spec uses more than plain YAML",
    wrong="""\
Anchors (`&name`), aliases (`*name`), merge keys (`<<`), tags (`!name`), mappings or lists
as keys, several documents in a file and nesting deeper than 32 levels are refused.""",
    why="""\
A spec says each thing where it stands, so that one place tells all that it
means.""",
    example="types: {A: &text {text: any}, B: *text}",
    todo="""\
To use a definition twice, give it a name under `types` and refer to that name. Put a value
that begins with `&`, `*` or `!` in quotes.""",
)

REPEATED_KEY = Rule(
    "S104",
    Severity.ERROR,
    "a key stands twice in its mapping",
    wrong="Keys are compared by what they spell: `1` and `'1'` are the same.",
    why="""\
YAML readers commonly keep the last of two equal keys and say nothing, which silently loses
the first.""",
    example="enum: {1: SENT, '1': FAILED}",
    todo="Keep one of the two keys, or rename one.",
)

RULES = (SYNTAX, REFUSED, REPEATED_KEY)


class Scalar(Struct, frozen=True):
    """A text. `source` is its spelling in the file, quotes included, if that is on one line."""

    text: str
    span: Span
    source: str | None

    @property
    def is_missing(self) -> bool:
        """Say whether nothing is written here (`key:`), not even quotes."""
        return self.source == ""

    def at(self, offset: int, length: int = 1) -> Span:
        """Return the place in the file of some characters of `text`.

        It is the place of the whole scalar if escapes or line breaks leave no other.
        """
        if self.source is None:
            return self.span
        quote, inner = self.source[:1], self.source[1:-1]
        if self.source == self.text:
            start, end = offset, offset + length
        elif quote == "'":
            start = 1 + offset + self.text.count("'", 0, offset)
            end = start + length + self.text.count("'", offset, offset + length)
        elif quote == '"' and inner == self.text:
            start, end = 1 + offset, 1 + offset + length
        else:
            return self.span
        return self.span.shifted(start, max(end - start, 1))


class Sequence(Struct, frozen=True):
    """Nodes in order."""

    items: tuple["Node", ...]
    span: Span


class Mapping(Struct, frozen=True):
    """Keys and their nodes, in the file's order; no key stands twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    span: Span


Node: TypeAlias = Scalar | Sequence | Mapping


def read_nodes(data: bytes, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of a YAML file, and findings; None if there is no tree. Never raises."""
    source, findings = source_text(data, file)
    if source is None:
        return None, findings
    return _Tree(source).read()


class _Stopped(Exception):
    """Reading cannot go on; the finding that says why is kept already."""


class _Open(Struct, frozen=True):
    """A collection that is still open; in a mapping, keys and values alternate.

    None stands for a child that was refused.
    """

    is_mapping: bool
    start: int
    children: list[Node | None]


class _Tree:
    """A builder of the tree of one file, from the events of PyYAML's parser."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._findings: list[Diagnostic] = []
        self._open: list[_Open] = [_Open(False, 0, [])]
        self._documents = 0

    def read(self) -> tuple[Node | None, tuple[Diagnostic, ...]]:
        roots = self._open[0].children
        try:
            for event in self._events():
                self._take(event)
            root = roots[0] if roots else None
            if not self._documents or (isinstance(root, Scalar) and root.is_missing):
                self._stop(SYNTAX, 0, NOTHING_THERE)
        except _Stopped:
            return None, tuple(self._findings)
        return roots[0], tuple(self._findings)

    def _events(self) -> Iterator[Event]:
        """Yield the parser's events; an error that it raises becomes a finding (S102)."""
        last_end = 0
        try:
            for event in yaml.parse(self._source.text, yaml.SafeLoader):
                last_end = event.end_mark.index if event.end_mark else last_end
                yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = last_end if mark is None else mark.index
            problem = error.problem or "something is missing"
        except (yaml.YAMLError, ValueError, OverflowError):
            # "\UFFFFFFFF" fails in `chr`, a very long version after %YAML in `int`.
            at, problem = last_end, "a number in an escape or directive is out of range"
        else:
            return
        if self._source.text[at : at + 1] == "\t":
            self._stop(SYNTAX, at, "a tab stands where YAML takes only blanks", "use blanks")
        advice = "a text that begins with or contains a character of YAML's own needs quotes"
        self._stop(SYNTAX, at, f"this is not YAML: {problem}", advice)

    def _take(self, event: Event) -> None:
        start = event.start_mark.index if event.start_mark else 0
        end = event.end_mark.index if event.end_mark else start
        if isinstance(event, NodeEvent):
            self._refuse_extras(event, start, end)
        match event:
            case DocumentStartEvent():
                self._begin_document(start)
            case AliasEvent():
                self._add(None)
            case ScalarEvent():
                self._add(self._scalar(event, start, end))
            case CollectionStartEvent():
                self._begin_collection(event, start)
            case CollectionEndEvent():
                self._close(end)
            case _:
                pass

    def _begin_document(self, start: int) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(REFUSED, start, "a second document begins here", "use one file each")

    def _begin_collection(self, event: CollectionStartEvent, start: int) -> None:
        if len(self._open) > MAX_DEPTH:
            self._stop(REFUSED, start, f"this is nested deeper than {MAX_DEPTH} levels")
        self._open.append(_Open(isinstance(event, MappingStartEvent), start, []))

    def _refuse_extras(self, event: NodeEvent, start: int, end: int) -> None:
        match event:
            case AliasEvent():
                extra, advice = f"the alias *{event.anchor}", "write the value out"
            case _ if event.anchor is not None:
                extra, advice = f"the anchor &{event.anchor}", "leave it out"
            case ScalarEvent() | CollectionStartEvent() if event.tag is not None:
                extra, advice = f"the tag {event.tag}", "leave it out: scalars are texts"
            case _:
                return
        advice += "; a text that begins like this needs quotes"
        self._report(REFUSED, start, f"{extra} is refused", advice, end)

    def _scalar(self, event: ScalarEvent, start: int, end: int) -> Scalar:
        spelling = self._source.text[start:end]
        text = event.value
        surrogate = next((c for c in text if "\ud800" <= c <= "\udfff"), None)
        if surrogate is not None:
            message = f"\\u{ord(surrogate):04x} is half a character"
            self._report(SYNTAX, start, message, r"write a character above U+FFFF as \UXXXXXXXX")
            text = ""
        one_line = "\n" not in spelling and "\r" not in spelling and event.style not in ("|", ">")
        return Scalar(text, self._source.span(start, end), spelling if one_line else None)

    def _add(self, node: Node | None) -> None:
        self._open[-1].children.append(node)

    def _close(self, end: int) -> None:
        closed = self._open.pop()
        span = self._source.span(closed.start, end)
        if closed.is_mapping:
            self._add(Mapping(tuple(self._entries(closed.children)), span))
        else:
            self._add(Sequence(tuple(c for c in closed.children if c is not None), span))

    def _entries(self, children: list[Node | None]) -> Iterator[tuple[Scalar, Node]]:
        keys: dict[str, Scalar] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if isinstance(key, Mapping | Sequence):
                self._findings.append(
                    Diagnostic(REFUSED, key.span, "a mapping or list cannot be a key")
                )
            elif isinstance(key, Scalar) and key.source == "<<":
                advice = "write the keys out; a text `<<` needs quotes"
                self._findings.append(
                    Diagnostic(REFUSED, key.span, "the merge key << is refused", advice)
                )
            elif isinstance(key, Scalar) and key.text in keys:
                first = keys[key.text].span.line
                message = f"the key `{key.text[:60]}` stands here again; first in line {first}"
                self._findings.append(Diagnostic(REPEATED_KEY, key.span, message))
            elif isinstance(key, Scalar):
                keys[key.text] = key
                if value is not None:
                    yield key, value

    def _report(self, rule: Rule, at: int, message: str, advice: str = "", end: int = 0) -> None:
        self._findings.append(Diagnostic(rule, self._source.span(at, end), message, advice))

    def _stop(self, rule: Rule, at: int, message: str, advice: str = "") -> Never:
        self._report(rule, at, message, advice)
        raise _Stopped
